"""What is unusual is what chance would hardly make: small numbers do not win, and the test is worked by hand."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests

from metrics.catalogue import INDICATORS
from metrics.histories import Histories
from metrics.unusual import Difference, differences, holm, most_unusual, rest_of_university

Counts = tuple[float, float]
STUDENTS, NATIONALITY, PAPERS = (
    "international_student_share",
    "foreign_national_student_share",
    "led_international_share",
)


def found(counts: dict[str, tuple[Counts, Counts]], department: str = "ENG", status: str = "ok") -> list[Difference]:
    """The differences of ENG; per indicator the counts and totals of ENG and of the university."""
    rows = [
        (key, code, 2025, *numbers, status if code == "ENG" else "ok")
        for key, pair in counts.items()
        for code, numbers in zip(("ENG", "*"), pair, strict=True)
    ]
    columns = ["indicator", "department", "fiscal_year", "numerator", "denominator", "status"]
    figures = Histories(pd.DataFrame(rows, columns=columns))
    asked = [INDICATORS[key] for key in counts]
    return differences(figures, asked, department, 2025, rest_of_university(figures, asked, department, 2025))


def test_z_is_that_of_the_department_against_the_rest_of_the_university() -> None:
    """30 of 100 against 20 of 100: pooled 0.25, z = 0.1 / sqrt(0.25 x 0.75 x (1/100 + 1/100)) = 1.633."""
    (one,) = found({STUDENTS: ((30, 100), (50, 200))})
    assert one.z == pytest.approx(0.1 / 0.00375**0.5)
    assert one.chance == pytest.approx(0.10247, abs=1e-5)
    assert one.higher
    assert (one.value, one.others, one.others_total) == (0.3, 0.2, 100)


def test_less_than_the_rest_is_lower() -> None:
    (one,) = found({STUDENTS: ((20, 100), (50, 200))})
    assert one.z == pytest.approx(-1.63299, abs=1e-5)
    assert not one.higher


def test_a_small_difference_of_many_is_surer_than_a_large_one_of_few() -> None:
    """ENG: 17 of 40 (43 %) against 30 % of the rest, z 1.71; and 700 of 2,000 (35 %) against 30 %, z 3.92."""
    surest = found({STUDENTS: ((17, 40), (617, 2040)), PAPERS: ((700, 2000), (1900, 6000))})
    assert [one.indicator.key for one in surest] == [PAPERS, STUDENTS]
    assert [one.indicator.key for one in most_unusual(surest)] == [PAPERS]


@pytest.mark.parametrize(
    ("here", "everywhere"),
    [
        ((3, 3), (200, 600)),  # of three, one would be expected: fewer than five
        ((16, 16), (200, 1000)),  # 3.2 expected
        ((50, 100), (53, 103)),  # hardly anything is left of the rest
        ((13, 8), (40, 300)),  # more persons than there were on the census day
    ],
)
def test_only_what_is_expected_five_times_can_be_compared(here: Counts, everywhere: Counts) -> None:
    assert found({STUDENTS: (here, everywhere)}) == []


def test_a_rest_without_any_is_compared() -> None:
    (one,) = found({STUDENTS: ((100, 100), (100, 200))})
    assert one.z == pytest.approx(200**0.5)


@pytest.mark.parametrize("status", ["suppressed", "no data", "not applicable"])
def test_what_has_no_value_is_not_compared(status: str) -> None:
    assert found({STUDENTS: ((30, 100), (50, 200))}, status=status) == []


def test_the_university_is_not_compared_with_itself() -> None:
    assert found({STUDENTS: ((30, 100), (50, 200))}, department="*") == []


def test_shares_that_are_no_proportions_are_not_compared() -> None:
    assert (
        found({"researcher_inbound_rate": ((30, 100), (50, 200)), "overseas_funding_share": ((3e6, 1e7), (5e6, 2e7))})
        == []
    )


def test_two_indicators_that_say_much_the_same_are_told_once() -> None:
    both = found({STUDENTS: ((300, 1000), (1000, 10000)), NATIONALITY: ((310, 1000), (1000, 10000))})
    assert [one.indicator.key for one in most_unusual(both)] == [NATIONALITY]


def test_holm_raises_chances_as_statsmodels_does() -> None:
    """By hand: 0.01 x 3, 0.02 x 2, and 0.03, which may not fall below the one before."""
    assert holm(np.array([0.03, 0.01, 0.02])) == pytest.approx([0.04, 0.03, 0.04])
    drawn = np.random.default_rng(1).uniform(0, 0.2, 30)
    assert holm(drawn) == pytest.approx(multipletests(drawn, method="holm")[1])
