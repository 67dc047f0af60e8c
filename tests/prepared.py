"""Databases with the schema and without records, each a copy of one: to migrate them one by one takes far longer."""

import tempfile
from functools import cache
from pathlib import Path

from data_access.engine import connect, prepare


def prepare_file(file: Path) -> str:
    """The URL of a new SQLite database in this file, as `prepare` leaves it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_sqlite())
    return f"sqlite:///{file}"


@cache
def _sqlite() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "prepared.db"
        engine = connect(f"sqlite:///{file}")
        prepare(engine)
        engine.dispose()
        return file.read_bytes()
