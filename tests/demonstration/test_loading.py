"""The demonstration goes into a database as any import does, marks it, and does not mix with real data."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

import demonstration
import manage
from data_access.engine import connect, prepare
from data_access.imports import store_rows
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests.demonstration.reading import Rows
from tests.prepared import prepare_file

REAL = {
    "record_id": "1",
    "activity_type": "publication",
    "title": "A real paper",
    "start_date": "2024-04-01",
    "departments": "*",
}


@pytest.fixture
def real(tmp_path: Path) -> Engine:
    """A database that holds one activity of real data."""
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    store_rows(engine, "activities", [REAL], indicators={}, name="publications.csv")
    return engine


def test_everything_is_stored_and_the_database_marked(rows: Rows, demonstration_url: str) -> None:
    records = Records(connect(demonstration_url), WHOLE_UNIVERSITY)
    assert records.is_demonstration()
    assert len(records.departments()) == len(rows["departments"])
    assert len(records.activities(columns=("activity_id",))) == len(rows["activities"])
    assert len(records.populations()) == len(rows["populations"])
    assert len(records.goals()) == len(rows["goals"])
    assert set(records.imports()["status"]) == {"stored"}


def test_real_data_is_left_alone(real: Engine) -> None:
    with pytest.raises(demonstration.NotEmptyError, match="not demonstration data"):
        demonstration.load(real)
    records = Records(real, WHOLE_UNIVERSITY)
    assert not records.is_demonstration()
    assert len(records.activities()) == 1


def test_rates_alone_are_real_data_too(tmp_path: Path) -> None:
    engine = connect(prepare_file(tmp_path / "monitor.db"))
    rates = [{"currency": "EUR", "fiscal_year": "2023", "jpy": "156.7"}]
    assert store_rows(engine, "rates", rates, indicators={}, name="rates.csv").status == "stored"
    with pytest.raises(demonstration.NotEmptyError, match="not demonstration data"):
        demonstration.load(engine)
    assert not Records(engine, WHOLE_UNIVERSITY).is_demonstration()


def test_the_command_says_why_it_refuses(
    real: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(real.url))
    assert manage.main(["demo"]) == 1
    assert "not demonstration data" in capsys.readouterr().err
