"""Nobody sees a record that their scope does not cover, by any way that leads through the reader.

Each guard is also taken out once, to show that its test would notice.
"""

from collections.abc import Iterator

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, text, true, union_all, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, mapped_column

from data_access import records
from data_access.engine import as_whole
from data_access.records import Records
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.tables import (
    Account,
    Activity,
    ActivityDepartment,
    ActivityLink,
    ActivityPartner,
    AffiliationPattern,
    AuditAnchor,
    AuditEvent,
    ClosedTable,
    DeclaredIndicator,
    ErasedPerson,
    Goal,
    Grant,
    Import,
    ImportRemark,
    OfficeTable,
    Partner,
    PartnerDecision,
    Person,
    Population,
    PublicTable,
    RememberedHeading,
    SamePartner,
    SignIn,
    Table,
    Version,
    Viewing,
)
from tests.data_access import small_university

TABLES = sorted((mapper.class_ for mapper in Table.registry.mappers), key=lambda table: table.__name__)
LINKS = [table for table in TABLES if issubclass(table, ActivityLink)]
OFFICE = [
    *(
        AffiliationPattern,
        AuditAnchor,
        AuditEvent,
        ErasedPerson,
        Import,
        ImportRemark,
        PartnerDecision,
        Person,
        RememberedHeading,
    ),
    Version,
]
EVERYBODY = [table for table in TABLES if issubclass(table, PublicTable) and table is not Goal]
OF_EVERYBODY = {"annotations", "countries", "country_matrix", "departments", "rates", "reference_rates", "state"}
OF_DEPARTMENTS: dict[str, str] = {}  # those among them that have a column `department`, and why everybody may see it
CLOSED = [Account, Grant, SignIn, Viewing]
OPEN = [table for table in TABLES if table not in CLOSED]
NO_ROWS = "{} has no rows to try its rule on: add some to ROWS in tests/data_access/small_university.py"
ENGINEERING = Scope(departments=frozenset({"ENG", "ENG-M"}))


@pytest.fixture
def unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader with its one guard taken out."""
    monkeypatch.setattr(records, "visible_rule", lambda table, scope: true())


@pytest.mark.parametrize("table", OPEN)
def test_the_whole_university_sees_rows_of_every_open_table(university: Engine, table: type[Table]) -> None:
    """Without this, the tests below would pass on an empty table."""
    assert len(Records(university, WHOLE_UNIVERSITY).read(table)) > 0, NO_ROWS.format(table.__name__)


def test_what_everybody_sees_is_listed() -> None:
    """No table is everybody's by mistake: whoever makes one says it here, and why where its rows are of departments."""
    seen = {table for table in TABLES if str(table.visible_to(ENGINEERING)) == str(true())}
    assert {table.__tablename__ for table in seen} == OF_EVERYBODY
    assert {table.__tablename__ for table in seen if names_departments(table)} == set(OF_DEPARTMENTS)
    assert {table for table in TABLES if issubclass(table, OfficeTable)} == set(OFFICE)
    assert {table for table in TABLES if issubclass(table, ClosedTable)} == set(CLOSED)
    assert names_departments(Goal), "which has a rule of its own"


def names_departments(table: type[Table]) -> bool:
    return "department" in table.__table__.columns


@pytest.mark.parametrize("table", CLOSED)
def test_the_whole_university_sees_no_row_of_a_closed_table(university: Engine, table: type[Table]) -> None:
    assert issubclass(table, ClosedTable)
    assert Records(university, WHOLE_UNIVERSITY).read(table).empty


@pytest.mark.parametrize("table", TABLES)
def test_nobody_sees_no_row_of_any_table(university: Engine, table: type[Table]) -> None:
    assert Records(university).scope is NOBODY
    assert len(Records(university).read(table)) == 0


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.usefixtures("unguarded")
def test_without_the_guard_nobody_would_see_rows_of_every_table(
    university_without_row_security: Engine, table: type[Table]
) -> None:
    assert len(Records(university_without_row_security).read(table)) > 0, NO_ROWS.format(table.__name__)


def test_a_head_sees_the_activities_of_the_own_departments_and_no_other(university: Engine) -> None:
    assert set(Records(university, ENGINEERING).activities()["activity_id"]) == {1, 3}


@pytest.mark.parametrize("table", LINKS)
def test_a_head_sees_the_links_of_the_own_activities_and_no_other(university: Engine, table: type[Table]) -> None:
    own = set(Records(university, ENGINEERING).read(table)["activity_id"])
    assert 1 in own
    assert 2 not in own


@pytest.mark.parametrize("table", [Activity, *LINKS])
@pytest.mark.usefixtures("unguarded")
def test_without_the_guard_a_head_would_see_a_foreign_activity(
    university_without_row_security: Engine, table: type[Table]
) -> None:
    assert 2 in set(Records(university_without_row_security, ENGINEERING).read(table)["activity_id"])


@pytest.mark.parametrize("table", [Activity, *LINKS])
def test_asking_for_a_foreign_activity_by_its_number_gives_nothing(university: Engine, table: type[Table]) -> None:
    assert Records(university, ENGINEERING).read(table, ids=[2]).empty


def test_titles_are_those_of_the_activities_that_a_reader_sees(university: Engine) -> None:
    assert Records(university, WHOLE_UNIVERSITY).titles([2, 1, 99]) == {1: "Activity 1", 2: "Activity 2"}
    assert Records(university, ENGINEERING).titles([1, 2]) == {1: "Activity 1"}
    assert Records(university).titles([1, 2]) == {}


def test_a_head_sees_the_other_departments_part_in_a_shared_activity(university: Engine) -> None:
    shares = Records(university, ENGINEERING).read(ActivityDepartment).query("activity_id == 3")
    assert dict(zip(shares["department"], shares["share"], strict=True)) == {"ENG": 0.25, "SCI": 0.75}


@pytest.mark.parametrize(
    ("table", "seen"), [(Population, {"ENG"}), (Goal, {"*", "ENG"}), (DeclaredIndicator, {"*", "ENG"})]
)
def test_a_head_sees_own_headcounts_and_own_and_university_goals_and_indicators(
    university: Engine, table: type[Table], seen: set[str]
) -> None:
    assert set(Records(university, ENGINEERING).read(table)["department"]) == seen


@pytest.mark.parametrize("table", [Partner, SamePartner])
def test_a_head_sees_the_partners_of_the_own_records_and_no_other(university: Engine, table: type[Table]) -> None:
    assert set(Records(university, ENGINEERING).read(table)["partner_id"]) == {1}


@pytest.mark.usefixtures("unguarded")
def test_without_the_guard_a_head_would_see_partners_of_others(university_without_row_security: Engine) -> None:
    assert set(Records(university_without_row_security, ENGINEERING).read(Partner)["partner_id"]) == {1, 2}


def test_a_head_sees_whom_a_partner_that_is_written_otherwise_stands_for(engine: Engine) -> None:
    small_university.fill(engine)
    with engine.begin() as connection:
        as_whole(connection)
        connection.execute(insert(ActivityPartner), [{"activity_id": 3, "partner_id": 2}])
        connection.execute(delete(ActivityPartner).where(ActivityPartner.activity_id == 1))
        connection.execute(update(SamePartner).values(partner_id=2))
    seen = Records(engine, ENGINEERING)
    assert set(seen.partners()["partner_id"]) == {1, 2}
    assert set(seen.activity_partners()["partner_id"]) == {1}


@pytest.mark.parametrize("table", OFFICE)
def test_a_head_sees_no_row_of_an_office_table(university: Engine, table: type[Table]) -> None:
    assert Records(university, ENGINEERING).read(table).empty


@pytest.mark.parametrize("table", EVERYBODY)
def test_a_head_sees_all_of_a_public_table(university: Engine, table: type[Table]) -> None:
    whole = Records(university, WHOLE_UNIVERSITY).read(table)
    pd.testing.assert_frame_equal(Records(university, ENGINEERING).read(table), whole)


def test_every_table_is_named_in_one_of_the_rules_above() -> None:
    assert {
        Activity,
        Population,
        Goal,
        DeclaredIndicator,
        Partner,
        SamePartner,
        *LINKS,
        *OFFICE,
        *EVERYBODY,
        *CLOSED,
    } == set(TABLES)


@pytest.fixture
def broken_table() -> Iterator[type[Table]]:
    """A table that forgot to say who may see it."""

    class Forgotten(Table):
        __tablename__ = "forgotten"
        key: Mapped[int] = mapped_column(primary_key=True)

    yield Forgotten
    Table.metadata.remove(Table.metadata.tables["forgotten"])
    Table.registry._dispose_cls(Forgotten)


def test_a_table_that_does_not_say_who_may_see_it_cannot_be_read(university: Engine, broken_table: type[Table]) -> None:
    with pytest.raises(NotImplementedError, match="Forgotten does not say who may see it"):
        Records(university, WHOLE_UNIVERSITY).read(broken_table)


@pytest.mark.parametrize("rule", [True, None, "1=1", text("1=1")])
def test_a_rule_that_is_no_condition_is_refused(
    university: Engine, rule: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Goal, "visible_to", classmethod(lambda cls, scope: rule))
    with pytest.raises(TypeError, match=r"Goal\.visible_to gives"):
        Records(university, WHOLE_UNIVERSITY).read(Goal)


class Elsewhere(DeclarativeBase):
    """A base of somebody else's."""


class Stranger(Elsewhere):
    """A mapped class over our own table that is no Table of ours."""

    __table__ = Activity.__table__


WAYS_ROUND = {
    "a text": "SELECT * FROM activities",
    "a text clause": text("SELECT * FROM activities"),
    "the name of a table": "activities",
    "a Core table": Activity.__table__,
    "a Core select": select(Activity.__table__),
    "a select of the class": select(Activity),
    "a union with a Core table": union_all(select(Activity.activity_id), select(Activity.__table__.c.activity_id)),
    "an alias": aliased(Activity),
    "a column": Activity.title,
    "a row": Activity(),
    "an abstract table": PublicTable,
    "the base": Table,
    "a class of another base": Stranger,
    "no class of a table": dict,
}


@pytest.mark.parametrize("way", WAYS_ROUND.values(), ids=WAYS_ROUND.keys())
def test_only_a_mapped_class_can_be_read(university: Engine, way: object) -> None:
    with pytest.raises(TypeError, match=r"only a mapped class of data_access\.tables can be read|is no Table"):
        Records(university, WHOLE_UNIVERSITY).read(way)  # type: ignore[arg-type]  # that is what is tried


def test_a_reader_hands_out_nothing_that_pandas_could_read_from(university: Engine) -> None:
    """`pd.read_sql` on an engine or a connection goes round every rule."""
    reader = Records(university, WHOLE_UNIVERSITY)
    public = {name: getattr(reader, name) for name in dir(reader) if not name.startswith("_")}
    assert [name for name, value in public.items() if isinstance(value, Engine | Connection | Session)] == []


@pytest.mark.parametrize("name", ["title FROM activities --", "(SELECT 1)", "content_hash, title", "nothing"])
def test_a_column_is_the_name_of_a_column_and_nothing_else(university: Engine, name: str) -> None:
    with pytest.raises(LookupError, match="Goal has no column"):
        Records(university, WHOLE_UNIVERSITY).read(Goal, columns=(name,))


def test_the_reader_at_one_moment_has_the_scope_of_its_reader(university: Engine) -> None:
    with Records(university, ENGINEERING).at_one_moment() as same:
        assert same.scope is ENGINEERING
        assert set(same.activities()["activity_id"]) == {1, 3}
