"""P10: an import that is hit by an error, a signal, a closed tab or a second click is stored whole, or not at all."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from assurance.databases import both, is_sound, university
from assurance.promise import Outcome, Promise
from data_access.engine import connect
from data_access.imports import store_rows
from data_access.tables import Import
from tests.data_access.imports import test_faults as faults
from tests.data_access.imports.conftest import stored
from tests.data_access.imports.faults import (
    Fault,
    database_error,
    ended,
    everything,
    in_a_process,
    killed,
    struck,
    takes_the_lock_at_once,
)

WORKS: tuple[faults.Work, ...] = (faults.an_import, faults.a_full_list, faults.a_refusal, faults.a_roll_back)
SIGNALS = (signal.SIGKILL, signal.SIGTERM)


class Hit(NamedTuple):
    """One fault: what it was, and whether it left all as it was or as it was to be, with no lock held."""

    kind: str
    whole: bool
    free: bool = True


class _TabClosedError(BaseException):
    """What ends a script wherever it is."""


def errors_at_every_call(engine: Engine, work: faults.Work, every: int) -> Iterator[Hit]:
    """For each n the n-th call to the database fails (or each `every`-th n)."""
    before = everything(engine)
    for call in count(1, every):
        try:
            with struck(engine, Fault(call, database_error(engine))):
                work(engine)
        except DatabaseError:
            whole = everything(engine) == before
            yield Hit("error", whole, takes_the_lock_at_once(engine))
            if not whole:
                return  # the same can never succeed any more
        else:
            return


def signals_at_every_call(url: str, rows: int, every: int) -> Iterator[Hit]:
    """For each n a process of its own is killed at the n-th call, before it is made and after."""
    engine = university(url)
    with struck(engine, Fault(0, database_error(engine))) as made:
        faults.give(engine, *faults.some(rows, "whole"))
    whole = faults.counted(engine, "whole")
    for call in range(1, len(made) + 1, every):
        for number in SIGNALS:
            for after in (False, True):
                source = f"{number.name}-{call}-{after}"
                engine.dispose()  # a connection cannot be shared with the process that is to come
                fault = Fault(call, killed(number), after=after)
                ended(in_a_process(partial(_hit, url, rows, source, fault)))
                found = faults.counted(engine, source)
                nothing = not any(found.values())
                yield Hit(number.name, nothing or found == whole, takes_the_lock_at_once(engine))
    yield Hit("integrity", is_sound(engine))
    engine.dispose()


def closed_tabs(engine: Engine, rows: int) -> Iterator[Hit]:
    """At every telling of progress whoever is told goes away."""
    before = everything(engine)
    for telling in count(1):
        tellings = count(1)

        def tell(_: float, tellings: "count[int]" = tellings, telling: int = telling) -> None:
            if next(tellings) == telling:
                raise _TabClosedError

        try:
            store_rows(engine, "activities", faults.some(rows), indicators={}, name="rows.csv", progress=tell)
        except _TabClosedError:
            yield Hit("closed tab", everything(engine) == before, takes_the_lock_at_once(engine))
        else:
            return


def second_clicks(url: str, times: int) -> Iterator[Hit]:
    """The same file twice at once, in two processes: one stores it, the other changes nothing."""
    engine = university(url)
    for click in range(times):
        engine.dispose()
        source = f"click{click}"
        pair = [in_a_process(partial(_hit, url, 5, source, None)) for _ in range(2)]
        fine = [ended(process) for process in pair] == [0, 0]
        statuses = sorted(str(row["status"]) for row in stored(engine, Import)[-2:])
        yield Hit("second click", fine and statuses == ["stored", "unchanged"], takes_the_lock_at_once(engine))
    engine.dispose()


def _hit(url: str, rows: int, source: str, fault: Fault | None) -> None:
    engine = connect(url)
    with struck(engine, fault or Fault(0, lambda: None)):
        faults.give(engine, *faults.some(rows, source))
    engine.dispose()


def _prepared(url: str, work: faults.Work) -> Engine:
    engine = university(url)
    faults.give(engine, *faults.some(3))
    if work is faults.a_roll_back:
        faults.a_full_list(engine)
    return engine


def inject(
    fresh: Mapping[str, Callable[[], str]], *, every: int = 1, clicks: int = 20, works: Sequence[faults.Work] = WORKS
) -> Outcome:
    """All faults on every kind of database."""
    hits: list[Hit] = []
    for new in fresh.values():
        for work in works:
            engine = _prepared(new(), work)
            hits += errors_at_every_call(engine, work, every)
            engine.dispose()
        hits += signals_at_every_call(new(), 3, every)
        engine = _prepared(new(), faults.an_import)
        hits += closed_tabs(engine, 5)
        engine.dispose()
        hits += second_clicks(new(), clicks)
    kinds = {kind: sum(hit.kind == kind for hit in hits) for kind in dict.fromkeys(hit.kind for hit in hits)}
    counted = ", ".join(f"{number} x {kind}" for kind, number in kinds.items() if kind != "integrity")
    halves, locks = sum(not hit.whole for hit in hits), sum(not hit.free for hit in hits)
    return Outcome(
        f"{len(hits) - kinds.get('integrity', 0)} faults on {' and '.join(fresh)}: {counted}",
        f"stored by half {halves}, locks left {locks}",
        kept=not halves and not locks,
    )


def attempt() -> Outcome:
    with both() as fresh:
        return inject(fresh)


PROMISES = (
    Promise(
        number=10,
        promise="An import is stored whole, or not at all",
        explanation="Imports, full lists, refusals and roll backs are hit at every single call to the database by an "
        "error, imports by SIGKILL and SIGTERM before and after each call, by a tab that closes and by a second click; "
        "all tables are compared afterwards. Without the one transaction around an import half of it stays.",
        attempt=attempt,
    ),
)
