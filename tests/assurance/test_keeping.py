"""The promises on what is kept of changes, tried small, and broken with the guard taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assurance import keeping
from data_access.engine import connect, prepare
from data_access.imports import storing
from tests.data_access.imports.conftest import add_departments


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A prepared database without records, of either kind."""
    sqlite = request.param == "sqlite"
    made = connect(f"sqlite:///{tmp_path / 'monitor.db'}" if sqlite else request.getfixturevalue("postgres_url"))
    prepare(made)
    yield made
    made.dispose()


@pytest.fixture
def university(engine: Engine) -> Engine:
    """The same with departments."""
    add_departments(engine)
    return engine


def test_of_two_editors_one_is_stored_and_the_other_told(university: Engine) -> None:
    outcome = keeping.edit_at_once(2, (university,))
    assert outcome.kept, outcome


def test_without_the_check_of_the_state_an_update_would_be_lost(
    university: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "changed_since", lambda _connection, _seen: None)
    assert not keeping.edit_at_once(2, (university,)).kept


def test_a_fault_at_any_call_leaves_as_many_events_as_changes(university: Engine) -> None:
    outcome = keeping.fail_at_every_call(university)
    assert outcome.kept, outcome


def test_without_its_event_in_the_transaction_a_change_would_stand_alone(
    university: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "audit_import", lambda *_all: None)
    assert not keeping.fail_at_every_call(university).kept


def test_every_change_to_a_log_is_found(engine: Engine) -> None:
    outcome = keeping.tamper(engine, 6)
    assert outcome.kept, outcome


def test_without_the_chain_a_changed_event_would_pass(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.audit.verifying.hash_of", lambda event, _previous: event["hash"])
    assert not keeping.tamper(engine, 6).kept
