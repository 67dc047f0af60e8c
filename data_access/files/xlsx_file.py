"""XLSX as rows of text: one sheet, never the whole workbook in memory, nothing calculated or guessed."""

import re
import struct
import zlib
from collections.abc import Collection, Iterator
from typing import BinaryIO
from zipfile import BadZipFile

from data_access.files.cell_names import letters_of
from data_access.files.formula_text import unescaped
from data_access.files.pulling import refusal_of_part
from data_access.files.sheet import SheetCells
from data_access.files.text_rows import MOST_COLUMNS, Notice, Progress, TextRow, UnreadableError, within_limits
from data_access.files.what_it_is import ZIP, refuse_what_is_no_list
from data_access.files.workbook import Sheet, Workbook
from data_access.files.xml_parts import DamagedError
from vocabulary.text import Text

_BROKEN = (BadZipFile, struct.error, zlib.error, KeyError, ValueError, EOFError, OSError, NotImplementedError)
_MOST_NAMED = 3


def xlsx_rows(file: BinaryIO, sheet_names: Collection[str], notice: Notice, progress: Progress) -> Iterator[TextRow]:
    """The rows of one sheet, header first: the sheet with one of these names, else the first that is shown."""
    refuse_what_is_no_list(file, packed=ZIP)
    return within_limits(_rows(file, sheet_names, notice, progress))


def _rows(file: BinaryIO, sheet_names: Collection[str], notice: Notice, progress: Progress) -> Iterator[TextRow]:
    try:
        workbook = Workbook(file)
        sheet, named = workbook.chosen(sheet_names)
        workbook.read_texts_and_formats()
        if workbook.pulling:
            _name_the_cell(workbook, sheet)
        if not named and len(workbook.sheets) > 1:
            notice(_only_read(sheet, [other.name for other in workbook.sheets if other is not sheet]))
        cells = SheetCells(workbook, sheet)
        yield from _texts(cells.rows(progress))
        if cells.merged:
            raise _merged(cells.merged)
        for text in _notices(cells):
            notice(text)
    except UnreadableError:
        raise
    except _BROKEN as error:
        why = error.why if isinstance(error, DamagedError) else Text(str(error), "壊れているか途中で切れています")
        raise UnreadableError(
            f"The file cannot be read as a workbook ({why.en}). Accepted: .xlsx as Excel or LibreOffice save it.",
            f"ブックとして読めません（{why.ja}）。使えるのは Excel や LibreOffice が保存した .xlsx です。",
        ) from None


def _name_the_cell(workbook: Workbook, sheet: Sheet) -> None:
    """Refuses a workbook that has parts which fetch data: by the cell of the sheet that does, else by the part."""
    for _ in SheetCells(workbook, sheet).rows(lambda _done: None):
        pass
    raise refusal_of_part(*workbook.pulling[0])


def _only_read(sheet: Sheet, others: list[str]) -> Text:
    more = len(others) - _MOST_NAMED
    names = others[:_MOST_NAMED]
    return Text(
        f'Only the sheet "{sheet.name}" was read, and not {", ".join(names)}'
        + (f" and {more} more." if more > 0 else "."),
        f"シート「{sheet.name}」だけを読みました。{'、'.join(names)}"
        + (f"ほか {more} 枚" if more > 0 else "")
        + "は読んでいません。",
    )


def _notices(cells: SheetCells) -> Iterator[Text]:
    """What was read although the sheet does not show it."""
    if cells.hidden_rows:
        first, count = cells.hidden_rows[0], len(cells.hidden_rows)
        yield Text(
            f"Rows are hidden in the sheet ({count:,}, the first is row {first}); they were read like the others.",
            f"非表示の行が {count:,} 行あります（最初は {first} 行目）。ほかの行と同じように読みました。",
        )
    if cells.hidden_columns:
        which = ", ".join(cells.hidden_columns[:_MOST_NAMED]) + (
            " …" if len(cells.hidden_columns) > _MOST_NAMED else ""
        )
        yield Text(
            f"Columns are hidden in the sheet ({which}); they were read like the others.",
            f"非表示の列があります（{which}）。ほかの列と同じように読みました。",
        )


def _texts(rows: Iterator[tuple[int, dict[int, str]]]) -> Iterator[TextRow]:
    """Each row as wide as the header at least; empty cells at its end are left out."""
    width = None
    for number, cells in rows:
        last = max((place for place, text in cells.items() if text and not text.isspace()), default=-1)
        if width is None and number > 1:
            yield TextRow(1, [])
        if last >= MOST_COLUMNS:
            raise _too_wide(number, last)
        width = last + 1 if width is None and number == 1 else width or 0
        if number == 1 or last >= 0:
            texts = (cells.get(place, "") for place in range(max(width, last + 1)))
            yield TextRow(number, [unescaped(text) if "'" in text else text for text in texts])


def _too_wide(row: int, place: int) -> UnreadableError:
    cell = f"{letters_of(place)}{row}"
    return UnreadableError(
        f"Row {row} has {place + 1:,} cells: the last that is filled is {cell}. "
        f"Accepted: at most {MOST_COLUMNS} columns; clear the cell.",
        f"{row} 行目に {place + 1:,} 個のセルがあります（最後の値はセル {cell}）。"
        f"使えるのは {MOST_COLUMNS} 列までです。セルを消してください。",
        row=row,
        column=letters_of(place),
    )


def _merged(ranges: list[str]) -> UnreadableError:
    which = ", ".join(ranges[:_MOST_NAMED]) + (" …" if len(ranges) > _MOST_NAMED else "")
    row = re.search(r"\d+", ranges[0])
    return UnreadableError(
        f"Cells are merged ({which}): only the first of each holds a value, and what the others mean is not said. "
        "Accepted: one value in each cell; unmerge them and fill every cell.",
        f"結合されたセルがあります（{which}）。値があるのは先頭のセルだけです。"
        "結合を解除し、すべてのセルに値を入れてください。",
        row=int(row[0]) if row else None,
        value=ranges[0],
    )
