"""A database that cannot be used is answered with one line that says what to do, whatever the command."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

import manage
from commands.databases import found_database
from data_access.engine import connect, prepare

COMMANDS = [["prepare"], ["figures"], ["import", "departments", "any.csv"]]


LOOKING = {  # of each command that creates no database, what it may be asked
    "audit": ["audit", "verify"],
    "backup": ["backup", "any.backup"],
    "compare": ["compare", "sqlite:///not/there.db", "sqlite:///not/there.db"],
    "correct-person": ["correct-person", "s1", "s2"],
    "erase-account": ["erase-account", "1"],
    "erase-person": ["erase-person", "s1"],
    "export": ["export", "departments"],
    "figures": ["figures"],
    "grant": ["grant", "--account", "1", "--role", "office"],
    "grants": ["grants"],
    "history": ["history", "departments", "ENG"],
    "quality": ["quality"],
    "retention": ["retention"],
    "revoke": ["revoke", "--account", "1"],
    "roll-back": ["roll-back", "1"],
    "serve": ["serve", "--port", "0"],  # to readers who sign in
    "template": ["template", "departments", "any.xlsx"],
}
CREATING = {"prepare", "import", "demo", "restore"}
WITHOUT = {"match"}  # reads the registry alone


def refused(
    url: str, command: Sequence[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> str:
    """The one line on standard error of a command that did nothing."""
    monkeypatch.setenv("DATABASE_URL", url)
    assert manage.main(command) == 1
    said = capfd.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    return line


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("url", "answer"),
    [
        (
            "garbage",
            "DATABASE_URL starts with garbage, which the monitor does not speak; use sqlite:///path/to/file.db",
        ),
        (
            "mysql://one@host/two",
            "DATABASE_URL starts with mysql, which the monitor does not speak; use sqlite:///path",
        ),
        (
            "postgresql://one:secret@127.0.0.1:1/two",
            "The database postgresql://one:***@127.0.0.1:1/two gave no",
        ),
    ],
)
def test_an_address_that_leads_nowhere(
    url: str,
    answer: str,
    command: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert refused(url, command, monkeypatch, capfd).startswith(answer)


def test_a_file_that_is_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "letter.db"
    file.write_bytes(b"Dear Sir or Madam, " * 100)
    assert "file is not a database" in refused(f"sqlite:///{file}", ["figures"], monkeypatch, capfd)
    assert file.read_bytes().startswith(b"Dear Sir")


def test_a_database_that_another_program_writes_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    url, file = f"sqlite:///{tmp_path / 'busy.db'}", tmp_path / "departments.csv"
    file.write_text("code,name_en,name_ja,kind\nENG,Engineering,工学部,faculty\n")
    monkeypatch.setattr("data_access.engine.BUSY_SECONDS", 0.01)
    engine = connect(url)
    prepare(engine)
    with engine.begin():  # takes the write lock at once
        line = refused(url, ["import", "departments", str(file)], monkeypatch, capfd)
    engine.dispose()
    assert "locked (another program is writing to it: try again). Nothing was stored." in line


def test_a_database_that_can_grow_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    url, file = f"sqlite:///{tmp_path / 'full.db'}", tmp_path / "departments.csv"
    rows = (f"D{number},{'Department' * 100},部局\n" for number in range(100))
    file.write_text("code,name_en,name_ja\n" + "".join(rows))
    engine = connect(url)
    prepare(engine)
    engine.dispose()
    may_not_grow = event.listens_for(Engine, "connect")(lambda one, _: one.execute("PRAGMA max_page_count=1") and None)
    try:
        line = refused(url, ["import", "departments", str(file)], monkeypatch, capfd)
    finally:
        event.remove(Engine, "connect", may_not_grow)
    assert "database or disk is full (make room for it, then try again). Nothing was stored." in line


def test_a_database_of_a_later_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = connect(url := f"sqlite:///{tmp_path / 'later.db'}")
    prepare(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    assert "the database has revision 9999" in refused(url, ["figures"], monkeypatch, capfd)


def test_every_command_either_creates_a_database_or_is_asked_below() -> None:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    for add in dict.fromkeys(manage.COMMANDS.values()):
        add(commands)
    assert set(commands.choices) == set(manage.COMMANDS) == set(LOOKING) | CREATING | WITHOUT


@pytest.mark.parametrize("command", LOOKING.values(), ids=LOOKING)
def test_a_misspelt_address_creates_no_empty_database(
    command: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("commands.serving.refusals", lambda _about: [])
    capfd.readouterr()  # what importing the server says where this test is the first to
    line = refused("sqlite:///folder/misspelt.db", command, monkeypatch, capfd)
    said = "it is not where it was." if "compare" in command else "it is not where it was (see DATABASE_URL"
    assert said in line  # `compare` was given its addresses
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_there_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'monitor.db'}")
    assert manage.main(["prepare"]) == 0
    found_database().dispose()
