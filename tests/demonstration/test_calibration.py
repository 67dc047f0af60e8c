"""The demonstration's records add up to what the university published, computed here from the rows alone."""

from collections import Counter

import pytest

from data_access.reference import PublishedFigure, published_figures
from tests.demonstration.reading import (
    STUDENTS,
    YEARS,
    Rows,
    abroad,
    cells,
    countries,
    fiscal_year,
    headcount,
    in_force,
    of_type,
    persons,
)

AGREEMENTS = ("academic_agreement", "student_exchange_agreement")
PARTNER_COUNTRIES = {"university": 37, "department": 64}
"""Of the agreements of 2021; published in words, in the source of the figures."""


def figures(quantity: str, *populations: str) -> list[PublishedFigure]:
    return [
        figure
        for figure in published_figures()
        if figure.quantity == quantity and (not populations or figure.population in populations)
    ]


def the(quantity: str, year: str) -> float:
    (figure,) = [figure for figure in figures(quantity) if figure.as_of_or_year == year]
    return figure.value


@pytest.mark.parametrize("figure", figures("international_students", "all"), ids=lambda f: f.as_of_or_year)
def test_international_students_of_a_day_are_as_published(rows: Rows, figure: PublishedFigure) -> None:
    assert headcount(rows, STUDENTS, "international", figure.as_of_or_year) == figure.value


@pytest.mark.parametrize("figure", figures("international_students", *STUDENTS), ids=lambda f: f.population)
def test_the_levels_of_march_2021_are_as_published(rows: Rows, figure: PublishedFigure) -> None:
    level = (figure.population,)
    assert headcount(rows, level, "international", figure.as_of_or_year) == figure.value
    assert headcount(rows, level, "all", figure.as_of_or_year) == figure.total


def test_the_census_of_2021_divides_its_total_as_the_published_levels(rows: Rows) -> None:
    """1 May 2021: 2,044 as 190 : 772 : 818, of 10,695, 4,261 and 2,709 students."""
    levels = figures("international_students", *STUDENTS)
    everyone = sum(figure.value for figure in levels)
    for figure in levels:
        level = (figure.population,)
        assert headcount(rows, level, "all", "2021-05-01") == figure.total
        exact = 2044 * figure.value / everyone
        assert abs(headcount(rows, level, "international", "2021-05-01") - exact) < 1


def test_students_over_the_year_2023_are_as_published(rows: Rows) -> None:
    published = the("international_students_whole_year", "2023")
    assert headcount(rows, STUDENTS, "whole_year", "2023-05-01") == published


@pytest.mark.parametrize(
    "figure",
    [figure for figure in figures("inbound_exchange") if int(figure.as_of_or_year) in YEARS],
    ids=lambda f: f.as_of_or_year,
)
def test_exchange_students_received_are_as_published(rows: Rows, figure: PublishedFigure) -> None:
    received = of_type(rows, "student_exchange_inbound")
    assert persons(row for row in received if fiscal_year(row) == int(figure.as_of_or_year)) == figure.value


@pytest.mark.parametrize("level", ["university", "department"])
def test_agreements_in_force_in_2021_are_as_published(rows: Rows, level: str) -> None:
    (figure,) = figures(f"agreements_in_force_{level}_level")
    here = [
        row
        for row in of_type(rows, *AGREEMENTS)
        if in_force(row, figure.as_of_or_year) and (row["departments"] == "*") == (level == "university")
    ]
    assert len(here) == figure.value
    assert len(set().union(*map(countries, here))) == PARTNER_COUNTRIES[level]
    assert f"({PARTNER_COUNTRIES[level]} countries)" in figure.source


def test_publications_of_2024_are_as_published(rows: Rows) -> None:
    papers = [row for row in of_type(rows, "publication") if fiscal_year(row) == 2024]
    assert len(papers) == the("publications_per_year", "2024")


def test_the_share_of_papers_with_partners_abroad_is_as_published(rows: Rows) -> None:
    """36.6 % over FY2015 to FY2018, of the papers of known country."""
    known = [row for row in of_type(rows, "publication") if 2015 <= fiscal_year(row) <= 2018 and countries(row)]
    share = 100 * sum(map(abroad, known)) / len(known)
    assert round(share, 1) == the("international_copublication_share", "2015-2018")


def test_the_share_of_highly_cited_papers_is_as_published(rows: Rows) -> None:
    cited = [
        float(row["citation_percentile"])
        for row in of_type(rows, "publication")
        if fiscal_year(row) == 2024 and row["citation_percentile"]
    ]
    assert round(100 * sum(value >= 90 for value in cited) / len(cited), 1) == the("top_10_percent_share", "2024")


def test_international_undergraduates_of_2024_are_two_per_cent(rows: Rows) -> None:
    among = headcount(rows, ["undergraduate"], "all", "2024-05-01")
    share = 100 * headcount(rows, ["undergraduate"], "international", "2024-05-01") / among
    assert round(share) == the("international_student_share", "2024")


def test_funds_from_industry_of_2024_are_as_published(rows: Rows) -> None:
    rates = {(row["currency"], row["fiscal_year"]): float(row["jpy"]) for row in rows["rates"]}
    contracts = [row for row in of_type(rows, "industry_contract") if fiscal_year(row) == 2024]
    assert {row["currency"] for row in contracts} == {"JPY", "USD", "EUR"}
    yen = [float(row["amount"]) * rates.get((row["currency"], "2024"), 1) for row in contracts]
    assert sum(yen) == the("private_research_funds", "2024")


def test_one_year_has_contracts_whose_currency_has_no_rate(rows: Rows) -> None:
    rates = {(row["currency"], row["fiscal_year"]) for row in rows["rates"]}
    contracts = of_type(rows, "industry_contract")
    foreign = {(row["currency"], str(fiscal_year(row))) for row in contracts if row["currency"] != "JPY"}
    assert {year for _, year in foreign - rates} == {"2016"}


GOALS = {
    "publications_per_year": ("publications", 1),
    "top_10_percent_share": ("top_10_percent_share", 100),
    "international_student_share": ("undergraduate_international_share", 100),
    "private_research_funds": ("industry_funding", 1),
    "startups": ("startups", 1),
}


@pytest.mark.parametrize("quantity", GOALS)
def test_the_goals_of_2050_are_as_published(rows: Rows, quantity: str) -> None:
    indicator, of = GOALS[quantity]
    for figure in figures(quantity):
        stated = [
            float(row["value"])
            for row in rows["goals"]
            if (row["indicator"], row["department"], row["fiscal_year"]) == (indicator, "", figure.as_of_or_year)
        ]
        assert stated == [figure.value / of]


def test_travel_all_but_stops_in_2020_and_comes_back(rows: Rows) -> None:
    sent = of_type(rows, "student_exchange_outbound")
    by_year = {year: persons(row for row in sent if fiscal_year(row) == year) for year in YEARS}
    assert by_year[2020] < by_year[2019] / 10
    assert by_year[2024] > by_year[2019] * 0.9


def test_about_one_paper_in_thirty_has_no_known_country(rows: Rows) -> None:
    papers = of_type(rows, "publication")
    assert 0.025 < sum(not cells(row["partners"] + row["countries"]) for row in papers) / len(papers) < 0.035


def test_the_matrix_of_countries_says_that_it_is_made_up_and_holds_what_the_university_itself_writes(
    rows: Rows,
) -> None:
    matrix = rows["country_matrix"]
    assert {row["source"] for row in matrix} == {"DEMO"}
    latest = {
        (row["country_a"], row["country_b"]): int(row["papers"]) for row in matrix if row["period"] == "2021-2025"
    }
    papers = [row for row in of_type(rows, "publication") if fiscal_year(row) in range(2021, 2026)]
    ours = Counter(code for row in papers for code in countries(row) - {"JP"})
    assert all(number < latest[min("JP", code), max("JP", code)] for code, number in ours.items())
    assert sum(bool(abroad(row)) for row in papers) < latest["JP", ""] < latest["", ""]
