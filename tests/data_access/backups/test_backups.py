"""What is backed up comes back as it was, into a database in use too; what cannot be is refused and changes nothing."""

import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, update

from data_access.backups import backup_file
from data_access.backups.backing_up import about, back_up
from data_access.backups.contents import Difference, contents, differences
from data_access.backups.errors import BackupError
from data_access.backups.restoring import restore
from data_access.data_mark import MARK
from data_access.engine import as_whole, connect, prepare, reading
from data_access.imports.imports_kept import raise_data_version
from data_access.migrations import NewerSchemaError
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Annotation, Person
from tests.data_access import small_university

Open = Callable[[str], Engine]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Connects to a database, to the end of the test."""
    engines: list[Engine] = []

    def opening(url: str) -> Engine:
        engines.append(connect(url))
        return engines[-1]

    yield opening
    for engine in engines:
        engine.dispose()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """The small university, of either kind, to be written to."""
    small_university.fill(engine)
    if engine.dialect.name == "postgresql":  # the numbers of its rows are written out
        with engine.begin() as connection:
            as_whole(connection)
            connection.exec_driver_sql("SELECT setval(pg_get_serial_sequence('people', 'person_id'), 2)")
    return engine


@pytest.fixture
def another(filled: Engine, opened: Open, tmp_path: Path, request: pytest.FixtureRequest) -> Engine:
    """A second database of the same kind, with nothing in it."""
    if filled.dialect.name == "sqlite":
        return opened(f"sqlite:///{tmp_path / 'another.db'}")
    return opened(request.getfixturevalue("fresh_postgres")())


def add_person(engine: Engine, name: str) -> None:
    with engine.begin() as connection:
        as_whole(connection)
        connection.execute(insert(Person), {"pseudonym": name})
        raise_data_version(connection)


def held(engine: Engine) -> dict[str, object]:
    with reading(engine) as connection:
        as_whole(connection)
        return dict(contents(connection))


def facts(engine: Engine) -> dict[str, str]:
    return Records(engine, WHOLE_UNIVERSITY).facts()


def test_what_is_restored_is_what_was_there_at_the_backup(filled: Engine, another: Engine, tmp_path: Path) -> None:
    before = held(filled)
    made = back_up(filled, tmp_path / "a.backup")
    add_person(filled, "p3")
    assert restore(another, tmp_path / "a.backup") == made
    assert held(another) == before == made.tables
    assert (tmp_path / "a.backup").stat().st_mode & 0o777 == 0o600
    with reading(filled) as first, reading(another) as second:
        as_whole(first), as_whole(second)
        found = differences(first, second)
    assert found == [Difference("people", 1, 0, 0), Difference("state", 0, 0, 1)]
    add_person(another, "p3")  # numbers are given on from where they were
    with reading(filled) as first, reading(another) as second:
        as_whole(first), as_whole(second)
        assert differences(first, second) == []


def test_a_backup_holds_nothing_else_beside_it(filled: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(filled, folder / "a.backup")
    assert [path.name for path in folder.iterdir()] == ["a.backup"]
    with zipfile.ZipFile(folder / "a.backup") as packed:
        assert packed.namelist() == [backup_file.DATABASES[filled.dialect.name], "about.json"]
        assert json.loads(packed.read("about.json"))["kind"] == filled.dialect.name


def test_a_database_in_use_is_replaced_only_if_that_is_said_and_is_kept_as_a_backup(
    filled: Engine, another: Engine, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "a.backup")
    prepare(another)
    add_person(another, "theirs")
    before = held(another)
    with pytest.raises(BackupError, match="holds something already"):
        restore(another, tmp_path / "a.backup")
    assert held(another) == before
    restore(another, tmp_path / "a.backup", aside=tmp_path / "aside.backup")
    assert held(another) == held(filled)
    with pytest.raises(BackupError, match=r"is another database \(id .* and holds 1 import"):
        restore(another, tmp_path / "aside.backup", aside=tmp_path / "second.backup")
    assert held(another) == held(filled)
    restore(another, tmp_path / "aside.backup", aside=tmp_path / "second.backup", another=True)
    assert held(another) == before


def test_readers_who_are_connected_see_the_restored_data_under_a_mark_of_its_own(
    filled: Engine, opened: Open, tmp_path: Path
) -> None:
    """Two states with one number of version are told apart: whatever is remembered is remembered by the mark."""
    add_person(filled, "p3")
    back_up(filled, tmp_path / "a.backup")
    seen = {facts(filled)[MARK]}
    version = facts(filled)["data_version"]
    add_person(filled, "lost")
    restorer = opened(filled.url.render_as_string(hide_password=False))
    restore(restorer, tmp_path / "a.backup", aside=tmp_path / "aside.backup")
    now = facts(filled)
    assert now["data_version"] == version
    assert now[MARK] not in seen
    assert "lost" not in set(Records(filled, WHOLE_UNIVERSITY).read(Person)["pseudonym"])


def test_whoever_writes_meanwhile_writes_into_the_restored_database(
    filled: Engine, opened: Open, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "a.backup")
    writer = threading.Thread(target=add_person, args=(filled, "late"))
    restorer = opened(filled.url.render_as_string(hide_password=False))

    def begin_to_write(*_: object) -> None:
        writer.start()
        writer.join(0.5)
        assert writer.is_alive()  # it waits

    restore(restorer, tmp_path / "a.backup", aside=tmp_path / "aside.backup", note=begin_to_write)
    writer.join()
    with reading(filled) as connection:
        as_whole(connection)
        assert connection.scalars(select(Person.pseudonym).order_by(Person.person_id)).all() == ["p1", "p2", "late"]


def test_what_fails_at_the_end_of_a_restore_leaves_the_database_as_it_was(filled: Engine, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "a.backup")
    add_person(filled, "p3")
    before = held(filled)

    def fail(*_: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        restore(filled, tmp_path / "a.backup", aside=tmp_path / "aside.backup", note=fail)
    assert held(filled) == before
    add_person(filled, "p4")


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_damaged_file_is_not_restored(filled: Engine, another: Engine, tmp_path: Path) -> None:
    whole = tmp_path / "a.backup"
    back_up(filled, whole)
    good = whole.read_bytes()
    for place in (len(good) // 3, len(good) // 2):
        whole.write_bytes(good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :])
        with pytest.raises(BackupError):
            restore(another, whole)
    whole.write_bytes(good[: len(good) // 2])
    with pytest.raises(BackupError, match="no backup of the monitor, or is damaged"):
        restore(another, whole)
    with pytest.raises(BackupError, match="There is no file"):
        restore(another, tmp_path / "b.backup")
    assert held(another) == {}


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_byte_changed_anywhere_is_told_as_damage_or_changes_nothing(filled: Engine, tmp_path: Path) -> None:
    whole = tmp_path / "a.backup"
    told = back_up(filled, whole)
    good = whole.read_bytes()
    ends = (*range(0, 300, 3), *range(len(good) - 1_500, len(good), 3))  # where the archive tells of itself
    damaged = 0
    for place in (*ends, *range(300, len(good) - 1_500, 997)):
        whole.write_bytes(good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :])
        try:
            assert backup_file.read(whole) == told
            assert backup_file.unpack(told, whole, None) == told.database_sha256
        except BackupError:
            damaged += 1
    assert damaged > 300


def told_otherwise(path: Path, target: Path, **otherwise: str) -> Path:
    """The same backup, which says something else of itself."""
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(target, "w") as changed:
        for name in packed.namelist():
            content = packed.read(name)
            changed.writestr(name, content if name != "about.json" else json.dumps(json.loads(content) | otherwise))
    return target


def test_a_backup_of_a_newer_version_of_the_monitor_is_refused(filled: Engine, another: Engine, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "a.backup")
    newer = told_otherwise(tmp_path / "a.backup", tmp_path / "b.backup", revision="9999")
    with pytest.raises(NewerSchemaError, match=r"b\.backup has revision 9999, which this version .* does not know"):
        restore(another, newer)
    assert held(another) == {}


def test_a_backup_of_one_kind_of_database_is_not_put_into_another(
    filled: Engine, opened: Open, tmp_path: Path, fresh_postgres: Callable[[], str]
) -> None:
    back_up(filled, tmp_path / "a.backup")
    other = {"sqlite": fresh_postgres(), "postgresql": f"sqlite:///{tmp_path / 'c.db'}"}[filled.dialect.name]
    with pytest.raises(BackupError, match=f"is of {filled.dialect.name}: restore it into"):
        restore(opened(other), tmp_path / "a.backup")


def test_what_is_there_is_never_overwritten_and_what_is_no_database_of_ours_not_backed_up(
    filled: Engine, another: Engine, tmp_path: Path
) -> None:
    (tmp_path / "a.backup").write_text("mine")
    with pytest.raises(BackupError, match="is there already"):
        back_up(filled, tmp_path / "a.backup")
    with pytest.raises(BackupError, match="There is no folder"):
        back_up(filled, tmp_path / "nowhere" / "a.backup")
    with pytest.raises(BackupError, match="holds nothing of the monitor"):
        back_up(another, tmp_path / "b.backup")
    assert (tmp_path / "a.backup").read_text() == "mine"
    assert not list(tmp_path.glob("*b.backup*"))


def test_the_hashes_are_the_same_on_both_databases(opened: Open, tmp_path: Path, postgres_url: str) -> None:
    engines = opened(f"sqlite:///{tmp_path / 'monitor.db'}"), opened(postgres_url)
    for engine in engines:
        prepare(engine)
        small_university.fill(engine)
    assert held(engines[0]) == held(engines[1])


def test_one_changed_cell_changes_the_hash(filled: Engine) -> None:
    before = held(filled)
    with filled.begin() as connection:
        as_whole(connection)
        connection.execute(update(Annotation).values(text_en="covid"))
    after = held(filled)
    assert {name for name in before if before[name] != after[name]} == {"annotations"}


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ((), "none is installed"),
        (("9.6.24",), r"only 9\.6\.24 is installed"),
    ],
)
def test_a_pg_dump_that_is_missing_or_too_old_is_told(
    opened: Open,
    postgres_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    versions: tuple[str, ...],
    said: str,
) -> None:
    for version in versions:
        program = tmp_path / "pg_dump"
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("data_access.backups.postgresql._FOLDERS", ())
    engine = opened(postgres_url)
    prepare(engine)
    with pytest.raises(BackupError, match=rf"pg_dump of PostgreSQL \d+ or newer is needed.*{said}.*apt-get install"):
        back_up(engine, tmp_path / "a.backup")
    assert not (tmp_path / "a.backup").exists()


def test_what_a_backup_says_is_read_from_the_database(filled: Engine) -> None:
    with reading(filled) as connection:
        as_whole(connection)
        said = about(connection, "this test")
    assert (said.data_version, said.demonstration, said.person_key) == (0, False, "")
    assert said.tables["people"].rows == 2
