"""The file of an SQLite database: only its owner reads it, and a server notices when it is moved away or exchanged."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, _ConnectionFairy

_OPENED = "monitor_file"  # which file, whatever it is called now, a connection has open


def watch_file(engine: Engine, file: Path, *, create: bool) -> None:
    """Create the file for its owner alone when it is first opened (if at all), and notice what becomes of it.

    A connection that is open goes on with its file when somebody moves or deletes it, and would write into nothing:
    each connection is given up when another file, or none, has come to the address. A database that was there is
    never created anew by a server that runs: its readers would see a university without records.
    """
    seen = not create

    @event.listens_for(engine, "do_connect")
    def refuse_to_create(*_arguments: object) -> None:
        nonlocal seen
        if seen and not file.exists():
            raise sqlite3.OperationalError("unable to open database file: it is not where it was")
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        seen = True

    @event.listens_for(engine, "connect")
    def note_file(_connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info[_OPENED] = _identity(file)

    @event.listens_for(engine, "checkout")
    def give_up_if_exchanged(
        _connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: _ConnectionFairy
    ) -> None:
        if entry.info[_OPENED] != _identity(file):
            raise DisconnectionError("the file of the database was moved away or exchanged")


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
