"""Links from activities to countries, partners, people or goals, stored so that a join is two array look-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Narrow = NDArray[np.int32]  # kept in half the space: cast before it is multiplied
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
AnyScalar = TypeVar("AnyScalar", bound=np.generic)
DENSE = 8  # possible values for each that there is, up to which a table of them all is faster than sorting
_HALF = 2**32


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
    """For each activity (by position) the codes it is linked with, each once: `codes[starts[i]:starts[i + 1]]`.

    Kept in 32 bits; what is made of them has 64, so that a position can be multiplied.
    """

    starts: Narrow
    codes: Narrow

    @classmethod
    def of(cls, activity: Ints, code: Ints, activities: int) -> "Links":
        """Links from pairs in any order; a pair written twice is one link."""
        width = int(code.max(initial=0)) + 1
        pairs = distinct(activity * width + code)
        return cls(frozen(starts_of(pairs // width, activities)), frozen((pairs % width).astype(np.int32)))

    @property
    def counts(self) -> Narrow:
        """How many links each activity has."""
        return np.diff(self.starts)

    def count_of(self, wanted: Bools) -> Ints:
        """How many links of each activity have a code that is wanted (`wanted` is indexed by code)."""
        running = np.concatenate([[0], np.cumsum(wanted[self.codes])])
        return np.diff(running[self.starts])

    def any_of(self, wanted: Bools) -> Bools:
        """Which activities have at least one link whose code is wanted."""
        activity, starts = self._by_code
        found = np.zeros(len(self.starts) - 1, dtype=bool)
        for code in np.flatnonzero(wanted[: len(starts) - 1]):
            found[activity[starts[code] : starts[code + 1]]] = True
        return found

    @cached_property
    def _by_code(self) -> tuple[Narrow, Narrow]:
        """The activities of each code, one code after the other, and where each code begins."""
        order = np.argsort(self.codes, kind="stable")
        activity = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), self.counts)[order]
        return frozen(activity), frozen(starts_of(self.codes, int(self.codes.max(initial=-1)) + 1))

    def joined(self, activity: Ints) -> tuple[Ints, Ints]:
        """The join of rows with links: for each pair the row's position and the link's code.

        A row without links does not appear.
        """
        row, place = stretched(self.starts[activity], self.starts[1:][activity])
        return row, self.codes[place].astype(np.int64)


def positions(index: Ints | Bools) -> Ints:
    """Positions, also where a mask says which. To take by them is several times faster than by a mask."""
    return np.flatnonzero(index) if index.dtype == np.bool_ else index.astype(np.int64, copy=False)


def runs(ordered: Ints) -> Ints:
    """Where each value begins in values in order."""
    return np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])


def in_order(values: Ints) -> Ints:
    """The values (none below 0) sorted, in half the time where they fit into 32 bits."""
    return np.sort(values.astype(np.uint32)).astype(np.int64) if values.max(initial=0) < _HALF else np.sort(values)


def distinct(values: Ints) -> Ints:
    """The different values (none below 0), in order. `numpy.unique`, which hashes them, takes ten times as long."""
    if is_dense(values):
        return np.flatnonzero(_seen(values))
    ordered = in_order(values)
    return ordered[runs(ordered)]


def numbered(values: Ints) -> tuple[Ints, Ints]:
    """The different values (none below 0), in order, and for each value which of them it is."""
    if not is_dense(values):
        found = distinct(values)
        return found, np.searchsorted(found, values)
    seen = _seen(values)
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[values]


def times(values: Ints) -> tuple[Ints, Ints]:
    """The different values (none below 0), in order, and how often each comes."""
    if is_dense(values):
        often = np.bincount(values)
        found = np.flatnonzero(often)
        return found, often[found]
    ordered = in_order(values)
    first = runs(ordered)
    return ordered[first], np.diff(np.append(first, len(ordered)))


def is_dense(values: Ints) -> bool:
    """Whether a table of all that could come is faster than sorting what does."""
    return int(values.max(initial=-1)) < DENSE * len(values)


def _seen(values: Ints) -> Bools:
    seen = np.zeros(int(values.max(initial=-1)) + 1, dtype=bool)
    seen[values] = True
    return seen


def starts_of(group: NDArray[np.integer], groups: int) -> Narrow:
    """Where each group of members begins once these are in order, and where the last one ends."""
    sizes = np.bincount(group, minlength=groups)
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)


def stretched(first: NDArray[np.integer], end: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Every number from `first` to before `end` of each row, and the row that it is of."""
    sizes = (end - first).astype(np.int64)
    row = np.repeat(np.arange(len(sizes)), sizes)
    return row, np.arange(len(row)) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
