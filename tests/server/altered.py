"""Serves the monitor with a guard altered, to prove that it is needed: `python -m tests.server.altered NAME PORT`."""

import sys
from collections.abc import Callable

import manage
from pages.parts import shelf
from serving import exports
from serving import start as starting
from serving.app import application


def anybody_takes() -> None:
    """Files are given to whoever asks for them."""
    exports._is_for = lambda owner, asks: True


def links_end_with_their_tab() -> None:
    """No ten minutes beyond: what a test would have to wait for."""
    shelf.SHELF.life = 0.0


def without_policy() -> None:
    """Answers carry no content policy."""
    vars(starting)["application"] = lambda **given: application(**{**given, "policy": False})


GUARDS: dict[str, Callable[[], None]] = {
    one.__name__: one for one in (anybody_takes, links_end_with_their_tab, without_policy)
}

if __name__ == "__main__":
    *altered, port = sys.argv[1:]
    for name in altered:
        GUARDS[name]()
    sys.exit(manage.main(["serve", "--address", "127.0.0.1", "--port", port]))
