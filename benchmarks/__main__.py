"""Runs the benchmarks over the demonstration's data, or over DATABASE_URL: `make bench`.

`python -m benchmarks figures storm --size 100000` runs some of them, `--long` as long as the bars ask for. What the
bars of speed ask for are lines with the bar's number: 1 pages, superset, filters; 2 figures, growth; 3 readers;
4 starting; 6 browser.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import (
    bars,
    batches,
    growth,
    importing,
    in_browser,
    machine,
    many_readers,
    matching,
    pages,
    reading,
    redraw,
    scaled,
    starting,
    steps,
    storm,
)
from benchmarks.peers import figures, filters, superset
from data_access.engine import connect, prepare
from manage import ORDINARY_PAGES


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the benchmarks are run over: a database, activities of grown data, and whether all the time is taken."""

    url: str
    size: int
    long: bool
    folder: Path  # where grown databases are kept
    sizes: tuple[int, ...]  # of the cost curve
    write: bool  # whether docs/scale.md is told

    def grown(self) -> str:
        """The address of a database of so many activities."""
        return scaled.database(self.folder, self.url, self.size)


Benchmarks = dict[str, Callable[[Asked], Iterator[str]]]
BENCHMARKS: Benchmarks = {
    "steps": lambda asked: steps.measure(connect(asked.url)),
    "matching": lambda asked: matching.measure(),
    "reading": lambda asked: reading.measure(),
    "batches": lambda asked: batches.measure(asked.url),
    "importing": lambda asked: importing.measure(asked.url),
    "redraw": lambda asked: redraw.measure(asked.url),
    "storm": lambda asked: storm.measure(asked.url),
    "pages": lambda asked: pages.measure(asked.url, asked.grown(), asked.size),
    "readers": lambda asked: many_readers.measure(asked.url, long=asked.long),
    "browser": lambda asked: in_browser.measure(asked.url),
    "starting": lambda asked: starting.measure(asked.grown(), asked.size),
    "figures": lambda asked: figures.measure(asked.url, asked.size),
    "filters": lambda asked: filters.measure(asked.url, asked.size),
    "growth": lambda asked: growth.measure(asked.url, asked.sizes, write=asked.write),
}
BY_NAME_ONLY: Benchmarks = {  # what takes minutes to install
    "superset": lambda asked: superset.measure(asked.url, asked.grown(), asked.size),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was measured on, then each benchmark's lines."""
    os.environ.setdefault(*ORDINARY_PAGES)  # for the processes that are measured, as the monitor's own has it
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    every = {**BENCHMARKS, **BY_NAME_ONLY}
    help_of_names = f"some of {', '.join(every)} (default: all but {', '.join(BY_NAME_ONLY)})"
    parser.add_argument("names", nargs="*", metavar="NAME", help=help_of_names)
    parser.add_argument("--size", type=int, default=1_000_000, help="activities of the grown data (default: 10^6)")
    parser.add_argument("--long", action="store_true", help="take the time that the bars ask for (five minutes, ...)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep grown databases there, and take those there")
    sizes = growth.SIZES[:3]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, help="of the cost curve (default: to 10^6)")
    parser.add_argument("--write", action="store_true", help="write the cost curve into docs/scale.md")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in every]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]}; there are {', '.join(every)}")
    with tempfile.TemporaryDirectory() as own:
        url, folder = _database(Path(own)), options.keep or Path(own)
        asked = Asked(
            url=url,
            size=options.size,
            long=options.long,
            folder=folder,
            sizes=tuple(options.sizes),
            write=options.write,
        )
        engine = connect(asked.url)
        print(f"{machine.description()}\n{redraw.rows(engine)}\n{bars.HEAD}", flush=True)
        engine.dispose()
        for name in options.names or BENCHMARKS:
            for line in _lines(name, every[name], asked):
                print(line, flush=True)


def _lines(name: str, benchmark: Callable[[Asked], Iterator[str]], asked: Asked) -> Iterator[str]:
    """The lines of a benchmark; where it fails the others are measured all the same."""
    try:
        yield from benchmark(asked)
    except Exception as error:  # noqa: BLE001  whatever it is, it is told
        yield f"{name} failed: {type(error).__name__}: {error}"


def _database(folder: Path) -> str:
    """The database that DATABASE_URL names, brought up to date; else a new one with the demonstration."""
    if "DATABASE_URL" not in os.environ:
        return scaled.demonstration_in(folder / "demonstration.db")
    engine = connect(os.environ["DATABASE_URL"])
    prepare(engine)
    engine.dispose()
    return os.environ["DATABASE_URL"]


if __name__ == "__main__":
    main()
