"""The cost curve: what records and links cost in memory and time, at 10^4 to 10^7 activities.

`python -m benchmarks growth --sizes 10000 100000` prints it; `--write` puts it into docs/scale.md as well.
"""

import argparse
import ctypes
import gc
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow

from benchmarks import machine, scaled
from benchmarks.bars import Line, milliseconds
from benchmarks.peers.protocol import timed
from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.tabulate import tabulate
from metrics.view import Selection
from serving.cycles import hold_memory

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
LINKS = ("activity_partners", "activity_people")
PAGE = machine.HOME / "docs" / "scale.md"
PLACE = re.compile(r"(?<=<!-- measured: begin -->\n).*?(?=<!-- measured: end -->)", re.DOTALL)
HEAD = (
    "| activities | partner and person links | all rows | ledger, s | all figures first, s | again, s "
    "| one count, new filter, ms | memory, MB | bytes an activity | bytes a row |\n"
    "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
)
NEEDS_HEAD = (
    "| | activities | partner and person links | memory, GB | ledger, s | all figures again, s |\n"
    "|---|---:|---:|---:|---:|---:|"
)
NEEDS = {
    "one large university": 100_000,
    "a consortium of 100 of them": 10_000_000,
    "OpenAlex": 250_000_000,
}
BYTES = 120  # an activity, above what the process holds without any
LEFT = 2_000  # megabytes of memory that are left to others
PATIENCE = 900.0  # seconds for one size
COUNTRIES = frozenset({"DE", "FR", "US", "TW"})


class Cost(NamedTuple):
    """What so many activities cost: rows, seconds of processor, megabytes above those of a process without any."""

    activities: int
    links: int
    rows: int
    ledger: float
    first: float
    again: float
    filtered: float
    megabytes: float

    def __str__(self) -> str:
        seconds = (f"{value:,.2f}" for value in (self.ledger, self.first, self.again))
        counts = (f"{value:,}" for value in (self.activities, self.links, self.rows))
        memory = (f"{self.megabytes:,.0f}", f"{self.bytes_each:,.0f}", f"{self.megabytes * 2**20 / self.rows:,.0f}")
        return "| " + " | ".join([*counts, *seconds, f"{self.filtered * 1000:,.1f}", *memory]) + " |"

    @property
    def bytes_each(self) -> float:
        return self.megabytes * 2**20 / self.activities


def measure(database: str, sizes: Sequence[int] = SIZES, *, write: bool = False) -> Iterator[str]:
    """The table, and whether costs grow no more than linearly; each size in a process of its own."""
    yield HEAD
    costs: list[Cost] = []
    rows = []
    for size in sizes:
        found = cost(database, size)
        rows.append(str(found))
        yield rows[-1]
        if isinstance(found, Cost):
            costs.append(found)
    if len(costs) > 1:
        needs = [NEEDS_HEAD, *(needed(what, size, costs) for what, size in NEEDS.items())]
        yield from ("", *needs)
        if write:
            parts = (
                HEAD,
                *rows,
                "",
                "What that comes to (a size that was not measured: in a line through the last two that were):",
                "",
                *needs,
            )
            said = "\n".join((*parts, "", "```", machine.description(), "```", ""))
            PAGE.write_text(PLACE.sub(lambda _: said, PAGE.read_text("utf-8")), "utf-8")
    for smaller, larger in itertools.pairwise(costs):
        grown = larger.again / smaller.again / (larger.activities / smaller.activities)
        what = f"all figures at {larger.activities:,} beside {smaller.activities:,}, by activity"
        yield str(Line(2, what, milliseconds(larger.again), f"{grown:.2f}x", "no more than linearly", grown <= 1.1))
    for one in costs[-1:]:
        what = f"memory above the base at {one.activities:,}"
        yield str(Line(2, what, f"{one.bytes_each:,.0f} B each", "", f"under {BYTES} B", one.bytes_each < BYTES))


def needed(what: str, size: int, costs: Sequence[Cost]) -> str:
    """What so many activities need: as measured, else in a line through the last two sizes."""
    smaller, larger = next(((one, one) for one in costs if one.activities == size), tuple(costs[-2:]))

    def at(small: float, large: float) -> float:
        apart = larger.activities - smaller.activities
        return large + (large - small) * (size - larger.activities) / apart if apart else large

    gigabytes = at(smaller.megabytes, larger.megabytes) / 1024
    links, ledger = at(smaller.links, larger.links), at(smaller.ledger, larger.ledger)
    figures = at(smaller.again, larger.again)
    return f"| {what} | {size:,} | {links:,.0f} | {gigabytes:,.2f} | {ledger:,.1f} | {figures:,.1f} |"


def cost(database: str, size: int) -> Cost | str:
    """What so many activities cost; or, as a row of the table, why nobody knows."""
    command = [sys.executable, "-m", "benchmarks.growth", str(size), database]
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(command, cwd=machine.HOME, stdout=said, stderr=complaints)
        stopped = _stopped(process)
        said.seek(0), complaints.seek(0)
        if process.returncode == 0:
            return Cost(*json.loads(said.read()))
        lines = complaints.read().strip().splitlines() or [f"ended with code {process.returncode}"]
        return f"| {size:,} | {stopped or lines[-1][:100]} |"


def _stopped(process: "subprocess.Popen[bytes]") -> str:
    """Wait for the process; why it was stopped where it takes too long, or more memory than others can do without."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None:
        why = ""
        if _available() < LEFT:
            why = f"does not fit: {machine.memory(process.pid):,.0f} MB taken, {_available():,} MB left"
        elif time.monotonic() > end:
            why = f"not done within {PATIENCE:,.0f} s"
        if why:
            process.kill()
            process.wait()
            return why
        time.sleep(0.2)
    return ""


def main() -> None:
    """Of the process that measures one size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("database")
    options = parser.parse_args()
    hold_memory()  # as the server does
    print(json.dumps(_cost(scaled.frames_of(options.database), options.size)))


def _cost(small: scaled.Frames, size: int) -> Cost:
    base = _memory()
    frames = scaled.grown(small, size)
    links = sum(len(frames[name]) for name in LINKS)
    rows = size + sum(len(frames[name]) for name in scaled.LINKS)
    start = time.process_time()
    ledger = Ledger.of(frames)
    making = time.process_time() - start
    del frames
    first, again = (_used(ledger) for _ in range(2))
    narrowed = Selection(countries=COUNTRIES)
    filtered, _ = timed(lambda: tabulate(ledger, [INDICATORS["publications"]], selection=narrowed))
    return Cost(size, links, rows, making, first, again, filtered, _memory() - base)


def _used(ledger: Ledger) -> float:
    """Seconds of processor for every figure of the catalogue."""
    start = time.process_time()
    tabulate(ledger, INDICATORS.values())
    return time.process_time() - start


def _memory() -> float:
    """Megabytes that this process holds once what is free is given back."""
    gc.collect()
    pyarrow.default_memory_pool().release_unused()  # texts of tables that are gone
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return machine.memory("self")


def _available() -> int:
    """Megabytes that processes can still take without others being swapped out."""
    for line in Path("/proc/meminfo").read_text("ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) >> 10
    raise RuntimeError("/proc/meminfo does not say what is available")


if __name__ == "__main__":
    main()
