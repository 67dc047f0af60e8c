"""`manage.py serve` as the Makefile calls it: what it does to the database, what it says, when it refuses."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from commands.serving import load_demonstration_if_empty
from data_access.engine import connect, prepare
from data_access.imports import store_rows
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests import serving


def test_an_empty_folder_becomes_a_monitor_with_the_demonstration_data(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'not there yet' / 'monitor.db'}"
    with serving.monitor(url, tmp_path) as server:
        said = server.log.read_text()
    assert server.address in said
    assert "Loading the demonstration data" in said
    assert Records(connect(url), WHOLE_UNIVERSITY).is_demonstration()


def test_data_of_ones_own_stays_alone(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    rates = [{"currency": "EUR", "fiscal_year": "2023", "jpy": "156.7"}]
    assert store_rows(engine, "rates", rates, name="rates.csv", indicators={}).status == "stored"
    load_demonstration_if_empty(engine)
    assert Records(engine, WHOLE_UNIVERSITY).activities().empty
    assert not Records(engine, WHOLE_UNIVERSITY).is_demonstration()


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
