"""Prepared databases of either kind for promises to try themselves on."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from data_access.engine import connect, prepare
from tests import postgresql


@contextmanager
def databases() -> Iterator[tuple[Engine, Engine]]:
    """One on SQLite and one on a PostgreSQL server of its own, both without records and with a key for persons."""
    before = os.environ.get("MONITOR_PERSON_KEY")
    os.environ["MONITOR_PERSON_KEY"] = bytes(range(32)).hex()
    try:
        with tempfile.TemporaryDirectory() as folder, postgresql.cluster() as cluster:
            engines = connect(f"sqlite:///{Path(folder) / 'monitor.db'}"), connect(cluster.fresh_database())
            for engine in engines:
                prepare(engine)
            yield engines
            for engine in engines:
                engine.dispose()
    finally:
        if before is None:
            del os.environ["MONITOR_PERSON_KEY"]
        else:
            os.environ["MONITOR_PERSON_KEY"] = before
