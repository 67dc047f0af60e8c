"""Intervals: how sure a figure is."""

import numpy as np
from statsmodels.stats.proportion import proportion_confint

from metrics.links import Floats


def wilson(count: Floats, total: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper limits (fractions) of the proportions count / total.

    Wilson's score interval without continuity correction (Wilson 1927, JASA 22:209; Newcombe 1998, Stat Med
    17:857, method 3). NaN where total is 0 or count does not lie between 0 and total.
    """
    proper = (total > 0) & (count >= 0) & (count <= total)
    low, high = np.full(len(count), np.nan), np.full(len(count), np.nan)
    if proper.any():
        low[proper], high[proper] = proportion_confint(
            count[proper], total[proper], alpha=1 - confidence, method="wilson"
        )
    return np.where(count == 0, np.where(proper, 0.0, np.nan), low), np.where(proper & (count == total), 1.0, high)
