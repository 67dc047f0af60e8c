"""Putting a backup back: all of it in one transaction, checked before it counts; what was there is backed up first."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from data_access import migrations, roles, seeds
from data_access.backups import backup_file, postgresql, sqlite
from data_access.backups.backing_up import back_up
from data_access.backups.backup_file import DATABASES, About
from data_access.backups.contents import contents
from data_access.backups.errors import BackupError
from data_access.data_mark import renew_mark
from data_access.engine import as_whole, rebuilding


def restore(
    engine: Engine,
    path: Path,
    *,
    aside: Path | None = None,
    note: Callable[[Connection, About], None] = lambda *_: None,
) -> About:
    """Make a database what a backup holds, with the newest schema and a mark of its own; gives what the backup says.

    A database that holds anything is replaced only where `aside` names the file into which it is backed up first.
    Whoever reads sees all of the old or all of the new; whoever writes waits. `note` is called in the transaction.
    BackupError and `migrations.NewerSchemaError` leave everything as it was.
    """
    about = backup_file.read(path)
    if about.kind != engine.dialect.name:
        raise BackupError(f"{path} is of {about.kind}: restore it into a database of {about.kind}.")
    migrations.refuse_strangers(set(about.revision.split(", ")), str(path))
    with tempfile.TemporaryDirectory(dir=_room(engine)) as folder:
        database = Path(folder) / DATABASES[about.kind]
        backup_file.unpack(about, path, database)
        put_back = _into_sqlite if about.kind == "sqlite" else _into_postgresql
        try:
            with put_back(engine, database, aside) as connection:
                if contents(connection) != about.tables:
                    raise BackupError(f"What came out of {path} is not what the backup says. Nothing was changed.")
                migrations.upgrade(connection)
                seeds.sow(connection)
                renew_mark(connection)
                note(connection, about)
        finally:
            engine.dispose()  # the connections were told things that are no business of whoever uses them next
    return about


@contextmanager
def _into_sqlite(engine: Engine, database: Path, aside: Path | None) -> Iterator[Connection]:
    sqlite.check(database)
    with rebuilding(engine, lambda connection: sqlite.attach(connection, database)) as connection:
        _back_up_first(engine, connection, aside)
        sqlite.replace_all(connection)
        yield connection


@contextmanager
def _into_postgresql(engine: Engine, database: Path, aside: Path | None) -> Iterator[Connection]:
    replaced = ""
    with rebuilding(engine) as connection:
        roles.refuse_unless_owner(connection)
        postgresql.hold_off_writers(connection)
        if _back_up_first(engine, connection, aside):
            replaced = postgresql.put_aside(connection)
        postgresql.restore(database, connection)
        yield as_whole(connection)  # which the script has made it forget
    if replaced:  # on its own: it waits for whoever still reads from there
        with engine.begin() as connection:
            postgresql.forget(connection, replaced)


def _back_up_first(engine: Engine, connection: Connection, aside: Path | None) -> bool:
    """Whether there was anything; nobody writes to it until the connection's transaction ends."""
    if not inspect(connection).get_table_names():
        return False
    if aside is None:
        raise BackupError(f"{_told(engine)} holds something already. Name another database, or say --replace.")
    back_up(engine, aside)
    return True


def _room(engine: Engine) -> Path | None:
    """Where the database is unpacked: beside a file of SQLite, where there is room for it, else where systems do."""
    on_disk = engine.dialect.name == "sqlite" and engine.url.database
    return Path(engine.url.database or "").parent if on_disk else None


def _told(engine: Engine) -> str:
    return engine.url.render_as_string()
