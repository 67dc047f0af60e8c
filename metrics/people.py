"""Who takes part in a department and who is there: persons in international activities, and heads on the census day."""

from dataclasses import dataclass
from math import isnan, nan

from metrics.ledger import Ledger
from metrics.links import distinct
from metrics.measures import Persons
from metrics.view import Selection, View
from vocabulary.people import LEVELS, STUDENTS

IN_INTERNATIONAL_ACTIVITIES = Persons(only=("international",))
PERSONS = (*STUDENTS, "faculty", "researcher", "staff")  # the populations that count persons
PLACE = ("education", "comprehensive")  # what is asked for is of no place in the matrix, and any will do


@dataclass(frozen=True, kw_only=True)
class People:
    """Persons of one department in one fiscal year. A count that nobody delivered is NaN."""

    taking_part: float  # distinct persons in activities with a partner or country abroad
    by_level: dict[str, float]  # the same by level ("" where unknown): who was there at two levels is in both
    headcounts: dict[str, float]  # by population, on the census day
    has_students: bool  # whether students were counted in any year

    @property
    def students(self) -> float:
        """All students on the census day; NaN where there is no headcount of any."""
        known = [count for level in STUDENTS if not isnan(count := self.headcounts[level])]
        return sum(known) if known else nan


def people_of(ledger: Ledger, department: str, fiscal_year: int) -> People:
    """The people of a department (and everything below it), each counted once at its grain."""
    selection = Selection(fiscal_years=(fiscal_year,), departments=(department,))
    by_level = View(ledger=ledger, by=("level",), selection=selection, counting="whole")
    levels = IN_INTERNATIONAL_ACTIVITIES.tally(by_level, PLACE)
    activity = IN_INTERNATIONAL_ACTIVITIES.hits(by_level).activity  # each once, as it is of one level
    persons = distinct(ledger.people.joined(activity)[1])
    heads = {population: _heads(ledger, population, department) for population in PERSONS}
    return People(
        taking_part=len(persons) + float(ledger.anonymous[activity].sum()),
        by_level={level: float(number) for level, number in zip((*LEVELS, ""), levels, strict=True) if number},
        headcounts={population: counts.get(fiscal_year, nan) for population, counts in heads.items()},
        has_students=any(year in heads[level] for level in STUDENTS for year in ledger.fiscal_years),
    )


def _heads(ledger: Ledger, population: str, department: str) -> dict[int, float]:
    """The headcounts of a department by fiscal year, of the years that say."""
    counts = ledger.headcounts.of_group(population, "all")[ledger.unit_position[department]].tolist()
    return {year: count for year, count in zip(ledger.years, counts, strict=True) if not isnan(count)}
