"""A file that corrects its own columns alone: all else of the records stays as it is stored."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from data_access.engine import as_whole
from data_access.imports import ImportReport, store_file
from data_access.imports.attempt import Attempt
from data_access.imports.correction import stored_values
from data_access.scope import WHOLE_UNIVERSITY, Scope
from data_access.tables import Activity
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, INDICATORS, Give, Row, csv_text, records
from tests.data_access.imports.test_storing import FULL, of

ENG = Scope(departments=frozenset({"ENG"}))
PERSONS = {**FULL, "people": "k1735;k2076", "end_date": "2026-03-31", "departments": "ENG", "lead": ""}
KEY = {"source": "mobility", "record_id": "R1"}


def corrected(
    engine: Engine, path: Path, *rows: Row, kind: str = "activities", scope: Scope = ENG, complete: bool = False
) -> ImportReport:
    path.write_text(csv_text(rows))
    return store_file(engine, kind, path, indicators=INDICATORS, scope=scope, partial=True, complete=complete)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "correction.csv"


def test_only_the_columns_of_the_file_change(university: Engine, give: Give, file: Path) -> None:
    give("activities", PERSONS, {**PERSONS, "record_id": "R2"})
    before = records(university)
    report = corrected(university, file, {**KEY, "title": "Corrected"})
    assert (report.status, report.rows_changed, [one.column for one in report.changes]) == ("stored", 1, ["title"])
    assert "Only these columns are corrected: title." in report.remarks[0].message.en
    after = records(university)
    assert of(university, Activity, "record_id", "title") == [("R1", "Corrected"), ("R2", PERSONS["title"])]
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"activities"}
    own = {"title", "content_hash", "import_id"}
    first, second = (next(row for row in one["activities"] if row["record_id"] == "R1") for one in (before, after))
    assert {name for name in first if first[name] != second[name]} == own


def test_what_is_stored_is_read_again_as_the_same(university: Engine, give: Give, file: Path) -> None:
    give("activities", PERSONS)
    assert corrected(university, file, {**KEY, "title": PERSONS["title"]}).status == "unchanged"


def test_an_emptied_cell_of_a_correction_is_a_loss_that_is_told(university: Engine, give: Give, file: Path) -> None:
    give("activities", PERSONS)
    (loss,) = corrected(university, file, {**KEY, "end_date": ""}).losses
    assert "the value of end_date is lost, for the cell is empty: R1." in loss.en


def test_rows_are_checked_as_a_whole(university: Engine, give: Give, file: Path) -> None:
    give("activities", PERSONS)
    report = corrected(university, file, {**KEY, "start_date": "2026-06-01"})
    assert report.status == "refused"
    assert "The end is before the start" in report.remarks[0].message.en


@pytest.mark.parametrize("departments", ["", "SCI", "SCI;ENG"])
def test_what_is_not_stored_or_not_the_writers_is_refused_alike(
    departments: str, university: Engine, give: Give, file: Path
) -> None:
    if departments:
        assert give("activities", {**PERSONS, "departments": departments}).status == "stored"
    report = corrected(university, file, {**KEY, "title": "Mine"})
    assert [(one.row, one.column, one.message.en.partition(".")[0]) for one in report.remarks] == [
        (2, "record_id", "No record R1 of the source mobility is stored that you may correct")
    ]


def test_other_kinds_and_full_lists_correct_no_columns(university: Engine, give: Give, file: Path) -> None:
    give("activities", PERSONS)
    (kind,) = corrected(university, file, HEADCOUNT, kind="populations").remarks
    assert "Only files of activities" in kind.message.en
    (full,) = corrected(university, file, ACTIVITY, complete=True).remarks
    assert "is no full list" in full.message.en


def test_a_record_that_another_import_changes_meanwhile_is_not_set_back(
    university: Engine, give: Give, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give("activities", PERSONS)
    begin = Attempt.begin

    def later(attempt: Attempt, connection: object) -> None:
        begin(attempt, connection)  # type: ignore[arg-type]
        connection.execute(update(Activity).values(url="https://example.org/"))  # type: ignore[attr-defined]

    monkeypatch.setattr(Attempt, "begin", later)
    report = corrected(university, file, {**KEY, "title": "Mine"})
    assert (report.status, report.remarks[0].column) == ("refused", "record_id")
    assert "another import meanwhile" in report.remarks[0].message.en


def test_what_is_stored_is_told_to_nobody_else(university: Engine, give: Give) -> None:
    give("activities", {**PERSONS, "departments": "SCI"})
    with university.connect() as connection:
        as_whole(connection)
        assert stored_values(connection, "mobility", ENG) == {}
        assert list(stored_values(connection, "mobility", WHOLE_UNIVERSITY)) == ["R1"]
