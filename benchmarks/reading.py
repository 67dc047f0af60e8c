"""How files are read: how soon the nasty ones are refused and in how much memory, and whether a mutated one lies.

`python -m benchmarks.reading` prints it alone.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.machine import HOME
from tests.data_access.files.meaning import known_for, tally
from tests.data_access.files.workbooks import book, cell, sheet
from tests.data_access.imports.corpus.nasty import HEADER
from tests.data_access.imports.corpus.outcomes import corpus

MUTATIONS = 2_500  # of each format
ROWS = 100_000
SMALL_FILES = 20


# Runs with nothing but the reader: what a process has taken before it becomes another one counts for that one, too.
_RUNNER = """
import json, os, resource, sys, time
sys.path.insert(0, sys.argv[1])
from data_access.files.guarded import messages
from data_access.files.text_rows import UnreadableError
for name, ending in json.load(sys.stdin):
    began, rows = time.perf_counter(), 0
    with open(name, "rb") as file:
        try:
            for message in messages(file, ending):
                rows += len(message.get("rows", ()))
            how = "read"
        except UnreadableError:
            how = "refused"
    print(json.dumps([how, rows, time.perf_counter() - began]))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
"""
_ENDINGS = (".jsonl.gz", ".jsonl", ".json", ".csv", ".xlsx")


class Reading(NamedTuple):
    """How one file was read."""

    how: str
    rows: int
    seconds: float


def measure() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        small = [_written(home, f"small{n}.csv", ",".join(HEADER).encode()) for n in range(SMALL_FILES)]
        taken = [one.seconds for one in _readings(small)[0]]
        yield f"a small file is read in {median(taken):.3f} s, its process included (median of {SMALL_FILES})"
        yield _corpus(home)
        for ending, content in ((".csv", _csv()), (".xlsx", _xlsx())):
            (found,), peak = _readings([_written(home, f"large{ending}", content)])
            size = f"{len(content) >> 20} MB of {ending[1:]}"
            yield f"{found.rows:,} rows in {size} are read in {found.seconds:.1f} s, at most {peak} MB in the process"
        known = known_for(home / "mutations.db")
        for ending in (".csv", ".xlsx"):
            of = tally(known, ending, range(MUTATIONS))
            yield (
                f"{MUTATIONS:,} mutations of a good {ending}: {of.refused:,} refused, {of.accepted:,} accepted, "
                f"accepted but different {len(of.different)}"
            )
            yield from of.different


class CorpusRead(NamedTuple):
    """How the nasty files were read: how many, how many not at all, the slowest, the median, the most megabytes."""

    files: int
    refused: int
    longest: float
    slowest: str
    median: float
    peak: int


def corpus_read(home: Path) -> CorpusRead:
    """Every file of the corpus, from the start of its process to its last row or its refusal."""
    files = {name: nasty for name, nasty in corpus().items() if nasty.file_name.endswith(_ENDINGS)}
    found, peak = _readings([_written(home, f"{n}{x.file_name}", x.content) for n, x in enumerate(files.values())])
    seconds = [one.seconds for one in found]
    longest, slowest = max(zip(seconds, files, strict=True))
    return CorpusRead(len(files), sum(one.how == "refused" for one in found), longest, slowest, median(seconds), peak)


def _corpus(home: Path) -> str:
    read = corpus_read(home)
    return (
        f"{read.files} nasty files: {read.refused} cannot be read, the others are checked cell by cell; the slowest "
        f"takes {read.longest:.2f} s ({read.slowest}), the median {read.median:.3f} s; "
        f"at most {read.peak} MB in the process that reads"
    )


def _readings(paths: Sequence[Path]) -> tuple[list[Reading], int]:
    """How each file is read, and the most megabytes that any of the processes took."""
    request = json.dumps([(str(path), next(end for end in _ENDINGS if path.name.endswith(end))) for path in paths])
    command = [sys.executable, "-I", "-S", "-c", _RUNNER, str(HOME)]
    done = subprocess.run(command, input=request, capture_output=True, text=True, check=True)
    *lines, peak = done.stdout.splitlines()
    return [Reading(*json.loads(line)) for line in lines], int(peak)


def _written(home: Path, name: str, content: bytes) -> Path:
    path = home / name
    path.write_bytes(content)
    return path


def _rows() -> Iterator[Sequence[str]]:
    yield HEADER
    for number in range(ROWS):
        yield (
            f"R{number}",
            "publication",
            f"東北大学の論文 {number}",
            "2025-04-01",
            "ENG:0.5;SCI:0.5",
            str(number % 9),
        )


def _csv() -> bytes:
    with tempfile.TemporaryFile("w+", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_rows())
        file.seek(0)
        return file.read().encode()


def _xlsx() -> bytes:
    rows = (
        f'<row r="{n}">{"".join(cell(f"{letter}{n}", text) for letter, text in zip("ABCDEF", row, strict=True))}</row>'
        for n, row in enumerate(_rows(), start=1)
    )
    return book(sheet("".join(rows)))


if __name__ == "__main__":
    for line in measure():
        print(line, flush=True)
