"""Why a figure moved: its change between two times as a sum of effects that leaves nothing over.

Arguments are plain numbers, sequences or arrays; position i is group i at both times. Effects have the unit of the
figure. A group that is there at one time only has no rate at the other (NaN, its weight 0): its rate is then taken as
unchanged, so that its coming or going is all composition.
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb, fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from metrics.links import Floats

Rate = Callable[..., float]
SAME_SUM = 1e-9  # weights whose sums differ by no more add up to the same


class Kitagawa(NamedTuple):
    """The two parts of a change: per group, and added up."""

    composition: Floats  # from groups that grew or shrank
    rate: Floats  # from rates that changed within the groups
    composition_effect: float
    rate_effect: float
    total: float


class KitagawaThreePart(NamedTuple):
    """The same with the part that both changes make together, at the weights and rates before."""

    composition: Floats
    rate: Floats
    interaction: Floats
    composition_effect: float
    rate_effect: float
    interaction_effect: float
    total: float


class CountedKitagawa(NamedTuple):
    """The same from counts, with the groups whose count has no base at one of the two times set apart."""

    composition: Floats
    rate: Floats
    apart: Floats
    composition_effect: float
    rate_effect: float
    apart_effect: float
    total: float


class DasGupta(NamedTuple):
    """One position is one factor: its effect, and the rates of both times if only this factor had differed."""

    effects: Floats
    standardised_before: Floats
    standardised_after: Floats
    total: float


class Lmdi(NamedTuple):
    """Factors x groups, and added up over the groups."""

    effects: Floats
    factor_effects: Floats
    total: float


class ShiftShare(NamedTuple):
    """The three parts of a growth: per group, and added up."""

    national: Floats  # at the growth of the whole reference
    mix: Floats  # from groups that grow faster or slower in the reference
    competitive: Floats  # from growing otherwise than the same groups of the reference
    national_effect: float
    mix_effect: float
    competitive_effect: float
    total: float


def kitagawa(
    weights_before: ArrayLike,
    rates_before: ArrayLike,
    weights_after: ArrayLike,
    rates_after: ArrayLike,
    *,
    about: float = 0.0,
) -> Kitagawa:
    """The change of sum(weights * rates) as composition and rate effects, without a residual.

    Group i: composition (w1 - w0) (r0 + r1) / 2, rate (r1 - r0) (w0 + w1) / 2 (Kitagawa 1955, JASA 50:1168). Weights
    that add up to the same at both times may be measured `about` a rate: composition is then (w1 - w0) times the mean
    rate less `about`, whose sum is the same, and a group of low rate that shrinks counts as a rise.
    ValueError for unequal lengths, a rate that is missing where its weight is not 0, or `about` with other weights.
    """
    groups = _groups(weights_before, rates_before, weights_after, rates_after)
    sums = fsum(groups[0]), fsum(groups[2])
    if about and abs(sums[1] - sums[0]) > SAME_SUM:
        raise ValueError(f"weights add up to {sums[0]:g} before and {sums[1]:g} after; `about` needs the same at both")
    return _two_parts(*groups, about=about)


def kitagawa_three_part(
    weights_before: ArrayLike, rates_before: ArrayLike, weights_after: ArrayLike, rates_after: ArrayLike
) -> KitagawaThreePart:
    """The same change as (w1 - w0) r0, (r1 - r0) w0 and the interaction (w1 - w0) (r1 - r0) (Kitagawa 1955)."""
    w0, r0, w1, r1 = _groups(weights_before, rates_before, weights_after, rates_after)
    composition, rate, interaction = (w1 - w0) * r0, (r1 - r0) * w0, (w1 - w0) * (r1 - r0)
    parts = fsum(composition), fsum(rate), fsum(interaction)
    return KitagawaThreePart(composition, rate, interaction, *parts, sum(parts))


def kitagawa_counts(
    numerators_before: ArrayLike,
    denominators_before: ArrayLike,
    numerators_after: ArrayLike,
    denominators_after: ArrayLike,
    *,
    centred: bool = False,
) -> CountedKitagawa:
    """The change of sum(numerators) / sum(denominators): weights are shares of the denominator, rates are per group.

    A group with a numerator but no denominator at one of the times has no rate there. What it adds to the whole rate
    (its numerator / all denominators) changes all the same: that change stands in `apart`, and the three effects add
    up to the change of the whole. `centred` measures composition about the mean of the two whole rates (see
    `kitagawa`); the sums are the same. ValueError for unequal lengths or denominators that come to nothing.
    """
    n0, d0, n1, d1 = _arrays(numerators_before, denominators_before, numerators_after, denominators_after)
    all0, all1 = fsum(d0), fsum(d1)
    if not all0 or not all1:
        raise ValueError(f"the denominators add up to {all0:g} before and {all1:g} after: there is no rate to split")
    alone = ((n0 != 0) & (d0 == 0)) | ((n1 != 0) & (d1 == 0))
    w0, w1 = d0 / all0, d1 / all1
    about = (fsum(n0) / all0 + fsum(n1) / all1) / 2 if centred else 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        r0, r1 = (np.where(d == 0, np.nan, n / d) for n, d in ((n0, d0), (n1, d1)))
    there = ~alone
    split = _two_parts(*_groups(*(np.where(there, part, 0.0) for part in (w0, r0, w1, r1))), about=about)
    apart = np.where(alone, n1 / all1 - n0 / all0 - (w1 - w0) * about, 0.0)
    parts = split.composition_effect, split.rate_effect, fsum(apart)
    return CountedKitagawa(split.composition, split.rate, apart, *parts, sum(parts))


def das_gupta(before: Sequence[ArrayLike], after: Sequence[ArrayLike], rate: Rate | None = None) -> DasGupta:
    """The effects of K factors on a rate: each is its change averaged over all orders in which the factors can change.

    `before` and `after` hold the K factors, each a number or an array over groups; `rate` takes them as K arguments and
    gives one number (none: their product, summed over the groups). Das Gupta 1993, US Census Bureau P23-186, equation
    3.54; the weights are those of Shapley's value. ValueError where the numbers of factors differ or are 0.
    """
    if len(before) != len(after) or not len(before):
        raise ValueError(f"{len(before)} factors before and {len(after)} after; there must be as many, at least one")
    times = [[np.asarray(factor, dtype=np.float64) for factor in factors] for factors in (before, after)]
    function, many = rate or _product, len(before)
    value = {
        chosen: float(function(*(times[k in chosen][k] for k in range(many))))
        for size in range(many + 1)
        for chosen in map(frozenset, combinations(range(many), size))
    }
    low, high = (np.array([_averaged(value, k, many, there) for k in range(many)]) for there in (False, True))
    return DasGupta(high - low, low, high, value[frozenset(range(many))] - value[frozenset()])


def lmdi(before: Sequence[ArrayLike], after: Sequence[ArrayLike]) -> Lmdi:
    """The change of sum over groups of a product of factors, as the logarithmic mean Divisia index (LMDI-I, additive).

    `before` and `after` hold the factors, each a number or an array over groups, none below 0. Group i, factor k:
    L(v1, v0) ln(x1 / x0) with v the product and L the logarithmic mean (Ang 2005, Energy Policy 33:867). A group that
    is new or has vanished takes its limit (Ang & Liu 2007, Energy Policy 35:238): all of its change falls to the
    factors that were or became 0, in equal parts; a factor that is missing (NaN) there is taken as unchanged.
    """
    if len(before) != len(after) or not len(before):
        raise ValueError(f"{len(before)} factors before and {len(after)} after; there must be as many, at least one")
    x0, x1 = (np.stack(np.broadcast_arrays(*map(np.atleast_1d, f))).astype(np.float64) for f in (before, after))
    if (x0 < 0).any() or (x1 < 0).any():
        raise ValueError("a factor is below 0, of which there is no logarithm")
    x0, x1 = _unchanged(x0, x1), _unchanged(x1, x0)
    v0, v1 = x0.prod(axis=0), x1.prod(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        effects = np.where((v0 > 0) & (v1 > 0), logarithmic_mean(v1, v0) * (np.log(x1) - np.log(x0)), 0.0)
    for none, there, gap in ((x0 == 0, v1 > 0, v1 - v0), (x1 == 0, v0 > 0, v1 - v0)):
        limit = there & none.any(axis=0)
        effects += np.where(limit & none, gap / np.maximum(none.sum(axis=0), 1), 0.0)
    parts = np.array([fsum(row) for row in effects])
    return Lmdi(effects, parts, fsum(parts))


def logarithmic_mean(a: ArrayLike, b: ArrayLike) -> Floats:
    """L(a, b) = (a - b) / (ln a - ln b); L(a, a) = a; 0 where one of them is 0. Arguments from 0."""
    one, other = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    low, high = np.minimum(one, other), np.maximum(one, other)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (high - low) / np.log1p((high - low) / low)  # exact for numbers that are close, too
    return np.asarray(np.where(low == high, high, np.where(low == 0, 0.0, mean)), dtype=np.float64)


def shift_share(
    before: ArrayLike, after: ArrayLike, reference_before: ArrayLike, reference_after: ArrayLike
) -> ShiftShare:
    """The growth of counts in groups beside the growth of the same groups in a reference (the whole, other units).

    With e the count before, r its growth rate, g_i that of the group and g that of all of the reference: national
    e g, mix e (g_i - g), competitive e (r - g_i) (Dunn 1960, Papers in Regional Science 6:97). A group that is new
    here is all competitive; one that is new in the reference has no growth rate there: g is taken. ValueError where
    the reference was empty.
    """
    e0, e1, f0, f1 = _arrays(before, after, reference_before, reference_after)
    if not fsum(f0):
        raise ValueError("the reference adds up to 0 before: there is no growth rate to compare with")
    overall = fsum(f1) / fsum(f0) - 1
    growth = np.where(f0 == 0, overall, np.divide(f1, f0, out=np.ones_like(f1), where=f0 != 0) - 1)
    national, mix, competitive = e0 * overall, e0 * (growth - overall), e1 - e0 - e0 * growth
    parts = fsum(national), fsum(mix), fsum(competitive)
    return ShiftShare(national, mix, competitive, *parts, sum(parts))


def _two_parts(w0: Floats, r0: Floats, w1: Floats, r1: Floats, *, about: float) -> Kitagawa:
    composition = (w1 - w0) * ((r0 + r1) / 2 - about)
    rate = (r1 - r0) * (w0 + w1) / 2
    parts = fsum(composition), fsum(rate)
    return Kitagawa(composition, rate, *parts, sum(parts))


def _arrays(*values: ArrayLike) -> list[Floats]:
    arrays = [np.atleast_1d(np.asarray(value, dtype=np.float64)) for value in values]
    if len({array.shape for array in arrays}) > 1 or arrays[0].ndim > 1:
        raise ValueError(f"groups do not match: {', '.join(str(array.shape) for array in arrays)}")
    return arrays


def _groups(*values: ArrayLike) -> list[Floats]:
    """Weights and rates of both times, a rate that is missing where a group has no weight taken as unchanged."""
    w0, r0, w1, r1 = _arrays(*values)
    lost = (np.isnan(r0) & (w0 != 0)) | (np.isnan(r1) & (w1 != 0)) | np.isnan(w0) | np.isnan(w1)
    if lost.any():
        raise ValueError(f"groups at {np.flatnonzero(lost).tolist()} have no rate although they have a weight")
    neither = np.isnan(r0) & np.isnan(r1)
    r0, r1 = np.where(np.isnan(r0), r1, r0), np.where(np.isnan(r1), r0, r1)
    return [w0, np.where(neither, 0.0, r0), w1, np.where(neither, 0.0, r1)]


def _product(*factors: Floats) -> float:
    return fsum(np.atleast_1d(np.prod(np.broadcast_arrays(*factors), axis=0)).ravel())


def _averaged(value: dict[frozenset[int], float], factor: int, many: int, after: bool) -> float:
    """The rate with one factor of one time, averaged over all orders in which the others can change."""
    return fsum(
        value[chosen] / (many * comb(many - 1, len(chosen - {factor})))
        for chosen in value
        if (factor in chosen) == after
    )


def _unchanged(mine: Floats, other: Floats) -> Floats:
    """Factors of one time; those missing in a group that another factor makes 0 are taken from the other time."""
    lost = np.isnan(mine) & ~(mine == 0).any(axis=0)
    if lost.any():
        raise ValueError(f"groups at {np.flatnonzero(lost.any(axis=0)).tolist()} lack a factor although none is 0")
    held = np.where(np.isnan(mine), other, mine)
    return np.where(np.isnan(held), 0.0, held)
