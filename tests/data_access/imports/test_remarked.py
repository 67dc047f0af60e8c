"""A refused file handed back with its remarks: what it says, that it harms nobody, and that it can be sent again."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from data_access.files.formula_text import escaped, unescaped
from data_access.imports import remarked as module
from data_access.imports import store_file
from data_access.imports.remarked import remarked
from data_access.imports.remarks_column import REMARKS
from data_access.imports.report import Remark
from data_access.tables import Activity
from tests.data_access.imports.conftest import ACTIVITY, INDICATORS, csv_text, stored
from vocabulary.text import LANGUAGES, Language, Text

ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
WRONG = {**ACTIVITY, "title": "論文", "level": "masters"}
RIGHT = {**ACTIVITY, "record_id": "R2", "level": "master"}


def remark(row: int | None, column: str, message: str) -> Remark:
    return Remark(severity="error", row=row, column=column, value="", message=Text(message, message))


def rows_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def sheet_of(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def cell_of(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.create_sheet("notes").append(["kept"])
    book.save(path)
    return path


@ON_ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_file_comes_back_mended_is_stored_and_its_remarks_are_no_data(
    university: Engine, tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "mobility.csv"
    path.write_bytes(csv_text([WRONG, RIGHT]).encode("cp932"))
    report = store_file(university, "activities", path, indicators=INDICATORS)
    assert report.status == "refused"
    ending, content = remarked(path, "activities", report.remarks, language)
    assert (ending, content[:3]) == (".csv", b"\xef\xbb\xbf")
    header, first, second = rows_of_csv(content)
    assert header == [*WRONG, header[-1]]
    assert header[-1].startswith(REMARKS.said_in(language))
    assert "CP932" in header[-1]  # what is said of the whole file
    assert {"en": "Did you mean master?", "ja": "master でしょうか。"}[language] in first[-1]
    assert second == [*RIGHT.values(), ""]
    mended = content.decode("utf-8-sig").replace("masters,", "master,", 1)
    path.write_text(mended, "utf-8-sig")
    again = store_file(university, "activities", path, indicators=INDICATORS)
    assert (again.status, again.rows_new, again.remarks) == ("stored", 2, ())


def test_remarks_stand_in_their_rows_whatever_is_blank_or_too_long(tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("record_id,title\nR1,a\n\nR2,b,more\n", "utf-8")
    _, content = remarked(path, "activities", [remark(4, "", "too long"), remark(2, "title", "bad")], "en")
    assert rows_of_csv(content) == [
        ["record_id", "title", "", "Import remarks"],
        ["R1", "a", "", "title: bad"],
        ["", "", "", ""],
        ["R2", "b", "more", "error: too long"],
    ]


def test_a_file_remarked_twice_has_one_column_of_remarks(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("record_id,title\nR1,a\n", "utf-8")
    for message in ("first", "second"):
        _, content = remarked(path, "activities", [remark(2, "title", message)], "ja")
        path.write_bytes(content)
    assert rows_of_csv(content) == [["record_id", "title", "取り込みの指摘"], ["R1", "a", "title：second"]]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+81 22 217", "-x", "＝1", "\tx", "'=1", "''-x"])
@ON_ONE_DATABASE
def test_no_cell_runs_as_a_formula_and_none_reads_otherwise_afterwards(
    university: Engine, tmp_path: Path, cell: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_text(csv_text([{**RIGHT, "title": cell}]), "utf-8")
    _, content = remarked(path, "activities", [], "en")
    written = rows_of_csv(content)[1][list(RIGHT).index("title")]
    assert written == f"'{unescaped(cell)}"  # an apostrophe that is there already is one that escapes
    path.write_bytes(content)
    assert store_file(university, "activities", path, indicators=INDICATORS).status == "stored"
    assert stored(university, Activity)[0]["title"] == unescaped(cell).strip()


@pytest.mark.parametrize("cell", ["-5", "+1.5", "-1,200", "'quoted", "a=b", ""])
def test_numbers_and_other_texts_are_left_as_they_are(cell: str) -> None:
    assert escaped(cell) == cell


def test_a_header_that_could_be_a_formula_does_not_begin_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("record_id,title\nR1,a\n", "utf-8")
    _, content = remarked(path, "activities", [remark(2, "=cmd", "bad")], "en")
    assert rows_of_csv(content)[1][-1] == "'=cmd: bad"


def test_a_workbook_stays_as_it_is_and_says_at_the_cell_what_is_wrong(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", ["record_id", "amount"], ["R1", 5], ["R2", "=1+1"])
    remarks = [remark(2, "amount", "one"), remark(2, "amount", "two"), remark(3, "record_id", "=three")]
    ending, content = remarked(path, "activities", remarks, "ja")
    sheet = sheet_of(content)
    assert ending == ".xlsx"
    assert [sheet.title, *load_workbook(io.BytesIO(content)).sheetnames[1:]] == ["Sheet", "notes"]
    assert [cell_of(sheet, row, 2).value for row in (1, 2, 3)] == ["amount", 5, "=1+1"]
    assert [cell_of(sheet, row, 3).value for row in (1, 2, 3)] == [
        "取り込みの指摘",
        "amount：one\namount：two",
        "record_id：=three",
    ]
    marked = cell_of(sheet, 2, 2)
    assert marked.comment is not None
    assert marked.comment.text == "amount：one\namount：two"
    assert marked.fill.fill_type == "solid"
    assert cell_of(sheet, 3, 2).fill.fill_type is None
    assert {cell_of(sheet, row, 3).data_type for row in (1, 2, 3)} == {"s"}


@ON_ONE_DATABASE
def test_a_workbook_mended_and_sent_again_is_stored(university: Engine, tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", list(WRONG), list(WRONG.values()), list(RIGHT.values()))
    report = store_file(university, "activities", path, indicators=INDICATORS)
    _, content = remarked(path, "activities", report.remarks, "en")
    book = load_workbook(io.BytesIO(content))
    level = list(WRONG).index("level") + 1
    assert "Did you mean master?" in str(book.worksheets[0].cell(2, level + 1).value)
    book.worksheets[0].cell(2, level).value = "master"
    book.save(path)
    assert store_file(university, "activities", path, indicators=INDICATORS).status == "stored"
    _, content = remarked(path, "activities", [remark(3, "level", "new")], "en")  # what was said before is gone
    sheet = sheet_of(content)
    assert cell_of(sheet, 2, level).comment is None
    assert cell_of(sheet, 2, level).fill.fill_type is None
    assert [cell_of(sheet, row, level + 1).value for row in (2, 3)] == [None, "level: new"]


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_BYTES"])
def test_a_large_workbook_keeps_its_values_as_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(module, limit, 3)
    path = workbook(tmp_path / "book.xlsx", ["record_id", "amount"], ["R1", 5])
    _, content = remarked(path, "activities", [remark(2, "amount", "bad")], "en")
    sheet = sheet_of(content)
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["record_id", "amount", "Import remarks"],
        ["R1", "5", "amount: bad"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
