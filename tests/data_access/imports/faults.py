"""Ways in which an import can be hit: a database call that fails, and a process that dies; and what must hold after."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import psycopg
from sqlalchemy import Engine, select

from data_access.engine import as_whole, connect
from data_access.tables import State, Table
from tests.data_access.imports.conftest import rows

CALLS = ("do_execute", "do_executemany", "do_commit")  # of a dialect: all that reaches the database


class Fault(NamedTuple):
    """At the n-th call to the database (from 1), or of some calls, something happens: before it is made, or after."""

    call: int
    strike: Callable[[], None]
    after: bool = False
    of: tuple[str, ...] = CALLS


@contextmanager
def struck(engine: Engine, fault: Fault) -> Iterator[list[str]]:
    """The engine with a fault; the list fills with the calls that are made."""
    made: list[str] = []

    def wrapped(name: str) -> Callable[..., None]:
        call = getattr(engine.dialect, name)

        def calling(*arguments: object, **named: object) -> None:
            made.append(name)
            hit = name in fault.of and sum(one in fault.of for one in made) == fault.call
            if hit and not fault.after:
                fault.strike()
            call(*arguments, **named)
            if hit and fault.after:
                fault.strike()

        return calling

    for name in CALLS:
        setattr(engine.dialect, name, wrapped(name))
    try:
        yield made
    finally:
        for name in CALLS:
            delattr(engine.dialect, name)


def database_error(engine: Engine) -> Callable[[], None]:
    """The error with which the driver says that the database failed."""

    def strike() -> None:
        raise (sqlite3.OperationalError if engine.dialect.name == "sqlite" else psycopg.OperationalError)("it failed")

    return strike


def killed(number: signal.Signals) -> Callable[[], None]:
    """The end of this very process, as by `kill -9`."""
    return lambda: os.kill(os.getpid(), number)


def in_a_process(work: Callable[[], None]) -> int:
    """Starts work in a process of its own; gives its id. Whatever it raises, it ends with status 1.

    SIGTERM ends it from its first moment on, and reaches no handler that this process has.
    """
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    process = os.fork()
    if process:
        signal.signal(signal.SIGTERM, before)
        return process
    try:
        work()
    except BaseException:  # noqa: BLE001  nothing of pytest may run on in the child
        os._exit(1)
    os._exit(0)


def ended(process: int) -> int:
    """How a process ended: its exit status, or the signal that killed it as a negative number."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def everything(engine: Engine) -> dict[str, Sequence[dict[str, object]]]:
    """Every row of every table, those that tell of attempts among them."""
    with engine.connect() as connection:
        as_whole(connection)
        return {mapper.class_.__tablename__: rows(connection, mapper.class_) for mapper in Table.registry.mappers}


def takes_the_lock_at_once(engine: Engine) -> bool:
    """Whether another connection can take the lock of imports without waiting; False where it is held."""
    other = connect(engine.url.render_as_string(hide_password=False))
    try:
        with other.connect() as connection:
            as_whole(connection)
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA busy_timeout=0")
                connection.rollback()
            connection.execute(select(State.value).with_for_update(nowait=True))
            connection.rollback()
    except Exception:  # noqa: BLE001  whatever says that it is held
        return False
    finally:
        other.dispose()
    return True
