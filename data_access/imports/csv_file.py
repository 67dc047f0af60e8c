"""CSV as rows of text: strict, UTF-8 or CP932, nothing guessed about what a cell means."""

import csv
import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from data_access.imports.text_rows import Progress, TextRow, UnreadableError, within_limits
from vocabulary.text import Text

_ENCODINGS = ("utf-8-sig", "cp932")
_CHUNK = 1 << 20
_NOT_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")  # Python's codec lets these single bytes pass
_ROWS_PER_REPORT = 1_000


def csv_rows(path: Path, notice: Callable[[Text], None], progress: Progress) -> Iterator[TextRow]:
    """The rows of a CSV file, header first."""
    encoding = _encoding(path)
    if encoding == "cp932":
        notice(
            Text(
                "The file is not UTF-8; it was read as CP932 (Shift_JIS).",
                "UTF-8 ではないため CP932（Shift_JIS）として読みました。",
            )
        )
    return within_limits(_rows(path, encoding, progress))


def _encoding(path: Path) -> str:
    """The first encoding in which the whole file can be read."""
    for encoding in _ENCODINGS:
        decoder = getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                pieces = (decoder.decode(chunk, final=not chunk) for chunk in _chunks(file))
                fits = not any(encoding == "cp932" and _NOT_CP932.search(piece) for piece in pieces)
        except UnicodeDecodeError:
            continue
        if fits:
            return encoding
    raise UnreadableError(
        "The file is neither UTF-8 nor CP932 text. Accepted: CSV saved as UTF-8 or CP932 (Shift_JIS).",
        "UTF-8 でも CP932 でもありません。使えるのは UTF-8 または CP932（Shift_JIS）で保存した CSV です。",
    )


def _chunks(file: BufferedReader) -> Iterator[bytes]:
    """The file in pieces, the last of them empty."""
    while chunk := file.read(_CHUNK):
        yield chunk
    yield b""


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
