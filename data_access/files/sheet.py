"""XLSX as rows of text: one pass over one sheet, never the whole workbook in memory, nothing calculated or guessed."""

import re
import struct
import zlib
from collections.abc import Collection, Iterator
from typing import BinaryIO
from zipfile import BadZipFile

from data_access.files.number_formats import Shown, as_day
from data_access.files.pulling import pulled_by, refusal_of_formula, refusal_of_part
from data_access.files.text_rows import (
    MOST_COLUMNS,
    Notice,
    Progress,
    TextRow,
    Uncalculated,
    UnreadableError,
    within_limits,
)
from data_access.files.what_it_is import ZIP, refuse_what_is_no_list
from data_access.files.workbook import Sheet, Workbook, unescaped
from data_access.files.xml_parts import Attributes, DamagedError, in_main, parse, whole
from vocabulary.text import Text

_BROKEN = (BadZipFile, struct.error, zlib.error, KeyError, ValueError, EOFError, OSError, NotImplementedError)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
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
        cells = _Cells(workbook, sheet)
        yield from _texts(cells.rows(progress))
        for text in cells.notices():
            notice(text)
    except UnreadableError:
        raise
    except _BROKEN as error:
        raise UnreadableError(
            f"The file cannot be read as a workbook ({error}). Accepted: .xlsx as Excel or LibreOffice save it.",
            "ブックとして読めません。使えるのは Excel や LibreOffice が保存した .xlsx です。",
        ) from None


def _name_the_cell(workbook: Workbook, sheet: Sheet) -> None:
    """Refuses a workbook that has parts which fetch data: by the cell of the sheet that does, else by the part."""
    for _ in _Cells(workbook, sheet).rows(lambda _done: None):
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


class _Cells:
    """The cells of one sheet as its XML tells them, row by row; what stands in no order is refused."""

    def __init__(self, workbook: Workbook, sheet: Sheet) -> None:
        self._book, self._sheet = workbook, sheet
        self._row, self._cells = 0, dict[int, str]()
        self._done: list[tuple[int, dict[int, str]]] = []
        self._place, self._kind, self._style = -1, "n", "0"
        self._in_row = self._in_cell = False
        self._collected: list[str] | None = None
        self._formula: str | None = None
        self._value: str | None = None
        self._inline: list[str] = []
        self._inside, self._aside = False, 0
        self._merged: list[str] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[str] = []
        self._columns: dict[str, int] = {}
        self._shown: dict[str, Shown] = {}

    def rows(self, progress: Progress) -> Iterator[tuple[int, dict[int, str]]]:
        """Row number and cells by place; rows without cells are left out."""
        with self._book.open(self._sheet.part) as part:
            size = self._book.archive.getinfo(self._sheet.part).file_size or 1
            more = parse(part, self._start, self._end, self._text)
            while more():
                yield from self._done
                self._done.clear()
                progress(min(1.0, part.tell() / size))
        if self._merged:
            raise _merged(self._merged)

    def notices(self) -> Iterator[Text]:
        """What was read although the sheet does not show it."""
        if self._hidden_rows:
            first, count = self._hidden_rows[0], len(self._hidden_rows)
            yield Text(
                f"{count:,} rows are hidden in the sheet (the first is row {first}); they were read like the others.",
                f"非表示の行が {count:,} 行あります（最初は {first} 行目）。ほかの行と同じように読みました。",
            )
        if self._hidden_columns:
            which = ", ".join(self._hidden_columns[:_MOST_NAMED]) + (
                " …" if len(self._hidden_columns) > _MOST_NAMED else ""
            )
            yield Text(
                f"Columns are hidden in the sheet ({which}); they were read like the others.",
                f"非表示の列があります（{which}）。ほかの列と同じように読みました。",
            )

    def _start(self, element: str, said: Attributes) -> None:
        name = in_main(element)
        if not self._inside:
            self._outside(name, said)
        elif name == "c":
            self._begin_cell(said)
        elif name == "row":
            self._begin_row(said)
        elif name in ("v", "f") or (name == "t" and not self._aside):
            self._collected = []
        elif name == "rPh":
            self._aside += 1

    def _outside(self, name: str, said: Attributes) -> None:
        match name:
            case "sheetData":
                self._inside = True
            case "mergeCell" if not re.fullmatch(r"[A-Z]+1:[A-Z]+1", said["ref"]):
                self._merged.append(said["ref"])
            case "col" if said.get("hidden") in ("1", "true"):
                first, last = whole(said["min"]), min(whole(said["max"]), MOST_COLUMNS)
                self._hidden_columns += [letters_of(place - 1) for place in range(first, last + 1)]

    def _begin_row(self, said: Attributes) -> None:
        number = whole(said["r"]) if "r" in said else self._row + 1
        if number <= self._row or self._in_row:
            raise DamagedError(f"row {number} comes after row {self._row}")
        self._row, self._cells, self._place, self._in_row = number, {}, -1, True
        if said.get("hidden") in ("1", "true"):
            self._hidden_rows.append(number)

    def _begin_cell(self, said: Attributes) -> None:
        reference = said.get("r")
        place = self._place + 1
        if reference is not None:
            found = _REFERENCE.fullmatch(reference)
            if found is None or found[2] != str(self._row):
                raise DamagedError(f"cell {reference[:20]} stands in row {self._row}")
            place = self._columns.get(found[1], -1)
            if place < 0:
                place = self._columns[found[1]] = place_of(found[1])
        if place <= self._place or self._in_cell or not self._in_row:
            raise DamagedError(f"cell {reference} of row {self._row} is out of its place")
        self._place, self._in_cell = place, True
        self._kind, self._style = said.get("t", "n"), said.get("s", "0")
        self._formula = self._value = None
        self._inline.clear()

    def _text(self, letters: str) -> None:
        if self._collected is not None:
            self._collected.append(letters)

    def _end(self, element: str) -> None:
        if not self._inside:
            return
        match in_main(element):
            case "v":
                self._once(self._value)
                self._value, self._collected = "".join(self._collected or ()), None
            case "f":
                self._once(self._formula)
                self._formula, self._collected = "".join(self._collected or ()), None
            case "t" if self._collected is not None:
                self._inline.append("".join(self._collected))
                self._collected = None
            case "rPh":
                self._aside -= 1
            case "c":
                self._in_cell = False
                if text := self._cell():
                    self._cells[self._place] = text
            case "row":
                self._in_row = False
                if self._cells:
                    self._done.append((self._row, self._cells))
            case "sheetData":
                self._inside = False

    def _once(self, before: str | None) -> None:
        if before is not None or not self._in_cell:
            raise DamagedError(f"a cell of row {self._row} holds two values")

    def _cell(self) -> str:
        if self._formula is not None:
            if pulled := pulled_by(self._formula):
                cell = f"{letters_of(self._place)}{self._row}"
                raise refusal_of_formula(cell, self._row, self._formula, pulled)
            if self._kind != "inlineStr" and not self._value and (self._value is None or self._kind != "str"):
                return Uncalculated(f"={self._formula}")
        if self._kind == "inlineStr":
            return unescaped("".join(self._inline))
        return self._read(self._value) if self._value else ""

    def _read(self, value: str) -> str:
        match self._kind:
            case "s":
                if not _WHOLE.fullmatch(value) or not 0 <= int(value) < len(self._book.texts):
                    raise DamagedError(f"there is no text {value[:20]}")
                return self._book.texts[int(value)]
            case "n":
                return self._number(value.strip())
            case "b":
                return {"1": "TRUE", "0": "FALSE"}[value.strip()]
            case "str":
                return unescaped(value)
            case "e" | "d":
                return value
        raise DamagedError(f"a cell is of the kind {self._kind[:20]}")

    def _number(self, value: str) -> str:
        shown = self._shown.get(self._style)
        if shown is None:
            shown = self._shown[self._style] = self._book.shown_by_style(whole(self._style))
        if shown in ("number", "percent") and _WHOLE.fullmatch(value):
            return value
        if not _NUMBER.fullmatch(value):
            raise DamagedError(f"{value[:20]} is no number")
        number = float(value)
        if shown not in ("number", "percent"):
            return as_day(number, shown, self._book.from_1904) or "#VALUE!"
        return str(int(number)) if number.is_integer() else repr(number)


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
            yield TextRow(number, [cells.get(place, "") for place in range(max(width, last + 1))])


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


def place_of(letters: str) -> int:
    """The place of a column counted from 0: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def letters_of(place: int) -> str:
    """The letters of a column whose place is counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
