"""A view of the ledger: what is asked (grain, selection, counting), and the rows of presence that answer it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from metrics.codes import IN_FORCE, LEVEL_CODES, PROCESS_CODES, TARGET_CODES, TYPE_CODES
from metrics.conditions import met
from metrics.different import BYTE, different
from metrics.ledger import Ledger
from metrics.links import Bools, Floats, Ints, distinct, floats, frozen, ints, runs, starts_of, stretched
from metrics.rows import Counting as Counting
from metrics.rows import Hits as Hits
from metrics.rows import Rows as Rows
from metrics.rows import Shown
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import UNIVERSITY

Dimension = Literal["department", "fiscal_year", "target", "process", "country", "level"]
COUNTINGS: tuple[Counting, ...] = get_args(Counting)
DENSE = 16  # possible pairs for each of those that there are, up to which a table of them all is faster than sorting
DECIMALS = 9  # of counts: shares that add up to a whole number are that number, without digits of noise
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
    def shown(self) -> Shown:
        """Of each combination of departments the places along the department dimension that it counts in."""
        carriers, slots = self.ledger.carriers, int(self.unit_slot.max(initial=-1)) + 1
        slot = self.unit_slot[carriers.unit]
        there = np.flatnonzero(slot >= 0)
        _, first = np.unique(carriers.combination[there] * slots + slot[there], return_index=True)
        at = there[first]
        starts = starts_of(carriers.combination[at], carriers.combinations)
        return Shown(starts, slot[at], carriers.share[at], carriers.lead[at], slots)

    @cached_property
    def places(self) -> int:
        """How many cells the dimensions other than the department have together."""
        return self.size // (len(self.labels["department"]) if "department" in self.by else 1)

    @cached_property
    def after(self) -> int:
        """How many cells the dimensions after the department have together: from one slot to the next."""
        return (
            int(np.prod(self.shape[self.by.index("department") + 1 :], dtype=np.int64))
            if "department" in self.by
            else 0
        )

    def first_cell(self, place: Ints) -> Ints:
        """The cell of the first slot of the department dimension, from the cell among the other dimensions."""
        if "department" not in self.by:
            return place
        return place + place // self.after * (self.after * (self.shape[self.by.index("department")] - 1))

    def flat(self, table: Floats) -> Floats:
        """A table of places (rows) by slots (columns) as cells of the result."""
        if "department" not in self.by:
            return table.ravel()
        return np.moveaxis(table.reshape(-1, self.after, table.shape[1]), 2, 1).ravel()

    @cached_property
    def selected(self) -> Bools | None:
        """Which activities the selection keeps; None for all of them."""
        ledger, selection = self.ledger, self.selection
        kept: Bools | None = None
        if selection.by_country:
            known = ledger.countries.counts > 0
            any_of = ledger.countries.any_of(self.chosen_countries)
            kept = {"any": any_of, "none": known & ~any_of, "unknown": ~known}[selection.country_rule]
        if selection.levels is not None:
            of_level: Bools = np.array([code in selection.levels for code in LEVEL_CODES], dtype=bool)[ledger.level]
            kept = of_level if kept is None else kept & of_level
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

    @cached_property
    def whole(self) -> "View":
        """The same under whole counting."""
        return self if self.counting == "whole" else replace(self, counting="whole")

    @cached_property
    def unfiltered(self) -> "View":
        """The same departments and years, without other dimensions and without a choice of countries or levels."""
        by = tuple(d for d in self.by if d in ("department", "fiscal_year"))
        selection = replace(self.selection, countries=None, country_rule="any", levels=None)
        return self if (by, selection) == (self.by, self.selection) else replace(self, by=by, selection=selection)

    def hits(self, types: Iterable[str], only: tuple[str, ...] = (), window: int = 1, before: int = 0) -> Hits:
        """The activities of these types that meet the conditions and the selection, in the cells they count in.

        With a window of w years an activity also counts in the w - 1 years that follow its own; the window ends
        `before` years before the year of the cell. Found once a view: many indicators ask for the same ones.
        """
        return self._found_once(tuple(types), only, before, window)

    def rows(self, types: Iterable[str], only: tuple[str, ...] = (), window: int = 1, before: int = 0) -> Rows:
        """The same told apart by unit."""
        return self.hits(types, only, window, before).rows

    def number(self, types: tuple[str, ...], only: tuple[str, ...], window: int) -> Floats:
        """How many such activities each cell has under the counting rule; counted once a view."""
        asked = (types, only, window)
        if asked not in self._numbers:
            self._numbers[asked] = frozen(np.round(self.counted(self.hits(*asked), self.counting), DECIMALS))
        return self._numbers[asked]

    @cached_property
    def _numbers(self) -> dict[tuple[tuple[str, ...], tuple[str, ...], int], Floats]:
        return {}

    @cached_property
    def _found(self) -> dict[tuple[tuple[str, ...], tuple[str, ...], int, int], Hits]:
        return {}

    def _found_once(self, types: tuple[str, ...], only: tuple[str, ...], before: int, window: int) -> Hits:
        asked = (types, only, before, window)
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, types: tuple[str, ...], only: tuple[str, ...], before: int, window: int) -> Hits:
        if only:
            every = self._found_once(types, (), before, window)
            return every.at(met(self.ledger, only)[every.activity])
        if len(types) == 1:
            return self._of_type(TYPE_CODES.index(types[0]), before, window)
        return Hits.joined(self, [self._found_once((kind,), (), before, window) for kind in types])

    def _of_type(self, kind: int, before: int, window: int) -> Hits:
        """Hits of one type: of each activity the years from its first to as many after its last as are looked back."""
        ledger = self.ledger
        first, end = ledger.type_starts[kind : kind + 2]
        kept = (np.diff(self.shown.starts) > 0)[ledger.carriers.of_activity[first:end]]
        if self.selected is not None:
            kept &= self.selected[first:end]
        activity = np.flatnonzero(kept) + first
        begins, span = ledger.first_year[activity].astype(np.int64) + before, ledger.span[activity]
        if window == 1 and not IN_FORCE[kind]:
            row, year = np.flatnonzero(begins < len(ledger.years)), begins[begins < len(ledger.years)]
        else:
            ends = np.where(span > 0, np.minimum(begins + span + window - 1, len(ledger.years)), 0)
            row, year = stretched(begins, np.maximum(begins, ends))
        inside = self.year_slot[year] >= 0
        row, year = row[inside], self.year_slot[year[inside]]
        if "fiscal_year" not in self.by:  # what counts in several of the pooled years counts once
            row, year = row[runs(row)], year[runs(row)]
        return self._placed(activity[row], year)

    def _placed(self, activity: Ints, year: Ints) -> Hits:
        """Hits with their place worked out; one of several countries becomes several where countries are asked for."""
        ledger, country = self.ledger, None
        if "country" in self.by:
            has_none = np.flatnonzero(ledger.countries.counts[activity] == 0)
            row, country = ledger.countries.joined(activity)
            row = np.concatenate([row, has_none])
            country = np.concatenate([country, np.full(len(has_none), len(ledger.country_codes))])
            if self.selection.countries is not None and self.selection.country_rule == "any":
                inside = np.append(self.chosen_countries, False)[country]
                row, country = row[inside], country[inside]
            activity, year = activity[row], year[row]
        place = np.zeros(len(activity), dtype=np.int64)
        for dimension, width in zip(self.by, self.shape, strict=True):
            if dimension != "department":
                place = place * width + self._along(dimension, activity, year, country)
        return Hits(self, activity, place, country)

    def _along(self, dimension: Dimension, activity: Ints, year: Ints, country: Ints | None) -> Ints:
        """Where along a dimension each of these activities lies."""
        match dimension:
            case "fiscal_year":
                return year
            case "country" if country is not None:
                return country
            case "target":
                return TARGET_OF_TYPE[self.ledger.kind[activity]]
            case "process":
                return PROCESS_OF_TYPE[self.ledger.kind[activity]]
            case _:
                level = self.ledger.level[activity]
                return ints(np.where(level == 0, len(LEVEL_CODES) - 1, level - 1))

    def counted(self, hits: Hits, counting: Counting) -> Floats:
        """What the hits of each cell count under a counting rule."""
        combinations, shown = self.ledger.carriers.combinations, self.shown
        if self.places * (combinations + len(shown.slot)) > DENSE * len(hits.place):
            rows = hits.rows
            return self.summed(rows.key, shown.weight(counting)[rows.at_shown])
        each = np.bincount(hits.place * combinations + hits.carriers, minlength=self.places * combinations)
        return self.flat(shown.summed(each.reshape(self.places, combinations), counting))

    def different(self, hits: Hits, row: Ints, code: Ints) -> Floats:
        """How many different codes the hits of each cell have: those of the links of `row` (a position) and `code`."""
        links = Hits(self, hits.activity[row], hits.place[row])
        if self.places * BYTE > len(code):
            rows = links.rows
            return self.distinct(rows.key, code[rows.of_hit])
        return self.flat(different(links.place, self.places, code, links.carriers, self.shown))

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
        cells = distinct(key * width + code) // width
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
