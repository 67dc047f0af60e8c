"""Measures of headcounts: persons (or courses, programmes, syllabi) counted on the census day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics import words
from metrics.diversity import hill_numbers
from metrics.links import Bools, Floats, frozen
from metrics.measures import Addable, Place
from metrics.view import View
from vocabulary.people import LEVELS
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Headcount(Addable):
    """Headcounts of the census day, added up over populations and groups; NaN where no row says."""

    populations: tuple[str, ...]
    groups: tuple[str, ...] = ("all",)
    types: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        return words.headcount(self.populations, self.groups)

    def tally(self, view: View, place: Place) -> Floats:
        levels = view.selection.levels
        terms = [
            self._of_population(view, place, population)
            for population in self.populations
            if levels is None or population in levels
        ]
        if not terms:
            return np.full(view.size, np.nan)
        return added(terms)

    def _of_population(self, view: View, place: Place, population: str) -> Floats:
        own = place if {"target", "process"} & {*view.by} else None
        asked = (self.groups, population, own)
        if asked not in view.headcounts:
            selected = _selected(view, population, self.groups)
            view.headcounts[asked] = frozen(view.placed(selected, place, population if population in LEVELS else ""))
        return view.headcounts[asked]


def _selected(view: View, population: str, groups: tuple[str, ...]) -> Floats:
    """Headcounts of groups together under the selection, units x years (x countries where these are asked for).

    Where countries are chosen those of the units and years that are shown, as all others take twenty times as long.
    """
    headcounts = view.ledger.headcounts
    if "country" not in view.by and not view.selection.by_country:
        return added([headcounts.of_group(population, group) for group in groups])
    keep = _chosen(view)
    tables = [headcounts.by_country(population, group) for group in groups]
    if "country" in view.by:
        return np.where(keep, added(tables), np.nan)
    units, years = np.flatnonzero(view.unit_slot >= 0), np.flatnonzero(view.year_slot >= 0)
    here = np.ix_(units, years, np.flatnonzero(keep))
    values = added([table[here] for table in tables])
    unsaid = np.isnan(values)
    found = np.full(tables[0].shape[:2], np.nan)
    found[here[0][..., 0], here[1][..., 0]] = np.where(
        unsaid.all(axis=2), np.nan, np.where(unsaid, 0, values).sum(axis=2)
    )
    return found


def added(terms: Sequence[Floats]) -> Floats:
    """Their sum, where NaN says nothing; NaN where none of them says something."""
    if len(terms) == 1:
        return terms[0]
    unsaid = [np.isnan(term) for term in terms]
    total = np.sum([np.where(nothing, 0, term) for nothing, term in zip(unsaid, terms, strict=True)], axis=0)
    return np.where(np.all(unsaid, axis=0), np.nan, total)


@dataclass(frozen=True, kw_only=True)
class EffectiveOrigins(Addable):
    """Effective number of countries that a group of a headcount comes from: exp(Shannon), Hill 1973, order 1."""

    populations: tuple[str, ...]
    groups: tuple[str, ...]
    types: tuple[str, ...] = ()

    @property
    def counted(self) -> Headcount:
        """The people whose origins are looked at."""
        return Headcount(populations=self.populations, groups=self.groups)

    @property
    def text(self) -> Text:
        return words.effective_origins(self.populations, self.groups)

    def tally(self, view: View, place: Place) -> Floats:
        if "country" in view.by:
            return np.full(view.size, np.nan)
        finer = replace(view, by=(*view.by, "country"))
        counts = self.counted.tally(finer, place)
        return hill_numbers(np.nan_to_num(counts.reshape(view.size, -1)[:, :-1]), 1)


def _chosen(view: View) -> Bools:
    """Which countries, and last the unknown, the selection counts."""
    chosen, unfiltered = view.chosen_countries, view.selection.countries is None
    return {
        "any": np.append(chosen | unfiltered, unfiltered),
        "none": np.append(~chosen, False),
        "unknown": np.append(np.zeros_like(chosen), True),
    }[view.selection.country_rule]
