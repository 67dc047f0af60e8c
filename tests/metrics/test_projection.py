"""Projections of goals: the drift method worked out by hand, chances, landings, and what if."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.projection import Drift, chance, drift, landing, projected, standard_error
from metrics.what_if import factor_needed, landing_at_pace, rate_with_mix

SERIES = {2018: 10.0, 2019: 12.0, 2020: 11.0, 2021: 14.0, 2022: 15.0}  # changes 2, -1, 3, 1
SPREAD = math.sqrt((0.75**2 + 2.25**2 + 1.75**2 + 0.25**2) / 3)  # about their mean of 1.25


def found(since: int = 2018) -> Drift:
    seen = drift(SERIES, since)
    assert seen is not None
    return seen


def test_the_pace_is_the_average_since_the_baseline_and_the_spread_that_of_all_yearly_changes() -> None:
    assert found() == pytest.approx((2022, 15.0, 1.25, 4, SPREAD, 3))
    assert found(2020) == pytest.approx((2022, 15.0, 2.0, 2, SPREAD, 3))


def test_the_baseline_may_be_the_plans_own() -> None:
    seen = drift(SERIES, 2018, 9.0)
    assert seen is not None
    assert seen.pace == 1.5


def test_limits_are_those_of_the_drift_method() -> None:
    """Hyndman & Athanasopoulos 2021, table 5.2: sigma_h = sigma sqrt(h (1 + h / (T - 1))); t with 3 degrees."""
    error = SPREAD * math.sqrt(2 * (1 + 2 / 4))
    assert standard_error(found(), 2) == pytest.approx(error)
    t = 1.6377443536962095  # 90 % quantile of Student's t with 3 degrees of freedom
    assert projected(found(), 2024) == pytest.approx((17.5, 17.5 - t * error, 17.5 + t * error))


def test_a_projection_of_this_year_is_its_value_and_the_past_is_refused() -> None:
    assert projected(found(), 2022) == (15.0, 15.0, 15.0)
    with pytest.raises(ValueError, match="FY2021 is over: the last value is of FY2022"):
        projected(found(), 2021)


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ({}, 2018),
        ({year: value for year, value in SERIES.items() if year != 2019}, 2018),  # 2 changes of neighbouring years
        (SERIES | {2018: math.nan}, 2018),
        (SERIES, 2022),  # the baseline is the last year: no pace yet
        (SERIES, 2015),  # no value in the baseline's year
    ],
)
def test_too_short_a_past_has_no_drift(values: dict[int, float], since: int) -> None:
    assert drift(values, since) is None


def test_a_year_without_a_value_breaks_the_changes_and_not_the_pace() -> None:
    seen = drift({2016: 9.0, **SERIES, 2024: 18.0}, 2018)
    assert seen == pytest.approx((2024, 18.0, 8 / 6, 6, SPREAD, 3))


def test_the_chance_of_the_middle_is_a_half_and_of_a_limit_a_tenth() -> None:
    middle, low, high = projected(found(), 2025)
    assert chance(found(), 2025, middle) == pytest.approx(0.5)
    assert chance(found(), 2025, high) == pytest.approx(0.1)
    assert chance(found(), 2025, low) == pytest.approx(0.9)
    assert chance(found(), 2025, low, upward=False) == pytest.approx(0.1)


def test_a_series_that_never_wavers_lands_for_certain() -> None:
    steady = drift({year: 2.0 * (year - 2000) for year in range(2000, 2006)}, 2000)
    assert steady is not None
    assert (chance(steady, 2010, 20.0), chance(steady, 2010, 20.1)) == (1.0, 0.0)
    assert landing(steady, 20.0) == (2010, 2010, 2010)
    assert landing(steady, 20.0, upward=False) == (2005, 2005, 2005)


def test_the_landing_is_where_the_limits_and_the_middle_meet_the_aim() -> None:
    earliest, middle, latest = landing(found(), 25.0)
    assert middle == 2030  # 10 missing at 1.25 a year
    assert earliest is not None
    assert projected(found(), earliest).high >= 25.0 > projected(found(), earliest - 1).high
    assert latest is None  # with two tenths of a chance outside, the lower limit falls behind for ever
    assert landing(found(), 25.0, confidence=0.5).latest == _brute(25.0, 0.5)


def _brute(aim: float, confidence: float) -> int | None:
    seen = found()
    t = stats.t.ppf((1 + confidence) / 2, 3)
    for year in range(2022, 2101):
        ahead = year - 2022
        if seen.value + seen.pace * ahead - t * SPREAD * math.sqrt(ahead * (1 + ahead / 4)) >= aim - 1e-9:
            return year
    return None


def test_a_goal_that_asks_for_less_is_met_from_above() -> None:
    falling = drift({year: -value for year, value in SERIES.items()}, 2018)
    assert falling is not None
    assert landing(falling, -25.0, upward=False) == landing(found(), 25.0)
    assert chance(falling, 2025, -20.0, upward=False) == pytest.approx(chance(found(), 2025, 20.0))


@pytest.mark.parametrize(
    ("pace", "year"),
    [(1.25, 2030), (1.26, 2030), (1.24, 2031), (10.0, 2023), (0.0, None), (-1.0, None), (0.12, None), (0.129, 2100)],
)
def test_another_pace_lands_in_the_first_year_that_meets_the_aim(pace: float, year: int | None) -> None:
    assert landing_at_pace(2022, 15.0, pace, 25.0) == year


def test_a_value_that_meets_the_aim_has_landed() -> None:
    assert landing_at_pace(2022, 25.0, -3.0, 25.0) == 2022
    assert landing_at_pace(2022, 24.0, 3.0, 25.0, upward=False) == 2022
    assert landing_at_pace(2022, 30.0, -2.5, 25.0, upward=False) == 2024


def test_more_doctoral_students_at_unchanged_rates_move_the_whole() -> None:
    """20 of 1,000 undergraduates, 100 of 400 doctoral students; with twice the latter 220 of 1,800."""
    top, bottom = np.array([20.0, 100.0]), np.array([1000.0, 400.0])
    assert rate_with_mix(top, bottom, np.array([1.0, 1.0])) == pytest.approx(120 / 1400)
    assert rate_with_mix(top, bottom, np.array([1.0, 2.0])) == pytest.approx(220 / 1800)
    assert factor_needed(top, bottom, 1, 220 / 1800) == pytest.approx(2.0)
    assert math.isnan(rate_with_mix(top, bottom, np.array([0.0, 0.0])))
    with pytest.raises(ValueError, match=r"a group cannot be -1\.0 times as large"):
        rate_with_mix(top, bottom, np.array([-1.0, 1.0]))


def test_no_size_of_a_group_carries_the_whole_beyond_the_groups_own_rate() -> None:
    top, bottom = np.array([20.0, 100.0]), np.array([1000.0, 400.0])
    assert math.isnan(factor_needed(top, bottom, 1, 0.25))
    assert math.isnan(factor_needed(top, bottom, 1, 0.30))
    assert math.isnan(factor_needed(top, bottom, 0, 0.30))  # without any undergraduates it is 25 %
    assert factor_needed(top, bottom, 0, 0.10) == pytest.approx(60 / 80)  # 100 + 20 f = 0.1 (400 + 1000 f)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(50, 200)), min_size=2, max_size=5),
    st.integers(0, 4),
    st.floats(0.01, 0.9),
)
def test_the_factor_needed_gives_the_aim(groups: list[tuple[int, int]], group: int, aim: float) -> None:
    top, bottom = (np.array(side, dtype=float) for side in zip(*groups, strict=True))
    place = group % len(groups)
    factor = factor_needed(top, bottom, place, aim)
    if not math.isnan(factor):
        factors = np.where(np.arange(len(groups)) == place, factor, 1.0)
        assert rate_with_mix(top, bottom, factors) == pytest.approx(aim)
