"""A person is erased or corrected in every record and every former version, and the same files do not undo it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data_access.audit import Actor, verify
from data_access.audit.reading import events
from data_access.batches.roll_back import roll_back
from data_access.engine import as_whole, connect, prepare, reading
from data_access.imports import ImportReport, store_rows
from data_access.people.changing import NotChangedError, PersonChange, correct, erase
from data_access.tables import Activity, ActivityPerson, Person, Version
from tests.data_access.imports.conftest import ACTIVITY, add_departments, hashed, records
from tests.data_access.imports.conftest import university as university

WHO = Actor("command line: root")


def give(engine: Engine, *people: str, title: str = "A paper") -> ImportReport:
    """Activities R0, R1, ... with these persons each."""
    rows = [{**ACTIVITY, "record_id": f"R{n}", "people": one, "title": title} for n, one in enumerate(people)]
    return store_rows(engine, "activities", rows, indicators={}, name="rows", importer="office")


def people_of(engine: Engine) -> dict[str, set[str]]:
    with reading(engine) as connection:
        rows = as_whole(connection).execute(
            select(Activity.record_id, Person.pseudonym)
            .join(ActivityPerson, ActivityPerson.activity_id == Activity.activity_id)
            .join(Person, Person.person_id == ActivityPerson.person_id)
        )
        found: dict[str, set[str]] = {}
        for record, pseudonym in rows:
            found.setdefault(str(record), set()).add(str(pseudonym))
    return found


@pytest.fixture
def given(university: Engine) -> Engine:
    """Staff members s1 to s3; s1 in R0 and R1, and in a former version of R2."""
    give(university, "s1;s2", "s1", "s1;s3", "s2")
    give(university, "s1;s2", "s1", "s3", "s2", title="Another title")
    return university


def test_a_person_is_erased_from_records_and_versions_and_is_said_to_be(given: Engine) -> None:
    before = records(given)
    dry = erase(given, "s1", actor=WHO, dry_run=True)
    assert records(given) == before
    done = erase(given, "s1", actor=WHO)
    assert done == dry == PersonChange(records=(("mobility", "R0"), ("mobility", "R1")), versions=3)
    assert people_of(given) == {"R0": {hashed("s2")}, "R2": {hashed("s3")}, "R3": {hashed("s2")}}
    with reading(given) as connection:
        as_whole(connection)
        assert hashed("s1") not in list(connection.scalars(select(Person.pseudonym)))
        last = events(connection).iloc[0]
    assert (last["action"], last["rows"], last["actor"]) == ("person erased", 2, "command line: root")
    assert "s1" not in last["object"]
    assert hashed("s1")[2:] not in str(last.to_dict())
    assert verify(given).is_whole


def test_the_same_file_again_leaves_an_erased_person_out_with_a_notice_and_changes_nothing(given: Engine) -> None:
    erase(given, "s1", actor=WHO)
    report = give(given, "s1;s2", "s1", "s3", "s2", title="Another title")
    assert (report.status, report.rows_unchanged) == ("unchanged", 4)
    assert "Persons of this file who were erased are left out: 1." in [one.message.en[:53] for one in report.remarks]
    assert hashed("s1") not in {one for people in people_of(given).values() for one in people}


def test_a_roll_back_does_not_bring_an_erased_person_back(given: Engine) -> None:
    erase(given, "s1", actor=WHO)
    with reading(given) as connection:
        last = int(
            as_whole(connection).scalars(select(Version.import_id).order_by(Version.version_id.desc())).first() or 0
        )
    assert roll_back(given, last, importer="office").done
    assert people_of(given) == {"R0": {hashed("s2")}, "R2": {hashed("s3")}, "R3": {hashed("s2")}}


def test_an_id_that_was_wrong_becomes_the_right_one_also_where_both_are_stored(given: Engine) -> None:
    done = correct(given, "s1", "s9", actor=WHO)  # nobody has it yet
    assert [record for _, record in done.records] == ["R0", "R1"]
    assert people_of(given)["R1"] == {hashed("s9")}
    correct(given, hashed("s9"), "s2", actor=WHO)
    assert people_of(given) == {n: {hashed("s2")} for n in ("R0", "R1", "R3")} | {"R2": {hashed("s3")}}
    report = give(given, "s2", "s2", "s3", "s2", title="Another title")  # as the corrected file says it
    assert (report.status, report.rows_unchanged) == ("unchanged", 4)


def test_nobody_to_change_and_an_erased_person_to_become_are_refused_without_repeating_the_id(given: Engine) -> None:
    before = records(given)
    with pytest.raises(NotChangedError, match="No person is stored under this id") as refusal:
        erase(given, "s77", actor=WHO)
    assert "s77" not in str(refusal.value)
    with pytest.raises(NotChangedError, match="the same person"):
        correct(given, "s1", "ｓ1", actor=WHO)  # as Unicode writes it wide
    assert records(given) == before
    erase(given, "s1", actor=WHO)
    with pytest.raises(NotChangedError, match="was erased"):
        correct(given, "s2", "s1", actor=WHO)


def test_nothing_of_an_erased_person_is_left_in_the_bytes_of_the_file(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    add_departments(engine)
    give(engine, "s1;s2", "s1")
    assert hashed("s1").encode() in (tmp_path / "monitor.db").read_bytes()
    erase(engine, "s1", actor=WHO)
    engine.dispose()
    left = b"".join(path.read_bytes() for path in tmp_path.glob("monitor.db*"))
    assert hashed("s1").encode() not in left
    assert hashed("s2").encode() in left
