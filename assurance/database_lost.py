"""P17: the database is stopped, cut off, locked, too slow or moved away under a running monitor, and comes back."""

import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from websockets.sync.client import ClientConnection

from assurance.promise import Outcome, Promise
from data_access.engine import connect
from data_access.roles import let_work
from tests import postgresql, serving
from tests.server import test_database_lost as lost
from tests.server.wire import tab

WITHIN = 5.0  # seconds, until a page says so
TRACES = (b"Traceback", b"OperationalError", b"psycopg", b"sqlite3", b"SELECT ")
ACTIVE = "FROM pg_stat_activity WHERE usename = 'application'"
LOCK = "LOCK TABLE state IN ACCESS EXCLUSIVE MODE"


class Loss(NamedTuple):
    """One way of losing it: seconds until the page said so (None: it never had to), traces, whether it is back."""

    how: str
    seconds: float | None
    traces: int
    back: bool


class Lost(NamedTuple):
    how: str
    lose: Callable[[], object]
    give_back: Callable[[], object]
    noticed: bool = True


def lose_and_give_back(address: str, loss: Lost, away: float) -> Loss:
    """One reader before, during (for so many seconds) and after, without a restart."""
    traces = 0
    with tab(address) as connection:
        assert not lost.shown(connection)[0]  # noqa: S101
        loss.lose()
        start = time.monotonic()
        told, raw = lost.shown(connection)
        seconds = time.monotonic() - start
        traces += _traces(raw)
        while time.monotonic() - start < away:
            told, raw = told and lost.shown(connection)[0], raw
            time.sleep(1)
        loss.give_back()
        back = _comes_back(connection)
    return Loss(loss.how, seconds if loss.noticed else None, traces, back and told == loss.noticed)


def _comes_back(connection: ClientConnection) -> bool:
    """With the next click."""
    told, raw = lost.shown(connection)
    return not told and not _traces(raw)


def _traces(raw: bytes) -> int:
    return sum(trace in raw for trace in TRACES)


@contextmanager
def on_postgresql(folder: Path) -> Iterator[tuple[str, list[Lost]]]:
    """The address of the monitor over a server of PostgreSQL, and the ways in which that is lost."""
    with postgresql.cluster() as cluster, ExitStack() as open_to_the_end:
        url = lost.with_rates(cluster.fresh_database())
        owner = connect(url)
        let_work(owner, postgresql.APPLICATION)
        owner.dispose()
        as_owner, as_administrator = url, postgresql.as_role(url, postgresql.ADMINISTRATOR)
        served = postgresql.as_role(url, postgresql.APPLICATION)
        address = open_to_the_end.enter_context(serving.monitor(served, folder, lost.LOCAL)).address
        locking: list[psycopg.Connection[tuple[object, ...]]] = []

        def lock() -> None:
            locking.append(psycopg.connect(as_owner))
            locking[-1].execute(LOCK)

        def lock_and_cancel() -> None:
            lock()
            threading.Timer(1, told, [f"SELECT pg_cancel_backend(pid) {ACTIVE} AND state = 'active'"]).start()

        def told(statement: str) -> None:
            with psycopg.connect(as_administrator, autocommit=True) as administrator:
                administrator.execute(statement.encode())

        def let_go() -> None:
            locking.pop().close()

        yield (
            address,
            [
                Lost("connections cut", lambda: told(f"SELECT pg_terminate_backend(pid) {ACTIVE}"), _nothing, False),
                Lost("table locked", lock, let_go),
                Lost("statement cancelled", lock_and_cancel, let_go),
                Lost("server stopped", cluster.stop, cluster.start),
            ],
        )


@contextmanager
def on_sqlite(folder: Path) -> Iterator[tuple[str, list[Lost]]]:
    """The same over a file of SQLite."""
    with lost.on_sqlite(folder) as (file, address), closing(sqlite3.connect(file, isolation_level=None)) as other:
        away = file.with_suffix(".away")
        yield (
            address,
            [
                Lost("file locked", lambda: other.execute("BEGIN EXCLUSIVE"), lambda: other.execute("COMMIT")),
                Lost("file moved away", lambda: file.rename(away), lambda: away.rename(file)),
            ],
        )


def _nothing() -> None: ...


def lose_all(away: float) -> Outcome:
    """Every way on both databases, each for so many seconds."""
    found: list[Loss] = []
    for place in (on_postgresql, on_sqlite):
        with tempfile.TemporaryDirectory() as folder, place(Path(folder)) as (address, ways):
            found += [lose_and_give_back(address, way, away) for way in ways]
    longest = max(one.seconds for one in found if one.seconds is not None)
    back, traces = sum(one.back for one in found), sum(one.traces for one in found)
    failed = ", ".join(one.how for one in found if not one.back)
    return Outcome(
        f"{len(found)} ways of losing it ({', '.join(one.how for one in found)}), each for {away:.0f} s",
        f"said by the page within {longest:.1f} s, back without a restart {back} of {len(found)}"
        f"{failed and f' ({failed} not)'}, traces shown {traces}",
        kept=longest < WITHIN and back == len(found) and not traces,
    )


PROMISES = (
    Promise(
        number=17,
        promise="A database that is lost is said to be within five seconds, and taken up again without a restart",
        explanation="PostgreSQL is stopped, its connections are cut, a table is locked, queries cancelled; SQLite's "
        "file is locked and moved away; a reader clicks before, during and after. Cut connections go unnoticed.",
        attempt=lambda: lose_all(30),
    ),
)
