"""What is kept of changes: no update is lost, every change and refusal is in the audit log, and tampering shows."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DatabaseError

from assurance.databases import databases
from assurance.promise import Outcome, Promise
from data_access.audit import Actor, record
from data_access.audit.verifying import verified
from data_access.batches.roll_back import RollBack, roll_back
from data_access.engine import as_whole, reading
from data_access.imports import ImportReport, preview_files, store_file, store_rows
from data_access.tables import AuditEvent, Goal, Import
from tests.data_access.audit import tampering
from tests.data_access.imports.conftest import ACTIVITY, add_departments, csv_text
from tests.data_access.imports.faults import Fault, database_error, struck

GOAL = {"indicator": "partner_countries", "department": "ENG", "fiscal_year": "2030", "kind": "target"}
INDICATORS = {"partner_countries": False}


def edit_at_once(rounds: int, databases_tried: tuple[Engine, ...]) -> Outcome:
    """In each round two clerks preview another value of one goal on the same data and store it at the same time."""
    made = shown = lost = 0
    for engine in databases_tried:
        for turn in range(rounds):
            reports, held = _two_editors(engine, turn)
            made += 1
            stored = [place for place, one in enumerate(reports) if one.status == "stored"]
            shown += sum(
                one.status == "refused" and "The data changed since" in one.remarks[0].message.en for one in reports
            )
            lost += len(stored) != 1 or held != _value(turn, stored[0])
    tried = f"{rounds} rounds of two editors of one goal, on each of {len(databases_tried)} databases"
    result = f"conflicts made {made}, shown {shown}; updates lost {lost}"
    return Outcome(tried, result, kept=made == shown and not lost)


def _value(turn: int, clerk: int) -> float:
    return float(1_000 + 2 * turn + clerk)


def _two_editors(engine: Engine, turn: int) -> tuple[list[ImportReport], float]:
    """What came of both, and the value that the goal then has."""
    together = threading.Barrier(2)
    with TemporaryDirectory() as folder:
        files = [Path(folder) / f"clerk{clerk}.csv" for clerk in (0, 1)]
        for clerk, file in enumerate(files):
            file.write_text(csv_text([{**GOAL, "value": str(_value(turn, clerk))}]), "utf-8")
        seen = [
            preview_files(engine, "goals", [file], look=lambda _connection: None, indicators=INDICATORS).state
            for file in files
        ]

        def store(clerk: int) -> ImportReport:
            together.wait()
            return store_file(
                engine,
                "goals",
                files[clerk],
                indicators=INDICATORS,
                importer=f"account:{clerk}",
                previewed=seen[clerk],
            )

        with ThreadPoolExecutor(2) as pool:
            reports = list(pool.map(store, (0, 1)))
    with reading(engine) as connection:
        held = as_whole(connection).scalar(select(Goal.value).where(Goal.fiscal_year == 2030))
    return reports, float(held or 0)


def fail_at_every_call(engine: Engine) -> Outcome:
    """Imports, refusals, full lists and roll backs with a fault at their n-th database call, for every n."""
    faults = apart = 0
    for work in (_import, _refusal, _full_list, _roll_back):
        for call in count(1):
            with struck(engine, Fault(call, database_error(engine))):
                try:
                    work(engine)
                except DatabaseError:
                    faults += 1
                    apart += _differ(engine)
                else:
                    break
        apart += _differ(engine)
    with reading(engine) as connection:
        events = as_whole(connection).scalar(select(func.count()).select_from(AuditEvent))
    tried = f"{faults} faults on {engine.dialect.name}"
    return Outcome(
        tried, f"changes without their event or events without their change {apart}, events {events}", not apart
    )


def _import(engine: Engine) -> ImportReport:
    return _given(engine, *({**ACTIVITY, "record_id": f"R{n}", "title": "Kept"} for n in (1, 2)))


def _refusal(engine: Engine) -> ImportReport:
    return _given(engine, {**ACTIVITY, "level": "x"})


def _full_list(engine: Engine) -> ImportReport:
    return _given(engine, {**ACTIVITY, "record_id": "R3"}, complete=True)


def _given(engine: Engine, *rows: dict[str, str], complete: bool = False) -> ImportReport:
    return store_rows(engine, "activities", rows, indicators={}, complete=complete, name="rows", importer="office")


def _roll_back(engine: Engine) -> RollBack:
    with reading(engine) as connection:
        last = select(func.max(Import.import_id)).where(Import.status == "stored")
        number = int(as_whole(connection).scalar(last) or 0)
    return roll_back(engine, number, importer="office")


def _differ(engine: Engine) -> bool:
    """Whether attempts and their events differ: each import, refusal and roll back has one event, and none has two."""
    with reading(engine) as connection:
        as_whole(connection)
        rows = connection.execute(select(Import.import_id, Import.undoes)).all()
        events = connection.execute(
            select(AuditEvent.action, AuditEvent.object).where(AuditEvent.action.in_(("import", "roll back")))
        ).all()
        broken = not verified(connection).is_whole
    attempts = Counter(
        ("roll back", f"import {undoes}") if undoes else ("import", f"import {number}") for number, undoes in rows
    )
    return broken or attempts != Counter((str(action), str(what)) for action, what in events)


def tamper(engine: Engine, events: int, seed: int = 23) -> Outcome:
    """A log of so many events: a bit of every field of every one is changed, each is deleted, swapped and doubled."""
    _fill(engine, events)
    choice, tried, missed = random.Random(seed), 0, 0  # noqa: S311  which bit, not a secret
    with tampering.unguarded(engine) as connection:
        for expected, change in _changes(connection, choice):
            with connection.begin_nested() as once:
                change()
                found = verified(connection)
                once.rollback()
            tried += 1
            missed += found.broken != expected
    return Outcome(f"{tried:,} changes to {events} events on {engine.dialect.name}", f"not found {missed}", not missed)


def _fill(engine: Engine, events: int) -> None:
    with engine.begin() as connection:
        as_whole(connection)
        for number in range(events):
            actor = Actor(f"account:{number % 5}", account=number % 5, role="office", seen_by="account:9")
            told = {"kind": "activities", "new": str(number)}
            record(
                connection, actor, "import", object=f"import {number}", scope="*", details=told, rows=number, sha256="a"
            )


def _changes(connection: Connection, choice: random.Random) -> Iterator[tuple[int, Callable[[], None]]]:
    """The number of the event that is to be named, and what is done to the log."""
    rows = connection.execute(select(*AuditEvent.__table__.columns).order_by(AuditEvent.event_id)).mappings().all()
    last = int(rows[-1]["event_id"])
    for row in rows:
        number = int(row["event_id"])
        for field in tampering.FIELDS:
            value = last + 1_000 + number if field == "event_id" else _flipped(row[field], choice)
            yield number, lambda n=number, f=field, v=value: tampering.change(connection, n, f, v)  # type: ignore[misc]
        yield number, lambda n=number: tampering.take_out(connection, n)  # type: ignore[misc]
        if number < last:
            yield number, lambda n=number: tampering.swap(connection, n, n + 1)  # type: ignore[misc]
        yield number + 1, lambda n=number: tampering.push_in(connection, n)  # type: ignore[misc]


def _flipped(value: object, choice: random.Random) -> object:
    """One bit of one byte of a value, whichever, is another one."""
    if isinstance(value, str) and value:
        place, bit = choice.randrange(len(value)), choice.choice((1, 2, 4, 8))
        letter = chr(ord(value[place]) ^ bit)
        return value[:place] + letter + value[place + 1 :]
    return tampering.flipped(value)


def no_update_is_lost() -> Outcome:
    with databases() as both:
        for engine in both:
            add_departments(engine)
        return edit_at_once(100, both)


def every_change_is_told() -> Outcome:
    with databases() as both, databases() as others:
        for engine in both:
            add_departments(engine)
        outcomes = [fail_at_every_call(engine) for engine in both] + [tamper(engine, 150) for engine in others]
    tried, results = ("; ".join(getattr(one, name) for one in outcomes) for name in ("tried", "result"))
    return Outcome(tried, results, kept=all(one.kept for one in outcomes))


PROMISES = (
    Promise(
        number=22,
        promise="Two who edit the same goal lose no update",
        explanation="Two clerks preview another value of one goal on the same data and store at the same moment: one "
        "is stored, the other is refused and told what came between; without the check of the state both would be.",
        attempt=no_update_is_lost,
    ),
    Promise(
        number=23,
        promise="Every change and refusal is in the audit log, and tampering shows",
        explanation="The n-th database call of imports, refusals, full lists and roll backs fails, for every n, and "
        "changes and events are counted; then every field, place and number of every event is changed.",
        attempt=every_change_is_told,
    ),
)
