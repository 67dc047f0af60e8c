"""Two clerks see a preview of the same data and both store: the second is told what changed, and nothing is lost."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data_access.audit.reading import Asked, events
from data_access.batches.roll_back import roll_back
from data_access.engine import as_whole, reading
from data_access.imports import ImportReport
from data_access.imports.deliveries import Delivery, preview_deliveries, store_deliveries
from data_access.imports.seen_before import DataState
from data_access.tables import Activity
from tests.data_access.imports.conftest import ACTIVITY, INDICATORS, csv_text


def _delivery(folder: Path, name: str, *rows: Mapping[str, str]) -> Delivery:
    path = folder / f"{name}.csv"
    path.write_text(csv_text(rows), "utf-8")
    return Delivery(kind="activities", path=path, file_name=path.name)


def _previewed(engine: Engine, *deliveries: Delivery) -> DataState:
    preview = preview_deliveries(
        engine, deliveries, look=lambda _connection: None, progress=lambda _done: None, indicators=INDICATORS
    )
    return preview.state


def _stored(engine: Engine, by: str, previewed: DataState, *deliveries: Delivery) -> tuple[ImportReport, ...]:
    return store_deliveries(
        engine,
        deliveries,
        progress=lambda _done: None,
        indicators=INDICATORS,
        importer=by,
        previewed=previewed,
    )


def _titles(engine: Engine) -> dict[str, str]:
    with reading(engine) as connection:
        rows = as_whole(connection).execute(select(Activity.record_id, Activity.title))
        return {str(record): str(title) for record, title in rows}


def test_the_second_of_two_is_refused_and_told_whose_import_came_between(university: Engine, tmp_path: Path) -> None:
    first = _delivery(tmp_path, "first", {**ACTIVITY, "title": "Of the first"})
    second = _delivery(tmp_path, "second", {**ACTIVITY, "title": "Of the second"})
    seen = _previewed(university, first), _previewed(university, second)
    (report,) = _stored(university, "account:1", seen[0], first)
    assert report.status == "stored"
    number = report.import_id
    (report,) = _stored(university, "account:2", seen[1], second)
    assert report.status == "refused"
    message = report.remarks[0].message
    assert "The data changed since this was previewed" in message.en
    assert f"import {number} (activities, by account:1)" in message.en
    assert _titles(university) == {"R1": "Of the first"}
    (report,) = _stored(university, "account:2", _previewed(university, second), second)  # having seen it
    assert (report.status, _titles(university)) == ("stored", {"R1": "Of the second"})
    with reading(university) as connection:
        told = events(as_whole(connection), Asked(action="import"))
    assert list(zip(told["actor"], told["outcome"], strict=True)) == [
        ("account:2", "done"),
        ("account:2", "refused"),
        ("account:1", "done"),
    ]


def test_files_that_were_previewed_together_are_stored_one_after_the_other(university: Engine, tmp_path: Path) -> None:
    together = [_delivery(tmp_path, f"file{n}", {**ACTIVITY, "record_id": f"R{n}"}) for n in (1, 2, 3)]
    reports = _stored(university, "account:1", _previewed(university, *together), *together)
    assert [report.status for report in reports] == ["stored"] * 3


def test_a_roll_back_in_between_is_told_too(university: Engine, tmp_path: Path) -> None:
    first, second = _delivery(tmp_path, "first", ACTIVITY), _delivery(tmp_path, "second", {**ACTIVITY, "title": "B"})
    (report,) = _stored(university, "account:1", _previewed(university, first), first)
    seen, number = _previewed(university, second), report.import_id
    assert roll_back(university, number, importer="account:1").done
    (report,) = _stored(university, "account:2", seen, second)
    assert report.status == "refused"
    assert f"import {number} was rolled back (by account:1)" in report.remarks[0].message.en


def test_of_many_who_store_what_they_saw_at_the_same_time_one_does(university: Engine, tmp_path: Path) -> None:
    """Conflicts made: all but one. Conflicts shown: as many. What the one stored stays as it is."""
    clerks = 4
    files = [_delivery(tmp_path, f"clerk{n}", {**ACTIVITY, "title": f"Of clerk {n}"}) for n in range(clerks)]
    seen = [_previewed(university, file) for file in files]
    together = threading.Barrier(clerks)

    def store(n: int) -> ImportReport:
        together.wait()
        return _stored(university, f"account:{n}", seen[n], files[n])[0]

    with ThreadPoolExecutor(clerks) as pool:
        reports = list(pool.map(store, range(clerks)))
    (done,) = (n for n, report in enumerate(reports) if report.status == "stored")
    assert sum(report.status == "refused" for report in reports) == clerks - 1
    assert _titles(university) == {"R1": f"Of clerk {done}"}


def test_a_state_is_written_so_that_a_command_can_be_told_it() -> None:
    state = DataState("1f0c9ae4d2b37a55", 12)
    assert DataState.read(str(state)) == state
    assert DataState.read(str(DataState("", 0))) == DataState("", 0)
    with pytest.raises(ValueError, match="'seven' is no state of the data"):
        DataState.read("seven")
