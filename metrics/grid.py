"""The cells of a question: how many there are along each dimension, and in which of them what belongs."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from metrics.codes import LEVEL_CODES, PROCESS_CODES, TARGET_CODES
from metrics.ledger import Ledger
from metrics.links import Floats, Ints
from metrics.rows import Counting as Counting
from vocabulary.departments import UNIVERSITY

Dimension = Literal["department", "fiscal_year", "target", "process", "country", "level"]
COUNTINGS: tuple[Counting, ...] = get_args(Counting)
UNKNOWN = ""  # the code of an unknown country or level


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
class Grid:
    """What is asked: the dimensions `by`, the selection and the counting rule, as flat arrays of `size` cells."""

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
    def places(self) -> int:
        """How many cells the dimensions other than the department have together."""
        others = [width for of, width in zip(self.by, self.shape, strict=True) if of != "department"]
        return int(np.prod(others, dtype=np.int64))

    @cached_property
    def after(self) -> int:
        """From one slot of the department dimension to the next: the cells of the dimensions after it; 0 without it."""
        if "department" not in self.by:
            return 0
        return int(np.prod(self.shape[self.by.index("department") + 1 :], dtype=np.int64))

    def flat(self, table: Floats) -> Floats:
        """A table of places (rows) by slots (columns) as cells of the result."""
        if "department" not in self.by:
            return np.asarray(table.sum(axis=1))  # of the one slot; where the unit asked for is not there, of none
        before = len(table) // max(self.after, 1)
        return np.moveaxis(table.reshape(before, self.after, table.shape[1]), 2, 1).ravel()

    @cached_property
    def ledger_year(self) -> Ints:
        """For each place along the fiscal-year dimension the year of the ledger (position); -1 for one beyond it."""
        year = np.full(len(self.labels["fiscal_year"]), -1, dtype=np.int64)
        asked = np.flatnonzero(self.year_slot >= 0)
        year[self.year_slot[asked]] = asked
        return year

    def along(self, dimension: Dimension, cell: Ints) -> Ints:
        """The place of cells along one of the dimensions."""
        return np.asarray(np.unravel_index(cell, self.shape)[self.by.index(dimension)])

    @property
    def is_by_year(self) -> bool:
        """Whether each fiscal year has cells of its own, and nothing else is told apart but departments."""
        return {"fiscal_year"} <= {*self.by} <= {"fiscal_year", "department"}

    def by_years(self, table: Floats) -> Floats:
        """A table of slots by fiscal years of the ledger as cells of a view by year; 0 for years without records."""
        found = np.zeros((self.places, len(table)))
        asked = np.flatnonzero(self.year_slot >= 0)
        found[self.year_slot[asked]] = table.T[asked]
        return self.flat(found)

    @cached_property
    def looked_at(self) -> tuple[NDArray[np.intp], ...]:
        """The units and the years of the ledger (positions) that cells are of, to take them out of a table of both."""
        return np.ix_(np.flatnonzero(self.unit_slot >= 0), np.flatnonzero(self.year_slot >= 0))

    @cached_property
    def _slots(self) -> tuple[NDArray[np.intp], ...]:
        units, years = self.looked_at
        return np.ix_(self.unit_slot[units.ravel()], self.year_slot[years.ravel()])

    def placed(self, values: Floats, own: tuple[str, str], level: str = UNKNOWN) -> Floats:
        """Headcounts of what is looked at, units x years (x countries, unknown last), in the cells of this view.

        They take the place of the indicator's own target and process, and of `level`. Pooled years add up. NaN where
        there is none.
        """
        if self.by == ("department", "fiscal_year") and values.ndim == 2:  # what pages ask: each has its own cell
            table = np.full(self.shape, np.nan)
            table[self._slots] = values
            return table.ravel()
        depth = values.shape[2] if values.ndim == 3 else 1
        slots = (*(axis.ravel() for axis in self._slots), np.arange(depth))
        unit, year, country = (axis.ravel() for axis in np.meshgrid(*slots, indexing="ij"))
        place: dict[Dimension, Ints | int] = {
            "department": unit,
            "fiscal_year": year,
            "target": TARGET_CODES.index(own[0]),
            "process": PROCESS_CODES.index(own[1]),
            "country": country,
            "level": (*LEVEL_CODES[1:], UNKNOWN).index(level),
        }
        key = np.zeros(len(unit), dtype=np.int64)
        for dimension, width in zip(self.by, self.shape, strict=True):
            key = key * width + place[dimension]
        value = values.ravel()
        found = ~np.isnan(value)
        total = np.bincount(key[found], weights=value[found], minlength=self.size)
        return np.where(np.bincount(key[found], minlength=self.size) > 0, total, np.nan)
