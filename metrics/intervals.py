"""Intervals: how sure a figure is, and how sure a difference or a ratio of two.

A confidence is a fraction between 0 and 1; any other is a ValueError.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from scipy.special import betainccinv, betaincinv, gammaincinv, ndtri

from metrics.links import Bools, Floats, Ints, floats

EXACT_BELOW = 10  # events: Byar's approximation is used from here on (UKHSA, PHE Technical Guide, 2018)

Value = TypeVar("Value", float, Floats)


class Interval(NamedTuple, Generic[Value]):
    """Lower and upper limit: two numbers, or two arrays of one shape."""

    low: Value
    high: Value


def fraction(confidence: float) -> float:
    """The confidence; ValueError unless it lies between 0 and 1."""
    if not 0 < confidence < 1:
        meant = confidence / 100 if 1 < confidence < 100 else 0.95
        raise ValueError(f"a confidence of {confidence:g} is not between 0 and 1; write {meant:g}")
    return confidence


def wilson(count: Value, total: Value, confidence: float = 0.95) -> Interval[Value]:
    """Lower and upper limits (fractions) of the proportion count / total.

    Wilson's score interval without continuity correction (Wilson 1927, JASA 22:209; Newcombe 1998, Stat Med
    17:857, method 3). Numbers or arrays. NaN where total is 0 or count does not lie between 0 and total.
    """
    return _of_proportion(_score, count, total, confidence)


def clopper_pearson(count: Value, total: Value, confidence: float = 0.95) -> Interval[Value]:
    """Lower and upper limits (fractions) of the proportion count / total that never cover less than `confidence`.

    The "exact" interval: Beta quantiles (Clopper and Pearson 1934, Biometrika 26:404; Newcombe 1998, method 5).
    Numbers or arrays. NaN where total is 0 or count does not lie between 0 and total.
    """
    return _of_proportion(_exact, count, total, confidence)


def wilson_continuity_corrected(count: Value, total: Value, confidence: float = 0.95) -> Interval[Value]:
    """Wilson's interval with continuity correction (Newcombe 1998, Stat Med 17:857, method 4), as fractions.

    Numbers or arrays of whole numbers. NaN where total is 0, where count does not lie between 0 and total, and where
    either is not a whole number.
    """
    low, high = np.vectorize(_corrected, otypes=[np.float64, np.float64])(count, total, fraction(confidence))
    return _shaped(low, high, count, total)


def exact_poisson(count: Value, confidence: float = 0.95) -> Interval[Value]:
    """Lower and upper limits of the number of events expected, where `count` were seen.

    Quantiles of chi-squared / 2, which are those of a gamma distribution (Garwood 1936, Biometrika 28:437). Numbers or
    arrays. 0 is the lower limit of none seen; NaN for less than none.
    """
    counts = floats(count)
    proper = counts >= 0
    tail = (1 - fraction(confidence)) / 2
    low = floats(gammaincinv(np.where(counts > 0, counts, 1.0), tail))
    high = floats(gammaincinv(np.where(proper, counts, 0.0) + 1, 1 - tail))
    return _kept(proper, np.where(counts == 0, 0.0, low), high, count)


def byar(count: Value, confidence: float = 0.95) -> Interval[Value]:
    """Lower and upper limits of the number of events expected, by Byar's approximation.

    O (1 - 1/9O - z/3√O)³ and (O+1) (1 - 1/9(O+1) + z/3√(O+1))³ (Breslow and Day 1987, vol. II, eq. 2.13; UKHSA).
    Numbers or arrays. 0 is the lower limit of none seen; NaN for less than none.
    """
    counts = floats(count)
    proper = counts >= 0
    seen, more = np.where(counts > 0, counts, 1.0), np.where(proper, counts, 0.0) + 1
    z = quantile(confidence)
    low = np.where(counts == 0, 0.0, seen * np.maximum(1 - 1 / (9 * seen) - z / (3 * np.sqrt(seen)), 0.0) ** 3)
    return _kept(proper, low, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3, count)


def poisson_interval(count: Value, confidence: float = 0.95) -> Interval[Value]:
    """Lower and upper limits of the number of events expected: exact below 10 events, Byar's from 10 on.

    So does the UK Health Security Agency (PHEindicatormethods). Numbers or arrays.
    """
    counts = floats(count)
    few = counts < EXACT_BELOW
    low, high = (np.array(limit) for limit in byar(counts, confidence))
    low[few], high[few] = exact_poisson(counts[few], confidence)
    return _shaped(low, high, count)


def rate_interval(count: Value, per: Value, confidence: float = 0.95, multiplier: float = 1.0) -> Interval[Value]:
    """Lower and upper limits of the rate count / per * multiplier, where `count` are events and `per` is exposure.

    The `poisson_interval` of the count, divided. Numbers or arrays. NaN where `per` is not above 0.
    """
    seen, exposure = poisson_interval(floats(count), confidence), floats(per)
    proper = exposure > 0
    divisor = np.where(proper, exposure, 1.0) / multiplier
    return _kept(proper, seen.low / divisor, seen.high / divisor, count, per)


def stability_interval(
    values: Floats,
    weights: Floats | None = None,
    replicates: int = 1000,
    confidence: float = 0.95,
    seed: int | np.random.Generator = 0,
) -> Interval[float]:
    """The stability interval of the Leiden Ranking of sum(weights * values) / sum(weights): how far it depends on some.

    One value (and weight) is one publication. They are drawn again with replacement, as many as there are, `replicates`
    times; of the sorted results two elements are the limits (`stability_elements`). CWTS Leiden Ranking 2020, and the
    code of its Open Edition. NaN for no publications; ValueError where weights are not as many as values
    and for fewer replicates than 1.
    """
    every = floats(values)
    heavy = np.ones(len(every)) if weights is None else floats(weights)
    if len(heavy) != len(every):
        raise ValueError(f"{len(heavy)} weights for {len(every)} values; each value has one weight")
    if not len(every):
        return Interval(float("nan"), float("nan"))
    alike, times = np.unique(np.column_stack([every, heavy]), axis=0, return_counts=True)
    return _stable(alike[:, 0], alike[:, 1], times, replicates, confidence, seed)


def stability_interval_of_share(
    count: float,
    total: float,
    replicates: int = 1000,
    confidence: float = 0.95,
    seed: int | np.random.Generator = 0,
) -> Interval[float]:
    """The stability interval of the share count / total, where each publication counts 1.

    NaN where total is 0 or count does not lie between 0 and total. ValueError for a part of a publication, of which
    there is no drawing again, and for fewer replicates than 1.
    """
    if any(number % 1 > 0 for number in (count, total)):
        raise ValueError(f"{count:g} of {total:g}: publications are whole; `stability_interval` takes weights")
    if not _proper(floats(count), floats(total)):
        return Interval(float("nan"), float("nan"))
    times = np.array([total - count, count]).astype(np.int64)
    return _stable(np.array([0.0, 1.0]), np.ones(2), times, replicates, confidence, seed)


def stability_elements(replicates: Floats, confidence: float = 0.95) -> Interval[float]:
    """The two elements of sorted replicates that the Leiden Ranking takes for limits: 25 and 975 of 1,000.

    Zero-based floor((1 - c) / 2 * B) and floor((1 - (1 - c) / 2) * B), an asymmetric pair kept for comparability.
    """
    tail = (1 - fraction(confidence)) / 2
    low, high = (int(np.floor(np.round(part * len(replicates), 9))) for part in (tail, 1 - tail))
    return Interval(float(replicates[low]), float(replicates[high]))


def _stable(
    values: Floats, weights: Floats, times: Ints, replicates: int, confidence: float, seed: int | np.random.Generator
) -> Interval[float]:
    """The interval of publications that are alike in groups: how often each group is drawn is a multinomial number."""
    if replicates < 1:
        raise ValueError(f"{replicates} replicates have no interval; 1 is the fewest")
    every = times.sum()
    drawn = np.random.default_rng(seed).multinomial(every, times / every, size=replicates)
    return stability_elements(np.sort(drawn @ (weights * values) / (drawn @ weights)), confidence)


def _corrected(count: float, total: float, confidence: float) -> tuple[float, float]:
    from scipy.stats import binomtest  # a second at each start of the monitor, and this is asked for seldom

    whole = count == np.round(count) and total == np.round(total)
    if not (whole and _proper(floats(count), floats(total))):
        return float("nan"), float("nan")
    return binomtest(int(count), int(total)).proportion_ci(confidence, method="wilsoncc")


def _of_proportion(
    limits: Callable[[Floats, Floats, float], tuple[Floats, Floats]], count: Value, total: Value, confidence: float
) -> Interval[Value]:
    tops, bottoms = np.broadcast_arrays(floats(count), floats(total))
    proper = _proper(tops, bottoms)
    low, high = limits(np.where(proper, tops, 0.0), np.where(proper, bottoms, 1.0), confidence)
    return _kept(proper, np.where(tops == 0, 0.0, low), np.where(tops == bottoms, 1.0, high), count, total)


def _score(count: Floats, total: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Wilson's limits of proper proportions, as `statsmodels` has them: it takes five times as long for a few."""
    z, share = quantile(confidence), count / total
    divisor = 1 + z**2 / total
    middle = (share + z**2 / (2 * total)) / divisor
    half = z * np.sqrt(share * (1.0 - share) / total + z**2 / (4.0 * total**2)) / divisor
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def _exact(count: Floats, total: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Clopper and Pearson's limits of proper proportions; NaN where there is none or all."""
    tail = (1 - fraction(confidence)) / 2
    return floats(betaincinv(count, total - count + 1, tail)), floats(betainccinv(count + 1, total - count, tail))


@lru_cache(maxsize=64)
def quantile(confidence: float) -> float:
    """How many standard deviations from the middle of a normal distribution its middle part of this size ends."""
    return float(-ndtri((1 - fraction(confidence)) / 2))


def _proper(count: Floats, total: Floats) -> Bools:
    return np.asarray((total > 0) & (count >= 0) & (count <= total))


def _kept(proper: Bools, low: Floats, high: Floats, *given: Floats | float) -> Interval[Value]:
    """The limits where the numbers given were proper, NaN elsewhere."""
    return _shaped(np.where(proper, low, np.nan), np.where(proper, high, np.nan), *given)


def _shaped(low: Floats, high: Floats, *given: Floats | float) -> Interval[Value]:
    """Numbers where only numbers were given, arrays where one was an array."""
    if all(np.ndim(one) == 0 for one in given):
        return Interval(float(low), float(high))  # type: ignore[arg-type]  # one type in, the same out
    return Interval(low, high)  # type: ignore[arg-type]
