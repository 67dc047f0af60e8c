"""Wilson's interval gives the published answers, and never leaves 0 to 1."""

import numpy as np
import pytest

from metrics.intervals import wilson

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
