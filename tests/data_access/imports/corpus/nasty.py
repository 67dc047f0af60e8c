"""One nasty file of the corpus, and the tables that most of them are made of."""

from collections.abc import Sequence
from typing import NamedTuple

HEADER = ("record_id", "activity_type", "title", "start_date", "departments", "people_count")
GOOD = ("R1", "publication", "A paper", "2025-04-01", "ENG", "3")
SECOND = ("R2", "publication", "Another paper", "2025-04-02", "SCI", "5")


class Nasty(NamedTuple):
    """A file as it comes: its name, its bytes, and as which kind it is imported."""

    file_name: str
    content: bytes
    kind: str = "activities"


def lines(*rows: Sequence[str], end: str = "\r\n", separator: str = ",") -> str:
    """Rows as they are typed, without any quotation marks."""
    return "".join(separator.join(row) + end for row in rows)


def csv(*rows: Sequence[str], encoding: str = "utf-8", end: str = "\r\n", separator: str = ",") -> Nasty:
    return Nasty("file.csv", lines(*rows, end=end, separator=separator).encode(encoding))


def good_but(**cells: str) -> tuple[str, ...]:
    """The good row with other cells: `good_but(title="NA")`."""
    return tuple(cells.get(name, cell) for name, cell in zip(HEADER, GOOD, strict=True))
