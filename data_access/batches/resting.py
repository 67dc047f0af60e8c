"""What rests on what: records that name a department or a declared indicator, which cannot go while they do."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Column, Connection, select

from data_access.batches.stored_as import ACTIVITIES, STORED, StoredAs, key_text, values_of
from data_access.batches.versions import in_batches
from data_access.tables import Activity, ActivityDepartment


class Resting(NamedTuple):
    """One record that names another one: its kind, what names it, the import that it came with, and what it names."""

    kind: str
    key: tuple[str, ...]
    import_id: int | None
    on: str


# Kind of what is named -> (kind of what names it, the column that does), beside the departments of activities.
NAMING: dict[str, tuple[tuple[str, str], ...]] = {
    "departments": (
        ("departments", "parent_code"),
        (ACTIVITIES, "lead"),
        ("populations", "department"),
        ("goals", "department"),
        ("indicators", "department"),
        ("affiliations", "department"),
    ),
    "indicators": (("goals", "indicator"), ("references", "indicator")),
}


def resting_on(
    connection: Connection, kind: str, codes: Collection[str], leaving: Collection[str]
) -> Iterator[Resting]:
    """The records that name one of these departments or indicators.

    `leaving`: keys (as `key_text`) of records of the same kind that go or change with them, and stand in no way.
    """
    for some in in_batches(codes):
        if kind == "departments":
            yield from _activities(connection, some)
        for naming, column in NAMING.get(kind, ()):
            stored = STORED[naming]
            query = select(stored.table).where(stored.table.c[column].in_(some))
            for row in map(dict, connection.execute(query).mappings()):
                if naming != kind or key_text(values_of(row, stored.key)) not in leaving:
                    yield _resting(stored, row, str(row[column]))


def not_there(connection: Connection, records: Sequence[tuple[str, Mapping[str, object]]]) -> dict[str, set[str]]:
    """Kind -> the departments and declared indicators that these records (kind, record) name and that are gone.

    An indicator counts as gone where it was declared once: those of the common catalogue are in no table.
    """
    gone: dict[str, set[str]] = {}
    for kind, named in _named(records).items():
        stored = STORED[kind]
        column: Column[str] = stored.table.c[stored.key[0]]
        there = {
            code for some in in_batches(named) for code in connection.scalars(select(column).where(column.in_(some)))
        }
        gone[kind] = named - there
    return gone


def _named(records: Sequence[tuple[str, Mapping[str, object]]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in NAMING}
    for kind, record in records:
        for named, columns in NAMING.items():
            found[named] |= {
                str(record[column]) for naming, column in columns if naming == kind and record[column] not in (None, "")
            }
        if kind == ACTIVITIES:
            shares = record["departments"]
            assert isinstance(shares, list)  # noqa: S101  as `versions.activities_now` gives them
            found["departments"] |= {code for code, _ in shares}
    found["departments"].discard("external")  # what an activity may say of its lead
    return found


def _activities(connection: Connection, codes: Sequence[str]) -> Iterator[Resting]:
    columns = (Activity.source, Activity.record_id, Activity.import_id, ActivityDepartment.department)
    query = select(*columns).join(ActivityDepartment, ActivityDepartment.activity_id == Activity.activity_id)
    for source, record_id, import_id, code in connection.execute(query.where(ActivityDepartment.department.in_(codes))):
        yield Resting(ACTIVITIES, (source, record_id), import_id, code)


def _resting(stored: StoredAs, row: Mapping[str, object], on: str) -> Resting:
    import_id = row["import_id"]
    assert import_id is None or isinstance(import_id, int)  # noqa: S101  as every table with an origin has it
    return Resting(stored.kind, tuple(map(str, values_of(row, stored.key))), import_id, on)
