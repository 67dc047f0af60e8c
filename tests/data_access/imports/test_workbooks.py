"""Workbooks as spreadsheet programs save them: formulas with and without results, errors, times of day."""

import re
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from data_access.imports import ImportReport, store_file
from data_access.tables import Activity
from tests.data_access.imports.conftest import ACTIVITY, INDICATORS, stored

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # reading a file asks no database
EMPTY_TEXT, NO_ELEMENT = "=EMPTY_TEXT", "=NO_ELEMENT"


def give_book(engine: Engine, path: Path, *rows: dict[str, object]) -> ImportReport:
    """Imports a workbook in which a cell EMPTY_TEXT has an empty text as its result, and NO_ELEMENT none at all."""
    workbook = Workbook()
    sheet = workbook["Sheet"]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    sheet.append(columns)
    for row in rows:
        sheet.append([row.get(column) for column in columns])
    workbook.save(path)
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    xml = files["xl/worksheets/sheet1.xml"].decode()
    xml = re.sub(r'<c r="(\w+)"><f>EMPTY_TEXT</f><v ?/></c>', r'<c r="\1" t="str"><f>IF(1,"")</f><v></v></c>', xml)
    xml = re.sub(r'<c r="(\w+)"><f>NO_ELEMENT</f><v ?/></c>', r'<c r="\1" t="str"><f>NO_ELEMENT</f></c>', xml)
    with ZipFile(path, "w") as archive:
        for name, content in (files | {"xl/worksheets/sheet1.xml": xml.encode()}).items():
            archive.writestr(name, content)
    return store_file(engine, "activities", path, indicators=INDICATORS)


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(university: Engine, tmp_path: Path) -> None:
    report = give_book(
        university,
        tmp_path / "a.xlsx",
        {**ACTIVITY, "level": EMPTY_TEXT, "url": EMPTY_TEXT},
        dict.fromkeys(ACTIVITY, EMPTY_TEXT),  # a row prepared for later
    )
    assert (report.status, report.rows_read, report.remarks) == ("stored", 1, ())
    assert stored(university, Activity)[0]["level"] == ""


def test_every_error_and_every_formula_without_its_result_is_told_with_its_column(
    university: Engine, tmp_path: Path
) -> None:
    report = give_book(
        university,
        tmp_path / "a.xlsx",
        {**ACTIVITY, "level": "=1+1", "language": "#N/A"},
        {**ACTIVITY, "record_id": "R2", "title": "#REF!", "level": NO_ELEMENT},
    )
    assert [(r.severity, r.row, r.column, r.value) for r in report.remarks] == [
        ("error", 2, "level", "=1+1"),
        ("error", 2, "language", "#N/A"),
        ("error", 3, "title", "#REF!"),
        ("error", 3, "level", "=NO_ELEMENT"),
    ]
    assert "holds the formula =1+1 without its result" in report.remarks[0].message.en
    assert "holds the error #N/A" in report.remarks[1].message.en


def test_errors_in_a_column_that_is_not_read_do_not_matter(university: Engine, tmp_path: Path) -> None:
    report = give_book(university, tmp_path / "a.xlsx", {**ACTIVITY, "lookup": "#N/A", "sum": "=1+1", "last": "x"})
    assert (report.status, [r.column for r in report.remarks]) == ("stored", ["lookup", "sum", "last"])


def test_a_time_of_day_is_left_out(university: Engine, tmp_path: Path) -> None:
    days = {"start_date": datetime(2025, 4, 1, 9, 30), "end_date": datetime(2025, 4, 2, 23, 59, 59, 500_000)}  # noqa: DTZ001  Excel knows no zones
    assert give_book(university, tmp_path / "a.xlsx", {**ACTIVITY, **days}).remarks == ()
    (row,) = stored(university, Activity)
    assert (row["start_date"], row["end_date"]) == (date(2025, 4, 1), date(2025, 4, 2))
