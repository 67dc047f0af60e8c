"""`manage.py serve`: whether it may start, and over which database; the server itself is in `serving/`."""

import os
import socket
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Engine, make_url
from streamlit import config

import demonstration
from commands.databases import found_database, new_or_found_database
from data_access.engine import as_whole, default_url, journal_mode_for, reading
from data_access.persons import key_state
from data_access.reading_mode import LOOPBACK, VARIABLE, hosts_named
from data_access.records import Records
from data_access.roles import weaknesses
from data_access.scope import WHOLE_UNIVERSITY
from serving.gate import Start, Stored, refusals, refusals_of_data
from serving.start import configure, start
from vocabulary.text import Language, Text

WAL_HEADER = slice(18, 20), b"\x02\x02"  # of a file that journals with WAL (https://sqlite.org/fileformat.html#1.3.1)
REFUSED = Text("The monitor does not start. ", "起動できません。")
NOT_WAL = Text(
    "The database was journalled with WAL, and SQLite {version} has the WAL-reset fault, which can damage it: from now "
    "on it is journalled with DELETE. SQLite 3.51.3, 3.50.7 or 3.44.6 has the fault mended.",
    "データベースは WAL でしたが、SQLite {version} には WAL リセットの不具合があるため、DELETE に切り替えます。"
    "SQLite 3.51.3、3.50.7、3.44.6 で修正されています。",
)
KEY_IS_AWAY = Text(
    "The monitor starts, but refuses files with persons. {why}",
    "起動しますが、個人を含むファイルは取り込めません。{why}",
)


def run(
    options: Namespace,
    progress: Callable[[float], None],
    language: Language,
) -> int:
    """Get the database ready, say the address and become the server; 1 where that is unsafe or nobody can listen."""
    address, port = str(options.address), int(options.port)
    if options.demonstration:
        os.environ[VARIABLE] = "demonstration"
    refusal = _why_not_listen(address, port)
    if refusal is not None:
        print(f"The monitor cannot listen on {address}:{port}: {refusal}", file=sys.stderr)
        print("Name another port: make run PORT=8502, or manage.py serve --port 8502", file=sys.stderr)
        return 1
    about = about_to_start(address, port)
    if _refused(refusals(about), language):
        return 1
    if downgraded := _downgraded():
        print(downgraded.said_in(language), file=sys.stderr)
    engine = found_database() if about.mode == "sign-in" else new_or_found_database()
    if about.mode == "demonstration":
        load_demonstration_if_empty(engine, progress)
    wrong, warning = about_the_key(engine)
    refused = _refused([*why_not_this_data(about, engine), *wrong], language)
    engine.dispose()
    if refused:
        return 1
    if warning:
        print(warning.said_in(language), file=sys.stderr)
    print(f"The International Strategy Monitor: http://{address}:{port} (Ctrl-C stops it)", flush=True)
    return start(address, port, hosts())


def load_demonstration_if_empty(engine: Engine, progress: Callable[[float], None] = lambda _done: None) -> None:
    """Store the demonstration data where nothing was ever imported, or where its loading was cut short."""
    records = Records(engine, WHOLE_UNIVERSITY)
    imports = records.imports()
    stored = set(imports["kind"][imports["status"] == "stored"])
    if stored and not (records.is_demonstration() and set(demonstration.KINDS) - stored):
        return
    print("No data yet. Loading the demonstration data (about ten seconds) ...", flush=True)
    demonstration.load(engine, progress=progress)


def about_to_start(address: str, port: int) -> Start:
    """The start that `refusals` judges, with Streamlit's options as they will be."""
    configure(address, port, hosts())
    files = tuple(Path(file) for file in config.get_option("secrets.files"))
    return Start(address=address, environment=os.environ, option=config.get_option, secrets=files)


def hosts() -> list[str]:
    """The names under which the monitor answers: loopback's, and those of `MONITOR_HOSTS`."""
    return [*LOOPBACK, *hosts_named(os.environ.get("MONITOR_HOSTS", ""))]


def why_not_this_data(about: Start, engine: Engine) -> list[Text]:
    """Every reason not to serve this database."""
    records = Records(engine, WHOLE_UNIVERSITY)
    imports, marked = records.imports(), records.is_demonstration()
    importers = set(imports["importer"][imports["status"] == "stored"])
    own = bool(importers - {demonstration.IMPORTER})
    stored = Stored(real=bool(importers) and not marked, own_files=own and marked, file=_file())
    with reading(engine) as connection:
        weak = weaknesses(connection) if stored.real and about.mode != "local" else []
    return [*refusals_of_data(about, stored), *weak]


def about_the_key(engine: Engine) -> tuple[list[Text], Text | None]:
    """What is wrong with the key of persons, or what to say where it is away: figures need none, only imports."""
    with reading(engine) as connection:
        state, wrong = key_state(as_whole(connection))
    if wrong is None:
        return [], None
    return ([], KEY_IS_AWAY.filled(why=wrong)) if state == "missing" else ([wrong], None)


def _downgraded() -> Text | None:
    """What to say of a database whose journal this SQLite cannot be trusted with, before it is opened; or None."""
    file, (place, wal) = _file(), WAL_HEADER
    if file is None or not file.exists() or journal_mode_for(sqlite3.sqlite_version_info) == "wal":
        return None
    with file.open("rb") as opened:
        return NOT_WAL.filled(version=sqlite3.sqlite_version) if opened.read(20)[place] == wal else None


def _refused(reasons: Sequence[Text], language: Language) -> bool:
    """Say every reason not to start, if there is one."""
    for reason in reasons:
        print(f"{REFUSED.said_in(language)}{reason.said_in(language)}", file=sys.stderr)
    return bool(reasons)


def _why_not_listen(address: str, port: int) -> str | None:
    """Why a server cannot listen there (taken, no such address), or None."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as error:
            return str(error)
    return None


def _file() -> Path | None:
    address = make_url(default_url())
    return Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None
