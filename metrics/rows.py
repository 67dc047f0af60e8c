"""What answers a question: activities in the cells that they count in, before and after they are told apart by unit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from metrics.bits import Words, words_of
from metrics.links import Bools, Floats, Ints, floats, positions, stretched
from metrics.small import Column

Counting = Literal["whole", "fractional", "lead"]


@dataclass(frozen=True, eq=False)
class Hits:
    """Activities in the cells of every dimension but the department, each once in a cell, in the order of activities.

    Sums over them are taken by combination of departments first (`metrics.carriers`), of which there are few. They do
    not hold the view that keeps them: what it found goes when it goes, and not when Python looks for circles.
    """

    shown: "Shown"
    activity: Ints
    place: Ints  # the cell among those of the other dimensions
    country: Ints | None = None  # position of the hit's country where countries are a dimension

    @classmethod
    def joined(cls, shown: "Shown", parts: "Sequence[Hits]") -> "Hits":
        """All of them, one after the other."""
        none = np.empty(0, dtype=np.int64)
        activity, place = (
            np.concatenate([none, *(getattr(part, name) for part in parts)]) for name in ("activity", "place")
        )
        countries = [part.country for part in parts if part.country is not None]
        return cls(shown, activity, place, np.concatenate(countries) if countries else None)

    def at(self, index: Ints | Bools) -> "Hits":
        """Some of the hits."""
        chosen = positions(index)
        country = None if self.country is None else self.country.take(chosen)
        return replace(self, activity=self.activity.take(chosen), place=self.place.take(chosen), country=country)

    @cached_property
    def carriers(self) -> Ints:
        """The combination of departments of each hit."""
        return self.shown.of_activity[self.activity]

    @cached_property
    def place_and_carriers(self) -> Ints:
        """Both as one number: the place times the combinations that there are, and the combination."""
        return self.place * (len(self.shown.starts) - 1) + self.carriers

    @cached_property
    def rows(self) -> "Rows":
        """The same told apart by unit."""
        shown = self.shown
        hit, at_shown = stretched(shown.starts[self.carriers], shown.starts[1:][self.carriers])
        key = shown.first_cell(self.place)[hit] + shown.slot[at_shown] * shown.step
        country = None if self.country is None else self.country[hit]
        return Rows(shown, self.activity[hit], key, hit, at_shown, country)


@dataclass(frozen=True, eq=False)
class Rows:
    """Activities in the cells of a view: one row is one activity in one unit that is shown, in one other cell."""

    shown: "Shown"
    activity: Ints
    key: Ints  # the cell of the result that the row falls in
    of_hit: Ints  # the position of the hit that it was
    at_shown: Ints  # where its combination of departments and its unit stand in `shown`
    country: Ints | None = None  # position of the row's country where countries are a dimension

    @property
    def share(self) -> Floats:
        """The unit's share of each row's activity."""
        return self.shown.share[self.at_shown]

    @property
    def weight(self) -> Floats:
        """What each row counts under the counting rule."""
        return self.shown.weight(self.shown.counting)[self.at_shown]

    def at(self, index: Ints | Bools) -> "Rows":
        """Some of the rows."""
        chosen = positions(index)
        country = None if self.country is None else self.country.take(chosen)
        taken = {name: getattr(self, name).take(chosen) for name in ("activity", "key", "of_hit", "at_shown")}
        return replace(self, country=country, **taken)


@dataclass(frozen=True, eq=False)
class Shown:
    """Of each combination of departments the places along the department dimension that it counts in, each once."""

    of_activity: Column  # the combination of each activity
    starts: Ints  # those of combination c: starts[c]:starts[c + 1]
    slot: Ints
    share: Floats
    lead: Bools
    slots: int
    step: int  # from one slot to the next in the cells of the result; 0 where there is one for all
    counting: Counting

    def first_cell(self, place: Ints) -> Ints:
        """The cell of the first slot, from the cell among the other dimensions."""
        return place + place // self.step * (self.step * (self.slots - 1)) if self.step else place

    def weight(self, counting: Counting) -> Floats:
        """What an activity counts there under a counting rule."""
        match counting:
            case "fractional":
                return self.share
            case "lead":
                return floats(self.lead)
            case _:
                return np.ones(len(self.slot))

    def summed(self, table: NDArray[np.integer], counting: Counting) -> Floats:
        """What activities (places x combinations) count in each slot (places x slots) under a counting rule."""
        order, begins, there = self._in_order
        each = table.take(self.combination[order], axis=1)
        counts = each if counting == "whole" else each * self.weight(counting)[order]
        total = np.zeros((len(table), self.slots))
        total[:, there] = np.add.reduceat(counts, begins, axis=1)
        return total

    @cached_property
    def _in_order(self) -> tuple[Ints, Ints, Ints]:
        """The order by slot, where in it each slot that has any begins, and which slots these are."""
        order = np.argsort(self.slot, kind="stable")
        begins = np.searchsorted(self.slot[order], np.arange(self.slots))
        there = np.flatnonzero(np.diff(np.append(begins, len(order))))
        return order, begins[there], there

    @cached_property
    def combination(self) -> Ints:
        """Which combination each is of."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    @cached_property
    def sets(self) -> Words:
        """The slots of each combination (combinations x words of `bits`)."""
        return words_of(self.combination, self.slot, len(self.starts) - 1, self.slots)
