"""Goals as paths: hand-worked positions, paces and statuses on a straight path."""

import numpy as np
import pandas as pd
import pytest

from metrics.goal_outlook import path_between
from metrics.goals import BEHIND, NO_DATA, NOT_STARTED, ON_PATH, REACHED, Goal, goals_of

POINTS = pd.DataFrame(
    [
        ("share", "*", 2024, 0.02, "baseline", "plan"),
        ("share", "*", 2050, 0.20, "target", "plan"),
        ("share", "*", 2030, 0.04, "milestone", "plan"),
        ("waste", "LAW", 2020, 50.0, "baseline", ""),
        ("waste", "LAW", 2030, 10.0, "target", ""),
    ],
    columns=["indicator", "department", "fiscal_year", "value", "kind", "phase"],
)


@pytest.fixture
def share() -> Goal:
    return goals_of(POINTS)["share", "*"]


@pytest.fixture
def waste() -> Goal:
    return goals_of(POINTS)["waste", "LAW"]


def test_points_stand_in_the_order_of_years_whatever_the_file_says(share: Goal) -> None:
    assert (list(share.years), share.kinds) == ([2024, 2030, 2050], ("baseline", "milestone", "target"))


@pytest.mark.parametrize(
    ("year", "path"),
    [(2024, 0.02), (2027, 0.03), (2030, 0.04), (2040, 0.12), (2050, 0.20), (2060, 0.20)],
)
def test_the_path_is_straight_between_points_and_flat_after_the_last(share: Goal, year: int, path: float) -> None:
    assert share.path(year) == pytest.approx(path)


STEPS = POINTS.assign(path=["straight", "straight", "stepped", "straight", "straight"])


@pytest.mark.parametrize(("year", "path"), [(2024, 0.02), (2029, 0.02), (2030, 0.04), (2040, 0.12), (2060, 0.20)])
def test_a_step_holds_the_value_before_until_the_year_of_the_point(year: int, path: float) -> None:
    assert goals_of(STEPS)["share", "*"].path(year) == pytest.approx(path)


def test_before_a_step_a_goal_is_on_its_path_where_a_straight_one_would_be_behind(share: Goal) -> None:
    stepped = goals_of(STEPS)["share", "*"]
    assert (stepped.status(2029, 0.025), share.status(2029, 0.025)) == (ON_PATH, BEHIND)
    assert stepped.status(2030, 0.025) == BEHIND


def test_a_step_is_drawn_as_one() -> None:
    (edge,) = goals_of(STEPS)["share", "*"].edges()
    assert edge == (2029, 0.02)
    drawn = path_between(goals_of(STEPS)["share", "*"], 2026, 2050)
    assert list(drawn["fiscal_year"]) == [2026, 2029, 2030, 2050]
    assert list(drawn["value"]) == pytest.approx([0.02, 0.02, 0.04, 0.20])


def test_before_its_first_point_a_goal_has_no_path(share: Goal) -> None:
    assert np.isnan(share.path(2023))
    assert share.status(2023, 0.01) == NOT_STARTED


@pytest.mark.parametrize(
    ("value", "status"),
    [(0.0299, BEHIND), (0.03, ON_PATH), (0.031, ON_PATH), (0.2, REACHED), (0.5, REACHED), (float("nan"), NO_DATA)],
)
def test_status_is_against_the_path_of_the_year(share: Goal, value: float, status: str) -> None:
    assert share.status(2027, value) == status


@pytest.mark.parametrize(
    ("values", "year", "since"),
    [
        ({2025: 0.020, 2026: 0.028, 2027: 0.029, 2028: 0.030}, 2028, 2027),  # on its path of 0.0267 in 2026
        ({2025: 0.020, 2026: 0.026, 2027: 0.029, 2028: 0.030}, 2028, 2025),  # and at its baseline in 2024
        ({2024: 0.010, 2025: 0.020}, 2025, 2024),  # before 2024 there is no path
        ({2025: 0.020, 2027: 0.029}, 2027, 2027),  # nobody knows of 2026
        ({2025: 0.020, 2026: 0.027}, 2026, None),
        ({2025: 0.020}, 2026, None),
        ({2029: 0.030, 2050: 0.190, 2051: 0.190}, 2051, 2050),  # the goal itself holds on after its last year
    ],
)
def test_a_goal_is_behind_since_the_first_year_of_the_run_that_lasts(
    share: Goal, values: dict[int, float], year: int, since: int | None
) -> None:
    assert share.behind_since({2024: 0.02} | values, year) == since


@pytest.mark.parametrize(("value", "status"), [(31.0, BEHIND), (30.0, ON_PATH), (10.0, REACHED), (9.0, REACHED)])
def test_a_goal_that_asks_for_less_is_read_the_other_way_round(waste: Goal, value: float, status: str) -> None:
    assert waste.status(2025, value) == status


def test_the_pace_is_what_a_year_must_bring_until_the_next_point(share: Goal) -> None:
    assert share.next_point(2025) == (2030, 0.04)
    assert share.required_pace(2025, 0.025) == pytest.approx(0.003)  # 0.015 in five years
    assert share.next_point(2030) == (2050, 0.2)
    assert share.next_point(2050) is None
    assert np.isnan(share.required_pace(2050, 0.1))
