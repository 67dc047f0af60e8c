"""How long the server takes to redraw a page after a filter was changed, beside an empty page in the same run."""

import itertools
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine, func, select

from benchmarks.tab import Change, Redraw, Tab
from data_access.engine import as_whole, reading
from data_access.tables import Table
from tests import serving

PAGES = ("overview", "targets", "department", "comparison")
ASKED = {"department": {"department": "GENG"}}  # of the address: a profile is of the department that is chosen
CHANGES = 20  # of filters, each made twice
PROMISE = 500  # milliseconds of server time, for overview and targets at the demonstration's size
HEAD = f"{'page':<12}{'view':<8}{'redraws':>8}{'median':>10}{'p95':>10}{'longest':>10}{'kB':>8}{'x empty':>10}"


def measure(database_url: str) -> Iterator[str]:
    """The lines of the table: each page at views it has not shown before (`new`) and at the same again (`seen`)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = Path(__file__).with_name("empty_page.py")
        with serving.script(empty, folder) as bare, serving.monitor(database_url, folder) as monitor:
            yield HEAD
            for page in PAGES:
                yield from _of_page(page, monitor.address, bare.address)
    yield f"Server time in milliseconds, from the request to the last message; promised: p95 under {PROMISE} ms."


def rows(engine: Engine) -> str:
    """How many rows the largest tables hold."""
    with reading(engine) as connection:
        as_whole(connection)
        counts = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Table.metadata.sorted_tables
        }
    largest = sorted(counts.items(), key=lambda item: -item[1])[:6]
    return "rows      " + ", ".join(f"{name} {count:,}" for name, count in largest)


def _of_page(page: str, monitor: str, bare: str) -> Iterator[str]:
    with (
        Tab.opened(monitor, page, cookies=None, language="en", **ASKED.get(page, {})) as tab,
        Tab.opened(bare) as empty,
    ):
        tab.redraw(), empty.redraw()
        changes, there_and_back = _repeated(tab.changes(CHANGES)), _repeated(empty.changes(2))
        bare_redraws = []
        for view in ("new", "seen"):
            redraws = []
            for change, other in zip(changes, there_and_back, strict=True):
                bare_redraws.append(empty.redraw(other))
                redraws.append(tab.redraw(change))
            yield _line(page, view, redraws, bare_redraws)
        yield _line("(empty)", "", bare_redraws, bare_redraws)


def _repeated(changes: Sequence[Change]) -> list[Change | None]:
    """As many changes as are timed; a page without a filter is redrawn as it is."""
    return list(itertools.islice(itertools.cycle(changes or [None]), CHANGES))


def _line(page: str, view: str, redraws: list[Redraw], bare: list[Redraw]) -> str:
    times = sorted(redraw.seconds * 1000 for redraw in redraws)
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]
    size = statistics.median(redraw.size for redraw in redraws) / 1000
    ratio = median / (statistics.median(redraw.seconds for redraw in bare) * 1000)
    return (
        f"{page:<12}{view:<8}{len(redraws):>8}{median:>10.1f}{p95:>10.1f}{times[-1]:>10.1f}{size:>8.0f}{ratio:>10.1f}"
    )
