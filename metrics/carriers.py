"""Carriers: the departments that carry an activity together, with what share each, and which of them leads.

Activities of the same departments, shares and leader have the same carriers: in which units they count, and how much,
is worked out once for all of them. A university has a few thousand such combinations, however many its activities.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.links import Bools, Floats, Ints, Links, Narrow, frozen, starts_of, stretched
from metrics.small import Coded, Column
from metrics.tree import Tree


@dataclass(frozen=True, eq=False)
class Carriers:
    """One row of these is one combination in one unit (its departments and everything above them), by combination."""

    of_activity: Column  # the combination of each activity
    combination: Ints
    unit: Ints
    share: Floats  # the unit's share of an activity; a parent has the sum of its departments'
    lead: Bools  # whether the unit, or a department below it, leads

    @cached_property
    def combinations(self) -> int:
        """How many there are."""
        return len(self.starts) - 1

    @cached_property
    def starts(self) -> Ints:
        """Where each combination begins in `activities`."""
        return frozen(starts_of(self.of_activity.narrow, 0))

    @cached_property
    def activities(self) -> Narrow:
        """The activities of each combination, one combination after the other."""
        return frozen(np.argsort(self.of_activity.narrow, kind="stable").astype(np.int32))

    @classmethod
    def of(cls, tree: Tree, departments: Links, shares: Coded, led_by: Column) -> "Carriers":
        """The combinations of activities whose departments, shares (beside the departments) and leaders these are."""
        of_activity, example = _combinations(departments, shares, led_by)
        first, end = departments.starts[example], departments.starts[example + 1]
        combination, link = stretched(first, end)
        over, below = np.nonzero(tree.within)
        above = Links.of(below, over, len(tree.units))  # each unit, and all above it
        row, unit = above.joined(departments.codes[link])
        width = len(tree.units)
        pair, inverse = np.unique(combination[row] * width + unit, return_inverse=True)
        share = np.bincount(inverse, weights=shares[link][row], minlength=len(pair))
        combination, unit = pair // width, pair % width
        leader = led_by[example][combination]
        lead = (leader >= 0) & tree.within[unit, leader]
        return cls(Column.of(of_activity), *(frozen(column) for column in (combination, unit, share, lead)))


def _combinations(departments: Links, shares: Coded, led_by: Column) -> tuple[Ints, Ints]:
    """The combination of each activity, and of each combination the position of an activity that has it."""
    part = departments.codes.whole * max(len(shares.values), 1) + shares.codes
    parts, counts = int(part.max(initial=0)) + 2, departments.counts
    found = led_by.whole + 1
    for place in range(int(counts.max(initial=0))):  # one department of each activity after the other
        more = np.flatnonzero(counts > place)
        next_part = np.zeros(len(found), dtype=np.int64)
        next_part[more] = part[departments.starts[more] + place] + 1
        found = pd.factorize(found * parts + next_part)[0]
    found = pd.factorize(found)[0]
    return found, np.unique(found, return_index=True)[1]
