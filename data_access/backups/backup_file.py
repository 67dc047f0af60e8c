"""The file of a backup: a ZIP with `about.json` and the database, as any tool of SQLite or PostgreSQL reads it.

`database.sqlite3` is an SQLite database, `database.dump` an archive of `pg_dump --format=custom`.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import IO

from data_access.backups.contents import TableContents, hash_of_all
from data_access.backups.errors import BackupError

FORMAT = 2  # the first did not say which database it is of
READ = (1, FORMAT)
ABOUT = "about.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
SUFFIX = ".backup"
_AT_ONCE = 1 << 20  # bytes read
# What zipfile raises for a damaged archive: a flag turned over asks for a password, a method is none.
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, kw_only=True)
class About:
    """What a backup is of: `kind` of database, the moment in UTC, the schema's revision, and what it holds."""

    kind: str
    made_at: str
    made_with: str  # the version of SQLite, or of pg_dump
    revision: str
    data_version: int
    demonstration: bool
    person_key: str  # the fingerprint of the key of persons; empty where no person was ever stored
    tables: Mapping[str, TableContents]
    database_sha256: str = ""
    database_id: str = ""  # which database it is of; nothing where it had no id yet

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def sha256(self) -> str:
        """Over all tables."""
        return hash_of_all(self.tables)


def write(about: About, database: Path, target: Path) -> About:
    """Pack a database and what is known of it, readable by its owner alone, and read it again to be sure."""
    target.touch(mode=0o600, exist_ok=False)
    name = DATABASES[about.kind]
    how = zipfile.ZIP_DEFLATED if about.kind == "sqlite" else zipfile.ZIP_STORED  # pg_dump has compressed already
    with zipfile.ZipFile(target, "w", how, compresslevel=1) as packed, database.open("rb") as file:
        with packed.open(name, "w", force_zip64=True) as inside:
            about = replace(about, database_sha256=_copied(file, inside))
        packed.writestr(ABOUT, json.dumps({"format": FORMAT, **asdict(about), "sha256": about.sha256}, indent=1))
    if read(target) != about or unpack(about, target, None) != about.database_sha256:
        raise BackupError(f"What was written to {target.parent.parent} reads otherwise: its disk cannot be trusted.")
    return about


def read(path: Path) -> About:
    """What a backup says of itself; BackupError for a file that is none."""
    try:
        with zipfile.ZipFile(path) as packed:
            said = json.loads(packed.read(ABOUT))
        if said.pop("format") not in READ:
            raise BackupError(f"{path} is a backup of a later form than this version of the monitor reads ({FORMAT}).")
        tables = {name: TableContents(*held) for name, held in said.pop("tables").items()}
        whole = said.pop("sha256")
        about = About(tables=tables, **said)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except (*_DAMAGED, ValueError, TypeError, OSError) as error:
        if isinstance(error, BackupError):
            raise
        raise BackupError(f"{path} is no backup of the monitor, or is damaged: `manage.py backup` makes one.") from None
    if whole != about.sha256 or about.kind not in DATABASES:
        raise BackupError(f"{path} is damaged: what it says of itself does not fit together. Take another backup.")
    return about


def unpack(about: About, path: Path, target: Path | None) -> str:
    """Write the database within a backup to `target` (or nowhere); gives its SHA-256, BackupError for another one."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(DATABASES[about.kind]) as inside:
            if target is None:
                found = _copied(inside, None)
            else:
                target.touch(mode=0o600, exist_ok=False)
                with target.open("wb") as file:
                    found = _copied(inside, file)
    except _DAMAGED as error:
        raise BackupError(f"{path} is damaged ({error}). Take another backup.") from None
    if found != about.database_sha256:
        raise BackupError(f"{path} is damaged: its database has another hash than it says. Take another backup.")
    return found


def _copied(source: IO[bytes], target: IO[bytes] | None) -> str:
    """The SHA-256 of what was copied."""
    digest = sha256()
    while some := source.read(_AT_ONCE):
        digest.update(some)
        if target is not None:
            target.write(some)
    return digest.hexdigest()
