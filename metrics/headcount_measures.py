"""Measures of headcounts: persons (or courses, programmes, syllabi) counted on the census day."""

from dataclasses import dataclass, replace

import numpy as np

from metrics import words
from metrics.diversity import hill_numbers
from metrics.links import Floats
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
        return np.where(np.isnan(terms).all(axis=0), np.nan, np.nansum(terms, axis=0))

    def _of_population(self, view: View, place: Place, population: str) -> Floats:
        level = population if population in LEVELS else ""
        by_country = "country" in view.by or view.selection.by_country
        counted = [
            view.ledger.headcounts.by_country(population, group) if by_country
            else view.ledger.headcounts.of_group(population, group)
            for group in self.groups
        ]  # fmt: skip
        values = np.where(np.isnan(counted).all(axis=0), np.nan, np.nansum(counted, axis=0))
        if by_country:
            values = _of_chosen_countries(view, values)
        return view.placed(values, place, level)


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


def _of_chosen_countries(view: View, values: Floats) -> Floats:
    """Headcounts by country cut to the selection; without the country dimension added up again."""
    chosen, unfiltered = view.chosen_countries, view.selection.countries is None
    keep = {
        "any": np.append(chosen | unfiltered, unfiltered),
        "none": np.append(~chosen, False),
        "unknown": np.append(np.zeros_like(chosen), True),
    }[view.selection.country_rule]
    kept = np.where(keep, values, np.nan)
    if "country" in view.by:
        return kept
    return np.where(np.isnan(kept).all(axis=2), np.nan, np.nansum(kept, axis=2))
