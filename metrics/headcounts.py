"""Headcounts of the census day by unit and fiscal year; a parent without a row of its own has its departments' sum."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.links import Bools, Floats, frozen
from metrics.tree import Tree
from metrics.years import fiscal_years

MOST_KEPT = 64  # views
WHOLE_YEAR = "whole_year"  # counted over the year: any day of the fiscal year may carry it


@dataclass(frozen=True, kw_only=True, eq=False)
class Headcounts:
    """The rows of `populations`, each placed in its unit (position) and fiscal year (position)."""

    rows: pd.DataFrame  # unit, year, population, group, country (code position; -1: all countries), count, as_of
    tree: Tree
    years: int
    countries: int
    delivered: frozenset[tuple[int, str]]  # units (positions) and populations that have rows of any day

    @cached_property
    def read(self) -> dict[tuple[str, str, bool], Floats]:
        """Groups that were asked for once, with or without countries: a page asks for the same ones many times."""
        return {}

    @classmethod
    def of(
        cls,
        populations: pd.DataFrame,
        tree: Tree,
        years: tuple[int, ...],
        country_position: dict[str, int],
        census: tuple[int, int],
    ) -> "Headcounts":
        """Keeps the rows of the census day (month, day), and of `whole_year` the last row of each fiscal year."""
        day = pd.to_datetime(populations["as_of"])
        on_census = (day.dt.month == census[0]) & (day.dt.day == census[1])
        kept = populations.assign(year=fiscal_years(day), day=day)[on_census | (populations["group"] == WHOLE_YEAR)]
        kept = kept.sort_values("day").drop_duplicates(
            ["department", "year", "population", "group", "country"], keep="last"
        )
        unit = {code: i for i, code in enumerate(tree.units)}
        rows = pd.DataFrame(
            {
                "unit": kept["department"].map(unit).to_numpy(dtype=np.int64),
                "year": kept["year"].to_numpy(dtype=np.int64) - years[0],
                "population": kept["population"].to_numpy(),
                "group": kept["group"].to_numpy(),
                "country": kept["country"].map(lambda code: country_position.get(code, -1)).to_numpy(dtype=np.int64),
                "count": kept["count"].to_numpy(dtype=np.float64),
                "as_of": kept["day"].to_numpy(),
            }
        )
        delivered = frozenset(zip(populations["department"].map(unit), populations["population"], strict=True))
        return cls(rows=rows, tree=tree, years=len(years), countries=len(country_position), delivered=delivered)

    def kept_for(self, *cells: object) -> dict[object, Floats]:
        """Where views of the same cells keep what headcounts are in them."""
        if cells not in self._kept_for and len(self._kept_for) >= MOST_KEPT:
            self._kept_for.clear()
        return self._kept_for.setdefault(cells, {})

    @cached_property
    def _kept_for(self) -> dict[tuple[object, ...], dict[object, Floats]]:
        return {}

    def ever_counted(self, populations: tuple[str, ...]) -> Bools:
        """Which units have a headcount of one of the populations on any day, of their own or below them."""
        if populations not in self._ever:
            own = {unit for unit, population in self.delivered if population in populations}
            self._ever[populations] = frozen(np.asarray(self.tree.within[:, sorted(own)].any(axis=1)))
        return self._ever[populations]

    @cached_property
    def _ever(self) -> dict[tuple[str, ...], Bools]:
        return {}

    def of_group(self, population: str, group: str) -> Floats:
        """Persons (or courses ...) of a group, units x years; NaN where no row says."""
        key = (population, group, False)
        if key not in self.read:
            self.read[key] = frozen(self.tree.rolled_up(self._own(population, group)))
        return self.read[key]

    def by_country(self, population: str, group: str) -> Floats:
        """The same by country, units x years x (countries and, last, unknown).

        What the rows with a country leave of the row without is of unknown country. Where persons were counted but no
        row has a country, their countries are not known at all: NaN, not nobody.
        """
        key = (population, group, True)
        if key not in self.read:
            self.read[key] = frozen(self._by_country(population, group))
        return self.read[key]

    def _by_country(self, population: str, group: str) -> Floats:
        shape = (len(self.tree.units), self.years, self.countries)
        total = self.of_group(population, group)
        known = np.full(shape, np.nan)
        rows = self._picked(population, group)
        rows = rows[rows["country"] >= 0]
        if len(rows):
            known[rows["unit"], rows["year"], rows["country"]] = rows["count"]
            holds = np.repeat(~np.isnan(self._own(population, group)), self.countries, axis=1)
            known = self.tree.rolled_up(known.reshape(shape[0], -1), holds).reshape(shape)
        told = ~np.isnan(total) & ((total == 0) | ~np.isnan(known).all(axis=2))
        unknown = np.maximum(total - np.nansum(known, axis=2), 0)
        known = np.where(told[:, :, None], np.nan_to_num(known), known)
        return np.concatenate([known, unknown[:, :, None]], axis=2)

    def _own(self, population: str, group: str) -> Floats:
        """What the units' own rows without a country say, units x years; NaN where there is none."""
        own = np.full((len(self.tree.units), self.years), np.nan)
        rows = self._picked(population, group)
        rows = rows[rows["country"] < 0]
        own[rows["unit"], rows["year"]] = rows["count"]
        return own

    def _picked(self, population: str, group: str) -> pd.DataFrame:
        rows = self.rows
        return rows[(rows["population"] == population) & (rows["group"] == group)]
