"""One test per rule of the formats: what breaks it is refused, with row, column, value and what is accepted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from data_access.imports import KINDS, ImportReport, Remark
from data_access.tables import Import, ImportRemark
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, Give, Row, contents, stored

RATE = {"currency": "USD", "fiscal_year": "2025", "jpy": "150"}
GOAL = {
    "indicator": "international_student_share",
    "department": "",
    "fiscal_year": "2030",
    "value": "0.2",
    "kind": "target",
}
NOTE = {"date": "2020-04-07", "text_en": "Borders closed", "text_ja": "入国制限", "target": "education"}
OF_ONE = {"country_a": "DE", "country_b": "", "period": "2025", "papers": "5", "source": "NSF"}
PUBLISHED = {
    "indicator": "international_student_share",
    "dimension": "level",
    "stratum": "master",
    "fiscal_year": "2024",
    "numerator": "12",
    "denominator": "100",
    "source": "Ministry",
}
UNIT = {"code": "MED", "parent_code": "", "name_en": "Medicine", "name_ja": "医学部"}
PATTERN = {"pattern": "School of Engineering", "department": "ENG"}

ROWS: dict[str, Row] = {
    "activities": ACTIVITY,
    "populations": HEADCOUNT,
    "goals": GOAL,
    "annotations": NOTE,
    "rates": RATE,
    "country_matrix": OF_ONE,
    "references": PUBLISHED,
    "departments": UNIT,
    "affiliations": PATTERN,
}

# kind, column, cell, what the message says is wrong, what it says is accepted
REFUSED = [
    ("activities", "record_id", "", "empty", "any text|at most 200"),
    ("activities", "activity_type", "publicaton", "Did you mean publication?", "joint_supervision"),
    ("activities", "activity_type", "論文", "Did you mean publication?", "joint_supervision"),
    ("activities", "title", "", "empty", "any text"),
    ("activities", "start_date", "4/1/2025", "is not a date that is read here. Accepted", "2025-04-01"),
    ("activities", "start_date", "2025/13/01", "not a day of the calendar", "2025-04-01"),
    ("activities", "start_date", "2025.4.1", "Write 2025-04-01.", "2025/4/1"),
    ("activities", "start_date", "2025-4-1", "Write 2025-04-01.", "2025/4/1"),
    ("activities", "start_date", "2025-04-01T09:00:00+09:00", "has a time zone", "2025-04-01"),
    ("activities", "start_date", "2025-04-01T09:00:00Z", "Write the day alone", "2025-04-01"),
    ("activities", "start_date", "2025-04-01T24:00", "is not a date that is read here", "2025-04-01"),
    ("activities", "start_date", "２０２５／４／１", "Write 2025-04-01.", "2025/4/1"),
    ("activities", "start_date", "2025年4月1日", "Write 2025-04-01.", "2025/4/1"),
    ("activities", "start_date", "R7.4.1", "Write 2025-04-01.", "2025/4/1"),
    ("activities", "start_date", "令和7年4月1日", "Write 2025-04-01.", "2025/4/1"),
    ("activities", "start_date", "令和元年5月1日", "Write 2019-05-01.", "2025/4/1"),
    ("activities", "start_date", "S64.1.7", "Write 1989-01-07.", "2025/4/1"),
    ("activities", "start_date", "45748", "Write 2025-04-01.", "2025/4/1"),
    ("activities", "start_date", "2025.2.30", "is not a date that is read here. Accepted", "2025-04-01"),
    ("activities", "start_date", "2025-02-30", "not a day of the calendar", "2025-04-01"),
    ("activities", "start_date", "0205-04-01", "before 1800", "2025-04-01"),
    ("activities", "end_date", "2025-03-31", "before the start, 2025-04-01", "a later one, or nothing"),
    ("activities", "departments", "ENGI", "Did you mean ENG?", "ENG;SCI"),
    ("activities", "departments", "", "empty", "ENG;SCI"),
    ("activities", "departments", ";", "No department", "ENG;SCI"),
    ("activities", "departments", "ENG;ENG", "ENG is written twice", "ENG;SCI"),
    ("activities", "departments", "ENG:0.6;SCI:0.5", "add up to 1.1", "add up to 1"),
    ("activities", "departments", "ENG:0.6;SCI:0.398", "add up to 0.998", "add up to 1"),
    ("activities", "departments", "ENG:0.6;SCI", "SCI has no share", "add up to 1"),
    ("activities", "departments", "ENG:60%;SCI:40%", "not above 0 and up to 1", "add up to 1"),
    ("activities", "departments", "ENG:0;SCI:1", "not above 0", "add up to 1"),
    ("activities", "lead", "SCI", "none of the departments", "ENG, external, or nothing"),
    ("activities", "lead", "XYZ", "not the code of a department", "external"),
    ("activities", "partners", "https://ror.org/0zzzzzz99", "ROR", "Name @ CC"),
    ("activities", "partners", "University of Milan", "University of Milan @ IT", "Name @ CC"),
    ("activities", "partners", "University of Milan @ Italy", "Did you mean IT?", "Name @ CC"),
    ("activities", "countries", "UK", "Did you mean GB?", "alpha-2"),
    ("activities", "countries", "ドイツ", "Did you mean DE?", "alpha-2"),
    ("activities", "countries", "DE;ZZ", '"ZZ" is not a country code', "alpha-2"),
    ("activities", "people_count", "-1", "not between 0", "0 or more"),
    ("activities", "people_count", "2.5", "not a whole number", "0 or more"),
    ("activities", "people_count", "１２", "not a whole number. Write 12.", "0 or more"),
    ("activities", "people_count", "1,200", "not a whole number. Write 1200.", "0 or more"),
    ("activities", "people_count", "12名", "not a whole number. Write 12.", "0 or more"),
    ("activities", "people_count", "9" * 18, "not between", "0 or more"),
    ("activities", "level", "undergrad", "Did you mean undergraduate?", "postdoctoral"),
    ("activities", "level", "修士", "Did you mean master?", "postdoctoral"),
    ("activities", "amount", "1,200,000", "Write 1200000.", "1200000"),
    ("activities", "amount", "１，２００，０００円", "Write 1200000.", "1200000"),
    ("activities", "amount", "￥1,200,000", "Write 1200000.", "1200000"),
    ("activities", "amount", "1,5", "is not a number. Accepted", "1200000"),
    ("activities", "amount", "nan", "not a number", "0 or more"),
    ("activities", "amount", "1e999", "not a number", "0 or more"),
    ("activities", "amount", "-5", "not between 0", "0 or more"),
    ("activities", "currency", "usd", "Did you mean USD?", "ISO 4217"),
    ("activities", "currency", "円", "Did you mean JPY?", "ISO 4217"),
    ("activities", "currency", "ユーロ", "Did you mean EUR?", "ISO 4217"),
    ("activities", "currency", "XYZ", "not a currency code", "ISO 4217"),
    ("activities", "sdgs", "3;18", "18 is not between 1 and 17", "1 to 17"),
    ("activities", "citation_percentile", "100.1", "not between 0 and 100", "0 to 100"),
    ("activities", "language", "eng", "not a language code", "ISO 639-1"),
    ("activities", "url", "ftp://example.org", "not a web address", "https://"),
    ("activities", "url", "javascript:alert(1)", "not a web address", "https://"),
    ("populations", "department", "ENGI", "Did you mean ENG?", "* for the university"),
    ("populations", "as_of", "1 May 2025", "not a date", "2025-05-01"),
    ("populations", "population", "masters", "Did you mean master?", "degree_programme"),
    ("populations", "group", "foreign", "not a group", "foreign_national"),
    ("populations", "count", "-3", "not between 0", "0 or more"),
    ("populations", "count", "", "empty", "0 or more"),
    ("populations", "country", "Germany", "Did you mean DE?", "alpha-2"),
    ("goals", "indicator", "international_students_share", "Did you mean international_student_share?", "catalogue"),
    ("goals", "indicator", "留学生比率", "Did you mean international_student_share?", "catalogue"),
    ("goals", "indicator", "Partner Countries", "Did you mean partner_countries?", "catalogue"),
    ("goals", "department", "XYZ", "not the code of a department", "the university"),
    ("goals", "fiscal_year", "FY2030", "not a fiscal year", "2030"),
    ("goals", "fiscal_year", "２０３０", "not a fiscal year. Write 2030.", "2030"),
    ("goals", "value", "２０％", "Write 20%.", "0.2 or 20%"),
    ("goals", "value", "20", "write 0.2 or 20%", "0.2 or 20%"),
    ("goals", "value", "1.5", "more than the whole", "0.2 or 20%"),
    ("goals", "value", "150%", "more than the whole", "0.2 or 20%"),
    ("goals", "value", "-0.1", "less than nothing", "0.2 or 20%"),
    ("goals", "value", "many", "not a number", "0.2 or 20%"),
    ("goals", "kind", "goal", "not a kind of value", "baseline, milestone, target"),
    ("annotations", "date", "April 2020", "not a date", "2020-04-07"),
    ("annotations", "text_ja", "", "empty", "any text"),
    ("annotations", "target", "teaching", "not a target", "education, research"),
    ("rates", "currency", "DOLLAR", "not a currency code", "ISO 4217"),
    ("rates", "jpy", "0", "not above 0", "above 0"),
    ("rates", "jpy", "1e300", "more than 1,000,000", "up to 1,000,000"),
    ("country_matrix", "country_a", "Germany", "Did you mean DE?", "alpha-2"),
    ("country_matrix", "country_b", "DE", "stands on both sides", "two countries"),
    ("country_matrix", "period", "2021〜2025年", "not a period. Write 2021-2025.", "2021-2025"),
    ("country_matrix", "period", "FY2025", "not a period. Write 2025.", "2025"),
    ("country_matrix", "period", "lately", "not a period. Accepted", "2021-2025"),
    ("country_matrix", "period", "2025-2021", "does not run from an earlier year", "2021-2025"),
    ("country_matrix", "period", "1492", "does not run", "2021-2025"),
    ("country_matrix", "papers", "-1", "not between 0", "0 or more"),
    ("country_matrix", "papers", "2.5", "not a whole number", "0 or more"),
    ("country_matrix", "papers", "", "empty", "0 or more"),
    ("country_matrix", "source", "", "empty", "who counted what"),
    ("references", "indicator", "international_students", "not the key of an indicator", "a key of the catalogue"),
    ("references", "dimension", "levels", "Did you mean level?", "level, field, kind, partner"),
    ("references", "stratum", "masters", "Did you mean master?", "undergraduate, master, doctoral"),
    ("references", "stratum", "", "empty", "a code of the dimension"),
    ("references", "fiscal_year", "R6", "not a fiscal year", "as 2024"),
    ("references", "numerator", "101", "101 are more than the 100", "at most 100"),
    ("references", "numerator", "-1", "not between 0", "0 or more"),
    ("references", "denominator", "0", "Nobody is at risk", "a number above 0"),
    ("references", "source", "", "empty", "who published it"),
    ("departments", "code", "external", "cannot be the code", "not external"),
    ("departments", "code", "A;B", "cannot be the code", "ENG"),
    ("departments", "name_ja", "", "empty", "any text"),
    ("departments", "opened", "1949", "not a date", "2025-04-01"),
    ("departments", "parent_code", "NONE", "not the code of a department", "in this file or in the store"),
    ("affiliations", "pattern", "a", "nearly every affiliation", "2 to 200 letters"),
    ("affiliations", "department", "XYZ", "not the code of a department", "* for the university"),
]


ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Reading and checking a cell asks no database; what is stored is tested on both."""


@ON_ONE_DATABASE
@pytest.mark.parametrize(("kind", "column", "cell", "wrong", "accepted"), REFUSED)
def test_a_cell_that_breaks_a_rule_is_refused(
    kind: str, column: str, cell: str, wrong: str, accepted: str, university: Engine, give: Give
) -> None:
    before = contents(university)
    (error,) = errors(give(kind, {**ROWS[kind], column: cell}))
    assert (error.row, error.column, error.value) == (2, column, cell)
    assert wrong in error.message.en
    assert "Accepted: " in error.message.en
    assert any(said in error.message.en for said in accepted.split("|"))
    assert error.message.ja
    assert contents(university) == before


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_in_order_is_stored(kind: str, give: Give) -> None:
    report = give(kind, ROWS[kind])
    assert (report.status, report.rows_read, report.rows_new, report.remarks) == ("stored", 1, 1, ())


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("departments", "ENG:0.333;SCI:0.333;ENG-M:0.333"),
        ("departments", "*"),
        ("departments", "ENG : 0.6 ; SCI : 0.4"),
        ("lead", "external"),
        ("end_date", "2025-04-01"),
        ("people_count", "12.0"),
        ("amount", "1.2E6"),
        ("start_date", "20250401"),
        ("start_date", "2025/4/1"),
        ("start_date", "2025/04/01"),
        ("start_date", "2025/4/1 0:00"),
        ("start_date", "2025-04-01T09:30:00.000"),
        ("url", "https://doi.org/10.1/a@1.2"),
        ("countries", "DE;DE;"),
        ("sdgs", "17;1"),
        ("citation_percentile", "100"),
        ("url", "HTTPS://example.org/a?b=c"),
    ],
)
def test_what_the_formats_allow_is_accepted(column: str, cell: str, give: Give) -> None:
    report = give("activities", {**ACTIVITY, column: cell})
    assert (report.status, report.remarks) == ("stored", ())


@ON_ONE_DATABASE
def test_a_name_that_the_registry_does_not_know_is_stored_with_a_notice(give: Give) -> None:
    report = give("activities", {**ACTIVITY, "partners": "A.B@U.S @ US"})
    assert (report.status, [remark.severity for remark in report.remarks]) == ("stored", ["notice"])


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("工学部", "Did you mean LAB?"),
        ("school of  engineering", "Did you mean LAB?"),
        ("ENG;工学部:0.4", "Did you mean LAB?"),
        ("ＬＡＢ", "Did you mean LAB?"),
        ("理学部", ""),
    ],
)
def test_the_name_of_a_department_is_told_its_code(written: str, meant: str, give: Give) -> None:
    give("departments", {"code": "LAB", "name_en": "School of Engineering", "name_ja": "工学部"})
    (error,) = errors(give("activities", {**ACTIVITY, "departments": written}))
    assert ("Did you mean" in error.message.en) == bool(meant)
    assert meant in error.message.en


def test_a_record_twice_in_one_file_is_refused_with_both_rows(give: Give) -> None:
    other = {**ACTIVITY, "record_id": "R2"}
    (error,) = errors(give("activities", ACTIVITY, other, {**ACTIVITY, "title": "Another"}))
    assert (error.row, error.column, error.value) == (4, "record_id", "R1")
    assert "Rows 2 and 4 both say source mobility, record_id R1" in error.message.en


def test_one_id_in_two_sources_is_two_records(give: Give) -> None:
    assert give("activities", ACTIVITY, {**ACTIVITY, "source": "contracts"}).rows_new == 2


def test_all_that_is_wrong_is_told_at_once(give: Give) -> None:
    wrong = {**ACTIVITY, "level": "x", "sdgs": "0", "source": ""}
    unnamed = {**ACTIVITY, "record_id": ""}
    report = give("activities", wrong, {**ACTIVITY, "source": "file"}, unnamed, unnamed)
    places = [(2, "level"), (2, "sdgs"), (3, "record_id"), (4, "record_id"), (5, "record_id")]
    assert [(e.row, e.column) for e in errors(report)] == places
    assert "Rows 2 and 3 both say source file, record_id R1" in errors(report)[2].message.en
    assert (report.rows_read, report.rows_refused) == (4, 4)


def test_of_very_many_errors_the_first_are_listed_and_the_rest_counted(give: Give) -> None:
    report = give("activities", *[{**ACTIVITY, "record_id": f"R{n}", "level": "x"} for n in range(1_200)])
    assert len(report.remarks) == 1_001
    assert report.remarks[-1].message.en == "200 more remarks are not listed here."
    assert report.rows_refused == 1_200


def test_a_refused_file_is_kept_with_its_remarks(university: Engine, give: Give) -> None:
    report = give("activities", {**ACTIVITY, "level": "x"})
    (attempt,) = stored(university, Import)
    (remark,) = stored(university, ImportRemark)
    assert (attempt["import_id"], attempt["status"], attempt["rows_refused"]) == (report.import_id, "refused", 1)
    assert (remark["row"], remark["column"], remark["value"], remark["severity"]) == (2, "level", "x", "error")


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({"start_date": "2199/4/1"}, "start_date", "begins in the future"),
        ({"start_date": "1899-12-31"}, "start_date", "begins before 1900"),
        ({"people": "p1;p2", "people_count": "3"}, "people_count", "says 3 persons and names 2"),
    ],
)
def test_what_is_unlikely_is_kept_and_told(cells: Row, column: str, told: str, give: Give) -> None:
    report = give("activities", {**ACTIVITY, **cells})
    (notice,) = report.remarks
    assert (report.status, notice.severity, notice.row, notice.column) == ("stored", "notice", 2, column)
    assert notice.value == cells[column].replace("/4/1", "-04-01")
    assert told in notice.message.en


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    "cells", [{"start_date": "1900-01-01"}, {"people": "p1;p2", "people_count": "2"}, {"amount": "5"}]
)
def test_what_is_likely_is_not_remarked(cells: Row, give: Give) -> None:
    assert give("activities", {**ACTIVITY, **cells}).remarks == ()


def test_a_day_within_a_year_from_now_is_not_remarked(give: Give) -> None:
    soon, later = (datetime.now(UTC).date() + timedelta(days=days) for days in (364, 370))
    report = give(
        "activities",
        {**ACTIVITY, "start_date": soon.isoformat()},
        {**ACTIVITY, "record_id": "R2", "start_date": later.isoformat()},
    )
    assert [(r.row, r.value) for r in report.remarks] == [(3, later.isoformat())]


def test_every_column_has_a_name_in_japanese() -> None:
    for kind in KINDS.values():
        names = [name for column in kind.columns for name in {column.name, column.name_ja.casefold()}]
        assert all(names)
        assert len(names) == len(set(names)), kind.key


def errors(report: ImportReport) -> list[Remark]:
    assert report.status == "refused"
    return [remark for remark in report.remarks if remark.severity == "error"]
