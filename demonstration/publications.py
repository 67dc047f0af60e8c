"""Publications: as many as published, with the published shares of co-authors abroad and of highly cited papers."""

from dataclasses import dataclass

import numpy as np

from demonstration import stories
from demonstration.chance import Chance, Flags, Whole
from demonstration.departments import Profiles
from demonstration.partners import Partners
from demonstration.people import People
from demonstration.publication_partners import partners_of
from demonstration.rows import Row, activity_rows
from demonstration.years import YEARS, days_in, written

COUNTS = (2900, 3270, 3650, 4020, 4400, 4790, 5170, 5560, 5960, 6370, 6791, 7060)
"""Publications FY2014 to FY2025: 6,791 in FY2024 as published; before, the register covered less."""
ABROAD_PER_MILLE = (353, 357, 362, 368, 374, 379, 377, 381, 386, 392, 398, 404)
"""Share with a partner abroad among those of known country: 36.6 % over FY2015 to FY2018 as published."""
UNKNOWN_PER_MILLE = (34, 33, 32, 31, 31, 30, 30, 29, 29, 30, 28, 28)
TOP_PER_TEN_THOUSAND = (942, 948, 951, 957, 962, 958, 965, 969, 974, 977, 980, 978)
"""Share in the world's most cited tenth among those with a percentile: 9.8 % in FY2024 as published."""
WITH_PERCENTILE_PER_MILLE = (950, 950, 950, 945, 945, 940, 940, 935, 930, 925, 920, 610)
"""Papers with a citation percentile; the youngest have been cited too little to have one."""
SHARED_PER_MILLE, BY_THREE_PER_MILLE, WRITTEN_SHARES_PER_MILLE = 120, 20, 480
LED_ELSEWHERE_PER_MILLE, WITHOUT_LEAD_PER_MILLE = 410, 80
GOALS = (3, 7, 13, 9, 11, 2, 6, 14, 4, 15, 12, 8, 16, 10, 5, 1, 17)
GOAL_WEIGHTS = (30, 22, 16, 14, 12, 6, 6, 5, 5, 5, 5, 3, 3, 2, 1, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Year:
    """The publications of one fiscal year; one entry is one publication."""

    position: int
    departments: list[list[int]]
    abroad: Flags
    unknown: Flags


def publication_rows(chance: Chance, profiles: Profiles, partners: Partners, people: People) -> list[Row]:
    """One row a publication of FY2014 to FY2025."""
    rows: list[Row] = []
    for position in range(len(YEARS)):
        rows += _of_year(chance, profiles, partners, people, _year(chance, profiles, position))
    _register_twice(rows)
    return rows


def _year(chance: Chance, profiles: Profiles, position: int) -> Year:
    count = COUNTS[position]
    habits = profiles.weights["papers"]
    first = chance.pick(habits, count)
    inclination = profiles.weights["papers_abroad"] * np.array(
        [stories.papers_abroad(code, YEARS[position]) for code in profiles.codes], dtype=np.int64
    )
    forgotten = np.array([stories.countries_forgotten(code, YEARS[position]) for code in profiles.codes])
    unknown = chance.chosen((count * UNKNOWN_PER_MILLE[position] + 500) // 1000, forgotten[first])
    international = ((count - int(unknown.sum())) * ABROAD_PER_MILLE[position] + 500) // 1000
    abroad = chance.chosen(international, np.where(unknown, 0, inclination[first] * (inclination[first] + 4000)))
    return Year(position=position, departments=_together(chance, habits, first), abroad=abroad, unknown=unknown)


def _together(chance: Chance, habits: Whole, first: Whole) -> list[list[int]]:
    """The departments of each publication: mostly one, of some two or three."""
    count = len(first)
    shared = chance.happens(SHARED_PER_MILLE, count)
    by_three = shared & chance.happens(BY_THREE_PER_MILLE * 1000 // SHARED_PER_MILLE, count)
    second, third = chance.pick(habits, count), chance.pick(habits, count)
    return [
        list(dict.fromkeys([a, *([b] if two else []), *([c] if three else [])]))
        for a, b, c, two, three in zip(
            first.tolist(), second.tolist(), third.tolist(), shared.tolist(), by_three.tolist(), strict=True
        )
    ]


def _of_year(chance: Chance, profiles: Profiles, partners: Partners, people: People, year: Year) -> list[Row]:
    count, label = len(year.departments), YEARS[year.position]
    numbers = [f"{label}-{number:05d}" for number in range(1, count + 1)]
    cells, countries = partners_of(chance, profiles, partners, year.departments, year.abroad, year.unknown)
    return activity_rows(
        count,
        {
            "record_id": [f"paper-{number}" for number in numbers],
            "source": "publications",
            "activity_type": "publication",
            "title": [f"Synthetic paper {number}" for number in numbers],
            "start_date": written(days_in(chance, label, count)),
            "departments": _department_cells(chance, profiles, year),
            "lead": _leads(chance, profiles, year),
            "partners": cells,
            "countries": countries,
            "people": _authors(chance, people, year),
            "sdgs": _goals(chance, profiles, year),
            "citation_percentile": _percentiles(chance, year),
            "language": ["en" if english else "ja" for english in (year.abroad | chance.happens(780, count)).tolist()],
        },
    )


def _department_cells(chance: Chance, profiles: Profiles, year: Year) -> list[str]:
    shares = {2: ("0.6", "0.4"), 3: ("0.5", "0.3", "0.2")}
    with_shares = chance.happens(WRITTEN_SHARES_PER_MILLE, len(year.departments)).tolist()
    cells = []
    for departments, write in zip(year.departments, with_shares, strict=True):
        codes = [profiles.codes[d] for d in departments]
        if write and len(codes) > 1:
            codes = [f"{code}:{share}" for code, share in zip(codes, shares[len(codes)], strict=True)]
        cells.append(";".join(codes))
    return cells


def _leads(chance: Chance, profiles: Profiles, year: Year) -> list[str]:
    count = len(year.departments)
    elsewhere = year.abroad & chance.happens(LED_ELSEWHERE_PER_MILLE, count)
    missing = chance.happens(WITHOUT_LEAD_PER_MILLE, count)
    return [
        "external" if out else "" if none else profiles.codes[departments[0]]
        for departments, out, none in zip(year.departments, elsewhere.tolist(), missing.tolist(), strict=True)
    ]


def _authors(chance: Chance, people: People, year: Year) -> list[str]:
    """One to three of each department's own people; a very few papers name nobody."""
    sizes = 1 + chance.pick([62, 28, 10], sum(map(len, year.departments)))
    owners = np.array([d for departments in year.departments for d in departments], dtype=np.int64)
    papers = np.repeat(np.arange(len(year.departments)), [len(departments) for departments in year.departments])
    years = np.full(int(sizes.sum()), year.position, dtype=np.int64)
    drawn = people.drawn("researcher", np.repeat(owners, sizes), years)
    together: list[dict[str, None]] = [{} for _ in year.departments]
    for paper, person in zip(np.repeat(papers, sizes).tolist(), drawn, strict=True):
        together[paper][person] = None
    nobody = chance.happens(4, len(together)).tolist()
    return ["" if none else ";".join(persons) for persons, none in zip(together, nobody, strict=True)]


def _goals(chance: Chance, profiles: Profiles, year: Year) -> list[str]:
    first = np.array([departments[0] for departments in year.departments], dtype=np.int64)
    per_mille = np.minimum(140 + 900 * profiles.weights["society"] // (profiles.weights["papers"] + 40), 700)
    has = chance.happens(per_mille[first], len(first)).tolist()
    one, two = (chance.pick(GOAL_WEIGHTS, len(first)).tolist() for _ in range(2))
    more = chance.happens(300, len(first)).tolist()
    return [
        (";".join(str(goal) for goal in sorted({GOALS[a], GOALS[b] if both else GOALS[a]})) if any_at_all else "")
        for any_at_all, a, b, both in zip(has, one, two, more, strict=True)
    ]


def _percentiles(chance: Chance, year: Year) -> list[str]:
    """Percentiles to one decimal, exactly so many of 90 and more; papers with partners abroad are cited more."""
    count = len(year.departments)
    known = chance.chosen(count * WITH_PERCENTILE_PER_MILLE[year.position] // 1000, np.ones(count, dtype=np.int64))
    top_count = (int(known.sum()) * TOP_PER_TEN_THOUSAND[year.position] + 5000) // 10000
    top = chance.chosen(top_count, np.where(known, np.where(year.abroad, 21, 10), 0))
    tenths = np.where(top, chance.between(900, 999, count), chance.between(0, 899, count))
    return [
        f"{value // 10}.{value % 10}" if has else "" for value, has in zip(tenths.tolist(), known.tolist(), strict=True)
    ]


def _register_twice(rows: list[Row]) -> None:
    """In one department, papers of unknown country repeat papers that are registered with their countries."""
    for year in stories.TWICE_REGISTERED_YEARS:
        own = [
            row
            for row in rows
            if row["record_id"].startswith(f"paper-{year}-") and row["departments"] == stories.TWICE_REGISTERED
        ]
        again = [row for row in own if not row["partners"] and not row["countries"]]
        complete = [row for row in own if row["partners"]]
        for row, model in zip(again, complete, strict=False):
            for column in ("title", "start_date", "people"):
                row[column] = model[column]
            if year == stories.REPOSITORY_YEAR:
                row["source"] = stories.REPOSITORY
                row["url"] = model["url"] = f"https://doi.org/10.5555/{model['record_id']}"
