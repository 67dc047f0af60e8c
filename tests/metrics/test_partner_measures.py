"""Figures on partners abroad worked out by hand: distance, network, dependence, agreements, exchange, companies."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import isnan, log

import pandas as pd
import pytest

from data_access import reference
from metrics.agreements import ALIVE, agreements
from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.members import members
from metrics.one_record import indicators_of
from metrics.portfolio import Portfolio, Question
from metrics.tabulate import tabulate
from metrics.view import COUNTINGS, Counting, Selection
from tests.metrics.building import COUNTRIES, Activity, Country, Department, Partner, frames

BONN = Partner(1, "DE", "education", (50.73, 7.1))
BERLIN = Partner(2, "DE", "company", (52.52, 13.4))
LYON = Partner(3, "FR", "education", (45.76, 4.84))
BOSTON = Partner(4, "US", "company", (42.36, -71.06))
OSAKA = Partner(5, "JP", "company", (34.69, 135.5))
PAPER = Activity(kind="publication", start="2022-06-01", departments="ENG")


def ledger(*activities: Activity, home: tuple[float, float] | None = (38.25, 140.87)) -> Ledger:
    tree = [Department("ENG"), Department("SCI")]
    return Ledger.of(frames(tree, activities, home=home), today=date(2025, 1, 1))


def papers(partner: Partner, *years: int, departments: str = "ENG") -> list[Activity]:
    return [replace(PAPER, start=f"{year}-06-01", departments=departments, partners=(partner,)) for year in years]


def row(made: Ledger, key: str, department: str = "*", year: int = 2022, counting: Counting = "whole") -> pd.Series:
    asked = Selection(departments=(department,), fiscal_years=(year,))
    return tabulate(made, [INDICATORS[key]], selection=asked, counting=counting).iloc[0]


def behind(made: Ledger, key: str, department: str = "*", year: int = 2022) -> list[int]:
    found = members(made, INDICATORS[key].numerator, department=department, fiscal_years=(year,))
    return [int(number) for number in found]


# Distances


def test_papers_are_near_or_far_by_the_places_of_all_who_wrote_them() -> None:
    made = ledger(PAPER, *papers(OSAKA, 2022), *papers(BONN, 2022), replace(PAPER, countries=("US",)))
    assert row(made, "long_distance_share")[["numerator", "denominator"]].tolist() == [1, 4]
    assert row(made, "short_distance_share")["numerator"] == 0
    assert behind(made, "long_distance_share") == [3]


@pytest.mark.parametrize("key", ["long_distance_share", "short_distance_share"])
def test_of_a_university_of_unknown_place_no_distance_is_told(key: str) -> None:
    found = row(ledger(*papers(BONN, 2022), home=None), key)
    assert found["status"] == "no data"
    assert isnan(found["value"])
    assert isnan(found["numerator"])


# The network


def test_the_network_index_takes_partners_of_three_papers_in_five_years() -> None:
    made = ledger(
        *papers(BONN, 2018, 2020, 2022),
        *papers(LYON, 2021, 2022, 2022),
        *papers(BERLIN, 2019, 2019, 2019),
        *papers(BOSTON, 2017, 2021, 2022),  # three papers, one of them six years back
        *papers(OSAKA, 2020, 2021, 2022),
    )
    assert row(made, "research_network_index")["value"] == pytest.approx(2 / log(3))  # DE and FR, three partners
    assert behind(made, "research_network_index") == list(range(1, 10))
    assert row(made, "sustained_partners")["value"] == 3


def test_of_one_sustained_partner_the_network_index_is_not_computable_and_no_number() -> None:
    found = row(ledger(*papers(BONN, 2022, 2022, 2022)), "research_network_index")
    assert found["status"] == "not applicable"
    assert isnan(found["value"])


# Dependence


def many_partners(count: int) -> list[Activity]:
    """The first partner in three papers, each of the others in one."""
    others = [paper for number in range(11, 10 + count) for paper in papers(Partner(number, "DE"), 2022)]
    return [*papers(Partner(10, "DE"), 2022, 2022, 2022), *others]


def test_dependence_is_the_part_of_international_papers_with_the_ten_largest() -> None:
    made = ledger(*many_partners(12), PAPER, replace(PAPER, countries=("FR",)), *papers(OSAKA, 2022))
    found = row(made, "top_partner_dependence")
    assert (found["numerator"], found["denominator"]) == (12, 15)  # 3 + 9 of one paper; 14 and the one of a country
    assert behind(made, "top_partner_dependence") == list(range(1, 13))  # of equals those first on record


def test_each_department_depends_on_partners_of_its_own() -> None:
    ours = many_partners(12)
    theirs = papers(Partner(21, "DE"), 2022, departments="SCI")  # the last of ENG's partners
    made = ledger(*ours, *theirs)
    assert row(made, "top_partner_dependence", "SCI")["value"] == 1
    assert row(made, "top_partner_dependence", "ENG")["numerator"] == 12
    assert row(made, "top_partner_dependence")["numerator"] == 3 + 2 + 8  # with two papers it comes before eight others


@pytest.mark.parametrize("counting", COUNTINGS)
def test_the_largest_are_ranked_by_what_counts_and_weighed_by_the_rule(counting: Counting) -> None:
    shared = replace(PAPER, departments="ENG:0.25;SCI:0.75", lead="SCI", partners=(BONN,))
    found = row(ledger(shared, *papers(LYON, 2022)), "top_partner_dependence", "ENG", counting=counting)
    assert found["numerator"] == {"whole": 2, "fractional": 1.25, "lead": 1}[counting] == found["denominator"]


def test_papers_that_others_lead_make_no_partner_one_of_the_largest_under_lead_counting() -> None:
    ten = [paper for number in range(10, 20) for paper in papers(Partner(number, "DE"), 2022, 2022)]
    led_elsewhere = [replace(PAPER, departments="ENG;SCI", lead="SCI", partners=(LYON,))] * 5
    made = ledger(*ten, *papers(LYON, 2022), *led_elsewhere)
    found = row(made, "top_partner_dependence", "ENG", counting="lead")
    assert (found["numerator"], found["denominator"]) == (20, 21)
    assert row(made, "top_partner_dependence", "ENG")["numerator"] == 6 + 9 * 2


# Agreements


def agreed(kind: str, partner: Partner | None, departments: str = "ENG") -> Activity:
    return Activity(kind=kind, start="2015-04-01", departments=departments, partners=(partner,) if partner else ())


def sent(partner: Partner, year: int, *people: int, departments: str = "ENG", back: bool = False) -> Activity:
    kind = "student_exchange_inbound" if back else "student_exchange_outbound"
    return Activity(kind=kind, start=f"{year}-09-01", departments=departments, partners=(partner,), people=people)


EXCHANGE, ACADEMIC = "student_exchange_agreement", "academic_agreement"


def test_an_exchange_agreement_lives_three_years_on_one_student() -> None:
    made = ledger(
        agreed(EXCHANGE, BONN), agreed(EXCHANGE, LYON), agreed(EXCHANGE, None), sent(BONN, 2020, 1, back=True),
        *papers(LYON, 2022), sent(OSAKA, 2024, 2),
    )  # fmt: skip
    lives = [row(made, "exchange_agreements_alive", year=year)["numerator"] for year in (2020, 2021, 2022, 2023)]
    assert lives == [1, 1, 1, 0]
    assert row(made, "exchange_agreements_alive")["denominator"] == 3  # papers make no exchange agreement live
    assert behind(made, "exchange_agreements_alive") == [1]


def test_an_academic_agreement_lives_on_papers_and_projects_alone() -> None:
    project = Activity(kind="joint_research_project", start="2021-06-01", departments="ENG", partners=(LYON,))
    agreements_with = [agreed(ACADEMIC, partner) for partner in (BONN, LYON, BOSTON)]
    made = ledger(*agreements_with, *papers(BONN, 2022), project, sent(BOSTON, 2022, 1))
    assert behind(made, "academic_agreements_alive") == [1, 2]
    assert row(made, "academic_agreements_alive")["value"] == pytest.approx(2 / 3)


def test_a_department_s_agreement_lives_on_its_own_activity_and_the_university_s_on_anybody_s() -> None:
    made = ledger(agreed(EXCHANGE, BONN), sent(BONN, 2022, 1, departments="SCI"))
    assert row(made, "exchange_agreements_alive", "ENG")["value"] == 0
    assert row(made, "exchange_agreements_alive")["value"] == 1
    # The portfolio asks more: that a department which carries the agreement does something.
    portfolio = Portfolio(ledger=made, question=Question(department="*", fiscal_years=(2022,)))
    assert ALIVE not in set(agreements(portfolio)["state"])


def test_what_lives_in_the_portfolio_by_the_indicator_s_activities_lives_in_the_indicator() -> None:
    made = ledger(
        agreed(EXCHANGE, BONN), agreed(EXCHANGE, LYON), agreed(ACADEMIC, BONN), agreed(ACADEMIC, BOSTON),
        sent(BONN, 2021, 1), *papers(BONN, 2022),
    )  # fmt: skip
    states = agreements(Portfolio(ledger=made, question=Question(department="ENG", fiscal_years=(2022,))))
    alive = set(states.loc[states["state"] == ALIVE, "activity_id"])
    keys = ("exchange_agreements_alive", "academic_agreements_alive")
    assert alive == {number for key in keys for number in behind(made, key, "ENG")}


def test_before_any_exchange_is_on_record_nobody_knows_whether_agreements_live() -> None:
    made = ledger(agreed(EXCHANGE, BONN), sent(BONN, 2022, 1), *papers(BONN, 2019))
    assert row(made, "exchange_agreements_alive", year=2019)["status"] == "no data"
    assert row(made, "exchange_agreements_alive", year=2022)["status"] == "ok"


# Exchange


def test_reciprocity_is_the_mean_over_partners_of_persons_not_of_records() -> None:
    made = ledger(
        sent(BONN, 2018, 1, 2), sent(BONN, 2022, 2, 3), sent(BONN, 2021, 11, back=True),  # three persons out, one in
        sent(LYON, 2022, 4), sent(LYON, 2022, 12, back=True),
        sent(BOSTON, 2022, 5), sent(OSAKA, 2022, 6), sent(LYON, 2017, 7, 8, 9),
        replace(sent(BERLIN, 2022), people_count=0),
    )  # fmt: skip
    found = row(made, "exchange_reciprocity")
    assert found["numerator"] == pytest.approx(1 / 3 + 1 + 0)
    assert found["denominator"] == 3  # BOSTON counts, OSAKA is at home, nobody went to BERLIN
    assert found["value"] == pytest.approx(4 / 9)
    assert behind(made, "exchange_reciprocity") == [1, 2, 3, 4, 5, 6, 9]


# Companies


def test_a_company_comes_again_in_another_year_not_twice_in_one() -> None:
    made = ledger(*papers(BERLIN, 2020, 2022), *papers(BOSTON, 2022, 2022), *papers(OSAKA, 2021, 2022))
    found = row(made, "repeat_company_share")
    assert (found["numerator"], found["denominator"]) == (1, 2)
    assert behind(made, "repeat_company_share") == [1, 2]
    assert row(made, "repeat_company_share", year=2023)["numerator"] == 0  # 2020 is four years back
    assert row(made, "repeat_company_share", "SCI")["status"] == "not applicable"


def test_an_agreement_in_force_is_an_activity_of_every_year() -> None:
    made = ledger(agreed(ACADEMIC, BERLIN))
    assert row(made, "repeat_company_share")["value"] == 1


# One record


@pytest.mark.parametrize(
    ("key", "activities"),
    [
        ("exchange_agreements_alive", [agreed(EXCHANGE, BONN), sent(LYON, 2022, 1)]),
        ("repeat_company_share", papers(BERLIN, 2022)),
        ("research_network_index", papers(BERLIN, 2022)),
        ("top_partner_dependence", [*papers(Partner(99, "FR"), 2022), *many_partners(11)]),
    ],
)
def test_a_record_that_a_figure_is_made_without_is_told_why(key: str, activities: Sequence[Activity]) -> None:
    made = ledger(*activities)
    number = 1 if key != "top_partner_dependence" else len(activities)  # the last of equals
    (found,) = [one for one in indicators_of(made, number) if one.indicator.key == key]
    assert len(found.lacking) == 1
    assert found.lacking[0] == next(iter({part.otherwise for part in [INDICATORS[key].numerator]}))  # type: ignore[attr-defined]  # of activities


# Countries


def test_hong_kong_macao_and_taiwan_count_as_the_countries_that_the_data_say() -> None:
    found = {country.code for country in reference.countries()}
    assert {"CN", "HK", "MO", "TW"} <= found
    countries = [*COUNTRIES, *(Country(code, code, code, code, "Asia", "Eastern Asia") for code in ("CN", "HK"))]
    paper = replace(PAPER, countries=("CN", "HK"))
    made = Ledger.of(frames([Department("ENG")], [paper], countries=countries), today=date(2025, 1, 1))
    assert row(made, "multilateral_share")["numerator"] == 1  # three with home: nothing maps one of them to the other
