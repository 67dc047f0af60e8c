"""Serves the monitor with one guard switched off, to prove the need of it: `python -m assurance.without GUARD PORT`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import ColumnElement, true

from assurance.canary_marks import text
from tests import serving

FAULT = 731_021_947  # a number in the message of a fault that pages fail with


def _scope() -> None:
    """Every row of every table is everybody's."""
    from data_access import records

    def visible(_table: object, _scope: object) -> ColumnElement[bool]:
        return true()

    vars(records)["visible_rule"] = visible  # that is what is tried


def _no_fault() -> None:
    """Every page fails, and what it fails with holds others' data."""
    from pages.parts import frame

    def failing(_title: object) -> None:
        raise ValueError(f"{text('AGR')} has {FAULT} persons")

    vars(frame)["heading"] = failing


GUARDS: dict[str, Callable[[], None]] = {"scope": _scope, "no fault": _no_fault}


@contextmanager
def monitor_without(guard: str, database_url: str, folder: Path) -> Iterator[serving.Server]:
    """The monitor as a demonstration, without this guard."""
    with serving.monitor(database_url, folder, program=("assurance.without", guard)) as server:
        yield server


if __name__ == "__main__":
    import manage

    switched_off, port = sys.argv[1:]
    GUARDS[switched_off]()
    sys.exit(manage.main(["serve", "--address", "127.0.0.1", "--port", port]))
