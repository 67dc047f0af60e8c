"""The ledger: all records as integer-coded, read-only arrays, made once and shared by every reader.

Positions, not codes, run through the arrays: an activity, unit, fiscal year, country is its position in
`activity_ids`, `units`, `years`, `countries`. `presence` is the table that everything is counted from: one
row is one activity in one unit (its departments and everything above them) in one fiscal year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.codes import IN_FORCE, TYPE_CODES
from metrics.distance import greatest_distances
from metrics.links import Bools, Floats, Ints, floats, frozen, ints
from metrics.posting import FRAMES, Census, Postings, post
from vocabulary.departments import UNIVERSITY

__all__ = ["FRAMES", "UNIVERSITY", "Census", "Ledger", "Presence"]


@dataclass(frozen=True, eq=False)
class Presence:
    """One row is one activity in one unit in one fiscal year, sorted by activity (and so by type)."""

    activity: Ints
    unit: Ints
    year: Ints
    share: Floats  # the unit's share of the activity; a parent has the sum of its departments'
    lead: Bools  # whether the unit, or a department below it, leads
    type_starts: Ints  # rows of type t: type_starts[t]:type_starts[t + 1]


class Ledger(Postings):
    """What figures are counted from: what was posted, and what follows from it. Made by `Ledger.of`."""

    @classmethod
    def of(
        cls,
        frames: Mapping[str, pd.DataFrame],
        home: str | None = None,
        census: Census = (5, 1),
        today: date | None = None,
    ) -> "Ledger":
        """The ledger of the frames that `Records` gives (keys are its methods' names).

        `home` is the country of the university (alpha-2; by default that of who an import said it is, else Japan),
        `census` the month and day of stock figures.
        """
        return cls(**vars(post(frames, home, census, today or datetime.now(tz=UTC).date())))

    @property
    def units(self) -> tuple[str, ...]:
        return self.tree.units

    @cached_property
    def unit_position(self) -> dict[str, int]:
        return {code: i for i, code in enumerate(self.units)}

    def exists(self, unit: str, fiscal_year: int) -> bool:
        """Whether a department exists at some time in a fiscal year; what is recorded of it counts all the same."""
        return bool(self.tree.exist(ints([self.unit_position[unit]]), ints([fiscal_year]), ints([fiscal_year]))[0])

    @cached_property
    def masks(self) -> dict[str, Bools]:
        """Conditions met, by name: filled by `conditions.met` as they are asked for."""
        return {}

    @cached_property
    def foreign(self) -> Bools:
        """Which countries (by code) are abroad."""
        return np.array([code != self.home for code in self.country_codes])

    @cached_property
    def developed(self) -> frozenset[str]:
        """The countries that are none of the least developed."""
        table = self.country_table
        return frozenset(table["code"][~table["least_developed"].astype(bool)])

    @cached_property
    def partner_country(self) -> Ints:
        """The country (position) of each partner."""
        position = {code: i for i, code in enumerate(self.country_codes)}
        return ints(self.partner_table["country"].map(position))

    @cached_property
    def own_partner(self) -> Bools:
        """Which partner is the university itself; none where nobody said who it is."""
        known = bool(self.home_ror)
        return np.array([known and ror_id == self.home_ror for ror_id in self.partner_table["ror_id"]], dtype=bool)

    @cached_property
    def located_partner(self) -> Bools:
        """Which partners have coordinates."""
        return self.partner_table[["latitude", "longitude"]].notna().all(axis=1).to_numpy(dtype=bool)

    @cached_property
    def distance(self) -> Floats:
        """The greatest distance in km between two addresses of each activity, the university's own among them.

        0 where no second address has coordinates; NaN everywhere where nobody said where the university is.
        """
        if np.isnan(self.home_place).any():
            return frozen(np.full(len(self.activity_ids), np.nan))
        ends, number = self.partners.starts[1:], np.arange(len(self.partners.starts))
        latitude, longitude = (
            np.insert(floats(self.partner_table[name])[self.partners.codes], ends, own)
            for name, own in zip(("latitude", "longitude"), self.home_place, strict=True)
        )
        return frozen(greatest_distances(self.partners.starts + number, latitude, longitude))

    def partners_of_type(self, types: tuple[str, ...]) -> Bools:
        """Which partners have at least one of these ROR types."""
        return np.array([bool({*str(row).split("|")} & {*types}) for row in self.partner_table["types"]], dtype=bool)

    @cached_property
    def presence(self) -> Presence:
        """Every activity in every unit it belongs to and every fiscal year it counts in."""
        link_activity, link = self.departments.joined(np.arange(len(self.activity_ids)))
        above = [np.flatnonzero(column) for column in self.tree.within.T]  # each unit, and all above it
        sizes = np.array([len(units) for units in above])[link]
        activity = np.repeat(link_activity, sizes)
        unit = np.concatenate([above[d] for d in link]) if len(link) else np.empty(0, dtype=np.int64)
        pair, inverse = np.unique(activity * len(self.units) + unit, return_inverse=True)
        share = np.bincount(inverse, weights=np.repeat(self.shares, sizes), minlength=len(pair))
        activity, unit = pair // len(self.units), pair % len(self.units)
        leader = self.led_by[activity]
        lead = (leader >= 0) & self.tree.within[unit, leader]
        span = self.span[activity]
        row = np.repeat(np.arange(len(activity)), span)
        offset = np.arange(len(row)) - np.repeat(np.cumsum(span) - span, span)
        year = self.first_year[activity][row] + offset
        type_starts = np.searchsorted(self.kind[activity[row]], np.arange(len(TYPE_CODES) + 1))
        columns = (activity[row], unit[row], year, share[row], lead[row], type_starts)
        return Presence(*(frozen(column) for column in columns))

    @cached_property
    def coverage(self) -> tuple[Ints, Ints]:
        """For each activity type the first and last year position with records; (1, 0) where there is none.

        Stock types reach to the last year that can be asked for: what is in force stays so until it ends.
        """
        first = np.full(len(TYPE_CODES), 1)
        last = np.zeros(len(TYPE_CODES), dtype=np.int64)
        for kind in range(len(TYPE_CODES)):
            mine = self.kind == kind
            if mine.any():
                first[kind] = self.first_year[mine].min()
                last[kind] = len(self.years) - 1 if IN_FORCE[kind] else self.first_year[mine].max()
        return first, last
