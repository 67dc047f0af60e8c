"""Intervals of a difference and of a ratio of two numbers.

Of numbers alone: arrays of one take ten to twenty times as long, and a page asks for hundreds.
"""

from math import inf, nan, sqrt

from scipy.special import betainccinv, betaincinv

from metrics.intervals import Interval, fraction, quantile


def newcombe(count1: float, total1: float, count2: float, total2: float, confidence: float = 0.95) -> Interval[float]:
    """Lower and upper limits of the difference count1 / total1 - count2 / total2 of two independent proportions.

    Newcombe's hybrid score interval (1998, Stat Med 17:873, method 10), between -1 and 1. NaN where one of the two has
    no Wilson interval.
    """
    if not (0 <= count1 <= total1 > 0 and 0 <= count2 <= total2 > 0):
        return Interval(nan, nan)
    here, there = count1 / total1, count2 / total2
    (low, high), (low2, high2) = (_score(*of, confidence) for of in ((count1, total1), (count2, total2)))
    below, above = (here - low, high2 - there), (there - low2, high - here)
    return Interval(
        max(here - there - sqrt(below[0] * below[0] + below[1] * below[1]), -1.0),
        min(here - there + sqrt(above[0] * above[0] + above[1] * above[1]), 1.0),
    )


def ratio_interval(
    count1: float, count2: float, per1: float = 1.0, per2: float = 1.0, confidence: float = 0.95
) -> Interval[float]:
    """Lower and upper limits of the ratio (count1 / per1) / (count2 / per2) of two independent Poisson rates.

    Exact, conditional on the sum of both counts: the odds of Clopper and Pearson's limits for count1 of it
    (Przyborowski and Wilenski 1940, Biometrika 31:313). Infinite above where count2 is 0; 0 to infinity where both
    are; NaN for negative counts and where there is no exposure.
    """
    if not (count1 >= 0 and count2 >= 0 and per1 > 0 and per2 > 0):
        return Interval(nan, nan)
    if count1 == count2 == 0:
        return Interval(0.0, inf)
    total, tail, exposure = count1 + count2, (1 - fraction(confidence)) / 2, per2 / per1
    low = 0.0 if count1 == 0 else float(betaincinv(count1, total - count1 + 1, tail))
    high = 1.0 if count1 == total else float(betainccinv(count1 + 1, total - count1, tail))
    return Interval(*(exposure * limit / (1 - limit) if limit < 1 else inf for limit in (low, high)))


def _score(count: float, total: float, confidence: float) -> tuple[float, float]:
    """Wilson's limits of a proper proportion."""
    z, share = quantile(confidence), count / total
    divisor = 1 + z**2 / total
    middle = (share + z**2 / (2 * total)) / divisor
    half = z * sqrt(share * (1.0 - share) / total + z**2 / (4.0 * (total * total))) / divisor
    return max(middle - half, 0.0), min(middle + half, 1.0)
