"""How files are read: how soon the nasty ones are refused and in how much memory, and whether a mutated one lies.

`python -m benchmarks.reading` prints it alone; `make bench` runs that in a process of its own, so that no other child
counts for the memory.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from data_access.files.text_rows import UnreadableError
from data_access.imports.files import rows_of, works_of
from tests.data_access.files.meaning import known_for, tally
from tests.data_access.files.workbooks import book, cell, sheet
from tests.data_access.imports.corpus.nasty import GOOD, HEADER, Nasty
from tests.data_access.imports.corpus.outcomes import corpus

MUTATIONS = 2_500  # of each format
ROWS = 100_000
SMALL_FILES = 20


def measure() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        yield f"a small file is read in {_small(home):.3f} s (the process for it included; median of {SMALL_FILES})"
        yield _corpus(home)
        for ending, content in ((".csv", _csv()), (".xlsx", _xlsx())):
            path = home / f"large{ending}"
            path.write_bytes(content)
            yield f"{ROWS:,} rows of {path.suffix} ({len(content) >> 20} MB) are read in {_seconds(path):.1f} s"
        yield f"most memory of any process that reads: {_peak()} MB"
        known = known_for(home / "mutations.db")
        for ending in (".csv", ".xlsx"):
            found = tally(known, ending, range(MUTATIONS))
            yield (
                f"{MUTATIONS:,} mutations of a good {ending}: {found.refused:,} refused, {found.accepted:,} accepted, "
                f"accepted but different {len(found.different)}"
            )
            yield from found.different


def _corpus(home: Path) -> str:
    """Every file of the corpus, from its first byte to its last row or its refusal."""
    seconds, refused = {}, 0
    files = corpus()
    for name, nasty in files.items():
        path = home / nasty.file_name
        path.write_bytes(nasty.content)
        started = time.perf_counter()
        refused += not _read(path, nasty)
        seconds[name] = time.perf_counter() - started
    slowest = max(seconds, key=lambda name: seconds[name])
    return (
        f"{len(files)} nasty files: {refused} cannot be read, the others are checked row by row; the slowest takes "
        f"{seconds[slowest]:.2f} s ({slowest}), the median {median(seconds.values()):.3f} s; "
        f"at most {_peak()} MB in the process that reads"
    )


def _read(path: Path, nasty: Nasty) -> bool:
    try:
        if nasty.kind == "works":
            for _ in works_of(path, lambda _done: None):
                pass
        else:
            _seconds(path)
    except UnreadableError:
        return False
    return True


def _seconds(path: Path) -> float:
    started = time.perf_counter()
    for _ in rows_of(path, (), lambda _text: None, lambda _done: None):
        pass
    return time.perf_counter() - started


def _small(home: Path) -> float:
    path = home / "small.csv"
    path.write_text(",".join(HEADER) + "\n" + ",".join(GOOD) + "\n")
    return median(_seconds(path) for _ in range(SMALL_FILES))


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


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10


def in_a_process_of_its_own() -> Iterator[str]:
    """The same lines, for a process that has other children."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.reading"], capture_output=True, text=True, check=True)
    yield from done.stdout.splitlines()


if __name__ == "__main__":
    for line in measure():
        print(line, flush=True)
