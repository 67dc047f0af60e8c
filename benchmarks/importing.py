"""How long 100,000 rows take, checked and stored, beside pandas that checks nothing; and what others wait meanwhile.

The rows are the demonstration's own activities, written back as a file and given new ids until there are enough.
`pandas.read_csv` and `to_sql` put the same file into a new SQLite database, as one table without an index.
"""

import csv
import itertools
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from benchmarks import scaled
from benchmarks.bars import Line, times
from benchmarks.browsing import browse
from benchmarks.machine import HOME
from benchmarks.starting import imported
from data_access.engine import connect
from data_access.exports import table_of
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests import serving

ROWS = 100_000
PER_SECOND, AT_MOST, MEGABYTES, STALLED = 20_000, 2.0, 500, 0.500
READERS, THINK = 5, 1.0
FILE = "again.csv"
NEW = {"record_id": "again {}", "source": "imported again"}
TIMES = 3  # the fastest of each counts


class Taken(NamedTuple):
    """What one way of storing a file took; of the process that reads the file for it only the computing counts."""

    seconds: float
    computing: float  # seconds of processors
    megabytes: float


def measure(url: str, rows: int = ROWS) -> Iterator[str]:
    """The lines; an SQLite database is copied for each import."""
    if not url.startswith("sqlite"):
        yield "importing: measured on SQLite only"
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_again(url, folder / FILE, rows)
        pairs = [[_apart(way, url, folder) for way in ("pandas", "ours")] for _ in range(TIMES)]
        pandas, ours = (min(taken, key=lambda one: one.seconds) for taken in zip(*pairs, strict=True))
        yield from map(str, _bars(rows, pandas, ours))
        yield str(_readers(url, folder, rows))


def _bars(rows: int, pandas: Taken, ours: Taken) -> Iterator[Line]:
    what, speed = f"import of {rows:,} rows", rows / ours.seconds
    beside = f"{ours.computing:.1f} s of processors"
    fast = speed >= PER_SECOND
    yield Line(5, f"{what}, checked and stored", f"{speed:,.0f} rows/s", beside, f"{PER_SECOND:,} or more", fast)
    ratio = f"pandas {pandas.seconds:.1f} s: {times(ours.seconds, pandas.seconds)}"
    met = ours.seconds <= AT_MOST * pandas.seconds
    yield Line(5, f"{what}, beside read_csv and to_sql", f"{ours.seconds:.1f} s", ratio, f"at most {AT_MOST:.0f}x", met)
    beside = f"pandas {pandas.megabytes:,.0f} MB"
    small = ours.megabytes < MEGABYTES
    yield Line(5, f"{what}, memory at its peak", f"{ours.megabytes:,.0f} MB", beside, f"under {MEGABYTES} MB", small)


def write_again(url: str, file: Path, rows: int) -> None:
    """The activities of a database as a file that can be imported beside them."""
    engine = connect(url)
    header, *held = table_of(Records(engine, WHOLE_UNIVERSITY), "activities")
    engine.dispose()
    with file.open("w", newline="", encoding="utf-8") as opened:
        written = csv.writer(opened)
        written.writerow(header)
        for number, row in enumerate(itertools.islice(itertools.cycle(held), rows)):
            texts = dict(zip(header, row, strict=True)) | {name: said.format(number) for name, said in NEW.items()}
            written.writerow(texts.values())


def _apart(way: str, url: str, folder: Path) -> Taken:
    """What it takes in a process of its own, on a database of its own."""
    database = scaled.copy_of(url, folder / "copy.db")
    command = [sys.executable, "-m", "benchmarks.importing_apart", way, database, str(folder / FILE)]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return Taken(*json.loads(done.stdout))


def _readers(url: str, folder: Path, rows: int) -> Line:
    """What readers wait for a change of a filter while the rows come in by another process."""
    copy = scaled.copy_of(url, folder / "read.db")
    with serving.monitor(copy, folder) as server, ThreadPoolExecutor(1) as pool:
        browse(server.address, [{}], READERS, THINK * 5, think=THINK)  # so that nothing is counted the first time
        over = threading.Event()
        browsing = pool.submit(browse, server.address, [{}], READERS, 3600, think=THINK, over=over)
        imported(folder / FILE, copy)
        over.set()
        browsed = browsing.result()
    beside = f"{len(browsed.seconds)} changes, errors {len(browsed.errors)}"
    met = browsed.p95 < STALLED and not browsed.errors
    said, promised = f"p95 of {READERS} readers while {rows:,} rows come in", f"under {STALLED:.1f} s, 0 errors"
    return Line(4, said, f"{browsed.p95:.2f} s", beside, promised, met)
