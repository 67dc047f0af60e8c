"""XLSX as rows of text: streamed, never the whole workbook in memory, nothing calculated or guessed."""

import zlib
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from data_access.imports.text_rows import Progress, TextRow, UnreadableError, within_limits

MOST_BYTES = 512 << 20  # of the workbook when unpacked
_ROWS_PER_REPORT = 1_000
_BROKEN = (
    BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    TypeError,
)
_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"])


def xlsx_rows(path: Path, sheet_names: Collection[str], progress: Progress) -> Iterator[TextRow]:
    """The rows of one sheet, header first: the sheet with one of these names, else the first."""
    try:
        formulas = _look_inside(path)
    except _BROKEN as error:
        raise _unreadable(error) from None
    return within_limits(_rows(path, sheet_names, formulas, progress))


def _look_inside(path: Path) -> bool:
    """Whether the workbook holds formulas; refuses one that would unpack to more than `MOST_BYTES`."""
    with ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_BYTES:
            raise UnreadableError(
                f"The workbook unpacks to {unpacked >> 20:,} MB. Accepted: at most {MOST_BYTES >> 20} MB.",
                f"展開すると {unpacked >> 20:,} MB になります。使えるのは {MOST_BYTES >> 20} MB までです。",
            )
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_holds(archive, sheet, b"<f") for sheet in sheets)


def _holds(archive: ZipFile, name: str, mark: bytes) -> bool:
    with archive.open(name) as file:
        end = b""
        while chunk := file.read(1 << 20):
            if mark in end + chunk:
                return True
            end = chunk[1 - len(mark) :]
    return False


def _rows(path: Path, sheet_names: Collection[str], formulas: bool, progress: Progress) -> Iterator[TextRow]:
    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as results:
            found = _cells(results, sheet_names, progress)
            if not formulas:
                yield from _texts(found)
                return
            with closing(load_workbook(path, read_only=True, data_only=False)) as written:
                yield from _texts(_calculated(found, _cells(written, sheet_names, lambda _: None)))
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise _unreadable(error) from None


def _cells(
    workbook: Workbook, sheet_names: Collection[str], progress: Progress
) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Row number and cells of the sheet, without the empty cells at the end of a row."""
    if not workbook.worksheets:
        raise UnreadableError("The workbook has no sheet with cells.", "セルのあるシートがありません。")
    named = [sheet for sheet in workbook.worksheets if sheet.title.strip().casefold() in sheet_names]
    sheet = (named or workbook.worksheets)[0]
    expected = sheet.max_row or 1
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number % _ROWS_PER_REPORT == 0:
            progress(min(1.0, number / expected))
        width = len(cells)
        while width and cells[width - 1] is None:
            width -= 1
        yield number, cells[:width]


def _calculated(
    results: Iterator[tuple[int, tuple[object, ...]]], written: Iterator[tuple[int, tuple[object, ...]]]
) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The results, once it is sure that every formula has one: a program may save a formula alone."""
    for (number, cells), (_, formulas) in zip(results, written, strict=True):
        padded = (*cells, *[None] * (len(formulas) - len(cells)))
        for cell, formula in zip(padded, formulas, strict=False):
            if cell is None and formula is not None:
                raise UnreadableError(
                    f"A cell of row {number} holds the formula {formula} without its result. "
                    "Accepted: workbooks saved by a spreadsheet program, or plain values.",
                    f"{number} 行目に計算結果のない数式 {formula} があります。値か、計算済みのブックにしてください。",
                    row=number,
                    value=str(formula),
                )
        yield number, cells


def _texts(rows: Iterator[tuple[int, tuple[object, ...]]]) -> Iterator[TextRow]:
    width = 0
    for number, cells in rows:
        texts = ["" if cell is None else _text(cell, number) for cell in cells]
        width = width or len(texts)
        if number == 1 or any(texts):
            yield TextRow(number, texts + [""] * (width - len(texts)))


def _text(cell: object, number: int) -> str:
    match cell:
        case str():
            if cell in _ERRORS:
                raise UnreadableError(
                    f"A cell of row {number} holds the error {cell}. Accepted: a value, or an empty cell.",
                    f"{number} 行目にエラー値 {cell} があります。使えるのは値か空欄です。",
                    row=number,
                    value=cell,
                )
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _unreadable(error: Exception) -> UnreadableError:
    return UnreadableError(
        f"The file cannot be read as a workbook ({error}). Accepted: .xlsx as Excel or LibreOffice save it.",
        "ブックとして読めません。使えるのは Excel や LibreOffice が保存した .xlsx です。",
    )
