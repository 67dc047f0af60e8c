"""A ledger carried on through every kind of change holds what one made anew holds, also over a restart."""

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread

import pytest
from pandas import DataFrame
from sqlalchemy import Engine

from data_access.audit import Actor
from data_access.batches.roll_back import roll_back
from data_access.imports import store_rows
from data_access.kept_arrays import keep, kept, place_of
from data_access.partner_names.deciding import decide
from data_access.people.changing import correct, erase
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics import carrying_on
from metrics.ledger import Ledger
from pages.parts import ledgers
from pages.parts.ledgers import Ledgers, frames_of
from tests.data_access.conftest import database as database
from tests.data_access.conftest import engine as engine
from tests.data_access.imports.conftest import ACTIVITY, HEADCOUNT
from tests.data_access.imports.conftest import university as university
from tests.metrics.test_carrying_on import assert_same

WHO = Actor("command line: root")
TUM, EPFL = "https://ror.org/02kkvpp62", "https://ror.org/02s376052"
Change = Callable[[Engine], object]


def give(engine: Engine, kind: str, *rows: dict[str, str], complete: bool = False) -> int:
    report = store_rows(
        engine, kind, rows, indicators={}, name="rows", importer="office", complete=complete, scope=WHOLE_UNIVERSITY
    )
    assert report.status == "stored", report.remarks
    return report.import_id


def papers(first: int, last: int, **said: str) -> list[dict[str, str]]:
    return [{**ACTIVITY, "record_id": f"R{n}", "people": f"s{n % 5};s{n % 7}", **said} for n in range(first, last)]


def changed_and_withdrawn(engine: Engine) -> None:
    give(engine, "activities", *papers(0, 5, start_date="2023-05-01", partners=f"{TUM};Somebody @ DE", sdgs="3"))
    give(engine, "activities", *papers(2, 25, title="Another"), complete=True)


def undone(engine: Engine) -> None:
    number = give(engine, "activities", *papers(10, 30, departments="SCI:0.5;ENG:0.5", language="fr"))
    roll_back(engine, number, importer="office")


TOLD: dict[str, Change] = {
    "nothing": lambda engine: None,
    "more of them": lambda engine: give(engine, "activities", *papers(20, 26, partners=EPFL, language="en")),
    "some changed, some withdrawn": changed_and_withdrawn,
    "an import undone": undone,
    "headcounts": lambda engine: give(engine, "populations", HEADCOUNT),
}
UNTOLD: dict[str, Change] = {
    "a rate": lambda engine: give(engine, "rates", {"currency": "USD", "fiscal_year": "2025", "jpy": "150"}),
    "a department": lambda engine: give(
        engine, "departments", {"code": "LAW", "name_en": "Law", "name_ja": "法", "parent_code": "*"}
    ),
    "a person erased": lambda engine: erase(engine, "s1", actor=WHO),
    "a person corrected": lambda engine: correct(engine, "s1", "s2", actor=WHO),
    "a name decided": lambda engine: decide(
        engine, "Some School", "DE", ror_id=TUM, by="office", scope=WHOLE_UNIVERSITY
    ),
}


@pytest.fixture
def given(university: Engine) -> Engine:
    give(university, "activities", *papers(0, 20, partners="Some School @ DE", amount="100", currency="USD"))
    return university


def now(held: Ledgers, engine: Engine) -> Ledger:
    with Records(engine, WHOLE_UNIVERSITY).at_one_moment() as then:
        return held.now(then)


class AtOnce(Thread):
    def start(self) -> None:
        self.run()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few activities are carried on, too; what is written by a thread is written at once."""
    monkeypatch.setattr(carrying_on, "MOST_CHANGED", 100.0)
    monkeypatch.setattr(ledgers, "WORTH_KEEPING", 0.0)
    monkeypatch.setattr("pages.parts.ledgers.Thread", AtOnce)


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> list[Ledger]:
    """The ledgers that were made of all records."""
    made, make = list[Ledger](), Ledger.of

    def of(frames: Mapping[str, DataFrame]) -> Ledger:
        made.append(make(frames))
        return made[-1]

    monkeypatch.setattr(Ledger, "of", of)
    return made


@pytest.mark.parametrize("what", [*TOLD, *UNTOLD])
def test_what_follows_a_change_is_what_is_there(
    given: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_anew: list[Ledger], what: str
) -> None:
    """In the process that held the ledger before, and in one that finds what that one left."""
    monkeypatch.setenv("MONITOR_KEPT", str(tmp_path))
    held, url = Ledgers(str(given.url)), str(given.url)
    now(held, given)
    left = place_of(url, "ledger")
    assert left is not None
    before = left.read_bytes()
    (TOLD | UNTOLD)[what](given)
    with Records(given, WHOLE_UNIVERSITY).at_one_moment() as then:
        expected = Ledger.of(frames_of(then))
    del made_anew[:]
    assert_same(now(held, given), expected)
    left.write_bytes(before)
    assert_same(now(Ledgers(url), given), expected)
    assert len(made_anew) == (0 if what in TOLD else 2)
    assert_same(now(Ledgers(url), given), expected)
    assert left.stat().st_mode & 0o077 == 0
    assert len(made_anew) == (0 if what in TOLD else 2)


def test_another_database_or_code_or_half_a_file_is_nothing_to_go_on_from(
    given: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_anew: list[Ledger]
) -> None:
    monkeypatch.setenv("MONITOR_KEPT", str(tmp_path))
    url = str(given.url)
    now(Ledgers(url), given)
    file = place_of(url, "ledger")
    assert file is not None
    found = kept(file)
    assert found is not None
    for wrong in ({"database": "another"}, {"code": "other"}, {"untold": "mark"}, {"version": 10**6}):
        assert keep(file, {**found.about, **wrong}, found.arrays)
        del made_anew[:]
        now(Ledgers(url), given)
        assert len(made_anew) == 1, wrong
    for part in (0.0, 0.5, 0.999):
        file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])
        del made_anew[:]
        now(Ledgers(url), given)
        assert len(made_anew) == 1, part


def test_nothing_is_kept_where_nobody_wants_it_and_a_full_disk_stops_nobody(
    given: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONITOR_KEPT", "no")
    assert place_of(str(given.url), "ledger") is None
    now(Ledgers(str(given.url)), given)
    monkeypatch.setenv("MONITOR_KEPT", str(tmp_path / "not there"))
    assert len(now(Ledgers(str(given.url)), given).activity_ids) == 20
    assert not (tmp_path / "not there").exists()
