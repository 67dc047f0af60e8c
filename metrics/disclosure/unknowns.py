"""The counts of persons that figures are sums of: of the whole university, and of what a reader reads in full."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from metrics.headcount_measures import Headcount
from metrics.ledger import UNIVERSITY, Ledger
from metrics.links import Floats, Ints
from metrics.measures import Activities, Measure, Persons, Sum
from metrics.view import Dimension, Selection, View

BY_YEAR: tuple[Dimension, ...] = ("fiscal_year",)
ANYWHERE = ("education", "deepening")  # the cell that a measure is asked for: of no account by year


def terms(measure: Measure) -> Mapping[Measure, int]:
    """A measure as a sum of counts that cannot be taken apart further, each with its sign.

    Headcounts come apart by population and group, activities by type; distinct persons of several types do not.
    """
    if isinstance(measure, Sum):
        parts: Counter[Measure] = Counter()
        for sign, term in measure.terms:
            parts.update({part: sign * times for part, times in terms(term).items()})
        return {part: times for part, times in parts.items() if times}
    if isinstance(measure, Headcount):
        single = ((population, group) for population in measure.populations for group in measure.groups)
        return {Headcount(populations=(population,), groups=(group,)): 1 for population, group in single}
    if type(measure) is Activities:
        return {replace(measure, types=(kind,)): 1 for kind in measure.types}
    return {measure: 1}


def within(inner: Measure, outer: Measure) -> bool:
    """Whether everybody whom `inner` counts is among those of `outer`."""
    if isinstance(inner, Headcount) and isinstance(outer, Headcount):
        return inner.populations == outer.populations and outer.groups == ("all",) and inner.groups != outer.groups
    for kind in (Persons, Activities):
        if type(inner) is kind and type(outer) is kind and inner != outer:
            narrower = {*inner.types} <= {*outer.types} and {*inner.only} >= {*outer.only}
            return narrower and inner.window <= outer.window
    return False


def by_type(measure: Measure) -> list[Measure]:
    """Persons of several types of activities, type by type: together they are not more than the sum of these."""
    return [replace(measure, types=(kind,)) for kind in measure.types] if isinstance(measure, Persons) else []


def same_records(people: Measure, records: Measure) -> bool:
    """Whether one counts the persons of the records that the other counts: often there is one person to a record."""
    if not isinstance(people, Persons) or type(records) is not Activities:
        return False
    return records == Activities(types=people.types, only=people.only, window=people.window)


@dataclass(frozen=True, kw_only=True, eq=False)
class Together(View):
    """The figures of several departments as if they were one: a person in two of them is one person."""

    units: tuple[str, ...]

    @cached_property
    def unit_slot(self) -> Ints:
        slot = np.full(len(self.ledger.units), -1, dtype=np.int64)
        slot[[self.ledger.unit_position[unit] for unit in self._tops]] = 0
        return slot

    @property
    def _tops(self) -> list[str]:
        """The units that no other of them holds: what lies below counts in these."""
        tree, position = self.ledger.tree, self.ledger.unit_position
        mine = [position[unit] for unit in self.units]
        return [
            tree.units[unit] for unit in mine if not any(tree.within[other, unit] for other in mine if other != unit)
        ]


def counted(ledger: Ledger, measures: Sequence[Measure], units: tuple[str, ...] = (UNIVERSITY,)) -> Floats:
    """Each measure (columns) of these units as one, in each fiscal year (rows); NaN where no headcount says."""
    view = Together(ledger=ledger, by=BY_YEAR, selection=Selection(), counting="whole", units=units)
    found = [measure.tally(view, ANYWHERE) for measure in measures]
    return np.array(found).reshape(len(measures), -1).T


def counted_by_unit(ledger: Ledger, measures: Sequence[Measure], fiscal_year: int) -> Floats:
    """Each measure (columns) of each unit (rows) in one fiscal year; NaN where no headcount says."""
    selection = Selection(fiscal_years=(fiscal_year,))
    view = View(ledger=ledger, by=("department", *BY_YEAR), selection=selection, counting="whole")
    return np.array([measure.tally(view, ANYWHERE) for measure in measures]).reshape(len(measures), -1).T
