"""Measures of breadth: effective numbers of countries, and how many departments take part."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from metrics import words
from metrics.diversity import hill_numbers
from metrics.links import Bools, Floats, floats, ints
from metrics.measures import Activities, Addable, OfActivities, Persons, Place
from metrics.tree import Tree
from metrics.view import Dimension, View
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class EffectiveCountries(OfActivities):
    """Effective number of countries abroad: exp(H), H = -sum p ln p, p = shares of persons or activities by country.

    Hill number of order 1 (Hill 1973, Ecology 54:427; Jost 2006, Oikos 113:363). Not computable (NaN) without any.
    """

    of: Literal["activities", "persons"]

    @property
    def text(self) -> Text:
        return words.effective_countries(self.of, self.types)

    def tally(self, view: View, place: Place) -> Floats:
        if "country" in view.by:
            return np.full(view.size, np.nan)
        finer = replace(view, by=(*view.by, "country"), counting="whole")
        base = Persons if self.of == "persons" else Activities
        counts = base(types=self.types, only=self.only, window=self.window).tally(finer, place)
        abroad = counts.reshape(view.size, -1)[:, :-1] * view.ledger.foreign
        return hill_numbers(abroad, 1)


@dataclass(frozen=True, kw_only=True)
class ActiveDepartments(OfActivities):
    """Departments (those without sub-departments) with at least one such activity in a year in which they exist."""

    @property
    def text(self) -> Text:
        return words.active_departments(self.types, self.only)

    def tally(self, view: View, place: Place) -> Floats:
        ledger, tree = view.ledger, view.ledger.tree
        rest = tuple(d for d in view.by if d not in ("department", "fiscal_year"))
        everyone = replace(view.selection, departments=ledger.units)
        finer = replace(view, by=("department", "fiscal_year", *rest), selection=everyone, counting="whole")
        counts = Activities(types=self.types, only=self.only, window=self.window).tally(finer, place)
        year = ints([int(year) for year in finer.labels["fiscal_year"]])
        exists = tree.exist(np.arange(len(tree.units))[:, None], year, year) & tree.leaves[:, None]
        active = (counts.reshape(len(tree.units), len(year), -1) > 0) & exists[:, :, None]
        if "fiscal_year" not in view.by:
            active = np.asarray(active.any(axis=1, keepdims=True))
        within = _counted_within(tree, active.reshape(len(tree.units), -1))
        return _gathered(view, within, tuple(d for d in finer.by if d in view.by and d != "department"))


@dataclass(frozen=True, kw_only=True)
class Departments(Addable):
    """Departments (those without sub-departments) that exist in the fiscal year."""

    types: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        return Text("departments", "部局数")

    def tally(self, view: View, place: Place) -> Floats:
        tree = view.ledger.tree
        year = ints(view.ledger.years)
        exists = tree.exist(np.arange(len(tree.units))[:, None], year, year) & tree.leaves[:, None]
        if "fiscal_year" not in view.by:  # a department that exists in several of the pooled years is one
            asked = view.year_slot >= 0
            exists = exists & asked & (np.cumsum(exists & asked, axis=1) == 1)
        by_year = tuple(d for d in view.by if d in ("department", "fiscal_year"))
        yearly = replace(view, by=by_year)
        return yearly.placed(_counted_within(tree, exists)[yearly.looked_at], place)[view.cell_in(by_year)]


def _counted_within(tree: Tree, holds: Bools) -> Floats:
    """For each unit how many units within it hold (units x anything)."""
    return floats(tree.within.astype(np.int64) @ holds.astype(np.int64))


def _gathered(view: View, counts: Floats, rest: tuple[Dimension, ...]) -> Floats:
    """Counts of all units (units x cells of the other dimensions) put into the cells of the view."""
    shown = np.flatnonzero(view.unit_slot >= 0)
    shown = shown[np.argsort(view.unit_slot[shown])]
    block = counts[shown].reshape(len(shown), *(len(view.labels[d]) for d in rest))
    if "department" not in view.by:
        return floats(block[0].ravel())
    return floats(np.moveaxis(block, 0, view.by.index("department")).ravel())
