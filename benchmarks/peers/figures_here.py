"""Every figure here: grows the demonstration, writes its records and the questions for peers, answers them itself.

`python -m benchmarks.peers.figures_here FOLDER TIMES SIZE DATABASE`, where the database holds the demonstration.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from pandas import DataFrame

from benchmarks import scaled
from benchmarks.peers.protocol import Floats, answer, put, timed
from benchmarks.peers.questions import adds_up, compared, questions, tables
from metrics.catalogue import INDICATORS
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.tabulate import tabulate


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("times", type=int)
    parser.add_argument("size", type=int)
    parser.add_argument("database")
    options = parser.parse_args()
    frames = scaled.grown(scaled.frames_of(options.database), options.size)
    seconds, found = answers(frames, options.folder, options.times)
    answer(options.folder, "ours", "", seconds, found)


def answers(frames: scaled.Frames, folder: Path, times: int) -> tuple[dict[str, float], dict[str, Floats]]:
    """Seconds of each step, and numerators and denominators, units x years shown.

    `ready` is the ledger with all that is kept of it once a first figure of each kind was asked for.
    """
    asked = compared()
    making, ledger = timed(lambda: Ledger.of(frames))
    first, table = timed(lambda: tabulate(ledger, asked))
    seconds = {}
    for name, indicators in {
        "added": [one for one in asked if adds_up(one)],
        "all": asked,
        "catalogue": tuple(INDICATORS.values()),
    }.items():
        seconds[name], _ = timed(_figures(ledger, indicators), times)
    seconds["ready"] = making + max(first - seconds["all"], 0)
    put(folder, tables(ledger), asked=questions(ledger))
    return seconds, _by_name(table, asked, len(ledger.units))


def _figures(ledger: Ledger, indicators: Sequence[Indicator]) -> Callable[[], DataFrame]:
    return lambda: tabulate(ledger, indicators)


def _by_name(table: DataFrame, indicators: Sequence[Indicator], units: int) -> dict[str, Floats]:
    """The two counted columns of each indicator, units x fiscal years."""
    of = dict(list(table.groupby("indicator", sort=False)))
    return {
        f"{indicator.key} {name}": of[indicator.key][name].to_numpy(dtype=np.float64).reshape(units, -1)
        for indicator in indicators
        for name in ("numerator", "denominator")
    }


if __name__ == "__main__":
    main()
