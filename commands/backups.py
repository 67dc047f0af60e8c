"""What `manage.py backup`, `restore` and `compare` do and say."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from commands.acting import account
from data_access import audit, migrations
from data_access.backups.backing_up import back_up, place_of, superseded
from data_access.backups.backup_file import SUFFIX, About
from data_access.backups.contents import differences
from data_access.backups.errors import BackupError
from data_access.backups.restoring import restore
from data_access.engine import as_whole, connect, default_url, reading
from data_access.persons import key_state

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # argparse has no other name for it

FOLDER_VARIABLE = "MONITOR_BACKUPS"
ENDED = 128 + signal.SIGTERM  # the exit status of whoever was asked to end
KEY = {
    "of the demonstration": "The persons are those of the demonstration, whose key everybody knows.",
    "none yet": "No person was stored yet, so there is no key of persons to keep.",
    "sound": "The key of persons is NOT in it: keep a copy of the key elsewhere. The key found here is the database's.",
}
NO_KEY = "The key of persons is NOT in it, and here it is not found as it should be. {why}"


def add_commands(commands: "Commands") -> None:
    for add in (add_backup, add_restore, add_compare):
        add(commands)


def add_backup(commands: "Commands") -> None:
    parser = commands.add_parser(
        "backup",
        help="write the whole database into one file while others use it, and check the file",
        description="Exit status 1, with the reason and without a file, where that cannot be.",
    )
    folder = _folder()
    parser.add_argument(
        "target",
        metavar="FILE|FOLDER",
        type=Path,
        nargs="?" if folder else None,
        default=folder,
        help=f"a file that is not there yet, or a folder, where the file is named after the moment ({FOLDER_VARIABLE})",
    )
    parser.add_argument(
        "--keep",
        metavar="N",
        type=_at_least_one,
        help="of this database's backups in the folder that hold imports delete all but N",
    )
    parser.add_argument("--by", metavar="NAME", default=account(), help="who does it, for the audit log (%(default)s)")
    parser.set_defaults(run=_told(run_backup))


def add_restore(commands: "Commands") -> None:
    parser = commands.add_parser(
        "restore",
        help="put a backup into a database, which running servers then show",
        description="A database that holds something is replaced with --replace only, and is backed up first. "
        "A backup of an older version of the monitor is brought up to date, one of a newer version is refused.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="that `backup` wrote")
    parser.add_argument("--into", metavar="URL", required=True, help="the database, in the form of DATABASE_URL")
    parser.add_argument("--replace", action="store_true", help="a database that holds something already")
    parser.add_argument("--aside", metavar="FOLDER", type=Path, help="where it is backed up first (FILE's own folder)")
    parser.add_argument("--by", metavar="NAME", default=account(), help="who does it, for the audit log (%(default)s)")
    parser.set_defaults(run=_told(run_restore))


def add_compare(commands: "Commands") -> None:
    parser = commands.add_parser(
        "compare",
        help="say in which tables two databases differ, and by how many rows",
        description="Exit status 1 where they differ.",
    )
    parser.add_argument("first", metavar="URL", help="a database, in the form of DATABASE_URL")
    parser.add_argument("second", metavar="URL", help="another one, of either kind")
    parser.set_defaults(run=_told(run_compare))


def run_backup(options: argparse.Namespace) -> int:
    """Write the file, say what is in it, and forget older ones where that is asked for."""
    target = place_of(options.target, datetime.now(UTC))
    if options.keep and not options.target.is_dir():
        raise BackupError(f"--keep counts the backups of a folder, and {options.target} is none.")
    engine = connect(default_url(), create=False)
    try:
        about = back_up(engine, target)
        print(f"{target} ({target.stat().st_size / 1e6:,.1f} MB)")
        _say(about)
        print("checked: the database within is sound, and reads from the disk as it was written")
        print(_key_said(engine))
        with engine.begin() as connection:
            _note(as_whole(connection), options.by, "backup", target, about)
    finally:
        engine.dispose()
    for old in superseded(options.target, about, options.keep) if options.keep else []:
        old.unlink()
        print(f"deleted: {old}")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Put a backup back and say what is there now, and where to find what was there before."""
    engine = connect(options.into)
    folder = options.aside or options.file.parent
    aside = folder / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}" if options.replace else None

    def note(connection: Connection, about: About) -> None:
        _note(connection, options.by, "restore", options.file, about)

    try:
        about = restore(engine, options.file, aside=aside, note=note)
        _say(about)
        print(f"restored into {engine.url.render_as_string()}, and found to be the same there")
        if aside and aside.exists():
            print(f"What it held before is in {aside}; delete it when nobody needs it any more.")
        print(_key_said(engine).replace("in it", "in a backup"))
    finally:
        engine.dispose()
    return 0


def run_compare(options: argparse.Namespace) -> int:
    """Say the tables that differ."""
    engines = [connect(url, create=False) for url in (options.first, options.second)]
    try:
        with reading(engines[0]) as first, reading(engines[1]) as second:
            as_whole(first), as_whole(second)
            revisions = [", ".join(sorted(migrations.versions(one)[0])) or "none" for one in (first, second)]
            if revisions[0] != revisions[1]:
                raise BackupError(
                    f"The first database has the schema's revision {revisions[0]}, the second {revisions[1]}: bring "
                    "the older one up to date first (manage.py prepare)."
                )
            found = differences(first, second)
    finally:
        for engine in engines:
            engine.dispose()
    if not found:
        print("The two databases hold the same.")
        return 0
    widest = max(len(one.table) for one in found)
    print(f"{'table':{widest}}  {'only first':>11}  {'only second':>11}  {'differ':>11}")
    for one in found:
        print(f"{one.table:{widest}}  {one.only_first:11,}  {one.only_second:11,}  {one.changed:11,}")
    return 1


def _say(about: About) -> None:
    widest = max(map(len, about.tables))
    for name, held in about.tables.items():
        print(f"  {name:{widest}}  {held.rows:11,} rows  {held.sha256[:16]}")
    kind = "demonstration data" if about.demonstration else "records"
    print(
        f"{kind} of {about.made_at}: revision {about.revision} of the schema, version {about.data_version} of the data"
    )
    print(f"{about.rows:,} rows in {len(about.tables)} tables, SHA-256 over all of them {about.sha256}")


def _key_said(engine: Engine) -> str:
    with reading(engine) as connection:
        state, why = key_state(as_whole(connection))
    return KEY[state] if why is None else NO_KEY.format(why=why.en)


def _note(connection: Connection, by: str, action: str, file: Path, about: About) -> None:
    """In the audit log, where the schema is new enough to have one."""
    if migrations.is_current(connection):
        actor = audit.Actor(f"command line: {by}")
        audit.record(connection, actor, action, object=file.name, rows=about.rows, sha256=about.sha256)


def _told(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command, with its refusals on standard error; whoever is asked to end tidies up first."""

    def telling(options: argparse.Namespace) -> int:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
        try:
            return run(options)
        except BackupError as error:
            print(error, file=sys.stderr)
            return 1

    return telling


def _folder() -> Path | None:
    """The folder of backups, where a setting names one."""
    named = os.environ.get(FOLDER_VARIABLE, "").strip()
    return Path(named) if named else None


def _at_least_one(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is not a number from 1 on")
    return int(written)
