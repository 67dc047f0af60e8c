"""The history of a record: every version, with its import, and no more than the reader may see."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, delete

from data_access.batches.history import RecordVersion
from data_access.batches.roll_back import roll_back
from data_access.engine import as_whole
from data_access.imports import store_rows
from data_access.records import Records
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.tables import Activity, Import, Version
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, INDICATORS, Give, stored
from tests.data_access.imports.test_roll_back import DEPARTMENT, GOAL, PAPERS, full_list
from tests.data_access.imports.test_storing import FULL

ENG, SCI = Scope(departments=frozenset({"ENG"})), Scope(departments=frozenset({"SCI"}))
KEY = ("mobility", "R1")


def told(versions: Sequence[RecordVersion]) -> list[tuple[str, object]]:
    return [(one.what, one.values and one.values["title"]) for one in versions]


def test_every_version_is_told_newest_first_with_where_it_came_from(university: Engine) -> None:
    for name, importer, rows in (
        ("first.csv", "clerk", [ACTIVITY | {"record_id": "R0"}, ACTIVITY]),
        ("second.csv", "office", [{**ACTIVITY, "title": "Another", "departments": "SCI"}]),
        ("third.csv", "office", [{**ACTIVITY, "title": "Another", "departments": "SCI"}]),
    ):
        store_rows(university, "activities", rows, indicators={}, name=name, importer=importer)
    second, first = Records(university, WHOLE_UNIVERSITY).history("activities", KEY)
    assert (first.what, first.file_name, first.file_row, first.importer, first.differs) == (
        *("added", "first.csv", 3, "clerk", ()),
    )
    assert (second.what, second.file_name, second.file_row, second.importer) == ("changed", "second.csv", 2, "office")
    assert second.differs == ("title", "departments")
    assert (second.values or {})["departments"] == [["SCI", 1.0]]
    assert (first.values or {})["departments"] == [["ENG", 1.0]]
    imports = [(row["sha256"], row["imported_at"]) for row in stored(university, Import)]
    assert [(one.sha256, one.imported_at) for one in (first, second)] == imports[:2]


def test_a_record_that_is_gone_and_came_again_has_its_whole_history(university: Engine, give: Give) -> None:
    give("activities", FULL, {**FULL, "record_id": "R2"})
    full_list(university, "activities", {**FULL, "record_id": "R2"})
    last = give("activities", {**FULL, "title": "Again"})
    roll_back(university, last.import_id, importer="clerk")
    found = Records(university, WHOLE_UNIVERSITY).history("activities", KEY)
    assert told(found) == [("withdrawn", None), ("added", "Again"), ("withdrawn", None), ("added", "A paper")]
    assert (found[0].undoes, found[0].importer) == (last.import_id, "clerk")
    assert (found[2].file_name, found[2].file_row) == ("list.csv", None)
    assert (found[-1].values or {})["partners"] == ["Atelier Inconnu", "University of Milan"]


def test_what_a_roll_back_brought_back_came_from_its_own_file(university: Engine, give: Give) -> None:
    give("activities", FULL, name="first.csv")
    second = give("activities", ACTIVITY, name="second.csv")
    roll_back(university, second.import_id, importer="clerk")
    newest, _, oldest = Records(university, WHOLE_UNIVERSITY).history("works", KEY)
    assert (newest.what, newest.undoes, newest.importer) == ("changed", second.import_id, "clerk")
    assert (newest.file_name, newest.file_row) == (oldest.file_name, oldest.file_row) == ("first.csv", 2)
    assert newest.values == oldest.values


def test_a_head_reads_of_a_record_what_it_said_while_it_was_the_departments(university: Engine, give: Give) -> None:
    """ENG, then twice SCI, then both; the other department's versions are neither told nor counted."""
    shares = ("ENG", "SCI", "SCI", "SCI;ENG")
    for number, departments in enumerate(shares):
        give("activities", {**ACTIVITY, "title": f"T{number}", "departments": departments})
    of = {scope: Records(university, scope).history("activities", KEY) for scope in (ENG, SCI, NOBODY)}
    assert told(of[ENG]) == [("added", "T3"), ("withdrawn", None), ("added", "T0")]
    assert (of[ENG][1].importer, of[ENG][1].file_name, of[ENG][1].file_row) == ("", "", None)
    assert told(of[SCI]) == [("changed", "T3"), ("changed", "T2"), ("added", "T1")]
    assert of[SCI][-1].differs == ()
    assert of[NOBODY] == ()


@pytest.mark.parametrize(
    ("kind", "row", "key", "seen_by"),
    [
        ("departments", DEPARTMENT, ("ART",), (ENG, SCI)),
        ("populations", HEADCOUNT, ("ENG", "2025-05-01", "master", "all", ""), (ENG,)),
        ("goals", {**GOAL, "department": "ENG"}, ("partner_countries", "ENG", "2030", "target"), (ENG,)),
        ("goals", GOAL, ("partner_countries", "*", "2030", "target"), (ENG, SCI)),
        ("indicators", PAPERS, ("own_papers",), (ENG,)),
        ("rates", {"currency": "USD", "fiscal_year": "2025", "jpy": "150"}, ("USD", "2025"), (ENG, SCI)),
        ("affiliations", {"pattern": "Faculty", "department": "ENG"}, ("Faculty", "ENG"), ()),
    ],
)
def test_the_history_of_each_kind_is_seen_by_those_who_see_its_records(
    kind: str, row: dict[str, str], key: tuple[str, ...], seen_by: tuple[Scope, ...], university: Engine, give: Give
) -> None:
    report = give(kind, row)
    (version,) = Records(university, WHOLE_UNIVERSITY).history(kind, key)
    assert (version.what, version.import_id, version.file_row) == ("added", report.import_id, 2)
    assert tuple(scope for scope in (ENG, SCI) if Records(university, scope).history(kind, key)) == seen_by
    assert Records(university, NOBODY).history(kind, key) == ()


def test_a_record_stored_before_versions_were_kept_begins_with_what_it_is(university: Engine, give: Give) -> None:
    give("activities", FULL, name="old.csv")
    with university.begin() as connection:
        as_whole(connection)
        connection.execute(delete(Version))
    records = Records(university, WHOLE_UNIVERSITY)
    assert [(one.what, one.file_name) for one in records.history("activities", KEY)] == [("added", "old.csv")]
    give("activities", ACTIVITY, name="new.csv")
    versions = [(one.what, one.file_name) for one in records.history("activities", KEY)]
    assert versions == [("changed", "new.csv"), ("added", "old.csv")]


def test_a_key_that_cannot_be_is_told(university: Engine) -> None:
    records = Records(university, WHOLE_UNIVERSITY)
    assert records.history("activities", ("mobility", "none")) == ()
    with pytest.raises(LookupError, match="no kind 'people'"):
        records.history("people", ("p1",))
    with pytest.raises(ValueError, match="are named by source, record_id; this names 1: R1"):
        records.history("activities", ("R1",))
    with pytest.raises(ValueError, match="Invalid isoformat"):
        records.history("populations", ("ENG", "May", "master", "all", ""))


def test_an_added_record_is_kept_by_its_key_alone(university: Engine) -> None:
    store_rows(university, "activities", [FULL], indicators=INDICATORS, name="a.csv")
    (version,) = stored(university, Version)
    (activity,) = stored(university, Activity)
    assert (version["key"], version["before"]) == ('["mobility","R1"]', None)
    assert version["activity_id"] == activity["activity_id"]


def test_persons_are_told_as_how_many_they_are(university: Engine, give: Give) -> None:
    """Of whatever reader: the numbers under which persons are stored are nobody's to read."""
    for people in ("k1;k2", "k1;k3", ""):
        give("activities", {**ACTIVITY, "people": people})
    for scope in (ENG, WHOLE_UNIVERSITY):
        newest, second, first = Records(university, scope).history("activities", KEY)
        assert [(one.values or {})["people"] for one in (newest, second, first)] == [0, 2, 2]
        assert newest.differs == second.differs == ("people",)
