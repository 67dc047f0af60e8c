"""Who takes part in a department and who is there: persons in international activities, and heads on the census day."""

from dataclasses import dataclass

import numpy as np

from metrics.headcount_measures import Headcount
from metrics.ledger import Ledger
from metrics.measures import Measure, Persons
from metrics.view import Dimension, Selection, View
from vocabulary.people import LEVELS, STUDENTS

ANY_STUDENTS = Headcount(populations=STUDENTS)
IN_INTERNATIONAL_ACTIVITIES = Persons(only=("international",))
PERSONS = (*STUDENTS, "faculty", "researcher", "staff")  # the populations that count persons
PLACE = ("education", "comprehensive")  # a headcount needs a place in the matrix only where places are asked for


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
        known = [count for level in STUDENTS if not np.isnan(count := self.headcounts[level])]
        return sum(known) if known else float("nan")


def people_of(ledger: Ledger, department: str, fiscal_year: int) -> People:
    """The people of a department (and everything below it), each counted once at its grain."""
    levels = _tallied(ledger, IN_INTERNATIONAL_ACTIVITIES, department, fiscal_year, ("level",))
    return People(
        taking_part=_tallied(ledger, IN_INTERNATIONAL_ACTIVITIES, department, fiscal_year)[0],
        by_level={level: number for level, number in zip((*LEVELS, ""), levels, strict=True) if number},
        headcounts={
            population: _tallied(ledger, Headcount(populations=(population,)), department, fiscal_year)[0]
            for population in PERSONS
        },
        has_students=not np.isnan(_tallied(ledger, ANY_STUDENTS, department, None, ("fiscal_year",))).all(),
    )


def _tallied(
    ledger: Ledger, measure: Measure, department: str, fiscal_year: int | None, by: tuple[Dimension, ...] = ()
) -> list[float]:
    years = None if fiscal_year is None else (fiscal_year,)
    selection = Selection(fiscal_years=years, departments=(department,))
    view = View(ledger=ledger, by=by, selection=selection, counting="whole")
    return [float(number) for number in measure.tally(view, PLACE)]
