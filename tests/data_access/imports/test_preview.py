"""A file that is only tried: what would come of it, seen in the data as they would be, and nothing kept of it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, select

from data_access.imports import Preview, preview_files
from data_access.records import Records
from data_access.scope import NOBODY, WHOLE_UNIVERSITY
from data_access.tables import Activity
from tests.data_access.imports.conftest import ACTIVITY, INDICATORS, Give, Row, csv_text
from tests.data_access.imports.faults import everything, takes_the_lock_at_once
from tests.data_access.imports.test_faults import of_sqlite, some
from tests.data_access.imports.test_storing import FULL


def titles(connection: Connection) -> list[str]:
    return list(Records.on(connection, WHOLE_UNIVERSITY).activities(columns=("title",))["title"])


def tried(engine: Engine, folder: Path, *files: Sequence[Row], complete: bool = False) -> Preview[list[str]]:
    paths = [folder / f"{number}.csv" for number, _ in enumerate(files)]
    for path, rows in zip(paths, files, strict=True):
        path.write_text(csv_text(rows))
    return preview_files(engine, "activities", paths, look=titles, indicators=INDICATORS, complete=complete)


def test_what_would_come_of_files_is_told_and_seen_and_nothing_is_kept(
    university: Engine, give: Give, tmp_path: Path
) -> None:
    give("activities", FULL, {**FULL, "record_id": "R2"}, {**FULL, "record_id": "R3"})
    before = everything(university)
    changed, new = {**FULL, "title": "Changed"}, {**FULL, "record_id": "R4", "title": "New", "people": "p9"}
    preview = tried(university, tmp_path, [changed, {**FULL, "record_id": "R2"}], [new], complete=True)
    counts = [(r.rows_new, r.rows_changed, r.rows_unchanged, r.rows_withdrawn) for r in preview.reports]
    assert counts == [(0, 1, 1, 1), (1, 0, 0, 0)]
    assert [report.status for report in preview.reports] == ["stored", "stored"]
    assert preview.seen == ["Changed", "A paper", "New"]
    assert everything(university) == before
    assert takes_the_lock_at_once(university)


def test_a_file_that_would_be_refused_says_why_and_shows_nothing(university: Engine, tmp_path: Path) -> None:
    before = everything(university)
    preview = tried(university, tmp_path, [FULL], [{**FULL, "record_id": "R2", "level": "x"}])
    assert preview.seen is None
    assert [report.status for report in preview.reports] == ["refused", "refused"]
    assert [remark.value for remark in preview.reports[1].remarks] == ["x"]
    assert everything(university) == before


def test_rows_that_do_not_fit_what_is_stored_are_told_too(university: Engine, tmp_path: Path) -> None:
    path = tmp_path / "departments.csv"
    path.write_text("code,parent_code,name_en,name_ja\nART,NONE,Arts,文学\n")
    preview = preview_files(university, "departments", [path], look=titles, indicators={})
    assert preview.seen is None
    assert preview.reports[0].remarks[0].column == "parent_code"


def test_a_look_that_fails_leaves_nothing(university: Engine, tmp_path: Path) -> None:
    before, path = everything(university), tmp_path / "a.csv"
    path.write_text(csv_text([FULL]))

    def look(_connection: Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        preview_files(university, "activities", [path], look=look, indicators=INDICATORS)
    assert everything(university) == before
    assert takes_the_lock_at_once(university)


def test_others_read_what_is_stored_all_through_a_long_try(university: Engine, tmp_path: Path) -> None:
    """Thousands of rows, more than SQLite keeps in memory of its own accord, are tried while another one reads."""
    path = tmp_path / "a.csv"
    path.write_text(csv_text(some(4_000)))

    def look(connection: Connection) -> tuple[int, int]:
        of_others = Records(university, WHOLE_UNIVERSITY).activities(columns=("title",))
        return connection.scalar(select(func.count()).select_from(Activity)) or 0, len(of_others)

    preview = preview_files(university, "activities", [path], look=look, indicators=INDICATORS)
    assert preview.seen == (4_000, 0)


@of_sqlite
def test_records_on_a_connection_are_cut_to_the_reader(university: Engine, give: Give) -> None:
    give("activities", ACTIVITY)
    with university.connect() as connection:
        assert Records.on(connection, NOBODY).activities().empty
        assert Records.on(connection).departments().empty
        with Records.on(connection, WHOLE_UNIVERSITY).at_one_moment() as records:
            assert len(records.activities()) == 1
