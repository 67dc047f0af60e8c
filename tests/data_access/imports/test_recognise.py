"""Which kind a file is: told where it is sure, said why, and left to a person where it is not."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from data_access.imports import KINDS
from data_access.imports.recognise import recognised
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, csv_text

TABLES = [key for key, kind in KINDS.items() if kind.translate is None]


def of_text(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("kind", TABLES)
def test_every_kind_is_known_by_its_required_columns_in_either_language(
    kind: str, language: str, tmp_path: Path
) -> None:
    columns = [column for column in KINDS[kind].columns if column.required]
    if kind == "country_matrix":
        columns = list(KINDS[kind].columns)
    names = [column.name if language == "en" else column.name_ja for column in columns]
    found = recognised(of_text(tmp_path, ",".join(names) + "\n"))
    assert found.kind == kind
    assert str(len([column for column in KINDS[kind].columns if column.required])) in found.why.en
    assert found.near[0] == kind


@pytest.mark.parametrize("kind", TABLES)
def test_every_kind_is_known_by_all_of_its_columns(kind: str, tmp_path: Path) -> None:
    path = of_text(tmp_path, ",".join(column.name for column in KINDS[kind].columns) + "\n")
    assert recognised(path).kind == kind


def test_a_title_above_the_header_does_not_hide_it(tmp_path: Path) -> None:
    found = recognised(of_text(tmp_path, f"令和7年度 派遣一覧\n\n{csv_text([ACTIVITY])}"))
    assert (found.kind, found.header_row) == ("activities", 3)
    assert found.header == tuple(ACTIVITY)


def test_a_file_in_the_offices_own_words_is_left_to_a_person(tmp_path: Path) -> None:
    found = recognised(of_text(tmp_path, "管理番号,活動区分,件名,派遣開始日,所属部局\n"))
    assert found.kind == ""
    assert found.near[0] == "activities"


def test_a_decision_that_is_remembered_makes_it_sure(tmp_path: Path) -> None:
    path = of_text(tmp_path, "記録ID,活動種別,件名,開始日,部局\n")
    assert recognised(path).kind == ""
    assert recognised(path, remembered={"activities": {"件名": "title"}}).kind == "activities"


def test_what_is_like_nothing_is_nothing(tmp_path: Path) -> None:
    found = recognised(of_text(tmp_path, "foo,bar\n1,2\n"))
    assert (found.kind, found.near) == ("", ())
    assert recognised(of_text(tmp_path, "")).why.en == "The file is empty."


def test_the_name_of_a_file_decides_only_where_its_columns_leave_a_choice(tmp_path: Path) -> None:
    headcounts = of_text(tmp_path, csv_text([HEADCOUNT]), "activities.csv")
    assert recognised(headcounts).kind == "populations"
    row = {column.name: "" for kind in ("rates", "references") for column in KINDS[kind].columns}
    path = of_text(tmp_path, csv_text([row]))
    (named,) = {recognised(path, file_name=name).kind for name in ("references_2025.csv", "参照値.csv")}
    assert named == "references"


def test_the_sheet_named_after_a_kind_is_read_wherever_it_stands(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["notes"])
    book.create_sheet("活動").append(list(ACTIVITY))
    book.save(tmp_path / "book.xlsx")
    assert recognised(tmp_path / "book.xlsx").kind == "activities"


def test_works_are_known_by_their_shape(tmp_path: Path) -> None:
    work = {"id": "https://openalex.org/W1", "publication_date": "2025-04-01", "authorships": []}
    for name, text in (("a.json", json.dumps({"results": [work]})), ("b.jsonl", json.dumps(work) + "\n")):
        assert recognised(of_text(tmp_path, text, name)).kind == "works"
    other = recognised(of_text(tmp_path, json.dumps([{"title": "x"}]), "c.json"))
    assert other.kind == ""
    assert "no works of OpenAlex" in other.why.en
