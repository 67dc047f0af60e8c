"""Rows of headcounts: every population and group of the formats, with origins of international students."""

import numpy as np

from demonstration import stories
from demonstration.chance import Chance, Whole
from demonstration.departments import LEVELS, Profiles
from demonstration.headcounts import Headcounts
from demonstration.rows import POPULATION_COLUMNS, Row
from demonstration.years import YEARS, between_years
from vocabulary.departments import UNIVERSITY

SHARES: tuple[tuple[str, str, int, int], ...] = (
    ("undergraduate", "language_standard_met", 95, 240),
    ("undergraduate", "mixed_housing", 35, 78),
    ("undergraduate", "foreign_language", 9, 22),
    ("master", "language_standard_met", 210, 380),
    ("master", "mixed_housing", 12, 30),
    ("master", "foreign_language", 90, 175),
    ("doctoral", "language_standard_met", 330, 470),
    ("doctoral", "mixed_housing", 8, 20),
    ("doctoral", "foreign_language", 120, 230),
    ("faculty", "foreign_national", 58, 93),
    ("faculty", "overseas_degree", 48, 62),
    ("faculty", "overseas_experience_1y", 158, 176),
    ("faculty", "overseas_experience_3y", 104, 121),
    ("researcher", "foreign_national", 74, 106),
    ("researcher", "early_career", 318, 292),
    ("staff", "language_standard_met", 58, 142),
    ("staff", "foreign_national", 9, 21),
    ("course", "foreign_language", 68, 196),
    ("syllabus", "foreign_language", 105, 540),
    ("degree_programme", "foreign_language", 60, 190),
    ("degree_programme", "flexible_calendar", 110, 380),
)
"""Population, group, and its share of `all` in per mille in FY2014 and FY2025; departments vary around it."""

ORIGINS = {
    "CN": 560, "KR": 72, "ID": 62, "TW": 48, "TH": 42, "VN": 36, "IN": 30, "BD": 16, "MY": 15, "MN": 12, "US": 12,
    "FR": 11, "DE": 9, "PH": 8, "EG": 7, "LK": 7, "NP": 7, "BR": 6, "GB": 6, "RU": 6, "MM": 6, "IR": 5, "TR": 5,
    "MX": 5, "KH": 4, "KE": 4, "SE": 3, "IT": 3, "AU": 3, "CA": 3, "GH": 3, "AF": 3, "PE": 2, "CO": 2, "UZ": 2,
    "TZ": 2, "ET": 2, "ES": 2, "PL": 2, "LA": 2, "PK": 2, "SG": 2,
}  # fmt: skip
"""Countries of origin of international students, weights of FY2014; China's falls slowly."""
HEADQUARTERS_STAFF = 620
"""Staff of the university's headquarters, in no department: they stand in the university's own row only."""


def population_rows(chance: Chance, profiles: Profiles, heads: Headcounts) -> list[Row]:
    """One row a department, day, population, group (and country)."""
    days = [f"{year}-05-01" for year in YEARS]
    rows: list[Row] = []
    for population, everyone in heads.everyone.items():
        rows += _rows(profiles, days, population, "all", everyone)
    for level in LEVELS:
        everyone, international = heads.everyone[level], heads.international[level]
        rows += _rows(profiles, days, level, "international", international, everyone)
        rows += _rows(profiles, days, level, "whole_year", heads.whole_year[level], everyone)
        foreign = np.minimum(international + international // 14 + everyone // 300, everyone)
        rows += _rows(profiles, days, level, "foreign_national", foreign, everyone)
        rows += _origin_rows(chance, profiles, days, level, international)
    for population, group, first, last in SHARES:
        everyone = heads.everyone[population]
        rows += _rows(profiles, days, population, group, _part(chance, everyone, first, last), everyone)
    for day, levels in heads.other_days.items():
        for level, (international, everyone) in levels.items():
            rows += _rows(profiles, [day], level, "all", everyone[:, None])
            rows += _rows(profiles, [day], level, "international", international[:, None], everyone[:, None])
    came = [
        row for row in rows if stories.was_counted(row["department"], row["as_of"], row["population"], row["group"])
    ]
    return came + _headquarters_rows(rows)


def _part(chance: Chance, everyone: Whole, first: int, last: int) -> Whole:
    """A share that moves over the years, higher in some departments than in others (60 to 140 % of it)."""
    course = np.array([between_years(first, last, year) for year in YEARS], dtype=np.int64)
    habit = chance.between(60, 140, len(everyone))[:, None]
    return (everyone * course * habit + 50000) // 100000


def _rows(
    profiles: Profiles, days: list[str], population: str, group: str, counts: Whole, among: Whole | None = None
) -> list[Row]:
    """Rows of those departments that have the population at all (`among`; by default, the counts themselves)."""
    everyone = counts if among is None else among
    return [
        _row(code, day, population, group, "", int(counts[d, i]))
        for d, code in enumerate(profiles.codes)
        if everyone[d].any()
        for i, day in enumerate(days)
    ]


def _row(code: str, day: str, population: str, group: str, country: str, count: int) -> Row:
    return dict(zip(POPULATION_COLUMNS, (code, day, population, group, country, str(count)), strict=True))


def _origin_rows(chance: Chance, profiles: Profiles, days: list[str], level: str, international: Whole) -> list[Row]:
    """International students by country: of one place in four the country changes each year, the others stay."""
    countries = list(ORIGINS)
    places = int(international.max(axis=1).sum())
    owner = np.repeat(np.arange(len(profiles.codes)), international.max(axis=1))
    rank = np.concatenate([np.arange(most) for most in international.max(axis=1)]).astype(np.int64)
    origin = np.zeros(places, dtype=np.int64)
    rows: list[Row] = []
    for i, year in enumerate(YEARS):
        weights = [*ORIGINS.values()]
        weights[0] = between_years(560, 430, year)
        changes = chance.happens(1000 if i == 0 else 250, places)
        origin = np.where(changes, chance.pick(weights, places), origin)
        here = rank < international[owner, i]
        table = np.zeros((len(profiles.codes), len(countries)), dtype=np.int64)
        np.add.at(table, (owner[here], origin[here]), 1)
        rows += [
            _row(profiles.codes[d], days[i], level, "international", countries[c], int(table[d, c]))
            for d, c in zip(*(positions.tolist() for positions in np.nonzero(table)), strict=True)
        ]
    return rows


def _headquarters_rows(rows: list[Row]) -> list[Row]:
    """Staff of the university as a whole: its departments' and its headquarters'."""
    totals: dict[tuple[str, str], int] = {}
    for row in rows:
        if row["population"] == "staff":
            key = row["as_of"], row["group"]
            totals[key] = totals.get(key, 0) + int(row["count"])
    here = {"all": 1000, "language_standard_met": 210, "foreign_national": 12}
    return [
        _row(UNIVERSITY, day, "staff", group, "", total + HEADQUARTERS_STAFF * here[group] // 1000)
        for (day, group), total in totals.items()
    ]
