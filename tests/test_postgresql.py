"""The throw-away PostgreSQL server is real, and each database it hands out is fresh."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests import postgresql


def test_each_database_is_empty_and_separate(fresh_postgres: Callable[[], str]) -> None:
    first, second = fresh_postgres(), fresh_postgres()
    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE activities (title text)")
    with psycopg.connect(second) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert first != second
    assert tables == (0,)


def test_a_missing_server_is_an_error_that_names_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="apt-get install postgresql"):
        postgresql.program("no-such-program")
