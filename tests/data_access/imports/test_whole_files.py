"""What no single row can show: trees of departments, parts that exceed their whole."""

import pytest
from sqlalchemy import Engine

from data_access.tables import Department, Population
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, Give, Row, stored

INTERNATIONAL = {**HEADCOUNT, "group": "international", "count": "20"}
FACULTY = {**HEADCOUNT, "population": "faculty"}


def unit(code: str, parent: str = "", **more: str) -> Row:
    return {"code": code, "parent_code": parent, "name_en": code, "name_ja": code, **more}


def test_parents_may_come_after_their_children(university: Engine, give: Give) -> None:
    assert give("departments", unit("A-1-X", "A-1"), unit("A-1", "A"), unit("A")).rows_new == 3
    parents = {row["code"]: row["parent_code"] for row in stored(university, Department)}
    assert (parents["A"], parents["A-1"], parents["A-1-X"], parents["*"]) == ("*", "A", "A-1", None)


def test_a_circle_is_refused_where_it_closes(give: Give) -> None:
    report = give("departments", unit("A", "B"), unit("B", "A"), unit("C", "A"))
    assert [(e.row, e.column, e.value) for e in report.remarks] == [(2, "parent_code", "B"), (3, "parent_code", "A")]
    assert "A > B > A" in report.remarks[0].message.en


def test_a_circle_with_what_is_stored_is_refused(give: Give) -> None:
    (error,) = give("departments", unit("ENG", "ENG-M")).remarks
    assert "ENG > ENG-M > ENG" in error.message.en


def test_a_department_closes_after_it_opens(give: Give) -> None:
    (error,) = give("departments", unit("A", opened="2020-04-01", closed="2020-03-31")).remarks
    assert (error.row, error.column, error.value) == (2, "closed", "2020-03-31")
    assert "before it opens, 2020-04-01" in error.message.en


def test_the_university_may_be_renamed_and_has_no_parent(university: Engine, give: Give) -> None:
    row = {"code": "*", "name_en": "Tohoku University", "name_ja": "東北大学", "parent_code": ""}
    assert give("departments", row).rows_changed == 1
    assert stored(university, Department)[0]["name_en"] == "Tohoku University"
    assert give("departments", row).status == "unchanged"
    assert give("departments", row | {"parent_code": "ENG"}).remarks[0].column == "parent_code"


def test_every_cell_of_a_department_that_changes_is_told_with_what_was_there(give: Give) -> None:
    give("departments", unit("LAW", "ENG", kind="faculty", closed="2025-03-31"))
    report = give("departments", unit("LAW", discipline="law"))  # without the columns kind and closed
    assert report.status == "stored"
    assert [r.message.en.partition(" is lost")[0] for r in report.remarks if r.row is None] == [
        f"In 1 of the stored records the value of {column}" for column in ("kind", "closed")
    ]
    assert [(r.severity, r.row, r.column, r.message.en) for r in report.remarks if r.row] == [
        ("notice", 2, "parent_code", "parent_code of LAW changes: ENG -> *."),
        ("notice", 2, "kind", "kind of LAW changes: faculty -> nothing."),
        ("notice", 2, "discipline", "discipline of LAW changes: nothing -> law."),
        ("notice", 2, "closed", "closed of LAW changes: 2025-03-31 -> nothing."),
    ]
    assert give("departments", unit("LAW", discipline="law")).remarks == ()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2020-03-31", ["LAW opened on 2020-04-01, after the first day, 2020-03-31."]),
        ("2020-04-01", []),
        ("2025-03-31", []),
        ("2025-04-01", ["LAW closed on 2025-03-31, before the first day, 2025-04-01."]),
    ],
)
def test_a_record_that_begins_outside_the_life_of_its_department_is_kept_and_told(
    day: str, told: list[str], give: Give
) -> None:
    give("departments", unit("LAW", opened="2020-04-01", closed="2025-03-31"))
    report = give("activities", {**ACTIVITY, "start_date": day, "departments": "ENG;LAW"})
    assert (report.status, report.rows_new) == ("stored", 1)
    assert [(r.severity, r.row, r.column, r.value) for r in report.remarks] == [
        ("notice", 2, "departments", "LAW") for _ in told
    ]
    assert [r.message.en.partition(" The record")[0] for r in report.remarks] == told


@pytest.mark.parametrize(
    ("rows", "row", "wrong"),
    [
        (
            [
                INTERNATIONAL,
                {**INTERNATIONAL, "country": "CN", "count": "15"},
                {**INTERNATIONAL, "country": "KR", "count": "6"},
            ],
            3,
            "rows of international with a country is 21, more than the 20 that row 2 says",
        ),
        (
            [HEADCOUNT, {**INTERNATIONAL, "count": "101"}],
            3,
            "count of international is 101, more than the 100 that row 2",
        ),
        (
            [
                FACULTY,
                {**FACULTY, "group": "foreign_national", "count": "60"},
                {**FACULTY, "group": "overseas_degree", "count": "41"},
            ],
            4,
            "foreign_national, overseas_degree is 101, more than the 100 that row 2",
        ),
    ],
)
def test_parts_exceed_no_whole(rows: list[Row], row: int, wrong: str, give: Give) -> None:
    report = give("populations", *rows)
    (error,) = report.remarks
    assert (report.status, error.row, error.column) == ("refused", row, "count")
    assert wrong in error.message.en


def test_a_breakdown_is_held_against_the_total_that_is_stored(university: Engine, give: Give) -> None:
    give("populations", INTERNATIONAL)
    assert give("populations", {**INTERNATIONAL, "country": "CN", "count": "15"}).status == "stored"
    (error,) = give("populations", {**INTERNATIONAL, "country": "KR", "count": "6"}).remarks
    assert "is 21, more than the 20 that the store says" in error.message.en
    assert len(stored(university, Population)) == 2


def test_a_total_is_held_against_the_breakdown_that_is_stored(give: Give) -> None:
    give("populations", {**INTERNATIONAL, "country": "CN", "count": "15"})
    (error,) = give("populations", {**INTERNATIONAL, "count": "14"}).remarks
    assert (error.row, error.value) == (2, "15")


@pytest.mark.parametrize(
    ("before", "then", "row", "wrong"),
    [
        (
            [HEADCOUNT],
            [{**INTERNATIONAL, "count": "101"}],
            2,
            "is 101, more than the 100 that the store says of all",
        ),
        (
            [HEADCOUNT, INTERNATIONAL],
            [{**INTERNATIONAL, "count": "5"}, {**HEADCOUNT, "count": "4"}],
            2,
            "international is 5, more than the 4 that row 3 says of all",
        ),
        (
            [HEADCOUNT, INTERNATIONAL],
            [{**HEADCOUNT, "count": "19"}],
            2,
            "count of international in the store is 20, more than the 19 that row 2 says of all",
        ),
        (
            [FACULTY, {**FACULTY, "group": "foreign_national", "count": "60"}],
            [{**FACULTY, "group": "overseas_degree", "count": "41"}],
            2,
            "foreign_national, overseas_degree is 101, more than the 100 that the store says of all",
        ),
        (
            [FACULTY, *[{**FACULTY, "group": g, "count": "30"} for g in ("foreign_national", "overseas_degree")]],
            [{**FACULTY, "count": "59"}],
            2,
            "foreign_national, overseas_degree is 60, more than the 59 that row 2 says of all",
        ),
    ],
)
def test_groups_are_held_against_what_is_stored(
    before: list[Row], then: list[Row], row: int, wrong: str, give: Give
) -> None:
    assert give("populations", *before).status == "stored"
    (error,) = give("populations", *then).remarks
    assert (error.severity, error.row, error.column) == ("error", row, "count")
    assert wrong in error.message.en


def test_what_is_stored_may_be_lowered_with_all_that_it_holds(give: Give) -> None:
    give("populations", HEADCOUNT, INTERNATIONAL)
    assert give("populations", {**HEADCOUNT, "count": "10"}, {**INTERNATIONAL, "count": "2"}).rows_changed == 2


def test_people_over_the_year_may_be_more_than_on_the_day(give: Give) -> None:
    assert give("populations", HEADCOUNT, {**HEADCOUNT, "group": "whole_year", "count": "180"}).remarks == ()


def test_a_headcount_may_be_the_universitys(university: Engine, give: Give) -> None:
    assert give("populations", {**HEADCOUNT, "department": "*"}).status == "stored"
    assert stored(university, Population)[0]["department"] == "*"


def test_a_headcount_twice_in_one_file_is_refused(give: Give) -> None:
    (error,) = give("populations", HEADCOUNT, {**HEADCOUNT, "count": "99"}).remarks
    assert (error.row, "Rows 2 and 3 both say" in error.message.en) == (3, True)


def test_another_day_than_the_census_is_a_notice(give: Give) -> None:
    report = give("populations", {**HEADCOUNT, "as_of": "2025-11-01"})
    assert (report.status, [remark.severity for remark in report.remarks]) == ("stored", ["notice"])
    assert "1 May" in report.remarks[0].message.en
    assert give("populations", {**HEADCOUNT, "as_of": "2025-12-01", "group": "whole_year"}).remarks == ()


def test_a_yen_is_a_yen(give: Give) -> None:
    rate = {"currency": "JPY", "fiscal_year": "2025", "jpy": "2"}
    assert give("rates", rate).remarks[0].column == "jpy"
    assert give("rates", rate | {"jpy": "1"}).status == "stored"
