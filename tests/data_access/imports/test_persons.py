"""Persons are stored under keyed hashes of their ids: no id, no name and no mail address reaches the database."""

import base64
import hmac
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from runpy import run_path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, delete, select, update

from data_access import migrations
from data_access.engine import as_whole, connect, prepare, rebuilding
from data_access.imports import ImportReport
from data_access.imports.personal import no_id, personal
from data_access.person_keys import FILE_VARIABLE, VARIABLE, PersonKeyError, found_key
from data_access.persons import FINGERPRINT, FIRST_KEY, HASHED, PersonKey
from data_access.tables import Activity, ActivityPerson, Person, State
from tests.data_access.imports.conftest import (
    ACTIVITY,
    KEY,
    Give,
    add_departments,
    contents,
    give_text,
    hashed,
    stored,
)

OTHER = bytes(range(100, 132)).hex()
MIGRATION = Path(migrations.__file__).parent / "versions" / "0010_persons_hashed.py"


def messages(report: ImportReport) -> str:
    return " ".join(remark.message.en for remark in report.remarks)


def people(engine: Engine) -> list[str]:
    return sorted(str(row["pseudonym"]) for row in stored(engine, Person))


@pytest.fixture
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An embedded database with departments, and no key in the environment."""
    monkeypatch.delenv(VARIABLE)
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    add_departments(engine)
    return engine


def give_people(engine: Engine, folder: Path, people: str, record: str = "R1") -> ImportReport:
    text = (
        f"record_id,activity_type,title,start_date,departments,people\n{record},publication,A,2025-04-01,ENG,{people}\n"
    )
    return give_text(engine, "activities", folder / "file.csv", text)


# The hash


def test_an_id_is_stored_as_the_first_sixteen_bytes_of_its_keyed_hash(university: Engine, give: Give) -> None:
    """HMAC (RFC 2104) written out: the hash of the outer pad and the hash of the inner pad and the id."""
    inner, outer = (bytes(byte ^ pad for byte in KEY.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    expected = sha256(outer + sha256(inner + b"s0000001").digest()).hexdigest()[:32]
    assert give("activities", {**ACTIVITY, "people": "s0000001"}).status == "stored"
    assert people(university) == [f"p:{expected}"]


def test_the_same_person_is_one_in_every_file_and_however_unicode_writes_the_id() -> None:
    key = PersonKey(secret=KEY, place="")
    assert key.pseudonym("s0000001") == key.pseudonym("ｓ０００００01") == hashed("s0000001")
    assert key.pseudonym("s0000002") != key.pseudonym("s0000001")


def test_what_came_out_of_the_monitor_goes_in_again_as_it_is(university: Engine, give: Give) -> None:
    row = {**ACTIVITY, "people": "s1;s2"}
    give("activities", row)
    again = give("activities", {**row, "people": ";".join(people(university))})
    assert (again.status, again.rows_unchanged) == ("unchanged", 1)
    assert people(university) == sorted(map(hashed, ("s1", "s2")))


def test_the_same_file_again_changes_nothing_and_another_person_does(give: Give) -> None:
    row = {**ACTIVITY, "people": "s1;s2"}
    statuses = [give("activities", {**row, "people": ids}).status for ids in ("s1;s2", "s2;s1", "s1;s3")]
    assert statuses == ["stored", "unchanged", "stored"]


def test_a_fingerprint_is_kept_that_tells_nothing_of_the_key(university: Engine, give: Give) -> None:
    give("activities", {**ACTIVITY, "people": "s1"})
    (kept,) = (str(row["value"]) for row in stored(university, State) if row["name"] == FINGERPRINT)
    assert kept == hmac.new(KEY, b"the key of this database", sha256).hexdigest()[:32]
    assert KEY.hex() not in str(contents(university))


# The key


def test_without_any_key_one_is_made_beside_the_embedded_database_for_its_owner_alone(
    embedded: Engine, tmp_path: Path
) -> None:
    assert give_people(embedded, tmp_path, "s1").status == "stored"
    file = tmp_path / "person.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    secret = bytes.fromhex(file.read_text().strip())
    assert len(secret) == 32
    assert people(embedded) == [PersonKey(secret=secret, place="").pseudonym("s1")]
    assert give_people(embedded, tmp_path, "s1;s2").status == "stored"
    assert file.read_text().strip() == secret.hex()
    assert [path.name for path in tmp_path.iterdir() if "key" in path.name] == ["person.key"]


def test_a_file_without_persons_needs_no_key(embedded: Engine, tmp_path: Path) -> None:
    assert give_people(embedded, tmp_path, "").status == "stored"
    assert not (tmp_path / "person.key").exists()


def test_the_import_that_takes_the_first_key_says_which_file_it_is_and_to_keep_a_copy(
    embedded: Engine, tmp_path: Path
) -> None:
    first, second = give_people(embedded, tmp_path, "s1"), give_people(embedded, tmp_path, "s1;s2")
    assert first.remarks[0].message == FIRST_KEY
    assert "Keep a copy of the key apart from the backups" in FIRST_KEY.en
    assert str(tmp_path) not in str(first)  # a page shows it: the command line alone names the folder
    assert FIRST_KEY not in [remark.message for remark in second.remarks]


def test_persons_that_came_hashed_ask_for_the_key_of_the_export_and_for_no_new_one(
    embedded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The move to a second database: an export, then new files with ids as they are written."""
    assert give_people(embedded, tmp_path, hashed("s1")).status == "stored"
    (tmp_path / "person.key").write_text(OTHER)  # of whichever database: nobody said that it is the one
    (tmp_path / "person.key").chmod(0o600)
    report = give_people(embedded, tmp_path, "s1", "R2")
    assert (report.status, people(embedded)) == ("refused", [hashed("s1")])
    assert "Copy that key here and set MONITOR_PERSON_KEY_FILE" in messages(report)
    assert "Only if it is lost for good" in messages(report)
    (tmp_path / "moved.key").write_text(KEY.hex())
    (tmp_path / "moved.key").chmod(0o600)
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "moved.key"))
    assert give_people(embedded, tmp_path, "s1", "R2").status == "stored"
    assert people(embedded) == [hashed("s1")]


def test_hashed_and_written_ids_in_the_first_file_ask_for_the_key_too(embedded: Engine, tmp_path: Path) -> None:
    report = give_people(embedded, tmp_path, f"{hashed('s1')};s1")
    assert (report.status, people(embedded), (tmp_path / "person.key").exists()) == ("refused", [], False)


def test_two_who_make_a_key_at_the_same_time_get_the_same(embedded: Engine, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: found_key(embedded.url, may_make=True)[0], range(16)))
    assert len(keys) == 1


def test_a_key_that_others_can_read_is_refused_with_how_to_close_it(embedded: Engine, tmp_path: Path) -> None:
    give_people(embedded, tmp_path, "s1")
    (tmp_path / "person.key").chmod(0o640)
    report = give_people(embedded, tmp_path, "s2", "R2")
    assert report.status == "refused"
    assert f"(mode 640). Close it: chmod 600 {tmp_path / 'person.key'}" in messages(report)


def test_a_lost_key_is_not_made_anew_where_persons_are_stored(embedded: Engine, tmp_path: Path) -> None:
    give_people(embedded, tmp_path, "s1")
    (tmp_path / "person.key").unlink()
    report = give_people(embedded, tmp_path, "s2", "R2")
    assert (report.status, len(people(embedded))) == ("refused", 1)
    assert "is not there" in messages(report)
    assert not (tmp_path / "person.key").exists()


@pytest.mark.parametrize("written", [KEY.hex(), KEY.hex().upper(), base64.b64encode(KEY).decode(), f" {KEY.hex()}\n"])
def test_a_key_is_given_as_hexadecimal_digits_or_base64(
    written: str, embedded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, written)
    give_people(embedded, tmp_path, "s1")
    assert people(embedded) == [hashed("s1")]


def test_a_key_may_lie_in_a_file_of_ones_own(embedded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "elsewhere"
    monkeypatch.setenv(FILE_VARIABLE, str(file))
    assert "is not there" in messages(give_people(embedded, tmp_path, "s1"))
    file.touch(0o600)
    file.write_text(KEY.hex())
    give_people(embedded, tmp_path, "s1")
    assert people(embedded) == [hashed("s1")]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (KEY[:31].hex(), "holds a key of 31 bytes"),
        ("change me!", "holds no key in hexadecimal digits or base64"),
        ("00" * 32, "holds a key that is not random"),
        ("deadbeef" * 8, "holds a key that is not random"),
        (base64.b64encode(b"secret").decode(), "holds a key of 6 bytes"),
    ],
)
def test_a_weak_key_is_refused_and_not_repeated(
    written: str, why: str, embedded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, written)
    report = give_people(embedded, tmp_path, "s1")
    assert (report.status, people(embedded)) == ("refused", [])
    assert f"{VARIABLE} {why}" in messages(report)
    assert "Accepted: at least 32 random bytes" in messages(report)
    assert written not in str(report)


def test_another_key_is_refused_for_one_person_would_become_two(
    university: Engine, give: Give, monkeypatch: pytest.MonkeyPatch
) -> None:
    give("activities", {**ACTIVITY, "people": "s1"})
    before = contents(university)
    monkeypatch.setenv(VARIABLE, OTHER)
    report = give("activities", {**ACTIVITY, "record_id": "R2", "people": "s1"})
    assert report.status == "refused"
    assert "stored under another key than MONITOR_PERSON_KEY" in messages(report)
    assert contents(university) == before


@pytest.mark.postgres
def test_a_server_without_a_key_says_how_to_make_one(
    fresh_postgres: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    engine = connect(fresh_postgres())
    prepare(engine)
    add_departments(engine)
    assert give_people(engine, tmp_path, "").status == "stored"
    report = give_people(engine, tmp_path, "s1", "R2")
    assert (report.status, people(engine)) == ("refused", [])
    assert "Set MONITOR_PERSON_KEY, or MONITOR_PERSON_KEY_FILE" in messages(report)
    assert "secrets.token_hex(32)" in messages(report)
    engine.dispose()


# The upgrade


def as_before_the_upgrade(engine: Engine, ids: dict[str, str]) -> None:
    """The database as it was before persons were hashed: ids as files wrote them, digests made of them."""
    with engine.begin() as connection:
        as_whole(connection)
        for pseudonym, written in ids.items():
            connection.execute(update(Person).where(Person.pseudonym == pseudonym).values(pseudonym=written))
        named = select(ActivityPerson.activity_id)
        connection.execute(update(Activity).where(Activity.activity_id.in_(named)).values(content_hash="of ids"))
        connection.execute(delete(State).where(State.name == FINGERPRINT))


def upgrade_again(engine: Engine) -> None:
    """The one step of the schema's history that hashes persons, once more; undone where it fails."""
    with rebuilding(engine) as connection, Operations.context(MigrationContext.configure(connection)):
        run_path(str(MIGRATION))["upgrade"]()


def test_an_upgrade_hashes_the_persons_that_are_stored_and_the_same_file_changes_nothing(
    university: Engine, give: Give
) -> None:
    rows = (
        {**ACTIVITY, "people": "s1;s2", "departments": "SCI:0.3;ENG:0.7", "countries": "FR;DE", "sdgs": "13;3"},
        {**ACTIVITY, "record_id": "R2", "people": "s2", "partners": "A University @ DE", "amount": "1200.5"},
        {**ACTIVITY, "record_id": "R3", "people": "", "end_date": "2025-05-01", "people_count": "7"},
    )
    columns = {name: "" for row in rows for name in row}
    file = [columns | row for row in rows]
    give("activities", *file)
    before = stored(university, Activity)
    as_before_the_upgrade(university, {hashed("s1"): "s1", hashed("s2"): "s2"})
    upgrade_again(university)
    assert people(university) == sorted(map(hashed, ("s1", "s2")))
    assert stored(university, Activity) == before
    assert give("activities", *file).status == "unchanged"


def test_an_upgrade_of_persons_without_a_key_is_refused_and_changes_nothing(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = connect(postgres_url)
    prepare(engine)
    add_departments(engine)
    give_people(engine, tmp_path, "s1")
    as_before_the_upgrade(engine, {hashed("s1"): "s1"})
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(PersonKeyError, match="none is given for this database"):
        upgrade_again(engine)
    assert people(engine) == ["s1"]
    monkeypatch.setenv(VARIABLE, KEY.hex())
    upgrade_again(engine)
    assert people(engine) == [hashed("s1")]
    engine.dispose()


def test_what_the_upgrade_makes_of_stored_activities_is_what_imports_make_of_files(demonstration_url: str) -> None:
    engine = connect(demonstration_url)
    with engine.connect() as connection:
        as_whole(connection)
        some = list(connection.scalars(select(ActivityPerson.activity_id).distinct().limit(3000)))
        wanted = select(Activity.activity_id, Activity.content_hash).where(Activity.activity_id.in_(some))
        expected = {int(number): str(digest) for number, digest in connection.execute(wanted)}
        assert run_path(str(MIGRATION))["content_hashes"](connection, some) == expected
    engine.dispose()


def test_the_demonstration_has_persons_of_one_key_everywhere(demonstration_url: str) -> None:
    engine = connect(demonstration_url)
    found = people(engine)
    key = sha256(b"the persons of the demonstration are made up").digest()
    assert len(found) > 1000
    assert all(HASHED.fullmatch(one) for one in found)
    assert PersonKey(secret=key, place="").pseudonym("v0000001") in found
    engine.dispose()


# What is no id


@pytest.mark.parametrize(
    "written",
    ["山田太郎", "やまだ", "Yamada Taro", "T. Yamada", "T.Yamada", "yamada_taro", "Liu", "Smith-Jones", "taro.yamada"],
)
def test_a_name_among_person_ids_is_refused_and_not_repeated(written: str, university: Engine, give: Give) -> None:
    report = give("activities", {**ACTIVITY, "people": f"s1;{written}"})
    assert report.status == "refused"
    assert "Entry 2 of the list looks like a name" in messages(report)
    assert written not in str(report)
    assert written not in str(contents(university))


@pytest.mark.parametrize("written", ["090-1234-5678", "+81-90-1234-5678", "022-795-4900", "1980-04-01", "09012345678"])
def test_a_telephone_number_or_a_day_is_no_person_id(written: str, give: Give) -> None:
    report = give("activities", {**ACTIVITY, "people": written})
    assert report.status == "refused"
    assert "looks like a" in messages(report)


@pytest.mark.parametrize(
    "written", ["s0000001", "A5012345678", "0000-0002-1825-0097", "R000000001", "12345678", "XK-CD"]
)
def test_ids_as_systems_write_them_are_taken(written: str) -> None:
    assert no_id(written) is None


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("Call 022-795-4900 for places", "telephone"),
        ("電話 ０２２-７９５-４９００ まで", "telephone"),
        ("Visit of a professor, born 1980-04-01", "day of birth"),
        ("生年月日：1980年4月1日", "day of birth"),
    ],
)
def test_a_text_that_tells_of_one_person_is_kept_with_a_notice(title: str, what: str, give: Give) -> None:
    report = give("activities", {**ACTIVITY, "title": title})
    (notice,) = [remark for remark in report.remarks if what in remark.message.en]
    assert (report.status, notice.severity, notice.column, notice.value) == ("stored", "notice", "title", "…")


@pytest.mark.parametrize(
    "title",
    [
        "ISBN 0-306-40615-2",
        "After the earthquake of 2011-03-11",
        "A born-digital archive",
        "doi 10.1000/0123-4567",
        "第30回国際会議",
    ],
)
def test_numbers_and_days_in_titles_are_no_persons(title: str) -> None:
    assert personal(title) is None


def test_neither_ids_nor_names_nor_mail_addresses_are_in_the_bytes_of_the_database(
    embedded: Engine, tmp_path: Path
) -> None:
    """Promise P25: of files that were taken and of files that were refused; in reports as well."""
    told = [give_people(embedded, tmp_path, "s7654321;s7654322"), give_people(embedded, tmp_path, "s7654321", "R1")]
    private = ["s7654321", "s7654322"]
    for place, written in enumerate(("山田太郎", "Yamada Taro", "T.Yamada", "090-1234-5678", "taro@example.ac.jp")):
        private.append(written)
        told.append(give_people(embedded, tmp_path, f"s7654323;{written}", f"B{place}"))
    text = (
        "record_id,activity_type,title,start_date,departments\nM1,publication,Ask jiro@example.ac.jp,2025-04-01,ENG\n"
    )
    told.append(give_text(embedded, "activities", tmp_path / "mail.csv", text))
    private += ["jiro@example.ac.jp", "example.ac.jp"]
    assert [report.status for report in told] == ["stored", "stored", *["refused"] * 6]
    embedded.dispose()
    written_to_disk = b"".join(path.read_bytes() for path in tmp_path.glob("monitor.db*"))
    hits = [one for one in private if one.encode() in written_to_disk or one in str(told)]
    assert hits == []
    assert hashed("s1").encode()[:2] in written_to_disk  # the search finds what is there
