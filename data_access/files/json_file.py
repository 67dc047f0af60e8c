"""OpenAlex files as works: one object with `results`, a list, a single work, or one work per line (also gzipped)."""

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from io import BufferedIOBase
from math import isfinite
from typing import BinaryIO, NoReturn

from data_access.files.text_rows import MOST_ROWS, Progress, UnreadableError
from data_access.files.what_it_is import refuse_what_is_no_list

_MEGABYTES = 64
MOST_BYTES = _MEGABYTES << 20  # of a file that has to be read in one piece
_MEGABYTES_PER_LINE = 16
MOST_BYTES_PER_LINE = _MEGABYTES_PER_LINE << 20
MOST_UNPACKED = 4 << 30
_MOST_TIMES = 100  # what a packed file may unpack to, once it is beyond a size that harms nobody; JSON is 5 to 20
_HARMLESS = 64 << 20
_PIECE = 1 << 20
_ROWS_PER_REPORT = 100
_GZIP = b"\x1f\x8b"

Work = dict[str, object]


def works_in(file: BinaryIO, ending: str, progress: Progress) -> Iterator[tuple[int, Work]]:
    """The works of a file, each with its line, or its place in the list counted from 1. Raises `UnreadableError`."""
    packed = ending.endswith(".gz")
    refuse_what_is_no_list(file, packed=_GZIP if packed else b"")
    if ending != ".json":
        yield from _by_line(file, packed, progress)
    else:
        whole = _in_one_piece(file)
        yield from _by_line(file, packed, progress) if whole is None else _numbered(whole)


def _in_one_piece(file: BinaryIO) -> list[object] | None:
    """The works of a JSON document; nothing when the file holds one document per line."""
    if file.seek(0, 2) > MOST_BYTES:
        raise UnreadableError(
            f"The file is larger than {_MEGABYTES} MB. Accepted: larger ones as .jsonl, one work per line.",
            f"{_MEGABYTES} MB を超えています。大きいファイルは 1 行 1 論文の .jsonl にしてください。",
        )
    file.seek(0)
    text = _decoded(file.read(), None)
    try:
        document = _parsed(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return None
        raise _not_json(error.msg, error.lineno) from None
    if isinstance(document, dict):
        document = document.get("results", [document])
    if not isinstance(document, list):
        raise _not_json("no list of works", 1)
    return document


def _numbered(works: list[object]) -> Iterator[tuple[int, Work]]:
    for number, work in enumerate(works, start=1):
        yield number, _work(work, number)


def _by_line(raw: BinaryIO, packed: bool, progress: Progress) -> Iterator[tuple[int, Work]]:
    size = raw.seek(0, 2) or 1
    raw.seek(0)
    if packed:
        _refuse_if_larger(raw, min(MOST_UNPACKED, max(_HARMLESS, _MOST_TIMES * size)))
    with gzip.GzipFile(fileobj=raw) if packed else nullcontext(raw) as file:
        for number, line in enumerate(_lines(file), start=1):
            if number % _ROWS_PER_REPORT == 0:
                progress(min(1.0, raw.tell() / size))
            if line.strip():
                try:
                    work = _parsed(_decoded(line, number))
                except json.JSONDecodeError as error:
                    raise _not_json(error.msg, number) from None
                yield number, _work(work, number)


def _refuse_if_larger(raw: BinaryIO, most: int) -> None:
    """Unpacks the file once without looking at it, which takes a small part of the time of reading it."""
    unpacked = 0
    with (
        gzip.GzipFile(fileobj=raw) as file,
        suppress(EOFError, gzip.BadGzipFile, zlib.error),
    ):  # told with its line below
        while piece := file.read(_PIECE):
            unpacked += len(piece)
            if unpacked > most:
                raise UnreadableError(
                    f"The file unpacks to more than {most >> 20:,} MB. Accepted: less; split the file.",
                    f"展開すると {most >> 20:,} MB を超えます。ファイルを分けてください。",
                )
    raw.seek(0)


def _lines(file: BufferedIOBase | BinaryIO) -> Iterator[bytes]:
    number = 0
    try:
        while line := file.readline(MOST_BYTES_PER_LINE + 1):
            number += 1
            if len(line) > MOST_BYTES_PER_LINE or number > MOST_ROWS:
                raise UnreadableError(
                    f"Line {number} is beyond the limit. Accepted: {MOST_ROWS:,} lines of {_MEGABYTES_PER_LINE} MB.",
                    f"{number} 行目が上限を超えています。"
                    f"使えるのは {MOST_ROWS:,} 行、1 行 {_MEGABYTES_PER_LINE} MB までです。",
                    row=number,
                )
            yield line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableError(
            f"The file cannot be unpacked after line {number} ({error}). Accepted: a complete gzip file.",
            f"{number} 行目より先を展開できません（{error}）。使えるのは完全な gzip ファイルです。",
            row=number,
        ) from None


def _decoded(content: bytes, row: int | None) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(
            "The file is not UTF-8. Accepted: JSON in UTF-8.",
            "UTF-8 ではありません。使えるのは UTF-8 の JSON です。",
            row=row,
        ) from None


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError:
        raise json.JSONDecodeError("nested too deeply", text[:1], 0) from None
    except json.JSONDecodeError:
        raise
    except ValueError:  # Python makes no number of thousands of digits
        raise json.JSONDecodeError("a number has too many digits", text[:1], 0) from None


def _finite(text: str) -> float:
    found = float(text)
    if not isfinite(found):
        raise json.JSONDecodeError(f"{text[:20]} is too large a number", text[:1], 0)
    return found


def _no_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is not JSON", name, 0)


def _work(work: object, number: int) -> Work:
    if not isinstance(work, dict):
        raise _not_json("a work is an object with an id", number)
    return work


def _not_json(problem: str, row: int) -> UnreadableError:
    return UnreadableError(
        f"Line {row} cannot be read as works ({problem}). Accepted: OpenAlex works as JSON.",
        f"{row} 行目を論文として読めません。使えるのは OpenAlex の論文 JSON です。",
        row=row,
    )
