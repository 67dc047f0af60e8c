"""Student exchange in both directions, with partners of agreements; persons received as published up to FY2021."""

import numpy as np

from demonstration.agreements import Agreements
from demonstration.chance import Chance, Flags, Whole
from demonstration.departments import Profiles
from demonstration.partners import Partners
from demonstration.people import People
from demonstration.rows import Row, activity_rows
from demonstration.years import YEARS, days_in, written
from vocabulary.activity_types import ACTIVITY_TYPES

RECEIVED = (201, 232, 282, 230, 179, 245, 18, 52, 148, 226, 251, 263)
"""Persons received on exchange, FY2014 to FY2025; up to FY2021 as published."""
SENT = (176, 192, 214, 226, 238, 231, 7, 41, 152, 209, 238, 257)
PERSONS_PER_RECORD_PER_MILLE = 2400
UNNAMED_PER_MILLE = 12
"""Records that name neither partner nor country."""
FAVOURITES = 5
"""A department's students go to few of the many places they could go to."""
GRADUATES = {"master": 80, "doctoral": 20}


def exchange_rows(
    chance: Chance, profiles: Profiles, partners: Partners, people: People, agreed: Agreements
) -> list[Row]:
    """Rows of students sent and received, one for the students of one department at one partner."""
    rows: list[Row] = []
    for position, year in enumerate(YEARS):
        for inbound, persons in ((False, SENT[position]), (True, RECEIVED[position])):
            rows += _of_year(chance, profiles, partners, people, agreed, year, inbound, persons)
    return rows


def _of_year(
    chance: Chance, profiles: Profiles, partners: Partners, people: People, agreed: Agreements,
    year: int, inbound: bool, persons: int,
) -> list[Row]:  # fmt: skip
    count = max(1, persons * 1000 // PERSONS_PER_RECORD_PER_MILLE)
    kind = "student_exchange_inbound" if inbound else "student_exchange_outbound"
    record_of_person = np.concatenate([np.arange(count), chance.between(0, count - 1, persons - count)])
    department = chance.pick(profiles.weights["exchange"], count)
    start = days_in(chance, year, count)
    partner = np.array(
        [_partner(chance, agreed, d, day) for d, day in zip(department.tolist(), start.tolist(), strict=True)]
    )
    partner[chance.happens(UNNAMED_PER_MILLE, count)] = -1
    cells = partners.cells(partner)
    level = _levels(chance, profiles, department)
    years = np.full(persons, YEARS.index(year), dtype=np.int64)
    ids = people.drawn("visitor" if inbound else "student", department[record_of_person], years)
    numbers = [f"{year}-{number:04d}" for number in range(1, count + 1)]
    words = ACTIVITY_TYPES[kind].name.en
    return activity_rows(
        count,
        {
            "record_id": [f"{'in' if inbound else 'out'}-{number}" for number in numbers],
            "source": "mobility",
            "activity_type": kind,
            "title": partners.titles([f"{words} {number}" for number in numbers], cells, partner),
            "start_date": written(start),
            "end_date": written(start + chance.between(100, 330, count)),
            "departments": [profiles.codes[d] for d in department.tolist()],
            "partners": cells,
            "people": _together(record_of_person, ids, count),
            "level": level,
        },
    )


def _together(records: Whole, ids: list[str], count: int) -> list[str]:
    """The cell `people` of each record."""
    persons: list[set[str]] = [set() for _ in range(count)]
    for record, person in zip(records.tolist(), ids, strict=True):
        persons[record].add(person)
    return [";".join(sorted(each)) for each in persons]


def _partner(chance: Chance, agreed: Agreements, department: int, day: int) -> int:
    choice = agreed.exchange_partners(department, day)
    favourites = choice[(department * 7 + np.arange(FAVOURITES) * 11) % len(choice)]
    weights = np.concatenate([np.full(FAVOURITES, len(choice)), np.full(len(choice), 3)])
    return int(np.concatenate([favourites, choice])[chance.pick(weights, 1)[0]])


def _levels(chance: Chance, profiles: Profiles, department: Whole) -> list[str]:
    """Undergraduates in faculties; in graduate schools master's and doctoral students."""
    faculty: Flags = profiles.places["undergraduate"][department] > 0
    names = list(GRADUATES)
    graduate = chance.pick(list(GRADUATES.values()), len(department)).tolist()
    return ["undergraduate" if young else names[g] for young, g in zip(faculty.tolist(), graduate, strict=True)]
