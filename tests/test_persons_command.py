"""`manage.py erase-person`, `correct-person`, `erase-account` and `retention`: what they say, and that it is done."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

import manage
from data_access.access.asked import Identity, Wanted
from data_access.access.giving import give
from data_access.audit import Actor, verify
from data_access.engine import connect, prepare
from data_access.imports import store_rows
from tests.data_access.imports.conftest import ACTIVITY, add_departments


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with two records of s1, and an account without a role."""
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    engine = connect(url)
    prepare(engine)
    add_departments(engine)
    rows = [{**ACTIVITY, "record_id": record, "people": people} for record, people in (("R1", "s1;s2"), ("R2", "s1"))]
    store_rows(engine, "activities", rows, indicators={}, name="rows")
    engine.dispose()
    return url


def test_a_dry_run_names_the_records_and_erasing_says_where_the_person_still_is(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = Path(url.removeprefix("sqlite:///") + ".ledger.kept")  # what a server keeps
    arrays.touch()
    assert manage.main(["erase-person", "s1", "--dry-run", "--language", "en"]) == 0
    assert arrays.exists()
    said = capsys.readouterr().out
    assert "It would change 2 records" in said
    assert said.splitlines()[1:] == ["  mobility R1", "  mobility R2"]
    monkeypatch.setattr("sys.stdin", io.StringIO("s1\n"))
    assert manage.main(["erase-person", "-", "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert not arrays.exists()
    assert said.startswith("Changed: 2 records")
    assert "Backups made before still hold the person" in said
    assert manage.main(["erase-person", "s1", "--language", "en"]) == 1
    assert "No person is stored under this id" in capsys.readouterr().err
    assert manage.main(["correct-person", "s2", "s3", "--by", "privacy desk", "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Changed: 1 record and 0 former versions of records.")
    assert "A file that still writes the old id brings it back" in said
    assert manage.main(["audit", "--action", "person corrected"]) == 0
    assert "command line: privacy desk" in capsys.readouterr().out


def test_an_account_with_a_role_is_not_erased_and_one_without_is(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    engine = connect(url)
    person = Identity(issuer="https://idp.example.ac.jp", subject="a1")
    now = datetime.now(UTC)
    number = give(engine, person, Wanted(role="auditor", departments=()), by=Actor("office"), now=now)
    assert manage.main(["erase-account", str(number), "--language", "en"]) == 1
    assert "take it back first" in capsys.readouterr().err
    assert manage.main(["revoke", "--account", str(number)]) == 0
    assert manage.main(["erase-account", str(number), "--language", "en"]) == 0
    assert "Its number stays in the audit log" in capsys.readouterr().out
    assert manage.main(["erase-account", "99"]) == 1
    assert verify(engine).is_whole
    engine.dispose()


def test_retention_says_what_went_and_refuses_a_period_that_is_none(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert manage.main(["retention", "--dry-run", "--language", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "A dry run: nothing was deleted.",
        "  events of the audit log are kept 365 days (MONITOR_RETENTION_AUDIT): 0 are older and would be deleted",
        "  logins that are over are kept 90 days (MONITOR_RETENTION_LOGINS): 0 are older and would be deleted",
        "  accounts without a role are kept 365 days after the last visit (MONITOR_RETENTION_ACCOUNTS): 0 would be "
        "blanked",
    ]
    assert manage.main(["retention", "--language", "en"]) == 0
    assert capsys.readouterr().out == "Deleted: 0 events of the audit log, 0 logins, 0 accounts.\n"
    monkeypatch.setenv("MONITOR_RETENTION_AUDIT", "soon")
    assert manage.main(["retention"]) == 1
    assert "'soon'; it is a number of days, 30 or more" in capsys.readouterr().err
