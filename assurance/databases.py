"""Databases of both kinds for promises to try themselves on: empty, prepared, or with three departments."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine

from data_access.engine import as_whole, connect, prepare, reading
from tests import postgresql
from tests.data_access.imports.conftest import KEY, add_departments

Fresh = Callable[[], str]


@contextmanager
def both() -> Iterator[Mapping[str, Fresh]]:
    """For each kind of database, what gives the address of a new and empty one; with a key for persons."""
    before = os.environ.get("MONITOR_PERSON_KEY")
    os.environ["MONITOR_PERSON_KEY"] = KEY.hex()
    numbers = count(1)
    try:
        with tempfile.TemporaryDirectory() as folder, postgresql.cluster() as cluster:
            yield {
                "SQLite": lambda: f"sqlite:///{Path(folder) / f'{next(numbers)}.db'}",
                "PostgreSQL": cluster.fresh_database,
            }
    finally:
        if before is None:
            del os.environ["MONITOR_PERSON_KEY"]
        else:
            os.environ["MONITOR_PERSON_KEY"] = before


@contextmanager
def databases() -> Iterator[tuple[Engine, Engine]]:
    """One on SQLite and one on a PostgreSQL server of its own, both prepared and without records."""
    with both() as fresh:
        engines = connect(fresh["SQLite"]()), connect(fresh["PostgreSQL"]())
        for engine in engines:
            prepare(engine)
        yield engines
        for engine in engines:
            engine.dispose()


def university(url: str) -> Engine:
    """A prepared database with three departments, as the tests of imports have it."""
    engine = connect(url)
    prepare(engine)
    add_departments(engine)
    return engine


@contextmanager
def seeing_all(engine: Engine) -> Iterator[Connection]:
    """A connection that reads every row."""
    with reading(engine) as connection:
        yield as_whole(connection)


def is_sound(engine: Engine) -> bool:
    """Whether SQLite finds nothing damaged and no row that refers to nothing; PostgreSQL sees to that itself."""
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        return said == ["ok"] and not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
