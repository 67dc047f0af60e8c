"""A change splits into effects as published, and nothing is ever left over."""

from itertools import permutations
from math import fsum, log, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.decomposition import (
    das_gupta,
    kitagawa,
    kitagawa_counts,
    kitagawa_three_part,
    lmdi,
    logarithmic_mean,
    shift_share,
)

# Heads of households per 100 persons, United States 1970 and 1985, 13 age groups from 15-19 to 75+: Das Gupta 1993,
# US Census Bureau P23-186, example 5.1 (printed in the README of the R package DasGuptR).
AGES_1970 = [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9]
AGES_1985 = [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5]
HEADS_1970 = [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8]
HEADS_1985 = [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2]

COUNT = st.floats(0, 1e6, allow_subnormal=False).map(lambda value: 0.0 if value < 1e-3 else value)
POSITIVE = st.floats(1e-3, 1e6)
GROUPS = st.integers(1, 12)


def arrays(values: st.SearchStrategy[float], many: int) -> st.SearchStrategy[tuple[np.ndarray, ...]]:
    def of(groups: int) -> st.SearchStrategy[tuple[np.ndarray, ...]]:
        return st.tuples(*[st.lists(values, min_size=groups, max_size=groups).map(np.array)] * many)

    return GROUPS.flatmap(of)


def size(*arrays: np.ndarray) -> float:
    """What a difference is small against."""
    return max(1e-9, *(float(np.abs(array).max(initial=0)) for array in arrays))


def test_kitagawa_gives_the_published_effects_on_headship() -> None:
    found = kitagawa(np.array(AGES_1970) / 100, HEADS_1970, np.array(AGES_1985) / 100, HEADS_1985)
    assert np.dot(AGES_1970, HEADS_1970) / 100 == pytest.approx(44.7268, abs=6e-5)
    assert np.dot(AGES_1985, HEADS_1985) / 100 == pytest.approx(47.6940, abs=6e-5)
    assert found.composition_effect == pytest.approx(1.2269, abs=6e-5)
    assert found.rate_effect == pytest.approx(1.7403, abs=6e-5)
    assert found.total == pytest.approx(2.9672, abs=6e-5)


def test_das_gupta_of_two_vectors_is_kitagawa_with_the_published_standardised_rates() -> None:
    found = das_gupta(
        [np.array(AGES_1970) / 100, np.array(HEADS_1970)], [np.array(AGES_1985) / 100, np.array(HEADS_1985)]
    )
    assert found.effects == pytest.approx([1.2269, 1.7403], abs=6e-5)
    assert found.standardised_before[0] == pytest.approx(45.5876, abs=6e-5)
    assert found.standardised_after[0] == pytest.approx(46.8145, abs=6e-5)


PUBLISHED = [  # Das Gupta 1993, chapter 2, as printed in the README of DasGuptR
    ("2.1", [10930, 0.717892], [16591, 0.825974], [4369.913, 1487.262], 5857.175, 6e-3),
    (
        "2.2",
        [51.78746, 0.45919, 0.52638],
        [84.90502, 0.75756, 0.51065],
        [10.4340333, 10.5608476, -0.6670084],
        20.3278726,
        1e-6,
    ),
    (
        "2.3",
        [25.3, 0.214, 0.279, 0.949],
        [32.7, 0.290, 0.473, 0.986],
        [0.6889411, 0.8125381, 1.3829055, 0.1047547],
        2.9891394,
        1e-6,
    ),
    (
        "2.4",
        [0.58, 0.76, 0.84, 0.66, 16.573],
        [0.72, 0.97, 0.97, 0.56, 16.158],
        [1.0909785, 1.2298438, 0.7278399, -0.8398707, -0.1290187],
        2.0797729,
        1e-6,
    ),
]


@pytest.mark.parametrize(
    ("before", "after", "effects", "total", "near"), [row[1:] for row in PUBLISHED], ids=[row[0] for row in PUBLISHED]
)
def test_das_gupta_gives_the_published_effects_of_products(
    before: list[float], after: list[float], effects: list[float], total: float, near: float
) -> None:
    found = das_gupta(before, after)
    assert found.effects == pytest.approx(effects, abs=near)
    assert found.total == pytest.approx(total, abs=near)


def test_das_gupta_gives_the_published_effects_of_three_vectors() -> None:
    """Births per 1,000 in seven age groups of women, 1960 and 1970 (example 4.5 of the README of DasGuptR)."""
    in_1960: list[list[float]] = [
        [393, 407, 369, 274, 184, 90, 16],
        [0.122, 0.622, 0.903, 0.930, 0.916, 0.873, 0.800],
        [0.043, 0.041, 0.036, 0.032, 0.026, 0.020, 0.018],
    ]
    in_1970: list[list[float]] = [
        [488, 452, 338, 156, 63, 22, 3],
        [0.082, 0.527, 0.866, 0.941, 0.942, 0.923, 0.876],
        [0.058, 0.038, 0.032, 0.030, 0.026, 0.023, 0.019],
    ]
    found = das_gupta(in_1960, in_1970)
    assert found.effects == pytest.approx([-7.285632, -2.720633, -1.565181], abs=1e-6)
    assert found.total == pytest.approx(-11.571446, abs=1e-6)


def test_das_gupta_gives_the_published_effects_on_a_rate_that_is_no_product() -> None:
    """Births outside marriage as a share of births, 1963 and 1983 (example 4.4 of the README of DasGuptR)."""

    def outside_marriage(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> float:
        return float((a * b * c).sum() / ((a * b * c).sum() + (a * (1 - b) * d).sum()))

    in_1963 = [
        [0.200, 0.163, 0.146, 0.154, 0.168, 0.169],
        [0.866, 0.325, 0.119, 0.099, 0.099, 0.121],
        [0.007, 0.021, 0.023, 0.015, 0.008, 0.002],
        [0.454, 0.326, 0.195, 0.107, 0.051, 0.015],
    ]
    in_1983 = [
        [0.169, 0.195, 0.190, 0.174, 0.150, 0.122],
        [0.931, 0.563, 0.311, 0.216, 0.199, 0.191],
        [0.018, 0.026, 0.023, 0.016, 0.008, 0.002],
        [0.380, 0.201, 0.149, 0.079, 0.025, 0.006],
    ]
    found = das_gupta(in_1963, in_1983, outside_marriage)
    assert found.effects == pytest.approx([-0.00620498, 0.04866154, 0.02705922, 0.02470928], abs=1e-8)
    assert found.total == pytest.approx(0.09422505, abs=1e-8)


@settings(deadline=None)
@given(st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=4))
def test_das_gupta_is_the_mean_over_all_orders_in_which_the_factors_can_change(
    pairs: list[tuple[float, float]],
) -> None:
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    orders = list(permutations(range(len(pairs))))
    expected = [0.0] * len(pairs)
    for order in orders:
        now = list(before)
        for factor in order:
            was = float(np.prod(now))
            now[factor] = after[factor]
            expected[factor] += (float(np.prod(now)) - was) / len(orders)
    found = das_gupta(before, after)
    near = 1e-12 * max(float(np.prod(np.maximum(before, after))), 1e-9)
    assert found.effects == pytest.approx(expected, abs=near)
    assert fsum(found.effects) == pytest.approx(np.prod(after) - np.prod(before), abs=near)


@settings(deadline=None)
@given(arrays(POSITIVE, 4))
def test_both_forms_of_kitagawa_leave_nothing_over(drawn: tuple[np.ndarray, ...]) -> None:
    w0, r0, w1, r1 = drawn
    change = fsum(w1 * r1) - fsum(w0 * r0)
    near = 1e-12 * size(w0 * r0, w1 * r1, w0 * r1, w1 * r0) * len(w0)
    two, three = kitagawa(w0, r0, w1, r1), kitagawa_three_part(w0, r0, w1, r1)
    assert two.composition_effect + two.rate_effect == pytest.approx(change, abs=near)
    assert two.total == pytest.approx(change, abs=near)
    assert fsum([*three.composition, *three.rate, *three.interaction]) == pytest.approx(change, abs=near)
    assert two.rate == pytest.approx(three.rate + three.interaction / 2, abs=near)


@settings(deadline=None)
@given(arrays(COUNT, 4), st.booleans())
def test_counts_with_new_vanished_and_baseless_groups_leave_nothing_over(
    drawn: tuple[np.ndarray, ...], centred: bool
) -> None:
    n0, d0, n1, d1 = drawn
    d0, d1 = np.append(d0, 10.0), np.append(d1, 25.0)
    n0, n1 = np.append(n0, 4.0), np.append(n1, 5.0)
    found = kitagawa_counts(n0, d0, n1, d1, centred=centred)
    change = fsum(n1) / fsum(d1) - fsum(n0) / fsum(d0)
    near = 1e-12 * size(n0, n1) * len(n0)
    assert found.total == pytest.approx(change, abs=near)
    assert fsum([*found.composition, *found.rate, *found.apart]) == pytest.approx(change, abs=near)


def test_a_new_group_is_composition_a_vanished_one_too_and_a_count_without_a_base_stands_apart() -> None:
    """A: 10 of 50, then 15 of 50. B vanishes (5 of 50). C is new (9 of 30). D is 2, then 4, of nobody.

    Whole: 17 of 100, then 28 of 80. A: weight .5 to .625, rate .2 to .3: .125 x .25 and .1 x .5625. B: -.5 x .1.
    C: .375 x .3. D: 4/80 - 2/100.
    """
    found = kitagawa_counts([10, 5, 0, 2], [50, 50, 0, 0], [15, 0, 9, 4], [50, 0, 30, 0])
    assert found.composition == pytest.approx([0.03125, -0.05, 0.1125, 0])
    assert found.rate == pytest.approx([0.05625, 0, 0, 0])
    assert found.apart == pytest.approx([0, 0, 0, 0.03])
    assert found.total == pytest.approx(28 / 80 - 17 / 100)


def test_measured_about_the_mean_a_low_group_that_shrinks_is_a_rise_and_the_sums_stay() -> None:
    plain = kitagawa_counts([1, 9], [50, 50], [0.5, 13.5], [25, 75])
    about = kitagawa_counts([1, 9], [50, 50], [0.5, 13.5], [25, 75], centred=True)
    assert plain.composition == pytest.approx([-0.005, 0.045])
    assert about.composition == pytest.approx([0.025, 0.015])
    assert about.composition_effect == pytest.approx(plain.composition_effect)
    assert about.rate.tolist() == plain.rate.tolist() == [0, 0]


def test_kitagawa_refuses_a_missing_rate_of_a_group_that_is_there_and_groups_that_do_not_match() -> None:
    assert kitagawa([0, 1], [nan, 0.2], [0.5, 0.5], [0.4, 0.2]).composition == pytest.approx([0.2, -0.1])
    with pytest.raises(ValueError, match=r"groups at \[0\] have no rate"):
        kitagawa([0.1, 0.9], [nan, 0.2], [0.5, 0.5], [0.4, 0.2])
    with pytest.raises(ValueError, match="groups do not match"):
        kitagawa([1], [1], [1, 2], [1, 2])
    with pytest.raises(ValueError, match=r"weights add up to 10 before and 30 after; `about` needs the same"):
        kitagawa([10], [0.2], [30], [0.3], about=0.2)
    with pytest.raises(ValueError, match="there is no rate to split"):
        kitagawa_counts([1], [0], [1], [2])
    with pytest.raises(ValueError, match="2 factors before and 1 after"):
        das_gupta([1, 2], [1])


@settings(deadline=None)
@given(GROUPS.flatmap(lambda n: st.tuples(*[st.lists(COUNT, min_size=n, max_size=n).map(np.array)] * 6)))
def test_lmdi_leaves_nothing_over_whatever_is_zero(drawn: tuple[np.ndarray, ...]) -> None:
    before, after = list(drawn[:3]), list(drawn[3:])
    found = lmdi(before, after)
    v0, v1 = np.prod(before, axis=0), np.prod(after, axis=0)
    near = 1e-12 * size(v0, v1) * len(v0)
    assert np.isfinite(found.effects).all()
    assert found.effects.sum(axis=0) == pytest.approx(v1 - v0, abs=near)
    assert found.total == pytest.approx(fsum(v1) - fsum(v0), abs=near)


def test_lmdi_is_the_logarithmic_mean_times_the_logarithm_of_each_factors_growth() -> None:
    """V = 10 x 0.2 = 2, then 20 x 0.3 = 6: L = 4 / ln 3; effects L ln 2 and L ln 1.5."""
    found = lmdi([10, 0.2], [20, 0.3])
    assert found.factor_effects == pytest.approx([4 / log(3) * log(2), 4 / log(3) * log(1.5)])
    assert found.total == pytest.approx(4)
    assert logarithmic_mean(5, 5) == 5
    assert logarithmic_mean([0, 6], [3, 2]) == pytest.approx([0, 4 / log(3)])


def test_zero_cells_of_lmdi_take_the_limits_that_small_numbers_come_near_to() -> None:
    """Trap 10. New by its first factor, vanished by two, none at all, a missing rate of a new group (unchanged)."""
    before = [[0.0, 4.0, 0.0, 0.0], [0.5, 0.5, 0.0, nan]]
    after = [[8.0, 0.0, 3.0, 6.0], [0.25, 0.0, 0.0, 0.5]]
    found = lmdi(before, after)
    assert found.effects == pytest.approx(np.array([[2, -1, 0, 3], [0, -1, 0, 0]]))
    tiny = 1e-150  # the limit is reached slowly, with the logarithm of what stands for 0
    near = lmdi([[tiny, 4.0], [0.5, 0.5]], [[8.0, tiny], [0.25, tiny]])
    assert near.effects == pytest.approx(found.effects[:, :2], abs=0.03)


def test_lmdi_refuses_what_has_no_logarithm() -> None:
    with pytest.raises(ValueError, match="below 0"):
        lmdi([1, -1], [1, 1])
    with pytest.raises(ValueError, match="lack a factor although none is 0"):
        lmdi([[1.0], [nan]], [[1.0], [1.0]])


def test_shift_share_is_growth_of_the_whole_mix_and_what_is_the_groups_own() -> None:
    """The whole grows 100 to 150 (+50 %): group 1 60 to 90 (+50 %), group 2 40 to 60 (+50 %).

    Here 10 to 20 and 20 to 25: national 5 and 10, mix 0 and 0, competitive 5 and -5.
    """
    found = shift_share([10, 20], [20, 25], [60, 40], [90, 60])
    assert (found.national_effect, found.mix_effect, found.competitive_effect) == pytest.approx((15, 0, 0))
    assert found.competitive == pytest.approx([5, -5])
    assert shift_share([0], [7], [60], [90]).competitive == pytest.approx([7])
    with pytest.raises(ValueError, match="no growth rate"):
        shift_share([1], [1], [0], [1])


@settings(deadline=None)
@given(arrays(COUNT, 4))
def test_shift_share_leaves_nothing_over(drawn: tuple[np.ndarray, ...]) -> None:
    e0, e1, f0, f1 = drawn
    f0 = np.append(f0, 3.0)[: len(f0) + 1]
    e0, e1, f1 = np.append(e0, 1.0), np.append(e1, 1.0), np.append(f1, 4.0)
    found = shift_share(e0, e1, f0, f1)
    near = 1e-12 * size(e0, e1, found.national, found.mix) * len(e0)
    assert found.total == pytest.approx(fsum(e1) - fsum(e0), abs=near)
