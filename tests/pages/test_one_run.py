"""What a page shows is of one state of the data, read once a run and anew in the next."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from data_access.engine import connect
from data_access.imports import store_files
from pages.parts.one_run import once, one_run, read_anew
from tests.pages.reading import fresh, ran, words


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that any database is sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("page", ["overview", "targets", "hub"])
def test_a_redraw_reads_the_state_of_the_data_once(page: str) -> None:
    at = fresh("president", "en", page)
    with statements() as sent:
        ran(at)
    assert len([one for one in sent if "FROM state" in one]) == 1


def test_what_is_imported_between_two_redraws_shows(
    demonstration_copy: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", demonstration_copy)
    at = fresh("president", "en", "targets")
    assert "Faculty of Renamed Letters" not in " ".join(words(at))
    file = tmp_path / "departments.csv"
    file.write_text("code,parent_code,name_en,name_ja,kind\nENG,*,Faculty of Renamed Letters,文学部,faculty\n", "utf-8")
    engine = connect(demonstration_copy)
    assert [report.rows_changed for report in store_files(engine, "departments", [file], indicators={})] == [1]
    assert "Faculty of Renamed Letters" in " ".join(words(ran(at)))


def test_within_a_run_it_is_read_once_and_in_the_next_anew() -> None:
    number = count()
    for expected in (0, 1):
        with one_run():
            assert [once("a", lambda: next(number)) for _ in range(3)] == [expected] * 3


def test_within_a_run_that_stored_something_it_is_read_anew() -> None:
    number = count()
    with one_run():
        assert once("a", lambda: next(number)) == 0
        read_anew()
        assert once("a", lambda: next(number)) == 1


def test_outside_of_a_run_it_is_read_each_time_also_after_one_that_broke_off() -> None:
    number = count()
    with pytest.raises(InterruptedError), one_run():
        once("a", lambda: next(number))
        raise InterruptedError
    assert [once("a", lambda: next(number)) for _ in range(2)] == [1, 2]


def test_one_run_knows_nothing_of_another_at_the_same_time() -> None:
    def run(name: int) -> int:
        with one_run():
            return once("a", lambda: name)

    with one_run(), ThreadPoolExecutor(4) as threads:
        assert once("a", lambda: -1) == -1
        assert list(threads.map(run, range(8))) == list(range(8))
