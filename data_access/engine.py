"""The way to the database: its address, a connection with every guard on, and a schema that is up to date.

On PostgreSQL every transaction begins as nobody, to whom row security shows no row of any table. `Records` tells the
database whose rows it wants (`seen_by`); whoever works on the whole says so (`as_whole`); the end of the transaction
ends both.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from data_access import migrations, roles, seeds
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope
from data_access.sqlite_file import watch_file

HOME = Path(__file__).resolve().parent.parent
BUSY_SECONDS = 30  # that a writer waits for another one on SQLite: forty files are stored in less


class UnusableDatabaseError(ValueError):
    """The address of the database means nothing to the monitor; the message says what does."""


OPENING_SECONDS = 5  # for a lock when a connection is opened, by readers as by writers
READER_WAITS = 3  # seconds for a lock of others: a page says within five that the database does not answer
HURRIED_WAITS = 1  # seconds, on SQLite, for what may fail rather than keep readers out
CACHE, CACHE_OF_WRITERS = 2, 128  # megabytes that SQLite keeps of its file
_IMPATIENT = f"SET LOCAL lock_timeout = '{READER_WAITS}s'; SET LOCAL statement_timeout = '60s'"
_AS_NOBODY = "SET LOCAL monitor.scope = ''"  # whatever the session, the role or the database were told before
_TELL = "SELECT current_setting('monitor.scope', true), set_config('monitor.scope', %(said)s, true)"
_READING = "monitor_reading"
_HURRIED = "monitor_hurried"
_MIGRATING = "monitor_migrating"
_ADDRESSES = (
    "DATABASE_URL starts with {}, which the monitor does not speak; "
    "use sqlite:///path/to/file.db or postgresql://user:password@host/database"
)
_ADVISORY_LOCK = 7_305_114_201  # any number of our own: one preparation at a time on PostgreSQL


def default_url() -> str:
    """The database that every command uses: `DATABASE_URL`, else the embedded one in the project's data folder."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'data' / 'monitor.db'}"


def connect(url: str | None = None, *, create: bool = True) -> Engine:
    """An engine for SQLite or PostgreSQL (default: `default_url()`); no connection is opened yet.

    `create=False` never creates the file of an SQLite database: one that is not there gives no answer.

    Whoever writes uses `engine.begin()`: on SQLite every transaction takes the write lock at once
    (BEGIN IMMEDIATE), because a transaction that reads first and writes later fails without waiting when
    another one wrote in between. Whoever only reads uses `reading(engine)`, which takes no lock. Either says
    `as_whole(connection)` first where it works on the whole university's rows.
    """
    address = _understood(url or default_url())
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, create=create)
    patience = {"connect_timeout": 3}
    engine = create_engine(address, pool_pre_ping=True, pool_size=10, pool_timeout=3, connect_args=patience)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_AS_NOBODY))
    return engine


def as_whole(connection: Connection) -> Connection:
    """The same connection, which sees and changes all rows until its transaction ends.

    For services that work on the whole university and cut what they give themselves; `tests/house.py` lists them.
    """
    if connection.dialect.name == "postgresql":
        _tell(connection, _said(WHOLE_UNIVERSITY))
    return connection


@contextmanager
def seen_by(connection: Connection, scope: Scope) -> Iterator[Connection]:
    """The same connection, which sees within the block what row security lets this scope see, and changes nothing."""
    if connection.dialect.name != "postgresql":
        yield connection
        return
    before = _tell(connection, _said(scope))
    try:
        yield connection
    except DBAPIError:
        raise  # nothing can be said to a transaction that failed; what it was told ends with it
    except BaseException:
        _tell(connection, before)
        raise
    _tell(connection, before)


def _tell(connection: Connection, said: str) -> str:
    """Says who sees from now on, to the end of the transaction; gives what was said before."""
    return str(connection.exec_driver_sql(_TELL, {"said": said}).one()[0] or "")


def _said(scope: Scope) -> str:
    """A scope as the policies of `migrations/` read it: `*`, a JSON list of departments, or nothing for nobody."""
    if scope.whole_university:
        return "*"
    return "" if scope == NOBODY else json.dumps(sorted(scope.departments))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading only: all its reads see the database at one moment, and no writer waits for it."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            connection.exec_driver_sql(_IMPATIENT)
        else:
            connection.execution_options(**{_READING: True})
        yield connection


@contextmanager
def hurried(engine: Engine) -> Iterator[Connection]:
    """A transaction for what is only written down: it waits for others no longer than readers do, and then fails.

    On SQLite even its end waits for who is reading, and keeps new readers out as long: one second, less than they wait.
    """
    with engine.connect().execution_options(**{_HURRIED: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(_IMPATIENT)
        yield connection


def prepare(engine: Engine) -> None:
    """Create the schema or bring it up to date, then add the countries, the university and the state, if absent.

    Does nothing to a database that is ready, and does not even take its write lock; any number of processes
    may call it at the same time. Raises `migrations.NewerSchemaError` for a database of a later version, and
    `roles.RoleError` where a role that does not own the tables finds them out of date, or may not read them.
    """
    with reading(engine) as connection:
        roles.refuse_without_rights(connection)
        if migrations.is_current(connection) and seeds.are_sown(as_whole(connection)):
            return
        roles.refuse_unless_owner(connection)
    with rebuilding(engine) as connection:
        migrations.upgrade(connection)
        seeds.sow(connection)


@contextmanager
def rebuilding(engine: Engine, first: Callable[[Connection], None] = lambda _: None) -> Iterator[Connection]:
    """A transaction that may drop tables and make them anew, one process at a time; undone where it leaves orphans.

    `first` is called before it begins, for what SQLite does outside of transactions only.
    """
    with engine.connect().execution_options(**{_MIGRATING: True}) as connection:
        first(connection)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
            yield as_whole(connection)
            _refuse_orphans(connection)


def journal_mode_for(version: tuple[int, int, int]) -> str:
    """The journal that is safe with this version of SQLite: `wal`, or `delete` where the WAL-reset bug may corrupt.

    The bug (https://sqlite.org/wal.html#walresetbug) was mended in 3.51.3, 3.50.7 and 3.44.6.
    """
    mended = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "wal" if mended else "delete"


def _understood(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        raise UnusableDatabaseError(_ADDRESSES.format(url.partition("://")[0])) from None
    if address.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in {"sqlite", "sqlite+pysqlite"}:
        return address
    raise UnusableDatabaseError(_ADDRESSES.format(address.drivername))


def _sqlite(address: URL, *, create: bool) -> Engine:
    file = None
    if address.database and address.database != ":memory:" and not address.database.startswith("file:"):
        file = Path(address.database)
        if create:
            file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": OPENING_SECONDS})
    if file is not None:
        watch_file(engine, file, create=create)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing of its own accord; `_begin` does
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA trusted_schema=OFF")
    # What a transaction has not committed stays in memory: written to the file early, it would keep readers out until
    # the end, all through a long import or one that is only tried.
    cursor.execute("PRAGMA cache_spill=OFF")
    wanted = journal_mode_for(sqlite3.sqlite_version_info)
    cursor.execute("PRAGMA journal_mode")
    if cursor.fetchall() not in ([(wanted,)], [("memory",)]):
        cursor.execute(f"PRAGMA journal_mode={wanted}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    reads, hurries = bool(options.get(_READING)), bool(options.get(_HURRIED))
    # A migration that rebuilds a table drops the old one, and with foreign keys on its children's rows go, too.
    connection.exec_driver_sql(f"PRAGMA foreign_keys={'OFF' if options.get(_MIGRATING) else 'ON'}")
    patience = READER_WAITS if reads else HURRIED_WAITS if hurries else BUSY_SECONDS
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(patience * 1000)}")
    # What an import changes would leave no room in the cache for the rows that it refers to, and how each page was
    # before a statement that may fail would be written to a file for every statement.
    megabytes, undone_from = (CACHE, "FILE") if reads or hurries else (CACHE_OF_WRITERS, "MEMORY")
    connection.exec_driver_sql(f"PRAGMA cache_size={-1000 * megabytes}")
    connection.exec_driver_sql(f"PRAGMA temp_store={undone_from}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _refuse_orphans(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
    if orphans:
        raise ValueError(f"rows that refer to nothing after the migration (table, row, parent, key): {orphans}")
