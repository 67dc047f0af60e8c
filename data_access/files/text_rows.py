"""A row of text, the limits of a file, and the refusal of one that cannot be read."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vocabulary.text import Text

MOST_ROWS = 500_000
MOST_COLUMNS = 100
MOST_CELLS = 10_000_000
LONGEST_CELL = 32_767  # what Excel allows, too

Progress = Callable[[float], None]
Notice = Callable[[Text], None]


class TextRow(NamedTuple):
    """One row as text, before any typing. The first of a table is its header."""

    number: int
    cells: list[str]


class Uncalculated(str):
    """The text of a cell whose formula was saved without its result."""

    __slots__ = ()


class Dated(str):
    """The text of a cell that a workbook holds as a day, and not as text."""

    __slots__ = ()


class UnreadableError(Exception):
    """A file that cannot be read as what it claims to be; says where and what is accepted."""

    def __init__(self, en: str, ja: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        super().__init__(en)
        self.message = Text(en, ja)
        self.row, self.column, self.value = row, column, value


def within_limits(rows: Iterator[TextRow]) -> Iterator[TextRow]:
    """The same rows, as long as the file keeps to a sane size."""
    cells = 0
    for row in rows:
        if row.number > MOST_ROWS:
            raise UnreadableError(
                f"The file reaches row {row.number:,}. Accepted: at most {MOST_ROWS:,} rows; split the file.",
                f"{row.number:,} 行目まであります。使えるのは {MOST_ROWS:,} 行までです。ファイルを分けてください。",
                row=row.number,
            )
        if len(row.cells) > MOST_COLUMNS:
            raise UnreadableError(
                f"Row {row.number} has {len(row.cells):,} cells. Accepted: at most {MOST_COLUMNS} columns.",
                f"{row.number} 行目に {len(row.cells):,} 個のセルがあります。使えるのは {MOST_COLUMNS} 列までです。",
                row=row.number,
            )
        cells += len(row.cells)
        if cells > MOST_CELLS:
            raise UnreadableError(
                f"The file has more than {MOST_CELLS:,} cells by row {row.number:,}. Accepted: fewer; split the file.",
                f"{row.number:,} 行目までに {MOST_CELLS:,} セルを超えています。ファイルを分けてください。",
                row=row.number,
            )
        yield row
