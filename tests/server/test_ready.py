"""What `/live` and `/ready` say, and that they say nothing else."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data_access.condition import Condition, condition
from data_access.engine import connect, prepare
from serving.ready import Backup, Disk, report
from tests.server.wire import ask

ROOM = Disk(1000)
SOUND = Condition(answers=True, revision="0007", newest="0007", data_version=3, journal="wal")


def test_a_monitor_that_serves_its_data_is_ready_and_says_which(served: str) -> None:
    answer = ask(served, "/ready")
    said = json.loads(answer.body)
    assert answer.status == 200
    assert said["ready"] is True
    assert said["reasons"] == []
    assert said["demonstration"] is True
    assert said["data_version"] > 0
    assert said["database"]["revision"] == said["database"]["newest_revision"]
    assert said["disk"]["free_mb"] > said["disk"]["least_free_mb"]
    assert said["journal"]["mode"] in ("wal", "delete")
    assert "/" not in answer.body.decode()  # no path, no address


def test_a_server_lives_whatever_becomes_of_its_database(served: str) -> None:
    assert json.loads(ask(served, "/live").body) == {"live": True}


@pytest.mark.parametrize(
    ("found", "disk", "reason"),
    [
        (Condition(answers=False), ROOM, "the database does not answer"),
        (Condition(answers=False, why_not="another program"), ROOM, "the database does not answer: another program"),
        (Condition(answers=True, revision="0006", newest="0007"), ROOM, "revision 0006, and 0007 is wanted"),
        (Condition(answers=True, newest="0007"), ROOM, "revision none, and 0007 is wanted"),
        (SOUND, Disk(199), "only 199 MB are free on the disk, fewer than 200"),
        (SOUND, Disk(1000, read_only=True), "the disk can only be read"),
    ],
)
def test_each_reason_is_said_and_answered_with_503(found: Condition, disk: Disk, reason: str) -> None:
    told = report(found, disk)
    assert [reason in said for said in told.reasons] == [True]
    assert told.answer().status_code == 503


def test_what_keeps_row_security_from_holding_is_a_reason_unless_the_data_are_made_up() -> None:
    weak = replace(SOUND, journal="", weaknesses=("The role owns tables.",))
    told = report(weak, ROOM)
    assert (told.reasons, told.facts["row_security"]) == (["The role owns tables."], "does not hold")
    assert report(replace(weak, demonstration=True), ROOM).reasons == []
    assert report(weak, ROOM, alone=True).reasons == []
    assert report(replace(weak, weaknesses=()), ROOM).facts["row_security"] == "in force"


def test_a_sound_database_and_a_disk_with_room_are_ready() -> None:
    assert report(SOUND, Disk(200)).answer().status_code == 200


def test_the_condition_of_a_database_that_is_new_prepared_or_gone(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    new = condition(engine)
    assert new.answers
    assert new.revision == ""
    prepare(engine)
    prepared = condition(engine)
    assert prepared.revision == prepared.newest == new.newest
    (tmp_path / "monitor.db").unlink()
    assert condition(engine) == Condition(answers=False, why_not="its file is not there, or may not be opened")
    (tmp_path / "monitor.db").write_bytes(b"no database" * 1000)
    assert condition(engine) == Condition(answers=False, why_not="its file is damaged")
    engine.dispose()


@pytest.mark.parametrize(
    ("backup", "warnings"),
    [
        (None, ["real records, and no folder of backups is set (MONITOR_BACKUPS)"]),
        (Backup(None, 26, folder_is_there=False), ["the folder of backups (MONITOR_BACKUPS) is not there"]),
        (Backup(26, 26), []),
        (Backup(27, 26), ["the newest backup is 27 hours old, more than 26"]),
        (Backup(None, 26), ["there is no backup in the folder of backups"]),
    ],
)
def test_a_backup_that_is_old_or_missing_is_a_warning_and_sends_nobody_away(
    backup: Backup | None, warnings: list[str]
) -> None:
    told = report(SOUND, ROOM, backup=backup)
    assert told.facts["warnings"] == warnings
    assert told.answer().status_code == 200


def test_a_demonstration_needs_no_backup() -> None:
    assert report(replace(SOUND, demonstration=True), ROOM).facts["warnings"] == []


def test_of_a_database_that_does_not_answer_nothing_is_claimed() -> None:
    told = report(Condition(answers=False), ROOM)
    unknown = ("row_security", "journal", "demonstration", "data_version", "person_key")
    assert [told.facts[name] for name in unknown] == [None] * len(unknown)


def test_a_database_that_is_locked_is_said_to_be(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "monitor.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert condition(engine).why_not == "another program holds a lock on it"
    engine.dispose()
