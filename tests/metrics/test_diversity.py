"""Diversity and concentration give the published answers, hold what is known of them, and refuse what is no count."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from metrics.diversity import (
    distance_by_great_circle,
    distance_by_region,
    evenness,
    gini,
    gini_simpson,
    herfindahl,
    hill_number,
    hill_numbers,
    lorenz,
    pielou,
    rao_stirling,
    renyi,
    rosenbluth,
    shannon,
    simpson_unbiased,
    top_share,
    true_diversity,
)

# The counts of the data set `spider` of the R package iNEXT (Hsieh, Ma & Chao 2016; Sackett et al. 2011).
GIRDLED = [46, 22, 17, 15, 15, 9, 8, 6, 6, 4, *[2] * 4, *[1] * 12]
LOGGED = [88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, 4, 4, 4, 3, 3, 3, 3, *[2] * 4, *[1] * 14]
INEQ = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]  # R package ineq, tests/Ex.Rout.save
P = [0.5, 0.3, 0.2]
D: list[list[float]] = [[0, 1, 0.5], [1, 0, 0.2], [0.5, 0.2, 0]]
COUNTS = some.lists(some.integers(0, 1000), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("counts", "n", "published"), [(GIRDLED, 168, (26, 12.060, 7.840)), (LOGGED, 252, (37, 14.421, 6.761))]
)
def test_hill_numbers_of_the_spiders_are_those_of_the_vignette_of_inext(
    counts: list[int], n: int, published: tuple[float, ...]
) -> None:
    assert sum(counts) == n
    assert [hill_number(counts, q) for q in (0, 1, 2)] == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(
    ("order", "hill", "entropy"),
    [  # scikit-bio, skbio/diversity/alpha/tests/test_base.py
        (0, 5, 1.60943791),
        (0.5, 4.68423304, 1.54420220),
        (1, 4.43598780, 1.48975032),
        (2, 4.09090909, 1.40876722),
        (10, 3.34923645, 1.20873239),
        (math.inf, 3, 1.09861229),
    ],
)
def test_hill_numbers_and_renyis_entropies_of_every_order_are_those_of_scikit_bio(
    order: float, hill: float, entropy: float
) -> None:
    assert hill_number([1, 2, 3, 4, 5], order) == pytest.approx(hill, abs=1e-7)
    assert renyi([1, 2, 3, 4, 5], order) == pytest.approx(entropy, abs=1e-7)


def test_the_indices_of_scikit_bio() -> None:
    assert shannon([1, 2, 3, 4]) == pytest.approx(1.279854226, abs=1e-8)
    assert hill_number([1, 2, 3, 4], 1) == pytest.approx(3.596115467, abs=1e-8)
    assert shannon([5, 5]) == pytest.approx(0.693147181, abs=1e-8)
    assert shannon([5, 0, 5, 0]) == shannon([5, 5])
    assert gini_simpson([1, 0, 2, 5, 2]) == pytest.approx(0.66, abs=1e-8)
    assert simpson_unbiased([1, 0, 2, 5, 2]) == pytest.approx(0.8 / 3, abs=1e-8)
    assert pielou([1, 1, 196, 1, 1]) == pytest.approx(0.078, abs=5e-4)


def test_gini_herfindahl_and_rosenbluth_are_those_of_the_r_package_ineq() -> None:
    assert gini(INEQ) == pytest.approx(0.4620911, abs=5e-8)
    assert herfindahl(INEQ) == pytest.approx(0.1840812, abs=5e-8)
    assert rosenbluth(INEQ) == pytest.approx(0.1859051, abs=5e-8)


def test_rao_stirling_over_ordered_pairs_is_twice_that_over_unordered_ones() -> None:
    """By hand: .5 x .3 x 1 + .5 x .2 x .5 + .3 x .2 x .2 = .15 + .05 + .012 = .212."""
    assert rao_stirling(P, D) == pytest.approx(0.424, abs=1e-12)
    assert rao_stirling(P, D, ordered=False) == pytest.approx(0.212, abs=1e-12)
    assert true_diversity(P, D) == pytest.approx(1.7361, abs=5e-5)
    assert true_diversity(P, D) == pytest.approx(1 / 0.576, abs=1e-12)


def test_rao_stirling_weighs_distance_and_balance_by_its_exponents() -> None:
    pairs = [(0.15, 1), (0.1, 0.5), (0.06, 0.2)]
    for alpha, beta in [(0, 1), (1, 0), (0, 0), (2, 1), (1, 0.5)]:
        by_hand = 2 * sum(d**alpha * pp**beta for pp, d in pairs)
        assert rao_stirling(P, D, alpha=alpha, beta=beta) == pytest.approx(by_hand, abs=1e-12)
    assert rao_stirling([*P, 0], np.pad(D, ((0, 1), (0, 1))), alpha=0, beta=0) == 6  # a kind of nothing is no kind


def test_counts_and_shares_have_the_same_rao_stirling_diversity() -> None:
    assert rao_stirling([50, 30, 20], D) == pytest.approx(0.424, abs=1e-12)


@given(COUNTS)
def test_where_all_kinds_differ_entirely_true_diversity_is_the_hill_number_of_order_2(counts: list[int]) -> None:
    apart = 1.0 - np.eye(len(counts))
    assert true_diversity(counts, apart) == pytest.approx(hill_number(counts, 2), nan_ok=True)
    assert rao_stirling(counts, apart) == pytest.approx(gini_simpson(counts), abs=1e-12, nan_ok=True)


@given(COUNTS)
def test_hill_numbers_fall_with_the_order_and_are_smooth_around_1(counts: list[int]) -> None:
    orders = (0, 0.5, 1 - 1e-6, 1, 1 + 1e-6, 1.5, 2, 3, 50, 5000, math.inf)
    found = [hill_number(counts, q) for q in orders]
    if not any(counts):
        assert np.isnan(found).all()
        return
    assert all(before >= after - 1e-9 for before, after in pairwise(found))
    assert found[2] == pytest.approx(found[3], rel=1e-4)
    assert found[4] == pytest.approx(found[3], rel=1e-4)


@given(COUNTS)
def test_indices_agree_with_sums_written_out(counts: list[int]) -> None:
    n, there = sum(counts), [c for c in counts if c]
    if n == 0:
        assert math.isnan(herfindahl(counts))
        return
    assert herfindahl(counts) == pytest.approx(float(sum(Fraction(c, n) ** 2 for c in counts)))
    assert shannon(counts) == pytest.approx(-sum(c / n * math.log(c / n) for c in there), abs=1e-12)
    assert evenness(counts, 2) == pytest.approx(1 / herfindahl(counts) / len(there))
    assert rosenbluth(counts) == pytest.approx(1 / (len(counts) * (1 - gini(counts))))


@given(COUNTS)
def test_gini_is_half_the_mean_difference_over_the_mean_and_twice_the_area_above_the_lorenz_curve(
    counts: list[int],
) -> None:
    n, total = len(counts), sum(counts)
    if total == 0:
        assert math.isnan(gini(counts))
        return
    differences = Fraction(sum(abs(a - b) for a in counts for b in counts), 2 * n * total)
    assert gini(counts) == pytest.approx(float(differences), abs=1e-12)
    curve = lorenz(counts)
    area = float(((curve.held[1:] + curve.held[:-1]) / 2 * np.diff(curve.holders)).sum())
    assert gini(counts) == pytest.approx(1 - 2 * area, abs=1e-12)


def test_who_holds_nothing_counts_in_gini() -> None:
    assert gini([1, 1]) == 0
    assert gini([1, 1, 0, 0]) == 0.5
    assert gini([1, 0, 0, 0]) == 0.75
    assert gini([1, 0, 0, 0], corrected=True) == pytest.approx(1)
    assert gini([3, 1], corrected=True) == pytest.approx(2 * gini([3, 1]))


@given(COUNTS)
def test_who_holds_nothing_need_not_be_listed(counts: list[int]) -> None:
    there, nothing = [c for c in counts if c], counts.count(0)
    assert gini(there, nothing=nothing) == pytest.approx(gini(counts), abs=0, nan_ok=True)
    if there:
        short, full = lorenz(there, nothing=nothing), lorenz(counts)
        assert np.interp(full.holders, *short) == pytest.approx(full.held, abs=1e-12)


def test_a_slip_of_the_pen_in_a_headcount_takes_no_memory() -> None:
    assert gini([1], nothing=10**12) == pytest.approx(1)
    assert len(lorenz([1], nothing=10**12).held) == 3


def test_the_lorenz_curve_runs_from_nobody_to_all() -> None:
    holders, held = lorenz([3, 0, 1])
    assert holders.tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert held.tolist() == [0, 0, 0.25, 1]


def test_the_top_tenth_takes_a_part_of_the_holder_at_its_border() -> None:
    assert top_share([*[1] * 9, 11]) == pytest.approx(11 / 20)
    assert top_share([*[1] * 4, 16]) == pytest.approx(8 / 20)  # a tenth of five is half of the largest
    assert top_share([4, 2, 1, 1], 0.5) == pytest.approx(6 / 8)
    assert top_share([4, 2], 1) == pytest.approx(1)


def test_nothing_has_no_diversity_and_one_kind_no_evenness() -> None:
    for index in (shannon, pielou, herfindahl, gini_simpson, simpson_unbiased, rosenbluth, gini, top_share, evenness):
        assert math.isnan(index([])), index
        assert math.isnan(index([0, 0])), index
    assert math.isnan(rao_stirling([0, 0, 0], D))
    assert hill_number([7], 1) == 1
    assert math.isnan(pielou([7]))
    assert math.isnan(simpson_unbiased([1]))
    assert math.isnan(gini([7], corrected=True))
    with pytest.raises(ValueError, match="add up to 0"):
        lorenz([0, 0])


def test_many_rows_are_as_many_lists() -> None:
    rows = np.array([[1.0, 2, 3], [0, 0, 0], [5, 0, 5]])
    assert hill_numbers(rows, 1).tolist() == pytest.approx([hill_number(row, 1) for row in rows], nan_ok=True)
    assert hill_numbers(np.empty((2, 0)), 0).tolist() == pytest.approx([math.nan] * 2, nan_ok=True)


def test_what_is_no_count_order_part_or_distance_is_refused() -> None:
    for wrong in ([1, -1], [1, math.nan], [1, math.inf]):
        with pytest.raises(ValueError, match="is no count"):
            gini(wrong)
    with pytest.raises(ValueError, match="2 dimensions"):
        shannon([[1, 2]])
    for order in (-1, math.nan):
        with pytest.raises(ValueError, match="order of a Hill number"):
            hill_number([1], order)
    for part in (0, 1.1):
        with pytest.raises(ValueError, match="part of the holders"):
            top_share([1], part)
    with pytest.raises(ValueError, match="3 x 3"):
        rao_stirling(P, [[0, 1], [1, 0]])
    with pytest.raises(ValueError, match="both directions"):
        rao_stirling([1, 1], [[0.0, 1.0], [0.5, 0.0]])
    with pytest.raises(ValueError, match="between 0 and 1"):
        true_diversity([1, 1], [[0, 2], [2, 0]])


def test_countries_lie_apart_as_the_tree_of_m49_branches() -> None:
    regions = ["Asia", "Asia", "Asia", "Europe", "", ""]
    subregions = ["Eastern Asia", "Eastern Asia", "Southern Asia", "Western Europe", "", ""]
    d = distance_by_region(regions, subregions)
    assert d[0].tolist() == [0, 1 / 3, 2 / 3, 1, 1, 1]
    assert d[4].tolist() == [1, 1, 1, 1, 0, 1]  # two countries of no known region are not neighbours for that
    assert (d == d.T).all()
    with pytest.raises(ValueError, match="6 regions but 5"):
        distance_by_region(regions, subregions[1:])


def test_places_lie_apart_as_the_earth_is_round() -> None:
    d = distance_by_great_circle([0, 0, 0, 90], [0, 90, 180, 0])  # three on the equator, and the pole
    assert d[0].tolist() == pytest.approx([0, 0.5, 1, 0.5], abs=1e-9)
    assert np.allclose(d, d.T)
    with pytest.raises(ValueError, match="2 latitudes and 1 longitudes"):
        distance_by_great_circle([0, 1], [0])
