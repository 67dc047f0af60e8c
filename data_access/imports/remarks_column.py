"""The column of remarks that the monitor adds to a refused file: its header, and a file read again without it."""

from collections.abc import Iterator
from itertools import chain

from data_access.files.text_rows import TextRow
from data_access.imports.cells import folded
from vocabulary.text import Text

REMARKS = Text("Import remarks", "取り込みの指摘")


def is_remarks(header: str) -> bool:
    """Whether a header is that of the monitor's remarks; what is said of the whole file may stand below its words."""
    return folded(header.strip().partition("\n")[0].strip()) in {folded(name) for name in REMARKS}


def without_remarks(rows: Iterator[TextRow]) -> Iterator[TextRow]:
    """The rows of a file as they were before the monitor added its remarks; a file without remarks as it is."""
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
            yield TextRow(number, left)
