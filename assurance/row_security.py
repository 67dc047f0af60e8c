"""The promise on row security: with `visible_to` broken on purpose, PostgreSQL gives readers their own rows only."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from unittest.mock import patch

import pandas as pd
from sqlalchemy import Engine, true

from assurance import canary_university
from assurance.canary_marks import Canaries
from assurance.canary_scan import Scanner
from assurance.promise import Outcome, Promise
from data_access import records
from data_access.engine import connect, prepare, reading
from data_access.exports import EXPORTED, table_of
from data_access.readers import NO_READER, demonstration_readers
from data_access.records import Records
from data_access.roles import let_work, weaknesses
from data_access.scope import WHOLE_UNIVERSITY, Scope
from data_access.tables import Table
from data_access.tables.base import ClosedTable
from tests.postgresql import ADMINISTRATOR, APPLICATION, Cluster, as_role, cluster
from vocabulary.departments import UNIVERSITY

TABLES = sorted((mapper.class_ for mapper in Table.registry.mappers), key=lambda table: table.__name__)
Keys = set[tuple[str, ...]]
MADE = "CREATE VIEW shows_everything AS SELECT * FROM activities"
WAYS_ROUND = {  # what an administrator does wrong, and how it is undone
    "an owner without FORCE": (
        "ALTER TABLE goals NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE goals FORCE ROW LEVEL SECURITY",
    ),
    "a view with the rights of its maker": (MADE, "DROP VIEW shows_everything"),
    "BYPASSRLS": (f"ALTER ROLE {APPLICATION} BYPASSRLS", f"ALTER ROLE {APPLICATION} NOBYPASSRLS"),
}


@dataclass
class _Seen:
    """What readers got: rows, those that are not theirs, and canaries of departments that are not theirs."""

    readers: int = 0
    rows: int = 0
    foreign_rows: int = 0
    foreign_canaries: set[tuple[Scope, str]] = field(default_factory=set)


def hold(
    build: Callable[[str], Canaries] = canary_university.build,
    *,
    first: bool = False,
    second: bool = True,
    most: int | None = None,
    on: Cluster | None = None,
) -> Outcome:
    """Every table and every export as every kind of reader (at most so many), with either wall standing or not."""
    with nullcontext(on) if on else cluster() as server:
        url = server.fresh_database()
        canaries = build(url)
        owner, over_it = connect(url), connect(as_role(url, ADMINISTRATOR))
        prepare(owner)
        let_work(owner, APPLICATION)
        scopes = _scopes(owner)[:most]
        theirs = {
            scope: {table: _keys(table, Records(over_it, scope).read(table)) for table in TABLES} for scope in scopes
        }
        served = connect(as_role(url, APPLICATION)) if second else over_it
        with nullcontext() if first else _first_wall_off():
            seen = _seen(served, theirs, canaries)
        told = _told(url) if second else []
        for engine in (owner, over_it, served):
            engine.dispose()
    tried = f"{len(TABLES)} tables and {len(EXPORTED)} exports as {seen.readers} readers, {seen.rows:,} rows"
    foreign = f"foreign rows {seen.foreign_rows}, foreign canaries {len(seen.foreign_canaries)}"
    ways = f"ways round it that are told {len(told)} of {len(WAYS_ROUND) + 1}" if second else "no row security"
    held = not seen.foreign_rows and not seen.foreign_canaries and (not second or len(told) == len(WAYS_ROUND) + 1)
    return Outcome(tried, f"{foreign}; {ways}", held)


@contextmanager
def _first_wall_off() -> Iterator[None]:
    """`visible_to` gives everything to everybody."""
    with patch.object(records, "visible_rule", lambda _table, _scope: true()):
        yield


def _scopes(engine: Engine) -> list[Scope]:
    """Nobody, a head, a deputy of two departments, the whole university; then every other head."""
    heads = [one.scope for one in demonstration_readers(Records(engine, WHOLE_UNIVERSITY)).values() if one.department]
    both = Scope(departments=heads[0].departments | heads[-1].departments)
    return list(dict.fromkeys((NO_READER.scope, heads[0], both, WHOLE_UNIVERSITY, *heads)))


def _rows_of(reader: Records) -> Mapping[type[Table], Keys]:
    """What a reader sees of each table."""
    return {table: _keys(table, reader.read(table)) for table in TABLES}


def _keys(table: type[Table], rows: pd.DataFrame) -> Keys:
    names = [column.name for column in table.__table__.primary_key]
    return set(rows[names].astype(str).itertuples(index=False, name=None))


def _seen(engine: Engine, theirs: Mapping[Scope, Mapping[type[Table], Keys]], canaries: Canaries) -> _Seen:
    seen, scanner = _Seen(), Scanner(canaries)
    for scope, tables in theirs.items():
        seen.readers += 1
        for table, own in tables.items():
            rows = Records(engine, scope).read(table)
            found = _keys(table, rows)
            seen.rows += len(found)
            closed = issubclass(table, ClosedTable) and scope.whole_university  # which has services of its own
            seen.foreign_rows += 0 if closed else len(found - own)
            seen.foreign_canaries |= _foreign(scanner, scope, rows.to_csv(index=False).encode())
        for kind in EXPORTED:
            exported = "\n".join(",".join(map(str, row)) for row in table_of(Records(engine, scope), kind))
            seen.foreign_canaries |= _foreign(scanner, scope, exported.encode())
    return seen


def _foreign(scanner: Scanner, scope: Scope, data: bytes) -> set[tuple[Scope, str]]:
    """The canaries in these bytes that are not the reader's."""
    return {(scope, one.what) for one in scanner.found(data) if not _may_have(scope, one.owners)}


def _may_have(scope: Scope, owners: frozenset[str]) -> bool:
    return (UNIVERSITY in owners and not scope.is_nobody) or any(scope.covers(owner) for owner in owners)


def _told(url: str) -> list[str]:
    """The ways round row security that are told before anybody is served; a session told for good shows nothing."""
    told = []
    for way, (done, undone) in WAYS_ROUND.items():
        _administer(url, done)
        application = connect(as_role(url, APPLICATION))
        with reading(application) as connection:
            told += [way] if weaknesses(connection) else []
        application.dispose()
        _administer(url, undone)
    application = connect(as_role(url, APPLICATION))
    with application.connect() as connection:
        connection.exec_driver_sql("SELECT set_config('monitor.scope', '*', false)")
        connection.commit()
        rows = connection.exec_driver_sql("SELECT * FROM activities LIMIT 1").all()
    application.dispose()
    return [*told, *([] if rows else ["a session that was told for good"])]


def _administer(url: str, statement: str) -> None:
    server = connect(as_role(url, ADMINISTRATOR))
    with server.begin() as connection:
        connection.exec_driver_sql(statement)
    server.dispose()


PROMISES = (
    Promise(
        number=28,
        promise="On PostgreSQL the database alone gives readers their own rows, where the monitor's own rule is broken",
        explanation="A university with canaries in every department is read whole, as everybody, by a monitor whose "
        "`visible_to` gives everything away; a role that owns tables or sees over row security, a view and a setting "
        "that stays would break it, and are told or count for nothing.",
        attempt=hold,
    ),
)
