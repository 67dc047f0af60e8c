"""A view of the ledger: what is asked (grain, selection, counting), and the rows of presence that answer it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from metrics.codes import LEVEL_CODES, PROCESS_CODES, TARGET_CODES, TYPE_CODES
from metrics.conditions import met
from metrics.ledger import Ledger
from metrics.links import Bools, Floats, Ints, floats
from metrics.rows import Counting as Counting
from metrics.rows import Rows as Rows
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import UNIVERSITY

Dimension = Literal["department", "fiscal_year", "target", "process", "country", "level"]
COUNTINGS: tuple[Counting, ...] = get_args(Counting)
DENSE = 16  # possible pairs for each of those that there are, up to which a table of them all is faster than sorting
UNKNOWN = ""  # the code of an unknown country or level

TARGET_OF_TYPE = np.array([TARGET_CODES.index(kind.target) for kind in ACTIVITY_TYPES.values()])
PROCESS_OF_TYPE = np.array([PROCESS_CODES.index(kind.process) for kind in ACTIVITY_TYPES.values()])


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A filter. Nothing given means everything; codes that do not exist select nothing.

    `countries` with rule `any` keeps activities with at least one of them, with `none` those of known country
    without any of them, and with `unknown` (countries left out) those of unknown country: the three partition
    all activities. `departments` chooses the units that are shown, `fiscal_years` the years.
    """

    fiscal_years: tuple[int, ...] | None = None
    departments: tuple[str, ...] | None = None
    countries: frozenset[str] | None = None
    country_rule: Literal["any", "none", "unknown"] = "any"
    levels: frozenset[str] | None = None

    @property
    def by_country(self) -> bool:
        return self.countries is not None or self.country_rule == "unknown"


@dataclass(frozen=True, kw_only=True, eq=False)
class View:
    """One question to the ledger. Results are flat arrays of `size` cells, in the order of `by`."""

    ledger: Ledger
    by: tuple[Dimension, ...]
    selection: Selection
    counting: Counting

    @cached_property
    def labels(self) -> dict[Dimension, tuple[str | int, ...]]:
        """The codes along each dimension of the result."""
        chosen = self.selection.fiscal_years
        every: dict[Dimension, tuple[str | int, ...]] = {
            "department": tuple(u for u in self.ledger.units if self._asked(u)),
            "fiscal_year": self.ledger.fiscal_years if chosen is None else chosen,
            "target": TARGET_CODES,
            "process": PROCESS_CODES,
            "country": (*self.ledger.country_codes, UNKNOWN),
            "level": (*LEVEL_CODES[1:], UNKNOWN),
        }
        return {dimension: every[dimension] for dimension in self.by}

    def _asked(self, unit: str) -> bool:
        return self.selection.departments is None or unit in self.selection.departments

    @cached_property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(self.labels[dimension]) for dimension in self.by)

    @cached_property
    def size(self) -> int:
        return int(np.prod(self.shape, dtype=np.int64))

    def cell_in(self, by: tuple[Dimension, ...]) -> Ints:
        """For each cell of this view the cell of a coarser one with only the dimensions `by` (in the same order)."""
        places = np.unravel_index(np.arange(self.size), self.shape) if self.by else ()
        coarse = [place for dimension, place in zip(self.by, places, strict=True) if dimension in by]
        widths = tuple(len(self.labels[dimension]) for dimension in by)
        return np.ravel_multi_index(coarse, widths) if by else np.zeros(self.size, dtype=np.int64)

    @cached_property
    def unit_slot(self) -> Ints:
        """For each unit its place along the department dimension; -1 where it is not shown.

        Without that dimension there is one place, for the one unit asked for (else the university).
        """
        shown = self.labels["department"] if "department" in self.by else self._only_unit()
        slot = np.full(len(self.ledger.units), -1, dtype=np.int64)
        for place, code in enumerate(shown):
            slot[self.ledger.unit_position[str(code)]] = place
        return slot

    def _only_unit(self) -> tuple[str, ...]:
        asked = self.selection.departments or (UNIVERSITY,)
        if len(asked) > 1:
            raise ValueError(f"figures of several departments need the dimension 'department' in by; asked: {asked}")
        return asked

    @cached_property
    def year_slot(self) -> Ints:
        """For each year of the ledger its place along the fiscal-year dimension; -1 where it is not asked for.

        Without that dimension all years asked for share one place: their records are pooled.
        """
        asked = self.selection.fiscal_years
        chosen = self.ledger.fiscal_years if asked is None else asked
        pooled = "fiscal_year" not in self.by
        slot = np.full(len(self.ledger.years), -1, dtype=np.int64)
        for place, year in enumerate(chosen):
            if self.ledger.years[0] <= year <= self.ledger.years[-1]:
                slot[year - self.ledger.years[0]] = 0 if pooled else place
        return slot

    @cached_property
    def selected(self) -> Bools:
        """Which activities the selection keeps."""
        ledger, selection = self.ledger, self.selection
        kept = np.ones(len(ledger.activity_ids), dtype=bool)
        if selection.by_country:
            known = ledger.countries.counts > 0
            any_of = ledger.countries.any_of(self.chosen_countries)
            kept &= {"any": any_of, "none": known & ~any_of, "unknown": ~known}[selection.country_rule]
        if selection.levels is not None:
            wanted = [i for i, level in enumerate(LEVEL_CODES) if level in selection.levels]
            kept &= np.isin(ledger.level, wanted)
        return kept

    @cached_property
    def headcounts(self) -> dict[tuple[tuple[str, ...], str], Floats]:
        """Headcounts under the selection that were asked for once: many indicators divide by the same ones."""
        return {}

    @cached_property
    def chosen_countries(self) -> Bools:
        """Which countries (by code) the selection names."""
        names = self.selection.countries or frozenset()
        return np.array([code in names for code in self.ledger.country_codes], dtype=bool)

    def rows(self, types: Iterable[str], only: tuple[str, ...] = (), window: int = 1, before: int = 0) -> Rows:
        """The rows of presence of these activity types that meet the conditions and the selection.

        With a window of w years an activity also counts in the w - 1 years that follow its own; the window ends
        `before` years before the year of the cell. Found once a view: many indicators ask for the same rows.
        """
        return self._found_once(tuple(types), only, range(before, before + window))

    @cached_property
    def _found(self) -> dict[tuple[tuple[str, ...], tuple[str, ...], range], Rows]:
        return {}

    def _found_once(self, types: tuple[str, ...], only: tuple[str, ...], later: range) -> Rows:
        asked = (types, only, later)
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, types: tuple[str, ...], only: tuple[str, ...], later: range) -> Rows:
        if only:
            every = self._found_once(types, (), later)
            return every.at(met(self.ledger, only)[every.activity])
        if len(types) == 1:
            return self._of_type(types[0], later)
        parts = [self._found_once((kind,), (), later) for kind in types]
        return Rows.joined(self.ledger.presence, self.counting, parts)

    def _of_type(self, kind: str, years_later: range) -> Rows:
        """Rows of one type that the selection keeps, so many years after the years of their activities."""
        presence, code = self.ledger.presence, TYPE_CODES.index(kind)
        index = np.arange(presence.type_starts[code], presence.type_starts[code + 1])
        index = index[self.selected[presence.activity[index]] & (self.unit_slot[presence.unit[index]] >= 0)]
        rows, years = [], []
        for later in years_later:
            year = presence.year[index] + later
            inside = year < len(self.year_slot)
            inside[inside] = self.year_slot[year[inside]] >= 0
            rows.append(index[inside])
            years.append(self.year_slot[year[inside]])
        index, year = np.concatenate(rows), np.concatenate(years)
        keyed = self._keyed(index, year)
        return keyed if len(years_later) == 1 and "fiscal_year" in self.by else self._once(keyed)

    def _keyed(self, index: Ints, year: Ints) -> Rows:
        """The rows with their cell worked out; a row of several countries becomes several where countries are asked."""
        ledger, country = self.ledger, None
        activity = ledger.presence.activity[index]
        if "country" in self.by:
            has_none = np.flatnonzero(ledger.countries.counts[activity] == 0)
            row, country = ledger.countries.joined(activity)
            row = np.concatenate([row, has_none])
            country = np.concatenate([country, np.full(len(has_none), len(ledger.country_codes))])
            if self.selection.countries is not None and self.selection.country_rule == "any":
                inside = np.append(self.chosen_countries, False)[country]
                row, country = row[inside], country[inside]
            index, activity, year = index[row], activity[row], year[row]
        key = np.zeros(len(activity), dtype=np.int64)
        for dimension, width in zip(self.by, self.shape, strict=True):
            key = key * width + self._place(dimension, index, activity, year, country)
        return Rows(ledger.presence, self.counting, index, activity, key, country)

    def _place(self, dimension: Dimension, index: Ints, activity: Ints, year: Ints, country: Ints | None) -> Ints:
        """Where along a dimension each of these rows of presence lies."""
        ledger = self.ledger
        match dimension:
            case "department":
                return self.unit_slot[ledger.presence.unit[index]]
            case "fiscal_year":
                return year
            case "country" if country is not None:
                return country
            case "target":
                return TARGET_OF_TYPE[ledger.kind[activity]]
            case "process":
                return PROCESS_OF_TYPE[ledger.kind[activity]]
            case _:
                level = ledger.level[activity]
                return np.where(level == 0, len(LEVEL_CODES) - 1, level - 1)

    def _once(self, rows: Rows) -> Rows:
        """Where years are pooled or looked back on, an activity in force in several of them counts once."""
        _, first = np.unique(rows.activity * self.size + rows.key, return_index=True)
        return rows.at(first)

    def counted(self, rows: Rows) -> Floats:
        """What the rows of each cell count under the counting rule."""
        weight = None if self.counting == "whole" else rows.weight
        return floats(np.bincount(rows.key, weights=weight, minlength=self.size))

    def summed(self, key: Ints, amount: Floats) -> Floats:
        """Amounts added up per cell."""
        return np.bincount(key, weights=amount, minlength=self.size).astype(np.float64)

    def distinct(self, key: Ints, code: Ints) -> Floats:
        """How many distinct codes each cell holds."""
        width = int(code.max(initial=0)) + 1
        if self.size * width < DENSE * len(code):
            seen = np.zeros(self.size * width, dtype=bool)
            seen[key * width + code] = True
            return floats(np.count_nonzero(seen.reshape(self.size, width), axis=1))
        cells = np.unique(key * width + code) // width
        return np.bincount(cells, minlength=self.size).astype(np.float64)

    def placed(self, values: Floats, own: tuple[str, str], level: str = UNKNOWN) -> Floats:
        """Headcounts, units x years (x countries, unknown last), in the cells of this view; NaN where there is none.

        They take the place of the indicator's own target and process, and of `level`. Pooled years add up.
        """
        by_country = values.ndim == 3
        units, years = np.flatnonzero(self.unit_slot >= 0), np.flatnonzero(self.year_slot >= 0)
        depth = values.shape[2] if by_country else 1
        unit, year, country = (axis.ravel() for axis in np.meshgrid(units, years, np.arange(depth), indexing="ij"))
        value = values[unit, year, country] if by_country else values[unit, year]
        place: dict[Dimension, Ints | int] = {
            "department": self.unit_slot[unit],
            "fiscal_year": self.year_slot[year],
            "target": TARGET_CODES.index(own[0]),
            "process": PROCESS_CODES.index(own[1]),
            "country": country,
            "level": (*LEVEL_CODES[1:], UNKNOWN).index(level),
        }
        key = np.zeros(len(unit), dtype=np.int64)
        for dimension, width in zip(self.by, self.shape, strict=True):
            key = key * width + place[dimension]
        found = ~np.isnan(value)
        total = self.summed(key[found], value[found])
        return np.where(np.bincount(key[found], minlength=self.size) > 0, total, np.nan)
