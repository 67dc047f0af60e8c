"""Intervals of numbers are to the last bit those of arrays of them."""

import numpy as np

from metrics.intervals import newcombe, ratio_interval
from metrics.pair_intervals import newcombe_of_numbers, ratio_of_numbers


def test_the_difference_of_two_numbers_is_to_the_last_bit_that_of_arrays() -> None:
    generator = np.random.default_rng(10)
    totals = np.round(10 ** generator.uniform(0, 6, (2, 4000)), 3)
    counts = np.where(generator.random(totals.shape) < 0.2, [[0.0], [1.0]], generator.random(totals.shape)) * totals
    counts[:, :2], totals[:, 2:4], counts[1, 4:6] = np.nan, np.nan, -1.0
    given = counts[0], totals[0], counts[1], totals[1]
    pairs = [newcombe_of_numbers(*numbers) for numbers in zip(*(each.tolist() for each in given), strict=True)]
    np.testing.assert_array_equal(np.array(pairs).T, newcombe(*given))
    assert np.isnan(newcombe_of_numbers(0.0, 0.0, 1.0, 2.0)).all()


def test_the_ratio_of_two_numbers_is_to_the_last_bit_that_of_arrays() -> None:
    generator = np.random.default_rng(11)
    counts = np.round(10 ** generator.uniform(-1, 5, (2, 2000)))
    per = np.round(10 ** generator.uniform(0, 5, (2, 2000)), 2)
    counts[0, :2], counts[1, 2:4], per[0, 4:6], per[1, 6:8], counts[:, 8] = np.nan, -1.0, 0.0, np.nan, 0.0
    given = *counts, *per
    pairs = [ratio_of_numbers(*numbers) for numbers in zip(*(each.tolist() for each in given), strict=True)]
    np.testing.assert_array_equal(np.array(pairs).T, ratio_interval(*given))
