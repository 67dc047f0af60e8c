"""Making a backup: the database at one moment, while others read and write, in one file that was checked."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from data_access.backups import backup_file, postgresql, sqlite
from data_access.backups.backup_file import DATABASES, SUFFIX, About
from data_access.backups.contents import contents
from data_access.backups.errors import BackupError
from data_access.backups.unfinished import made_beside, move_into_place
from data_access.data_mark import DATABASE_ID
from data_access.engine import as_whole, connect, reading
from data_access.migrations import versions
from data_access.persons import FINGERPRINT
from data_access.tables import Import, State

PREFIX = "monitor-"


def place_of(target: Path, now: datetime) -> Path:
    """The file to write: the target itself, or a name with the moment (UTC) in a target that is a folder."""
    return target / f"{PREFIX}{now:%Y%m%dT%H%M%SZ}{SUFFIX}" if target.is_dir() else target


def back_up(engine: Engine, target: Path) -> About:
    """Write the database to a file that is not there yet; BackupError where that cannot be, and then there is no file.

    Readable by its owner alone. Whoever writes to an SQLite database meanwhile waits while its pages are copied; on
    PostgreSQL nobody waits.
    """
    if target.exists():
        raise BackupError(f"{target} is there already and is not overwritten. Name another file, or a folder.")
    with made_beside(target) as folder:
        database = folder / DATABASES[engine.dialect.name]
        try:
            about = (_of_sqlite if engine.dialect.name == "sqlite" else _of_postgresql)(engine, database)
            made = folder / target.name
            about = backup_file.write(about, database, made)
            move_into_place(made, target)
        except (OSError, sqlite3.Error) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise BackupError(f"The backup could not be written to {target}: {why}.") from error
    return about


def newest(folder: Path) -> datetime | None:
    """When the newest backup of a folder was made, by its name (UTC); None where there is none."""
    names = sorted(file.name for file in backups_in(folder))
    return datetime.strptime(names[-1], f"{PREFIX}%Y%m%dT%H%M%SZ{SUFFIX}").replace(tzinfo=UTC) if names else None


def backups_in(folder: Path) -> list[Path]:
    """The backups of a folder that have the name that `place_of` gives, oldest first."""
    digits = "[0-9]" * 8, "[0-9]" * 6
    return sorted(folder.glob(f"{PREFIX}{digits[0]}T{digits[1]}Z{SUFFIX}"))


def superseded(folder: Path, new: About, keep: int) -> list[Path]:
    """The backups of a folder that may go when `keep` stay: of the same database as `new`, and only if it has imports.

    Databases are told apart by their ids; where a backup is from before there were ids, by kind, by what they hold
    (a demonstration or records) and by the key of persons. A backup that cannot be read, holds no import or is of
    another database is never counted and never goes.
    """
    ours = [path for path in backups_in(folder) if _holds_the_same(path, new)]
    return ours[:-keep] if _imports(new) else []


def _holds_the_same(path: Path, new: About) -> bool:
    try:
        old = backup_file.read(path)
    except BackupError:
        return False
    if old.database_id:
        return bool(_imports(old)) and old.database_id == new.database_id
    same_key = old.person_key in ("", new.person_key)
    return bool(_imports(old)) and (old.kind, old.demonstration) == (new.kind, new.demonstration) and same_key


def _imports(of: About) -> int:
    return of.tables[Import.__tablename__].rows if Import.__tablename__ in of.tables else 0


def _of_sqlite(engine: Engine, database: Path) -> About:
    """The copy is what is looked at, not the database, which others want to write to."""
    with reading(engine) as connection:
        sqlite.copy_out(connection, database)
    sqlite.check(database)
    copy = connect(f"sqlite:///{database}")
    try:
        with reading(copy) as connection:
            return about(as_whole(connection), sqlite3.sqlite_version)
    finally:
        copy.dispose()


def _of_postgresql(engine: Engine, database: Path) -> About:
    with reading(engine) as connection:
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        made_with = postgresql.dump(connection, database)
        said = about(as_whole(connection), made_with)
        postgresql.check(database, connection)
    return said


def about(connection: Connection, made_with: str) -> About:
    """What there is to say of a database as this connection sees it."""
    held = contents(connection)
    if State.__tablename__ not in held:
        raise BackupError("This database holds nothing of the monitor. See DATABASE_URL.")
    facts = {str(name): str(value) for name, value in connection.execute(select(State.name, State.value))}
    return About(
        kind=connection.dialect.name,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        made_with=made_with,
        revision=", ".join(sorted(versions(connection)[0])),
        data_version=int(facts.get("data_version", "0")),
        demonstration=facts.get("demonstration") == "yes",
        person_key=facts.get(FINGERPRINT, ""),
        database_id=facts.get(DATABASE_ID, ""),
        tables=held,
    )
