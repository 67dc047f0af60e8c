"""One sheet of a workbook, cell by cell, in one pass over its XML; what stands in no order is refused."""

import re
from collections.abc import Iterator

from data_access.files.cell_names import letters_of, place_of
from data_access.files.number_formats import Shown, as_day, as_percentage
from data_access.files.pulling import pulled_by, refusal_of_formula
from data_access.files.text_rows import MOST_COLUMNS, Dated, Progress, Uncalculated
from data_access.files.workbook import Sheet, Workbook, unescaped
from data_access.files.xml_parts import Attributes, DamagedError, in_main, parse, whole

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)


class SheetCells:
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
        self.merged: list[str] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[str] = []
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
                self.merged.append(said["ref"])
            case "col" if said.get("hidden") in ("1", "true"):
                first, last = whole(said["min"]), min(whole(said["max"]), MOST_COLUMNS)
                self.hidden_columns += [letters_of(place - 1) for place in range(first, last + 1)]

    def _begin_row(self, said: Attributes) -> None:
        number = whole(said["r"]) if "r" in said else self._row + 1
        if number <= self._row or self._in_row:
            raise DamagedError(
                f"row {number} comes after row {self._row}", f"{self._row} 行目の後に {number} 行目があります"
            )
        self._row, self._cells, self._place, self._in_row = number, {}, -1, True
        if said.get("hidden") in ("1", "true"):
            self.hidden_rows.append(number)

    def _begin_cell(self, said: Attributes) -> None:
        reference = said.get("r")
        place = self._place + 1
        if reference is not None:
            found = _REFERENCE.fullmatch(reference)
            if found is None or found[2] != str(self._row):
                raise DamagedError(
                    f"cell {reference[:20]} stands in row {self._row}",
                    f"{self._row} 行目にセル {reference[:20]} があります",
                )
            place = self._columns.get(found[1], -1)
            if place < 0:
                place = self._columns[found[1]] = place_of(found[1])
        if place <= self._place or self._in_cell or not self._in_row:
            raise DamagedError(
                f"cell {letters_of(max(place, 0))}{self._row} stands twice or out of its place",
                f"セル {letters_of(max(place, 0))}{self._row} が重複しているか、順序が違います",
            )
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
            raise DamagedError(
                f"a cell of row {self._row} holds two values", f"{self._row} 行目に値が 2 つのセルがあります"
            )

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
                    raise self._no_such(f"text {value[:20]}", f"文字列 {value[:20]}")
                return self._book.texts[int(value)]
            case "n":
                return self._number(value.strip())
            case "b" if value.strip() in ("0", "1"):
                return "TRUE" if value.strip() == "1" else "FALSE"
            case "str":
                return unescaped(value)
            case "e" | "d":
                return value
        raise self._no_such(f"kind of cells {self._kind[:20]}", f"セルの種類 {self._kind[:20]}")

    def _no_such(self, en: str, ja: str) -> DamagedError:
        cell = f"{letters_of(self._place)}{self._row}"
        return DamagedError(f"cell {cell} names what is not there: {en}", f"セル {cell} が指す{ja}がありません")

    def _number(self, value: str) -> str:
        shown = self._shown.get(self._style)
        if shown is None:
            shown = self._shown[self._style] = self._book.shown_by_style(whole(self._style))
        if shown == "number" and _WHOLE.fullmatch(value):
            return value
        if not _NUMBER.fullmatch(value):
            raise self._no_such(f"number {value[:20]}", f"数値 {value[:20]}")
        number = float(value)
        if shown in ("day", "time", "span"):
            day = as_day(number, shown, self._book.from_1904)
            return Dated(day) if day else "#VALUE!"
        if shown == "percent":
            return as_percentage(number)
        text = str(int(number)) if number.is_integer() else repr(number)
        return text.zfill(shown) if isinstance(shown, int) and text.isdecimal() else text
