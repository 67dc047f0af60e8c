"""A ledger that was carried on from one state of the records to another holds what one made of the latter holds."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import carrying_on
from metrics.carrying_on import LINKS, ROWS, Posted
from metrics.ledger import Ledger
from metrics.links import Ints, ints
from tests.metrics.building import COUNTRIES, Activity, Department, Partner, Rate, frames
from tests.metrics.strategies import PARTNERS, TODAY, University, universities
from tests.metrics.test_oracle import STEADY

OF_ACTIVITIES = ("activities", *(f"activity_{name}" for name in LINKS))
Frames = Mapping[str, pd.DataFrame]


@given(universities(), st.data())
@STEADY
def test_what_changed_is_posted_anew_and_all_else_is_as_it_was(university: University, data: st.DataObject) -> None:
    """Activities come, go and change into others; some are posted anew though nothing of them changed."""
    ids = range(1, len(university.activities) + 1)
    others = data.draw(st.permutations(university.activities))
    here, there = (data.draw(st.sets(st.sampled_from(ids))) for _ in range(2))
    before = _only(_frames(replace(university, activities=tuple(others))), here)
    after = _only(_frames(university), there)
    same = {n for n in here & there if others[n - 1] == university.activities[n - 1]}
    changed = (here | there) - {n for n in same if data.draw(st.booleans())}

    old, anew = (Ledger.of(these, today=TODAY) for these in (before, after))
    carried = _carried(Posted.of(old), after, changed)
    if carried is None:
        assert old.years[-1] != anew.years[-1] or not here
    else:
        assert_same(carried, anew)


UNITS = (Department("A"), Department("B"))
PAPERS = tuple(
    Activity(kind="publication", start=f"2022-0{month}-01", departments="A", partners=(Partner(1, "DE"),))
    for month in range(4, 10)
)
RATES = (Rate("USD", 2022, 130.0),)
GROUND: dict[str, Frames] = {
    "a department more": frames((*UNITS, Department("C")), PAPERS, rates=RATES),
    "a department less": frames(UNITS[:1], PAPERS, rates=RATES),
    "another rate": frames(UNITS, PAPERS, rates=(Rate("USD", 2022, 131.0),)),
    "a partner elsewhere": frames(UNITS, [replace(one, partners=(Partner(1, "FR"),)) for one in PAPERS], rates=RATES),
    "a partner less": frames(UNITS, [replace(one, partners=()) for one in PAPERS], rates=RATES),
    "a later year": frames(UNITS, (*PAPERS, replace(PAPERS[0], start="2026-04-01")), rates=RATES),
    "other countries": frames(UNITS, PAPERS, rates=RATES, countries=COUNTRIES[:4]),
}


@pytest.mark.parametrize("what", GROUND)
def test_all_are_posted_anew_where_what_they_were_posted_by_is_another(what: str) -> None:
    before = Posted.of(Ledger.of(frames(UNITS, PAPERS, rates=RATES), today=TODAY))
    assert _carried(before, frames(UNITS, PAPERS, rates=RATES), {1}) is not None
    assert _carried(before, GROUND[what], {1, 7}) is None


def test_all_are_posted_anew_in_a_year_that_nobody_could_ask_for_before() -> None:
    """What is in force reaches to the last year."""
    before = Posted.of(Ledger.of(frames(UNITS, PAPERS), today=TODAY))
    assert _carried(before, frames(UNITS, PAPERS), (), today=TODAY.replace(year=TODAY.year + 1)) is None


def test_where_nothing_changed_all_is_taken_as_it_is() -> None:
    """Departments, headcounts and partners that nobody has yet come anew; a partner that stands before others moves."""
    spoken = [replace(one, language=word, people=(7,)) for one, word in zip(PAPERS, "abcabc", strict=True)]
    ledger = Ledger.of(frames(UNITS, spoken, rates=RATES), today=TODAY)
    before = Posted.of(ledger)
    carried = _carried(before, frames(UNITS, spoken, rates=RATES), ())
    assert carried is not None
    assert_same(carried, ledger)
    assert carried.people.codes.narrow is ledger.people.codes.narrow
    others = {**frames(UNITS, spoken, rates=RATES)}
    others["partners"] = pd.concat([others["partners"].assign(partner_id=0), others["partners"]], ignore_index=True)
    moved = _carried(before, others, ())
    assert moved is not None
    assert moved.partners.codes.tolist() == [1] * len(PAPERS)


def test_what_is_numbered_as_it_comes_keeps_its_name() -> None:
    """Years, languages, persons and partners of what comes later stand before, between and after those of before."""
    spoken = [
        replace(one, language=word, source=word, people=(n,))
        for one, word, n in zip(PAPERS, "abcabc", (20, 40) * 3, strict=True)
    ]
    later = replace(
        PAPERS[0], start="2021-04-01", language="c", source="bb", people=(10, 30, 50), partners=(Partner(0, "FR"),)
    )
    before, after = (frames(UNITS, these) for these in (spoken, (*spoken, later)))
    carried = _carried(Posted.of(Ledger.of(before, today=TODAY)), after, {7})
    assert carried is not None
    assert_same(carried, Ledger.of(after, today=TODAY))


def test_very_many_changes_are_not_carried_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying_on, "MOST_CHANGED", 0.5)
    before = Posted.of(Ledger.of(frames(UNITS, PAPERS), today=TODAY))
    assert _carried(before, frames(UNITS, PAPERS), {1, 2, 3}) is not None
    assert _carried(before, frames(UNITS, PAPERS), {1, 2, 3, 4}) is None


def _frames(university: University) -> Frames:
    """All partners are stored, whoever names them."""
    made = frames(university.departments, university.activities, university.populations, university.rates)
    known = frames(activities=[Activity(kind="publication", start="2022-04-01", departments="*", partners=PARTNERS)])
    abroad = made["activity_countries"].sort_values(["activity_id", "country"])  # as the store gives them
    return {**made, "partners": known["partners"], "activity_countries": abroad}


def _only(all_of_them: Frames, ids: Collection[int]) -> Frames:
    return {
        name: frame[frame["activity_id"].isin(ids)].reset_index(drop=True) if name in OF_ACTIVITIES else frame
        for name, frame in all_of_them.items()
    }


def _carried(before: Posted, after: Frames, changed: Collection[int], today: date = TODAY) -> Ledger | None:
    some = _only(after, changed)
    return Ledger.carried_on(before, some, ints(sorted(changed)), today=today)


@pytest.fixture(autouse=True)
def however_many_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying_on, "MOST_CHANGED", 100.0)


def assert_same(one: Ledger, other: Ledger) -> None:
    """Persons and languages may have other numbers: they are compared by what they are called."""
    for name in (*ROWS, "shares"):
        if name != "language":
            left, right = (np.asarray(getattr(ledger, name)) for ledger in (one, other))
            np.testing.assert_array_equal(left, right, err_msg=name)
            assert left.dtype == right.dtype, name
    for name in LINKS:
        for part in ("starts", "codes"):
            left, right = (_read(ledger, name, part) for ledger in (one, other))
            np.testing.assert_array_equal(left, right, err_msg=f"{name} {part}")
    assert _spoken(one) == _spoken(other)
    assert one.sources == other.sources
    assert (one.years, one.fiscal_years, one.delivered) == (other.years, other.fiscal_years, other.delivered)
    pd.testing.assert_frame_equal(one.headcounts.rows, other.headcounts.rows)
    for name, frame in other.written.items():
        pd.testing.assert_frame_equal(one.written[name], frame)


def _read(ledger: Ledger, name: str, part: str) -> Ints:
    values: Ints = getattr(getattr(ledger, name), part).whole
    return ledger.person_ids[values] if (name, part) == ("people", "codes") else values


def _spoken(ledger: Ledger) -> list[str]:
    return [("", *ledger.languages)[code + 1] for code in ledger.language]
