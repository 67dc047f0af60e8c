"""What stands for years: joint programmes, laboratories, seats in international bodies, start-ups."""

from dataclasses import dataclass

import numpy as np

from demonstration.chance import Chance, Whole
from demonstration.departments import Profiles
from demonstration.partners import HOME, Partners
from demonstration.people import People
from demonstration.rows import Row, activity_rows
from demonstration.years import FIRST_YEAR, LAST_YEAR, first_day, written
from vocabulary.activity_types import ACTIVITY_TYPES


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One type: begun in each fiscal year from `since` on, over in so many years or never."""

    kind: str
    source: str
    since: int
    begun: tuple[int, ...]
    by: str
    lasts: tuple[int, int] | None = None
    """Years until the end; None: open-ended but for those that `ended` counts."""
    ended: int = 0
    abroad: int = 1000
    partner: bool = True
    person: bool = False


STARTUPS_COUNTED = 179
"""In force on 1 May 2024: the published goal of 1,500 is more than eight times the number of then."""
STARTUPS_BEGUN = (
    1, 2, 3, 3, 4, 3, 5, 4, 3, 3, 2, 4, 4, 5, 6, 7, 8, 10, 12, 14, 15, 18, 22, 26, 31, 36,
)  # fmt: skip

KINDS = (
    Standing(kind="joint_degree_programme", source="programmes", since=2006, by="exchange",
             begun=(1, 1, 2, 1, 2, 1, 1, 2, 2, 2, 3, 3, 2, 2, 1, 2, 2, 3, 3, 3), ended=6),
    Standing(kind="foreign_language_programme", source="programmes", since=2005, by="students", partner=False,
             begun=(1, 1, 2, 1, 3, 4, 2, 1, 1, 1, 1, 2, 1, 2, 1, 1, 1, 2, 1, 2, 2), abroad=0, ended=2),
    Standing(kind="joint_laboratory", source="projects", since=2008, by="papers",
             begun=(1, 1, 1, 2, 1, 2, 2, 2, 3, 3, 3, 2, 2, 1, 3, 4, 4, 5), lasts=(7, 14)),
    Standing(kind="international_committee", source="personnel", since=2010, by="faculty", partner=False,
             begun=(18, 20, 21, 22, 22, 24, 25, 26, 28, 29, 27, 28, 31, 33, 35, 37), lasts=(2, 5), person=True),
    Standing(kind="startup", source="startups", since=2000, by="industry", partner=False, person=True, abroad=130,
             begun=STARTUPS_BEGUN, ended=sum(STARTUPS_BEGUN[:24]) - STARTUPS_COUNTED),
)  # fmt: skip


def standing_rows(chance: Chance, profiles: Profiles, partners: Partners, people: People) -> list[Row]:
    """Rows of all that stands for years."""
    habits = {**profiles.weights, "students": sum(profiles.places.values(), np.zeros(len(profiles.codes), np.int64))}
    return [row for kind in KINDS for row in _of_kind(chance, profiles, partners, people, habits[kind.by], kind)]


def _of_kind(
    chance: Chance, profiles: Profiles, partners: Partners, people: People, habits: Whole, kind: Standing
) -> list[Row]:
    year = np.repeat(np.arange(kind.since, kind.since + len(kind.begun)), kind.begun)
    count = len(year)
    start = np.array([first_day(y) for y in year.tolist()], dtype=np.int64) + chance.between(45, 360, count)
    department = chance.pick(habits, count)
    abroad = chance.happens(kind.abroad, count)
    tastes = [profiles.disciplines[d] for d in department.tolist()]
    drawn = partners.drawn("university", True, tastes)
    cells = partners.cells(np.where(abroad & kind.partner, drawn, -1))
    there = partners.countries[drawn].tolist()
    countries = [
        "" if cell else (country if out else HOME)
        for cell, country, out in zip(cells, there, abroad.tolist(), strict=True)
    ]
    numbers = [f"{y}-{number:04d}" for number, y in enumerate(year.tolist(), 1)]
    holders = people.drawn("researcher", department, np.clip(year, FIRST_YEAR, LAST_YEAR) - FIRST_YEAR)
    words = ACTIVITY_TYPES[kind.kind].name.en
    return activity_rows(
        count,
        {
            "record_id": [f"{kind.kind}-{number}" for number in numbers],
            "source": kind.source,
            "activity_type": kind.kind,
            "title": partners.titles([f"{words} {number}" for number in numbers], cells, drawn),
            "start_date": written(start),
            "end_date": _ends(chance, kind, start),
            "departments": [profiles.codes[d] for d in department.tolist()],
            "partners": cells,
            "countries": countries,
            "people": holders if kind.person else "",
            "level": "faculty" if kind.person else "",
        },
    )


def _ends(chance: Chance, kind: Standing, start: Whole) -> list[str]:
    """Last days; of the open-ended, exactly `ended` of the older ones ended before 1 May 2024."""
    if kind.lasts:
        return written(start + 365 * chance.between(*kind.lasts, len(start)))
    limit = first_day(2024)
    old = start + 1500 < limit
    over = chance.chosen(kind.ended, old.astype(np.int64))
    last = chance.between(np.minimum(start + 1000, limit), limit, len(start))
    return [day if ends else "" for day, ends in zip(written(last), over.tolist(), strict=True)]
