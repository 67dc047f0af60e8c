"""A change of an indicator splits over its groups without a rest, and says which are new, gone or without a base."""

from math import isnan, log, nan

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.change_groups import COLUMNS
from metrics.change_split import ChangeSplit, levels_and_departments
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.measures import Activities
from tests.metrics.asking import declared

SHARE = declared(Activities(), Headcount(populations=("faculty",)))
NUMBER = declared(Activities(), unit="count")
Row = tuple[str, float, float, float, float]


def split(*rows: Row, indicator: Indicator = SHARE) -> ChangeSplit:
    table = pd.DataFrame(list(rows), columns=COLUMNS)
    return ChangeSplit(indicator=indicator, stratification="department", years=(2014, 2025), groups=table)


# A rises from 20 % to 30 %; B vanishes (5 of 50), C is new (9 of 30), "several" is counted without a base.
# The whole: 17 of 100, then 28 of 80; the mean rate is (0.17 + 0.35) / 2 = 0.26.
MIXED = split(("A", 10, 50, 15, 50), ("B", 5, 50, 0, 0), ("C", 0, 0, 9, 30), ("several", 2, 0, 4, 0))


def of(found: ChangeSplit, column: str) -> dict[str, object]:
    return dict(zip(found.rows["group"], found.rows[column], strict=True))


def test_each_group_has_its_rates_weights_and_effects() -> None:
    """A: .1 x .5625 within; (.625 - .5) x (.25 - .26) mix. B: -.5 x (.1 - .26). C: .375 x (.3 - .26)."""
    assert (MIXED.value_before, MIXED.value_after) == pytest.approx((0.17, 0.35))
    assert of(MIXED, "rate_before") == pytest.approx({"A": 0.2, "B": 0.1, "C": nan, "several": nan}, nan_ok=True)
    assert of(MIXED, "weight_after") == pytest.approx({"A": 0.625, "B": 0, "C": 0.375, "several": 0})
    assert of(MIXED, "within") == pytest.approx({"A": 0.05625, "B": 0, "C": 0, "several": 0})
    assert of(MIXED, "mix") == pytest.approx({"A": -0.00125, "B": 0.08, "C": 0.015, "several": 0})
    assert of(MIXED, "apart") == pytest.approx({"A": 0, "B": 0, "C": 0, "several": 0.03})
    assert MIXED.effects == pytest.approx({"within": 0.05625, "mix": 0.09375, "apart": 0.03})
    assert sum(MIXED.effects.values()) == pytest.approx(MIXED.change) == pytest.approx(0.18)


def test_new_vanished_and_baseless_groups_are_named() -> None:
    assert of(MIXED, "state") == {"B": "vanished", "A": "stays", "several": "without base", "C": "new"}
    counts = split(("A", 3, nan, 0, nan), ("B", 0, nan, 9, nan), ("C", 4, nan, 5, nan), indicator=NUMBER)
    assert of(counts, "state") == {"A": "vanished", "B": "new", "C": "stays"}
    assert of(counts, "effect") == {"A": -3, "B": 9, "C": 1}
    assert (counts.value_before, counts.value_after, counts.change) == (7, 14, 7)
    assert of(counts, "weight_after")["B"] == pytest.approx(9 / 14)


def test_what_moved_as_the_whole_did_comes_first_and_the_largest_against_it_last() -> None:
    assert list(MIXED.rows["group"]) == ["A", "B", "C", "several"]
    rows = [("A", 3, nan, 0, nan), ("B", 0, nan, 9, nan), ("C", 4, nan, 5, nan)]
    assert list(split(*rows, indicator=NUMBER).rows["group"]) == ["B", "C", "A"]
    back = [(code, later, nan, sooner, nan) for code, sooner, _, later, _ in rows]
    assert list(split(*back, indicator=NUMBER).rows["group"]) == ["B", "C", "A"]


def test_what_has_nothing_to_divide_by_cannot_be_split() -> None:
    found = split(("A", 1, 0, 1, 5))
    assert isnan(found.value_before)
    assert not found.can_be_split
    assert found.factors is None
    assert not split(indicator=NUMBER).can_be_split


def test_the_number_behind_a_rate_is_split_into_size_mix_and_rate() -> None:
    """One group, 2 of 10 to 6 of 20: L = 4 / ln 3, size L ln 2, rate L ln 1.5, mix none; 1 more without a base."""
    found = split(("A", 2, 10, 6, 20), ("several", 1, 0, 2, 0)).factors
    assert found is not None
    assert (found.size, found.mix, found.rate) == pytest.approx((4 / log(3) * log(2), 0, 4 / log(3) * log(1.5)))
    assert found.apart == 1
    assert split(("A", -2, 10, 6, 20)).factors is None


WHOLE = st.integers(0, 40).map(float)


@settings(deadline=None)
@given(st.lists(st.tuples(WHOLE, WHOLE, WHOLE, WHOLE), min_size=1, max_size=8))
def test_the_split_is_what_a_plain_loop_over_the_groups_gives(drawn: list[tuple[float, ...]]) -> None:
    rows = [(str(place), *numbers) for place, numbers in enumerate(drawn)]
    all_before, all_after = sum(row[1] for row in drawn), sum(row[3] for row in drawn)
    found = split(*rows)  # type: ignore[arg-type]  # drawn as floats
    assert found.can_be_split == bool(all_before and all_after)
    if not found.can_be_split:
        return
    mean = (sum(row[0] for row in drawn) / all_before + sum(row[2] for row in drawn) / all_after) / 2
    within, mix, apart = of(found, "within"), of(found, "mix"), of(found, "apart")
    for place, (top0, bottom0, top1, bottom1) in enumerate(drawn):
        grown = bottom1 / all_after - bottom0 / all_before
        expected = (0.0, 0.0, 0.0)
        if (top0 and not bottom0) or (top1 and not bottom1):
            expected = (0.0, 0.0, top1 / all_after - top0 / all_before - grown * mean)
        elif bottom0 or bottom1:
            rate0 = top0 / bottom0 if bottom0 else top1 / bottom1
            rate1 = top1 / bottom1 if bottom1 else top0 / bottom0
            held = (bottom0 / all_before + bottom1 / all_after) / 2
            expected = ((rate1 - rate0) * held, grown * ((rate0 + rate1) / 2 - mean), 0.0)
        code = str(place)
        if code in within:
            assert (within[code], mix[code], apart[code]) == pytest.approx(expected, abs=1e-9)
    assert sum(found.effects.values()) == pytest.approx(found.change, abs=1e-12 * (1 + abs(found.change)) * 50)
    factors = found.factors
    if factors is not None:
        number = sum(row[2] for row in drawn) - sum(row[0] for row in drawn)
        assert sum(factors) == pytest.approx(number, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(WHOLE, WHOLE, WHOLE, WHOLE), min_size=6, max_size=6))
def test_levels_departments_and_rates_leave_nothing_over(drawn: list[tuple[float, ...]]) -> None:
    cells = [(level, unit) for level in ("master", "doctoral") for unit in ("A", "B", "C")]
    proper = [(min(t0, b0), b0, min(t1, b1), b1) for t0, b0, t1, b1 in drawn]
    table = pd.DataFrame([(unit, *row) for (_, unit), row in zip(cells, proper, strict=True)], columns=COLUMNS)
    table["level"] = [level for level, _ in cells]
    found = levels_and_departments(table)
    all_before, all_after = sum(row[1] for row in proper), sum(row[3] for row in proper)
    assert (found is None) == (not all_before or not all_after)
    if found is not None:
        change = sum(row[2] for row in proper) / all_after - sum(row[0] for row in proper) / all_before
        assert sum(found) == pytest.approx(change, abs=1e-12)


def test_levels_departments_and_rates_by_hand() -> None:
    """Rates stay; doctoral students (40 %) become half of all instead of a quarter, master's (20 %) the other half."""
    rows = [("A", 15, 75, 10, 50), ("A", 10, 25, 20, 50)]
    table = pd.DataFrame(rows, columns=COLUMNS).assign(level=["master", "doctoral"])
    assert levels_and_departments(table) == pytest.approx((0.05, 0, 0))
    without_base = pd.DataFrame([("A", 1, 0, 1, 5)], columns=COLUMNS).assign(level="master")
    assert levels_and_departments(without_base) is None
