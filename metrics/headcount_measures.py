"""Measures of headcounts: persons (or courses, programmes, syllabi) counted on the census day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from metrics import words
from metrics.diversity import hill_numbers
from metrics.links import Floats, frozen
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
        own = place if {"target", "process"} & {*view.by} else None
        if (self, own) not in view.headcounts:
            view.headcounts[self, own] = frozen(self._counted(view, place))
        return view.headcounts[self, own]

    def _counted(self, view: View, place: Place) -> Floats:
        levels = view.selection.levels
        asked = [population for population in self.populations if levels is None or population in levels]
        if not asked:
            return np.full(view.size, np.nan)
        if len(self.populations) > 1:  # other indicators ask for some of the same ones
            return added([replace(self, populations=(population,)).tally(view, place) for population in asked])
        level = asked[0] if asked[0] in LEVELS else ""
        return view.placed(_selected(view, asked[0], self.groups), place, level)


def _selected(view: View, population: str, groups: tuple[str, ...]) -> Floats:
    """Headcounts of groups together under the selection: units x years looked at (x countries where asked for)."""
    headcounts = view.ledger.headcounts
    if "country" not in view.by and not view.selection.by_country:
        return added([headcounts.of_group(population, group)[view.looked_at] for group in groups])
    tables = [headcounts.by_country(population, group) for group in groups]
    if "country" in view.by:
        return np.where(view.countries_counted, added([table[view.looked_at] for table in tables]), np.nan)
    chosen = np.flatnonzero(view.countries_counted)
    units, years = view.looked_at
    values = added([table[units[..., None], years[..., None], chosen] for table in tables])
    unsaid = np.isnan(values)
    return np.where(unsaid.all(axis=2), np.nan, np.where(unsaid, 0, values).sum(axis=2))


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
