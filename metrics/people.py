"""Who takes part in a department and who is there: persons in international activities, and heads on the census day."""

from dataclasses import dataclass
from math import isnan, nan

import numpy as np

from metrics.codes import LEVEL_CODES
from metrics.conditions import met
from metrics.ledger import Ledger
from metrics.links import Floats, Ints, distinct, floats
from metrics.portfolio import Portfolio
from vocabulary.people import LEVELS, STUDENTS

PERSONS = (*STUDENTS, "faculty", "researcher", "staff")  # the populations that count persons


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


def people_of(portfolio: Portfolio) -> People:
    """The people of a portfolio's department (and everything below it) in its last year, each once at its grain."""
    ledger, department = portfolio.ledger, portfolio.question.department
    heads = {population: _heads(ledger, population, department) for population in PERSONS}
    activity = portfolio.activities[met(ledger, ("international",), portfolio.activities)]
    levels = _persons(ledger, activity, ledger.level[activity])
    return People(
        taking_part=float(_persons(ledger, activity, np.zeros(len(activity), dtype=np.int64)).sum()),
        by_level={code: number for code in (*LEVELS, "") if (number := float(levels[LEVEL_CODES.index(code)]))},
        headcounts={population: counts.get(portfolio.last_year, nan) for population, counts in heads.items()},
        has_students=any(year in heads[level] for level in STUDENTS for year in ledger.fiscal_years),
    )


def _persons(ledger: Ledger, activity: Ints, level: Ints) -> Floats:
    """Different persons in activities by the level of these, as `measures.Persons` counts them."""
    row, person = ledger.people.joined(activity)
    many = int(person.max(initial=0)) + 1
    known = np.bincount(distinct(level[row] * many + person) // many, minlength=len(LEVEL_CODES))
    return floats(known) + np.bincount(level, weights=ledger.anonymous[activity], minlength=len(LEVEL_CODES))


def _heads(ledger: Ledger, population: str, department: str) -> dict[int, float]:
    """The headcounts of a department by fiscal year, of the years that say."""
    counts = ledger.headcounts.of_group(population, "all")[ledger.unit_position[department]].tolist()
    return {year: count for year, count in zip(ledger.years, counts, strict=True) if not isnan(count)}
