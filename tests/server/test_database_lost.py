"""The database goes away and comes back: readers are told in words, `/ready` says why, and nobody restarts anything."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from websockets.sync.client import ClientConnection

from data_access.engine import connect, prepare
from data_access.imports import store_rows
from data_access.roles import let_work
from serving.faults import OUT_OF_REACH
from tests import postgresql, serving
from tests.server.wire import ask, rerun, run, said, tab, wait_until

TOLD = OUT_OF_REACH.en.partition("{")[0]
LOCAL = {"MONITOR_READERS": "local"}


def with_rates(url: str) -> str:
    """A database that holds a little, so that no demonstration is put into it."""
    engine = connect(url)
    prepare(engine)
    rates = [{"currency": "EUR", "fiscal_year": "2023", "jpy": "156.7"}]
    assert store_rows(engine, "rates", rates, name="rates.csv", indicators={}).status == "stored"
    engine.dispose()
    return url


def shown(connection: ClientConnection) -> tuple[bool, bytes]:
    """Whether the page of imports tells that the database is away, and all bytes that the tab got."""
    messages, raw = run(connection, rerun("imports", "language=en"))
    return any(words.startswith(TOLD) for words in said(messages)), raw


def ready(address: str) -> tuple[int, list[str]]:
    answer = ask(address, "/ready")
    return answer.status, json.loads(answer.body)["reasons"]


def lost_and_back(address: str, lose: Callable[[], None], give_back: Callable[[], None]) -> None:
    """One reader before, during and after."""
    with tab(address) as connection:
        assert not shown(connection)[0]
        lose()
        for _ in range(2):
            away, raw = shown(connection)
            assert away
            assert b"Traceback" not in raw
            assert b"OperationalError" not in raw
        wait_until(lambda: _says_why(*ready(address)))
        assert ask(address, "/live").status == 200
        assert ask(address, "/_stcore/health").status == 200
        give_back()
        assert not shown(connection)[0]
        wait_until(lambda: ready(address)[0] == 200)


def _says_why(status: int, reasons: list[str]) -> bool:
    """`/ready` gives one reason, with what became of the database as far as that can be known."""
    return status == 503 and [reason.startswith("the database does not answer") for reason in reasons] == [True]


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[postgresql.Cluster, str, str]]:
    """A PostgreSQL server of this module's own, the URL of its database, and the address of the monitor over it."""
    with postgresql.cluster() as cluster:
        url = with_rates(cluster.fresh_database())
        owner = connect(url)
        let_work(owner, postgresql.APPLICATION)
        owner.dispose()
        served = postgresql.as_role(url, postgresql.APPLICATION)
        with serving.monitor(served, tmp_path_factory.mktemp("lost"), LOCAL) as server:
            yield cluster, url, server.address


def test_a_server_of_postgresql_that_stops_and_starts_again(
    on_postgresql: tuple[postgresql.Cluster, str, str],
) -> None:
    cluster, _, address = on_postgresql
    lost_and_back(address, cluster.stop, cluster.start)


def test_connections_that_are_cut_are_made_anew_and_no_reader_notices(
    on_postgresql: tuple[postgresql.Cluster, str, str],
) -> None:
    _, url, address = on_postgresql
    server = psycopg.connect(postgresql.as_role(url, postgresql.ADMINISTRATOR), autocommit=True)
    with tab(address) as connection, server as administrator:
        assert not shown(connection)[0]
        administrator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'application'")
        assert not shown(connection)[0]


def test_a_table_of_postgresql_that_is_locked(on_postgresql: tuple[postgresql.Cluster, str, str]) -> None:
    _, url, address = on_postgresql
    with psycopg.connect(url) as administrator:
        lock = "LOCK TABLE state IN ACCESS EXCLUSIVE MODE"
        lost_and_back(address, lambda: ignore(administrator.execute(lock)), administrator.rollback)


def ignore(_: object) -> None: ...


@contextmanager
def on_sqlite(folder: Path) -> Iterator[tuple[Path, str]]:
    """The file of a database, and the address of the monitor over it."""
    file = folder / "monitor.db"
    with serving.monitor(with_rates(f"sqlite:///{file}"), folder, LOCAL) as server:
        yield file, server.address


def test_a_file_of_sqlite_that_is_locked_or_moved_away(tmp_path: Path) -> None:
    away = tmp_path / "away.db"
    with on_sqlite(tmp_path) as (file, address), closing(sqlite3.connect(file, isolation_level=None)) as other:
        lost_and_back(
            address, lambda: ignore(other.execute("BEGIN EXCLUSIVE")), lambda: ignore(other.execute("COMMIT"))
        )
        other.close()
        lost_and_back(address, lambda: ignore(file.rename(away)), lambda: ignore(away.rename(file)))
        assert not away.exists()
        log = [json.loads(line) for line in (tmp_path / "monitor.log").read_text().splitlines() if line[0] == "{"]
    events = [line["event"] for line in log]
    assert [event for event in events if "ready" in event] == ["not_ready", "ready"] * 2
    assert set(events) == {"not_ready", "ready", "database_out_of_reach"}


def test_another_file_in_its_place_is_taken_up_at_once(tmp_path: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    engine = connect(with_rates(f"sqlite:///{first}"))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM rates").scalar() == 1
    connect(f"sqlite:///{second}")
    other = connect(f"sqlite:///{second}")
    prepare(other)
    other.dispose()
    second.rename(first)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM rates").scalar() == 0
    engine.dispose()


def test_a_file_that_is_not_there_is_not_made_by_whoever_only_serves_it(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}", create=False)
    with pytest.raises(Exception, match="unable to open database file"):
        engine.connect()
    assert not (tmp_path / "monitor.db").exists()
