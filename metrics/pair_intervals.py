"""Intervals of a difference and of a ratio of two, as `metrics.intervals` has them, of numbers alone.

To the last bit the same limits: arrays of one number take ten to twenty times as long, and a page asks for hundreds.
"""

from math import inf, nan, sqrt

from scipy.special import betainccinv, betaincinv

from metrics.intervals import Interval, fraction, quantile


def newcombe_of_numbers(
    count1: float, total1: float, count2: float, total2: float, confidence: float = 0.95
) -> Interval[float]:
    """See `intervals.newcombe`."""
    if not (0 <= count1 <= total1 > 0 and 0 <= count2 <= total2 > 0):
        return Interval(nan, nan)
    here, there = count1 / total1, count2 / total2
    (low, high), (low2, high2) = (_score(*of, confidence) for of in ((count1, total1), (count2, total2)))
    below, above = (here - low, high2 - there), (there - low2, high - here)
    return Interval(
        max(here - there - sqrt(below[0] * below[0] + below[1] * below[1]), -1.0),
        min(here - there + sqrt(above[0] * above[0] + above[1] * above[1]), 1.0),
    )


def ratio_of_numbers(
    count1: float, count2: float, per1: float = 1.0, per2: float = 1.0, confidence: float = 0.95
) -> Interval[float]:
    """See `intervals.ratio_interval`."""
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
