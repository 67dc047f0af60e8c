"""A full list withdraws what is stored of its extent and not in it; and a head writes records of the own alone."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.imports import ImportReport, store_file, store_files, store_rows
from data_access.scope import Scope
from data_access.tables import Activity, Department, Goal, Population
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, INDICATORS, NAMES, Give, Row, contents, csv_text
from tests.data_access.imports.test_roll_back import GOAL, PAPERS, full_list
from tests.data_access.imports.test_storing import of

ENG = Scope(departments=frozenset({"ENG", "ENG-M"}))
DEPARTMENTS = [{"code": c, "name_en": c, "name_ja": c, "parent_code": p} for c, p in (("ENG", ""), ("SCI", ""))]


def head_gives(engine: Engine, kind: str, *rows: Row, complete: bool = False) -> ImportReport:
    return store_rows(engine, kind, rows, indicators=INDICATORS, name="a.csv", scope=ENG, complete=complete)


def test_only_records_of_the_sources_of_the_file_are_withdrawn(university: Engine, give: Give) -> None:
    give("activities", ACTIVITY, {**ACTIVITY, "record_id": "R2"}, {**ACTIVITY, "source": "contracts"})
    report = full_list(university, "activities", ACTIVITY)
    assert (report.status, report.rows_withdrawn, report.rows_unchanged) == ("stored", 1, 1)
    assert [r.message.en for r in report.remarks] == ["Not in the full list, so withdrawn: mobility R2."]
    assert of(university, Activity, "source", "record_id") == [("mobility", "R1"), ("contracts", "R1")]
    assert full_list(university, "activities", ACTIVITY).status == "unchanged"


def test_only_headcounts_of_the_days_of_the_file_are_withdrawn(university: Engine, give: Give) -> None:
    others = [{**HEADCOUNT, "group": "international", "count": "9"}, {**HEADCOUNT, "as_of": "2024-05-01"}]
    give("populations", HEADCOUNT, *others)
    assert full_list(university, "populations", {**HEADCOUNT, "count": "8"}).rows_withdrawn == 1
    assert of(university, Population, "group", "count") == [("all", 100), ("all", 8)]


def test_of_other_kinds_all_that_is_not_in_the_file_is_withdrawn(university: Engine, give: Give) -> None:
    give("goals", GOAL, {**GOAL, "department": "ENG"}, {**GOAL, "fiscal_year": "2028", "kind": "milestone"})
    assert full_list(university, "goals", {**GOAL, "value": "70"}).rows_withdrawn == 2
    assert of(university, Goal, "department", "value") == [("*", 70.0)]


def test_several_files_are_one_full_list_together(university: Engine, give: Give, tmp_path: Path) -> None:
    give("activities", *({**ACTIVITY, "record_id": f"R{number}"} for number in range(4)))
    paths = [tmp_path / f"{number}.csv" for number in (0, 2)]
    for path in paths:
        path.write_text(csv_text([{**ACTIVITY, "record_id": f"R{path.stem}"}]))
    reports = store_files(university, "activities", paths, indicators=INDICATORS, complete=True)
    assert [report.rows_withdrawn for report in reports] == [2, 0]
    assert of(university, Activity, "record_id") == [("R0",), ("R2",)]


def test_a_department_that_records_name_is_not_withdrawn(university: Engine, give: Give) -> None:
    give("activities", {**ACTIVITY, "departments": "ENG-M"})
    give("populations", {**HEADCOUNT, "department": "ENG-M"})
    before = contents(university)
    report = full_list(university, "departments", *DEPARTMENTS)
    (error,) = report.remarks
    assert (report.status, error.column, error.value) == ("refused", "code", "ENG-M")
    assert "ENG-M is not in the full list, but 2 records name it" in error.message.en
    assert contents(university) == before


def test_departments_go_unless_one_that_stays_lies_below(university: Engine) -> None:
    report = full_list(university, "departments", *DEPARTMENTS[1:], {**DEPARTMENTS[0], "code": "ENG-M"})
    assert (report.rows_withdrawn, report.rows_changed) == (1, 1)
    assert [code for (code,) in of(university, Department, "code")] == ["*", "ENG-M", "SCI"]


def test_an_indicator_that_goals_name_is_not_withdrawn(university: Engine, give: Give) -> None:
    give("indicators", PAPERS)
    give("goals", {**GOAL, "indicator": "own_papers", "department": "ENG"})
    (error,) = full_list(university, "indicators", {**PAPERS, "key": "others"}).remarks
    assert "own_papers is not in the full list, but 1 record names it" in error.message.en


@pytest.mark.parametrize("kind", ["activities", "goals"])
def test_a_full_list_of_nothing_is_refused(kind: str, university: Engine, give: Give, tmp_path: Path) -> None:
    give("goals", GOAL)
    path = tmp_path / "a.csv"
    path.write_text(",".join(ACTIVITY if kind == "activities" else GOAL) + "\n")
    report = store_file(university, kind, path, indicators=INDICATORS, complete=True)
    error, _no_row = report.remarks
    assert "without a row would withdraw everything" in error.message.en
    assert len(of(university, Goal, "value")) == 1


def test_what_the_store_says_of_rows_that_go_refuses_nothing(university: Engine, give: Give) -> None:
    """The old list says 90 of 100 are international; the new one counts 50 in all and knows nothing of those."""
    give("populations", HEADCOUNT, {**HEADCOUNT, "group": "international", "count": "90"})
    assert give("populations", {**HEADCOUNT, "count": "50"}).status == "refused"
    assert full_list(university, "populations", {**HEADCOUNT, "count": "50"}).status == "stored"


@pytest.mark.parametrize(
    ("kind", "row", "column"),
    [
        ("activities", {**ACTIVITY, "departments": "SCI"}, "departments"),
        ("activities", {**ACTIVITY, "departments": "ENG;SCI"}, "departments"),
        ("activities", {**ACTIVITY, "departments": "*"}, "departments"),
        ("populations", {**HEADCOUNT, "department": "SCI"}, "department"),
        ("goals", GOAL, "department"),
        ("indicators", {**PAPERS, "department": "SCI"}, "department"),
        ("departments", DEPARTMENTS[0], ""),
        ("rates", {"currency": "USD", "fiscal_year": "2025", "jpy": "150"}, ""),
        ("affiliations", {"pattern": "Faculty", "department": "ENG"}, ""),
    ],
)
def test_a_head_writes_nothing_of_other_departments(
    kind: str, row: dict[str, str], column: str, university: Engine
) -> None:
    before = contents(university)
    report = head_gives(university, kind, row)
    assert report.status == "refused"
    assert [(error.severity, error.column.partition("（")[0]) for error in report.remarks] == [("error", column)]
    assert contents(university) == before


def test_a_head_writes_the_own_departments(university: Engine) -> None:
    rows = {
        "activities": ACTIVITY,
        "populations": HEADCOUNT,
        "goals": {**GOAL, "department": "ENG"},
        "indicators": PAPERS,
    }
    assert [head_gives(university, kind, row).status for kind, row in rows.items()] == ["stored"] * 4


def test_a_head_replaces_no_record_of_others(university: Engine, give: Give) -> None:
    give("activities", {**ACTIVITY, "departments": "SCI"}, {**ACTIVITY, "record_id": "R2", "departments": "SCI;ENG"})
    before = contents(university)
    report = head_gives(university, "activities", ACTIVITY, {**ACTIVITY, "record_id": "R2"})
    assert [(r.row, r.column, r.value) for r in report.remarks] == [(2, "record_id", "R1"), (3, "record_id", "R2")]
    assert not any("SCI" in r.message.en + r.message.ja for r in report.remarks)
    assert contents(university) == before


def test_a_heads_full_list_withdraws_the_own_records_alone(university: Engine, give: Give) -> None:
    departments = ("ENG", "ENG-M", "SCI", "SCI;ENG")
    give("activities", *({**ACTIVITY, "record_id": f"R{n}", "departments": d} for n, d in enumerate(departments)))
    assert head_gives(university, "activities", {**ACTIVITY, "record_id": "R0"}, complete=True).rows_withdrawn == 1
    assert of(university, Activity, "record_id") == [("R0",), ("R2",), ("R3",)]


def test_headers_of_the_offices_own_wording_are_read_and_named_in_remarks(university: Engine) -> None:
    row = {"番号": "R1", "種類": "publication", "題名": "A", "開始": "soon", "担当": "ENG", "備考": "x"}
    own = {"番号": "record_id", "種類": "activity_type", "題名": "title", "開始": "start_date", "担当": "departments"}

    def give(row: Row, headings: dict[str, str]) -> ImportReport:
        told = {"indicators": INDICATORS, "indicator_names": NAMES}
        return store_rows(university, "activities", [row], name="a.csv", headings=headings, **told)  # type: ignore[arg-type]

    error, *notices = give(row, own).remarks
    assert (error.row, error.column, error.value) == (2, "開始", "soon")
    assert [notice.column for notice in notices] == ["番号", "種類", "題名", "開始", "担当", "備考"]
    report = give({**row, "開始": "2025-04-01"}, {**own, "備考": ""})
    of_columns = [notice.column for notice in report.remarks if notice.column]  # one is on the file: it says no source
    assert (report.status, of_columns) == ("stored", list(own))
    assert of(university, Activity, "record_id", "title") == [("R1", "A")]
