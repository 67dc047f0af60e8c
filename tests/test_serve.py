"""`manage.py serve` as the Makefile calls it: what it does to the database, what it says, when it refuses."""

import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from commands.serving import about_the_key, load_demonstration_if_empty, why_not_this_data
from data_access.condition import condition
from data_access.engine import connect, prepare
from data_access.imports import store_rows
from data_access.person_keys import FILE_VARIABLE, VARIABLE
from data_access.persons import key_of
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from serving.gate import Start
from serving.ready import KEY_SAID, Disk, report
from tests import serving
from tests.server.wire import ask


def test_an_empty_folder_becomes_a_monitor_with_the_demonstration_data(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'not there yet' / 'monitor.db'}"
    with serving.monitor(url, tmp_path) as server:
        said = server.log.read_text()
    assert server.address in said
    assert "Loading the demonstration data" in said
    assert Records(connect(url), WHOLE_UNIVERSITY).is_demonstration()


def test_the_monitor_is_served_from_wherever_it_is_called(demonstration_copy: str, tmp_path: Path) -> None:
    """Without the configuration that lies beside the script it would refuse to start."""
    with serving.monitor(demonstration_copy, tmp_path, called_from=tmp_path) as server:
        assert ask(server.address, "/").status == 200
        assert "does not start" not in server.log.read_text()
        assert '"person_key":"of the demonstration"' in ask(server.address, "/ready").body.decode()


def test_the_key_of_persons_is_looked_at_before_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that others read is a reason not to start, one that is away is told: figures need none."""
    monkeypatch.delenv(VARIABLE)
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    assert about_the_key(engine) == ([], None)
    assert condition(engine).person_key == "none yet"
    with engine.begin() as connection:
        key_of(connection)
    assert about_the_key(engine) == ([], None)
    assert condition(engine).person_key == "sound"
    (tmp_path / "person.key").chmod(0o644)
    (wrong,), warning = about_the_key(engine)
    assert "chmod 600" in wrong.en
    assert warning is None
    monkeypatch.setenv(VARIABLE, bytes(range(100, 132)).hex())
    (wrong,), _ = about_the_key(engine)
    assert "stored under another key than MONITOR_PERSON_KEY" in wrong.en
    monkeypatch.setenv(VARIABLE, "short")
    assert condition(engine).person_key == "unfit"
    monkeypatch.delenv(VARIABLE)
    (tmp_path / "person.key").unlink()
    wrongs, warning = about_the_key(engine)
    assert wrongs == []
    assert warning is not None
    assert "Restore it from where it was kept" in warning.en
    told = report(condition(engine), Disk(free_mb=1000))
    assert told.reasons == []
    assert told.facts["person_key"] == KEY_SAID["missing"]
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "not there"))
    (wrong,), _ = about_the_key(engine)
    assert "is not there" in wrong.en
    engine.dispose()


def test_data_of_ones_own_stays_alone(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    rates = [{"currency": "EUR", "fiscal_year": "2023", "jpy": "156.7"}]
    assert store_rows(engine, "rates", rates, name="rates.csv", indicators={}).status == "stored"
    load_demonstration_if_empty(engine)
    assert Records(engine, WHOLE_UNIVERSITY).activities().empty
    assert not Records(engine, WHOLE_UNIVERSITY).is_demonstration()


def test_real_records_are_not_served_to_readers_by_the_role_that_owns_their_tables(postgres_url: str) -> None:
    engine = connect(postgres_url)
    prepare(engine)
    rates = [{"currency": "EUR", "fiscal_year": "2023", "jpy": "156.7"}]
    store_rows(engine, "rates", rates, name="rates.csv", indicators={})
    assert any("owns tables of the monitor" in reason for reason in condition(engine).weaknesses)
    start = Start(address="127.0.0.1", environment={}, option=lambda _name: None)
    (why,) = why_not_this_data(start, engine)
    assert why.en.startswith("The database role monitor owns tables of the monitor")
    assert "prepare --app-role" in why.en
    assert why_not_this_data(replace(start, environment={"MONITOR_READERS": "local"}), engine) == []
    engine.dispose()


def test_a_complete_demonstration_is_not_loaded_again(demonstration_copy: str) -> None:
    engine = connect(demonstration_copy)
    before = Records(engine, WHOLE_UNIVERSITY).data_version(), len(Records(engine, WHOLE_UNIVERSITY).imports())
    load_demonstration_if_empty(engine)
    assert before == (
        Records(engine, WHOLE_UNIVERSITY).data_version(),
        len(Records(engine, WHOLE_UNIVERSITY).imports()),
    )


def test_a_port_that_is_taken_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "manage.py", "serve", "--port", port]
        done = subprocess.run(command, cwd=serving.HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port 8502" in done.stderr


def test_a_server_that_ends_before_it_answers_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="DATABASE_URL starts with mysql"), serving.monitor("mysql://h/m", tmp_path):
        pytest.fail("the monitor is served over a database that it does not speak")
