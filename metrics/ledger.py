"""The ledger: all records as integer-coded, read-only arrays, made once and shared by every reader.

Positions, not codes, run through the arrays: an activity, unit, fiscal year, country is its position in
`activity_ids`, `units`, `years`, `countries`. In which units an activity counts is said by its `carriers`, in which
years by `first_year` and `span`.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.bits import Words
from metrics.carriers import Carriers
from metrics.carrying_on import Posted, carried_on
from metrics.codes import IN_FORCE, TYPE_CODES
from metrics.distance import LONG_DISTANCE, SHORT_DISTANCE, greatest_distances
from metrics.links import Bools, Ints, floats, frozen, ints
from metrics.posting import FRAMES, Census, Postings, post
from metrics.small import Marks
from vocabulary.departments import UNIVERSITY

__all__ = ["FRAMES", "UNIVERSITY", "Census", "Ledger"]


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

    @classmethod
    def carried_on(
        cls,
        before: Posted,
        frames: Mapping[str, pd.DataFrame],
        changed: Ints,
        home: str | None = None,
        census: Census = (5, 1),
        today: date | None = None,
    ) -> "Ledger | None":
        """The ledger of now from what was posted before and what changed since; see `carrying_on.carried_on`."""
        postings = carried_on(before, frames, changed, home, census, today or datetime.now(tz=UTC).date())
        return None if postings is None else cls(**vars(postings))

    @property
    def units(self) -> tuple[str, ...]:
        return self.tree.units

    @cached_property
    def unit_position(self) -> dict[str, int]:
        return {code: i for i, code in enumerate(self.units)}

    def exists(self, unit: str, fiscal_year: int) -> bool:
        """Whether a department exists at some time in a fiscal year; what is recorded of it counts all the same."""
        return bool(self.tree.exist(ints([self.unit_position[unit]]), ints([fiscal_year]), ints([fiscal_year]))[0])

    def latest(self, activity: Ints, most: int) -> Ints:
        """Of some activities (positions) those that began last, the latest first; of one day the lower id first."""
        return activity[np.lexsort((self.activity_ids[activity], -self.start_day[activity]))[:most]]

    @cached_property
    def masks(self) -> Marks:
        """Conditions met, by name: filled by `conditions.met` as they are asked for."""
        return Marks(len(self.activity_ids))

    @cached_property
    def lively(self) -> dict[tuple[tuple[str, ...], int], Words]:
        """Who did something with which partner, by types and years: filled by `dealings.lively` as it is asked for."""
        return {}

    @cached_property
    def foreign(self) -> Bools:
        """Which countries (by code) are abroad."""
        return np.array([code != self.home for code in self.country_codes])

    @cached_property
    def levels_of_types(self) -> tuple[Ints, Ints]:
        """For each activity type how many records there are, and how many of them carry a level."""
        of_types = (self.kind.narrow, self.kind.narrow[self.level.narrow > 0])
        every, with_level = (np.bincount(kinds, minlength=len(TYPE_CODES)) for kinds in of_types)
        return every, with_level

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
    def reach(self) -> NDArray[np.int8]:
        """How far apart the addresses of each activity are, the university's own among them.

        0: nowhere more than a short distance, as where no second address has coordinates; 2: somewhere a long one; 1:
        in between; -1 everywhere where nobody said where the university is.
        """
        if np.isnan(self.home_place).any():
            return frozen(np.full(len(self.activity_ids), -1, dtype=np.int8))
        starts = self.partners.starts.whole
        latitude, longitude = (
            np.insert(floats(self.partner_table[name])[self.partners.codes.narrow], starts[1:], own)
            for name, own in zip(("latitude", "longitude"), self.home_place, strict=True)
        )
        distance = greatest_distances(starts + np.arange(len(starts)), latitude, longitude)
        return frozen((distance > SHORT_DISTANCE).astype(np.int8) + (distance >= LONG_DISTANCE))

    def partners_of_type(self, types: tuple[str, ...]) -> Bools:
        """Which partners have at least one of these ROR types."""
        return np.array([bool({*str(row).split("|")} & {*types}) for row in self.partner_table["types"]], dtype=bool)

    @cached_property
    def carriers(self) -> Carriers:
        """The departments that carry each activity, and the units that it counts in."""
        return Carriers.of(self.tree, self.departments, self.shares, self.led_by)

    @cached_property
    def type_starts(self) -> Ints:
        """Where each type of activity begins, in the order of positions, and where the last one ends."""
        return frozen(np.searchsorted(self.kind.narrow, np.arange(len(TYPE_CODES) + 1)))

    @cached_property
    def coverage(self) -> tuple[Ints, Ints]:
        """For each activity type the first and last year position with records; (1, 0) where there is none.

        Stock types reach to the last year that can be asked for: what is in force stays so until it ends.
        """
        first = np.full(len(TYPE_CODES), 1)
        last = np.zeros(len(TYPE_CODES), dtype=np.int64)
        for kind in range(len(TYPE_CODES)):
            mine = self.first_year[slice(*self.type_starts[kind : kind + 2])]
            if len(mine):
                first[kind] = mine.min()
                last[kind] = len(self.years) - 1 if IN_FORCE[kind] else mine.max()
        return first, last
