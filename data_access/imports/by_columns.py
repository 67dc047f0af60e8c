"""Reading very many rows column by column: what a text means is found out once for all rows that hold it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from data_access.files.text_rows import TextRow, UnreadableError
from data_access.imports.columns import IMPORTS_OWN_NAME, Column, Kind, RefusalError
from data_access.imports.known import Known
from data_access.imports.looks_like import is_plainly_a_record
from data_access.imports.personal import personal
from data_access.imports.unfit import LONGEST_CELL, UNFIT, no_value_or_error, unfit_cell
from data_access.imports.wide_ids import is_wide

AT_ONCE = 2_000  # rows
_MEMORY = 50_000  # distinct texts of a column that are kept; then it is begun anew
_UNSURE = object()


def in_lists(rows: Iterator[TextRow], at_once: int) -> Iterator[list[TextRow]]:
    """The same rows, so many at once; where they break off, those before come before the error."""
    some: list[TextRow] = []
    try:
        for row in rows:
            some.append(row)
            if len(some) == at_once:
                yield some
                some = []
    except UnreadableError:
        if some:
            yield some
        raise
    if some:
        yield some


class Read(NamedTuple):
    """What many rows say. `unsure`: the places of those that are to be read by themselves; what is here means nothing.

    `nameless`: the places of those that leave to the import to say their source.
    """

    values: dict[str, list[object]]
    unsure: set[int]
    nameless: set[int]


class ByColumns:
    """Reads rows whose every cell is in order, and of which no cell is worth a remark; it leaves all others alone.

    `header`: as the file writes it; `width`: how many cells a row has, with those at its end that have no header;
    `columns`: place -> the column.
    """

    def __init__(
        self, kind: Kind, known: Known, header: Sequence[str], width: int, columns: Mapping[int, Column]
    ) -> None:
        self._identity, self._header, self._width = kind.identity, header, width
        self._columns = columns
        self._known = replace(known, followed={})  # ids that are followed are told of in the order of the rows
        self._sure: list[dict[str, object]] = [{} for _ in header]
        self._unsure: list[set[str]] = [set() for _ in header]

    def read(self, rows: Sequence[TextRow]) -> Read:
        blank = [""] * self._width
        unsure = {place for place, row in enumerate(rows) if len(row.cells) != self._width}
        table = list(zip(*(blank if place in unsure else row.cells for place, row in enumerate(rows)), strict=True))
        found = Read({}, unsure, set())
        for place, texts in enumerate(table):
            if place >= len(self._header):
                unsure.update(number for number, text in enumerate(texts) if text.strip())
                continue
            self._learn(place, set(texts))
            if set(map(type, texts)) != {str}:  # a day or a formula of a workbook
                unsure.update(number for number, text in enumerate(texts) if type(text) is not str)
            if self._unsure[place]:
                unsure.update(number for number, text in enumerate(texts) if text in self._unsure[place])
            if (column := self._columns.get(place)) is not None:
                found.values[column.name] = list(map(self._sure[place].get, texts))
                if column.empty is IMPORTS_OWN_NAME:
                    found.nameless.update(number for number, text in enumerate(texts) if not text.strip())
        return found

    def _learn(self, place: int, texts: set[str]) -> None:
        """Finds out what the texts of a column mean that were not met before."""
        sure, unsure = self._sure[place], self._unsure[place]
        new = texts.difference(sure).difference(unsure)
        if not new:
            return
        if len(sure) + len(unsure) + len(new) > _MEMORY:
            sure.clear()
            unsure.clear()
            new = texts
        column = self._columns.get(place)
        unfit = _hold(new)
        values = {
            text: _UNSURE if unfit and any(unfit_cell(text)) else self._value(text, place, column) for text in new
        }
        if column is not None and column.name not in self._identity:
            _without_personal(values)
        doubtful = [text for text, value in values.items() if value is _UNSURE]
        for text in doubtful:
            del values[text]
        unsure.update(doubtful)
        sure.update(values)

    def _value(self, text: str, place: int, column: Column | None) -> object:
        """What a text that may stand in a cell means in a column."""
        cell = text.strip()
        if place == 0 and not is_plainly_a_record(cell, self._header[0]):
            return _UNSURE
        if column is None:
            return None
        if not cell:
            own = self._known.source if column.empty is IMPORTS_OWN_NAME else column.empty
            return _UNSURE if column.required else own
        names = column.name in self._identity
        if no_value_or_error(cell, names_the_record=names):
            return _UNSURE
        try:
            value = column.read(cell, self._known)
        except RefusalError:
            return _UNSURE
        if self._known.followed:
            self._known.followed.clear()
            return _UNSURE
        return _UNSURE if names and isinstance(value, str) and is_wide(value) else value


def _hold(texts: Collection[str]) -> bool:
    """Whether any of these texts may be unfit for every column."""
    everything = "\n".join(texts)
    longest = max(map(len, texts))
    return "@" in everything or "＠" in everything or longest > LONGEST_CELL or bool(UNFIT.search(everything))


def _without_personal(values: dict[str, object]) -> None:
    """A text that tells of one person is worth a notice; where all of them together hold none, no one does."""
    written: Iterator[str] = (value for value in values.values() if isinstance(value, str))
    if personal("\n".join(written)):
        values.update((t, _UNSURE) for t, value in values.items() if isinstance(value, str) and personal(value))
