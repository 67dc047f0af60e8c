"""Dealings: which units have to do with which partner in which fiscal year, and how often."""

from dataclasses import dataclass

import numpy as np

from metrics.bits import Words, together, words_of
from metrics.codes import TYPE_CODES
from metrics.ledger import Ledger
from metrics.links import Bools, Floats, Ints, floats, numbered, runs, stretched, times
from metrics.view import Counting, View


def lively(ledger: Ledger, types: tuple[str, ...], years: int) -> Words:
    """The units that did something of these types with a partner in the last fiscal years, that of the column included.

    Partners x fiscal years of the ledger x words of `bits`, units being the members. Worked out once a ledger.
    """
    asked = (types, years)
    if asked not in ledger.lively:
        each_year = _each_year(ledger, types)
        ledger.lively[asked] = each_year.copy()
        for back in range(1, years):
            ledger.lively[asked][:, back:] |= each_year[:, :-back]
    return ledger.lively[asked]


def _each_year(ledger: Ledger, types: tuple[str, ...]) -> Words:
    carriers, wide = ledger.carriers, len(ledger.years)
    units = words_of(carriers.combination, carriers.unit, carriers.combinations, len(ledger.units))
    ends = [ledger.type_starts[kind : kind + 2] for kind in map(TYPE_CODES.index, types)]
    activity = np.concatenate([np.arange(first, end) for first, end in ends])
    begins = ledger.first_year[activity]
    row, year = stretched(begins, begins + ledger.span[activity])
    link, partner = ledger.partners.joined(activity[row])
    of = carriers.of_activity[activity[row[link]]]
    things, sets = together(partner * wide + year[link], of, units)
    found = np.zeros((len(ledger.partner_table) * wide, units.shape[1]), dtype=np.uint64)
    found[things] = sets
    return found.reshape(len(ledger.partner_table), wide, units.shape[1])


@dataclass(frozen=True, eq=False)
class Dealings:
    """How many activities each unit that is shown has with each partner; a row is one of each, units in order."""

    view: View
    slot: Ints
    partner: Ints
    times: Ints  # rows x fiscal years of the ledger

    @classmethod
    def of(cls, view: View, activity: Ints, partner: Ints, window: int = 1, counting: Counting = "whole") -> "Dealings":
        """Of these links of activities with partners, each also in the `window` - 1 years that follow its own.

        An activity is one to each unit for which it counts at all under the counting rule.
        """
        ledger, shown, wide = view.ledger, view.shown, len(view.ledger.years)
        begins = ledger.first_year[activity]
        ends = begins + ledger.span[activity] + window - 1
        there = ends >= begins + window  # what counts in no year begins none
        carriers = ledger.carriers.of_activity[activity]
        found, counts = [], shown.weight(counting) > 0
        for sign, at_year, those in ((1, begins, there), (-1, ends, there & (ends < wide))):
            combination, who, year, often = _steps(carriers[those], partner[those], at_year[those], wide)
            row, at = stretched(shown.starts[combination], shown.starts[1:][combination])
            row, at = row[counts[at]], at[counts[at]]
            found.append((shown.slot[at] * len(ledger.partner_table) + who[row], year[row], sign * often[row]))
        pair, year, change = (np.concatenate(columns) for columns in zip(*found, strict=True))
        pairs, place = numbered(pair)
        cell = place * wide + year
        steps = np.bincount(cell, weights=change, minlength=len(pairs) * wide).astype(np.int64)
        slot, who = np.divmod(pairs, len(ledger.partner_table))
        return cls(view, slot, who, np.cumsum(steps.reshape(-1, wide), axis=1))

    def largest(self, most: int) -> Bools:
        """Which are among the so many largest of their unit and year; of equals the first partners."""
        row, year = np.nonzero(self.times)
        times, partner = self.times[row, year], self.partner[row]
        many, wide = int(times.max(initial=0)), int(partner.max(initial=0)).bit_length()
        cell = self.slot[row] * self.times.shape[1] + year
        rank = ((cell << many.bit_length()) + (many - times) << wide) + partner
        order = np.argsort(rank)
        place = np.arange(len(order)) - np.searchsorted(cell[order], cell[order])
        found = np.zeros(self.times.shape, dtype=bool)
        taken = order[place < most]
        found[row[taken], year[taken]] = True
        return found

    def partners(self, kept: Bools) -> Floats:
        """How many partners each cell has, of those kept (rows x fiscal years of the ledger)."""
        return self.view.by_years(_added(self.slot, kept, self.view.shown.slots))

    def countries(self, kept: Bools) -> Floats:
        """In how many countries they are."""
        country = self.view.ledger.partner_country[self.partner]
        wide = len(self.view.ledger.country_codes)
        order = np.argsort(self.slot * wide + country, kind="stable")
        ordered = (self.slot * wide + country)[order]
        first = runs(ordered)
        if not len(first):
            return self.partners(kept)
        there = np.logical_or.reduceat(kept[order], first, axis=0)
        return self.view.by_years(_added(ordered[first] // wide, there, self.view.shown.slots))


def _steps(combination: Ints, partner: Ints, year: Ints, wide: int) -> tuple[Ints, Ints, Ints, Ints]:
    """The different combinations of departments, partners and years, and how often each comes."""
    bits = int(combination.max(initial=0)).bit_length()
    packed, often = times((partner * wide + year) << bits | combination)
    thing, of = packed >> bits, packed & ((1 << bits) - 1)
    return of, thing // wide, thing % wide, often


def _added(slot: Ints, kept: Bools, slots: int) -> Floats:
    """How many rows of each slot are kept (slots x years); slots come in order."""
    running = np.concatenate([np.zeros((1, kept.shape[1]), dtype=np.int64), np.cumsum(kept, axis=0)])
    ends = np.searchsorted(slot, np.arange(slots + 1))
    return floats(np.diff(running[ends], axis=0))
