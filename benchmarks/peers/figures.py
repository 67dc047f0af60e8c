"""Every indicator x department x year: ours beside DuckDB, Polars and pandas, each from its own tables in memory."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.bars import Line, milliseconds, times
from benchmarks.peers import environment
from benchmarks.peers.protocol import Answer, answered, asked
from benchmarks.peers.questions import compared
from metrics.catalogue import INDICATORS

HERE = "benchmarks.peers.figures_here"
PEERS = {name: f"benchmarks.peers.figures_in_{name.lower()}" for name in ("DuckDB", "Polars", "pandas")}
ROUNDS = 3  # the fastest counts
PATIENCE = 900.0  # seconds for one of them
CLOSE = 1e-9  # amounts are added in another order


def measure(database: str, size: int = 1_000_000, patience: float = PATIENCE) -> Iterator[str]:
    """The lines, over the demonstration in this database grown to so many activities.

    `ready`: from the records as they come to what figures are counted from. What adds up is all that is made of
    activities and amounts; `all` has what is counted once beside it. Ours tells known countries, intervals and the
    reasons for having no value as well, which peers are not asked for.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            environment.run(sys.executable, HERE, name, str(ROUNDS), str(size), database, seconds=patience)
        except (RuntimeError, TimeoutError) as error:
            yield str(Line(2, f"every indicator at {size:,}", f"failed: {error}"))
            return
        ours = answered(folder, "ours")
        every = milliseconds(ours.seconds["catalogue"])
        yield str(Line(2, f"all {len(INDICATORS)} indicators x department x year, {size:,} activities", every))
        for peer, module in PEERS.items():
            try:
                environment.run(environment.python(), module, name, str(ROUNDS), seconds=patience)
                yield from map(str, _beside(peer, ours, answered(folder, peer), folder, size))
            except (RuntimeError, TimeoutError) as error:
                yield str(Line(2, f"beside {peer} at {size:,}", "", f"not measured: {error}"))


def _beside(peer: str, ours: Answer, theirs: Answer, folder: Path, size: int) -> Iterator[Line]:
    different = differing(ours, theirs, folder)
    same = f"{len(asked(folder)['terms'])} columns equal" if not different else f"DIFFERENT: {different[:3]}"
    seconds = {**theirs.seconds, "all": theirs.seconds["added"] + theirs.seconds["distinct"]}
    promised = {("DuckDB", "all"): "no slower", ("Polars", "added"): "faster"}
    said = {"ready": "made ready", "added": "what adds up", "all": f"all {len(compared())}; {same}"}
    for step, what in said.items():
        mine, other = ours.seconds[step], seconds[step]
        bar = promised.get((peer, step), "")
        met = (mine <= other and not different) if bar else None
        beside = f"{peer} {theirs.version} {milliseconds(other)}, {times(mine, other)}"
        yield Line(2, f"{size:,}: {what}", milliseconds(mine), beside, bar, met)


def differing(ours: Answer, theirs: Answer, folder: Path) -> list[str]:
    """The columns of ours that a peer counts otherwise."""
    questions, different = asked(folder), []
    for name, terms in questions["terms"].items():
        expected = sum(sign * theirs.figures[question][:, questions["shown"]] for sign, question in terms)
        if not np.allclose(ours.figures[name], expected, rtol=CLOSE, atol=CLOSE):
            different.append(name)
    return different
