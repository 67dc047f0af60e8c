"""Workbooks to fill in, one for each kind of file: headers, drop-down lists, examples and what each column takes."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data_access.files.spreadsheets import fill
from data_access.imports.columns import Column, Kind
from data_access.imports.kinds import KINDS
from data_access.imports.template_codes import OPEN, SEVERAL, Codes
from data_access.imports.template_examples import Example, examples
from vocabulary.text import Language, Text

TEMPLATES = tuple(key for key, kind in KINDS.items() if kind.translate is None)  # the others come from databases
ROWS = 2_000  # as far down as the lists reach
FORMATTED = 300  # rows whose cells have their format
EXAMPLES = Text("Examples", "記入例")
EXPLAINED = Text("Columns", "列の説明")
CODES = Text("Codes", "コード表")
OTHER = Text("Not in the list", "一覧にない値")
PICK = Text(
    "Choose a code of the list; the sheet {sheet} says what each means.",
    "一覧から選んでください。意味は「{sheet}」にあります。",
)
SEPARATED = Text(" Several are separated by ;", "複数は ; で区切ります。")
REQUIRED = Text("required", "必須")
NOTE = Text(
    "These rows show how the first sheet is filled in. They are never imported: only the first sheet is.",
    "最初のシートの記入例です。取り込むのは最初のシートだけで、この行は取り込まれません。",
)
HEADINGS = (
    Text("Column", "列"),
    Text("Name in files", "英語の列名"),
    Text("Required", "必須"),
    Text("Accepted", "使える値"),
)
_DAYS = frozenset({"start_date", "end_date", "as_of", "date", "opened", "closed"})
_NUMBERS = frozenset(
    {"people_count", "amount", "citation_percentile", "count", "fiscal_year", "since", "jpy", "papers", "numerator"}
    | {"denominator"}
)
_ACCENT, _PALE = 4, 0.8  # a colour of the workbook's own theme


def template(kind: str, codes: Codes, language: Language) -> bytes:
    """An XLSX workbook whose first sheet takes the rows of a kind of file; LookupError for one that has no template.

    Headers are in the language asked for, with a comment that says what the column takes; columns with codes have
    drop-down lists of those that the database knows, with their names on a sheet of their own; numbers that are names
    (`007`) stay text. The examples stand on another sheet, so that they can never be imported as data.
    """
    if kind not in TEMPLATES:
        raise LookupError(f"there is no template for {kind!r}; there are {', '.join(TEMPLATES)}")
    what = KINDS[kind]
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  a new workbook has one
    sheet.title = what.name.said_in(language)
    _headers(sheet, what, language)
    _examples(book.create_sheet(EXAMPLES.said_in(language)), what, examples(kind, codes, language), language)
    _explained(book.create_sheet(EXPLAINED.said_in(language)), what, language)
    places = _code_lists(book.create_sheet(CODES.said_in(language)), what, codes, language)
    for place, column in enumerate(what.columns, start=1):
        _bind(sheet, place, column, places.get(column.name), language)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _headers(sheet: Worksheet, kind: Kind, language: Language) -> None:
    for place, column in enumerate(kind.columns, start=1):
        cell = _filled(sheet, 1, place, _header(column, language))
        cell.font = Font(bold=True)
        if column.required:
            cell.fill = PatternFill("solid", fgColor=Color(theme=_ACCENT, tint=_PALE))
        needed = f"{REQUIRED.said_in(language)}\n" if column.required else ""
        cell.comment = Comment(needed + column.accepted.said_in(language), kind.name.en, width=360, height=140)
        sheet.column_dimensions[get_column_letter(place)].width = 18
    sheet.freeze_panes = "A2"


def _header(column: Column, language: Language) -> str:
    return column.name_ja if language == "ja" else column.name


def _bind(sheet: Worksheet, place: int, column: Column, where: str | None, language: Language) -> None:
    """The format of a column, and the list of codes that its cells may hold."""
    letter = get_column_letter(place)
    day, number = column.name in _DAYS, column.name in _NUMBERS
    form = "yyyy-mm-dd" if day else "General" if number else "@"  # text keeps 007
    for row in range(2, FORMATTED + 2):
        sheet.cell(row, place).number_format = form
    if where is None:
        return
    free = column.name in SEVERAL or column.name in OPEN
    words = PICK.filled(sheet=CODES)
    more = SEPARATED.said_in(language) if column.name in SEVERAL - {"lead"} else ""
    rule = DataValidation(
        type="list", formula1=where, allow_blank=True, showErrorMessage=not free, showInputMessage=True
    )
    rule.promptTitle, rule.prompt = _header(column, language)[:32], words.said_in(language) + more
    rule.errorTitle, rule.error = OTHER.said_in(language), words.said_in(language)
    rule.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(rule)


def _examples(sheet: Worksheet, kind: Kind, rows: tuple[Example, Example], language: Language) -> None:
    sheet.append([_header(column, language) for column in kind.columns])
    for row in rows:
        _append(sheet, [row.get(column.name, "") for column in kind.columns])
    sheet.append([])
    sheet.append([NOTE.said_in(language)])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row_of_cells in sheet.iter_rows(min_row=2, max_row=3):
        for cell in row_of_cells:
            cell.number_format = "@"
            cell.font = Font(italic=True)
    for place in range(1, len(kind.columns) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 18


def _explained(sheet: Worksheet, kind: Kind, language: Language) -> None:
    sheet.append([heading.said_in(language) for heading in HEADINGS])
    for column in kind.columns:
        needed = REQUIRED.said_in(language) if column.required else ""
        _append(sheet, [_header(column, language), column.name, needed, column.accepted.said_in(language)])
    _legible(sheet, (22, 22, 12, 90))


def _code_lists(sheet: Worksheet, kind: Kind, codes: Codes, language: Language) -> dict[str, str]:
    """Writes every list of codes beside its names; gives column -> where its codes are, as a formula says it."""
    places: dict[str, str] = {}
    written: dict[tuple[str, ...], str] = {}
    at = 1
    for column in kind.columns:
        names = codes.of(kind.key, column.name)
        if not names:
            continue
        if tuple(names) not in written:
            _write_list(sheet, at, _header(column, language), names, language)
            letter = get_column_letter(at)
            written[tuple(names)] = f"'{sheet.title}'!${letter}$2:${letter}${len(names) + 1}"
            at += 3
        places[column.name] = written[tuple(names)]
    _legible(sheet, ())
    return places


def _write_list(sheet: Worksheet, at: int, header: str, names: Mapping[str, Text], language: Language) -> None:
    _filled(sheet, 1, at, header)
    for row, (code, name) in enumerate(names.items(), start=2):
        _filled(sheet, row, at, code).number_format = "@"
        _filled(sheet, row, at + 1, name.said_in(language))
    sheet.column_dimensions[get_column_letter(at)].width = 20
    sheet.column_dimensions[get_column_letter(at + 1)].width = 40


def _append(sheet: Worksheet, texts: Sequence[str]) -> None:
    row = sheet.max_row + 1
    for place, text in enumerate(texts, start=1):
        _filled(sheet, row, place, text)


def _filled(sheet: Worksheet, row: int, place: int, text: str) -> Cell:
    """The cell with this text in it, which is a text whatever it begins with."""
    cell = sheet.cell(row, place)
    assert isinstance(cell, Cell)  # noqa: S101  none of these sheets has merged cells
    fill(cell, text)
    return cell


def _legible(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=bool(widths))
    sheet.freeze_panes = "A2"
