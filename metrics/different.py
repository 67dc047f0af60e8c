"""Different things a cell: persons, partners or countries of activities, each once in every unit it has to do with.

The units of a combination of departments are bits of a number. What comes up several times in one place is put
together by `or`, so that a thing is looked at once for all units, however many it counts in.
"""

import numpy as np
from numpy.typing import NDArray

from metrics.links import Floats, Ints, runs
from metrics.rows import Shown

BYTE = 256
SET = np.array([[value >> bit & 1 for bit in range(8)] for value in range(BYTE)], dtype=np.float64)


def different(place: Ints, places: int, code: Ints, combination: Ints, shown: Shown) -> Floats:
    """How many different codes there are in each place and slot (places x slots): one position is one link."""
    wide = len(shown.starts).bit_length()
    ordered = np.sort((code * places + place) << wide | combination)
    thing = ordered >> wide
    first = runs(thing)
    where, of = thing[first] % places, ordered & ((1 << wide) - 1)
    found = [_by_bit(np.bitwise_or.reduceat(word[of], first), where, places) for word in shown.bits]
    return np.concatenate(found, axis=1)[:, : shown.slots]


def _by_bit(word: NDArray[np.uint64], where: Ints, places: int) -> Floats:
    """How many of the numbers of each place have each bit (places x 64)."""
    parts = word.astype("<u8").view(np.uint8).reshape(-1, 8)
    counts = (np.bincount(where * BYTE + part, minlength=places * BYTE).reshape(places, BYTE) for part in parts.T)
    return np.concatenate([count @ SET for count in counts], axis=1)
