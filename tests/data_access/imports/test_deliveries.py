"""Files of different kinds together: in the order in which they need each other, tried as one, stored each whole."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, select

from data_access.imports.deliveries import Delivery, in_order, preview_deliveries, store_deliveries
from data_access.tables import Activity, Department, Import, Population
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT, INDICATORS, contents, csv_text, stored

ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MEDICINE = {"code": "MED", "name_en": "Medicine", "name_ja": "医学系研究科"}


def silent(_done: float) -> None:
    """Tells nobody."""


def delivery(folder: Path, kind: str, *rows: dict[str, str], name: str = "") -> Delivery:
    path = folder / f"{name or kind}.csv"
    path.write_text(csv_text(rows), "utf-8")
    return Delivery(kind=kind, path=path, file_name=path.name)


def counted(connection: Connection) -> tuple[int, int]:
    of = (connection.scalar(select(func.count()).select_from(table)) for table in (Activity, Population))
    first, second = of
    return first or 0, second or 0


def test_files_come_in_the_order_in_which_they_need_each_other(tmp_path: Path) -> None:
    given = [delivery(tmp_path, "goals"), delivery(tmp_path, "activities"), delivery(tmp_path, "departments")]
    assert [one.kind for one in in_order(given)] == ["departments", "activities", "goals"]


@ON_ONE_DATABASE
def test_files_of_several_kinds_are_tried_together_and_nothing_is_kept(university: Engine, tmp_path: Path) -> None:
    before = contents(university)
    given = [delivery(tmp_path, "activities", ACTIVITY), delivery(tmp_path, "populations", HEADCOUNT)]
    preview = preview_deliveries(university, given, look=counted, progress=silent, indicators=INDICATORS)
    assert preview.seen == (1, 1)
    assert [report.rows_new for report in preview.reports] == [1, 1]
    assert contents(university) == before
    assert stored(university, Import) == []


@ON_ONE_DATABASE
def test_each_file_is_stored_whole_and_those_in_order_stay_when_another_is_refused(
    university: Engine, tmp_path: Path
) -> None:
    given = in_order(
        [
            delivery(tmp_path, "activities", {**ACTIVITY, "departments": "MED"}),
            delivery(tmp_path, "populations", HEADCOUNT, {**HEADCOUNT, "department": "NO"}),
            delivery(tmp_path, "departments", MEDICINE),
        ]
    )
    done: list[float] = []
    reports = store_deliveries(university, given, progress=done.append, indicators=INDICATORS)
    assert [(one.file_name, one.status) for one in reports] == [
        ("departments.csv", "stored"),
        ("activities.csv", "stored"),
        ("populations.csv", "refused"),
    ]
    assert "MED" in {row["code"] for row in stored(university, Department)}
    assert len(stored(university, Activity)) == 1
    assert stored(university, Population) == []
    assert done == sorted(done)


@ON_ONE_DATABASE
def test_headings_hold_for_their_own_file(university: Engine, tmp_path: Path) -> None:
    own = {"件名" if column == "title" else column: cell for column, cell in ACTIVITY.items()}
    first = delivery(tmp_path, "activities", own, name="own")
    second = delivery(tmp_path, "activities", {**own, "record_id": "R2"}, name="other")
    given = [Delivery(kind=first.kind, path=first.path, file_name=first.file_name, headings={"件名": "title"}), second]
    reports = store_deliveries(university, given, progress=silent, indicators=INDICATORS)
    assert [report.status for report in reports] == ["stored", "refused"]
