"""How the departments lie on a protected indicator, to who may not read their records: three rounded values at most."""

import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from metrics.disclosure.policy import protection
from metrics.disclosure.rounding import BASE, LEAST_DENOMINATOR, hesa_round
from metrics.disclosure.suppression import primary_suppression
from metrics.indicator import Indicator
from metrics.links import Bools, Floats
from metrics.spread import Spread, quartiles

FEWEST_OTHERS = (
    7  # departments that can be shown and are not the reader's: most of them stand for none of the quartiles
)
FEWEST_LISTED = 3  # the same of public facts: of one or two, everybody would know whose the value is
SHARE = 0.01


def peers_seen(figures: pd.DataFrame, indicator: Indicator, entitled: Callable[[str], bool]) -> Spread:
    """How departments lie, of figures one row a department, to a reader `entitled` to the records of some.

    Of public facts all values are listed without names, if at least three of them are others'. Of persons only the
    quartiles of the departments with enough people are told, to the whole per cent or the nearest five persons: a list
    of values with all their digits would tell how many of how many each is, and with the university's figures what the
    withheld ones come to. Of indices of persons nothing is told.
    """
    known = figures.dropna(subset=["value"])
    own = np.array([entitled(str(code)) for code in known["department"]], dtype=bool)
    kind, values = protection(indicator), known["value"].to_numpy(dtype=np.float64)
    if 0 < (~own).sum() < FEWEST_LISTED:
        return Spread(ordered=(), unlisted=0)
    if kind in ("public", "mixed") or own.all():
        return Spread.of_values(values.tolist())
    large = _large(known, indicator)
    told = kind == "persons" and int((large & ~own).sum()) >= FEWEST_OTHERS
    ordered = np.sort(values[large]).tolist() if told else []
    step = SHARE if indicator.denominator is not None else BASE
    rounded = tuple(math.copysign(hesa_round(abs(one) / step * BASE) / BASE * step, one) for one in quartiles(ordered))
    return Spread(ordered=(), quartiles=rounded, unlisted=len(ordered))


def _large(figures: pd.DataFrame, indicator: Indicator) -> Bools:
    """Which departments are of enough people: above, below and between the lines."""
    top, bottom = (figures[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator"))
    few: Bools = primary_suppression(top) | primary_suppression(bottom)
    if indicator.is_proportion:
        between: Floats = bottom - top
        few = few | primary_suppression(between)
    return ~few & ~(bottom < LEAST_DENOMINATOR)
