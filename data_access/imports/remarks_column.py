"""The column of remarks that the monitor adds to a refused file: its header, and a file read again without it."""

import re
from collections.abc import Iterator
from itertools import chain

from data_access.files.text_rows import TextRow
from data_access.imports.cells import folded
from vocabulary.text import Text

REMARKS = Text("Import remarks", "取り込みの指摘")
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")  # what a spreadsheet may take for a formula, escaped or not
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+(?:[eE][+-]?\d+)?", re.ASCII)


def is_remarks(header: str) -> bool:
    """Whether a header is that of the monitor's remarks; what is said of the whole file may stand below its words."""
    return folded(header.strip().partition("\n")[0].strip()) in {folded(name) for name in REMARKS}


def escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before one that it could."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def without_remarks(rows: Iterator[TextRow], *, are_escaped: bool) -> Iterator[TextRow]:
    """The rows of a file as they were before the monitor added its remarks; a file without remarks as it is.

    `are_escaped`: whether the monitor wrote an apostrophe before what could be a formula, as it does in CSV.
    """
    header = next(rows, None)
    if header is None:
        return
    places = [place for place, cell in enumerate(header.cells) if is_remarks(cell)]
    if not places:
        yield header
        yield from rows
        return
    for number, cells in chain([header], rows):
        left = [cell for place, cell in enumerate(cells) if place != places[-1]]
        if any(cell.strip() for cell in left):  # a row of nothing but a remark is blank
            yield TextRow(number, [_unescaped(cell) for cell in left] if are_escaped else left)


def _unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and escaped(cell[1:]) == cell else cell
