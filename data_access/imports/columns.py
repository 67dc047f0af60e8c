"""What a kind of file is: its columns in both languages, how each cell is read, and the checks of a row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, overload

from sqlalchemy import Connection

from data_access.files.text_rows import TextRow
from data_access.imports.known import Known
from data_access.imports.report import Finding, Remarks
from vocabulary.text import Text

Values = dict[str, object]
Progress = Callable[[float], None]
Beside = Callable[[Mapping[str, str]], Text | None]  # what the texts of a row say on a refusal in one of its cells


IMPORTS_OWN_NAME = object()  # of an empty cell: the name of the import stands for it


class RefusalError(ValueError):
    """A cell that is not accepted: says what is wrong with it, in both languages."""

    def __init__(self, en: str, ja: str, *, beside: Beside | None = None) -> None:
        super().__init__(en)
        self.message = Text(en, ja)
        self._beside = beside

    def in_row(self, texts: Mapping[str, str]) -> Text:
        """The same, with what the other cells of the row (column -> text) tell of what was meant."""
        return (self._beside(texts) if self._beside else None) or self.message


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its header in both languages, how a cell is read, and what it may hold."""

    name: str
    name_ja: str
    accepted: Text
    read: Callable[[str, Known], object]  # raises RefusalError
    required: bool = False  # the column must be there, and no cell of it empty
    private: bool = False  # what is refused may be a name: reports do not repeat it
    empty: object = ""  # what an empty cell, or a column that is not there, means

    def message(self, wrong: Text) -> Text:
        """What is wrong, then what there is instead."""
        return Text(f"{wrong.en} Accepted: {self.accepted.en}.", f"{wrong.ja}使えるのは{self.accepted.ja}です。")


class Row(NamedTuple):
    """One row whose cells were read; `number` as a spreadsheet counts."""

    number: int
    values: Values


NOT_READ = object()  # stands for a cell that was refused; its row says nothing of the column


class Rows(Sequence[Row]):
    """The rows of a file, kept by columns: a hundred thousand take a fraction of what as many mappings would.

    `columns`: name -> the value of each row, in the order of `numbers`.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.numbers: list[int] = []
        self.columns: dict[str, list[object]] = {name: [] for name in names}

    def extend(
        self, numbers: Sequence[int], columns: Mapping[str, list[object]], apart: Mapping[int, Row | None]
    ) -> None:
        """Adds rows; `apart`: place -> the row that stands there instead, or None where there is none."""
        none = {place for place, row in apart.items() if row is None}
        self.numbers += [number for place, number in enumerate(numbers) if place not in none]
        for name, kept in self.columns.items():
            values = columns.get(name) or [NOT_READ] * len(numbers)
            for place, row in apart.items():
                values[place] = NOT_READ if row is None else row.values.get(name, NOT_READ)
            kept += [value for place, value in enumerate(values) if place not in none] if none else values

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> "list[Row]": ...
    def __getitem__(self, place: int | slice) -> "Row | list[Row]":
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        said = {name: values[place] for name, values in self.columns.items()}
        return Row(self.numbers[place], {name: value for name, value in said.items() if value is not NOT_READ})


class Counts(NamedTuple):
    """How many rows of a file were new, changed what was stored, or said the same again; what a full list withdrew."""

    new: int
    changed: int
    unchanged: int
    which: tuple[str, ...] = ()  # of those changed the first, for the report
    withdrawn: int = 0
    notices: tuple[Text, ...] = ()  # on the file as a whole


class RowFinding(NamedTuple):
    """What a check over all rows of a file found in one of them."""

    row: int
    finding: Finding


def _row_is_fine(_values: Values, _known: Known) -> Iterable[Finding]:
    return ()


def _rows_fit(_connection: Connection, _rows: Sequence[Row]) -> Iterable[RowFinding]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of file: what its rows hold, what is checked, and how they are stored.

    `translate`: how a file of another shape, such as the export of a database, becomes rows of these columns; `shape`
    says then what file that is, and `signs` are headers, or names in JSON, by which it is known. Without them the file
    is a table of the columns itself. `in_bulk`: they come by the hundred thousand, and are read by columns (`check_row`
    changes no value then).
    """

    key: str
    name: Text
    identity: tuple[str, ...]  # the columns that together name a row; twice in one file is refused
    columns: tuple[Column, ...]
    store: Callable[[Connection, Rows, int, Progress], Counts]
    check_row: Callable[[Values, Known], Iterable[Finding]] = _row_is_fine
    check_together: Callable[[Connection, Sequence[Row]], Iterable[RowFinding]] = _rows_fit
    translate: Callable[[Path, Known, Remarks, Progress], Iterator[TextRow]] | None = None
    shape: Text | None = None
    signs: frozenset[str] = frozenset()
    in_bulk: bool = False
