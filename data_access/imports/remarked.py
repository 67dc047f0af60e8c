"""A file with what an import said of it: the same file, and one more column that says what is wrong in each row."""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data_access.files.spreadsheets import UNFIT, as_csv, as_xlsx, fill
from data_access.files.text_rows import TextRow
from data_access.imports.files import rows_of
from data_access.imports.headings import matched
from data_access.imports.kinds import KINDS
from data_access.imports.recognise import HEADER_WITHIN
from data_access.imports.remarks_column import REMARKS, is_remarks
from data_access.imports.report import Remark
from vocabulary.import_reports import SEVERITIES
from vocabulary.text import Language, Text

MOST_CELLS = 400_000  # of a workbook that is handed back as it came; a larger one keeps its values, not its looks
MOST_BYTES = 64 << 20  # of the same when unpacked, all sheets together
_ACCENT_2, _ACCENT_4 = 5, 7  # colours of the workbook's own theme
_PALE = 0.6
_WIDTH = 60
_IN_A_CELL = Text("{column}: {message}", "{column}：{message}")
_Row = Mapping[int, Sequence[Remark]]  # row -> remarks on it


def remarked(path: Path, kind: str, remarks: Sequence[Remark], language: Language) -> tuple[str, bytes]:
    """The ending and the content of the file with its remarks: `.csv` in UTF-8 with a mark, `.xlsx` as it came.

    Each row that something was said of says it in the column `REMARKS` (last); in a workbook the cells in question are
    filled and commented, too. Remarks on the whole file stand below the column's header. What a spreadsheet could take
    for a formula gets an apostrophe where the file is made anew, which is taken off when it is read again. Raises
    `UnreadableError` for a file that cannot be read.
    """
    by_row: dict[int, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_row[remark.row or 1].append(remark)
    held = list(_rows(path, kind))
    header_row = _header_row(held, kind)
    if path.suffix.lower() == ".csv":
        return ".csv", as_csv(_with_remarks(held, by_row, header_row, language))
    if sum(len(row.cells) for row in held) > MOST_CELLS or _unpacked(path) > MOST_BYTES:
        return ".xlsx", as_xlsx(_with_remarks(held, by_row, header_row, language), "data")
    return ".xlsx", _same_workbook(path, kind, by_row, header_row, language)


def _header_row(rows: Sequence[TextRow], kind: str) -> int:
    """The row whose cells mean most columns of the kind: a title may stand above the header."""

    def known(row: TextRow) -> int:
        return sum(bool(match.column) for match in matched(row.cells, KINDS[kind]))

    top = [row for row in rows[:HEADER_WITHIN] if KINDS[kind].translate is None]
    return max(top, key=known).number if top else 1


def _rows(path: Path, kind: str) -> Iterator[TextRow]:
    sheets = {name.casefold() for name in KINDS[kind].name}
    return rows_of(path, sheets, lambda _notice: None, lambda _done: None)


def _with_remarks(held: Sequence[TextRow], by_row: _Row, header_row: int, language: Language) -> Iterator[list[str]]:
    """Every row of the file, blank ones too, with its remarks behind its last cell; those of before are left out."""
    old = [place for place, cell in enumerate(held[0].cells) if is_remarks(cell)] if held else []
    tables = [[cell for place, cell in enumerate(row.cells) if place not in old] for row in held]
    width = max(map(len, tables), default=0)
    number = 0
    for row, cells in zip(held, tables, strict=True):
        yield from ([""] * (width + 1) for _ in range(row.number - number - 1))
        number = row.number
        on_it = by_row.get(number, ())
        told = _header(on_it, language) if number in (1, header_row) else _told(on_it, language)
        yield [*cells, *[""] * (width - len(cells)), told]


def _header(remarks: Sequence[Remark], language: Language) -> str:
    """The header of the column; what is said of the header or of the whole file stands there, too.

    Where a title stands above the header, both rows have it: the rows above the header are to be deleted.
    """
    return "\n".join([REMARKS.said_in(language), *(_line(remark, language) for remark in remarks)])


def _told(remarks: Sequence[Remark], language: Language) -> str:
    """What is said of one row, each remark on a line of its own that begins with a word."""
    return "\n".join(_line(remark, language) for remark in remarks)


def _line(remark: Remark, language: Language) -> str:
    column = Text(remark.column, remark.column) if remark.column else SEVERITIES[remark.severity]
    return UNFIT.sub("", _IN_A_CELL.filled(column=column, message=remark.message).said_in(language))


def _unpacked(path: Path) -> int:
    with ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def _same_workbook(path: Path, kind: str, by_row: _Row, header_row: int, language: Language) -> bytes:
    """The workbook as it came, with a column more, and a fill and a comment on each cell in question."""
    book = load_workbook(path)
    names = {name.casefold() for name in KINDS[kind].name}
    named = [sheet for sheet in book.worksheets if sheet.title.strip().casefold() in names]
    sheet = (named or book.worksheets)[0]
    headers = {str(cell.value).strip(): cell.column for cell in sheet[header_row] if cell.value is not None}
    old = [column for header, column in headers.items() if is_remarks(header)]
    last = old[-1] if old else sheet.max_column + 1
    if old:
        _forget(sheet, last)
    for row in {1, header_row}:
        _write(sheet, row, last, _header(by_row.get(row, ()), language))
    sheet.column_dimensions[get_column_letter(last)].width = _WIDTH
    for row, remarks in by_row.items():
        if row not in (1, header_row):
            _write(sheet, row, last, _told(remarks, language))
        for remark in remarks:
            if remark.column in headers:
                _mark(sheet.cell(row, headers[remark.column]), remark, language)
    return _saved(book)


def _forget(sheet: Worksheet, column: int) -> None:
    """Takes away what was remarked the time before: texts, comments and fills."""
    for row in sheet.iter_rows(min_row=1):
        for cell in row:
            if isinstance(cell, Cell) and cell.comment is not None and cell.comment.author == REMARKS.en:
                cell.comment = None
                cell.fill = PatternFill()
            if isinstance(cell, Cell) and cell.column == column:
                cell.value = None


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):  # one merged with others cannot say it; the comments do
        fill(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=row == 1)


def _mark(cell: object, remark: Remark, language: Language) -> None:
    if not isinstance(cell, Cell):
        return
    theme = _ACCENT_2 if remark.severity == "error" else _ACCENT_4
    cell.fill = PatternFill("solid", fgColor=Color(theme=theme, tint=_PALE))
    before = cell.comment.text + "\n" if cell.comment is not None and cell.comment.author == REMARKS.en else ""
    cell.comment = Comment(before + _line(remark, language), REMARKS.en, width=360, height=120)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
