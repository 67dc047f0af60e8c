"""What stored records would lose is told, record by record and field by field, before anything is stored."""

from pathlib import Path

from sqlalchemy import Engine

from data_access.imports import ImportReport
from data_access.imports.storing import preview_files
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, INDICATORS, Give, Row, csv_text, records
from tests.data_access.imports.test_storing import FULL


def tried(engine: Engine, path: Path, kind: str, *rows: Row) -> ImportReport:
    path.write_text(csv_text(rows))
    (report,) = preview_files(engine, kind, [path], look=lambda _connection: None, indicators=INDICATORS).reports
    return report


def test_a_file_with_fewer_columns_says_what_each_record_would_lose(
    university: Engine, give: Give, tmp_path: Path
) -> None:
    full = {**FULL, "people": "k1735;k2076", "end_date": "2025-05-01", "currency": "USD", "amount": "5"}
    give("activities", full, {**full, "record_id": "R2"}, {**ACTIVITY, "record_id": "R3"})
    before = records(university)
    rows = [{**ACTIVITY, "record_id": one, "title": "Corrected"} for one in ("R1", "R2", "R3")]
    report = tried(university, tmp_path / "file.csv", "activities", *rows)
    assert (report.status, report.rows_changed) == ("stored", 3)
    told = {(one.key[-1], one.column): (one.before.en, one.after.en, one.lost) for one in report.changes}
    assert told["R2", "people"] == ("2 persons", "none", True)
    assert told["R1", "end_date"] == ("2025-05-01", "–", True)
    assert told["R1", "currency"] == ("USD", "JPY", True)
    assert told["R3", "title"] == ("A paper", "Corrected", False)
    assert [one for one in told if one[0] == "R3"] == [("R3", "title")]
    (people,) = [text for text in report.losses if "of people is lost" in text.en]
    assert people.en.startswith(
        "In 2 of the stored records the value of people is lost, for the file has no such column: R1, R2."
    )
    assert "「参加者ID」が消えます" in people.ja
    assert [remark.message for remark in report.remarks[: len(report.losses)]] == list(report.losses)
    assert records(university) == before


def test_an_empty_cell_that_was_filled_is_told_and_a_correction_is_no_loss(
    university: Engine, give: Give, tmp_path: Path
) -> None:
    give("activities", {**ACTIVITY, "level": "master", "people": "k1"})
    path = tmp_path / "file.csv"
    report = tried(university, path, "activities", {**ACTIVITY, "level": "", "people": "k2"})
    (level,) = report.losses
    assert level.en.startswith("In 1 of the stored records the value of level is lost, for the cell is empty: R1.")
    (people,) = [one for one in report.changes if one.column == "people"]
    assert (people.before.en, people.after.en, people.after.ja) == (
        *("1 person", "1 person, not the same", "1人（別の人を含む）"),
    )
    assert tried(university, path, "activities", {**ACTIVITY, "level": "doctoral", "people": "k1"}).losses == ()


def test_of_other_kinds_what_changes_is_told_too(university: Engine, give: Give, tmp_path: Path) -> None:
    give("populations", HEADCOUNT)
    report = tried(university, tmp_path / "file.csv", "populations", {**HEADCOUNT, "count": "90"})
    assert [(one.column, one.before.en, one.after.en) for one in report.changes] == [("count", "100", "90")]
