"""XLSX as rows of text: streamed, never the whole workbook in memory, nothing calculated or guessed."""

import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from data_access.imports.text_rows import Progress, TextRow, Uncalculated, UnreadableError, within_limits

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
_ROW, _FORMULA, _RESULT = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("row", "f", "v"))


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
        with closing(load_workbook(path, read_only=True, data_only=True)) as workbook:
            sheet = _sheet(workbook, sheet_names)
            uncalculated = _uncalculated(sheet) if formulas else iter(())
            yield from _texts(_with_formulas(_cells(sheet, progress), uncalculated))
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise _unreadable(error) from None


def _sheet(workbook: Workbook, sheet_names: Collection[str]) -> Worksheet:
    if not workbook.worksheets:
        raise UnreadableError("The workbook has no sheet with cells.", "セルのあるシートがありません。")
    named = [sheet for sheet in workbook.worksheets if sheet.title.strip().casefold() in sheet_names]
    return (named or workbook.worksheets)[0]


def _cells(sheet: Worksheet, progress: Progress) -> Iterator[tuple[int, Sequence[object]]]:
    """Row number and cells of each row."""
    expected = sheet.max_row or 1
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # a sheet for reading only; what it says of its size is not to be trusted
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number % _ROWS_PER_REPORT == 0:
            progress(min(1.0, number / expected))
        yield number, cells


def _uncalculated(sheet: Worksheet) -> Iterator[tuple[int, dict[int, str]]]:
    """The formulas that were saved without their result, by row and place: a program may save a formula alone.

    A result that is an empty text is one; openpyxl tells it from none only in the file itself.
    """
    number = 0
    with sheet._get_source() as xml:  # type: ignore[attr-defined]  # of a sheet for reading only
        for _, row in iterparse(xml):
            if row.tag != _ROW:
                continue
            number = int(float(row.get("r", number + 1)))
            found = {}
            for place, cell in enumerate(row):
                formula, result, kind = cell.find(_FORMULA), cell.find(_RESULT), cell.get("t")
                if formula is None or kind == "inlineStr":
                    continue
                if result is None or (not result.text and kind != "str"):
                    written_at = cell.get("r")
                    found[coordinate_to_tuple(written_at)[1] - 1 if written_at else place] = f"={formula.text or ''}"
            row.clear()
            if found:
                yield number, found


def _with_formulas(
    rows: Iterator[tuple[int, Sequence[object]]], uncalculated: Iterator[tuple[int, dict[int, str]]]
) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows, with every formula that has no result in its place."""
    following = next(uncalculated, None)
    for number, cells in rows:
        if following is None or following[0] > number:
            yield number, cells
            continue
        formulas = following[1]
        filled = [*cells, *[None] * (max(formulas) + 1 - len(cells))]
        for place, formula in formulas.items():
            filled[place] = Uncalculated(formula)
        yield number, filled
        following = next(uncalculated, None)


def _texts(rows: Iterator[tuple[int, Sequence[object]]]) -> Iterator[TextRow]:
    """Each row as wide as the header at least; empty cells at its end are left out."""
    width = 0
    for number, cells in rows:
        texts = ["" if cell is None else _text(cell) for cell in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        width = width or len(texts)
        if number == 1 or texts:
            yield TextRow(number, texts + [""] * (width - len(texts)))


def _text(cell: object) -> str:
    match cell:
        case str():
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
