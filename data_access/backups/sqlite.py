"""Copies of an SQLite database while others use it: out with SQLite's backup API, back in one transaction."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

from sqlalchemy import Connection

from data_access.backups.errors import BackupError

_KINDS = ("table", "index", "trigger", "view")  # of what a schema consists, in the order in which it can be made
_OBJECTS = "SELECT type, name, sql FROM {}.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"


def copy_out(connection: Connection, target: Path) -> None:
    """Every page as this connection sees it, in one go: whoever writes waits for as long as the disk takes."""
    target.touch(mode=0o600, exist_ok=False)
    with closing(sqlite3.connect(target)) as copy:
        _driver(connection).backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, whatever the database journals with


def check(file: Path) -> None:
    """BackupError where SQLite finds the file damaged, or rows that refer to nothing."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(3)
        except sqlite3.DatabaseError as error:
            said, orphans = [str(error)], []
    if said != ["ok"] or orphans:
        found = "; ".join(said) if said != ["ok"] else f"rows that refer to nothing: {orphans}"
        raise BackupError(f"The database is damaged: {found}. Restore the last backup that is sound.")


def attach(connection: Connection, file: Path) -> None:
    """Make a file known to a connection, before its transaction begins."""
    _driver(connection).execute("ATTACH DATABASE ? AS restored", (str(file),))


def replace_all(connection: Connection) -> None:
    """Put what is in the attached file in place of everything, in the connection's transaction.

    In place of the file itself nothing is put: others have it open, and would go on in the one that was moved away.
    """
    for kind, name, _ in _objects(connection, "main"):
        if kind in ("table", "view"):  # indexes and triggers go with their table
            connection.exec_driver_sql(f"DROP {kind.upper()} {_quoted(name)}")
    wanted = _objects(connection, "restored")
    for kind, name, sql in wanted:
        if kind == "table":
            connection.exec_driver_sql(sql)
            whole = f"INSERT INTO main.{_quoted(name)} SELECT * FROM restored.{_quoted(name)}"  # noqa: S608
            connection.exec_driver_sql(whole)
    for kind, _, sql in wanted:
        if kind != "table":
            connection.exec_driver_sql(sql)
    counting = connection.exec_driver_sql("SELECT 1 FROM restored.sqlite_master WHERE name = 'sqlite_sequence'")
    if counting.first():  # a table that never gives a number twice
        connection.exec_driver_sql("DELETE FROM main.sqlite_sequence")
        connection.exec_driver_sql("INSERT INTO main.sqlite_sequence SELECT * FROM restored.sqlite_sequence")


def _objects(connection: Connection, schema: str) -> list[tuple[str, str, str]]:
    found = connection.exec_driver_sql(_OBJECTS.format(schema)).all()
    return sorted(((str(kind), str(name), str(sql)) for kind, name, sql in found), key=lambda row: _KINDS.index(row[0]))


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.dbapi_connection)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
