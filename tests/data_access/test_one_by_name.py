"""Records asked for by what a column holds: nothing but the rows that hold it, and never a foreign one."""

import pytest
from sqlalchemy import Engine

from data_access.records import Records
from data_access.scope import NOBODY, WHOLE_UNIVERSITY, Scope

ENGINEERING = Scope(departments=frozenset({"ENG", "ENG-M"}))


@pytest.mark.parametrize(("record_id", "found"), [("R2", [2]), ("r2", []), ("R2' OR '1'='1", [])])
def test_a_record_is_found_by_its_source_and_its_id(university: Engine, record_id: str, found: list[int]) -> None:
    rows = Records(university, WHOLE_UNIVERSITY).activities(source="test", record_id=record_id)
    assert list(rows["activity_id"]) == found


def test_a_record_is_not_found_under_another_source(university: Engine) -> None:
    assert Records(university, WHOLE_UNIVERSITY).activities(source="other", record_id="R2").empty


def test_the_activities_of_an_import(university: Engine) -> None:
    reader = Records(university, WHOLE_UNIVERSITY)
    assert [len(reader.activities(columns=("activity_id",), import_id=number)) for number in (1, 2)] == [3, 0]


def test_asking_for_a_foreign_activity_by_its_name_gives_nothing(university: Engine) -> None:
    for scope in (NOBODY, ENGINEERING):
        assert Records(university, scope).activities(source="test", record_id="R2").empty
    assert len(Records(university, ENGINEERING).activities(source="test", record_id="R3")) == 1


def test_a_column_that_is_not_there_is_refused(university: Engine) -> None:
    with pytest.raises(LookupError, match="Activity has no column 'titel'; it has activity_id"):
        Records(university, WHOLE_UNIVERSITY).activities(titel="Activity 1")
