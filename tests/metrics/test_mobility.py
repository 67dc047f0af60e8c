"""Mobility against published flows (UNESCO, JASSO, a ministry's form), and by hand where nobody comes or goes."""

import math
from datetime import date

import pytest

from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.mobility import (
    balance,
    inbound_mobility_rate,
    mean_reciprocity,
    net_flow,
    net_flow_ratio,
    outbound_mobility_ratio,
    reciprocity,
)
from tests.metrics.asking import figure
from tests.metrics.building import Department, Headcount, frames

CATEGORIES = ("foreign_national", "overseas_degree", "overseas_experience_1y", "overseas_experience_3y")


def test_the_net_flow_of_japan_in_2022_is_as_unesco_published_it() -> None:
    assert net_flow(199_298, 31_286) == 168_012


def test_jasso_s_students_of_2019_are_those_of_universities_and_of_language_schools() -> None:
    universities, language_schools = 228_403, 83_811
    assert universities + language_schools == 312_214
    grown = {"all": (312_214, 13_234, 4.4), "universities": (228_403, 19_502, 9.3), "schools": (83_811, -6_268, -7.0)}
    for now, more, percent in grown.values():
        assert net_flow_ratio(now, now - more, now - more) == pytest.approx(percent, abs=0.05)


def test_rates_are_percent_of_those_enrolled() -> None:
    assert inbound_mobility_rate(30, 600) == 5
    assert outbound_mobility_ratio([10, 0], [400, 0]) == pytest.approx([2.5, math.nan], nan_ok=True)
    assert net_flow_ratio(30, 10, 400) == 5


def test_a_balance_lies_between_only_going_and_only_coming() -> None:
    assert balance([5, 0, 3, 30], [5, 4, 0, 10]) == pytest.approx([0, -1, 1, 0.5])
    assert math.isnan(balance(0, 0))


def test_reciprocity_is_that_of_each_partner_and_its_mean_weighs_partners_alike() -> None:
    assert reciprocity([4, 0, 10, 0], [4, 6, 5, 0]) == pytest.approx([1, 0, 0.5, math.nan], nan_ok=True)
    assert mean_reciprocity([4, 0, 10, 0], [4, 6, 5, 0]) == pytest.approx(0.5)
    assert reciprocity(14, 11) != mean_reciprocity([4, 0, 10], [4, 6, 5])  # sums hide that one partner only takes
    assert math.isnan(mean_reciprocity([], []))


def test_fewer_than_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="-3"):
        balance(2, -3)


@pytest.mark.parametrize(
    ("year", "categories", "faculty", "together", "percent"),
    [
        (2013, (81, 112, 13, 48), 535, 254, 47.5),
        (2014, (84, 121, 18, 46), 548, 269, 49.1),
        (2015, (263, 0, 0, 0), 542, 263, 48.5),
        (2016, (0, 0, 281, 0), 547, 281, 51.4),
        (2019, (0, 0, 0, 300), 547, 300, 54.8),
        (2023, (0, 312, 0, 0), 547, 312, 57.0),
    ],
)
def test_the_ministry_s_faculty_categories_are_disjoint_and_add_up(
    year: int, categories: tuple[int, ...], faculty: int, together: int, percent: float
) -> None:
    """Sophia University, Factbook 2015, p. 12; of some years the sum alone is published and stands in one category."""
    day = f"{year}-05-01"
    rows = [Headcount("ENG", day, "faculty", "all", faculty)]
    rows += [Headcount("ENG", day, "faculty", group, n) for group, n in zip(CATEGORIES, categories, strict=True)]
    made = Ledger.of(frames([Department("ENG")], populations=rows), today=date(year, 6, 1))
    one = INDICATORS["foreign_and_trained_abroad_share"]
    assert one.denominator is not None
    row = figure(made, "*", year, one.numerator, one.denominator)
    assert (row["numerator"], row["denominator"]) == (together, faculty)
    assert 100 * row["value"] == pytest.approx(percent, abs=0.05)
