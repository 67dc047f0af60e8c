"""Columns that a file lacks because all its rows hold the same there, and headers below a title: all is checked."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.imports import ImportReport, store_file
from data_access.imports.remarked import remarked
from data_access.tables import Activity
from tests.data_access.imports.conftest import ACTIVITY, INDICATORS, Give, csv_text, stored

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
NO_TYPE = {name: value for name, value in ACTIVITY.items() if name != "activity_type"}


def store(engine: Engine, path: Path, text: str, **constants: str) -> ImportReport:
    path.write_text(text, "utf-8")
    return store_file(engine, "activities", path, indicators=INDICATORS, constants=constants)


def test_a_value_said_once_holds_for_all_rows(university: Engine, tmp_path: Path) -> None:
    rows = csv_text([NO_TYPE, {**NO_TYPE, "record_id": "R2"}])
    assert store(university, tmp_path / "a.csv", rows, activity_type="policy_contribution").rows_new == 2
    assert {row["activity_type"] for row in stored(university, Activity)} == {"policy_contribution"}


@pytest.mark.parametrize(
    ("constants", "why"),
    [
        ({"activity_type": "events"}, 'error activity_type: "events" is not an activity type.'),
        ({"activity_type": "=WEBSERVICE(1)"}, "error activity_type: The text is a formula"),
        ({"activity_type": "policy_contribution", "title": "All"}, "error title: The file has the column title"),
        ({"activity_type": " "}, "error activity_type: The required column activity_type is missing."),
    ],
)
def test_a_value_for_all_rows_is_checked_as_a_cell_is(
    constants: dict[str, str], why: str, university: Engine, tmp_path: Path
) -> None:
    report = store(university, tmp_path / "a.csv", csv_text([NO_TYPE]), **constants)
    told = [f"{remark.severity} {remark.column}: {remark.message.en}" for remark in report.remarks]
    assert report.status == "refused"
    assert any(line.startswith(why) for line in told), told


def test_below_a_title_every_row_is_checked_and_the_file_with_remarks_can_be_sent_again(
    university: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    report = store(
        university, path, "令和6年度\u3000一覧\n" + csv_text([{**ACTIVITY, "activity_type": "publications"}])
    )
    title, cell = report.remarks
    assert (title.row, title.value) == (1, "令和6年度\u3000一覧")
    assert title.message.en.startswith("The header is not in the first row; row 2 looks like it.")
    assert (cell.row, cell.column, cell.value) == (3, "activity_type", "publications")
    _, content = remarked(path, "activities", report.remarks, "en")
    mended = content.decode("utf-8-sig").replace("publications,A paper", "publication,A paper").partition("\nrecord_id")
    assert store(university, path, "record_id" + mended[2]).status == "stored"


def test_ids_in_full_width_are_told_once(give: Give) -> None:
    wide = [{**ACTIVITY, "record_id": f"Ｒ６－００{number}"} for number in (1, 2)]
    report = give("activities", *wide)
    (told,) = report.remarks
    assert (report.status, told.severity, told.row, told.value) == ("stored", "notice", 2, "Ｒ６－００1")
    assert told.message.en.startswith("2 rows write their id with full-width letters")


@pytest.mark.parametrize(
    ("name", "countries", "advice"),
    [
        ("Atelier Inconnu", "", 'Write "Atelier Inconnu @ CC", with the alpha-2 code of its country for CC.'),
        ("Atelier Inconnu", "FR", "Atelier Inconnu @ FR."),
        ("Atelier Inconnu", "FR;DE", 'Write "Atelier Inconnu @ CC"'),
        ("University of Copenhagen", "", "University of Copenhagen @ DK."),
    ],
)
def test_a_partner_without_a_country_is_advised_the_one_that_is_known(
    name: str, countries: str, advice: str, give: Give
) -> None:
    (error,) = give("activities", {**ACTIVITY, "partners": name, "countries": countries}).remarks
    assert advice in error.message.en
