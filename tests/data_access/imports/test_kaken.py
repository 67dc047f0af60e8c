"""A list of KAKEN: joint international research becomes projects, other categories are counted, no name is kept."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.imports import ImportReport, store_file
from data_access.imports.kaken import days_of, yen_of
from data_access.imports.recognise import recognised
from data_access.tables import Activity, ActivityCountry, ActivityDepartment, ActivityPartner, Person
from tests.data_access.imports.conftest import INDICATORS, Give, contents, stored

PROJECT = {
    "研究課題名": "国際共同による材料研究",
    "研究課題/領域番号": "20KK0001",
    "研究期間 (年度)": "2020-10-27 – 2025-03-31",
    "研究代表者": "山田 太郎  東北大学, 工学研究科, 教授 (10000001)",
    "研究分担者": "鈴木 花子  東京大学, 理学系研究科, 准教授 (10000002)",
    "審査区分": "中区分26:材料工学およびその関連分野",
    "研究種目": "国際共同研究加速基金(国際共同研究強化(B))",
    "研究機関": "東北大学 (11301)",
    "総配分額": "18850000",
    "総配分額 (直接経費)": "14500000",
}
ENGLISH = {
    "Project Title": "Materials together",
    "Project/Area Number": "20KK0001",
    "Project Period (FY)": "2020-10-27 – 2025-03-31",
    "Principal Investigator": "Yamada Taro  Tohoku University, School of Engineering, Professor (10000001)",
    "Research Category": "Fund for the Promotion of Joint International Research (International Leading Research)",
    "Research Institution": "Tohoku University",
    "Budget Amount": "18850000",
}


def give_list(engine: Engine, folder: Path, *rows: Mapping[str, str], department: str = "") -> ImportReport:
    path = folder / "kadai.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return store_file(engine, "kaken", path, indicators=INDICATORS, department=department)


def messages(report: ImportReport) -> str:
    return "\n".join(remark.message.en for remark in report.remarks)


def test_a_project_of_the_fund_becomes_a_joint_research_project(university: Engine, tmp_path: Path) -> None:
    assert give_list(university, tmp_path, PROJECT).status == "stored"
    (row,) = stored(university, Activity)
    assert (row["source"], row["record_id"]) == ("kaken", "20KK0001")
    assert (row["activity_type"], row["title"]) == ("joint_research_project", "国際共同による材料研究")
    assert (row["start_date"], row["end_date"]) == (date(2020, 10, 27), date(2025, 3, 31))
    assert (row["amount"], row["currency"], row["lead"]) == (18_850_000, "JPY", "")
    assert row["url"] == "https://kaken.nii.ac.jp/ja/grant/KAKENHI-PROJECT-20KK0001/"


def test_the_english_list_says_the_same(university: Engine, tmp_path: Path) -> None:
    give_list(university, tmp_path, ENGLISH)
    english = stored(university, Activity)[0]
    assert give_list(university, tmp_path, {**PROJECT, "研究課題名": "Materials together"}).status == "unchanged"
    assert stored(university, Activity)[0] == english


def test_no_name_and_no_number_of_a_researcher_is_kept(university: Engine, tmp_path: Path) -> None:
    report = give_list(university, tmp_path, PROJECT)
    everything = str(contents(university)) + str(report)
    assert not [name for name in ("山田", "太郎", "鈴木", "10000001", "10000002") if name in everything]
    assert stored(university, Person) == []


def test_the_category_decides(university: Engine, tmp_path: Path) -> None:
    categories = {
        "国際共同研究加速基金（国際共同研究強化(A)）": True,
        "国際共同研究加速基金(海外連携研究)": True,
        "国際共同研究加速基金(国際先導研究)": True,
        "国際共同研究加速基金(帰国発展研究)": True,
        "海外連携研究": True,
        "Fund for the Promotion of Joint International Research (International Leading Research)": True,
        "基盤研究(A)": False,
        "特別研究員奨励費": False,
        "Grant-in-Aid for Scientific Research (A)": False,
    }
    listed = [
        {**PROJECT, "研究課題/領域番号": f"20KK000{n}", "研究種目": category} for n, category in enumerate(categories)
    ]
    give_list(university, tmp_path, *listed)
    kept = {row["record_id"] for row in stored(university, Activity)}
    assert kept == {f"20KK000{n}" for n, joint in enumerate(categories.values()) if joint}


def test_other_categories_are_counted(university: Engine, tmp_path: Path) -> None:
    others = [
        {**PROJECT, "研究課題/領域番号": f"20H0000{n}", "研究種目": c}
        for n, c in enumerate(("基盤研究(A)", "基盤研究(A)", "若手研究"))
    ]
    report = give_list(university, tmp_path, PROJECT, *others)
    assert "Joint International Research: 基盤研究(A) 2, 若手研究 1." in messages(report)


def test_a_list_of_which_nothing_is_kept_is_refused(university: Engine, tmp_path: Path) -> None:
    report = give_list(university, tmp_path, {**PROJECT, "研究種目": "若手研究"})
    assert report.status == "refused"
    assert "No project of the list is joint international research" in messages(report)


def test_a_project_without_a_country_is_told_and_one_with_the_offices_own_columns_has_it(
    university: Engine, tmp_path: Path
) -> None:
    report = give_list(university, tmp_path, PROJECT)
    assert "1 of 1 projects have neither partner nor country" in messages(report)
    own = {**PROJECT, "国": "DE;FR", "連携機関": "https://ror.org/00wjc7c48"}
    assert give_list(university, tmp_path, own).remarks[-1].row is None  # nothing on single rows
    assert {row["country"] for row in stored(university, ActivityCountry)} >= {"DE", "FR"}
    assert len(stored(university, ActivityPartner)) == 1


def test_the_affiliation_of_the_principal_investigator_says_the_department(
    university: Engine, give: Give, tmp_path: Path
) -> None:
    give(
        "affiliations", {"pattern": "工学研究科", "department": "ENG"}, {"pattern": "理学系研究科", "department": "SCI"}
    )
    give_list(university, tmp_path, PROJECT)
    assert [row["department"] for row in stored(university, ActivityDepartment)] == ["ENG"]


def test_what_matches_no_pattern_goes_where_the_import_says(university: Engine, tmp_path: Path) -> None:
    give_list(university, tmp_path, PROJECT, department="SCI")
    assert [row["department"] for row in stored(university, ActivityDepartment)] == ["SCI"]


def test_a_project_of_another_institution_is_led_by_it(university: Engine, tmp_path: Path) -> None:
    leads = {"東北大学 (11301)": "", "京都大学 / 東北大学": "", "京都大学 (14301)": "external", "": ""}
    listed = [{**PROJECT, "研究課題/領域番号": f"20KK000{n}", "研究機関": name} for n, name in enumerate(leads)]
    give_list(university, tmp_path, *listed)
    assert [row["lead"] for row in stored(university, Activity)] == list(leads.values())


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2020-10-27 – 2025-03-31", "2020-10-27", "2025-03-31"),
        ("2020-10-27 – 2025-03-31 (予定)", "2020-10-27", "2025-03-31"),
        ("2020 – 2024", "2020-04-01", "2025-03-31"),
        ("2020年度～2024年度", "2020-04-01", "2025-03-31"),
        ("２０２０-２０２４", "2020-04-01", "2025-03-31"),
        ("2020", "2020-04-01", "2021-03-31"),
    ],
)
def test_a_period_is_written_in_days_or_in_fiscal_years(written: str, first: str, last: str) -> None:
    assert days_of(written) == (first, last)


@pytest.mark.parametrize(
    ("written", "yen"),
    [
        ("18850000", "18850000"),
        ("18,850千円 (直接経費: 14,500千円)", "18850000"),
        ("¥18,850,000", "18850000"),
        ("", ""),
        ("about 10", None),
        ("1,88", None),
    ],
)
def test_an_amount_is_in_yen_or_thousands(written: str, yen: str | None) -> None:
    assert yen_of(written) == yen


def test_what_cannot_be_read_names_row_column_value_and_what_is_accepted(university: Engine, tmp_path: Path) -> None:
    wrong = [
        ("研究期間 (年度)", "令和2年度", "Accepted: days as 2025-04-01"),
        ("研究期間 (年度)", "2025 – 2020", "Accepted: days as 2025-04-01"),
        ("研究期間 (年度)", "2020-13-01 – 2025-03-31", "Accepted: days as 2025-04-01"),
        ("総配分額", "about 10", "Accepted: yen as 4290000"),
    ]
    listed = [
        {**PROJECT, "研究課題/領域番号": f"20KK100{n}", column: value} for n, (column, value, _) in enumerate(wrong)
    ]
    report = give_list(university, tmp_path, PROJECT, *listed)
    assert report.status == "refused"
    errors = [remark for remark in report.remarks if remark.severity == "error"]
    assert [(error.row, error.column, error.value) for error in errors] == [
        (row, column, value) for row, (column, value, _) in enumerate(wrong, start=3)
    ]
    assert all(accepted in error.message.en for error, (_, _, accepted) in zip(errors, wrong, strict=True))
    assert stored(university, Activity) == []


@pytest.mark.parametrize("column", ["研究課題/領域番号", "研究課題名", "研究種目", "研究期間 (年度)"])
def test_a_list_without_a_column_that_is_needed_is_refused(column: str, university: Engine, tmp_path: Path) -> None:
    report = give_list(university, tmp_path, {name: value for name, value in PROJECT.items() if name != column})
    assert report.status == "refused"
    assert f"The column {column} (" in messages(report)


def test_a_project_that_stands_twice_is_refused(university: Engine, tmp_path: Path) -> None:
    report = give_list(university, tmp_path, PROJECT, PROJECT)
    assert report.status == "refused"
    assert "Rows 2 and 3 both say source kaken, record_id 20KK0001" in messages(report)


@pytest.mark.parametrize("project", [PROJECT, ENGLISH])
def test_the_list_is_recognised_by_its_headers(project: Mapping[str, str], university: Engine, tmp_path: Path) -> None:
    give_list(university, tmp_path, project)
    assert recognised(tmp_path / "kadai.csv").kind == "kaken"
