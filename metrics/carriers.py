"""Carriers: the departments that carry an activity together, with what share each, and which of them leads.

Activities of the same departments, shares and leader have the same carriers: in which units they count, and how much,
is worked out once for all of them. A university has a few thousand such combinations, however many its activities.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.links import Bools, Floats, Ints, Links, Narrow, frozen, starts_of, stretched
from metrics.tree import Tree


@dataclass(frozen=True, eq=False)
class Carriers:
    """One row of these is one combination in one unit (its departments and everything above them), by combination."""

    of_activity: Narrow  # the combination of each activity
    combination: Ints
    unit: Ints
    share: Floats  # the unit's share of an activity; a parent has the sum of its departments'
    lead: Bools  # whether the unit, or a department below it, leads

    @cached_property
    def combinations(self) -> int:
        """How many there are."""
        return int(self.of_activity.max(initial=-1)) + 1

    @cached_property
    def activities(self) -> tuple[Narrow, Narrow]:
        """The activities of each combination, one combination after the other, and where each begins."""
        order = np.argsort(self.of_activity, kind="stable").astype(np.int32)
        return frozen(order), frozen(starts_of(self.of_activity, self.combinations))

    @classmethod
    def of(cls, tree: Tree, departments: Links, shares: Floats, led_by: Narrow) -> "Carriers":
        """The combinations of activities whose departments, shares (beside the departments) and leaders these are."""
        of_activity, example = _combinations(departments, shares, led_by)
        first, end = departments.starts[example], departments.starts[1:][example]
        combination, link = stretched(first, end)
        over, below = np.nonzero(tree.within)
        above = Links.of(below, over, len(tree.units))  # each unit, and all above it
        row, unit = above.joined(departments.codes[link].astype(np.int64))
        width = len(tree.units)
        pair, inverse = np.unique(combination[row] * width + unit, return_inverse=True)
        share = np.bincount(inverse, weights=shares[link][row], minlength=len(pair))
        combination, unit = pair // width, pair % width
        leader = led_by[example][combination]
        lead = (leader >= 0) & tree.within[unit, leader]
        return cls(frozen(of_activity), *(frozen(column) for column in (combination, unit, share, lead)))


def _combinations(departments: Links, shares: Floats, led_by: Narrow) -> tuple[Narrow, Ints]:
    """The combination of each activity, and of each combination the position of an activity that has it."""
    share = pd.factorize(shares)[0]
    part = departments.codes.astype(np.int64) * (int(share.max(initial=0)) + 1) + share
    parts, counts = int(part.max(initial=0)) + 2, departments.counts
    found = led_by.astype(np.int64) + 1
    for place in range(int(counts.max(initial=0))):  # one department of each activity after the other
        more = np.flatnonzero(counts > place)
        next_part = np.zeros(len(found), dtype=np.int64)
        next_part[more] = part[departments.starts[more] + place] + 1
        found = pd.factorize(found * parts + next_part)[0]
    found = pd.factorize(found)[0]
    return found.astype(np.int32), np.unique(found, return_index=True)[1]
