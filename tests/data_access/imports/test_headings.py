"""Headers as offices write them: what is sure, what is suggested and waits for a person, and what is remembered."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.imports import KINDS, store_file
from data_access.imports.heading_memory import remember, remembered, source_of
from data_access.imports.headings import NOT_NEEDED, Match, mapping, matched, normalised, open_questions
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.tables import Activity
from tests.data_access.imports.conftest import ACTIVITY, INDICATORS, csv_text, stored

ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ENGINEERING = Scope(departments=frozenset({"ENG", "ENG-M"}))
ACTIVITIES, POPULATIONS = KINDS["activities"], KINDS["populations"]


def meant(header: str, kind: str = "activities") -> tuple[str, str]:
    (match,) = matched([header], KINDS[kind])
    return match.column, match.how


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_names_of_every_column_in_either_language_are_exact(kind: object) -> None:
    for names in ("name", "name_ja"):
        headers = [getattr(column, names) for column in kind.columns]  # type: ignore[attr-defined]
        found = matched(headers, kind)  # type: ignore[arg-type]
        assert [match.column for match in found] == [column.name for column in kind.columns]  # type: ignore[attr-defined]
        assert {match.how for match in found} == {"exact"}
        assert mapping(found) == {}


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Record ID", "record_id"),
        ("RECORD-ID", "record_id"),
        ("開始日\n（必須）", "start_date"),
        ("参加 人数（人）", "people_count"),
        ("金額（円）", "amount"),
        ("活動　種別 ※", "activity_type"),
        ("start_date (yyyy-mm-dd)", "start_date"),
    ],
)
def test_width_spaces_line_breaks_and_units_in_brackets_change_no_header(header: str, column: str) -> None:
    assert meant(header) == (column, "normalised")


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("件名", "title"),
        ("派遣先機関", "partners"),
        ("所属部局", "departments"),
        ("start dat", "start_date"),
        ("期間（自）", "start_date"),
        ("期間（至）", "end_date"),
        ("開始", "start_date"),
        ("終了", "end_date"),
    ],
)
def test_the_offices_own_wording_is_suggested_and_not_taken(header: str, column: str) -> None:
    found = matched([header], ACTIVITIES)
    assert found == (Match(header, column, "suggested"),)
    assert mapping(found) == {}
    assert open_questions(found) == found


@pytest.mark.parametrize("header", ["金額（千円）", "契約額(百万円)", "amount (thousand yen)", "金額 千円"])
def test_an_amount_in_thousands_is_never_taken_for_one_in_yen(header: str) -> None:
    assert meant(header) == (NOT_NEEDED, "scaled")


def test_a_header_that_says_a_part_is_not_its_whole() -> None:
    assert meant("人数（うち留学生）", "populations") == ("count", "suggested")  # never "normalised"


def test_a_column_is_suggested_once_and_never_one_that_is_there() -> None:
    found = matched(["名称", "件名", "題名"], ACTIVITIES)
    assert [match.column for match in found].count("title") == 1
    first, second = matched(["相手機関", "派遣先機関"], ACTIVITIES)
    assert {first.column, second.column} == {"partners", NOT_NEEDED}


def test_the_monitors_own_remarks_need_no_column() -> None:
    for header in ("Import remarks", "取り込みの指摘", "取り込みの指摘\n注意：全体"):
        assert meant(header) == (NOT_NEEDED, "not needed")
    assert meant("備考") == (NOT_NEEDED, "unknown")  # the office's own remarks are its own


def test_what_a_person_decided_goes_before_a_likeness() -> None:
    known = {normalised("件名"): "url", normalised("備考"): NOT_NEEDED}
    found = matched(["件 名", "備考", "title"], ACTIVITIES, known)
    assert found == (
        Match("件 名", "url", "remembered"),
        Match("備考", NOT_NEEDED, "not needed"),
        Match("title", "title", "exact"),
    )
    assert mapping(found) == {"件 名": "url", "備考": NOT_NEEDED}


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("留学派遣_令和7年度(1).xlsx", "留学派遣 R6.xlsx"),
        ("mobility_2025.csv", "Mobility 2026 final v2.csv"),
        ("学生数_2026年5月1日.xlsx", "FY2025学生数第2版.xlsx"),
    ],
)
def test_the_files_of_one_source_are_known_by_what_their_names_share(first: str, later: str) -> None:
    assert source_of(first) == source_of(later)


def test_files_of_different_sources_and_years_alone_are_told_apart() -> None:
    names = ["mobility.csv", "agreements.csv", "Research.csv", "2025.csv"]
    assert len({source_of(name) for name in names}) == len(names)
    assert all(source_of(name) for name in names)


@ON_ONE_DATABASE
def test_a_decision_serves_the_next_file_of_its_source_and_no_other(engine: Engine) -> None:
    decided = {"件名": "title", "備考": NOT_NEEDED}
    remember(engine, "activities", "留学派遣_2025.xlsx", decided, importer="office", scope=WHOLE_UNIVERSITY)
    assert remembered(engine, "留学派遣_2026.xlsx", "head:ENG") == {"activities": decided}
    assert remembered(engine, "協定_2026.xlsx", "office") == {}


@ON_ONE_DATABASE
def test_a_later_decision_replaces_the_earlier_one(engine: Engine) -> None:
    for column in ("title", "url"):
        remember(engine, "activities", "a.csv", {"件名": column}, importer="office", scope=WHOLE_UNIVERSITY)
    assert remembered(engine, "a.csv", "office") == {"activities": {"件名": "url"}}


@ON_ONE_DATABASE
def test_what_a_department_decided_serves_itself_alone_and_goes_before_the_offices(engine: Engine) -> None:
    remember(engine, "activities", "a.csv", {"件名": "title"}, importer="office", scope=WHOLE_UNIVERSITY)
    remember(engine, "activities", "a.csv", {"件名": "url"}, importer="head:ENG", scope=ENGINEERING)
    assert remembered(engine, "a.csv", "head:ENG")["activities"]["件名"] == "url"
    assert remembered(engine, "a.csv", "head:SCI")["activities"]["件名"] == "title"


@ON_ONE_DATABASE
def test_nobody_decides_and_no_column_is_made_up(engine: Engine) -> None:
    with pytest.raises(PermissionError):
        remember(engine, "activities", "a.csv", {"件名": "title"}, importer="", scope=NOBODY)
    with pytest.raises(LookupError, match="no column 'colour'"):
        remember(engine, "activities", "a.csv", {"件名": "colour"}, importer="office", scope=WHOLE_UNIVERSITY)
    assert remembered(engine, "a.csv", "office") == {}


@ON_ONE_DATABASE
def test_a_file_with_the_offices_own_headers_is_stored_and_says_what_was_read_as_what(
    university: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "own.csv"
    row = {"件名" if column == "title" else column: cell for column, cell in ACTIVITY.items()} | {"備考": "x"}
    path.write_text(csv_text([row]), "utf-8")
    headings = {"件名": "title", "備考": NOT_NEEDED}
    report = store_file(university, "activities", path, indicators=INDICATORS, headings=headings)
    assert report.status == "stored"
    assert stored(university, Activity)[0]["title"] == "A paper"
    assert [(one.severity, one.column) for one in report.remarks] == [("notice", "件名")]
    assert "read as title" in report.remarks[0].message.en
