"""Who takes part in a department and who is there: persons in international activities, and heads on the census day."""

from dataclasses import dataclass

import numpy as np

from metrics.headcount_measures import Headcount
from metrics.ledger import Ledger
from metrics.measures import Persons
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
    here = _view(ledger, department, fiscal_year)
    levels = IN_INTERNATIONAL_ACTIVITIES.tally(_view(ledger, department, fiscal_year, ("level",)), PLACE)
    students = ANY_STUDENTS.tally(_view(ledger, department, None, ("fiscal_year",)), PLACE)
    return People(
        taking_part=float(IN_INTERNATIONAL_ACTIVITIES.tally(here, PLACE)[0]),
        by_level={level: float(number) for level, number in zip((*LEVELS, ""), levels, strict=True) if number},
        headcounts={
            population: float(Headcount(populations=(population,)).tally(here, PLACE)[0]) for population in PERSONS
        },
        has_students=not np.isnan(students).all(),
    )


def _view(ledger: Ledger, department: str, fiscal_year: int | None, by: tuple[Dimension, ...] = ()) -> View:
    years = None if fiscal_year is None else (fiscal_year,)
    selection = Selection(fiscal_years=years, departments=(department,))
    return View(ledger=ledger, by=by, selection=selection, counting="whole")
