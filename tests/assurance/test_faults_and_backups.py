"""The promises on faults, kills, backups and upgrades, tried small: each is kept, and not kept without its guard."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from assurance import all_or_nothing, backups_in_use, disk_full, killed_writers, restarts, upgrades
from assurance.databases import university
from data_access import migrations
from data_access.backups.contents import contents
from data_access.imports import ImportReport
from tests.data_access.imports import test_faults as faults

Fresh = Mapping[str, Callable[[], str]]


@pytest.fixture
def fresh(tmp_path: Path, fresh_postgres: Callable[[], str]) -> Fresh:
    names = (f"sqlite:///{tmp_path / f'{number}.db'}" for number in range(100))
    return {"SQLite": lambda: next(names), "PostgreSQL": fresh_postgres}


def in_two_transactions(engine: Engine) -> ImportReport:
    """An import that is not one transaction."""
    faults.give(engine, *faults.some(1, "first"))
    return faults.give(engine, *faults.some(1, "second"))


def test_an_import_is_whole_or_not_there(fresh: Fresh) -> None:
    assert all_or_nothing.inject({"SQLite": fresh["SQLite"]}, every=20, clicks=1).kept


def test_an_import_of_two_transactions_stays_by_half(fresh: Fresh) -> None:
    outcome = all_or_nothing.inject({"SQLite": fresh["SQLite"]}, every=20, clicks=0, works=[in_two_transactions])
    assert outcome.kept is False
    assert "stored by half 0" not in outcome.result


def test_what_a_killed_writer_acknowledged_is_there(fresh: Fresh) -> None:
    assert killed_writers.outlive_kills(fresh, 2).kept


def test_what_is_acknowledged_before_it_is_committed_is_lost(fresh: Fresh) -> None:
    on = {"SQLite": fresh["SQLite"]}
    assert killed_writers.outlive_kills(on, 2, killed_writers.write_and_acknowledge_first).kept is False


def test_a_backup_in_use_comes_back_as_it_was(fresh: Fresh) -> None:
    assert backups_in_use.back_up_in_use(fresh, 1, lambda url: university(url).dispose()).kept


def test_a_backup_of_another_moment_is_found(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says what the database held before, as if the two had not been taken at one moment."""
    monkeypatch.setattr(backups_in_use, "contents", lambda restored: contents(restored) | {"state": ""})
    on = {"SQLite": fresh["SQLite"]}
    assert backups_in_use.back_up_in_use(on, 1, lambda url: university(url).dispose()).kept is False


def test_the_oldest_schema_is_brought_up_to_date_and_loses_nothing(fresh: Fresh) -> None:
    outcome = upgrades.upgrade_all(fresh, migrations.released()[:1])
    assert outcome.kept, outcome


def test_an_upgrade_that_loses_rows_is_found(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM goals")

    monkeypatch.setattr("data_access.seeds.sow", lose)
    assert upgrades.upgrade(fresh["SQLite"](), "0004").lost > 0


def test_a_full_disk_is_said_to_be_full_and_costs_nothing() -> None:
    outcome = disk_full.run_full((0, 100_000))
    assert outcome.kept is not False, outcome  # None where no small disk can be mounted


def test_a_server_that_is_restarted_under_load_loses_nothing_and_its_readers_come_back() -> None:
    outcome = restarts.restart(1, 2)
    assert outcome.kept, outcome
