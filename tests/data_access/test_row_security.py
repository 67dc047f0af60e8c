"""Row security of PostgreSQL shows by itself what `visible_to` shows: with one of the two walls off the other holds."""

import random
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Engine, delete, func, insert, select, true, update
from sqlalchemy.exc import ProgrammingError

from data_access import records
from data_access.engine import as_whole, connect, prepare, reading, seen_by
from data_access.records import Records
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.tables import (
    Activity,
    ActivityCountry,
    ActivityDepartment,
    ActivityPartner,
    ActivityPerson,
    ActivitySdg,
    DeclaredIndicator,
    Department,
    Goal,
    Partner,
    Person,
    Population,
    Table,
)
from data_access.tables.base import ClosedTable
from tests.data_access import small_university
from tests.data_access.small_university import IMPORTED
from tests.postgresql import ADMINISTRATOR, as_role

PUBLIC_ON_PURPOSE = {"alembic_version"}  # which says the schema's revision and no more
TABLES = sorted((mapper.class_ for mapper in Table.registry.mappers), key=lambda table: table.__name__)
DEPARTMENTS = [f"D{number}" for number in range(7)]
ENGINEERING = Scope(departments=frozenset({"ENG", "ENG-M"}))
READERS = {"nobody": NOBODY, "head": ENGINEERING, "office": WHOLE_UNIVERSITY}


@pytest.fixture(scope="module")
def walled(fresh_postgres: Callable[[], str]) -> Iterator[Engine]:
    """A university with many random rows, as the owner of its tables sees it; for reading only."""
    engine = connect(fresh_postgres())
    prepare(engine)
    small_university.fill(engine)
    with engine.begin() as connection:
        fill_by_chance(as_whole(connection), random.Random(20261128))  # noqa: S311  the same rows on every run
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def over_the_wall(walled: Engine) -> Iterator[Engine]:
    """The same as a role sees it that PostgreSQL lets see over row security: what `visible_to` alone does."""
    engine = connect(as_role(walled.url.render_as_string(hide_password=False), ADMINISTRATOR))
    yield engine
    engine.dispose()


@pytest.fixture
def first_wall_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """`visible_to` gives everything to everybody."""
    monkeypatch.setattr(records, "visible_rule", lambda _table, _scope: true())


def fill_by_chance(connection: Connection, chance: random.Random) -> None:
    """Activities of up to three departments, with links, and what departments count, promise and declare."""
    names = {"name_en": "", "name_ja": ""}
    connection.execute(insert(Department), [{"code": code, "parent_code": "*", **names} for code in DEPARTMENTS])
    people = range(10, 60)
    connection.execute(insert(Person), [{"person_id": number, "pseudonym": f"p{number}"} for number in people])
    partner = {"country": "DE", "ror_id": None}
    connection.execute(insert(Partner), [{"partner_id": n, "name_en": f"Partner {n}", **partner} for n in people])
    for number in range(10, 130):
        activity = {**small_university.ROWS[Activity][1], "activity_id": number, "record_id": f"R{number}"}
        connection.execute(insert(Activity), activity)
        own = chance.sample(DEPARTMENTS, chance.randint(1, 3))
        link: dict[type[Table], list[dict[str, object]]] = {
            ActivityDepartment: [{"department": code, "share": 1 / len(own)} for code in own],
            ActivityPerson: [{"person_id": chance.choice(people)}],
            ActivityPartner: [{"partner_id": chance.choice(people)}],
            ActivityCountry: [{"country": chance.choice(["FR", "US"])}],
            ActivitySdg: [{"sdg": chance.randint(1, 17)}],
        }
        for table, rows in link.items():
            connection.execute(insert(table), [{"activity_id": number, **row} for row in rows])
    for code in ("*", *DEPARTMENTS):
        for table in (Population, Goal, DeclaredIndicator):
            of_somebody = {**small_university.ROWS[table][0], "department": code, **IMPORTED}
            of_another_year = {"as_of": date(2024, 5, 1), "fiscal_year": 2031, "key": f"of_{code}"}
            known = table.__table__.columns.keys()
            row = {**of_somebody, **{name: value for name, value in of_another_year.items() if name in known}}
            connection.execute(insert(table), row)


def keys(engine: Engine, scope: Scope, table: type[Table]) -> set[tuple[object, ...]]:
    """The primary keys of the rows of a table that the reader of the store gives to this scope."""
    names = [column.name for column in table.__table__.primary_key]
    frame = Records(engine, scope).read(table, columns=names)
    return set(frame.astype(str).itertuples(index=False, name=None))


def scopes() -> list[Scope]:
    """Nobody, the whole university, and departments by chance, of those that there are and others."""
    chance = random.Random(7)  # noqa: S311
    every = [*DEPARTMENTS, "ENG", "SCI", "*", "LAW", 'a "quoted", odd] code', "x,y", "{}"]
    by_chance = [Scope(departments=frozenset(chance.sample(every, chance.randint(1, 5)))) for _ in range(12)]
    return [NOBODY, WHOLE_UNIVERSITY, ENGINEERING, *by_chance]


def test_every_table_is_behind_the_wall_or_public_on_purpose(walled: Engine) -> None:
    with reading(walled) as connection:
        tables = connection.exec_driver_sql(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, array_agg(p.polname::text ORDER BY p.polname) "
            "FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY c.oid"
        ).all()
    assert {name for name, *_ in tables} == {table.__tablename__ for table in TABLES} | PUBLIC_ON_PURPOSE
    walled_in = {name for name, enabled, forced, policies in tables if enabled and forced and "reads" in policies}
    assert {name for name, *_ in tables} - walled_in == PUBLIC_ON_PURPOSE


@pytest.mark.parametrize("table", TABLES)
def test_both_walls_let_the_same_rows_be_seen(
    walled: Engine, over_the_wall: Engine, table: type[Table], request: pytest.FixtureRequest
) -> None:
    by_the_first = [keys(over_the_wall, scope, table) for scope in scopes()]
    request.getfixturevalue("first_wall_off")
    by_the_second = [keys(walled, scope, table) for scope in scopes()]
    if issubclass(table, ClosedTable):  # which nobody reads through the reader of the store: the first wall is higher
        assert not any(by_the_first)
        by_the_first[1] = by_the_second[1]
    assert by_the_second == by_the_first
    assert by_the_second[1], f"{table.__name__} has no rows: add some to ROWS in tests/data_access/small_university.py"
    assert not by_the_second[0]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.usefixtures("first_wall_off")
def test_with_both_walls_off_a_reader_sees_all_rows(walled: Engine, over_the_wall: Engine, table: type[Table]) -> None:
    every = keys(walled, WHOLE_UNIVERSITY, table)
    assert [keys(over_the_wall, scope, table) == every for scope in READERS.values()] == [True] * 3


def test_a_transaction_begins_as_nobody_whatever_the_one_before_was_told(walled: Engine) -> None:
    """One connection of the pool, handed on: as the whole, then as a session told for good, then left after a fault."""
    count = select(func.count()).select_from(Activity)

    def told_for_good(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT set_config('monitor.scope', '*', false)")
        connection.commit()

    for tell in (as_whole, told_for_good):
        with walled.connect() as connection:
            process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            tell(connection)
        with walled.connect() as connection:
            assert connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() == process
            assert connection.scalar(count) == 0
    with pytest.raises(ProgrammingError), walled.connect() as connection:
        as_whole(connection).exec_driver_sql("SELECT * FROM no_such_table")
    with walled.connect() as connection:
        assert connection.scalar(count) == 0
        connection.exec_driver_sql("RESET monitor.scope")
        connection.commit()


def test_who_sees_is_as_before_after_a_block_even_one_that_failed(walled: Engine) -> None:
    every, count = len(small_university.ROWS[Population]) + 1 + len(DEPARTMENTS), select(func.count(Population.count))
    with walled.connect() as connection:
        as_whole(connection)
        with seen_by(connection, ENGINEERING):
            assert connection.scalar(count) == 1
            with seen_by(connection, NOBODY), pytest.raises(LookupError), seen_by(connection, WHOLE_UNIVERSITY):
                raise LookupError
            assert connection.scalar(count) == 1
        assert connection.scalar(count) == every


@pytest.mark.parametrize("reader", ["nobody", "head"])
def test_whoever_does_not_speak_for_the_whole_changes_nothing(walled: Engine, reader: str) -> None:
    rows = {table: small_university.ROWS[table][0] for table in (Population, Goal, Activity)}
    for table, row in rows.items():
        with walled.connect() as connection, seen_by(connection, READERS[reader]):
            assert connection.execute(update(table).values(import_id=1)).rowcount == 0
            assert connection.execute(delete(table)).rowcount == 0
            savepoint = connection.begin_nested()
            with pytest.raises(ProgrammingError, match="row-level security"):
                connection.execute(insert(table), row)
            savepoint.rollback()
