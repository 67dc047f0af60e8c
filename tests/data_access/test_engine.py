"""Connections carry every guard, writers wait for each other, and a database is prepared once whoever asks first."""

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from data_access import engine as engine_module
from data_access.engine import (
    BUSY_SECONDS,
    OPENING_SECONDS,
    READER_WAITS,
    as_whole,
    connect,
    default_url,
    journal_mode_for,
    prepare,
    reading,
)
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import State


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 0), "delete"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 53, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_the_journal_is_wal_only_where_the_wal_reset_bug_is_mended(version: tuple[int, int, int], mode: str) -> None:
    assert journal_mode_for(version) == mode


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 51, 3)])
def test_sqlite_gets_every_pragma_on_every_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    wanted = {"foreign_keys": 1, "busy_timeout": 3000, "synchronous": 2, "trusted_schema": 0}
    with reading(engine) as first, reading(engine) as second:
        for connection in (first, second):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
            assert found == wanted
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == journal_mode_for(version)
    engine.dispose()


def test_who_imports_keeps_more_of_an_sqlite_file_in_memory_than_who_reads(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    wanted = ("cache_size", "temp_store")
    with engine.begin() as connection:
        writing = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted]
    with reading(engine) as connection:
        reads = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted]
    with engine.begin() as connection:
        again = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted]
    assert writing == again == [-128_000, 2]  # kilobytes; in memory
    assert reads == [-2_000, 1]  # in a file


def test_a_connection_that_the_server_dropped_is_replaced_unseen(postgres_url: str) -> None:
    engine, other = connect(postgres_url), connect(postgres_url)
    with engine.connect() as connection:
        process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with other.connect() as connection:  # as a restart of the server does, while the pool keeps the connection
        connection.exec_driver_sql(f"SELECT pg_terminate_backend({process})")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    engine.dispose()
    other.dispose()


@pytest.mark.parametrize("url", ["postgres://h/d", "postgresql://h/d", "postgresql+psycopg://h/d"])
def test_every_spelling_of_postgresql_means_the_one_driver(url: str) -> None:
    assert connect(url).url.render_as_string() == "postgresql+psycopg://h/d"


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "postgresql+psycopg2://u:secret@h/d", "duckdb:///x"])
def test_another_database_is_refused_without_telling_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="use sqlite:///path/to/file.db or postgresql://") as refusal:
        connect(url)
    assert "secret" not in str(refusal.value)


def test_the_database_is_the_one_named_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://h/d")
    assert default_url() == "postgresql://h/d"
    monkeypatch.delenv("DATABASE_URL")
    assert default_url() == f"sqlite:///{Path(engine_module.__file__).parent.parent / 'data' / 'monitor.db'}"


def test_the_folder_of_the_embedded_database_is_made(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'not' / 'yet' / 'monitor.db'}")
    prepare(engine)
    assert (tmp_path / "not" / "yet" / "monitor.db").exists()
    engine.dispose()


def test_a_row_that_refers_to_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        as_whole(connection)
        connection.exec_driver_sql("INSERT INTO activity_sdgs (activity_id, sdg) VALUES (99, 1)")


def test_a_text_is_no_truth_value(engine: Engine) -> None:
    """SQLite stores any value in any column unless its tables are STRICT."""
    refused = pytest.raises(Exception, match=r"cannot store TEXT value|invalid input syntax")
    with refused, engine.begin() as connection:
        as_whole(connection)
        connection.exec_driver_sql("UPDATE countries SET least_developed = 'abc'")


def test_two_who_read_and_then_write_both_succeed(engine: Engine) -> None:
    """With a deferred BEGIN the second one fails at once: "database is locked", whatever the time-out."""
    key = State.name == "data_version"
    both_started = threading.Barrier(2)

    def add_one() -> None:
        both_started.wait()
        with engine.begin() as connection:
            as_whole(connection)
            statement = select(State.value).where(key).with_for_update()
            number = int(connection.execute(statement).scalar_one())
            connection.execute(update(State).where(key).values(value=str(number + 1)))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(add_one) for _ in range(2)]:
            done.result()
    assert Records(engine, WHOLE_UNIVERSITY).data_version() == 2


HOLDS = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("COMMIT")
"""


def test_a_writer_waits_for_another_process_longer_than_a_reader_would(tmp_path: Path) -> None:
    """An import that is being stored holds the lock for seconds; whoever saves a little meanwhile comes after it."""
    file = tmp_path / "monitor.db"
    engine = connect(f"sqlite:///{file}")
    prepare(engine)
    held = OPENING_SECONDS + 1
    assert BUSY_SECONDS >= 5 * OPENING_SECONDS > 5 * READER_WAITS
    command = [sys.executable, "-c", HOLDS, str(file), str(held)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE state SET value = '3' WHERE name = 'data_version'")
    assert other.returncode == 0
    assert Records(engine, WHOLE_UNIVERSITY).data_version() == 3
    engine.dispose()


def test_a_deferred_begin_would_fail_where_ours_waits(tmp_path: Path) -> None:
    """What the test above guards against, shown: two read, one writes, the other cannot any more."""
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    write = "UPDATE state SET value = '1' WHERE name = 'data_version'"
    with reading(engine) as late:
        late.exec_driver_sql("PRAGMA busy_timeout=50")
        late.exec_driver_sql("SELECT * FROM state").all()
        with engine.connect() as early:
            early.exec_driver_sql(write)
            with pytest.raises(OperationalError, match="database is locked"):
                late.exec_driver_sql(write)
    engine.dispose()


def test_a_reader_neither_waits_for_a_writer_nor_stops_one(engine: Engine) -> None:
    with engine.connect() as writer:
        as_whole(writer)
        writer.exec_driver_sql("UPDATE state SET value = '7' WHERE name = 'data_version'")
        assert Records(engine, WHOLE_UNIVERSITY).data_version() == 0
        writer.commit()
    assert Records(engine, WHOLE_UNIVERSITY).data_version() == 7


def test_a_reader_on_postgresql_cannot_write(postgres_url: str) -> None:
    engine = connect(postgres_url)
    prepare(engine)
    with pytest.raises(Exception, match="read-only transaction"), reading(engine) as connection:
        connection.exec_driver_sql("DELETE FROM state")
    with engine.begin() as connection:  # and the pool hands the connection out for writing again
        as_whole(connection)
        connection.exec_driver_sql("UPDATE state SET value = '1' WHERE name = 'data_version'")
    engine.dispose()


def test_processes_that_prepare_at_the_same_time_do_not_crash(empty_url: str) -> None:
    program = f"from data_access.engine import connect, prepare; prepare(connect({empty_url!r}))"
    root = Path(engine_module.__file__).parent.parent
    processes = [subprocess.Popen([sys.executable, "-W", "error", "-c", program], cwd=root) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    engine = connect(empty_url)
    assert len(Records(engine, WHOLE_UNIVERSITY).countries()) == 250
    engine.dispose()


def test_threads_that_prepare_at_the_same_time_do_not_crash(empty_url: str) -> None:
    engine = connect(empty_url)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(prepare, [engine] * 4)) == [None] * 4
    engine.dispose()
