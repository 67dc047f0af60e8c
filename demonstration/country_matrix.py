"""A made-up matrix of international papers: countries write with each other by their sizes and by how near they are."""

from itertools import combinations

import numpy as np

from data_access.reference import CountryRecord, countries
from demonstration.chance import Chance, Whole
from demonstration.partners import HOME, Partners
from demonstration.rows import Row

SOURCE = "DEMO"  # made up: no published figures
PERIODS = {"2016-2020": 70, "2021-2025": 100}
"""Five years each, and the per cent of the latest period's papers."""
PAPERS_A_WEIGHT = 700
"""International papers of five years for one unit of a country's weight among the universities of the registry."""
HOME_WEIGHT = 293
NEARER_HOME = {"Eastern Asia": 50, "South-eastern Asia": 60, "Southern Asia": 90, "Northern America": 100}
"""Per cent of the papers of a country of this subregion: the weights count who is near to Japan more than the world."""
FAR_FROM_HOME = 120
LARGE_NEIGHBOUR = {"CN": 75}
COUNTRIES_A_PAPER = 230
"""Countries that take part in a hundred international papers."""
SAME_SUBREGION, SAME_REGION, ELSEWHERE = 170, 120, 70
"""Per cent of the papers that the sizes of two countries alone would lead one to expect."""
MOST_SHARED = 60
"""Per cent of a country's international papers that one other country can have a part in."""


def country_matrix_rows(chance: Chance, partners: Partners) -> list[Row]:
    """One row the world, one a country, one a pair of countries, for each period."""
    known = {country.code: country for country in countries()}
    there = [known[code] for code in sorted({*map(str, partners.countries)})]
    return [
        row for period, per_cent in PERIODS.items() for row in _of_period(chance, partners, there, period, per_cent)
    ]


def _of_period(chance: Chance, partners: Partners, there: list[CountryRecord], period: str, per_cent: int) -> list[Row]:
    sizes = _sizes(partners, there) * per_cent * chance.between(80, 120, len(there)) // 10_000
    world = int(sizes.sum()) * 100 // COUNTRIES_A_PAPER
    pairs = list(combinations(range(len(there)), 2))
    chances = chance.between(60, 140, len(pairs))
    rows = [_row(period, "", "", world)]
    rows += [_row(period, country.code, "", int(size)) for country, size in zip(there, sizes, strict=True)]
    for (a, b), luck in zip(pairs, chances, strict=True):
        by_size = int(sizes[a]) * int(sizes[b]) * _nearness(there[a], there[b]) * int(luck) // (world * 10_000)
        most = int(min(sizes[a], sizes[b])) * MOST_SHARED // 100
        rows.append(_row(period, there[a].code, there[b].code, min(by_size, most)))
    return rows


def _sizes(partners: Partners, there: list[CountryRecord]) -> Whole:
    """International papers of each country in five years."""
    found = []
    for country in there:
        weight = int(partners.weights[(partners.countries == country.code) & (partners.kinds == "university")].sum())
        tilt = LARGE_NEIGHBOUR.get(country.code, NEARER_HOME.get(country.subregion, FAR_FROM_HOME))
        found.append(HOME_WEIGHT * PAPERS_A_WEIGHT if country.code == HOME else weight * PAPERS_A_WEIGHT * tilt // 100)
    return np.array(found, dtype=np.int64)


def _nearness(one: CountryRecord, other: CountryRecord) -> int:
    if one.subregion == other.subregion:
        return SAME_SUBREGION
    return SAME_REGION if one.region == other.region else ELSEWHERE


def _row(period: str, country_a: str, country_b: str, papers: int) -> Row:
    pair = {"country_a": country_a, "country_b": country_b}
    return {**pair, "period": period, "papers": str(papers), "source": SOURCE}
