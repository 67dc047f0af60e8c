"""A filter never seen before, by department and year: one chart of ours beside the same of six engines.

One flat table, so that nothing but the filter and the grouping is timed: one count, eleven sums, two distinct counts.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.bars import Line, milliseconds, times
from benchmarks.peers import environment
from benchmarks.peers.flat import QUESTIONS, expressions
from benchmarks.peers.flat import asked as asked_flat
from benchmarks.peers.protocol import Answer, answered

HERE, THERE = "benchmarks.peers.filters_here", "benchmarks.peers.filters_there"
CLOSE = 1e-9
PATIENCE = 600.0  # seconds for one of them


def measure(database: str, size: int = 1_000_000, patience: float = PATIENCE) -> Iterator[str]:
    """The lines: the median of five filters for each question, on a flat table of so many activities."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arguments = (str(size), database)
        try:
            environment.run(sys.executable, HERE, name, "ours", *arguments, seconds=patience)
        except (RuntimeError, TimeoutError) as error:
            yield str(Line(1, f"a filter at {size:,}", "failed", str(error)[:60]))
            return
        ours = answered(folder, "ours")
        for peer in ("DuckDB", "Polars", "pandas", "SQLite", "PostgreSQL"):
            try:
                if peer in ("SQLite", "PostgreSQL"):
                    environment.run(sys.executable, HERE, name, peer, *arguments, seconds=patience)
                else:
                    environment.run(environment.python(), THERE, name, peer, seconds=patience)
                yield from map(str, beside(peer, ours, answered(folder, peer), folder, size))
            except (RuntimeError, TimeoutError) as error:
                yield str(Line(1, f"a filter beside {peer}", "", f"not measured: {str(error)[:60]}"))


def beside(peer: str, ours: Answer, theirs: Answer, folder: Path, size: int) -> Iterator[Line]:
    """A line for each question that the peer answered; what differs is told."""
    added = asked_flat(folder)["added"]
    for question in QUESTIONS:
        if question not in theirs.seconds:
            continue
        names = [name for name in theirs.figures if name.rpartition(" ")[0] in expressions(question, added)]
        same = all(np.allclose(ours.figures[name], theirs.figures[name], rtol=CLOSE, atol=CLOSE) for name in names)
        mine, other = ours.seconds[question], theirs.seconds[question]
        told = f"{peer} {theirs.version} {milliseconds(other)}, {times(mine, other)}"
        what = f"{size:,} flat: {question}, new filter; {'equal' if same else 'DIFFERENT'}"
        yield Line(1, what, milliseconds(mine), told)
