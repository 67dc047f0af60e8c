"""How long 100,000 rows take, checked and stored, beside pandas that checks nothing; and what others wait meanwhile.

The rows are the demonstration's own activities, written back as a file and given new ids until there are enough.
`pandas.read_csv` and `to_sql` put the same file into a new SQLite database, as one table without an index.
"""

import csv
import itertools
import multiprocessing
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sqlalchemy import create_engine

from benchmarks import scaled
from benchmarks.bars import Line, times
from benchmarks.browsing import browse
from benchmarks.starting import imported
from data_access.engine import connect
from data_access.exports import table_of
from data_access.imports import store_file
from data_access.matching import matcher
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
        pairs = [[_apart(way, url, folder) for way in (_with_pandas, _with_us)] for _ in range(TIMES)]
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


Way = Callable[[str, Path], float]


def _apart(way: Way, url: str, folder: Path) -> Taken:
    """What it takes in a process of its own, on a database of its own."""
    database = scaled.copy_of(url, folder / "copy.db")
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_timed, args=(way, database, folder / FILE, there))
    process.start()
    there.close()  # so that a process that fails is noticed
    taken: Taken = here.recv()
    process.join()
    return taken


def _timed(way: Way, url: str, file: Path, pipe: Pipe) -> None:
    start = _computed()
    seconds = way(url, file)
    pipe.send(Taken(seconds, _computed() - start, _peak()))


def _peak() -> float:
    """The most megabytes of this process; what `getrusage` says is also of the one that it was forked off."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def _computed() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _with_pandas(_url: str, file: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'pandas.db'}")
        start = time.perf_counter()
        pd.read_csv(file, low_memory=False).to_sql("activities", engine, index=False)
        return time.perf_counter() - start


def _with_us(url: str, file: Path) -> float:
    """As in a server that has matched a name before."""
    matcher().match("Tohoku University", "JP")
    start = time.perf_counter()
    report = store_file(connect(url), "activities", file, indicators={})
    if report.status != "stored":
        raise RuntimeError(f"{report.status}: {report.remarks[:3]}")
    return time.perf_counter() - start


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
