"""Draws that come out the same on every machine: whole numbers, comparisons and divisions, no logarithm."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Chance:
    """A stream of draws from one seed, one stream a part of the data, so that a change of one leaves the others be.

    Weights are whole numbers, so that no rounding differs between machines.
    """

    def __init__(self, seed: int, part: str) -> None:
        self._generator = np.random.Generator(np.random.PCG64([seed, *part.encode()]))

    def pick(self, weights: Sequence[int] | Whole, size: int) -> Whole:
        """`size` positions, each drawn in proportion to its weight."""
        edges = np.cumsum(np.asarray(weights, dtype=np.int64))
        draws = self._generator.integers(0, int(edges[-1]), size)
        return np.searchsorted(edges, draws, side="right").astype(np.int64)

    def pick_by(self, tables: Whole, rows: Whole) -> Whole:
        """For each entry of `rows`, one position drawn from that row of the table of weights."""
        picked = np.zeros(len(rows), dtype=np.int64)
        for row in np.unique(rows):
            here = rows == row
            picked[here] = self.pick(tables[row], int(here.sum()))
        return picked

    def chosen(self, count: int, weights: Whole) -> Flags:
        """Exactly `count` of the entries, the heavier the likelier; an entry of weight 0 comes last."""
        keys = self._generator.random(len(weights)) / np.maximum(weights, 1e-9)
        flags = np.zeros(len(weights), dtype=bool)
        flags[np.argsort(keys, kind="stable")[:count]] = True
        return flags

    def happens(self, per_mille: int | Whole, size: int) -> Flags:
        """True for about this many of a thousand."""
        return np.asarray(self._generator.integers(0, 1000, size) < per_mille)

    def between(self, lowest: int | Whole, highest: int | Whole, size: int) -> Whole:
        """Whole numbers from lowest to highest, both included."""
        return self._generator.integers(lowest, np.asarray(highest) + 1, size)

    def front(self, lengths: Whole) -> Whole:
        """One position below each length, the front likelier than the back: some people do much, many little."""
        share = self._generator.random(len(lengths))
        return np.minimum((share * share * lengths).astype(np.int64), np.maximum(lengths - 1, 0))

    def long_tail(self, size: int) -> Whole:
        """Sizes around 1,000 with a long tail upwards, as contracts have them."""
        low, high = self._generator.random(size), self._generator.random(size)
        return ((150 + 700 * low) / (0.08 + high)).astype(np.int64)


def spread(total: int, weights: Whole, most: Whole | None = None) -> Whole:
    """Shares of a total as whole numbers that add up to it (largest remainders), none above its `most`."""
    weights = weights.astype(np.int64)
    shares = np.zeros(len(weights), dtype=np.int64)
    if total == 0:
        return shares
    room = np.full(len(weights), total, dtype=np.int64) if most is None else most.astype(np.int64)
    most_of_all = int(room[weights > 0].sum())
    if most_of_all < total:
        raise ValueError(f"a total of {total} does not fit below the limits, which add up to {most_of_all}")
    while (left := total - int(shares.sum())) > 0:
        open_weights = np.where(shares < room, weights, 0)
        exact = left * open_weights
        part = exact // int(open_weights.sum())
        order = np.argsort(-(exact % int(open_weights.sum())), kind="stable")
        part[order[: left - int(part.sum())]] += 1
        shares = np.minimum(shares + part, room)
    return shares
