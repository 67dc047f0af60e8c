"""The demonstration's data in a database of its own, for promises that are tried on it."""

import shutil
from pathlib import Path

import demonstration
from data_access.engine import connect, prepare


def demonstration_in(folder: Path, database: Path | None = None) -> str:
    """The URL of the demonstration's data in a database of this folder: a copy of `database`, or built anew."""
    url = f"sqlite:///{folder / 'monitor.db'}"
    if database is not None:
        shutil.copy(database, folder / "monitor.db")
        return url
    engine = connect(url)
    prepare(engine)
    demonstration.load(engine)
    engine.dispose()
    return url
