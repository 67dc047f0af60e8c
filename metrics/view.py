"""A view of the ledger: the activities that answer a question, in its cells, and what they count there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from metrics import bits
from metrics.codes import IN_FORCE, LEVEL_CODES, PROCESS_CODES, TARGET_CODES, TYPE_CODES
from metrics.conditions import met
from metrics.grid import COUNTINGS as COUNTINGS
from metrics.grid import UNKNOWN as UNKNOWN
from metrics.grid import Dimension as Dimension
from metrics.grid import Grid
from metrics.grid import Selection as Selection
from metrics.links import Bools, Floats, Ints, distinct, frozen, ints, runs, starts_of, stretched
from metrics.rows import Counting as Counting
from metrics.rows import Hits as Hits
from metrics.rows import Rows as Rows
from metrics.rows import Shown
from vocabulary.activity_types import ACTIVITY_TYPES

DENSE = 16  # possible pairs for each of those that there are, up to which a table of them all is faster than sorting
SCATTERED = 4  # times as many activities as count in the units shown, from which on they are not all looked at
DECIMALS = 9  # of counts: shares that add up to a whole number are that number, without digits of noise

TARGET_OF_TYPE = np.array([TARGET_CODES.index(kind.target) for kind in ACTIVITY_TYPES.values()])
PROCESS_OF_TYPE = np.array([PROCESS_CODES.index(kind.process) for kind in ACTIVITY_TYPES.values()])


@dataclass(frozen=True, kw_only=True, eq=False)
class View(Grid):
    """One question to the ledger. Results are flat arrays of `size` cells, in the order of `by`."""

    @cached_property
    def shown(self) -> Shown:
        """Of each combination of departments the places along the department dimension that it counts in."""
        carriers, slots = self.ledger.carriers, int(self.unit_slot.max(initial=-1)) + 1
        slot = self.unit_slot[carriers.unit]
        at = np.flatnonzero(slot >= 0)  # in the order of combinations, and of each in that of units, as slots are
        starts = starts_of(carriers.combination[at], carriers.combinations)
        share, lead = carriers.share[at], carriers.lead[at]
        return Shown(carriers.of_activity, starts, slot[at], share, lead, slots, self.after, self.counting)

    @cached_property
    def _of_countries(self) -> Bools | None:
        """Which activities a choice of countries keeps; None where there is none."""
        ledger, selection = self.ledger, self.selection
        if not selection.by_country:
            return None
        if selection.country_rule == "unknown":
            return np.asarray(ledger.countries.counts == 0)
        any_of = ledger.countries.any_of(self.chosen_countries)
        return any_of if selection.country_rule == "any" else (ledger.countries.counts > 0) & ~any_of

    @cached_property
    def _of_levels(self) -> Bools | None:
        """Which levels (positions) are chosen; None where there is no choice of levels."""
        levels = self.selection.levels
        return None if levels is None else np.array([code in levels for code in LEVEL_CODES], dtype=bool)

    def _selected(self, activity: Ints) -> Ints:
        """Those of some activities that the selection keeps."""
        if self._of_countries is not None:
            activity = activity[np.flatnonzero(self._of_countries[activity])]
        if self._of_levels is not None:
            activity = activity[np.flatnonzero(self._of_levels[self.ledger.level[activity]])]
        return activity

    @cached_property
    def headcounts(self) -> dict[object, Floats]:
        """Headcounts in the cells, by measure and place: many indicators divide by the same ones.

        Where no countries and levels are chosen the views that come after this one divide by them as well.
        """
        selection = self.selection
        if selection.by_country or selection.levels is not None or not {*self.by} <= {"department", "fiscal_year"}:
            return {}
        slots = self.unit_slot.tobytes(), self.year_slot.tobytes()
        return self.ledger.headcounts.kept_for(self.by, self.shape, *slots)

    @cached_property
    def chosen_countries(self) -> Bools:
        """Which countries (by code) the selection names."""
        names = self.selection.countries or frozenset()
        return np.array([code in names for code in self.ledger.country_codes], dtype=bool)

    @cached_property
    def countries_counted(self) -> Bools:
        """Which countries, and last the unknown, headcounts are taken of."""
        chosen, unfiltered = self.chosen_countries, self.selection.countries is None
        return {
            "any": np.append(chosen | unfiltered, unfiltered),
            "none": np.append(~chosen, False),
            "unknown": np.append(np.zeros_like(chosen), True),
        }[self.selection.country_rule]

    @property
    def whole(self) -> "View":
        """The same under whole counting."""
        return self._whole or self

    @cached_property
    def _whole(self) -> "View | None":
        return None if self.counting == "whole" else replace(self, counting="whole")

    @property
    def unfiltered(self) -> "View":
        """The same departments and years, without other dimensions and without a choice of countries or levels."""
        return self._unfiltered or self

    @cached_property
    def _unfiltered(self) -> "View | None":
        by = tuple(d for d in self.by if d in ("department", "fiscal_year"))
        selection = replace(self.selection, countries=None, country_rule="any", levels=None)
        return None if (by, selection) == (self.by, self.selection) else replace(self, by=by, selection=selection)

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
            every = self.hits(types, (), window)
            chosen = np.flatnonzero(met(self.ledger, only, every.activity)) if only else None
            self._numbers[asked] = frozen(self.counted(every, self.counting, chosen))
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
            return every.at(met(self.ledger, only, every.activity))
        if len(types) == 1 or (types and not self._found):  # of a view's first question all types at once
            return self._of_types(types, before, window)
        return Hits.joined(self.shown, [self._found_once((kind,), (), before, window) for kind in types])

    def activities(self, types: Iterable[str], only: tuple[str, ...] = ()) -> Ints:
        """The activities of these types that meet the conditions and the selection, whatever its years, each once."""
        every = np.concatenate([self._kept(kind) for kind in types])
        return every[met(self.ledger, only, every)] if only else every

    def _kept(self, kind: str) -> Ints:
        """The activities of a type that the selection keeps and that count in a unit shown."""
        if kind not in self._kept_once:
            first, end = self.ledger.type_starts[TYPE_CODES.index(kind) :][:2]
            if self._carried is not None:
                kept = self._carried[slice(*np.searchsorted(self._carried, (first, end)))]
            elif self._carries.all():
                kept = np.arange(first, end)
            else:
                kept = first + np.flatnonzero(self._carries[self.ledger.carriers.of_activity.narrow[first:end]])
            self._kept_once[kind] = self._selected(kept)
        return self._kept_once[kind]

    @cached_property
    def _carries(self) -> Bools:
        """Which combinations of departments count in a unit shown."""
        return np.diff(self.shown.starts) > 0

    @cached_property
    def _carried(self) -> Ints | None:
        """The activities that count in a unit shown; None where these are many, to be looked for type by type."""
        carriers = self.ledger.carriers
        combinations = np.flatnonzero(self._carries)
        first, end = carriers.starts[combinations], carriers.starts[combinations + 1]
        if SCATTERED * int((end - first).sum()) > len(carriers.of_activity):
            return None
        return np.sort(carriers.activities[stretched(first, end)[1]]).astype(np.int64)

    @cached_property
    def _kept_once(self) -> dict[str, Ints]:
        return {}

    def _of_types(self, types: tuple[str, ...], before: int, window: int) -> Hits:
        """Hits of these types: of each activity its years and as many after them as are looked back."""
        activity, years = np.concatenate([self._kept(kind) for kind in types]), len(self.ledger.years)
        begins, span = self.ledger.first_year[activity] + before, self.ledger.span[activity]
        if window == 1 and not any(IN_FORCE[TYPE_CODES.index(kind)] for kind in types):
            row = np.flatnonzero(begins < years)
            year = begins[row]
        else:
            ends = np.where(span > 0, np.minimum(begins + span + window - 1, years), 0)
            asked = np.flatnonzero(self.year_slot >= 0)
            there = np.flatnonzero((begins <= asked.max(initial=-1)) & (ends > asked.min(initial=years)))
            row, year = stretched(begins[there], np.maximum(begins, ends)[there])
            row = there[row]
        inside = np.flatnonzero(self.year_slot[year] >= 0)
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
                place = place * width + self._of_activity(dimension, activity, year, country)
        return Hits(self.shown, activity, place, country)

    def _of_activity(self, dimension: Dimension, activity: Ints, year: Ints, country: Ints | None) -> Ints:
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

    def counted(self, hits: Hits, counting: Counting, chosen: Ints | None = None) -> Floats:
        """What the hits of each cell count under a counting rule: all of them, or those at some positions."""
        combinations, shown = self.ledger.carriers.combinations, self.shown
        many = len(hits.place) if chosen is None else len(chosen)
        if self.places * (combinations + len(shown.slot)) > DENSE * many:
            rows = (hits if chosen is None else hits.at(chosen)).rows
            return self.summed(rows.key, shown.weight(counting)[rows.at_shown])
        of = hits.place_and_carriers if chosen is None else hits.place_and_carriers.take(chosen)
        each = np.bincount(of, minlength=self.places * combinations)
        return self.flat(shown.summed(each.reshape(self.places, combinations), counting))

    def different(self, hits: Hits, row: Ints, code: Ints) -> Floats:
        """How many different codes the hits of each cell have: those of the links of `row` (a position) and `code`."""
        links = Hits(self.shown, hits.activity[row], hits.place[row])
        if self.places * bits.CELLS > len(code):
            rows = links.rows
            return self.distinct(rows.key, code[rows.of_hit])
        things, sets = bits.together(code * self.places + links.place, links.carriers, self.shown.sets)
        return self.flat(bits.counted(sets, things % self.places, self.places, self.shown.slots))

    def summed(self, key: Ints, amount: Floats) -> Floats:
        """Amounts added up per cell."""
        return np.bincount(key, weights=amount, minlength=self.size).astype(np.float64)

    def distinct(self, key: Ints, code: Ints) -> Floats:
        """How many distinct codes each cell holds."""
        width = int(code.max(initial=0)) + 1
        cells = distinct(key * width + code) // width
        return np.bincount(cells, minlength=self.size).astype(np.float64)
