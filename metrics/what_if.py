"""What if: where a goal lands at another pace, or with another mix of people at unchanged rates."""

from math import ceil, isnan, nan

import numpy as np

from metrics.links import Floats, floats
from metrics.projection import LATEST


def landing_at_pace(fiscal_year: int, value: float, pace: float, aim: float, *, upward: bool = True) -> int | None:
    """The first fiscal year in which a straight line from `value` at `pace` a year meets the aim; None for never.

    Never is later than FY2100. A value that meets the aim already lands in its own year.
    """
    missing = (aim - value) if upward else (value - aim)
    if missing <= 0:
        return fiscal_year
    towards = pace if upward else -pace
    if towards <= 0:
        return None
    year = fiscal_year + ceil(missing / towards - 1e-9)
    return year if year <= LATEST else None


def rate_with_mix(numerators: Floats, denominators: Floats, factors: Floats) -> float:
    """The rate of the whole when each group is `factors` times as large and keeps its own rate.

    sum f n / sum f d, over the groups (n of d). NaN where nobody is left. Direct standardisation to the changed mix.
    """
    if not np.all(np.asarray(factors) >= 0):
        raise ValueError(f"a group cannot be {min(factors)} times as large; factors are 0 or more")
    top, bottom = float(np.dot(numerators, factors)), float(np.dot(denominators, factors))
    return top / bottom if bottom > 0 else nan


def factor_needed(numerators: Floats, denominators: Floats, group: int, aim: float) -> float:
    """How many times as large one group must be for the whole to reach the rate `aim`, all rates unchanged.

    (aim D - N) / (n - aim d), N of D being the other groups. NaN where no size of the group reaches it: its own rate
    does not lie beyond the aim.
    """
    top, bottom = floats(numerators), floats(denominators)
    others = float(top.sum() - top[group]), float(bottom.sum() - bottom[group])
    moves = float(top[group] - aim * bottom[group])
    missing = aim * others[1] - others[0]
    factor = missing / moves if moves else nan
    return factor if not isnan(factor) and factor >= 0 else nan
