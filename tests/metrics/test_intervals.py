"""Every interval gives the published answers; none leaves what it can be."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
import scipy.stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from metrics.intervals import (
    Interval,
    byar,
    clopper_pearson,
    exact_poisson,
    poisson_interval,
    rate_interval,
    stability_elements,
    stability_interval,
    stability_interval_of_share,
    wilson,
    wilson_continuity_corrected,
)
from metrics.links import Floats
from metrics.pair_intervals import newcombe, ratio_interval

NEWCOMBE = [  # Newcombe 1998, Stat Med 17:857, Table I, method 3, four decimals
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
R_PROP_TEST = [  # R 3.6.2, prop.test(correct = FALSE), as in SciPy's test_morestats.py
    (3, 10, 0.1077913, 0.6032219),
    (0, 10, 0.0, 0.2775328),
    (10, 10, 0.7224672, 1.0),
]
UKHSA = [  # UK Health Security Agency, testdata_Proportion.xlsx
    (1, 100, 0.0017674320641406511, 0.0544861961787053),
    (5, 100, 0.02154367915436798, 0.11175046923191911),
    (20, 100, 0.1333669333310325, 0.28882916559315885),
    (65, 100, 0.5525444329688797, 0.7363575175690247),
    (9856, 12345, 0.7912101752909069, 0.8053640073614909),
    (222, 3215, 0.0607916904, 0.0783395668),
]
PUBLISHED = [(*case, 6e-5) for case in NEWCOMBE] + [(*case, 1e-6) for case in R_PROP_TEST] + [(*c, 1e-9) for c in UKHSA]


def limits(count: float, total: float, confidence: float = 0.95) -> tuple[float, float]:
    low, high = wilson(np.array([count], dtype=float), np.array([total], dtype=float), confidence)
    return float(low[0]), float(high[0])


@pytest.mark.parametrize(("count", "total", "low", "high", "tolerance"), PUBLISHED)
def test_wilson_gives_the_published_limits(count: int, total: int, low: float, high: float, tolerance: float) -> None:
    assert list(limits(count, total)) == pytest.approx([low, high], abs=tolerance)


@pytest.mark.parametrize(
    ("count", "total", "confidence", "low", "high", "tolerance"),
    [
        (3, 10, 0.99, 0.07956632, 0.6799753, 1e-6),  # R 3.6.2
        (65, 100, 0.998, 0.4954946574070431, 0.7783540614089697, 1e-9),  # UKHSA
    ],
)
def test_wilson_at_other_confidences(
    count: int, total: int, confidence: float, low: float, high: float, tolerance: float
) -> None:
    assert list(limits(count, total, confidence)) == pytest.approx([low, high], abs=tolerance)


@pytest.mark.parametrize("total", [1, 3, 7, 10, 20, 29, 263, 12345, 10**9])
def test_none_and_all_clamp_to_exactly_0_and_1(total: int) -> None:
    assert limits(0, total)[0] == 0.0
    assert limits(total, total)[1] == 1.0
    assert 0 < limits(0, total)[1] < 1
    assert 0 < limits(total, total)[0] < 1


def test_the_limits_mirror_each_other() -> None:
    low, high = limits(15, 148)
    assert list(limits(133, 148)) == pytest.approx([1 - high, 1 - low], abs=1e-12)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (3, 2), (-1, 5), (np.nan, 5), (2, np.nan)])
def test_what_is_no_proportion_has_no_limits(count: float, total: float) -> None:
    assert np.isnan(limits(count, total)).all()


def test_fractional_counts_have_limits_between_those_of_the_counts_beside_them() -> None:
    low, high = limits(2.5, 10)
    assert limits(2, 10)[0] < low < limits(3, 10)[0]
    assert limits(2, 10)[1] < high < limits(3, 10)[1]


@pytest.mark.parametrize(
    ("count", "total", "low", "high", "tolerance"),
    [  # Newcombe 1998, Stat Med 17:857, Table I, method 4; R 3.6.2 prop.test(correct = TRUE)
        (81, 263, 0.2535, 0.3682, 6e-5),
        (15, 148, 0.0598, 0.1644, 6e-5),
        (0, 20, 0.0, 0.2005, 6e-5),
        (1, 29, 0.0018, 0.1963, 6e-5),
        (3, 10, 0.08094782, 0.64632928, 1e-6),
        (0, 10, 0.0, 0.3445372, 1e-6),
        (10, 10, 0.6554628, 1.0, 1e-6),
    ],
)
def test_wilson_with_continuity_correction(count: int, total: int, low: float, high: float, tolerance: float) -> None:
    assert wilson_continuity_corrected(count, total) == pytest.approx((low, high), abs=tolerance)


def test_wilson_with_continuity_correction_at_99_percent() -> None:
    assert wilson_continuity_corrected(3, 10, 0.99) == pytest.approx((0.0586329, 0.7169416), abs=1e-6)  # R 3.6.2


@pytest.mark.parametrize(
    ("count", "total", "confidence", "low", "high", "tolerance"),
    [  # Newcombe 1998, Table I, method 5; R 3.6.2 binom.test
        (81, 263, 0.95, 0.2527, 0.3676, 6e-5),
        (15, 148, 0.95, 0.0578, 0.1617, 6e-5),
        (0, 20, 0.95, 0.0, 0.1684, 6e-5),
        (1, 29, 0.95, 0.0009, 0.1776, 6e-5),
        (0, 10, 0.95, 0.0, 0.3084971, 1e-6),
        (10, 10, 0.95, 0.6915029, 1.0, 1e-6),
        (3, 50, 0.99, 0.006872485, 0.202706269, 1e-6),
    ],
)
def test_clopper_pearson(count: int, total: int, confidence: float, low: float, high: float, tolerance: float) -> None:
    assert clopper_pearson(count, total, confidence) == pytest.approx((low, high), abs=tolerance)


@pytest.mark.parametrize(
    ("one", "other", "low", "high", "tolerance"),
    [  # Newcombe 1998, Stat Med 17:873, Table II, method 10; the last: Fagerland, Lydersen and Laake 2015
        ((56, 70), (48, 80), 0.0524, 0.3339, 6e-5),
        ((9, 10), (3, 10), 0.1705, 0.8090, 6e-5),
        ((6, 7), (2, 7), 0.0582, 0.8062, 6e-5),
        ((5, 56), (0, 29), -0.0381, 0.1926, 6e-5),
        ((0, 10), (0, 20), -0.1611, 0.2775, 6e-5),
        ((0, 10), (0, 10), -0.2775, 0.2775, 6e-5),
        ((10, 10), (0, 20), 0.6791, 1.0, 6e-5),
        ((10, 10), (0, 10), 0.6075, 1.0, 6e-5),
        ((7, 34), (1, 34), 0.019, 0.34, 5e-3),
    ],
)
def test_newcombe_gives_the_published_limits(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float, tolerance: float
) -> None:
    assert newcombe(*one, *other) == pytest.approx((low, high), abs=tolerance)
    assert newcombe(*other, *one) == pytest.approx((-high, -low), abs=tolerance)


@pytest.mark.parametrize(
    ("count", "confidence", "low", "high"),
    [  # UK Health Security Agency, testdata_Byars_Wilson
        (65, 0.95, 50.163187710459454, 82.84913854593984),
        (1045, 0.95, 982.5932018073325, 1110.33121298565),
        (10, 0.998, 2.916318374695686, 24.193724927880535),
    ],
)
def test_byar_gives_the_published_limits(count: int, confidence: float, low: float, high: float) -> None:
    assert byar(count, confidence) == pytest.approx((low, high), abs=1e-8)
    assert poisson_interval(count, confidence) == byar(count, confidence)


def test_below_ten_events_the_poisson_interval_is_exact() -> None:
    published = pytest.approx((1.62348639011842, 11.668332079322669), abs=1e-8)  # UKHSA, testdata_Rate
    assert exact_poisson(5) == published
    assert poisson_interval(5) == published
    assert poisson_interval(9) == exact_poisson(9)
    assert poisson_interval(10) == byar(10)
    assert poisson_interval(0) == pytest.approx((0.0, 3.6888794541), abs=1e-9)  # -ln 0.025


def test_limits_of_few_events_are_never_below_none() -> None:
    assert byar(1, 0.998).low == 0.0
    assert byar(0).low == 0.0
    assert np.isnan(byar(-1)).all()
    assert np.isnan(exact_poisson(-1)).all()


def test_a_rate_is_its_count_divided() -> None:
    low, high = poisson_interval(65)
    assert rate_interval(65, 1300, multiplier=100) == pytest.approx((low / 13, high / 13))
    assert np.isnan(rate_interval(5, 0)).all()


def test_the_ratio_of_two_counts_is_exact_given_their_sum() -> None:
    # R 4.3 poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)), the example of its help page
    assert ratio_interval(11, 21, 800, 3011) == pytest.approx((0.8584264, 4.2772659), abs=1e-6)
    assert ratio_interval(5, 0).high == np.inf
    assert ratio_interval(0, 5).low == 0.0
    assert ratio_interval(0, 0) == (0.0, np.inf)
    assert np.isnan(ratio_interval(3, 4, 0, 1)).all()
    assert np.isnan(ratio_interval(-1, 4)).all()


def test_the_stability_interval_takes_the_elements_of_the_leiden_ranking() -> None:
    replicates = np.arange(1000.0)  # its element k is k: CWTS Leiden Ranking Open Edition, StoredProcedures.cs
    assert stability_elements(replicates) == (25, 975)
    assert stability_elements(replicates, 0.9) == (50, 950)


def bootstrap(values: Floats, weights: Floats, replicates: int, seed: int) -> tuple[float, float]:
    """Every draw made: n positions with replacement, the weighted mean, sorted."""
    chosen = np.random.default_rng(seed).integers(len(values), size=(replicates, len(values)))
    found = sorted((weights * values)[chosen].sum(axis=1) / weights[chosen].sum(axis=1))
    return float(found[int(0.025 * replicates)]), float(found[int(0.975 * replicates)])


def test_the_stability_interval_is_the_bootstrap_of_its_publications() -> None:
    papers, weights = (
        np.repeat([1.0, 0.0, 1.0, 0.0], [30, 70, 20, 10]),
        np.repeat([1.0, 1.0, 0.5, 0.25], [30, 70, 20, 10]),
    )
    drawn = stability_interval(papers, weights, replicates=20_000, seed=7)
    assert drawn == pytest.approx(bootstrap(papers, weights, 20_000, seed=8), abs=0.004)
    one_each = stability_interval(papers, replicates=20_000, seed=7)
    assert one_each == pytest.approx(
        bootstrap(papers, np.ones(130), 20_000, seed=8), abs=1 / 130 + 1e-9
    )  # whole papers
    assert one_each == stability_interval_of_share(50, 130, replicates=20_000, seed=7)
    binomial = scipy.stats.binom(130, 50 / 130)
    assert one_each == pytest.approx((binomial.ppf(0.025) / 130, binomial.ppf(0.975) / 130), abs=1 / 130 + 1e-9)


def test_weights_count_in_the_stability_interval() -> None:
    papers, weights = np.array([1.0, 0.0]), np.array([3.0, 1.0])
    assert stability_interval(papers, weights) == (0.0, 1.0)
    heavy = stability_interval(np.repeat(papers, 200), np.repeat(weights, 200))
    assert heavy.low < 0.75 < heavy.high
    with pytest.raises(ValueError, match="1 weights for 2 values"):
        stability_interval(papers, np.ones(1))
    with pytest.raises(ValueError, match="0 replicates have no interval"):
        stability_interval(papers, replicates=0)
    with pytest.raises(ValueError, match="publications are whole"):
        stability_interval_of_share(2.5, 10)


@pytest.mark.parametrize(("confidence", "meant"), [(95, "0.95"), (99.8, "0.998"), (1, "0.95"), (0, "0.95")])
@pytest.mark.parametrize(
    "interval",
    [
        partial(wilson, 3, 10),
        partial(wilson_continuity_corrected, 3, 10),
        partial(clopper_pearson, 3, 10),
        partial(newcombe, 3, 10, 4, 10),
        partial(exact_poisson, 3),
        partial(byar, 3),
        partial(poisson_interval, 30),
        partial(rate_interval, 3, 10),
        partial(ratio_interval, 3, 10),
        partial(stability_interval_of_share, 3, 10),
    ],
)
def test_a_confidence_is_a_fraction(interval: Callable[..., object], confidence: float, meant: str) -> None:
    said = f"a confidence of {confidence} is not between 0 and 1; write {meant}"
    with pytest.raises(ValueError, match=re.escape(said)):
        interval(confidence=confidence)


def test_a_stability_interval_comes_out_the_same_each_time() -> None:
    assert stability_interval_of_share(366, 1000, seed=5) == stability_interval_of_share(366, 1000, seed=5)
    assert stability_interval(np.array([0.3, 0.9, 0.5]), seed=5) == stability_interval(
        np.array([0.3, 0.9, 0.5]), seed=5
    )
    assert np.isnan(stability_interval(np.array([]))).all()
    assert np.isnan(stability_interval_of_share(1, 0)).all()


@pytest.mark.parametrize("interval", [wilson, wilson_continuity_corrected, clopper_pearson, rate_interval])
def test_numbers_give_numbers_and_arrays_give_arrays(interval: Callable[..., Interval[Any]]) -> None:
    counts, totals = np.array([0, 3, 10, np.nan, 2]), np.array([10, 10, 10, 10, 0])
    low, high = interval(counts, totals)
    for place in range(3):
        one = interval(int(counts[place]), int(totals[place]))
        assert isinstance(one.low, float)
        assert one == (low[place], high[place])
    assert np.isnan([low[3:], high[3:]]).all()


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_limits_of_proportions_and_their_difference_are_those_of_statsmodels(confidence: float) -> None:
    pairs = [(0, 1), (1, 1), (0, 7), (3, 7), (7, 7), (1, 250), (81, 263), (9_999, 10_000)]
    for count, total in pairs:
        for ours, name in ((wilson, "wilson"), (clopper_pearson, "beta")):
            expected = proportion_confint(count, total, alpha=1 - confidence, method=name)
            assert ours(count, total, confidence) == pytest.approx(expected, abs=1e-12)
        for other, of in pairs:
            expected = confint_proportions_2indep(count, total, other, of, method="newcomb", alpha=1 - confidence)
            assert newcombe(count, total, other, of, confidence) == pytest.approx(expected, abs=1e-12)
