"""Rows of presence that answer a question: which activity counts in which cell, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from metrics.ledger import Presence
from metrics.links import Bools, Floats, Ints, floats

Counting = Literal["whole", "fractional", "lead"]


@dataclass(frozen=True, eq=False)
class Rows:
    """Selected rows of presence at the asked-for grain."""

    presence: Presence
    counting: Counting
    at_row: Ints  # the row of presence
    activity: Ints
    key: Ints  # the cell of the result that the row falls in
    country: Ints | None = None  # position of the row's country where countries are a dimension

    @classmethod
    def joined(cls, presence: Presence, counting: Counting, parts: "Sequence[Rows]") -> "Rows":
        """All of them, one after the other."""
        none = np.empty(0, dtype=np.int64)
        at_row, activity, key = (
            np.concatenate([none, *(getattr(part, name) for part in parts)]) for name in ("at_row", "activity", "key")
        )
        countries = [part.country for part in parts if part.country is not None]
        return cls(presence, counting, at_row, activity, key, np.concatenate(countries) if countries else None)

    @property
    def share(self) -> Floats:
        """The unit's share of each row's activity."""
        return self.presence.share[self.at_row]

    @property
    def weight(self) -> Floats:
        """What each row counts under the counting rule."""
        match self.counting:
            case "fractional":
                return self.share
            case "lead":
                return floats(self.presence.lead[self.at_row])
            case _:
                return np.ones(len(self.key))

    def at(self, index: Ints | Bools) -> "Rows":
        """Some of the rows."""
        country = None if self.country is None else self.country[index]
        return replace(
            self, at_row=self.at_row[index], activity=self.activity[index], key=self.key[index], country=country
        )
