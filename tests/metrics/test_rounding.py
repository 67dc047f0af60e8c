"""HESA's standard rounding: the rules as published, halves up, totals rounded by themselves."""

import math

import numpy as np
import pytest

from metrics.disclosure.rounding import hesa_mean, hesa_round, hesa_share


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, 0), (2, 0), (2.4, 0), (2.5, 5), (3, 5), (7, 5), (7.5, 10), (12.5, 15), (1234, 1235)],
)
def test_counts_go_to_the_nearest_five_and_halves_go_up(count: float, shown: float) -> None:
    """HESA's rules (2.5 becomes 5 as published). Python's own `round` would make 12.5 / 5 two and show 10."""
    assert hesa_round(count) == shown


def test_a_scalar_gives_a_scalar_and_an_array_an_array_and_missing_stays_missing() -> None:
    assert isinstance(hesa_round(3), float)
    np.testing.assert_array_equal(hesa_round(np.array([2.4, 2.5, np.nan])), [0, 5, np.nan])


def test_totals_are_rounded_by_themselves_so_rows_need_not_add_up() -> None:
    rows = np.array([3.0, 3.0, 3.0])
    assert (hesa_round(rows).sum(), hesa_round(float(rows.sum()))) == (15, 10)


def test_a_percentage_of_fewer_than_22_and_a_half_individuals_is_not_given() -> None:
    assert math.isnan(hesa_share(11, 22))
    assert hesa_share(9, 22.5) == 0.4
    assert hesa_share(0, 23) == 0


def test_an_average_of_seven_or_fewer_individuals_is_not_given() -> None:
    assert math.isnan(hesa_mean(70, 7))
    assert hesa_mean(80, 8) == 10


def test_a_negative_count_is_none() -> None:
    with pytest.raises(ValueError, match="not negative: -1"):
        hesa_round(np.array([3.0, -1.0]))
