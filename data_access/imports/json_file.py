"""OpenAlex files as works: one object with `results`, a list, a single work, or one work per line (also gzipped)."""

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from io import BufferedIOBase
from pathlib import Path
from typing import NoReturn

from data_access.imports.text_rows import MOST_ROWS, Progress, UnreadableError

MOST_BYTES = 256 << 20  # of a file that has to be read in one piece
_MEGABYTES = 32
MOST_BYTES_PER_LINE = _MEGABYTES << 20
_ROWS_PER_REPORT = 100

Work = dict[str, object]


def works_of(path: Path, progress: Progress) -> Iterator[tuple[int, Work]]:
    """The works of a file, each with its line, or its place in the list counted from 1. Raises `UnreadableError`."""
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".ndjson")):
        yield from _by_line(path, progress)
    elif name.endswith(".json"):
        whole = _in_one_piece(path)
        yield from _by_line(path, progress) if whole is None else _numbered(whole)
    else:
        raise UnreadableError(
            f"{path.name} is not a file of works. Accepted: .json, .jsonl and .jsonl.gz as OpenAlex gives them.",
            f"{path.name} は論文ファイルではありません。使えるのは OpenAlex の .json、.jsonl、.jsonl.gz です。",
            value=path.name,
        )


def _in_one_piece(path: Path) -> list[object] | None:
    """The works of a JSON document; nothing when the file holds one document per line."""
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableError(
            f"The file is larger than {MOST_BYTES >> 20} MB. Accepted: larger ones as .jsonl, one work per line.",
            f"{MOST_BYTES >> 20} MB を超えています。大きいファイルは 1 行 1 論文の .jsonl にしてください。",
        )
    text = _decoded(path.read_bytes(), None)
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


def _by_line(path: Path, progress: Progress) -> Iterator[tuple[int, Work]]:
    size = path.stat().st_size or 1
    zipped = path.suffix.lower() == ".gz"
    with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) if zipped else nullcontext(raw) as file:
        for number, line in enumerate(_lines(file), start=1):
            if number % _ROWS_PER_REPORT == 0:
                progress(min(1.0, raw.tell() / size))
            if line.strip():
                try:
                    work = _parsed(_decoded(line, number))
                except json.JSONDecodeError as error:
                    raise _not_json(error.msg, number) from None
                yield number, _work(work, number)


def _lines(file: BufferedIOBase) -> Iterator[bytes]:
    number = 0
    try:
        while line := file.readline(MOST_BYTES_PER_LINE + 1):
            number += 1
            if len(line) > MOST_BYTES_PER_LINE or number > MOST_ROWS:
                raise UnreadableError(
                    f"Line {number} is beyond the limit. Accepted: {MOST_ROWS:,} lines of {_MEGABYTES} MB.",
                    f"{number} 行目が上限を超えています。使えるのは {MOST_ROWS:,} 行、1 行 {_MEGABYTES} MB までです。",
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
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise json.JSONDecodeError("nested too deeply", text[:1], 0) from None
    except json.JSONDecodeError:
        raise
    except ValueError as error:  # a number of thousands of digits
        raise json.JSONDecodeError(str(error), text[:1], 0) from None


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
