"""`manage.py backup`, `restore` and `compare`: what they do, what they say, and what an interruption leaves."""

import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

import manage
from data_access.audit import verify
from data_access.backups.errors import BackupError
from data_access.backups.unfinished import made_beside
from data_access.engine import connect, prepare
from data_access.imports import store_rows
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import AuditEvent, Person
from tests.data_access import small_university
from tests.data_access.imports.conftest import ACTIVITY, add_departments
from tests.house import HOME


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The small university in the database that commands use, and an empty folder `backups`."""
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    small_university.fill(engine)
    engine.dispose()
    (tmp_path / "backups").mkdir()
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signal, "signal", lambda *_: None)  # the process that runs the tests keeps its own
        yield str(engine.url)


def events(url: str) -> list[tuple[str, str]]:
    engine = connect(url)
    frame = Records(engine, WHOLE_UNIVERSITY).read(AuditEvent)
    engine.dispose()
    return list(zip(frame["action"], frame["object"], strict=True))


def test_yesterdays_backup_in_a_second_database_is_compared_with_today(
    url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, second = tmp_path / "backups", f"sqlite:///{tmp_path / 'second.db'}"
    assert manage.main(["backup", str(folder), "--by", "operator"]) == 0
    (made,) = folder.iterdir()
    said = capfd.readouterr().out
    assert said.startswith(str(made))
    assert "  activities                      3 rows  " in said
    assert "The key of persons is NOT in it" in said or "no key of persons to keep" in said
    assert events(url)[1:] == [("backup", made.name)]
    assert manage.main(["restore", str(made), "--into", second, "--by", "operator"]) == 0
    assert f"restored into {second}, and found to be the same there" in capfd.readouterr().out
    assert events(second)[1:] == [("restore", made.name)]
    assert manage.main(["compare", url, second]) == 1
    said = capfd.readouterr().out
    assert [line.split() for line in said.splitlines()] == [
        ["table", "only", "first", "only", "second", "differ"],
        ["audit_events", "0", "0", "1"],  # one has the backup in its log, the other the restore
        ["state", "0", "0", "1"],
    ]
    assert manage.main(["compare", url, url]) == 0
    assert capfd.readouterr().out == "The two databases hold the same.\n"


def test_a_database_that_holds_something_is_replaced_only_where_that_is_said(
    url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made, elsewhere = tmp_path / "backups" / "a.backup", tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert manage.main(["backup", str(made)]) == 0
    assert manage.main(["restore", str(made), "--into", url]) == 1
    assert "holds something already. Name another database, or say --replace." in capfd.readouterr().err
    assert manage.main(["restore", str(made), "--into", url, "--replace", "--aside", str(elsewhere)]) == 0
    (aside,) = elsewhere.iterdir()
    assert aside.name.startswith("before-restore-")
    assert f"What it held before is in {aside}" in capfd.readouterr().out
    assert manage.main(["backup", str(made)]) == 1
    assert "is there already and is not overwritten" in capfd.readouterr().err


def test_of_a_folder_as_many_backups_of_this_database_are_kept_as_was_said(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A backup that holds nothing takes the place of none, and what is not of this database stays."""
    folder = tmp_path / "backups"
    monkeypatch.setenv("MONITOR_BACKUPS", str(folder))
    for day in ("20250101", "20250102"):
        assert manage.main(["backup", str(folder / f"monitor-{day}T020000Z.backup")]) == 0
    (folder / "monitor-20240101T020000Z.backup").write_text("of something else")
    shutil.copy(folder / "monitor-20250101T020000Z.backup", folder / "mine.backup")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    assert manage.main(["prepare"]) == 0
    assert manage.main(["backup", "--keep", "1"]) == 0
    (empty,) = set(folder.iterdir()) - {
        *(folder / f"monitor-{day}T020000Z.backup" for day in ("20240101", "20250101", "20250102")),
        folder / "mine.backup",
    }
    assert "deleted: " not in capfd.readouterr().out
    empty.rename(folder / "monitor-20990101T020000Z.backup")
    monkeypatch.setenv("DATABASE_URL", url)
    assert manage.main(["backup", "--keep", "2"]) == 0
    kept = {path.name for path in folder.iterdir()}
    assert "monitor-20250101T020000Z.backup" not in kept
    assert kept > {"mine.backup", *(f"monitor-{day}T020000Z.backup" for day in ("20240101", "20250102", "20990101"))}
    assert capfd.readouterr().out.count("deleted: ") == 1


def test_a_folder_that_is_not_there_is_answered_with_how_to_make_it_and_the_log_names_the_command_line(
    url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "missing"
    assert manage.main(["backup", str(missing / "a.backup")]) == 1
    assert f"install -d -m 0700 {missing}" in capfd.readouterr().err
    assert manage.main(["backup", str(tmp_path / "backups"), "--by", "operator"]) == 0
    engine = connect(url)
    assert Records(engine, WHOLE_UNIVERSITY).read(AuditEvent)["actor"].iloc[-1] == "command line: operator"
    engine.dispose()


def test_databases_of_different_schemas_are_not_compared(
    url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    missing = f"sqlite:///{tmp_path / 'none.db'}"
    assert manage.main(["compare", url, missing]) == 1
    assert f"The database {missing} gave no answer" in capfd.readouterr().err
    (tmp_path / "empty.db").touch()
    assert manage.main(["compare", url, f"sqlite:///{tmp_path / 'empty.db'}"]) == 1
    assert "the second none: bring the older one up to date first" in capfd.readouterr().err


def test_a_restore_says_what_it_undoes_and_who_has_to_be_erased_again_and_the_log_accounts_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    url, made = f"sqlite:///{tmp_path / 'monitor.db'}", tmp_path / "a.backup"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    engine = connect(url)
    prepare(engine)
    add_departments(engine)
    rows = [{**ACTIVITY, "record_id": "R1", "people": "s1;s2;s3"}]
    store_rows(engine, "activities", rows, indicators={}, name="rows")
    assert manage.main(["backup", str(made)]) == 0
    rows = [{**ACTIVITY, "record_id": "R2", "people": "s4"}]
    store_rows(engine, "activities", rows, indicators={}, name="later")
    for command in ("erase-person s1", "erase-person s4", "correct-person s2 s5", "audit"):
        assert manage.main(command.split()) == 0
    grant = ["--issuer", "https://idp.example.ac.jp", "--subject", "a1", "--role", "auditor"]
    assert manage.main(["grant", *grant]) == 0
    last = verify(engine)
    engine.dispose()
    capfd.readouterr()
    replacing = ["restore", str(made), "--into", url, "--replace"]
    undone = "7 events of the audit log, 1 role given or taken back, 1 import or roll-back, 2 persons erased, 1 person"
    assert manage.main([*replacing, "--dry-run"]) == 0
    said = capfd.readouterr().out
    assert "This would undo what came after the backup of " in said
    assert undone in said
    assert events(url)[-1][0] == "role given"
    assert not list(tmp_path.glob("before-restore*"))
    assert manage.main(replacing) == 0
    said = capfd.readouterr().out
    assert undone in said
    assert "1 person erased after the backup came back" in said
    (back,) = re.findall(r"manage.py (erase-person p:\w+)\n", said)
    (renamed,) = re.findall(r"manage.py (correct-person p:\w+) NEW   \(event 6 of", said)
    assert manage.main(back.split()) == manage.main([*renamed.split(), "s5"]) == 0
    engine = connect(url)  # whom the restored database never knew is left out of files all the same
    store_rows(engine, "activities", [{**ACTIVITY, "record_id": "R3", "people": "s4"}], indicators={}, name="again")
    assert len(Records(engine, WHOLE_UNIVERSITY).read(Person)) == 2
    engine.dispose()
    capfd.readouterr()
    verifying = ["audit", "verify", "--language", "en", "--expect"]
    assert manage.main([*verifying, f"{last.last}:{last.last_hash}"]) == 0
    assert "restored from a backup made at" in capfd.readouterr().out
    assert manage.main([*verifying, last.last_hash]) == 0
    assert manage.main([*verifying, "f" * 64]) == manage.main([*verifying, f"{last.last + 1}:{'f' * 64}"]) == 1
    assert "ask with the number of the expected event" in capfd.readouterr().err
    with made.open("rb") as file:  # put back by hand, without an event
        (tmp_path / "monitor.db").write_bytes(zipfile.ZipFile(file).read("database.sqlite3"))
    assert manage.main([*verifying, f"{last.last}:{last.last_hash}"]) == 1
    assert "the log was cut or written anew" in capfd.readouterr().err


def test_a_database_of_before_there_were_ids_keeps_its_own_when_its_backup_comes_back(
    url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Another one is replaced only where that is said; what two databases are is said when they are compared."""
    made, old, other = tmp_path / "a.backup", tmp_path / "old.backup", f"sqlite:///{tmp_path / 'other.db'}"
    assert manage.main(["backup", str(made)]) == 0
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(old, "w") as without:
        said = json.loads(packed.read("about.json")) | {"format": 1}
        said.pop("database_id")
        without.writestr("about.json", json.dumps(said))
        without.writestr("database.sqlite3", packed.read("database.sqlite3"))
    assert manage.main(["restore", str(old), "--into", url, "--replace"]) == 0
    engine = connect(other)
    prepare(engine)
    small_university.fill(engine)
    engine.dispose()
    assert manage.main(["compare", url, other]) == 1
    assert "neither is a copy of the other" in capfd.readouterr().err
    assert manage.main(["restore", str(made), "--into", other, "--replace"]) == 1
    assert "say --another if it is to be replaced all the same" in capfd.readouterr().err
    assert manage.main(["restore", str(made), "--into", other, "--replace", "--another"]) == 0
    capfd.readouterr()
    manage.main(["compare", url, other])
    assert "neither" not in capfd.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_backup_leaves_no_file_and_the_next_one_nothing_at_all(
    demonstration_copy: str, tmp_path: Path, number: signal.Signals
) -> None:
    """Interrupted as soon as there is anything of it; what a kill leaves is hidden, and goes with the next backup."""
    folder = tmp_path / "backups"
    folder.mkdir()
    command = [sys.executable, str(HOME / "manage.py"), "backup", str(folder)]
    environment = {**os.environ, "DATABASE_URL": demonstration_copy}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while not (left := list(folder.iterdir())):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait() == (-number if number == signal.SIGKILL else 128 + number)
    assert all(path.name.startswith(".") for path in left)
    assert (list(folder.iterdir()) != []) == (number == signal.SIGKILL)
    if number == signal.SIGKILL:
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        (made,) = folder.iterdir()
        assert made.suffix == ".backup"


@pytest.mark.parametrize("locked", [False, True])
def test_what_a_kill_left_goes_with_the_next_backup_though_it_came_before_the_lock(
    url: str, tmp_path: Path, locked: bool
) -> None:
    """A hidden folder without a lock, or with one that nobody holds; what another backup is at work on stays."""
    folder = tmp_path / "backups"
    left = folder / ".monitor-20260101T000000Z.backup.unfinished"
    left.mkdir()
    if locked:
        (left / "lock").touch()
    with made_beside(folder / "another.backup") as at_work:
        assert manage.main(["backup", str(folder)]) == 0
        assert at_work.is_dir()
        assert not left.exists()
    (made,) = folder.iterdir()
    assert made.suffix == ".backup"


def test_what_another_account_is_at_work_on_or_left_stands_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder cannot be looked into; whoever may not read the folder of backups is told so."""
    others = tmp_path / ".others.backup.unfinished"
    others.mkdir()
    others.chmod(0)
    tmp_path.chmod(0o777)
    monkeypatch.chdir(tmp_path)  # what lies above it is not for everybody
    with as_nobody(), made_beside(Path("own.backup")) as folder:
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == [others]
    tmp_path.chmod(0o333)
    with as_nobody(), pytest.raises(BackupError, match="cannot be read: Permission denied"), made_beside(Path("b")):
        pass
    tmp_path.chmod(0o700)


@contextmanager
def as_nobody() -> Iterator[None]:
    """With the rights of an account that owns nothing, where the tests run as one that may do all."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(before)


def test_many_backups_into_one_folder_at_once_do_not_remove_each_others_work(tmp_path: Path) -> None:
    def make(number: int) -> bool:
        with made_beside(tmp_path / f"{number}.backup") as folder:
            (folder / "half").write_text("x")
            return (folder / "half").read_text() == "x"

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(make, range(400)))
    assert list(tmp_path.iterdir()) == []


def test_a_command_leaves_no_handler_of_signals_behind(demonstration_copy: str, tmp_path: Path) -> None:
    """Whatever runs after it in the same process is ended as before."""
    before = signal.getsignal(signal.SIGTERM)
    assert manage.main(["compare", demonstration_copy, f"sqlite:///{tmp_path / 'none.db'}"]) == 1
    assert signal.getsignal(signal.SIGTERM) is before


def test_pages_take_a_restored_database_for_another_state_though_its_version_is_the_same(
    url: str, tmp_path: Path
) -> None:
    """What pages remember is remembered under this state."""
    made, asked = tmp_path / "a.backup", "from pages.parts.store import store; print(tuple(store())[1:])"

    def state() -> tuple[str, ...]:
        command = [sys.executable, "-W", "ignore", "-c", asked]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOME)
        return tuple(done.stdout.strip("()\n").split(", "))

    assert manage.main(["backup", str(made)]) == 0
    before = state()
    assert manage.main(["restore", str(made), "--into", url, "--replace"]) == 0
    after = state()
    assert after[0] == before[0]
    assert after[1] != before[1]
