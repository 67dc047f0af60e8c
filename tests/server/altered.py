"""Serves the monitor with a guard altered, to prove that it is needed: `python -m tests.server.altered NAME PORT`."""

import sys
from collections.abc import Callable

from sqlalchemy import Connection, select
from streamlit.web.server.starlette import starlette_app_utils

import manage
from data_access.access import logins
from data_access.access.logins import Login
from data_access.tables import Account
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


def logins_never_end() -> None:
    """Neither twelve hours nor a sign-out."""
    Login.is_over = lambda self, now: False  # type: ignore[method-assign]


def a_subject_is_enough() -> None:
    """Whoever is called the same by any issuer is the same person."""
    of_this_issuer = logins.account_of

    def account_of(connection: Connection, issuer: str, subject: str) -> int:
        known = connection.scalars(select(Account.account_id).where(Account.subject == subject)).first()
        return known or of_this_issuer(connection, issuer, subject)

    logins.account_of = account_of


def any_page_uses_a_cookie() -> None:
    """A cookie counts without the page's token against forged requests."""
    starlette_app_utils.validate_xsrf_token = lambda supplied_token, xsrf_cookie: True


ALTERED = (
    *(anybody_takes, links_end_with_their_tab, without_policy),
    *(logins_never_end, a_subject_is_enough, any_page_uses_a_cookie),
)
GUARDS: dict[str, Callable[[], None]] = {one.__name__: one for one in ALTERED}

if __name__ == "__main__":
    *altered, port = sys.argv[1:]
    for name in altered:
        GUARDS[name]()
    sys.exit(manage.main(["serve", "--address", "127.0.0.1", "--port", port]))
