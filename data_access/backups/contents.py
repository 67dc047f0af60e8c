"""What a database holds, told so that two can be compared: of each table how many rows, and a hash over all of them.

The hash is the same on SQLite and PostgreSQL, in whatever order the rows lie: SHA-256 over the sorted SHA-256 of the
rows, each written as JSON with its columns in the order of their names. The mark of the data is left out, as it
is new in every database that was restored, and so is the id of the database.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Boolean, Connection, Integer, MetaData, Table, cast, select

from data_access.data_mark import DATABASE_ID, MARK, UNTOLD_MARK
from data_access.tables import State

SCHEMA_TABLE = "alembic_version"
AT_ONCE = 10_000  # rows fetched


class TableContents(NamedTuple):
    """How many rows a table has, and their hash."""

    rows: int
    sha256: str


Contents = Mapping[str, TableContents]


class Difference(NamedTuple):
    """By how many rows a table differs in two databases; rows are told apart by their key."""

    table: str
    only_first: int
    only_second: int
    changed: int


def contents(connection: Connection) -> dict[str, TableContents]:
    """Every table that is there, whatever the schema's revision, but the one that holds this revision."""
    return {table.name: _contents_of(connection, table) for table in _tables(connection)}


def hash_of_all(held: Contents) -> str:
    """One hash over all tables."""
    return sha256(json.dumps(sorted((name, *table) for name, table in held.items())).encode()).hexdigest()


def differences(first: Connection, second: Connection) -> list[Difference]:
    """The tables that differ, in the order of their names; one that only one database has differs by all its rows."""
    tables = ({table.name: table for table in _tables(connection)} for connection in (first, second))
    ours, theirs = tables
    found = []
    for name in sorted(ours.keys() | theirs.keys()):
        here = _by_key(first, ours[name]) if name in ours else {}
        there = _by_key(second, theirs[name]) if name in theirs else {}
        both = here.keys() & there.keys()
        difference = Difference(
            name, len(here) - len(both), len(there) - len(both), sum(here[key] != there[key] for key in both)
        )
        if any(difference[1:]):
            found.append(difference)
    return found


def _tables(connection: Connection) -> list[Table]:
    there = MetaData()
    there.reflect(connection)
    return [table for name, table in sorted(there.tables.items()) if name != SCHEMA_TABLE]


def _contents_of(connection: Connection, table: Table) -> TableContents:
    columns = sorted(column.name for column in table.columns)
    hashes = sorted(map(_hash, _rows(connection, table, columns)))
    whole = sha256(json.dumps(columns).encode())
    for one in hashes:
        whole.update(one)
    return TableContents(len(hashes), whole.hexdigest())


def _by_key(connection: Connection, table: Table) -> dict[bytes, bytes]:
    """The hash of each row by that of its key."""
    key = sorted(column.name for column in table.primary_key)
    rest = sorted(column.name for column in table.columns if column.name not in key)
    rows = _rows(connection, table, [*key, *rest])
    return {_hash(row[: len(key)]): _hash(row[len(key) :]) for row in rows}


def _rows(connection: Connection, table: Table, columns: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Truths as numbers, as SQLite keeps them."""
    wanted = (table.c[name] for name in columns)
    query = select(*(cast(one, Integer) if isinstance(one.type, Boolean) else one for one in wanted))
    if table.name == State.__tablename__:
        query = query.where(table.c.name.not_in((MARK, UNTOLD_MARK, DATABASE_ID)))
    for some in connection.execute(query.execution_options(yield_per=AT_ONCE)).partitions():
        yield from map(tuple, some)


def _hash(row: tuple[object, ...]) -> bytes:
    return sha256(_ENCODE(row).encode()).digest()


def _said(value: object) -> str:
    """A value that JSON does not know, as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no way to write a value of type {type(value).__name__} is known")


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_said).encode
