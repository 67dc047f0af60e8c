"""Newcomers are those of no year before that counts; Gini is over everyone, those with none included. By hand."""

import math
from dataclasses import replace
from datetime import date

import pytest

from metrics.adding_up import how_it_adds_up
from metrics.contributions import contributions
from metrics.diversity import gini
from metrics.ledger import Ledger
from metrics.measures import Persons
from metrics.members import members
from metrics.one_record import indicators_of
from metrics.participation_measures import NOBODY_NEW, Concentration, Newcomers
from metrics.tabulate import NO_DATA, NOT_APPLICABLE, OK
from metrics.view import Selection
from tests.metrics.asking import figure
from tests.metrics.building import Activity, Department, Headcount, frames
from vocabulary.text import Text

PAPER = Activity(kind="publication", start="2018-05-01", departments="ENG", countries=("DE",))
NEW = Newcomers(types=("publication",), only=("international", "named"))
NAMED = Persons(types=("publication",), only=("international", "named"))
UNEVEN = Concentration(types=("publication",), only=("international",), among=("researcher",))


def papers(*rows: tuple[int, str, tuple[int, ...]]) -> list[Activity]:
    """A paper with Germany each: fiscal year, departments, persons."""
    return [replace(PAPER, start=f"{year}-05-01", departments=units, people=people) for year, units, people in rows]


def university(activities: list[Activity], heads: int = 10) -> Ledger:
    headcounts = [Headcount("ENG", "2022-05-01", "researcher", "all", heads)] if heads else []
    departments = [Department("ENG"), Department("SCI")]
    return Ledger.of(frames(departments, activities, headcounts), today=date(2023, 6, 1))


@pytest.fixture(scope="module")
def some_years() -> Ledger:
    """Who took part in ENG (1 to 5) and SCI (6):

    | FY   | ENG            | SCI   |
    |------|----------------|-------|
    | 2018 | 1, 4           |       |
    | 2019 | 2              | 5     |
    | 2021 | 1              |       |
    | 2022 | 1, 1, 2, 4, 5  | 2, 6  |   and a paper of three persons without ids, and one of 3 with nobody abroad
    """
    rows = papers(
        *((2018, "ENG", (1, 4)), (2019, "ENG", (2,)), (2019, "SCI", (5,)), (2021, "ENG", (1,))),
        *((2022, "ENG", (1, 2, 4)), (2022, "ENG", (1, 5)), (2022, "SCI", (2, 6))),
    )
    unknown = replace(PAPER, start="2022-05-01", people_count=3)
    at_home = replace(PAPER, start="2022-05-01", countries=("JP",), people=(3,))
    return university([*rows, unknown, at_home])


def test_new_is_who_was_in_none_of_the_three_years_before(some_years: Ledger) -> None:
    eng = figure(some_years, "ENG", 2022, NEW, NAMED)
    assert (eng["numerator"], eng["denominator"]) == (2, 4)  # 4 was there four years ago, 5 in another department
    sci = figure(some_years, "SCI", 2022, NEW, NAMED)
    assert (sci["numerator"], sci["denominator"]) == (2, 2)
    everyone = figure(some_years, "*", 2022, NEW, NAMED)
    assert (everyone["numerator"], everyone["denominator"]) == (2, 5)  # 4 and 6: to the university 5 is not new


def test_without_three_years_of_records_before_nobody_can_be_called_new(some_years: Ledger) -> None:
    for year in (2018, 2019, 2020):
        row = figure(some_years, "ENG", year, NEW, NAMED, selection=Selection(fiscal_years=(year,)))
        assert row["status"] == NO_DATA
        assert math.isnan(row["numerator"])
        assert math.isnan(row["value"])
    assert figure(some_years, "ENG", 2021, NEW, NAMED)["status"] == OK
    pooled = figure_of(some_years, (2020, 2021))
    assert math.isnan(pooled)


def test_over_several_years_new_is_who_was_new_in_one_of_them(some_years: Ledger) -> None:
    assert figure_of(some_years, (2021, 2022)) == 2


def figure_of(ledger: Ledger, years: tuple[int, ...]) -> float:
    return contributions(ledger, NEW, department="ENG", fiscal_years=years).figure


def test_what_is_in_force_begins_before_the_records_and_is_no_history() -> None:
    seat = replace(PAPER, kind="international_committee", start="2010-05-01", end="2030-03-31", people=(1,))
    both = Newcomers(types=("publication", "international_committee"))
    row = figure(university([seat, *papers((2021, "ENG", (2,)))]), "ENG", 2022, both)
    assert row["status"] == NO_DATA
    assert figure(university([seat]), "ENG", 2022, replace(both, types=(seat.kind,)))["value"] == 0  # no event at all


def test_the_records_behind_newcomers_are_those_that_name_one(some_years: Ledger) -> None:
    assert members(some_years, NEW, department="ENG", fiscal_years=(2022,)).tolist() == [5, 6]
    found = contributions(some_years, NEW, department="ENG", fiscal_years=(2022,))
    assert (found.counts_as.tolist(), found.total, found.adds_up) == ([1, 1], 2, True)
    assert members(some_years, NEW, department="*", fiscal_years=(2022,)).tolist() == [5, 7]


def test_of_a_record_without_a_newcomer_that_is_said(some_years: Ledger) -> None:
    reasons = {
        activity: next(
            one.lacking for one in indicators_of(some_years, activity) if one.indicator.key == "newcomer_share"
        )
        for activity in (5, 6)
    }
    assert reasons == {5: (), 6: (NOBODY_NEW,)}  # to the university neither 1 nor 5 is new


def test_gini_counts_those_of_the_headcount_who_take_no_part(some_years: Ledger) -> None:
    """ENG in 2022: persons 1 twice, 2, 4 and 5 once, and six of ten not at all; the three without ids are left out."""
    assert figure(some_years, "ENG", 2022, UNEVEN)["value"] == pytest.approx(gini([2, 1, 1, 1, *[0] * 6]))
    assert figure(some_years, "ENG", 2022, UNEVEN)["value"] == pytest.approx(1 - 4 / 10 * (1 - gini([2, 1, 1, 1])))


def test_gini_is_over_those_who_take_part_where_the_headcount_is_smaller() -> None:
    many = university(papers((2022, "ENG", (1, 2, 3)), (2022, "ENG", (1,))), heads=2)
    assert figure(many, "ENG", 2022, UNEVEN)["value"] == pytest.approx(gini([2, 1, 1]))


def test_gini_of_nobody_or_without_a_headcount_is_not_computable(some_years: Ledger) -> None:
    assert figure(some_years, "SCI", 2022, UNEVEN)["status"] == NOT_APPLICABLE  # never counted there
    idle = university(papers((2022, "SCI", (6,))))
    assert figure(idle, "ENG", 2022, UNEVEN)["status"] == NOT_APPLICABLE
    assert figure(some_years, "ENG", 2021, UNEVEN)["status"] == NO_DATA


def test_a_coefficient_never_claims_to_be_a_sum(some_years: Ledger) -> None:
    found = contributions(some_years, UNEVEN, department="ENG", fiscal_years=(2022,))
    words = how_it_adds_up(found, Text("numerator", "分子"), "whole").en
    assert words.startswith("The figure is no sum: it is worked out from how 3 records spread over persons")
    assert words.endswith("does not add up to the numerator.")
