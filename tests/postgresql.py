"""A throw-away PostgreSQL server: real, private, gone when the block ends."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from data_access.engine import connect, prepare

UNSAFE_AND_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=1GB")
MEMORY, ROOM = Path("/dev/shm"), 8 * 2**30  # bytes that the databases of a whole run find there  # noqa: S108

ADMINISTRATOR, OWNER, APPLICATION = "administrator", "monitor", "application"


class Cluster:
    """A running server, reached through a socket in its own folder; it hands out empty databases.

    Three roles: the administrator may do all; the owner of every database makes its tables, and is bound by row
    security as far as it is forced on it; the application has the rights that somebody gave it.
    """

    def __init__(self, folder: Path, account: pwd.struct_passwd) -> None:
        self._folder, self._account = folder, account
        self._numbers = itertools.count(1)

    def start(self) -> None:
        settings = (f"unix_socket_directories={self._folder}", "listen_addresses=", *UNSAFE_AND_FAST)
        options = " ".join(f"-c '{setting}'" for setting in settings)
        self._control("start", "--wait", "--log", str(self._folder / "server.log"), "--options", options)

    def stop(self) -> None:
        """Stop at once, as if it had failed; what was committed is there after `start`."""
        self._control("stop", "--mode", "immediate")

    def _control(self, command: str, *arguments: str) -> None:
        _run("pg_ctl", command, "--pgdata", str(self._folder / "data"), *arguments, account=self._account)

    def make_roles(self) -> None:
        self._administer(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
        self._administer(f"CREATE ROLE {APPLICATION} LOGIN")

    @property
    def data(self) -> Path:
        """Where the server keeps its files."""
        return self._folder / "data"

    def write_out(self) -> None:
        """Everything that was committed is in the server's files from now on."""
        self._administer("CHECKPOINT")

    def fresh_database(self, like: str = "template1") -> str:
        """The URL of a new database, for its owner: empty, or a copy of another one that nobody is connected to."""
        name = f"fresh_{next(self._numbers)}"
        self._administer(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {like}")
        return f"postgresql://{OWNER}@/{name}?host={self._folder}"

    def _administer(self, command: str) -> None:
        with psycopg.connect(host=str(self._folder), user=ADMINISTRATOR, dbname="postgres", autocommit=True) as server:
            server.execute(command.encode())

    @cached_property
    def _prepared(self) -> str:
        """The name of a database with the schema and without records."""
        url = self.fresh_database()
        engine = connect(url)
        prepare(engine)
        engine.dispose()
        return make_url(url).database or ""

    def prepared_database(self) -> str:
        """The URL of a new database as `prepare` leaves it; a copy, as migrating each takes far longer."""
        return self.fresh_database(like=self._prepared)


def as_role(url: str, role: str) -> str:
    """The same database, for another role."""
    return make_url(url).set(username=role).render_as_string(hide_password=False)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of our own for as long as the block runs."""
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="monitor-postgresql-", dir=_in_memory()))
    data = folder / "data"
    try:
        os.chown(folder, account.pw_uid, account.pw_gid)
        initdb = [
            "--auth=trust",
            f"--username={ADMINISTRATOR}",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions",
        ]
        _run("initdb", *initdb, "--pgdata", str(data), account=account)
        server = Cluster(folder, account)
        server.start()
        server.make_roles()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _in_memory() -> Path | None:
    """Where files lie in memory, if there is room: a new database takes a tenth of the time that it takes on a disk."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs; raises when it is not installed, so that no test passes untried."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parent.parent.name), reverse=True
    )
    found = shutil.which(name) or (str(installed[0]) if installed else None)
    if found is None:
        raise FileNotFoundError(
            f"{name} is neither on the PATH nor in /usr/lib/postgresql/*/bin; "
            "install PostgreSQL (Debian: apt-get install postgresql) or run 'make test' as root, which does"
        )
    return found


def _account() -> pwd.struct_passwd:
    """The user that runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _run(name: str, *arguments: str, account: pwd.struct_passwd) -> None:
    as_root = os.geteuid() == 0
    done = subprocess.run(
        [program(name), *arguments],
        check=False,
        cwd="/",
        stdout=subprocess.PIPE if name == "initdb" else subprocess.DEVNULL,  # the server would hold a pipe open
        stderr=subprocess.STDOUT,
        text=True,
        user=account.pw_uid if as_root else None,
        group=account.pw_gid if as_root else None,
        extra_groups=[] if as_root else None,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{name} {arguments[0]} failed with code {done.returncode}: {done.stdout or 'see its log'}")
