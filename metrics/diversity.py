"""Diversity and concentration: how many kinds there effectively are, how evenly things are spread, who holds how much.

Functions of counts take one number a kind (persons by country, papers by partner): whole or not, never negative. Kinds
of nothing change no diversity; they do change Gini and Lorenz, where everyone who could hold something has to be there.
Logarithms are natural. What is not computable (no counts at all, one kind where evenness is asked) is NaN.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp, xlogy

from metrics.distance import EARTH_RADIUS, great_circle
from metrics.links import Floats, floats

NEAR_ONE = 1e-8  # orders this close to 1 are order 1: the general formula divides by what is left
SAME_SUBREGION, SAME_REGION, ELSEWHERE = 1 / 3, 2 / 3, 1.0


class Lorenz(NamedTuple):
    """A Lorenz curve, from (0, 0) to (1, 1): the `holders` with the least hold `held` of the whole (both fractions)."""

    holders: Floats
    held: Floats


def hill_numbers(counts: ArrayLike, order: float) -> Floats:
    """The Hill number of each row of counts (cells x kinds); NaN for a row of nothing. See `hill_number`."""
    n = np.atleast_2d(_numbers(counts))
    if math.isnan(order) or order < 0:
        raise ValueError(f"the order of a Hill number is {order}; it has to be 0 or more (infinity included)")
    there = n.sum(axis=1) > 0
    found = np.full(len(n), np.nan)
    found[there] = _effective(n[there] / n[there].sum(axis=1, keepdims=True), order)
    return found


def hill_number(counts: ArrayLike, order: float) -> float:
    """The effective number of kinds: as many kinds of equal size would be as diverse. NaN without any counts.

    (sum p^q)^(1 / (1 - q)) for order q (Hill 1973, Ecology 54:427; Jost 2006, Oikos 113:363): q = 0 is the number of
    kinds, 1 is exp(Shannon), 2 is 1 / sum p^2, infinity is 1 / max p. The higher the order, the less rare kinds count.
    """
    return float(hill_numbers(_vector(counts), order)[0])


def renyi(counts: ArrayLike, order: float) -> float:
    """Rényi's entropy, ln of the Hill number of the same order (Rényi 1961)."""
    return math.log(hill_number(counts, order))


def shannon(counts: ArrayLike) -> float:
    """Shannon's index -sum p ln p, in nats (Shannon 1948); NaN without any counts."""
    return renyi(counts, 1)


def pielou(counts: ArrayLike) -> float:
    """Pielou's evenness H / ln S, 0 to 1 (Pielou 1966); NaN for fewer than two kinds, where 0 would be divided by 0."""
    kinds = hill_number(counts, 0)
    return shannon(counts) / math.log(kinds) if kinds > 1 else math.nan


def evenness(counts: ArrayLike, order: float = 1) -> float:
    """The Hill number as a share of the number of kinds (Hill 1973, E q:0): 1 where all kinds are of equal size."""
    return hill_number(counts, order) / hill_number(counts, 0)


def herfindahl(counts: ArrayLike) -> float:
    """The Herfindahl-Hirschman index sum p^2, 1 / S to 1 (Herfindahl 1950): the chance that two draws are of a kind."""
    return 1 / hill_number(counts, 2)


def gini_simpson(counts: ArrayLike) -> float:
    """1 - sum p^2 (Simpson 1949): the chance that two draws, with replacement, are of different kinds."""
    return 1 - herfindahl(counts)


def simpson_unbiased(counts: ArrayLike) -> float:
    """Simpson's dominance sum n(n - 1) / N(N - 1) of whole counts, drawn without replacement (Simpson 1949).

    NaN for fewer than two things.
    """
    n = _vector(counts)
    total = float(n.sum())
    return float((n * (n - 1)).sum()) / (total * (total - 1)) if total > 1 else math.nan


def rosenbluth(counts: ArrayLike) -> float:
    """Rosenbluth's (Hall and Tideman's) index 1 / (2 sum i s_i - 1), the largest share has rank i = 1.

    Hall & Tideman 1967, JASA 62:162; equal to 1 / (n (1 - Gini)). NaN without any counts.
    """
    n = np.sort(_vector(counts))[::-1]
    if not n.sum() > 0:
        return math.nan
    return float(1 / (2 * (np.arange(1, len(n) + 1) * n).sum() / n.sum() - 1))


def gini(values: ArrayLike, *, nothing: int = 0, corrected: bool = False) -> float:
    """Gini's coefficient of what each of n holds, those who hold nothing included: 0 where all hold the same.

    2 sum i x_(i) / (n sum x) - (n + 1) / n over ascending x (Gini 1912; Dixon et al. 1987, Ecology 68:1548), at most
    (n - 1) / n; `corrected` by n / (n - 1) it reaches 1. `nothing`: how many hold nothing beside those listed. NaN
    where nobody holds anything, corrected also for n = 1.
    """
    x = np.sort(_vector(values))
    n, total = len(x) + nothing, float(x.sum())
    if total == 0 or (corrected and n == 1):
        return math.nan
    found = 2 * float((np.arange(nothing + 1, n + 1) * x).sum()) / (n * total) - (n + 1) / n
    return found * n / (n - 1) if corrected else found


def lorenz(values: ArrayLike, *, nothing: int = 0) -> Lorenz:
    """The Lorenz curve of what each of n holds (Lorenz 1905), a point for each; ValueError where nobody holds anything.

    `nothing` more hold nothing: one straight line, whose end is the one point of them all.
    """
    x = np.sort(_vector(values))
    if not x.sum() > 0:
        raise ValueError(f"{len(x)} values add up to 0: a Lorenz curve needs something that is held")
    holders = np.linspace(nothing / (len(x) + nothing), 1, len(x) + 1)
    held = np.concatenate([[0.0], np.cumsum(x) / x.sum()])
    return Lorenz(np.insert(holders, 0, 0.0), np.insert(held, 0, 0.0)) if nothing else Lorenz(holders, held)


def top_share(values: ArrayLike, part: float = 0.1) -> float:
    """What the `part` of the holders with the most hold of the whole (a fraction); NaN where nobody holds anything.

    1 - L(1 - part) on the Lorenz curve: of the holder at the border, the part of it that lies inside.
    """
    if not 0 < part <= 1:
        raise ValueError(f"the part of the holders is {part}; it has to lie above 0 and not above 1")
    x = _vector(values)
    if not x.sum() > 0:
        return math.nan
    curve = lorenz(x)
    return float(1 - np.interp(1 - part, curve.holders, curve.held))


def rao_stirling(
    p: ArrayLike, distance: ArrayLike, *, alpha: float = 1, beta: float = 1, ordered: bool = True
) -> float:
    """Rao-Stirling diversity: sum over pairs i != j of d_ij^alpha (p_i p_j)^beta; NaN without any counts.

    `p` are shares, or counts that are made shares; `distance` is kinds x kinds, symmetric, not negative. Over `ordered`
    pairs each counts twice; over i < j the value is half of that. With alpha = beta = 1, Rao's quadratic entropy (Rao
    1982, Theor Popul Biol 21:24; Stirling 2007, J R Soc Interface 4:707).
    """
    n = _vector(p)
    d = _distances(distance, len(n))
    if not n.sum() > 0:
        return math.nan
    there = n > 0
    s = n[there] / n.sum()
    terms = d[np.ix_(there, there)] ** alpha * np.outer(s, s) ** beta
    np.fill_diagonal(terms, 0.0)
    return float(terms.sum()) / (1 if ordered else 2)


def true_diversity(p: ArrayLike, distance: ArrayLike) -> float:
    """The effective number of kinds that differ entirely: 1 / (1 - Rao-Stirling over ordered pairs).

    Zhang, Rousseau & Glänzel 2016, JASIST 67:1257 (2DS); Leinster & Cobbold 2012, order 2. Distances lie between 0
    and 1; where all are 1 it is the Hill number of order 2.
    """
    d = np.asarray(distance, dtype=np.float64)
    if d.size and d.max() > 1:
        raise ValueError(f"a distance is {d.max():g}; true diversity needs distances between 0 and 1")
    return 1 / (1 - rao_stirling(p, d))


def distance_by_region(regions: Sequence[str], subregions: Sequence[str]) -> Floats:
    """How far countries lie apart in the tree of UN M49, countries x countries: our choice of a distance.

    0 for a country and itself, 1/3 in the same sub-region, 2/3 in the same region, else 1; where no region is known, 1.
    """
    region, subregion = np.asarray(regions, dtype=str), np.asarray(subregions, dtype=str)
    if len(region) != len(subregion):
        raise ValueError(f"{len(region)} regions but {len(subregion)} sub-regions; each country needs both")
    near = (subregion[:, None] == subregion) & (subregion != "")
    in_region = (region[:, None] == region) & (region != "")
    d = np.where(in_region, np.where(near, SAME_SUBREGION, SAME_REGION), ELSEWHERE)
    np.fill_diagonal(d, 0.0)
    return d


def distance_by_great_circle(latitudes: ArrayLike, longitudes: ArrayLike) -> Floats:
    """How far places lie apart as a fraction of half the earth's girth (20,015 km), places x places: 0 to 1."""
    latitude, longitude = (np.asarray(one, dtype=np.float64) for one in (latitudes, longitudes))
    if latitude.shape != longitude.shape or latitude.ndim != 1:
        raise ValueError(f"{latitude.size} latitudes and {longitude.size} longitudes: each place needs both")
    apart = great_circle(latitude[:, None], longitude[:, None], latitude, longitude)
    return floats(np.clip(apart / (math.pi * EARTH_RADIUS), 0, 1))


def _numbers(values: ArrayLike) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    wrong = found[~(np.isfinite(found) & (found >= 0))]
    if wrong.size:
        raise ValueError(f"{wrong[0]:g} is no count: counts are finite and 0 or more; missing ones are left out")
    return found


def _vector(values: ArrayLike) -> Floats:
    found = _numbers(values)
    if found.ndim != 1:
        raise ValueError(f"counts of {found.ndim} dimensions; one list is asked for, one number a kind or holder")
    return found


def _effective(p: Floats, order: float) -> Floats:
    if order == 0:
        return floats(np.count_nonzero(p, axis=1))
    if math.isinf(order):
        return floats(1 / p.max(axis=1, initial=0.0))
    if abs(order - 1) < NEAR_ONE:
        return floats(np.exp(-xlogy(p, p).sum(axis=1)))
    with np.errstate(divide="ignore"):
        logarithms = order * np.log(p)  # high powers of shares are smaller than a float can be
    return floats(np.exp(logsumexp(logarithms, axis=1, b=(p > 0)) / (1 - order)))


def _distances(distance: ArrayLike, kinds: int) -> Floats:
    d = np.asarray(distance, dtype=np.float64)
    if d.shape != (kinds, kinds):
        raise ValueError(f"distances of shape {d.shape} beside {kinds} kinds; they have to be {kinds} x {kinds}")
    if not (np.isfinite(d).all() and (d >= 0).all() and np.allclose(d, d.T)):
        raise ValueError("distances have to be finite, 0 or more, and the same in both directions")
    return d
