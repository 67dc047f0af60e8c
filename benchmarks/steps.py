"""How long it takes from stored records to every figure, step by step, beside fetching the same rows and no more."""

import time
from collections.abc import Callable, Iterator

from sqlalchemy import Engine, select

from data_access.engine import as_whole, reading
from data_access.partners import Registry
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Table
from metrics.catalogue import INDICATORS
from metrics.ledger import FRAMES, Ledger
from metrics.quality.completeness import Completeness
from metrics.quality.holdings import Holdings
from metrics.quality.registry import findings
from metrics.tabulate import tabulate

TIMES = 3  # the fastest counts
HEAD = f"{'step':<38}{'seconds':>10}{'x fetch':>10}"


def measure(engine: Engine) -> Iterator[str]:
    """The lines of the table: what each step takes, and its ratio to fetching the rows without looking at them."""
    records = Records(engine, WHOLE_UNIVERSITY)
    frames = {name: getattr(records, name)() for name in FRAMES}
    ledger = Ledger.of(frames)
    steps: dict[str, Callable[[], object]] = {
        "rows fetched": lambda: _fetched(engine),
        "rows into frames": lambda: [getattr(records, name)() for name in FRAMES],
        "frames into the ledger": lambda: Ledger.of(frames),
        "every indicator x department x year": lambda: tabulate(ledger, INDICATORS.values()),
        "every check of quality": lambda: findings(Holdings(ledger, frames["activities"])),
        "completeness of every figure": lambda: Completeness.of(
            Holdings(ledger, frames["activities"]), INDICATORS.values()
        ),
        "registry of organizations": lambda: Registry().named("東北大学", "JP"),
    }
    seconds = {name: min(_timed(step) for _ in range(TIMES)) for name, step in steps.items()}
    yield HEAD
    for name, taken in seconds.items():
        yield f"{name:<38}{taken:>10.2f}{taken / seconds['rows fetched']:>10.1f}"


def _fetched(engine: Engine) -> None:
    with reading(engine) as connection:
        as_whole(connection)
        for table in Table.metadata.sorted_tables:
            connection.execute(select(table)).all()


def _timed(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started
