"""Intervals of two numbers are to the last bit those that their formulas give of whole arrays."""

import numpy as np

from metrics.intervals import clopper_pearson, quantile
from metrics.links import Floats
from metrics.pair_intervals import newcombe, ratio_interval


def score(count: Floats, total: Floats) -> tuple[Floats, Floats]:
    """Wilson's limits."""
    z, share = quantile(0.95), count / total
    divisor = 1 + z**2 / total
    middle = (share + z**2 / (2 * total)) / divisor
    half = z * np.sqrt(share * (1.0 - share) / total + z**2 / (4.0 * total**2)) / divisor
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def differences(count: Floats, total: Floats, count2: Floats, total2: Floats) -> Floats:
    here, there, (low, high), (low2, high2) = count / total, count2 / total2, score(count, total), score(count2, total2)
    lowest = here - there - np.sqrt((here - low) ** 2 + (high2 - there) ** 2)
    highest = here - there + np.sqrt((there - low2) ** 2 + (high - here) ** 2)
    proper = (count >= 0) & (count <= total) & (count2 >= 0) & (count2 <= total2)
    return np.where(proper, [np.maximum(lowest, -1.0), np.minimum(highest, 1.0)], np.nan)


def ratios(count: Floats, count2: Floats, per: Floats, per2: Floats) -> Floats:
    exposure = np.where((per > 0) & (per2 > 0), per2 / per, np.nan)
    low, high = (exposure * limit / (1 - limit) for limit in clopper_pearson(count, count + count2))
    none = (count == 0) & (count2 == 0)
    found = np.where(none, [0 * exposure, np.inf * exposure], [low, high])
    return np.where((count >= 0) & (count2 >= 0), found, np.nan)


def test_the_difference_of_two_numbers_is_to_the_last_bit_that_of_arrays() -> None:
    generator = np.random.default_rng(10)
    totals = np.round(10 ** generator.uniform(0, 6, (2, 4000)), 3)
    counts = np.where(generator.random(totals.shape) < 0.2, [[0.0], [1.0]], generator.random(totals.shape)) * totals
    counts[:, :2], totals[:, 2:4], counts[1, 4:6] = np.nan, np.nan, -1.0
    given = counts[0], totals[0], counts[1], totals[1]
    pairs = [newcombe(*numbers) for numbers in zip(*(each.tolist() for each in given), strict=True)]
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = differences(*given)
    np.testing.assert_array_equal(np.array(pairs).T, expected)
    assert np.isnan(newcombe(0.0, 0.0, 1.0, 2.0)).all()


def test_the_ratio_of_two_numbers_is_to_the_last_bit_that_of_arrays() -> None:
    generator = np.random.default_rng(11)
    counts = np.round(10 ** generator.uniform(-1, 5, (2, 2000)))
    per = np.round(10 ** generator.uniform(0, 5, (2, 2000)), 2)
    counts[0, :2], counts[1, 2:4], per[0, 4:6], per[1, 6:8], counts[:, 8] = np.nan, -1.0, 0.0, np.nan, 0.0
    given = *counts, *per
    pairs = [ratio_interval(*numbers) for numbers in zip(*(each.tolist() for each in given), strict=True)]
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = ratios(*given)
    np.testing.assert_array_equal(np.array(pairs).T, expected)
