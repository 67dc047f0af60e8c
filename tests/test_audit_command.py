"""`manage.py audit`: what commands did and were refused is printed, and a log that is not whole is found."""

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import delete, update

import manage
from commands.acting import account
from data_access.audit import verify
from data_access.engine import connect
from data_access.tables import AuditEvent
from tests.data_access.audit import tampering

DEPARTMENTS = "code,parent_code,name_en,name_ja,kind\nENG,*,Engineering,工学部,faculty\n"
BROKEN = "code,parent_code,name_en,name_ja,kind\nSCI,NOWHERE,Science,理学部,faculty\n"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database into which one file was imported, another one refused, and the first rolled back twice."""
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    for name, content in (("good", DEPARTMENTS), ("bad", BROKEN)):
        file = tmp_path / f"{name}.csv"
        file.write_text(content, "utf-8")
        assert manage.main(["import", "departments", str(file)]) == (1 if name == "bad" else 0)
    assert manage.main(["roll-back", "1", "--by", "Somebody"]) == 0
    assert manage.main(["roll-back", "1"]) == 1
    return url


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    capsys.readouterr()
    assert manage.main(["audit", *arguments]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


@pytest.mark.usefixtures("url")
def test_what_commands_did_and_were_refused_is_printed_newest_first(capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(capsys)
    told = [(row["action"], row["object"], row["outcome"], row["rows"]) for row in rows]
    assert told == [
        ("log read", "", "done", ""),
        ("roll back", "import 1", "refused", ""),
        ("roll back", "import 1", "done", ""),
        ("import", "import 2", "refused", "1"),
        ("import", "import 1", "done", "1"),
    ]
    assert {row["actor"] for row in rows} == {f"command line: {account()}"}
    assert len(rows[-1]["sha256"]) == 64
    assert [row["object"] for row in printed(capsys, "--action", "roll back", "--outcome", "done")] == ["import 1"]
    assert printed(capsys, "--until", "2020-01-01") == []
    assert printed(capsys, "--since", "2020-01-01", "--actor", "nobody") == []


@pytest.mark.usefixtures("url")
def test_a_day_that_is_none_is_answered_with_how_to_write_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--since", "today")
    with pytest.raises(SystemExit):
        manage.main(["audit", "--since", "yesterday"])
    assert "'yesterday' is no day; write it as 2026-04-01, or today" in capsys.readouterr().err


def test_a_whole_log_is_verified_with_the_hash_to_write_down(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert manage.main(["audit", "verify", "--language", "en"]) == 0
    engine = connect(url)
    last = verify(engine)
    engine.dispose()
    assert f"events 1 to {last.last}" in (said := capsys.readouterr().out)
    assert said.strip().endswith(last.last_hash)
    assert manage.main(["audit", "verify", "--expect", last.last_hash.upper()]) == 0
    assert manage.main(["audit", "verify", "--expect", "f" * 64]) == 1


def test_a_log_that_is_not_whole_gives_status_1_and_names_the_first_event(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        for statement in tampering.triggers(connection):
            connection.exec_driver_sql(statement)
        connection.execute(update(AuditEvent).where(AuditEvent.event_id == 2).values(rows=7))
    assert manage.main(["audit", "verify", "--language", "en"]) == 1
    assert capsys.readouterr().err == "The audit log is not whole: event 2 is not as it was written.\n"
    with engine.begin() as connection:
        connection.execute(delete(AuditEvent).where(AuditEvent.event_id == 1))
    assert manage.main(["audit", "verify", "--language", "en"]) == 1
    assert "event 1 is missing" in capsys.readouterr().err
    engine.dispose()


def test_an_export_stands_in_the_log_with_its_rows_and_its_sha(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.csv"
    assert manage.main(["export", "departments", "--file", str(file)]) == 0
    assert manage.main(["export", "departments", "--file", str(file)]) == 1  # it is there already: nothing goes out
    (event,) = printed(capsys, "--action", "export")
    assert (event["object"], event["scope"], event["rows"]) == ("departments", "*", "1")
