"""Files that spreadsheets open: CSV and XLSX, written in one way, so that no text in them is ever calculated.

Every file that the monitor gives out is made here or, where it is a workbook with more in it than a table, of the cells
of `text_cell`. Numbers and days stay what they are. Control characters, which no workbook can hold, are left out.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from math import isfinite

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from data_access.files.formula_text import escaped

Cell = str | int | float | date | None
Rows = Iterable[Sequence[Cell]]
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_OF_XML = re.compile("_x[0-9A-Fa-f]{4}_")  # what would be read as the escape of one letter
_BOLD = Font(bold=True)


def as_csv(rows: Rows, *, mark: bool = True) -> bytes:
    """CSV in UTF-8, with the mark by which Excel knows it (`mark`)."""
    file = StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows([_plain(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig" if mark else "utf-8")


def as_xlsx(rows: Rows, sheet: str) -> bytes:
    """A workbook of one sheet, whose first row is its header."""
    workbook, file = Workbook(write_only=True), BytesIO()
    page = workbook.create_sheet(sheet)
    page.freeze_panes = "A2"
    for number, row in enumerate(rows):
        cells = [WriteOnlyCell(page) for _ in row]
        for cell, value in zip(cells, row, strict=True):
            fill(cell, value)
            if number == 0:
                cell.font = _BOLD
        page.append(cells)
    workbook.save(file)
    return file.getvalue()


def fill(cell: SheetCell, value: Cell) -> None:
    """Put a value into a cell of a workbook: a text is a text, whatever it begins with, and never a formula."""
    if isinstance(value, str):
        cell.value, cell.data_type = _for_xml(str(_plain(value))), "s"
    elif isinstance(value, float) and isfinite(value):  # in full: openpyxl would cut it to sixteen digits
        cell.value, cell.data_type = repr(float(value)), "n"
    else:
        cell.value = value


def rows_of(frame: pd.DataFrame) -> Iterator[Sequence[Cell]]:
    """The names of a frame's columns, then its rows, with nothing where a value is missing."""
    yield [str(name) for name in frame.columns]
    columns = [_values(frame.iloc[:, place]) for place in range(len(frame.columns))]
    yield from zip(*columns, strict=True)


def _values(column: pd.Series) -> list[Cell]:
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


def _plain(value: Cell) -> Cell:
    return escaped(UNFIT.sub("", value)) if isinstance(value, str) else value


def _for_xml(text: str) -> str:
    """The text with the escapes that workbooks use where XML would lose a letter."""
    return _OF_XML.sub(r"_x005F\g<0>", text).replace("\r", "_x000D_")
