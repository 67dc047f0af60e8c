"""Events of the planned types as rows of activities."""

import numpy as np

from demonstration import stories
from demonstration.chance import Chance, Flags, Whole
from demonstration.departments import LEVELS, Profiles
from demonstration.headcounts import Headcounts
from demonstration.partners import HOME, Partners
from demonstration.people import People
from demonstration.plans import PLANS, Plan
from demonstration.publications import GOAL_WEIGHTS, GOALS
from demonstration.rows import Row, activity_rows
from demonstration.years import COURSES, YEARS, between_years, days_in, written
from vocabulary.activity_types import ACTIVITY_TYPES

UNKNOWN_PER_MILLE = 30
COUNTRIES_ONLY_PER_MILLE = 40
UNNAMED_PER_MILLE = 12
"""Records that name no person and count none."""
WITHOUT_LEAD_PER_MILLE = 150


class Events:
    """Generates the events of one plan after the other."""

    def __init__(
        self, chance: Chance, profiles: Profiles, heads: Headcounts, partners: Partners, people: People
    ) -> None:
        self._chance, self._profiles, self._partners, self._people = chance, profiles, partners, people
        foreigners = sum((heads.international[level] for level in LEVELS), np.zeros_like(heads.students()))
        self._habits = {
            **profiles.weights,
            "students": heads.students().max(axis=1),
            "foreigners": foreigners.max(axis=1),
        }

    def rows(self) -> list[Row]:
        """The events of all plans and years, but those that a department did not deliver."""
        return [
            row
            for plan in PLANS
            for position, year in enumerate(YEARS)
            for row in self._of_year(plan, position)
            if stories.delivered(plan.source, row["departments"], year)
        ]

    def _of_year(self, plan: Plan, position: int) -> list[Row]:
        chance, year = self._chance, YEARS[position]
        count = max(1, between_years(plan.first, plan.last, year) * COURSES[plan.course][position] // 100)
        department = chance.pick(self._weights(plan, year), count)
        abroad = chance.happens(plan.abroad, count)
        unknown = chance.happens(UNKNOWN_PER_MILLE, count)
        start = days_in(chance, year, count)
        numbers = [f"{year}-{number:04d}" for number in range(1, count + 1)]
        cells, countries, titles = self._with_whom(plan, department, abroad, unknown, numbers)
        together, lead = self._departments(plan, department)
        people, counted = self._who(plan, department, position)
        return activity_rows(
            count,
            {
                "record_id": [f"{plan.kind}-{number}" for number in numbers],
                "source": plan.source,
                "activity_type": plan.kind,
                "title": titles,
                "start_date": written(start),
                "end_date": self._ends(plan, start),
                "departments": together,
                "lead": lead,
                "partners": cells,
                "countries": countries,
                "people": people,
                "people_count": counted,
                "level": self._levels(plan, department),
                "amount": self._amounts(plan, year, count),
                "currency": ["JPY"] * count if plan.thousands else "",
                "sdgs": self._goals(plan, count),
                "language": self._drawn(plan.languages, count),
            },
        )

    def _weights(self, plan: Plan, year: int) -> Whole:
        told = [stories.society(code, year) if plan.by == "society" else 100 for code in self._profiles.codes]
        weights: Whole = self._habits[plan.by] * np.array(told, dtype=np.int64)
        return weights

    def _with_whom(
        self, plan: Plan, department: Whole, abroad: Flags, unknown: Flags, numbers: list[str]
    ) -> tuple[list[str], list[str], list[str]]:
        """The cells partners and countries, and the titles that name the partner."""
        chance, partners, count = self._chance, self._partners, len(department)
        tastes = ["global" if plan.world else self._profiles.disciplines[d] for d in department.tolist()]
        elsewhere = partners.countries[partners.drawn("university", True, tastes)].tolist()
        words = [f"{ACTIVITY_TYPES[plan.kind].name.en} {number}" for number in numbers]
        only = np.ones(count, dtype=bool) if not plan.partner else chance.happens(COUNTRIES_ONLY_PER_MILLE, count)
        drawn = np.full(count, -1, dtype=np.int64)
        if plan.partner:
            kind = chance.between(0, len(plan.partner) - 1, count)
            for is_abroad in (True, False):
                for position, name in enumerate(plan.partner):
                    here = (kind == position) & (abroad == is_abroad) & ~only & ~unknown
                    drawn[here] = partners.drawn(name, is_abroad, [tastes[i] for i in np.flatnonzero(here).tolist()])
        cells = partners.cells(drawn)
        titles = partners.titles(words, cells, drawn)
        countries = [
            "" if named or lost else (there if out else HOME)
            for named, lost, there, out in zip(cells, unknown.tolist(), elsewhere, abroad.tolist(), strict=True)
        ]
        agency = (chance.happens(plan.agency, count) & ~unknown).tolist()
        public = partners.cells(partners.drawn("public", False, tastes))
        both = [
            ";".join(dict.fromkeys(part for part in (cell, office if has else "") if part))
            for cell, office, has in zip(cells, public, agency, strict=True)
        ]
        return both, countries, titles

    def _departments(self, plan: Plan, department: Whole) -> tuple[list[str], list[str]]:
        """The departments and who leads; some activities belong to two, some say not who leads."""
        chance, codes, count = self._chance, self._profiles.codes, len(department)
        other = chance.pick(self._habits[plan.by], count)
        shared = (chance.happens(plan.shared, count) & (other != department)).tolist()
        silent = chance.happens(WITHOUT_LEAD_PER_MILLE, count).tolist()
        cells = [
            f"{codes[a]};{codes[b]}" if two else codes[a]
            for a, b, two in zip(department.tolist(), other.tolist(), shared, strict=True)
        ]
        return cells, ["" if none else codes[a] for a, none in zip(department.tolist(), silent, strict=True)]

    def _who(self, plan: Plan, department: Whole, position: int) -> tuple[list[str], list[str]]:
        """The cells people and people_count."""
        chance, count = self._chance, len(department)
        sizes = chance.between(*plan.persons, count)
        nobody = chance.happens(UNNAMED_PER_MILLE, count).tolist()
        if plan.who == "count":
            return [""] * count, ["" if n else str(size) for size, n in zip(sizes.tolist(), nobody, strict=True)]
        owners = np.repeat(department, sizes)
        years = np.full(len(owners), position, dtype=np.int64)
        drawn = self._people.drawn(plan.who, owners, years)
        together: list[dict[str, None]] = [{} for _ in range(count)]
        for record, person in zip(np.repeat(np.arange(count), sizes).tolist(), drawn, strict=True):
            together[record][person] = None
        return ["" if n else ";".join(persons) for persons, n in zip(together, nobody, strict=True)], [""] * count

    def _drawn(self, words: tuple[str, ...], count: int) -> list[str]:
        """One of the words for each, evenly; nothing where there are none."""
        if not words:
            return [""] * count
        return [words[i] for i in self._chance.between(0, len(words) - 1, count).tolist()]

    def _levels(self, plan: Plan, department: Whole) -> list[str]:
        names = self._drawn(plan.levels, len(department))
        doctoral = self._chance.happens(250, len(department)).tolist()
        undergraduate = self._profiles.places["undergraduate"]
        return [
            ("undergraduate" if undergraduate[d] else "doctoral" if late else "master") if name == "own" else name
            for d, late, name in zip(department.tolist(), doctoral, names, strict=True)
        ]

    def _ends(self, plan: Plan, start: Whole) -> list[str]:
        if plan.stays:
            return written(start + 2 + self._chance.long_tail(len(start)) // 75)
        if plan.days == (0, 0):
            return [""] * len(start)
        return written(start + self._chance.between(*plan.days, len(start)) - 1)

    def _amounts(self, plan: Plan, year: int, count: int) -> list[str]:
        if not plan.thousands:
            return [""] * count
        sizes = enumerate(self._chance.long_tail(count).tolist(), start=1)
        return [str(size * plan.thousands // stories.yen_written(plan.kind, year, number)) for number, size in sizes]

    def _goals(self, plan: Plan, count: int) -> list[str]:
        one, two = (self._chance.pick(GOAL_WEIGHTS, count).tolist() for _ in range(2))
        has = (self._chance.happens(880, count) & np.full(count, plan.goals)).tolist()
        return [
            ";".join(str(goal) for goal in sorted({GOALS[a], GOALS[b]})) if any_goal else ""
            for a, b, any_goal in zip(one, two, has, strict=True)
        ]
