"""Copies of a PostgreSQL database while others use it: out with pg_dump, back with pg_restore in one transaction."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, cast

from sqlalchemy import Connection, inspect

from data_access.backups.errors import BackupError

if TYPE_CHECKING:
    import psycopg

_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
)
_COPY = re.compile(rb"COPY .* FROM stdin;\n")
_END = b"\\.\n"
_FOR_PSQL = (b"\\restrict ", b"\\unrestrict ")  # said to psql, which is not here
_ASIDE = "before_restore_"  # how the schemas are called that a restore replaces
_WHOLE = "-c monitor.scope=*"  # what row security asks for from whoever reads everything
_MAKE_ROLE = "It has rights in the backup: make it first (CREATE ROLE ... LOGIN), or restore into a server that has it."
PATIENCE = 60  # seconds that a restore waits for whoever writes


def dump(connection: Connection, target: Path) -> str:
    """Every row as this connection's transaction sees it; gives the version of pg_dump.

    The transaction is REPEATABLE READ; pg_dump takes over its snapshot, so that what is read on the connection and
    what is in the file are the same moment.
    """
    program, version = _program("pg_dump", connection)
    snapshot = str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
    url = connection.engine.url
    command = [program, "--format=custom", "--no-owner", "--enable-row-security", f"--exclude-schema={_ASIDE}*"]
    command += [f"--snapshot={snapshot}", f"--file={target}"]
    target.touch(mode=0o600, exist_ok=False)
    _run([*command, url.set(drivername="postgresql", password="").render_as_string()], url.password)
    return version


def check(file: Path, connection: Connection) -> None:
    """BackupError where pg_restore cannot read the archive to its end."""
    _run([_program("pg_restore", connection)[0], "--file=/dev/null", str(file)])


def tables(connection: Connection) -> list[str]:
    return sorted(inspect(connection).get_table_names())


def hold_off_writers(connection: Connection) -> None:
    """Until the transaction ends nobody else changes a table; readers go on."""
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    for table in tables(connection):
        connection.exec_driver_sql(f"LOCK TABLE {_quoted(table)} IN EXCLUSIVE MODE")


def put_aside(connection: Connection) -> str:
    """Everything under another name, and the empty schema in its place; gives that name."""
    name = f"{_ASIDE}{datetime.now(UTC):%Y%m%d%H%M%S}"
    connection.exec_driver_sql(f"ALTER SCHEMA public RENAME TO {name}")
    owner = "SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = %(name)s"
    found = str(connection.exec_driver_sql(owner, {"name": name}).scalar_one())
    connection.exec_driver_sql(f"CREATE SCHEMA public AUTHORIZATION {_quoted(found)}")
    connection.exec_driver_sql("GRANT USAGE ON SCHEMA public TO PUBLIC")
    return name


def restore(file: Path, connection: Connection) -> None:
    """What pg_restore says, in the connection's transaction."""
    from psycopg.errors import UndefinedObject  # a server over SQLite needs no driver of PostgreSQL

    command = [_program("pg_restore", connection)[0], "--no-owner", "--file=-", str(file)]
    raw = cast("psycopg.Connection[tuple[object, ...]]", connection.connection.dbapi_connection)
    with TemporaryFile() as said:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as process, raw.cursor() as cursor:  # noqa: S603
            try:
                _execute(cast("IO[bytes]", process.stdout), cursor)
            except UndefinedObject as error:  # a role that has rights in the backup
                raise BackupError(f"{error.diag.message_primary}. {_MAKE_ROLE}") from error
        if process.returncode != 0:
            said.seek(0)
            raise BackupError(f"pg_restore cannot read the dump: {said.read().decode(errors='replace').strip()}")
    connection.exec_driver_sql("RESET ALL")  # the script sets what suits itself


def _execute(script: IO[bytes], cursor: "psycopg.Cursor[tuple[object, ...]]") -> None:
    """Statements as they come, and the rows of each table as one stream."""
    waiting: list[bytes] = []
    for line in script:
        if line.startswith(_FOR_PSQL):
            continue
        if not _COPY.fullmatch(line):
            waiting.append(line)
            continue
        cursor.execute(b"".join(waiting))
        waiting.clear()
        with cursor.copy(line) as rows:
            for row in _rows(script):
                rows.write(row)
    cursor.execute(b"".join(waiting))


def _rows(script: IO[bytes]) -> Iterator[bytes]:
    return takewhile(lambda line: line != _END, script)


def forget(connection: Connection, schema: str) -> None:
    connection.exec_driver_sql(f"DROP SCHEMA {_quoted(schema)} CASCADE")


def _program(name: str, connection: Connection) -> tuple[str, str]:
    """The path and version of one of PostgreSQL's programs that can speak to this server.

    The oldest that is not older than the server: a newer one may say what the server does not know.
    """
    server = int((connection.dialect.server_version_info or (0,))[0])
    found = dict(_installed(name))
    fit = sorted((int(version.partition(".")[0]), path) for path, version in found.items())
    for major, path in fit:
        if major >= server:
            return path, found[path]
    there = f"only {', '.join(sorted(found.values()))} is installed" if found else "none is installed"
    raise BackupError(
        f"{name} of PostgreSQL {server} or newer is needed, as the server is {server}; {there}. "
        f"Install the client programs (Debian: apt-get install postgresql-client-{server}), or put {name} on the PATH."
    )


def _installed(name: str) -> Iterator[tuple[str, str]]:
    on_path = shutil.which(name)
    paths = [
        *([on_path] if on_path else []),
        *(str(path) for one in _FOLDERS for path in Path("/").glob(f"{one[1:]}/{name}")),
    ]
    for path in dict.fromkeys(paths):
        done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        if version := re.search(r"(\d+)(\.\d+)*", done.stdout):
            yield path, version[0]


def _run(command: Sequence[str], password: str | None = None) -> None:
    """The password is told by the environment, which other users of the machine cannot read."""
    secret = {"PGPASSWORD": password} if password else {}
    options = {"PGOPTIONS": f"{os.environ.get('PGOPTIONS', '')} {_WHOLE}".strip()}
    environment = {**os.environ, **secret, **options}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
