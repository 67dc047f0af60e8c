"""The cells of a view: of which department and years each is, whether records reach over it, and who was counted."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics.codes import TYPE_CODES
from metrics.links import Bools, Ints
from metrics.view import Dimension, View
from vocabulary.departments import UNIVERSITY


@dataclass(frozen=True, eq=False)
class Cells:
    """What holds of cells whatever is counted in them; worked out once for all indicators."""

    view: View

    def place(self, dimension: Dimension) -> Ints:
        """The place of each cell along a dimension (0 where the view does not have it)."""
        if dimension not in self.view.by:
            return np.zeros(self.view.size, dtype=np.int64)
        return self._places[self.view.by.index(dimension)]

    @cached_property
    def _places(self) -> tuple[Ints, ...]:
        return np.unravel_index(np.arange(self.view.size), self.view.shape)

    @cached_property
    def unit(self) -> Ints:
        """The position of the unit of each cell."""
        shown = np.flatnonzero(self.view.unit_slot >= 0)
        return shown[np.argsort(self.view.unit_slot[shown])][self.place("department")]

    @cached_property
    def first_and_last_year(self) -> tuple[Ints, Ints]:
        """The fiscal years that each cell reaches over: one, or all those pooled."""
        view = self.view
        chosen = np.array(view.labels.get("fiscal_year") or (view.selection.fiscal_years or view.ledger.fiscal_years))
        if "fiscal_year" not in view.by:
            return np.full(view.size, chosen.min()), np.full(view.size, chosen.max())
        year = chosen[self.place("fiscal_year")]
        return year, year

    @cached_property
    def exist(self) -> Bools:
        """Whether the department exists at some time in the cell's years."""
        return self.view.ledger.tree.exist(self.unit, *self.first_and_last_year)

    def within(self, department: str) -> Bools:
        """Whether the cell is of this department or of one below it."""
        ledger = self.view.ledger
        return np.asarray(ledger.tree.within[ledger.unit_position[department]][self.unit])

    def covered(self, types: tuple[str, ...]) -> Bools:
        """Whether the records of some types reach over the cell's year (from the first to the last that has any)."""
        if types not in self._covered:
            self._covered[types] = self._by_year(_covered_years(self.view, types))
        return self._covered[types]

    @cached_property
    def _covered(self) -> dict[tuple[str, ...], Bools]:
        return {}

    def counted_ever(self, populations: tuple[str, ...]) -> Bools:
        """Whether the cell's department has a headcount of one of them on any day (the university should)."""
        ever = self.view.ledger.headcounts.ever_counted(populations).copy()
        ever[self.view.ledger.unit_position[UNIVERSITY]] = True
        return ever[self.unit]

    def _by_year(self, holds: Bools) -> Bools:
        """What holds per year of the ledger, in the cells of the view; pooled years need it in one of them."""
        slots = self.view.year_slot
        width = len(self.view.labels["fiscal_year"]) if "fiscal_year" in self.view.by else 1
        by_slot = np.zeros(width, dtype=bool)
        by_slot[slots[(slots >= 0) & holds]] = True
        return by_slot[self.place("fiscal_year")]


def _covered_years(view: View, types: tuple[str, ...]) -> Bools:
    years = np.arange(len(view.ledger.years))
    if not types:
        return np.ones(len(years), dtype=bool)
    first, last = view.ledger.coverage
    kinds = [TYPE_CODES.index(kind) for kind in types]
    return np.asarray(np.any((first[kinds] <= years[:, None]) & (years[:, None] <= last[kinds]), axis=1))
