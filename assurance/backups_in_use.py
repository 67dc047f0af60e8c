"""P20: backups are taken while others write, and put back; what comes back is what was there at that moment."""

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select

import demonstration
from assurance.databases import both, is_sound, seeing_all
from assurance.promise import Outcome, Promise
from data_access.backups.backing_up import back_up
from data_access.backups.contents import contents, differences
from data_access.backups.restoring import restore
from data_access.engine import connect, prepare
from data_access.tables import Activity, Import, State
from tests.data_access.imports.faults import ended, in_a_process
from tests.data_access.imports.test_faults import give, some

WRITERS = 2
ROWS = 5  # of one import of theirs


class Round(NamedTuple):
    """One backup: how long it took to take and to put back, in seconds, and in how many rows it was wrong."""

    backup: float
    restore: float
    rows: int
    written_meanwhile: int
    differences: int


def round_trip(source: str, target: str, folder: Path) -> Round:
    """Back up while the writers write, put the backup into an empty database, compare."""
    engine, second, file = connect(source), connect(target), folder / "a.backup"
    try:
        before = _imports(engine)
        start = time.monotonic()
        about = back_up(engine, file)
        middle = time.monotonic()
        restore(second, file)
        end = time.monotonic()
        with seeing_all(second) as restored, seeing_all(engine) as now:
            same = contents(restored) == about.tables
            wrong = _rows_that_never_were(restored, now) + _halves(restored)
            held = restored.scalar(select(func.count()).select_from(Import)) or 0
        wrong += (not same) + (held < before) + (not is_sound(second))
        return Round(middle - start, end - middle, about.rows, _imports(engine) - before, wrong)
    finally:
        file.unlink(missing_ok=True)
        engine.dispose()
        second.dispose()


def _imports(engine: Engine) -> int:
    with seeing_all(engine) as connection:
        return connection.scalar(select(func.count()).select_from(Import)) or 0


def _rows_that_never_were(restored: Connection, now: Connection) -> int:
    """Writers only add rows: whatever is in the backup and was changed or is gone since is wrong."""
    found = differences(restored, now)
    return sum(one.only_first + one.changed for one in found if one.table != State.__tablename__)


def _halves(restored: Connection) -> int:
    """Imports of the writers of which the backup has some rows only."""
    counts = select(func.count()).where(Activity.source.startswith("writer")).group_by(Activity.source)
    return sum(number != ROWS for number in restored.scalars(counts))


@contextmanager
def writing(url: str) -> Iterator[None]:
    """Processes that store one import after the other, until the block ends."""
    processes = [in_a_process(partial(_write, url, number)) for number in range(WRITERS)]
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGKILL)
            ended(process)


def _write(url: str, writer: int) -> None:
    engine, number = connect(url), 0
    while True:
        give(engine, *some(ROWS, f"writer{writer}-{number}"))
        number += 1


def back_up_in_use(fresh: Mapping[str, Callable[[], str]], rounds: int, filled: Callable[[str], None]) -> Outcome:
    """So many backups of each kind of database, which `filled` fills first."""
    done: dict[str, list[Round]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, new in fresh.items():
            url = new()
            filled(url)
            with writing(url):
                done[kind] = [round_trip(url, new(), Path(folder)) for _ in range(rounds)]
    every = [one for some_of in done.values() for one in some_of]
    wrong, meanwhile = sum(one.differences for one in every), sum(one.written_meanwhile for one in every)
    times = "; ".join(
        f"{kind}: backup {max(one.backup for one in rounds_of):.1f} s, restore "
        f"{max(one.restore for one in rounds_of):.1f} s at most"
        for kind, rounds_of in done.items()
    )
    return Outcome(
        f"{rounds} backups each on {' and '.join(done)} of {max(one.rows for one in every):,} rows, "
        f"{meanwhile:,} imports stored meanwhile",
        f"differences {wrong}; {times}",
        kept=not wrong and meanwhile > 0,
    )


def demonstration_in(url: str) -> None:
    """The demonstration's data, whose departments the writers name."""
    engine = connect(url)
    prepare(engine)
    demonstration.load(engine)
    engine.dispose()


def attempt() -> Outcome:
    with both() as fresh:
        return back_up_in_use(fresh, 2, demonstration_in)


PROMISES = (
    Promise(
        number=20,
        promise="A backup taken while others write comes back exactly as it was",
        explanation="Two processes store imports all the while; each backup is put into an empty database, whose "
        "hashes have to be those taken at the moment of the backup, with every import whole and no row that never was.",
        attempt=attempt,
    ),
)
