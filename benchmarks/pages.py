"""Whole pages after a filter never seen before, at the demonstration's size and grown: how long the server takes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import NamedTuple

from benchmarks import machine
from benchmarks.bars import Line, milliseconds
from benchmarks.tab import Change, Tab
from tests import serving

PAGES = ("overview", "targets", "department")
ASKED = {"department": {"department": "GENG"}}
REDRAWS = 20
CHOICES = 40  # of a page, of which one is taken
DEMONSTRATION = (0.040, None)  # median and p95 in seconds
BARS = {1_000_000: (0.100, 0.200), 10_000_000: (0.400, None)}  # of this many activities


class Redraws(NamedTuple):
    """Seconds of the first figure and of each redraw; processor: what the server used of it, a redraw."""

    first: float
    seconds: list[float]
    processor: float


def measure(database: str, grown: str, size: int) -> Iterator[str]:
    """The lines of the demonstration in one database and of so many activities in the other."""
    yield from map(str, of_database(database, "demonstration", DEMONSTRATION))
    yield from map(str, of_database(grown, f"{size:,}", BARS.get(size, (None, None))))


def of_database(url: str, what: str, bars: tuple[float | None, float | None]) -> Iterator[Line]:
    """How long each page takes, from the request to the last message of the answer."""
    with tempfile.TemporaryDirectory() as folder, serving.monitor(url, Path(folder)) as server:
        for page in PAGES:
            try:
                redraws = never_seen(server, page)
            except (RuntimeError, TimeoutError) as error:
                yield Line(1, f"{what}: {page} after a new filter", "failed", str(error)[:60])
                continue
            beside = f"processor {milliseconds(redraws.processor)}, first {milliseconds(redraws.first)}"
            p95 = quantiles(redraws.seconds, n=20, method="inclusive")[-1]
            for name, value, bar in (("median", median(redraws.seconds), bars[0]), ("p95", p95, bars[1])):
                said = f"{what}: {page}, filter never seen before, {name} of {len(redraws.seconds)}"
                promised, met = (f"under {milliseconds(bar)}", value < bar) if bar else ("", None)
                yield Line(1, said, milliseconds(value), beside, promised, met)
        yield Line(1, f"{what}: memory of the server after it", f"{machine.memory(server.process_id):,.0f} MB")


def never_seen(server: serving.Server, page: str) -> Redraws:
    """Redraws of a page, each after a change that leads to choices that it has not shown before."""
    chance, seen, seconds = Random(page), set[frozenset[Change]](), []  # noqa: S311
    with Tab.opened(server.address, page, cookies=None, language="en", **ASKED.get(page, {})) as tab:
        first = tab.redraw().seconds
        machine.wait_until_calm(server.process_id)  # what is counted once a start is told by bar 4
        used = machine.processor_seconds(server.process_id)
        for _ in range(REDRAWS):
            new = [change for change in tab.changes(CHOICES) if tab.after(change) not in seen]
            if not new:
                break
            change = chance.choice(new)
            seen.add(tab.after(change))
            seconds.append(tab.redraw(change).seconds)
    used = machine.processor_seconds(server.process_id) - used
    return Redraws(first, seconds, used / len(seconds))
