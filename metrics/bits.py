"""Sets of departments as bits of whole numbers: what an activity, a person or a partner has to do with is one number.

What comes up several times is put together by `or`, so that a thing is looked at once for all departments, however
many it counts in. A set of up to 64 members is one number (a word), a larger one several: arrays are things x words.
"""

import numpy as np
from numpy.typing import NDArray

from metrics.links import Bools, Floats, Ints, distinct, in_order, is_dense, runs

Words = NDArray[np.uint64]
_WORD, _BYTE = 64, 256
CELLS = _BYTE  # counters that counting takes for each place, so that fewer things are counted faster otherwise
_SET = np.array([[value >> bit & 1 for bit in range(8)] for value in range(_BYTE)], dtype=np.float64)


def words_of(thing: Ints, member: Ints, things: int, members: int) -> Words:
    """The sets of so many things, each given as pairs of a thing and a member."""
    words = np.zeros((things, -(-members // _WORD)), dtype=np.uint64)
    np.bitwise_or.at(words, (thing, member // _WORD), np.uint64(1) << (member % _WORD).astype(np.uint64))
    return words


def together(thing: Ints, group: Ints, sets: Words) -> tuple[Ints, Words]:
    """The different things in order, and of each the union of the sets of its groups (positions in `sets`).

    Where they are many of those that could be, each is found in a table of all; few are put in order first.
    """
    if is_dense(thing):
        return _of_all(thing, group, sets)
    wide = len(sets).bit_length()
    ordered = in_order(thing << wide | group)
    things, group = ordered >> wide, ordered & ((1 << wide) - 1)
    first = runs(things)
    if not len(first):
        return things, sets[:0]
    return things[first], np.bitwise_or.reduceat(sets[group], first, axis=0)


def _of_all(thing: Ints, group: Ints, sets: Words) -> tuple[Ints, Words]:
    words = np.zeros((int(thing.max(initial=-1)) + 1, sets.shape[1]), dtype=np.uint64)
    for word, of_group in zip(words.T, sets.T, strict=True):
        np.bitwise_or.at(word, thing, of_group[group])
    things = distinct(thing)
    return things, words[things]


def has(words: Words, member: Ints) -> Bools:
    """Whether each set has a member: one set and one member a row."""
    word = words[np.arange(len(member)), member // _WORD]
    return np.asarray(word >> (member % _WORD).astype(np.uint64) & np.uint64(1), dtype=bool)


def counted(words: Words, place: Ints, places: int, members: int) -> Floats:
    """How many of the sets in each place have each member (places x members)."""
    if not members:
        return np.zeros((places, 0))
    parts = words.astype("<u8").view(np.uint8).reshape(len(words), 8 * words.shape[1])
    lanes = (np.bincount(place * _BYTE + part, minlength=places * _BYTE) for part in parts.T[: -(-members // 8)])
    return np.concatenate([lane.reshape(places, _BYTE) @ _SET for lane in lanes], axis=1)[:, :members]
