"""What is stored of a file in order: rows with their links, once, and nothing of a file that is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from data_access.imports import store_files, store_rows
from data_access.tables import (
    Activity,
    ActivityCountry,
    ActivityDepartment,
    ActivityPartner,
    ActivityPerson,
    ActivitySdg,
    Goal,
    Import,
    Partner,
    Person,
    State,
    Table,
)
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, INDICATORS, Give, contents, csv_text, hashed, stored

FULL = {
    **ACTIVITY,
    "end_date": "2026-03-31",
    "departments": "SCI:0.4;ENG:0.6",
    "lead": "ENG",
    "partners": "https://ror.org/00wjc7c48; Atelier Inconnu @ FR",
    "countries": "KR;DE",
    "people": "p2;p1;p2",
    "people_count": "3",
    "level": "doctoral",
    "amount": "1200000.5",
    "currency": "USD",
    "sdgs": "13;3",
    "citation_percentile": "91.25",
    "language": "en",
    "url": "https://example.org/1",
}


def of(engine: Engine, table: type[Table], *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in stored(engine, table)]


def data_version(engine: Engine) -> str:
    return next(str(row["value"]) for row in stored(engine, State) if row["name"] == "data_version")


def test_an_activity_is_stored_with_all_that_it_says(university: Engine, give: Give) -> None:
    report = give("activities", FULL)
    (row,) = stored(university, Activity)
    assert (row["source"], row["record_id"], row["title"]) == ("mobility", "R1", "A paper")
    assert (row["start_date"], row["end_date"]) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (row["lead"], row["people_count"], row["level"]) == ("ENG", 3, "doctoral")
    assert (row["amount"], row["currency"], row["citation_percentile"]) == (1_200_000.5, "USD", 91.25)
    assert (row["import_id"], row["file_row"]) == (report.import_id, 2)
    assert of(university, ActivityDepartment, "department", "share") == [("ENG", 0.6), ("SCI", 0.4)]
    assert of(university, ActivityCountry, "country") == [("DE",), ("KR",)]
    assert of(university, ActivitySdg, "sdg") == [(3,), (13,)]
    assert sorted(of(university, Person, "pseudonym")) == sorted([(hashed("p1"),), (hashed("p2"),)])
    assert len(stored(university, ActivityPerson)) == len(stored(university, ActivityPartner)) == 2
    assert sorted(of(university, Partner, "name_en", "country")) == [
        ("Atelier Inconnu", "FR"),
        ("University of Milan", "IT"),
    ]


def test_what_an_activity_does_not_say_is_empty_or_its_default(university: Engine, give: Give) -> None:
    give("activities", {k: v for k, v in ACTIVITY.items() if k != "source"}, name="contracts_2025.csv")
    (row,) = stored(university, Activity)
    assert (row["source"], row["currency"], row["end_date"], row["amount"]) == ("contracts_2025", "JPY", None, None)


@pytest.mark.parametrize("partner", ["University of Milan @ IT", "ror.org/00wjc7c48", "00wjc7c48"])
def test_a_partner_written_in_several_ways_is_one(partner: str, university: Engine, give: Give) -> None:
    give("activities", {**ACTIVITY, "partners": f"https://ror.org/00wjc7c48;{partner}"})
    assert of(university, Partner, "ror_id") == [("https://ror.org/00wjc7c48",)]


@pytest.mark.parametrize("kind", ["activities", "populations"])
def test_a_repeated_import_changes_nothing(kind: str, university: Engine, give: Give) -> None:
    row = FULL if kind == "activities" else HEADCOUNT
    give(kind, row)
    before = contents(university)
    report = give(kind, row)
    assert (report.status, report.rows_new, report.rows_changed, report.rows_unchanged) == ("unchanged", 0, 0, 1)
    assert contents(university) == before
    assert of(university, Import, "status") == [("stored",), ("unchanged",)]


def test_the_same_said_in_other_words_changes_nothing(give: Give) -> None:
    give("activities", FULL)
    same = {**FULL, "departments": "ENG:0.60;SCI:.4", "people": "p1;p2", "countries": "DE;KR;DE", "sdgs": "3;13"}
    assert give("activities", same | {"partners": "Atelier Inconnu @ FR;00wjc7c48"}).status == "unchanged"


def test_a_changed_row_replaces_the_earlier_one_whole(university: Engine, give: Give) -> None:
    first = give("activities", FULL, {**FULL, "record_id": "R2"})
    kept = of(university, Activity, "activity_id", "record_id")
    second = give("activities", ACTIVITY, {**FULL, "record_id": "R2"})
    assert (second.status, second.rows_changed, second.rows_unchanged) == ("stored", 1, 1)
    assert of(university, Activity, "activity_id", "record_id") == kept
    assert of(university, Activity, "record_id", "import_id", "amount") == [
        ("R1", second.import_id, None),
        ("R2", first.import_id, 1_200_000.5),
    ]
    assert of(university, ActivityDepartment, "activity_id", "share") == [(1, 1.0), (2, 0.6), (2, 0.4)]
    assert {row["activity_id"] for row in stored(university, ActivityPartner)} == {2}


def test_the_records_that_change_are_named_in_one_notice(give: Give) -> None:
    rows = [{**ACTIVITY, "record_id": f"R{number}"} for number in range(30)]
    give("activities", *rows)
    report = give("activities", *[{**row, "title": "Another"} for row in rows[:2]], *rows[2:])
    assert [(r.severity, r.row, r.message.en) for r in report.remarks] == [
        ("notice", None, "What was stored before changes: R0, R1.")
    ]
    (notice,) = give("activities", *[{**row, "title": "A third"} for row in rows[:23]]).remarks
    assert notice.message.en.endswith("R18, R19 and 3 more.")
    assert notice.message.ja.endswith("R18、R19 ほか 3 件。")


def test_a_headcount_that_changes_is_named_by_its_key(give: Give) -> None:
    give("populations", HEADCOUNT)
    (notice,) = give("populations", {**HEADCOUNT, "count": "99"}).remarks
    assert notice.message.en == "What was stored before changes: ENG 2025-05-01 master all."


def test_the_version_of_the_data_rises_with_what_was_stored_only(university: Engine, give: Give) -> None:
    versions = [data_version(university)]
    for row in (ACTIVITY, ACTIVITY, {**ACTIVITY, "level": "x"}, FULL):
        give("activities", row)
        versions.append(data_version(university))
    assert versions == ["0", "1", "1", "1", "2"]


def test_a_refused_file_leaves_every_table_as_it_was(university: Engine, give: Give) -> None:
    give("activities", FULL)
    before = contents(university)
    refused = give("activities", {**FULL, "title": "Another"}, {**FULL, "record_id": "R2", "level": "x"})
    assert refused.status == "refused"
    assert contents(university) == before


def test_of_several_files_all_are_stored_or_none(university: Engine, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(csv_text([ACTIVITY]))
    bad.write_text(csv_text([{**ACTIVITY, "record_id": "R2", "level": "x"}]))
    reports = store_files(university, "activities", [good, bad], indicators=INDICATORS)
    assert [report.status for report in reports] == ["refused", "refused"]
    assert "another one of the same command was refused" in reports[0].remarks[0].message.en
    assert stored(university, Activity) == []
    bad.write_text(csv_text([{**ACTIVITY, "record_id": "R2"}]))
    reports = store_files(university, "activities", [good, bad], indicators=INDICATORS)
    assert [report.status for report in reports] == ["stored", "stored"]
    assert data_version(university) == "1"


def test_of_several_files_each_may_need_one_that_stands_behind_it(university: Engine, tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.csv" for name in "abc"]
    for path, code, parent in zip(paths, "ABC", ("B", "C", ""), strict=True):
        path.write_text(f"code,parent_code,name_en,name_ja\n{code},{parent},{code},{code}\n")
    reports = store_files(university, "departments", paths, indicators={})
    assert [(report.file_name, report.status) for report in reports] == [(f"{name}.csv", "stored") for name in "abc"]
    paths[2].write_text("code,parent_code,name_en,name_ja\nC,D,C,C\n")
    reports = store_files(university, "departments", paths, indicators={})
    assert [report.status for report in reports] == ["refused"] * 3
    (error,) = reports[2].remarks
    assert (error.row, error.column, error.value) == (2, "parent_code", "D")


class _DiskFullError(Exception):
    pass


@contextmanager
def failing_at(engine: Engine, statement: int) -> Iterator[None]:
    """The database fails at the n-th statement of the block."""
    statements = count(1)

    def fail(*_arguments: object) -> None:
        if next(statements) == statement:
            raise _DiskFullError

    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", fail)


def test_a_fault_at_any_statement_leaves_nothing_half_done(university: Engine) -> None:
    before = contents(university)
    for statement in count(1):
        try:
            with failing_at(university, statement):
                store_rows(university, "activities", [FULL], indicators={}, name="rows.csv")
        except _DiskFullError:
            assert contents(university) == before
        else:
            break
    assert statement > 15
    assert len(stored(university, Activity)) == 1


def test_rows_in_memory_are_stored_as_those_of_a_file(university: Engine) -> None:
    progress: list[float] = []
    report = store_rows(university, "activities", [FULL], indicators={}, name="made.csv", progress=progress.append)
    assert (report.status, report.file_name, report.rows_new) == ("stored", "made.csv", 1)
    assert progress == sorted(progress)
    assert 0 < progress[0] <= progress[-1] <= 1


@pytest.mark.parametrize(
    ("written", "value"), [("20%", 0.2), ("36.6 %", 0.366), ("０.2", None), ("0.366", 0.366), ("1", 1.0)]
)
def test_a_share_may_be_written_in_per_cent(written: str, value: float | None, university: Engine, give: Give) -> None:
    goal = {"indicator": "international_student_share", "fiscal_year": "2030", "kind": "target", "value": written}
    report = give("goals", goal)
    expected = [] if value is None else [("*", value)]
    assert of(university, Goal, "department", "value") == expected
    assert (report.status == "refused") == (value is None)


def test_a_value_that_is_no_share_keeps_its_size_and_takes_no_per_cent(university: Engine, give: Give) -> None:
    goal = {
        "indicator": "partner_countries",
        "department": "ENG",
        "fiscal_year": "2030",
        "kind": "target",
        "value": "60",
    }
    assert give("goals", goal).status == "stored"
    assert of(university, Goal, "department", "value") == [("ENG", 60.0)]
    assert "more than 1e+15" in give("goals", goal | {"value": "1e300"}).remarks[0].message.en
    assert "is no share" in give("goals", goal | {"value": "60%"}).remarks[0].message.en
