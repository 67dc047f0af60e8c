"""P21: a database of every released schema, with rows in all its tables, is brought up to date and loses nothing."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, MetaData, Table, func, insert, select

from assurance.databases import both, seeing_all
from assurance.promise import Outcome, Promise
from data_access import migrations
from data_access.backups.contents import SCHEMA_TABLE, contents
from data_access.engine import connect, prepare, rebuilding
from tests.data_access import small_university

Rows = dict[str, int]
FILLED: Mapping[type, object] = {str: "", int: 1, float: 1.0, bool: False, date: date(2025, 4, 1)}
SOWN = {"countries": "code", "departments": "code", "state": "name"}  # what every database gets more of


class Upgrade(NamedTuple):
    """What came of one database: rows before, rows that are missing after, whether a second run changed anything."""

    rows: int
    lost: int
    changed_again: bool


def upgrade(url: str, revision: str) -> Upgrade:
    """Make a database of this revision, fill every table, bring it up to date twice."""
    engine = connect(url)
    try:
        with rebuilding(engine) as connection:
            migrations.upgrade(connection, revision)
            fill(connection)
            before = rows_of(connection)
        prepare(engine)
        with seeing_all(engine) as connection:
            after, first = rows_of(connection), contents(connection)
        prepare(engine)
        with seeing_all(engine) as connection:
            again = contents(connection)
    finally:
        engine.dispose()
    lost = sum(max(0, number - after.get(table, 0)) for table, number in before.items())
    more = sum(max(0, after[table] - number) for table, number in before.items() if table not in SOWN)
    return Upgrade(sum(before.values()), lost + more, first != again)


def upgrade_all(fresh: Mapping[str, Callable[[], str]], revisions: list[str]) -> Outcome:
    """Every revision on every kind of database, and a later one that no version of ours has made."""
    done = [upgrade(new(), revision) for new in fresh.values() for revision in revisions]
    refused = sum(_refuses_a_later_one(new()) for new in fresh.values())
    rows, lost = sum(one.rows for one in done), sum(one.lost for one in done)
    changed = sum(one.changed_again for one in done)
    empty = sum(one.rows == 0 for one in done)
    return Outcome(
        f"{len(revisions)} schemas ({revisions[0]} to {revisions[-1]}) with {rows:,} rows, "
        f"each twice on {' and '.join(fresh)}; a later schema on each",
        f"rows lost or added {lost}, second runs that changed something {changed}, "
        f"later schemas refused {refused} of {len(fresh)}",
        kept=not lost and not changed and not empty and refused == len(fresh),
    )


def fill(connection: Connection) -> None:
    """Rows of the small university in every table that this schema has, as far as it has their columns."""
    there = MetaData()
    there.reflect(connection)
    wanted = {table.__tablename__: rows for table, rows in small_university.ROWS.items()}
    wanted["departments"] = [*UNIVERSITY, *wanted["departments"]]
    wanted["countries"] = [{"code": code, "name_en": code, "name_ja": code} for code in ("DE", "FR", "JP", "US")]
    wanted["state"] = [{"name": "data_version", "value": "7"}, {"name": "demonstration", "value": "no"}]
    for table in there.sorted_tables:
        rows = wanted.get(table.name, [])
        if table.name != SCHEMA_TABLE and rows:
            connection.execute(insert(table), [dict(_completed(table, row)) for row in rows])


UNIVERSITY: list[dict[str, object]] = [{"code": "*", "parent_code": None, "name_en": "University", "name_ja": "全学"}]


def rows_of(connection: Connection) -> Rows:
    """How many rows each table has."""
    there = MetaData()
    there.reflect(connection)
    tables = {name: table for name, table in there.tables.items() if name != SCHEMA_TABLE}
    return {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()}


def _completed(table: Table, row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What the schema has of a row, and something in the columns that it asks for and the row does not know."""
    for column in table.columns:
        if column.name in row:
            value = row[column.name]
            if isinstance(value, date) and column.type.python_type is str:  # SQLite keeps days and times as text
                value = value.isoformat(" ", "microseconds") if isinstance(value, datetime) else value.isoformat()
            yield column.name, value
        elif not column.nullable and column.server_default is None and column is not table.autoincrement_column:
            yield column.name, FILLED[column.type.python_type]


def _refuses_a_later_one(url: str) -> bool:
    engine = connect(url)
    try:
        prepare(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        prepare(engine)
    except migrations.NewerSchemaError as error:
        return "9999" in str(error)
    finally:
        engine.dispose()
    return False


def attempt() -> Outcome:
    with both() as fresh:
        return upgrade_all(fresh, migrations.released())


PROMISES = (
    Promise(
        number=21,
        promise="An upgrade keeps all data; an older program leaves a newer database alone",
        explanation="A database of every schema that was ever released, with rows in each of its tables, is brought "
        "up to date twice on SQLite and PostgreSQL; rows are counted before and after, and hashed between the runs.",
        attempt=attempt,
    ),
)
