"""Arrays kept in little space. What is taken of them, or counted with them, has 64 bits, so that nothing overflows."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from threading import Lock
from typing import Any, Generic, TypeVar, cast, overload

import numpy as np
import pandas as pd
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import DTypeLike, NDArray

from metrics.table_arrays import Array

Places = NDArray[np.integer]
Index = slice | Places | NDArray[np.bool_]
AnyScalar = TypeVar("AnyScalar", bound=np.generic)
Wide = TypeVar("Wide", np.int64, np.float64)
NARROW = (np.uint8, np.int8, np.uint16, np.int16, np.int32, np.int64)  # the narrowest first
_SHIFT = 8
BLOCK = 1 << _SHIFT  # elements that share what is said of them once


def frozen(array: NDArray[AnyScalar]) -> NDArray[AnyScalar]:
    """The same array, read-only: readers share it and nobody changes it."""
    array.setflags(write=False)
    return array


def narrowest(values: NDArray[np.integer]) -> NDArray[np.integer]:
    """The same whole numbers in the narrowest type that holds all of them."""
    least, most = int(values.min(initial=0)), int(values.max(initial=0))
    kind = next(one for one in NARROW if np.iinfo(one).min <= least and most <= np.iinfo(one).max)
    return values.astype(kind)


class Small(NDArrayOperatorsMixin, ABC, Generic[Wide]):
    """An array that is taken for one of 64 bits, however it is kept."""

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def _at(self, place: Places) -> NDArray[Wide]: ...

    @property
    @abstractmethod
    def whole(self) -> NDArray[Wide]: ...

    @overload
    def __getitem__(self, index: int | np.integer) -> Wide: ...
    @overload
    def __getitem__(self, index: Index) -> NDArray[Wide]: ...
    def __getitem__(self, index: int | np.integer | Index) -> NDArray[Wide] | Wide:
        if isinstance(index, slice):
            return self._at(np.arange(*index.indices(len(self))))
        if not isinstance(index, np.ndarray):
            return cast("Wide", self._at(np.array([range(len(self))[index]]))[0])
        return self._at(np.flatnonzero(index) if index.dtype == np.bool_ else cast("Places", index))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.whole)

    def tolist(self) -> list[Any]:
        return list(self.whole.tolist())

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> Array:
        return np.asarray(self.whole, dtype)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: object, **named: object) -> object:
        return getattr(ufunc, method)(*(one.whole if isinstance(one, Small) else one for one in inputs), **named)


@dataclass(frozen=True, eq=False)
class Column(Small[np.int64]):
    """Whole numbers."""

    narrow: NDArray[np.integer]

    @classmethod
    def of(cls, values: NDArray[np.integer]) -> "Column":
        return cls(frozen(narrowest(values)))

    def __len__(self) -> int:
        return len(self.narrow)

    def _at(self, place: Places) -> NDArray[np.int64]:
        return self.narrow.take(place).astype(np.int64)

    @property
    def whole(self) -> NDArray[np.int64]:
        return self.narrow.astype(np.int64)


@dataclass(frozen=True, eq=False)
class Steps(Small[np.int64]):
    """Whole numbers that rise: one for each block, and how far from it each is."""

    base: NDArray[np.int64]
    above: NDArray[np.integer]

    @classmethod
    def of(cls, values: NDArray[np.integer]) -> "Steps":
        base = values[::BLOCK].astype(np.int64)
        return cls(frozen(base), frozen(narrowest(values - np.repeat(base, BLOCK)[: len(values)])))

    def __len__(self) -> int:
        return len(self.above)

    def _at(self, place: Places) -> NDArray[np.int64]:
        return np.asarray(self.base.take(place >> _SHIFT) + self.above.take(place))

    @property
    def whole(self) -> NDArray[np.int64]:
        return np.repeat(self.base, BLOCK)[: len(self)] + self.above

    @property
    def sizes(self) -> NDArray[np.int32]:
        """From each to the next."""
        above = self.above.astype(np.int32, copy=False)
        found = above[1:] - above[:-1]
        found[BLOCK - 1 :: BLOCK] += np.diff(self.base).astype(np.int32)
        return found


@dataclass(frozen=True, eq=False)
class Coded(Small[np.float64]):
    """Numbers of which few are different: these, and which of them each is."""

    values: NDArray[np.float64]
    codes: NDArray[np.integer]

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> "Coded":
        codes, different = pd.factorize(values, use_na_sentinel=False)
        return cls(frozen(np.asarray(different, dtype=np.float64)), frozen(narrowest(codes)))

    def __len__(self) -> int:
        return len(self.codes)

    def _at(self, place: Places) -> NDArray[np.float64]:
        return self.values.take(self.codes.take(place))

    @property
    def whole(self) -> NDArray[np.float64]:
        return np.asarray(self.values[self.codes])


@dataclass(frozen=True, eq=False)
class Patches(Small[np.float64]):
    """Numbers most of which are one number: the blocks that hold nothing else are kept as one, the first."""

    begins: NDArray[np.integer]
    values: NDArray[np.float64]
    length: int

    @classmethod
    def of(cls, values: NDArray[np.float64], common: float) -> "Patches":
        blocks = np.full((1 - (-len(values) // BLOCK), BLOCK), common)
        blocks[1:].reshape(-1)[: len(values)] = values
        other = ~((blocks == common) | (np.isnan(blocks) & np.isnan(common))).all(axis=1)
        begins = np.where(other, np.cumsum(other), 0)[1:] * BLOCK
        other[0] = True
        return cls(frozen(begins.astype(np.int64)), frozen(blocks[other].reshape(-1)), len(values))

    def __len__(self) -> int:
        return self.length

    def _at(self, place: Places) -> NDArray[np.float64]:
        return np.asarray(self.values.take(self.begins.take(place >> _SHIFT) + (place & (BLOCK - 1))))

    @property
    def whole(self) -> NDArray[np.float64]:
        return np.asarray(self.values.reshape(-1, BLOCK)[self.begins // BLOCK].reshape(-1)[: self.length])


class Marks:
    """What holds of each of so many things, by name: eight answers to a byte."""

    def __init__(self, things: int) -> None:
        self._things = things
        self._bytes: list[NDArray[np.uint8]] = []
        self._place: dict[str, tuple[int, int]] = {}  # the byte, and in it the bit
        self._adding = Lock()

    def __contains__(self, name: str) -> bool:
        return name in self._place

    def add(self, name: str, holds: NDArray[np.bool_]) -> None:
        """Keep an answer, of all things; the first one of a name stays. Readers see it once it is whole."""
        with self._adding:
            if name in self._place:
                return
            byte, bit = divmod(len(self._place), 8)
            if not bit:
                self._bytes.append(np.zeros(self._things, dtype=np.uint8))
            self._bytes[byte] = frozen(self._bytes[byte] | holds * np.uint8(1 << bit))
            self._place[name] = byte, bit

    def hold(self, names: tuple[str, ...], index: Index | int = slice(None)) -> NDArray[np.bool_]:
        """Of which of some things all that is named holds."""
        asked: dict[int, int] = {}
        for byte, bit in map(self._place.__getitem__, names):
            asked[byte] = asked.get(byte, 0) | 1 << bit
        found = (self._bytes[byte][index] & bits == bits for byte, bits in asked.items())
        return np.asarray(reduce(np.logical_and, found))
