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
from data_access.backups.rewinding import Held, Rewound, keep_identity
from data_access.data_mark import renew_mark
from data_access.engine import as_whole, rebuilding
from vocabulary.text import counted


def restore(
    engine: Engine,
    path: Path,
    *,
    aside: Path | None = None,
    another: bool = False,
    note: Callable[[Connection, About, Rewound | None], None] = lambda *_: None,
) -> About:
    """Make a database what a backup holds, with the newest schema and a mark of its own; gives what the backup says.

    A database that holds anything is replaced only where `aside` names the file into which it is backed up first, and
    one that has another id than the backup's, and imports, only where that is said (`another`). Whoever reads sees all
    of the old or all of the new; whoever writes waits. `note` is called in the transaction, with what is rewound (None:
    the database held nothing).
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
            with put_back(engine, database, lambda one: _make_way(engine, one, about, aside, another)) as opened:
                connection, before = opened
                if contents(connection) != about.tables:
                    raise BackupError(f"What came out of {path} is not what the backup says. Nothing was changed.")
                migrations.upgrade(connection)
                seeds.sow(connection)
                renew_mark(connection)
                rewound = Rewound.of(before, connection) if before else None
                if rewound:
                    keep_identity(connection, rewound, about.database_id)
                note(connection, about, rewound)
        finally:
            engine.dispose()  # the connections were told things that are no business of whoever uses them next
    return about


_MakeWay = Callable[[Connection], Held | None]
_Opened = tuple[Connection, Held | None]


@contextmanager
def _into_sqlite(engine: Engine, database: Path, make_way: _MakeWay) -> Iterator[_Opened]:
    sqlite.check(database)
    with rebuilding(engine, lambda connection: sqlite.attach(connection, database)) as connection:
        before = make_way(connection)
        sqlite.replace_all(connection)
        yield connection, before


@contextmanager
def _into_postgresql(engine: Engine, database: Path, make_way: _MakeWay) -> Iterator[_Opened]:
    replaced = ""
    with rebuilding(engine) as connection:
        roles.refuse_unless_owner(connection)
        postgresql.hold_off_writers(connection)
        before = make_way(connection)
        if before:
            replaced = postgresql.put_aside(connection)
        postgresql.restore(database, connection)
        yield as_whole(connection), before  # which the script has made it forget
    if replaced:  # on its own: it waits for whoever still reads from there
        with engine.begin() as connection:
            postgresql.forget(connection, replaced)


def _make_way(engine: Engine, connection: Connection, about: About, aside: Path | None, another: bool) -> Held | None:
    """What there was, which is backed up; nobody writes to it until the connection's transaction ends."""
    if not inspect(connection).get_table_names():
        return None
    if aside is None:
        raise BackupError(f"{_told(engine)} holds something already. Name another database, or say --replace.")
    held = Held.by(connection)
    ids = {held.database_id, about.database_id}
    if held.imports and not another and len(ids) > 1 and "" not in ids:
        raise BackupError(
            f"{_told(engine)} is another database (id {held.database_id}) than the one that was backed up (id "
            f"{about.database_id}), and holds {counted(len(held.imports), 'import')}. Nothing was changed. See which "
            "one --into names; say --another if it is to be replaced all the same."
        )
    back_up(engine, aside)
    return held


def _room(engine: Engine) -> Path | None:
    """Where the database is unpacked: beside a file of SQLite, where there is room for it, else where systems do."""
    on_disk = engine.dialect.name == "sqlite" and engine.url.database
    return Path(engine.url.database or "").parent if on_disk else None


def _told(engine: Engine) -> str:
    return engine.url.render_as_string()
