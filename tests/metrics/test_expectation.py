"""Standardised rates, funnels, over-dispersion and shrinkage come out as published."""

import math

import numpy as np
import pytest
from numpy.typing import ArrayLike
from scipy.stats import betabinom
from statsmodels.stats.proportion import proportion_confint

from metrics.expectation import (
    binomial_variance,
    direct_standardisation,
    empirical_bayes,
    expected_count,
    funnel_limits,
    indirect_standardisation,
    james_stein,
    overdispersion,
)

# UKHSA, PHEindicatormethods, testdata_DSR_ISR.xlsx: 19 age bands; counts of three areas, people, the reference's counts
# and people, and the European Standard Population of 2013 (Open Government Licence)
BIG = (127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91)
SMALL = (12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4)
TINY = (0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 2, 3)
PEOPLE = (636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207)
THERE = (
    *(10303, 2824, 0, 3615, 3641, 3490, 3789, 3213, 3031, 2771),
    *(3089, 3490, 3595, 4745, 5514, 7125, 5694, 6210, 5757),
)
PEOPLE_THERE = (
    *(50520, 57173, 60213, 54659, 44345, 50128, 62163, 67423, 62899, 55463),
    *(60479, 49974, 44140, 40888, 37239, 30819, 18136, 15325, 13918),
)
ESP_2013 = (
    *(5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000),
    *(7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000),
)
BASELINE = 0.80642448  # K9: testdata_funnel_prop_outputs.csv
AT_BATS = 45
HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)  # Efron and Morris 1975, 18 players


@pytest.mark.parametrize(
    ("area", "ratio", "rate", "rate_998"),
    [
        (
            BIG,
            (1.0707232939020275, 1.0017147712553987, 1.143233287249895),
            (10011.137622091057, 9365.91600297888, 10689.097582910616),
            (9008.7578618655, 11089.02718538338),
        ),
        (
            SMALL,
            (0.10886683770400503, 0.08765040101829405, 0.1336657632841891),
            (1017.8922051511577, 819.521002506463, 1249.75926013832),
            (719.5132903528245, 1392.9381508991678),
        ),
        (
            TINY,  # fewer than 10: exact
            (0.010767049882813684, 0.004923380825095776, 0.02043921455549973),
            (100.6706576523123, 46.03303513307893, 191.10426659054028),
            (27.43190862554234, 253.4369635219236),
        ),
    ],
)
def test_indirect_standardisation_is_that_of_ukhsa(
    area: tuple[int, ...], ratio: tuple[float, ...], rate: tuple[float, ...], rate_998: tuple[float, ...]
) -> None:
    found = indirect_standardisation(area, PEOPLE, THERE, PEOPLE_THERE, multiplier=100_000)
    assert found.expected == pytest.approx(835.8835612311743, abs=1e-8)
    assert (found.ratio, found.low, found.high) == pytest.approx(ratio, abs=1e-8)
    assert found.reference_rate == pytest.approx(9349.88309221102, abs=1e-8)
    assert (found.rate, found.rate_low, found.rate_high) == pytest.approx(rate, abs=1e-6)
    wider = indirect_standardisation(area, PEOPLE, THERE, PEOPLE_THERE, multiplier=100_000, confidence=0.998)
    assert (wider.rate_low, wider.rate_high) == pytest.approx(rate_998, abs=1e-6)


@pytest.mark.parametrize(
    ("area", "rate", "limits_998"),
    [
        (BIG, (1043.0247991469423, 971.770906798568, 1117.894091547925), (932.3287880219904, 1162.0595999522059)),
        (SMALL, (110.3212025300104, 87.7455767536709, 136.70882227251795), (76.36420357939879, 153.00328948244763)),
    ],
)
def test_direct_standardisation_is_that_of_ukhsa(
    area: tuple[int, ...], rate: tuple[float, ...], limits_998: tuple[float, ...]
) -> None:
    found = direct_standardisation(area, PEOPLE, ESP_2013, multiplier=10_000)
    assert found[:3] == pytest.approx(rate, abs=1e-6)
    wider = direct_standardisation(area, PEOPLE, ESP_2013, multiplier=10_000, confidence=0.998)
    assert wider[1:3] == pytest.approx(limits_998, abs=1e-6)


def test_direct_standardisation_is_not_computed_for_fewer_than_ten_nor_for_a_stratum_of_nobody() -> None:
    few = direct_standardisation(TINY, PEOPLE, ESP_2013)
    assert math.isnan(few.rate)
    assert few.reason == "fewer than 10 counted"
    nobody = direct_standardisation((20, 0), (100, 0), (1, 1))
    assert math.isnan(nobody.rate)
    assert nobody.reason == "nobody at risk in a stratum of the standard"
    assert direct_standardisation((20, 0), (100, 0), (1, 0)).rate == 0.2


def test_what_is_expected_of_the_reference_is_what_it_has() -> None:
    itself = indirect_standardisation(THERE, PEOPLE_THERE, THERE, PEOPLE_THERE)
    assert itself.ratio == pytest.approx(1, abs=1e-12)
    assert itself.rate == pytest.approx(itself.reference_rate)
    own_mix = direct_standardisation(THERE, PEOPLE_THERE, PEOPLE_THERE)
    assert own_mix.rate == pytest.approx(sum(THERE) / sum(PEOPLE_THERE))


def test_a_hand_worked_expectation() -> None:
    # 100 undergraduates at 2 %, 50 masters at 20 %: 2 + 10
    assert expected_count((100, 50), (20, 40), (1000, 200)) == pytest.approx(12)
    assert binomial_variance((100, 50), (0.02, 0.2)) == pytest.approx(1.96 + 8)
    assert math.isnan(expected_count((100, 50), (20, 0), (1000, 0)))  # nobody there to compare with
    assert expected_count((100, 0), (20, 0), (1000, 0)) == pytest.approx(2)
    with pytest.raises(ValueError, match="-3 is below 0"):
        expected_count((100, -3), (20, 40), (1000, 200))


def test_a_share_has_limits_that_end_where_all_are_counted() -> None:
    found = indirect_standardisation(50, 50, 40, 100, proportion=True)
    low, high = proportion_confint(50, 50, method="wilson")
    assert (found.ratio, found.low, found.high) == pytest.approx((2.5, low * 50 / 20, high * 50 / 20))
    assert indirect_standardisation(50, 50, 40, 100).high > 2.5  # as a count it could be more


def test_nothing_expected_has_no_ratio() -> None:
    none = indirect_standardisation((0, 3), (10, 10), (0, 0), (50, 50))
    assert none.expected == 0
    assert math.isnan(none.ratio)
    assert math.isnan(none.rate)


def test_funnel_limits_are_those_of_ukhsa() -> None:
    found = funnel_limits(BASELINE, [1, 2, 3, 4, 0])
    assert found.low_95[:4] * 100 == pytest.approx([3.204264, 25.885383, 35.933491, 41.923356], abs=1e-4)
    assert found.low_998[:4] * 100 == pytest.approx([0, 0, 10.150815, 19.594903], abs=1e-4)
    assert found.high_95[:4] == pytest.approx([1, 1, 1, 1])
    assert np.isnan([limits[4] for limits in found]).all()


def test_over_dispersion_raises_the_limits() -> None:
    plain, wide = funnel_limits(0.3, 100), funnel_limits(0.3, 100, phi=4)
    assert 0.3 - float(wide.low_95) == pytest.approx(2 * (0.3 - float(plain.low_95)))
    added = funnel_limits(0.3, 10**9, tau2=0.01)  # chance is gone, units still differ
    assert float(added.high_95) == pytest.approx(0.3 + 1.959964 * 0.1, abs=1e-4)
    rate = funnel_limits(0.3, 100, proportion=False)
    assert float(rate.high_95) == pytest.approx(0.3 + 1.959964 * math.sqrt(0.3 / 100), abs=1e-6)


def test_phi_is_worked_out_of_winsorised_scores() -> None:
    # eleven scores: the tenths' limits are the second and the last but one
    z = [-9, -2, -1, -1, 0, 0, 0, 1, 1, 2, 50]
    found = overdispersion(z, np.ones(11))
    assert found.phi == pytest.approx((4 * 4 + 4 * 1) / 11)
    # w = 1: (sum z^2 - 10) / (11 - 11 / 11)
    assert found.tau2 == pytest.approx((20 - 10) / 10)
    assert overdispersion([0.1, -0.1, 0.2, -0.2], np.ones(4)).tau2 == 0
    assert math.isnan(overdispersion([]).phi)
    assert math.isnan(overdispersion(z).tau2)


def test_scores_of_chance_alone_have_a_phi_near_one() -> None:
    z = np.random.default_rng(1).standard_normal(20_000)
    assert overdispersion(z, winsorised=0).phi == pytest.approx(1, abs=0.03)


def test_the_prior_is_the_one_that_makes_the_counts_likeliest() -> None:
    drawn = np.random.default_rng(2)
    n = drawn.integers(5, 300, size=400)
    x = np.asarray(betabinom.rvs(n, 4.0, 16.0, random_state=drawn))
    found = empirical_bayes(x, n)
    a, b = found.alpha[0], found.beta[0]
    assert a / (a + b) == pytest.approx(0.2, abs=0.01)
    assert found.prior == pytest.approx(20, rel=0.2)

    def likelihood(alpha: float, beta: float) -> float:
        return float(np.sum(betabinom.logpmf(x, n, alpha, beta)))

    assert all(likelihood(a, b) >= likelihood(a * f, b * g) for f in (0.97, 1, 1.03) for g in (0.97, 1, 1.03))
    assert found.mean == pytest.approx((x + a) / (n + a + b))
    assert ((found.low < found.mean) & (found.mean < found.high)).all()


def test_a_small_unit_is_drawn_further_and_towards_what_its_mix_leads_to_expect() -> None:
    count, total, expected = [1, 100, 30, 60, 5], [2, 200, 300, 200, 100], [0.3, 0.3, 0.2, 0.2, 0.1]
    found = empirical_bayes(count, total, expected)
    moved = np.abs(found.mean - np.divide(count, total)) / np.abs(np.subtract(expected, np.divide(count, total)))
    assert moved[0] > moved[1]
    assert found.alpha / (found.alpha + found.beta) == pytest.approx(expected)
    none = empirical_bayes([0, *count], [0, *total], [0.4, *expected])
    assert none.mean[0] == pytest.approx(0.4)
    with pytest.raises(ValueError, match="more are counted"):
        empirical_bayes([3], [2])


def test_units_that_differ_by_chance_alone_are_drawn_to_their_mean() -> None:
    found = empirical_bayes([20, 21, 19, 20], [100, 100, 100, 100])
    assert found.prior > 1000
    assert found.mean == pytest.approx(0.2, abs=0.002)


@pytest.mark.parametrize(("count", "total"), [([3], [11]), ([3, 8, 5], [11, 12, 13]), ([3, 8, 5, 0], [11, 12, 13, 0])])
def test_too_few_units_do_not_tell_a_prior(count: list[int], total: list[int]) -> None:
    with pytest.raises(ValueError, match="units with somebody do not tell a prior; 4 are the fewest"):
        empirical_bayes(count, total)


def test_one_expected_rate_may_hold_for_all_units() -> None:
    x, n = [1, 40, 30, 60], [20, 100, 50, 100]
    assert empirical_bayes(x, n, 0.4).mean == pytest.approx(empirical_bayes(x, n, [0.4] * 4).mean)


@pytest.mark.parametrize("alone", [3, [3]])
def test_a_lone_number_is_not_taken_for_that_of_every_stratum(alone: ArrayLike) -> None:
    with pytest.raises(ValueError, match="at_risk 1, reference_observed 2, reference_at_risk 2"):
        expected_count(alone, (20, 40), (1000, 200))
    with pytest.raises(ValueError, match="observed 2, at_risk 2, weights 1"):
        direct_standardisation((20, 5), (100, 50), alone)
    with pytest.raises(ValueError, match="at_risk 2, reference_rate 1"):
        binomial_variance((100, 50), [0.1])


def test_what_was_observed_is_the_total_or_one_number_per_stratum() -> None:
    rest = ((100, 50), (20, 40), (1000, 200))
    assert indirect_standardisation(12, *rest) == indirect_standardisation((2, 10), *rest)
    with pytest.raises(ValueError, match="observed 3, at_risk 2"):
        indirect_standardisation((2, 5, 5), *rest)
    with pytest.raises(ValueError, match="observed: -2 is below 0"):
        indirect_standardisation((-2, 14), *rest)
    with pytest.raises(ValueError, match="observed: -2 is below 0"):
        indirect_standardisation(-2, *rest)


def test_weights_of_nothing_give_no_rate_and_say_why() -> None:
    found = direct_standardisation((20, 5), (100, 50), (0, 0))
    assert math.isnan(found.rate)
    assert found.reason == "the weights of the standard add up to 0"


def test_numbers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="a rate of 20 is not between 0 and 1"):
        binomial_variance((100, 50), (20, 0.1))
    with pytest.raises(ValueError, match="a variance of -1 is below 0"):
        james_stein([1.0, 2.0, 3.0, 5.0], -1.0)
    with pytest.raises(ValueError, match="1 standard errors for 3 scores"):
        overdispersion([1, 2, 3], [1])
    with pytest.raises(ValueError, match="a standard error is not above 0"):
        overdispersion([1, 2, 3], [1, 0, 1])
    with pytest.raises(ValueError, match=r"a baseline of 36\.6 is not between 0 and 1"):
        funnel_limits(36.6, 100)
    with pytest.raises(ValueError, match="-5 is below 0"):
        funnel_limits(0.366, [10, -5])
    with pytest.raises(ValueError, match=r"a confidence of 95 is not between 0 and 1; write 0\.95"):
        empirical_bayes([20, 21, 19, 20], [100] * 4, confidence=95)


def test_the_batters_of_efron_and_morris() -> None:
    y = np.divide(HITS, AT_BATS)
    found = james_stein(y, float(y.mean() * (1 - y.mean()) / AT_BATS))
    assert y.mean() == pytest.approx(0.265, abs=0.0015)
    assert found.shrinkage == pytest.approx(0.212, abs=0.0015)
    assert found.estimates[0] == pytest.approx(0.294, abs=0.0015)  # Clemente, .400
    assert james_stein([1.0, 1.01, 0.99, 1.0], 10.0).shrinkage == 0
    with pytest.raises(ValueError, match="3 estimates"):
        james_stein([1.0, 2.0, 3.0], 1.0)
