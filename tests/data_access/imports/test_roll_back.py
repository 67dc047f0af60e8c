"""A roll back restores what an import replaced or withdrew, to the last byte, or says what stands in its way."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, insert, update

from data_access.batches.roll_back import RollBack, roll_back
from data_access.batches.stored_as import stored_as
from data_access.engine import as_whole
from data_access.imports import KINDS as FILE_KINDS
from data_access.imports import ImportReport, store_file, store_rows
from data_access.scope import WHOLE_UNIVERSITY, Scope
from data_access.tables import Activity, DeclaredIndicator, Department, Import, Partner, Person, State, Version
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, INDICATORS, Give, Row, give_text, records, stored
from tests.data_access.imports.test_storing import FULL, data_version, of

ENG_HEAD = Scope(departments=frozenset({"ENG", "ENG-M"}))
DEPARTMENT = {"code": "ART", "name_en": "Arts", "name_ja": "文学"}
GOAL = {"indicator": "partner_countries", "fiscal_year": "2030", "kind": "target", "value": "60"}
# Kind, header, a row, and the same record (or, where a row is nothing but its key, another one) saying something else.
KINDS = {
    "departments": ("code,name_en,name_ja,opened", "ART,Arts,文学,", "ART,Fine arts,文学,1949-05-31"),
    "activities": (
        "source,record_id,activity_type,title,start_date,departments,people,partners,amount",
        "s,1,publication,A,2025-04-01,ENG:0.3;SCI:0.7,p1;p2,Atelier @ FR,0.1",
        "s,1,publication,B,2025-04-02,ENG,p9,,",
    ),
    "populations": (
        "department,as_of,population,group,count",
        "ENG,2025-05-01,master,all,7",
        "ENG,2025-05-01,master,all,8",
    ),
    "indicators": (
        "key,department,name_en,name_ja,definition_en,definition_ja,target,process,unit,better,counts,activity_types,since",
        "own_papers,ENG,P,論文,P,論文,research,deepening,count,higher,activities,publication,",
        "own_papers,ENG,Papers,論文,P,論文,research,deepening,count,higher,activities,publication,2020",
    ),
    "goals": (
        "indicator,fiscal_year,kind,value,note_en",
        "partner_countries,2030,target,60,",
        "partner_countries,2030,target,61.7,raised",
    ),
    "annotations": ("date,text_en,text_ja", "2024-04-01,a,b", "2024-04-01,a,c"),
    "rates": ("currency,fiscal_year,jpy", "USD,2025,150.123456789", "USD,2025,0.1"),
    "country_matrix": ("source,period,country_a,country_b,papers", "x,2021,DE,JP,7", "x,2021,DE,JP,8"),
    "references": (
        "source,indicator,dimension,stratum,fiscal_year,numerator,denominator",
        "x,international_student_share,level,master,2024,1,3",
        "x,international_student_share,level,master,2024,2,3",
    ),
    "affiliations": ("pattern,department", "Graduate School,ENG", "Faculty of,ENG"),
}
PAPERS = dict(zip(KINDS["indicators"][0].split(","), KINDS["indicators"][1].split(","), strict=True))


def undo(engine: Engine, import_id: int, scope: Scope = WHOLE_UNIVERSITY) -> RollBack:
    return roll_back(engine, import_id, importer="clerk", scope=scope)


def full_list(engine: Engine, kind: str, *rows: Row) -> ImportReport:
    """Imports rows as the full list of their extent."""
    return store_rows(engine, kind, rows, indicators=INDICATORS, name="list.csv", complete=True)


def test_what_an_import_changed_added_and_withdrew_is_as_before(university: Engine, give: Give) -> None:
    give("activities", FULL, {**FULL, "record_id": "R2"}, {**ACTIVITY, "record_id": "R3"})
    before, version = records(university), data_version(university)
    report = full_list(university, "activities", {**FULL, "record_id": "R2"}, ACTIVITY, {**FULL, "record_id": "R4"})
    counts = (report.rows_new, report.rows_changed, report.rows_unchanged, report.rows_withdrawn)
    assert counts == (1, 1, 1, 1)
    assert records(university) != before
    done = undo(university, report.import_id)
    assert (done.done, done.counts) == (True, (1, 1, 1))
    assert records(university) == before
    assert int(data_version(university)) == int(version) + 2


def test_the_roll_back_is_kept_as_an_attempt(university: Engine, give: Give) -> None:
    report = give("activities", FULL)
    done = undo(university, report.import_id)
    assert of(university, Import, "import_id", "status", "importer", "undoes", "rows_withdrawn") == [
        (report.import_id, "rolled_back", "", None, 0),
        (done.import_id, "roll_back", "clerk", report.import_id, 1),
    ]
    first, second = stored(university, Import)
    assert (second["file_name"], second["sha256"], second["kind"]) == (
        first["file_name"],
        first["sha256"],
        "activities",
    )


def test_every_kind_is_tried_but_those_that_are_stored_as_activities() -> None:
    assert set(KINDS) == {stored_as(kind).kind for kind in FILE_KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_goes_back_version_by_version(kind: str, university: Engine, tmp_path: Path) -> None:
    """Added, then changed, then undone one by one, the last first."""
    header, *rows = KINDS[kind]
    states, numbers = [records(university)], []
    for row in rows:
        report = give_text(university, kind, tmp_path / "file.csv", f"{header}\n{row}\n")
        numbers.append(report.import_id)
        states.append(records(university))
    assert states[0] != states[1] != states[2]
    for number, state in zip(reversed(numbers), reversed(states[:-1]), strict=True):
        assert undo(university, number).done
        assert records(university) == state


def test_later_imports_of_other_records_stand_in_no_way(university: Engine, give: Give) -> None:
    give("activities", FULL)
    without = {**ACTIVITY, "record_id": "R7"}
    report = give("activities", ACTIVITY, {**ACTIVITY, "record_id": "R2"})
    give("activities", without)
    assert undo(university, report.import_id).done
    assert sorted(of(university, Activity, "record_id", "amount")) == [("R1", 1_200_000.5), ("R7", None)]


def test_a_record_that_a_later_import_touched_stands_in_the_way_until_that_is_undone(
    university: Engine, give: Give
) -> None:
    first = give("activities", FULL, {**ACTIVITY, "record_id": "R2"})
    start = records(university)
    second = give("activities", {**FULL, "title": "A"}, {**ACTIVITY, "record_id": "R2", "title": "A"})
    third = give("activities", {**FULL, "title": "B"}, name="third.csv")
    before = records(university)
    refused = undo(university, second.import_id)
    (obstacle,) = refused.in_the_way
    assert (refused.done, refused.import_id, refused.counts) == (False, None, (0, 0, 0))
    assert (obstacle.kind, obstacle.key, obstacle.import_id) == ("activities", ("mobility", "R1"), third.import_id)
    assert obstacle.file_name == "third.csv"
    assert "changed again by a later import" in obstacle.why.en
    assert records(university) == before
    assert len(stored(university, Import)) == 3
    assert undo(university, third.import_id).done
    assert undo(university, second.import_id).done
    assert records(university) == start
    assert undo(university, first.import_id).done
    assert stored(university, Activity) == []


def test_a_withdrawn_record_that_came_again_stands_in_the_way(university: Engine, give: Give) -> None:
    give("activities", FULL, {**FULL, "record_id": "R2"})
    withdrawing = full_list(university, "activities", FULL)
    again = give("activities", {**FULL, "record_id": "R2"})
    (obstacle,) = undo(university, withdrawing.import_id).in_the_way
    assert (obstacle.key, obstacle.import_id) == (("mobility", "R2"), again.import_id)


def test_the_number_of_a_record_that_is_gone_is_not_given_again(university: Engine, give: Give) -> None:
    give("activities", FULL, {**FULL, "record_id": "R2"})
    before = records(university)
    withdrawing = full_list(university, "activities", FULL)
    give("activities", {**ACTIVITY, "record_id": "R3"}, name="other.csv")
    assert of(university, Activity, "activity_id", "record_id") == [(1, "R1"), (3, "R3")]
    assert undo(university, withdrawing.import_id).done
    kept = records(university)
    kept["activities"] = [row for row in kept["activities"] if row["record_id"] != "R3"]
    kept["activity_departments"] = [row for row in kept["activity_departments"] if row["activity_id"] != 3]
    assert kept == before


def test_what_rests_on_a_department_that_goes_is_listed(university: Engine, give: Give) -> None:
    added = give("departments", DEPARTMENT)
    later = [
        give("departments", {**DEPARTMENT, "code": "ART-H", "parent_code": "ART"}, name="below.csv"),
        give("activities", {**ACTIVITY, "departments": "ART;ENG", "lead": "ART"}),
        give("populations", {**HEADCOUNT, "department": "ART"}),
        give("goals", {**GOAL, "department": "ART"}),
        give("indicators", {**PAPERS, "department": "ART"}),
        give("affiliations", {"pattern": "Faculty of Arts", "department": "ART"}),
    ]
    before = records(university)
    found = undo(university, added.import_id).in_the_way
    assert {one.import_id for one in found} == {report.import_id for report in later}
    assert {one.kind for one in found} == {
        *("departments", "activities", "populations", "goals", "indicators", "affiliations"),
    }
    assert records(university) == before
    for report in reversed(later):
        assert undo(university, report.import_id).done
    assert undo(university, added.import_id).done
    assert ("ART",) not in of(university, Department, "code")


def test_a_goal_stands_in_the_way_of_the_indicator_that_it_is_set_on(university: Engine, give: Give) -> None:
    added = give("indicators", PAPERS)
    goal = give("goals", {**GOAL, "indicator": "own_papers", "department": "ENG"})
    (obstacle,) = undo(university, added.import_id).in_the_way
    assert (obstacle.kind, obstacle.import_id) == ("goals", goal.import_id)
    assert "own_papers" in obstacle.why.en
    assert undo(university, goal.import_id).done
    assert undo(university, added.import_id).done
    assert stored(university, DeclaredIndicator) == []


def test_what_would_come_back_to_a_department_that_is_gone_is_listed(university: Engine, give: Give) -> None:
    added = give("departments", DEPARTMENT)
    give("activities", {**ACTIVITY, "departments": "ART"})
    moved = give("activities", {**ACTIVITY, "departments": "ENG"}, name="moved.csv")
    gone = full_list(
        university, "departments", *({"code": c, "name_en": c, "name_ja": c} for c in ("ENG", "SCI", "ENG-M"))
    )
    assert gone.rows_withdrawn == 1
    (obstacle,) = undo(university, moved.import_id).in_the_way
    assert (obstacle.kind, obstacle.key, obstacle.import_id) == ("departments", ("ART",), gone.import_id)
    assert undo(university, gone.import_id).done
    assert undo(university, moved.import_id).done
    assert of(university, Activity, "import_id", "file_row") == [(added.import_id + 1, 2)]


def test_departments_come_back_with_those_above_them(university: Engine, give: Give) -> None:
    chain = [{**DEPARTMENT, "code": code, "parent_code": above} for code, above in (("A", ""), ("B", "A"), ("C", "B"))]
    added = give("departments", *reversed(chain))
    before = records(university)
    kept = [
        {"code": c, "name_en": c, "name_ja": c, "parent_code": p}
        for c, p in (("ENG", ""), ("SCI", ""), ("ENG-M", "SCI"))
    ]
    gone = full_list(university, "departments", *kept)
    assert (gone.rows_withdrawn, gone.rows_changed) == (3, 1)
    assert undo(university, gone.import_id).done
    assert records(university) == before
    assert undo(university, added.import_id).done
    assert [code for (code,) in of(university, Department, "code")] == ["*", "ENG", "ENG-M", "SCI"]


def test_who_the_university_is_goes_back_too_unless_works_were_read_with_it(university: Engine, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("record_id,activity_type,title,start_date,departments\nR1,publication,A,2025-04-01,ENG\n")
    before = records(university)
    report = store_file(university, "activities", path, indicators=INDICATORS, home_ror="https://ror.org/00wjc7c48")
    assert ("home_ror",) in of(university, State, "name")
    read_with_it = {"kind": "works", "file_name": "w.json", "sha256": "", "status": "stored", "rows_read": 1}
    with university.begin() as connection:
        as_whole(connection)
        connection.execute(insert(Import), read_with_it | {"imported_at": datetime(2025, 4, 1)})  # noqa: DTZ001
    (obstacle,) = undo(university, report.import_id).in_the_way
    assert (obstacle.kind, obstacle.file_name) == ("works", "w.json")
    with university.begin() as connection:
        as_whole(connection)
        connection.execute(update(Import).where(Import.file_name == "w.json").values(status="unchanged"))
    assert undo(university, report.import_id).done
    assert records(university) == before


def test_partners_and_people_stay(university: Engine, give: Give) -> None:
    report = give("activities", FULL)
    assert undo(university, report.import_id).done
    assert len(stored(university, Partner)) == len(stored(university, Person)) == 2
    assert give("activities", FULL).status == "stored"
    assert len(stored(university, Partner)) == len(stored(university, Person)) == 2


@pytest.mark.parametrize("status", ["unchanged", "refused", "rolled_back", "roll_back"])
def test_what_stored_nothing_cannot_be_undone(status: str, university: Engine, give: Give) -> None:
    report = give("activities", FULL)
    number: int | None = report.import_id
    if status == "unchanged":
        number = give("activities", FULL).import_id
    elif status == "refused":
        number = give("activities", {**FULL, "level": "x"}).import_id
    else:
        undone = undo(university, report.import_id)
        number = undone.import_id if status == "roll_back" else report.import_id
    before = records(university)
    assert number is not None
    answer = undo(university, number)
    assert (answer.done, answer.in_the_way) == (False, ())
    assert answer.refusal is not None
    assert records(university) == before


def test_an_import_from_before_versions_were_kept_cannot_be_undone(university: Engine, give: Give) -> None:
    report = give("activities", FULL)
    with university.begin() as connection:
        as_whole(connection)
        connection.execute(delete(Version))
    answer = undo(university, report.import_id)
    assert answer.refusal is not None
    assert "before versions were kept" in answer.refusal.en
    assert len(stored(university, Activity)) == 1


def test_an_import_that_is_not_there(university: Engine) -> None:
    with pytest.raises(LookupError, match="no import 99"):
        undo(university, 99)


def test_a_head_undoes_the_own_imports_alone(university: Engine) -> None:
    def head_gives(importer: str, *rows: Row) -> ImportReport:
        return store_rows(
            university, "activities", rows, indicators={}, name="a.csv", importer=importer, scope=ENG_HEAD
        )

    own, other = head_gives("clerk", ACTIVITY), head_gives("another", {**ACTIVITY, "record_id": "R2"})
    for report, scope in ((other, ENG_HEAD), (own, Scope(departments=frozenset({"SCI"})))):
        answer = undo(university, report.import_id, scope=scope)
        assert answer.refusal is not None
        assert "not yours" in answer.refusal.en
    assert len(stored(university, Activity)) == 2
    assert undo(university, own.import_id, scope=ENG_HEAD).done
    assert of(university, Activity, "record_id") == [("R2",)]


Model = dict[str, list[tuple[int, str | None]]]  # record -> what each import that still stands made of it


@pytest.mark.parametrize("seed", range(4))
def test_random_imports_and_roll_backs_against_a_plain_model(seed: int, university: Engine) -> None:
    """Every record is what the last import that stands made of it; what may be undone is what touched it last."""
    chance = random.Random(seed)  # noqa: S311
    model: Model = {f"R{number}": [] for number in range(6)}
    imports: list[int] = []
    for _ in range(14):
        if imports and chance.random() < 0.45:
            _undo_one(university, chance.choice(imports), model, imports)
        else:
            _import_some(university, chance, model, imports)
        there = {record: versions[-1][1] for record, versions in model.items() if versions}
        wanted = {record: title for record, title in there.items() if title is not None}
        assert sorted(of(university, Activity, "record_id", "title")) == sorted(wanted.items())


def _import_some(engine: Engine, chance: random.Random, model: Model, imports: list[int]) -> None:
    chosen = chance.sample(sorted(model), chance.randint(1, 5))
    titles = {record: chance.choice("abc") for record in chosen}
    complete = chance.random() < 0.4
    rows: Sequence[Mapping[str, str]] = [{**FULL, "record_id": r, "title": t} for r, t in titles.items()]
    report = store_rows(engine, "activities", rows, indicators={}, name="x.csv", complete=complete)
    for record, versions in model.items():
        now = versions[-1][1] if versions else None
        new = titles.get(record, None if complete else now)
        if new != now:
            versions.append((report.import_id, new))
    if report.status == "stored":
        imports.append(report.import_id)


def _undo_one(engine: Engine, number: int, model: Model, imports: list[int]) -> None:
    touched = [versions for versions in model.values() if number in [by for by, _ in versions]]
    free = all(versions[-1][0] == number for versions in touched)
    assert undo(engine, number).done == free
    if free:
        imports.remove(number)
        for versions in touched:
            versions.pop()
