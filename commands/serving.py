"""`manage.py serve`: whether it may start, and over which database; the server itself is in `serving/`."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, make_url

from data_access.engine import HOME, default_url, journal_mode_for
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from serving.gate import LOOPBACK, Start, refusals, refusals_of_data
from serving.settings import hosts_named
from serving.start import configure, start
from vocabulary.text import Text

SECRETS = Path(".streamlit") / "secrets.toml"
WAL_HEADER = slice(18, 20), b"\x02\x02"  # of a file that journals with WAL (https://sqlite.org/fileformat.html#1.3.1)
NOT_WAL = Text(
    "The database was journalled with WAL, and SQLite {version} has the WAL-reset fault, which can damage it: from now "
    "on it is journalled with DELETE. SQLite 3.51.3, 3.50.7 or 3.44.6 has the fault mended.",
    "データベースは WAL でしたが、SQLite {version} には WAL リセットの不具合があるため、DELETE に切り替えます。"
    "SQLite 3.51.3、3.50.7、3.44.6 で修正されています。",
)


def about_to_start(address: str, port: int) -> Start:
    """The start that `why_not` judges, with Streamlit's options as they will be."""
    from streamlit import config

    configure(address, port, hosts())
    files = tuple(folder / SECRETS for folder in (HOME, Path.home()))
    return Start(address=address, environment=os.environ, option=config.get_option, secrets=files)


def hosts() -> list[str]:
    """The names under which the monitor answers: loopback's, and those of `MONITOR_HOSTS`."""
    return [*LOOPBACK, *hosts_named(os.environ.get("MONITOR_HOSTS", ""))]


def why_not(about: Start) -> list[Text]:
    """Every reason not to start, before the database is opened."""
    return refusals(about)


def why_not_this_data(about: Start, engine: Engine) -> list[Text]:
    """Every reason not to serve this database."""
    records = Records(engine, WHOLE_UNIVERSITY)
    real = bool((records.imports()["status"] == "stored").any()) and not records.is_demonstration()
    return refusals_of_data(about, real=real, file=_file())


def downgraded() -> Text | None:
    """What to say of a database whose journal this SQLite cannot be trusted with, before it is opened; or None."""
    file, (place, wal) = _file(), WAL_HEADER
    if file is None or not file.exists() or journal_mode_for(sqlite3.sqlite_version_info) == "wal":
        return None
    with file.open("rb") as opened:
        return NOT_WAL.filled(version=sqlite3.sqlite_version) if opened.read(20)[place] == wal else None


def serve(address: str, port: int) -> int:
    """Serve until stopped; gives the exit status."""
    return start(address, port, hosts())


def _file() -> Path | None:
    address = make_url(default_url())
    return Path(address.database) if address.get_backend_name() == "sqlite" and address.database else None
