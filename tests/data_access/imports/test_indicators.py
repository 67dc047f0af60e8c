"""Declared indicators: what a file may declare, who owns a key, and which goals may be set on it."""

import re
from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import Engine

from data_access.imports import KINDS, ImportReport, store_rows
from data_access.imports.indicator_rules import Counted, not_some_of
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import DeclaredIndicator, Goal
from metrics.catalogue import INDICATORS
from metrics.declared import IMPLIED, declared
from tests.data_access.imports.conftest import contents, stored
from vocabulary.activity_types import ACTIVITY_TYPES

ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SHARES = {key: indicator.unit == "share" for key, indicator in INDICATORS.items()}
LABORATORIES = {
    "key": "eng_company_laboratories",
    "department": "ENG",
    "name_en": "Joint laboratories with a company abroad",
    "name_ja": "海外企業との国際ジョイントラボ",
    "definition_en": "Joint laboratories in force on 1 May with at least one company abroad.",
    "definition_ja": "5月1日現在、海外企業を含む国際ジョイントラボの数。",
    "target": "research",
    "process": "deepening",
    "unit": "count",
    "better": "higher",
    "source": "",
    "since": "",
    "counts": "activities",
    "activity_types": "joint_laboratory",
    "conditions": "company_abroad",
}
SHARE = {
    **LABORATORIES,
    "key": "eng_company_share",
    "unit": "share",
    "per_counts": "activities",
    "per_activity_types": "joint_laboratory;startup",
}
HEADS = {
    **LABORATORIES,
    "key": "eng_foreign_faculty",
    "unit": "persons",
    "counts": "headcount",
    "activity_types": "",
    "conditions": "",
    "populations": "faculty",
    "groups": "foreign_national",
}
HEAD_SHARE = {**HEADS, "unit": "share", "per_counts": "headcount", "per_populations": "faculty"}
GOAL = {"indicator": "eng_company_laboratories", "fiscal_year": "2030", "value": "4", "kind": "target"}

Row = Mapping[str, str]
Declare = Callable[..., ImportReport]


def give(engine: Engine, kind: str, *rows: Row) -> ImportReport:
    columns = dict.fromkeys(column for row in rows for column in row)
    table = [{column: row.get(column, "") for column in columns} for row in rows]
    return store_rows(engine, kind, table, indicators=SHARES, conditions=IMPLIED, name=f"{kind}.csv")


@pytest.fixture
def declare(university: Engine) -> Declare:
    return lambda *rows: give(university, "indicators", *rows)


@pytest.mark.parametrize("row", [LABORATORIES, SHARE, HEADS, HEAD_SHARE], ids=lambda row: row["key"] + row["unit"])
def test_a_declaration_in_order_is_stored_and_is_an_indicator(row: Row, university: Engine, declare: Declare) -> None:
    report = declare(row)
    assert (report.status, report.rows_new, report.remarks) == ("stored", 1, ())
    found = declared(Records(university, WHOLE_UNIVERSITY).declared_indicators())
    assert (list(found.indicators), found.unreadable) == ([row["key"]], {})
    assert found.indicators[row["key"]].declared_by == "ENG"


def test_a_row_is_kept_as_it_says_with_codes_for_names(university: Engine, declare: Declare) -> None:
    declare(
        {
            **LABORATORIES,
            "activity_types": "大学発スタートアップ；".replace("；", ";") + "国際ジョイントラボ",
            "since": "2020",
        }
    )
    (row,) = stored(university, DeclaredIndicator)
    assert (row["activity_types"], row["conditions"]) == ("joint_laboratory;startup", "company_abroad")
    assert (row["source"], row["since"], row["per_counts"], row["file_row"]) == ("own", 2020, "", 2)


# the row, column, cell, what the message says is wrong, what it says is accepted
REFUSED = [
    (LABORATORIES, "key", "Labs", '"Labs" cannot be a key', "small letters, digits and _"),
    (LABORATORIES, "key", "1st", "cannot be a key", "beginning with a letter"),
    (LABORATORIES, "key", "publications", "is an indicator of the common catalogue", "name no other indicator"),
    (LABORATORIES, "department", "", "empty", "* for the university"),
    (LABORATORIES, "department", "ENGI", "Did you mean ENG?", "* for the university"),
    (LABORATORIES, "name_ja", "", "empty", "at most 100 letters"),
    (LABORATORIES, "definition_en", "x" * 1001, "longer than 1000 letters", "at most 1000"),
    (LABORATORIES, "target", "sports", "is not a target", "education, research, industry, society"),
    (LABORATORIES, "process", "deep", "Did you mean deepening?", "comprehensive"),
    (LABORATORIES, "unit", "percent", "is not a unit", "share, rate, count, persons, yen"),
    (LABORATORIES, "better", "more", "is not what is better", "higher, lower, neither"),
    (LABORATORIES, "since", "FY2020", "is not a fiscal year", "as 2020, or nothing"),
    (LABORATORIES, "counts", "labs", "is not something that can be counted", "activities, persons, money"),
    (LABORATORIES, "activity_types", "joint_lab", "Did you mean joint_laboratory?", "codes of activity types"),
    (LABORATORIES, "activity_types", "joint_laboratory,startup", "not separated by ;", "codes of activity types"),
    (LABORATORIES, "conditions", "company_abrod", "Did you mean company_abroad? There are: international", "names of"),
    (LABORATORIES, "conditions", "rich", "is not a condition", "names of conditions"),
    (LABORATORIES, "activity_types", "", "The cell is empty, but activities are counted", "at least one code"),
    (LABORATORIES, "populations", "faculty", "Nothing would be read from here, as counts is activities", "nothing"),
    (LABORATORIES, "per_conditions", "company", "as per_counts is empty", "nothing"),
    (LABORATORIES, "activity_types", "joint_laboratory;publication", "others on 1 May", "types of one kind"),
    (LABORATORIES, "unit", "persons", "What is counted, activities, is not in persons", "Accepted: count"),
    (LABORATORIES, "unit", "yen", "What is counted, activities, is not in yen", "Accepted: count"),
    (HEADS, "populations", "teachers", "is not a population", "undergraduate"),
    (HEADS, "groups", "foreign", "is not a group", "foreign_national"),
    (HEADS, "populations", "", "The cell is empty, but headcount are counted", "at least one code"),
    (HEADS, "populations", "faculty;researcher", "These do not add up", "either faculty or researchers"),
    (HEADS, "populations", "faculty;course", "These do not add up", "one of course, degree_programme, syllabus"),
    (HEADS, "populations", "course;syllabus", "These do not add up", "one of course"),
    (HEADS, "groups", "foreign_national;early_career", "The same person can be in several", "overseas_experience_3y"),
    (HEADS, "groups", "all;foreign_national", "The same person can be in several", "one group"),
    (HEADS, "unit", "count", "What is counted, headcount, is not in count", "Accepted: persons"),
    (HEAD_SHARE, "unit", "persons", "A figure in persons has no denominator", "share or rate"),
    (HEAD_SHARE, "per_populations", "staff", "faculty is above the line only", "the unit rate"),
    (HEAD_SHARE, "per_groups", "early_career", "foreign_national is above the line only", "the unit rate"),
    (SHARE, "per_counts", "companies", "companies do not make a share", "activities, persons or headcount"),
    (SHARE, "per_counts", "money", "money do not make a share", "money with money"),
    (SHARE, "per_counts", "persons", "is not some of the denominator: activities and persons", "the unit rate"),
    (SHARE, "per_activity_types", "startup", "joint_laboratory is above the line only", "the unit rate"),
    (SHARE, "per_conditions", "public_partner", "public_partner holds below the line only", "the unit rate"),
]


@ON_ONE_DATABASE
@pytest.mark.parametrize(("row", "column", "cell", "wrong", "accepted"), REFUSED)
def test_a_declaration_that_breaks_a_rule_is_refused(
    row: Row, column: str, cell: str, wrong: str, accepted: str, university: Engine, declare: Declare
) -> None:
    before = contents(university)
    report = declare({**row, column: cell})
    error = report.remarks[0]
    assert (report.status, error.row) == ("refused", 2)
    assert wrong in error.message.en
    assert "Accepted: " in error.message.en
    assert accepted in error.message.en
    assert error.message.ja.endswith("。")
    assert not re.search(r"Accepted|[a-z] [a-z]+ [a-z]+ ", error.message.ja)
    assert contents(university) == before


@ON_ONE_DATABASE
def test_a_share_without_what_it_is_divided_by_is_refused(declare: Declare) -> None:
    report = declare({**LABORATORIES, "unit": "share"})
    (error,) = report.remarks
    assert (error.column, error.value) == ("per_counts", "")
    assert error.message.en == "A share needs a denominator. Accepted: what it is divided by; or the unit count."


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    "changes",
    [
        {"per_conditions": "known_country"},  # a company abroad is of known country
        {"conditions": "company_abroad;led_here", "per_conditions": "international;company"},
        {"unit": "rate", "per_counts": "headcount", "per_activity_types": "", "per_populations": "faculty"},
        {"unit": "rate", "per_activity_types": "startup"},
        {"counts": "persons", "per_counts": "persons"},
        {"counts": "money", "per_counts": "money"},
    ],
)
def test_what_is_some_of_the_whole_is_a_share_and_anything_else_may_be_a_rate(changes: Row, declare: Declare) -> None:
    report = declare({**SHARE, **changes})
    assert (report.status, report.remarks) == ("stored", ())


@pytest.mark.parametrize(
    ("above", "below", "some"),
    [
        ("foreign_national", "", True),
        ("foreign_national", "all", True),
        ("", "foreign_national", False),
        ("overseas_degree", "foreign_national;overseas_degree", True),
        ("whole_year", "all", False),  # a year's students are not some of those of 1 May
    ],
)
def test_a_group_is_some_of_all_and_of_groups_that_name_it(above: str, below: str, some: bool) -> None:
    top, bottom = (
        Counted("", "headcount", (), (), ("master",), tuple(filter(None, groups.split(";"))))
        for groups in (above, below)
    )
    assert (not_some_of(top, bottom, IMPLIED) is None) is some


def test_the_same_file_again_changes_nothing_and_another_text_replaces_the_row(
    university: Engine, declare: Declare
) -> None:
    declare(LABORATORIES, SHARE)
    assert declare(LABORATORIES, SHARE).status == "unchanged"
    version = Records(university, WHOLE_UNIVERSITY).data_version()
    report = declare({**LABORATORIES, "name_en": "Laboratories with companies abroad"}, SHARE)
    assert (report.rows_new, report.rows_changed, report.rows_unchanged) == (0, 1, 1)
    assert Records(university, WHOLE_UNIVERSITY).data_version() == version + 1
    names = {row["key"]: row["name_en"] for row in stored(university, DeclaredIndicator)}
    assert names["eng_company_laboratories"] == "Laboratories with companies abroad"


def test_a_key_stays_with_the_department_that_declared_it(university: Engine, declare: Declare) -> None:
    declare(LABORATORIES)
    before = contents(university)
    (error,) = declare({**LABORATORIES, "department": "SCI"}).remarks
    assert (error.row, error.column, error.value) == (2, "key", "eng_company_laboratories")
    assert "ENG has declared eng_company_laboratories already." in error.message.en
    assert "部局 ENG が先に定義しています" in error.message.ja
    assert contents(university) == before


def test_one_key_twice_in_a_file_is_refused(declare: Declare) -> None:
    (error,) = declare(LABORATORIES, {**LABORATORIES, "department": "SCI"}).remarks
    assert "Rows 2 and 3 both say key eng_company_laboratories" in error.message.en


@pytest.mark.parametrize(
    ("department", "status"), [("ENG", "stored"), ("ENG-M", "stored"), ("SCI", "refused"), ("", "refused")]
)
def test_goals_on_a_declared_indicator_are_those_of_its_department_and_of_those_below_it(
    department: str, status: str, university: Engine, declare: Declare
) -> None:
    declare(LABORATORIES)
    report = give(university, "goals", {**GOAL, "department": department})
    assert report.status == status
    assert len(stored(university, Goal)) == (status == "stored")
    if report.remarks:
        assert report.remarks[0].column == "department"
        assert report.remarks[0].message.en.endswith("has no figure here. Accepted: ENG, ENG-M.")


def test_a_goal_is_read_in_the_unit_that_was_declared(university: Engine, declare: Declare) -> None:
    declare(LABORATORIES, HEAD_SHARE)
    in_per_cent = {"department": "ENG", "value": "15%"}
    assert give(university, "goals", {**GOAL, **in_per_cent, "indicator": HEAD_SHARE["key"]}).status == "stored"
    (error,) = give(university, "goals", {**GOAL, **in_per_cent}).remarks
    assert "the indicator is no share" in error.message.en


def test_a_key_that_nobody_declared_has_no_goals(university: Engine) -> None:
    (error,) = give(university, "goals", {**GOAL, "department": "ENG"}).remarks
    assert "is not the key of an indicator" in error.message.en


def test_a_unit_that_changes_under_its_goals_is_told(university: Engine, declare: Declare) -> None:
    declare(LABORATORIES)
    give(university, "goals", {**GOAL, "department": "ENG"})
    report = declare({**SHARE, "key": "eng_company_laboratories"})
    assert report.status == "stored"
    (notice, _) = report.remarks
    assert (notice.severity, notice.column, notice.value) == ("notice", "unit", "share")
    assert "Goals were set while the unit was count" in notice.message.en


@ON_ONE_DATABASE
def test_a_header_may_be_japanese(declare: Declare) -> None:
    names = {column.name: column.name_ja for column in KINDS["indicators"].columns}
    assert len(set(names.values())) == len(names)
    assert declare({names[column]: cell for column, cell in SHARE.items()}).status == "stored"


@ON_ONE_DATABASE
def test_every_activity_type_can_be_counted_under_its_japanese_name(university: Engine, declare: Declare) -> None:
    rows = [
        {**LABORATORIES, "key": f"own_{code}", "activity_types": kind.name.ja, "conditions": ""}
        for code, kind in ACTIVITY_TYPES.items()
    ]
    assert declare(*rows).status == "stored"
    assert {row["key"]: row["activity_types"] for row in stored(university, DeclaredIndicator)} == {
        f"own_{code}": code for code in ACTIVITY_TYPES
    }
