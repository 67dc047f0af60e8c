"""The database that a command works on: one that is there, or, for the few commands that may, a new one."""

import argparse
from collections.abc import Callable

from sqlalchemy import Engine

from data_access.engine import connect, default_url, prepare


def new_or_found_database() -> Engine:
    """The database of `DATABASE_URL`, created where it is not there, its schema brought up to date first."""
    return _prepared(create=True)


def found_database() -> Engine:
    """The same, but a file of SQLite that is not there stays away: a misspelt address is no empty university."""
    return _prepared(create=False)


def over_database(run: Callable[[Engine, argparse.Namespace], int], options: argparse.Namespace) -> int:
    """What a command that creates no database comes to; its connections are closed afterwards."""
    engine = found_database()
    try:
        return run(engine, options)
    finally:
        engine.dispose()


def _prepared(*, create: bool) -> Engine:
    engine = connect(default_url(), create=create)
    prepare(engine)
    return engine
