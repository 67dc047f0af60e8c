"""What a mix leads to expect: standardised rates, funnel limits with over-dispersion, and shrinkage of small units.

Counts and numbers at risk are given by stratum (level, field ...), those of the reference in the same order.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, betaln, expit, logit, ndtri

from metrics.intervals import EXACT_BELOW, Interval, fraction, poisson_interval, wilson
from metrics.links import Floats, floats

Numbers = ArrayLike  # a number, a list or an array of them
FUNNEL = (0.95, 0.998)  # the limits that funnel plots have (Spiegelhalter 2005)
WINSORISED = 0.1  # of the z-scores at either end are drawn in before over-dispersion is measured
WEAKEST, STRONGEST = 1e-2, 1e6  # prior observations: at the latter units do not differ but by chance
FEWEST_UNITS = 4  # that James and Stein's estimate with a mean of its own needs; fewer do not tell a prior, either


class IndirectlyStandardised(NamedTuple):
    """Observed beside expected: `ratio` is observed / expected, `rate` that times the reference's crude rate."""

    observed: float
    expected: float
    ratio: float
    low: float
    high: float
    reference_rate: float
    rate: float
    rate_low: float
    rate_high: float


class DirectlyStandardised(NamedTuple):
    """The rate in a standard's mix with its limits; NaN with a `reason` where it is not computed."""

    rate: float
    low: float
    high: float
    reason: str = ""


class FunnelLimits(NamedTuple):
    """Where chance leaves 95 % and 99.8 % of units of a size."""

    low_95: Floats
    high_95: Floats
    low_998: Floats
    high_998: Floats


class Overdispersion(NamedTuple):
    """How much more units differ than chance makes them: `phi` (1: no more), `tau2` the variance between units."""

    phi: float
    tau2: float


class Shrunken(NamedTuple):
    """Rates drawn towards what is expected, with credible limits; `prior` is the weight of that in observations."""

    prior: float
    alpha: Floats
    beta: Floats
    mean: Floats
    low: Floats
    high: Floats


class JamesStein(NamedTuple):
    """Estimates drawn towards their mean by one `shrinkage` (1: not at all, 0: all the way)."""

    shrinkage: float
    estimates: Floats


def expected_count(at_risk: Numbers, reference_observed: Numbers, reference_at_risk: Numbers) -> float:
    """How many would be counted at the reference's rates: the sum of n_f O_f / N_f over the strata f.

    NaN where somebody is at risk in a stratum in which the reference has nobody; ValueError for numbers below 0 and
    for strata that are not as many in all three.
    """
    here, counted, there = _by_stratum(
        at_risk=at_risk, reference_observed=reference_observed, reference_at_risk=reference_at_risk
    )
    rate = np.divide(counted, there, out=np.full_like(there, np.nan), where=there > 0)
    return float(np.where(here > 0, here * rate, 0.0).sum())


def indirect_standardisation(
    observed: Numbers,
    at_risk: Numbers,
    reference_observed: Numbers,
    reference_at_risk: Numbers,
    *,
    confidence: float = 0.95,
    multiplier: float = 1.0,
    proportion: bool = False,
) -> IndirectlyStandardised:
    """Observed / expected with limits, and the indirectly standardised rate (per `multiplier` at risk).

    Expected is `expected_count`; the limits are those of the observed count, exact below 10 and Byar's from 10 on,
    divided by expected (UKHSA, PHEindicatormethods: calculate_ISRatio, calculate_ISRate). With `proportion` they are
    Wilson's, as each at risk is counted once at most. `observed` may be the total. NaN where nothing is expected.
    ValueError for numbers below 0 and for strata that do not match.
    """
    _by_stratum(observed=observed, **({"at_risk": at_risk} if np.size(observed) > 1 else {}))
    total, n = float(np.sum(observed)), float(np.sum(at_risk))
    expected = expected_count(at_risk, reference_observed, reference_at_risk)
    divisor = expected if expected > 0 else np.nan
    limits: Interval[float] = poisson_interval(total, confidence)
    if proportion:
        limits = Interval(*(limit * n for limit in wilson(total, n, confidence)))
    ratio, low, high = total / divisor, limits.low / divisor, limits.high / divisor
    people = float(np.sum(reference_at_risk))
    crude = float(np.sum(reference_observed)) / people * multiplier if people > 0 else np.nan
    return IndirectlyStandardised(total, expected, ratio, low, high, crude, ratio * crude, low * crude, high * crude)


def direct_standardisation(
    observed: Numbers, at_risk: Numbers, weights: Numbers, *, confidence: float = 0.95, multiplier: float = 1.0
) -> DirectlyStandardised:
    """The rate (per `multiplier`) that the own rates would give in a standard's mix: sum of W_f O_f / n_f / sum of W_f.

    Limits after Dobson et al. 1991, Stat Med 10:457: V = sum of (W_f / n_f)^2 O_f / (sum of W_f)^2, rate + sqrt(V / O)
    (limit of O - O). Not computed for fewer than 10 counted (UKHSA, calculate_dsr), nor where nobody is at risk in a
    stratum that the standard has, nor for weights that add up to 0. ValueError for numbers below 0 and for strata that
    do not match.
    """
    counted, here, standard = _by_stratum(observed=observed, at_risk=at_risk, weights=weights)
    total = float(counted.sum())
    if total < EXACT_BELOW:
        return DirectlyStandardised(np.nan, np.nan, np.nan, "fewer than 10 counted")
    if not standard.sum():
        return DirectlyStandardised(np.nan, np.nan, np.nan, "the weights of the standard add up to 0")
    if ((here <= 0) & (standard > 0)).any():
        return DirectlyStandardised(np.nan, np.nan, np.nan, "nobody at risk in a stratum of the standard")
    weight = np.divide(standard, here, out=np.zeros_like(here), where=here > 0) / standard.sum()
    rate, spread = float((weight * counted).sum()), float(np.sqrt((weight**2 * counted).sum() / total))
    low, high = (multiplier * (rate + spread * (limit - total)) for limit in poisson_interval(total, confidence))
    return DirectlyStandardised(rate * multiplier, low, high)


def binomial_variance(at_risk: Numbers, reference_rate: Numbers) -> float:
    """How much the observed count varies by chance alone: the sum of n_f p_f (1 - p_f), each counted once at most.

    ValueError for rates that are not between 0 and 1, numbers below 0 and strata that do not match.
    """
    here, rate = _by_stratum(at_risk=at_risk, reference_rate=reference_rate)
    if (rate > 1).any():
        raise ValueError(f"a rate of {float(np.nanmax(rate)):g} is not between 0 and 1; write a fraction")
    return float(np.where(here > 0, here * rate * (1 - rate), 0.0).sum())


def funnel_limits(
    baseline: float, n: Numbers, *, phi: float = 1.0, tau2: float = 0.0, proportion: bool = True
) -> FunnelLimits:
    """The 95 % and 99.8 % limits of a rate (fraction) for units of n, where all share the `baseline`.

    b ± z sqrt(b (1 - b) / n), cut at 0 and 1 (UKHSA, calculate_funnel_limits of proportions); of a rate that is no
    proportion b ± z sqrt(b / n), cut at 0. With over-dispersion the variance is phi times that, plus tau2
    (Spiegelhalter 2005, Stat Med 24:1185). NaN for units of nobody. ValueError for a proportion that is not
    between 0 and 1, and for a rate or an n below 0.
    """
    size = np.asarray(n, dtype=np.float64)
    if proportion and (baseline < 0 or baseline > 1):
        raise ValueError(f"a baseline of {baseline:g} is not between 0 and 1; write a fraction")
    if baseline < 0 or (size < 0).any():
        raise ValueError(
            f"{min(baseline, float(size.min(initial=0))):g} is below 0; a baseline and an n are 0 at least"
        )
    chance = baseline * (1 - baseline) if proportion else baseline
    deviation = np.sqrt(phi * np.divide(chance, size, out=np.full(size.shape, np.nan), where=size > 0) + tau2)
    most = 1.0 if proportion else np.inf
    limits = [
        np.clip(baseline - side * ndtri((1 - share) / 2) * deviation, 0.0, most) for share in FUNNEL for side in (-1, 1)
    ]
    return FunnelLimits(*limits)


def overdispersion(z: Numbers, standard_error: Numbers | None = None, winsorised: float = WINSORISED) -> Overdispersion:
    """phi and tau2 of units' z-scores, of which the outermost tenth at either end is drawn in to the tenths' limits.

    phi = sum of z^2 / I; tau2 = (I phi - (I - 1)) / (sum w - sum w^2 / sum w) with w = 1 / `standard_error`^2, 0 where
    that is negative and NaN without standard errors (Spiegelhalter 2005, Stat Med 24:1185). NaN of no units. ValueError
    unless each score has its standard error, above 0.
    """
    scores = np.asarray(z, dtype=np.float64)
    error = None if standard_error is None else np.asarray(standard_error, dtype=np.float64)
    if error is not None and error.shape != scores.shape:
        raise ValueError(f"{error.size} standard errors for {scores.size} scores; each score has one")
    if error is not None and not (error > 0).all():
        raise ValueError("a standard error is not above 0")
    if not scores.size:
        return Overdispersion(np.nan, np.nan)
    inside = np.clip(scores, *np.quantile(scores, [winsorised, 1 - winsorised]))
    phi = float((inside**2).mean())
    if error is None:
        return Overdispersion(phi, np.nan)
    weight = 1 / error**2
    divisor = weight.sum() - (weight**2).sum() / weight.sum()
    excess = scores.size * phi - (scores.size - 1)
    return Overdispersion(phi, float(max(excess, 0.0) / divisor) if divisor > 0 else 0.0)


def empirical_bayes(
    count: Numbers, total: Numbers, expected_rate: Numbers | None = None, confidence: float = 0.95
) -> Shrunken:
    """The rate of each unit as the mean of a Beta posterior: (x + alpha) / (n + alpha + beta), with its quantiles.

    alpha = M m and beta = M (1 - m); M, and m where no `expected_rate` of each unit is given, are those of the greatest
    beta-binomial likelihood of all units (Griffiths 1973, Biometrics 29:637). Counts need not be whole. A unit of
    nobody has its prior. Where units differ by no more than chance, M runs up to its bound and every unit is drawn all
    the way to the mean: the credible limits, which take the prior for known, are then far too narrow for one unit.
    ValueError unless 0 <= count <= total, and for fewer than 4 units that have somebody, which do not tell a prior.
    """
    from scipy.optimize import minimize  # a third of a second at each start, for one page

    fraction(confidence)
    seen, here = _by_stratum(count=count, total=total)
    if (seen > here).any():
        raise ValueError("more are counted than there are")
    if (here > 0).sum() < FEWEST_UNITS:
        raise ValueError(f"{(here > 0).sum()} units with somebody do not tell a prior; {FEWEST_UNITS} are the fewest")
    middle = None if expected_rate is None else _expected(expected_rate, here)
    ends = (np.log(WEAKEST), np.log(STRONGEST))

    def unlikely(parameters: Floats) -> float:
        m = expit(parameters[1]) if middle is None else middle
        a, b = np.exp(parameters[0]) * m, np.exp(parameters[0]) * (1 - m)
        return -float((betaln(seen + a, here - seen + b) - betaln(a, b)).sum())

    crude = np.clip(seen.sum() / here.sum(), 1e-6, 1 - 1e-6) if here.sum() > 0 else 0.5
    free = [] if middle is not None else [float(logit(crude))]
    bounds = [ends, *([(-20.0, 20.0)] if free else [])]
    tries = [minimize(unlikely, [start, *free], method="L-BFGS-B", bounds=bounds) for start in (1.0, 4.0, 9.0)]
    best = min(tries, key=lambda one: float(one.fun)).x
    prior = float(np.exp(best[0]))
    m = np.broadcast_to(expit(best[1]) if middle is None else middle, seen.shape)
    a, b = seen + prior * m, here - seen + prior * (1 - m)
    low, high = (floats(betaincinv(a, b, tail)) for tail in ((1 - confidence) / 2, (1 + confidence) / 2))
    return Shrunken(prior, prior * m, prior * (1 - m), a / (a + b), low, high)


def james_stein(estimates: Numbers, variance: float) -> JamesStein:
    """Estimates of one variance drawn towards their mean by c = 1 - (k - 3) variance / sum of (y - mean)^2, 0 at least.

    Efron and Morris 1977, Scientific American 236:119 (the positive part). ValueError for fewer than 4 estimates
    and for a variance below 0.
    """
    y = np.asarray(estimates, dtype=np.float64)
    if y.size < FEWEST_UNITS:
        raise ValueError(f"{y.size} estimates have no shrinkage; {FEWEST_UNITS} are the fewest")
    if variance < 0:
        raise ValueError(f"a variance of {variance:g} is below 0")
    away = y - y.mean()
    total = float((away**2).sum())
    shrinkage = max(0.0, 1 - (y.size - 3) * variance / total) if total > 0 else 0.0
    return JamesStein(shrinkage, y.mean() + shrinkage * away)


def _expected(rate: Numbers, here: Floats) -> Floats:
    """The expected rate of each unit, one for all where one is given, kept off 0 and 1, of which there is no prior."""
    every = np.full(here.shape, rate) if np.ndim(rate) == 0 else rate
    return np.clip(_by_stratum(expected_rate=every, total=here)[0], 1e-9, 1 - 1e-9)


def _by_stratum(**numbers: Numbers) -> tuple[Floats, ...]:
    """The numbers as arrays; ValueError where one has other strata than the others, and for any below 0."""
    arrays = {name: np.atleast_1d(np.asarray(given, dtype=np.float64)) for name, given in numbers.items()}
    if len({array.shape for array in arrays.values()}) > 1:
        many = ", ".join(f"{name} {array.size}" for name, array in arrays.items())
        raise ValueError(f"strata do not match: {many}; each has one number per stratum")
    for name, array in arrays.items():
        if (array < 0).any():
            raise ValueError(f"{name}: {float(np.nanmin(array)):g} is below 0")
    return tuple(arrays.values())
