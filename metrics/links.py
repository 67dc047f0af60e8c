"""Links from activities to countries, partners, people or goals, stored so that a join is two array look-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
AnyScalar = TypeVar("AnyScalar", bound=np.generic)


def ints(values: Iterable[int]) -> Ints:
    """The values as 64-bit integers; a missing value is an error."""
    found = np.asarray(values)
    if found.dtype.kind == "f" and np.isnan(found).any():
        raise ValueError(f"{np.isnan(found).sum()} of {len(found)} values are missing where none may be")
    return found.astype(np.int64)


def floats(values: Iterable[float] | float) -> Floats:
    """The values (or the one value) as 64-bit floats; a missing value is NaN."""
    return np.asarray(values, dtype=np.float64)


def frozen(array: NDArray[AnyScalar]) -> NDArray[AnyScalar]:
    """The same array, read-only: readers share it and nobody changes it."""
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Links:
    """For each activity (by position) the codes it is linked with, each once: `codes[starts[i]:starts[i + 1]]`."""

    starts: Ints
    codes: Ints

    @classmethod
    def of(cls, activity: Ints, code: Ints, activities: int) -> "Links":
        """Links from pairs in any order; a pair written twice is one link."""
        width = int(code.max(initial=0)) + 1
        pairs = np.unique(activity * width + code)
        starts = np.searchsorted(pairs // width, np.arange(activities + 1))
        return cls(frozen(starts), frozen(pairs % width))

    @property
    def counts(self) -> Ints:
        """How many links each activity has."""
        return np.diff(self.starts)

    def count_of(self, wanted: Bools) -> Ints:
        """How many links of each activity have a code that is wanted (`wanted` is indexed by code)."""
        running = np.concatenate([[0], np.cumsum(wanted[self.codes])])
        return np.diff(running[self.starts])

    def any_of(self, wanted: Bools) -> Bools:
        """Which activities have at least one link whose code is wanted."""
        return self.count_of(wanted) > 0

    def joined(self, activity: Ints) -> tuple[Ints, Ints]:
        """The join of rows with links: for each pair the row's position and the link's code.

        A row without links does not appear.
        """
        counts = self.counts[activity]
        row = np.repeat(np.arange(len(activity)), counts)
        first = np.repeat(self.starts[activity] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        return row, self.codes[first + np.arange(len(row))]
