"""CSV as rows of text: strict, UTF-8 or CP932, nothing guessed about what a cell means."""

import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path

from data_access.imports.csv_encoding import CP932, encoding_of
from data_access.imports.text_rows import Progress, TextRow, UnreadableError, within_limits
from vocabulary.text import Text

_ROWS_PER_REPORT = 1_000


def csv_rows(path: Path, notice: Callable[[Text], None], progress: Progress) -> Iterator[TextRow]:
    """The rows of a CSV file, header first."""
    encoding = encoding_of(path)
    if encoding == CP932:
        notice(
            Text(
                "The file is not UTF-8; it was read as CP932 (Shift_JIS).",
                "UTF-8 ではないため CP932（Shift_JIS）として読みました。",
            )
        )
    return within_limits(_rows(path, encoding, progress))


def _rows(path: Path, encoding: str, progress: Progress) -> Iterator[TextRow]:
    size = path.stat().st_size or 1
    number = 0
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=encoding, newline="") as file:
        table = csv.reader(file, strict=True)
        try:
            for number, cells in enumerate(table, start=1):
                if number % _ROWS_PER_REPORT == 0:
                    progress(min(1.0, raw.tell() / size))
                if number == 1 or any(cell and not cell.isspace() for cell in cells):
                    yield TextRow(number, cells)
        except csv.Error as error:
            raise UnreadableError(
                f"Row {number + 1} is not CSV: {error}. Accepted: commas between cells, quotes inside quotes doubled.",
                f"{number + 1} 行目が CSV ではありません。カンマで区切り、中の引用符は二重にしてください。",
                row=number + 1,
            ) from None
