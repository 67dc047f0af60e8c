"""Rows that are read by columns are those that are read one by one, with the same remarks in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

import pytest

from data_access.files.text_rows import Dated, TextRow, Uncalculated, UnreadableError
from data_access.imports import by_columns
from data_access.imports.activities import ACTIVITIES
from data_access.imports.check import Table
from data_access.imports.known import Known
from data_access.imports.report import Remarks
from data_access.imports.told import Told
from tests.data_access.files.meaning import known_for
from vocabulary.text import Text

CELLS = {
    "record_id": (*"abcdefgh", "R1", " R1 ", "合計", "record_id", "１２", "", "〃", "R1\u200b", Dated("4-1"), "1E+12"),
    "source": ("mobility", "", " ", "mobility ", "a@b.example"),
    "activity_type": ("publication", "publicaton", "mobility_outbound", "", Uncalculated("=A1")),
    "title": ("A paper", "Ring 022-795-4900", "#N/A", "a\x01b", "x@y.example", "合計", "A long one " * 20, "title"),
    "start_date": ("2025-04-01", "2025/4/1", "2099-01-01", "1850-01-01", "2025-13-01", "", Dated("2025-05-01")),
    "departments": ("ENG", "ENG;SCI", "ENG:0.6;SCI:0.4", "ENG:0.6", "Engineering", "ENG;ENG", ""),
    "partners": (
        *("https://ror.org/00hx57361", "ror.org/00hx57361", "Institut für Physik @ DE", "Nobody", "", "MIT @ US"),
        *("https://ror.org/00hx57361;Somewhere @ FR", "https://ror.org/05f82e368"),
    ),
    "people": ("p1;p2", "p2", "Taro Yamada", "", "x@y.example", "p1"),
    "people_count": ("1", "2", "２", ""),
    "nobody knows": ("", "anything", "x@y.example"),
}
REQUIRED = {column.name for column in ACTIVITIES.columns if column.required}
ROWS, SEEDS = 60, range(25)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    return known_for(tmp_path_factory.mktemp("columns") / "monitor.db")


def some_rows(seed: int) -> list[TextRow]:
    """A header and rows, nine cells in ten of which are in order; some rows are too long or too short."""
    chance = Random(seed)  # noqa: S311  to be had again
    names = [name for name in CELLS if name in REQUIRED or chance.random() < 0.7]
    header = [*names, ""] if chance.random() < 0.3 else names
    rows = []
    for number in range(2, ROWS):
        good = {name: CELLS[name][0] for name in names} | {"record_id": f"N{number}"}
        cells = [chance.choice(CELLS[name]) if chance.random() < 0.1 else good[name] for name in names]
        cells += [""] * (len(header) - len(names) + (chance.random() < 0.02))
        rows.append(TextRow(number, cells))
    return [TextRow(1, header), *rows]


def read(known: Known, rows: Sequence[TextRow], *, in_bulk: bool) -> tuple[object, ...]:
    own = replace(known, followed={}, told_of=set(), plain=set(), persons=set(), partners={})
    remarks = Remarks()
    table = Table(replace(ACTIVITIES, in_bulk=in_bulk), own, remarks, Told(indicators={}))

    def coming() -> Iterator[TextRow]:
        yield from rows
        table.notice(Text("The end.", "終わり"))

    found = table.rows(coming())
    return list(found), remarks.listed(), table.rows_read, sorted(remarks.refused_rows)


@pytest.mark.parametrize("at_once", [7, 2_000])
def test_both_say_the_same(known: Known, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr("data_access.imports.check.AT_ONCE", at_once)
    monkeypatch.setattr(by_columns, "_MEMORY", 20)
    for seed in SEEDS:
        rows = some_rows(seed)
        assert read(known, rows, in_bulk=True) == read(known, rows, in_bulk=False), seed


@pytest.mark.parametrize("guard", ["is_wide", "personal", "unfit_cell", "no_value_or_error"])
def test_a_check_that_columns_forget_would_be_seen(known: Known, monkeypatch: pytest.MonkeyPatch, guard: str) -> None:
    monkeypatch.setattr(by_columns, guard, lambda *_, **__: ())
    assert any(read(known, some_rows(s), in_bulk=True) != read(known, some_rows(s), in_bulk=False) for s in SEEDS)


def test_what_comes_before_an_error_is_read_before_it_is_raised(known: Known) -> None:
    def broken() -> Iterator[TextRow]:
        yield from some_rows(1)[:3]
        raise UnreadableError("broken", "壊れています")

    table = Table(ACTIVITIES, known, Remarks(), Told(indicators={}))
    with pytest.raises(UnreadableError):
        table.rows(broken())
    assert table.rows_read == 2
