"""What `manage.py backup`, `restore` and `compare` do and say."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from commands.acting import account, operator
from data_access import audit, migrations
from data_access.audit.verifying import MADE_AT, RESTORE
from data_access.backups.backing_up import back_up, place_of, superseded
from data_access.backups.backup_file import SUFFIX, About
from data_access.backups.contents import differences
from data_access.backups.errors import BackupError
from data_access.backups.restoring import restore
from data_access.backups.rewinding import Held, Rewound
from data_access.engine import as_whole, connect, default_url, reading
from data_access.persons import key_state
from vocabulary.text import counted

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
    parser.add_argument("--another", action="store_true", help="replaces even another university's database")
    parser.add_argument("--dry-run", action="store_true", help="say what it would undo; nothing is changed")
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
    """Put a backup back; say before it counts what it undoes, then what is there, and who has to be erased again."""
    engine = connect(options.into)
    folder, now = options.aside or options.file.parent, datetime.now(UTC)
    found: list[Rewound] = []

    def note(connection: Connection, about: About, rewound: Rewound | None) -> None:
        if rewound:
            found.append(rewound)
            print(_undone(rewound, about, dry=options.dry_run), flush=True)
        if options.dry_run:
            raise _OnlyTriedError
        told = rewound.told(about.made_at) if rewound else {MADE_AT: about.made_at}
        _note(connection, options.by, RESTORE, options.file, about, told | {"revision": about.revision})

    try:
        with tempfile.TemporaryDirectory(dir=folder if options.dry_run else None) as only_tried:
            place = Path(only_tried) if options.dry_run else folder
            aside = place / f"before-restore-{now:%Y%m%dT%H%M%S.%fZ}{SUFFIX}" if options.replace else None
            about = restore(engine, options.file, aside=aside, another=options.another, note=note)
        _say(about)
        print(f"restored into {engine.url.render_as_string()}, and found to be the same there")
        if aside and aside.exists():
            print(f"What it held before is in {aside}; delete it when nobody needs it any more.")
        print(_key_said(engine).replace("in it", "in a backup"))
        print("".join(f"{line}\n" for line in _to_do_again(found)), end="")
    except _OnlyTriedError:
        print("A dry run: nothing was changed.")
    finally:
        engine.dispose()
    return 0


class _OnlyTriedError(Exception):
    """Nothing of it is to count."""


def _undone(rewound: Rewound, about: About, *, dry: bool) -> str:
    n = rewound.counts
    told = [
        counted(n["events"], "event of the audit log", "events of the audit log"),
        counted(n["roles"], "role given or taken back", "roles given or taken back"),
        counted(n["imports"], "import or roll-back", "imports or roll-backs"),
        counted(n["erased"], "person erased", "persons erased"),
        counted(n["corrected"], "person corrected", "persons corrected"),
    ]
    return f"This {'would undo' if dry else 'undoes'} what came after the backup of {about.made_at}: {', '.join(told)}."


def _to_do_again(found: list[Rewound]) -> Iterator[str]:
    """The commands that take persons out again who came back, and the events of corrections that are undone."""
    for rewound in found:
        if rewound.back:
            yield (
                f"{counted(len(rewound.back), 'person')} erased after the backup came back. Erase again what was to be "
                "erased for good:"
            )
            yield from (f"  manage.py erase-person {one}" for one in rewound.back)
        if rewound.renamed:
            yield "These ids were corrected after the backup, and mean what they meant before. Correct them again:"
            for one, event in rewound.renamed:
                yield f"  manage.py correct-person {one} NEW   (event {event} of the audit log that was replaced)"


def run_compare(options: argparse.Namespace) -> int:
    """Say the tables that differ."""
    engines = [connect(url, create=False) for url in (options.first, options.second)]
    try:
        heads = [_head_of(engine) for engine in engines]
        (revision, ours), (other, theirs) = heads
        if revision != other:
            raise BackupError(
                f"The first database has the schema's revision {revision}, the second {other}: bring the older one up "
                "to date first (manage.py prepare)."
            )
        if ours and theirs and ours != theirs:
            print(
                f"These are two databases (ids {ours} and {theirs}): neither is a copy of the other.", file=sys.stderr
            )
        with reading(engines[0]) as first, reading(engines[1]) as second:
            found = differences(as_whole(first), as_whole(second))
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


def _head_of(engine: Engine) -> tuple[str, str]:
    """The schema's revision of a database, and its id; BackupError, with its address, where it gives no answer."""
    try:
        with reading(engine) as connection:
            revision = ", ".join(sorted(migrations.versions(as_whole(connection))[0])) or "none"
            return revision, Held.by(connection).database_id
    except OperationalError as error:
        said = str(error.orig).strip().splitlines()[0]
        raise BackupError(f"The database {engine.url.render_as_string()} gave no answer: {said}.") from error


def _say(about: About) -> None:
    widest = max(map(len, about.tables))
    for name, held in about.tables.items():
        print(f"  {name:{widest}}  {held.rows:11,} row{'' if held.rows == 1 else 's'}  {held.sha256[:16]}")
    kind = "demonstration data" if about.demonstration else "records"
    print(
        f"{kind} of {about.made_at}: revision {about.revision} of the schema, version {about.data_version} of the data"
    )
    rows, tables = counted(about.rows, "row"), counted(len(about.tables), "table")
    print(f"{rows} in {tables}, SHA-256 over all of them {about.sha256}")


def _key_said(engine: Engine) -> str:
    with reading(engine) as connection:
        state, why = key_state(as_whole(connection))
    return KEY[state] if why is None else NO_KEY.format(why=why.en)


def _note(
    connection: Connection, by: str, action: str, file: Path, about: About, told: Mapping[str, str] | None = None
) -> None:
    """In the audit log, where the schema is new enough to have one."""
    if migrations.is_current(connection):
        actor = operator(by)
        details = told or {MADE_AT: about.made_at, "revision": about.revision}
        audit.record(connection, actor, action, object=file.name, details=details, rows=about.rows, sha256=about.sha256)


def _told(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command, with its refusals on standard error; whoever is asked to end tidies up first."""

    def telling(options: argparse.Namespace) -> int:
        before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))
        try:
            return run(options)
        except BackupError as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            signal.signal(signal.SIGTERM, before)

    return telling


def _folder() -> Path | None:
    """The folder of backups, where a setting names one."""
    named = os.environ.get(FOLDER_VARIABLE, "").strip()
    return Path(named) if named else None


def _at_least_one(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is not a number from 1 on")
    return int(written)
