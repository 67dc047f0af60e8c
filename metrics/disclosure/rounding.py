"""HESA's standard rounding: counts of persons to the nearest five, percentages and averages of few not given.

Source: HESA, Rounding and suppression to anonymise statistics (Standard Rounding Methodology): (1) all numbers to the
nearest multiple of 5, (2) anything below 2.5 becomes 0, (3) halves go up, (4) percentages of fewer than 22.5
individuals and (5) averages of 7 or fewer are suppressed, (6) for headcounts and full-time equivalents alike, (7)
financial data are not rounded. Totals are rounded after they are worked out, so rows need not add up.
"""

from typing import overload

import numpy as np

from metrics.links import Floats

BASE = 5
LEAST_DENOMINATOR = 22.5  # individuals, fewer than which a percentage is not given
MOST_NOT_AVERAGED = 7  # individuals, up to which an average is not given


@overload
def hesa_round(count: float) -> float: ...


@overload
def hesa_round(count: Floats) -> Floats: ...


def hesa_round(count: float | Floats) -> float | Floats:
    """A count of persons (or an array of them) to the nearest multiple of 5, halves up: 2.4 -> 0, 2.5 -> 5, 12.5 -> 15.

    NaN stays NaN. ValueError for a negative count. Python's own `round` takes halves to the even neighbour.
    """
    counts = np.asarray(count, dtype=np.float64)
    if (counts < 0).any():
        raise ValueError(f"a count of persons is not negative: {float(np.nanmin(counts))}")
    rounded = np.floor(counts / BASE + 0.5) * BASE
    return rounded if isinstance(count, np.ndarray) else float(rounded)


def hesa_share(numerator: float, denominator: float) -> float:
    """numerator / denominator, from counts as they are, not rounded; NaN (suppressed) of fewer than 22.5."""
    return numerator / denominator if denominator >= LEAST_DENOMINATOR else float("nan")


def hesa_mean(total: float, individuals: float) -> float:
    """total / individuals, NaN (suppressed) of 7 or fewer individuals."""
    return total / individuals if individuals > MOST_NOT_AVERAGED else float("nan")
