"""Links from activities to countries, partners, people or goals, stored so that a join is two array look-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from metrics.small import Column, Steps
from metrics.small import frozen as frozen

Ints = NDArray[np.int64]
Narrow = NDArray[np.int32]  # kept in half the space: cast before it is multiplied
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
DENSE = 8  # possible values for each that there is, up to which a table of them all is faster than sorting
KEPT = 4  # answers
FEW = 2  # part of the links: to look up more of them by their code takes longer than to go through all
AT_ONCE = 2**18  # rows whose links are looked up together
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


@dataclass(frozen=True, eq=False)
class Links:
    """For each activity (by position) the codes it is linked with, each once: `codes[starts[i]:starts[i + 1]]`."""

    starts: Steps
    codes: Column

    @classmethod
    def of(cls, activity: Ints, code: Ints, activities: int) -> "Links":
        """Links from pairs in any order; a pair written twice is one link."""
        width = int(code.max(initial=0)) + 1
        pairs = distinct(activity * width + code)
        return cls(Steps.of(starts_of(pairs // width, activities)), Column.of(pairs % width))

    @property
    def counts(self) -> Narrow:
        """How many links each activity has."""
        return self.starts.sizes

    def count_of(self, wanted: Bools) -> Ints:
        """How many links of each activity have a code that is wanted (`wanted` is indexed by code)."""
        return np.diff(self._before(wanted))

    def any_of(self, wanted: Bools) -> Bools:
        """Which activities have at least one link whose code is wanted; the last few answers are kept."""
        asked = wanted.tobytes()
        found = self._answers.get(asked)
        if found is None:
            found = frozen(self._any_of(wanted))
            if len(self._answers) >= KEPT:
                self._answers.clear()
            self._answers[asked] = found
        return found

    @cached_property
    def _answers(self) -> dict[bytes, Bools]:
        return {}

    def _any_of(self, wanted: Bools) -> Bools:
        codes = np.flatnonzero(wanted[: len(self.often)])
        if FEW * int(self.often[codes].sum()) > len(self.codes):
            before = self._before(wanted)
            return np.asarray(before[1:] > before[:-1])
        activity, starts = self._by_code
        found = np.zeros(len(self.starts) - 1, dtype=bool)
        for code in codes:
            found[activity[starts[code] : starts[code + 1]]] = True
        return found

    def _before(self, wanted: Bools) -> Ints:
        """How many links with a code that is wanted stand before those of each activity, and how many there are."""
        running = np.zeros(len(self.codes) + 1, dtype=np.int64)
        np.cumsum(wanted[self.codes.narrow], out=running[1:])
        return running[self.starts.whole]

    @property
    def pairs(self) -> tuple[Ints, Ints]:
        """All links: the activity of each, and its code."""
        return np.repeat(np.arange(len(self.starts) - 1), self.counts), self.codes.whole

    @cached_property
    def often(self) -> Ints:
        """How many links each code has, up to the last one that has any."""
        return frozen(np.bincount(self.codes.narrow))

    @cached_property
    def _by_code(self) -> tuple[Narrow, Ints]:
        """The activities of each code, one code after the other, and where each code begins."""
        order = np.argsort(self.codes.narrow, kind="stable")
        activity = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), self.counts)[order]
        return frozen(activity), frozen(starts_of(self.codes.narrow, len(self.often)))

    def joined(self, activity: Ints) -> tuple[Ints, Ints]:
        """The join of rows with links: for each pair the row's position and the link's code.

        A row without links does not appear. Of very many rows some at a time, for which a processor's cache has room.
        """
        if len(activity) <= AT_ONCE:
            row, place = stretched(self.starts[activity], self.starts[activity + 1])
            return row, self.codes[place]
        begins = range(0, len(activity), AT_ONCE)
        rows, codes = zip(*(self.joined(activity[begin : begin + AT_ONCE]) for begin in begins), strict=True)
        return np.concatenate([row + begin for row, begin in zip(rows, begins, strict=True)]), np.concatenate(codes)


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


def starts_of(group: NDArray[np.integer], groups: int) -> Ints:
    """Where each group of members begins once these are in order, and where the last one ends."""
    sizes = np.bincount(group, minlength=groups)
    return np.append(0, np.cumsum(sizes))


def stretched(first: NDArray[np.integer], end: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Every number from `first` to before `end` of each row, and the row that it is of."""
    sizes = (end - first).astype(np.int64, copy=False)
    row = np.repeat(np.arange(len(sizes)), sizes)
    place = (first - np.cumsum(sizes) + sizes).take(row)  # to repeat what lies in order takes twice as long
    place += np.arange(len(row))
    return row, place
