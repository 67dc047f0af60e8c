"""Departments' goals added up, worked out by hand: shares by weight, counts with what is shared, gaps, the tree."""

import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.goals import Goal
from metrics.goals_together import Together, adds_up, together
from metrics.goals_together_words import sum_words
from metrics.links import floats, ints
from metrics.tree import Tree

TREE = Tree.of(
    pd.DataFrame(
        [("*", None), ("GRP", "*"), ("ENG", "GRP"), ("SCI", "GRP"), ("LAW", "*")],
        columns=["code", "parent_code"],
    ).assign(opened=pd.Timestamp(2000, 4, 1), closed=pd.Timestamp(2099, 3, 31))
)
SHARES = pd.DataFrame(  # 60 of 400, 20 of 100, 10 of 500: 90 of 1,000
    [("*", 90, 1000), ("GRP", 80, 500), ("ENG", 60, 400), ("SCI", 20, 100), ("LAW", 10, 500)],
    columns=["department", "numerator", "denominator"],
).assign(value=lambda rows: rows["numerator"] / rows["denominator"])
COUNTS = pd.DataFrame(  # one in ten of 100 papers is shared by two departments
    [("*", 100.0), ("GRP", 80.0), ("ENG", 60.0), ("SCI", 30.0), ("LAW", 20.0)], columns=["department", "value"]
).assign(numerator=lambda rows: rows["value"], denominator=float("nan"))


def goal(department: str, value_2025: float, value_2030: float) -> Goal:
    return Goal(
        indicator="any",
        department=department,
        years=ints([2025, 2030]),
        values=floats([value_2025, value_2030]),
        kinds=("baseline", "target"),
        phases=("", ""),
    )


def added(key: str, figures: pd.DataFrame, *goals: Goal, year: int = 2030) -> Together:
    found = together(INDICATORS[key], figures, {one.department: one for one in goals}, TREE, year)
    assert found is not None
    return found


def test_shares_are_weighted_by_todays_denominators_and_the_others_stay() -> None:
    """ENG from 15 % to 20 % of 400: 20 more of 1,000; the promise of 14 % lacks 3 points."""
    found = added("international_student_share", SHARES, goal("*", 0.09, 0.14), goal("ENG", 0.15, 0.20))
    assert (found.with_goal, found.without) == (("ENG",), ("SCI", "LAW"))
    assert found.total == pytest.approx(0.11)
    assert found.gap == pytest.approx(0.03)
    assert found.overlap == 1.0


def test_a_year_before_the_end_takes_the_paths() -> None:
    found = added("international_student_share", SHARES, goal("*", 0.09, 0.14), goal("ENG", 0.15, 0.20), year=2027)
    assert found.promise == pytest.approx(0.11)
    assert found.total == pytest.approx(0.098)


def test_counts_are_added_and_what_is_shared_is_taken_off_as_today() -> None:
    """The departments' sum is 110 where the university counts 100: 22 more in LAW are 20 more of the university."""
    found = added("publications", COUNTS, goal("*", 100, 130), goal("LAW", 20, 42))
    assert found.overlap == pytest.approx(100 / 110)
    assert found.total == pytest.approx(120)
    assert list(found.parts["department"]) == ["ENG", "SCI", "LAW"]


def test_a_department_beyond_its_goal_stays_where_it_is() -> None:
    found = added("international_student_share", SHARES, goal("*", 0.09, 0.14), goal("SCI", 0.05, 0.10))
    assert found.total == pytest.approx(0.09)


def test_a_goal_of_a_group_stands_for_all_below_it() -> None:
    found = added(
        "international_student_share", SHARES, goal("*", 0.09, 0.14), goal("GRP", 0.16, 0.20), goal("ENG", 0.15, 0.9)
    )
    assert (found.with_goal, found.without) == (("GRP",), ("LAW",))
    assert found.total == pytest.approx((100 + 10) / 1000)


def test_without_a_promise_or_a_goal_below_it_there_is_nothing_to_add() -> None:
    shares = INDICATORS["international_student_share"]
    assert together(shares, SHARES, {"ENG": goal("ENG", 0.1, 0.2)}, TREE, 2030) is None
    assert together(shares, SHARES, {"*": goal("*", 0.1, 0.2)}, TREE, 2030) is None
    assert together(shares, SHARES, {"*": goal("*", 0.1, 0.2), "ENG": goal("ENG", 0.1, 0.2)}, TREE, 2020) is None


@pytest.mark.parametrize(
    ("key", "adds"),
    [
        ("publications", True),
        ("overseas_industry_funding", True),
        ("partner_countries", False),
        ("origin_countries_effective", False),
    ],
)
def test_different_partners_and_indices_do_not_add_up(key: str, adds: bool) -> None:
    assert adds_up(INDICATORS[key]) is adds


def test_the_gap_is_said() -> None:
    indicator = INDICATORS["international_student_share"]
    found = added(indicator.key, SHARES, goal("*", 0.09, 0.14), goal("ENG", 0.15, 0.20))
    told = sum_words(indicator, found)
    assert [words.en for words in told] == [
        "If the 1 department with a goal meets it in FY2030 and the 2 others stay at today's figure, the university "
        "stands at 11.0 %.",
        "The promise is 14.0 %: 3.0 points are covered by no department's goal.",
    ]
    assert told[1].ja == "全学の計画値は14.0%で、3.0ポイント分はどの部局の目標にも含まれていない。"
    enough = sum_words(indicator, added(indicator.key, SHARES, goal("*", 0.09, 0.10), goal("ENG", 0.15, 0.20)))
    assert enough[1].en == "That covers the promise of 10.0 %."
