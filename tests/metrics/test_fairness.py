"""A department is as expected, higher or lower by rules that a hand can follow, and heads are told of no other."""

import math
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from metrics.catalogue import INDICATORS
from metrics.fairness import (
    AS_EXPECTED,
    HIGHER,
    LOWER,
    NOT_JUDGED,
    USUALLY_HIGHER,
    USUALLY_LOWER,
    Expectation,
    expectation,
    limited,
    told_strata,
)
from metrics.fairness_words import TOO_FEW, VERDICTS, Of, answer, overview, spread_measured, spread_said
from metrics.measures import Activities, Persons
from metrics.strata import strata
from tests.metrics.asking import declared
from tests.metrics.strategies import University, countings, universities
from tests.metrics.test_oracle import STEADY
from vocabulary.departments import UNIVERSITY
from vocabulary.strata import STRATIFICATIONS, Stratification
from vocabulary.text import Text

Strata = dict[str, tuple[float, float]]
STUDENTS = INDICATORS["international_student_share"]
OF = Of(STUDENTS, 2025, "level", Text("the university", "全学"))
THERE: Strata = {"undergraduate": (20, 1000), "master": (60, 300), "doctoral": (20, 50)}  # 2 %, 20 %, 40 %


def rows(**departments: Strata) -> pd.DataFrame:
    """Strata of one year: numerator and denominator of each stratum of each department."""
    found = [
        (UNIVERSITY if code == "university" else code, 2025, stratum, float(counted), float(at_risk))
        for code, own in departments.items()
        for stratum, (counted, at_risk) in own.items()
    ]
    return pd.DataFrame(found, columns=["department", "fiscal_year", "stratum", "numerator", "denominator"])


def reference(of: Strata) -> pd.DataFrame:
    return rows(there=of)[["stratum", "numerator", "denominator"]]


def compared(
    there: Strata = THERE, more: dict[str, Strata] | None = None, *, rate: bool = False, **departments: Strata
) -> Expectation:
    every = {**departments, **(more or {})}
    return expectation(rows(**every), reference(there), tuple(every), proportion=not rate)


def masters(*counted: float) -> dict[str, Strata]:
    """Departments D0, D1, ... of 100 master's students each."""
    return {f"D{n}": {"master": (number, 100.0)} for n, number in enumerate(counted)}


def entitled(*codes: str) -> Callable[[str], bool]:
    return lambda code: code in codes


def test_a_department_beside_what_its_mix_leads_to_expect() -> None:
    found = compared(ENG={"undergraduate": (1, 100), "master": (15, 50)})
    row = found.of("ENG")
    assert (row["compared"], row["n"], row["rate"]) == (16, 150, pytest.approx(16 / 150))
    assert row["expected"] == pytest.approx(100 * 0.02 + 50 * 0.2)
    assert row["variance"] == pytest.approx(100 * 0.02 * 0.98 + 50 * 0.2 * 0.8)
    assert row["ratio"] == pytest.approx(16 / 12)
    assert row["adjusted"] == pytest.approx(16 / 12 * 100 / 1350)
    # its rates of 1 % and 30 % in the mix of 1,000 and 300
    assert row["direct"] == pytest.approx((0.01 * 1000 + 0.3 * 300) / 1300)
    assert row["strata"] == 2
    assert found.baseline == pytest.approx(100 / 1350)
    mix = found.mix.set_index("stratum")
    assert mix.loc["master", "reference_rate"] == pytest.approx(0.2)
    assert mix.loc["master", "expected"] == pytest.approx(10)


def test_a_department_with_the_reference_s_mix_has_its_own_n() -> None:
    row = compared(ENG={"master": (30, 100)}, there={"master": (60, 300)}).of("ENG")
    assert row["effective_n"] == pytest.approx(100)
    assert row["adjusted"] == pytest.approx(0.3)


def test_strata_that_the_reference_does_not_have_are_left_out_and_told() -> None:
    found = compared(ENG={"undergraduate": (2, 100), "staff": (9, 10), "": (1, 0)})
    row = found.of("ENG")
    assert (row["observed"], row["at_risk"]) == (12, 110)
    assert (row["compared"], row["n"], row["ratio"]) == (2, 100, pytest.approx(1))
    assert "10 of 110 are in strata without a reference rate" in answer(found, "ENG", Text("ENG", "ENG"), OF)[-1].en


@settings(STEADY, max_examples=25, phases=(Phase.generate,))
@given(university=universities(), counting=countings, by=st.sampled_from(STRATIFICATIONS))
def test_the_university_against_itself_is_as_expected_exactly(
    university: University, counting: str, by: Stratification
) -> None:
    kinds, ledger = tuple(sorted(university.kinds)), university.ledger()
    for indicator in (
        declared(Activities(types=kinds, only=("international",)), Activities(types=kinds)),
        declared(Persons(types=kinds, only=("international",)), Persons(types=kinds)),
    ):
        every = strata(ledger, indicator, by, counting=counting)  # type: ignore[arg-type]  # drawn from the rules
        for _, year in every.groupby("fiscal_year"):
            there = year[year["department"] == UNIVERSITY]
            if not there["denominator"].sum():
                continue
            row = expectation(year, there, (), proportion=True).of(UNIVERSITY)
            assert row["expected"] == pytest.approx(row["observed"])
            assert math.isnan(row["ratio"]) if row["observed"] == 0 else row["ratio"] == pytest.approx(1, abs=1e-12)
            assert row["verdict"] in (AS_EXPECTED, NOT_JUDGED)


def test_what_lies_beyond_chance_is_higher_or_lower() -> None:
    found = compared(
        A={"master": (40, 100)}, B={"master": (5, 100)}, C={"master": (21, 100)}, there={"master": (60, 300)}
    )
    assert list(found.table["verdict"]) == [HIGHER, LOWER, AS_EXPECTED]
    assert found.spread.departments == 3  # too few to tell how they differ among themselves
    assert (found.spread.phi, found.spread.tau2) == (1, 0)


def test_a_few_counted_are_called_higher_only_where_their_exact_interval_says_so() -> None:
    # 2 where 0.5 are expected: a score of 2.1, but the exact interval begins at 0.48
    found = compared(rate=True, A={"master": (2, 10)}, there={"master": (5, 100)})
    row = found.of("A")
    assert row["z"] > 1.96
    assert row["low"] == pytest.approx(0.2422 / 0.5, abs=1e-3)
    assert row["verdict"] == AS_EXPECTED


def test_over_dispersion_widens_what_is_as_expected() -> None:
    there = {"master": (160.0, 800.0)}
    wide = compared(there, masters(5, 8, 12, 16, 24, 28, 32, 35))
    narrow = compared(there, masters(18, 19, 20, 20, 20, 21, 21, 35))
    assert wide.of("D7")["ratio"] == narrow.of("D7")["ratio"]
    assert (wide.of("D7")["verdict"], narrow.of("D7")["verdict"]) == (USUALLY_HIGHER, HIGHER)
    assert (wide.of("D0")["verdict"], wide.of("D3")["verdict"]) == (USUALLY_LOWER, AS_EXPECTED)
    assert wide.spread.is_overdispersed
    assert not narrow.spread.is_overdispersed
    assert wide.of("D7")["z"] < narrow.of("D7")["z"]
    told = answer(wide, "D7", Text("D7", "D7"), OF)[1]
    assert told.en.startswith("That is higher than its mix leads to expect, and more than chance explains (observed")
    assert told.en.endswith("but within the usual spread: departments commonly differ by as much.")
    assert "部局間のばらつきの範囲内である" in told.ja
    assert VERDICTS[USUALLY_LOWER] == Text("lower, within the usual spread", "低いが部局間のばらつきの範囲内")
    assert "usual spread" in spread_said(wide.spread).en
    assert "φ" not in spread_said(wide.spread).en
    assert "over-dispersion φ = " in spread_measured(wide.spread).en
    assert "no more than chance makes them" in spread_said(narrow.spread).en


def test_the_overview_of_over_dispersed_departments_counts_three_kinds() -> None:
    found = compared({"master": (160.0, 800.0)}, masters(5, 8, 12, 16, 24, 28, 32, 35))
    names = {code: Text(code, code) for code in found.table["department"]}
    # of 100 Wilson's interval leaves 20 % out up to 12 and from 28
    assert [one.en for one in overview(found, names, OF)] == [
        "Of 8 departments, 2 are as expected from the mix of levels, 6 are higher or lower within the usual spread of "
        "departments, and 0 are beyond it (the share “International students”, FY2025)."
    ]


def test_of_too_few_departments_no_spread_is_told() -> None:
    spread = compared(A={"master": (40, 100)}, B={"master": (21, 100)}, there={"master": (60, 300)}).spread
    assert spread_said(spread) == TOO_FEW
    assert spread_measured(spread).en == ""


def test_strata_that_part_in_opposite_directions_are_told_the_larger_first() -> None:
    # 15 of 100 where 20 are expected, 12 of 20 where 8 are, 3 of 100 where 2 are
    own: Strata = {"master": (15, 100), "doctoral": (12, 20), "undergraduate": (3, 100)}
    told = [one.en for one in answer(compared(A=own), "A", Text("A", "A"), OF)]
    assert told[-1] == (
        "Its parts go both ways: lower than the university in master's (15.0 % against 20.0 %), higher in doctoral "
        "(60.0 % against 40.0 %)."
    )
    same = answer(compared(A={"master": (15, 100), "doctoral": (6, 20)}), "A", Text("A", "A"), OF)
    assert not any("both ways" in one.en for one in same)
    slight = answer(compared(A={"master": (15, 100), "doctoral": (8.5, 20)}), "A", Text("A", "A"), OF)
    assert not any("both ways" in one.en for one in slight)


def test_a_small_department_is_shrunken_towards_what_is_expected_of_it() -> None:
    many = masters(5, 8, 12, 16, 24, 28, 32, 35)
    found = compared({"master": (160.0, 800.0)}, many, small={"master": (2.0, 4.0)})
    prior = found.spread.prior
    assert found.of("small")["shrunken"] == pytest.approx((2 + prior * 0.2) / (4 + prior))
    assert found.of("D7")["shrunken"] == pytest.approx((35 + prior * 0.2) / (100 + prior))


def test_nobody_at_risk_and_nothing_expected_are_not_judged() -> None:
    found = compared(A={"": (3, 0)}, B={"master": (0, 10)}, there={"master": (0, 300)})
    assert list(found.table["verdict"]) == [NOT_JUDGED, NOT_JUDGED]
    names = Text("A", "A")
    assert answer(found, "A", names, OF)[0].en == "A cannot be judged for FY2025: nothing is counted of it."
    assert "nothing, or all of it, is expected" in answer(found, "B", names, OF)[0].en
    assert "nothing is counted of it" in answer(found, "C", names, OF)[0].en


def test_more_counted_than_at_risk_is_not_judged_but_a_rounding_is_none() -> None:
    ours: Strata = {"master": (30, 100), "doctoral": (5, 10)}
    rounded = compared(ENG=ours, there={"master": (60, 300), "doctoral": (50 + 1e-13, 50)}).of("ENG")
    assert rounded["variance"] == pytest.approx(100 * 0.2 * 0.8)
    beyond = compared(ENG=ours, there={"master": (60, 300), "doctoral": (60, 50)}).of("ENG")
    assert math.isnan(beyond["variance"])
    assert beyond["verdict"] == NOT_JUDGED


def test_the_answer_in_both_languages() -> None:
    # 41 of 450 beside 50: 11.1 %; Wilson's interval of 41 / 450 is 6.8 to 12.1 %
    found = compared(SCI={"master": (41, 450)}, there={"master": (100, 900), "undergraduate": (50, 1100)})
    told = answer(found, "SCI", Text("Graduate School of Science", "理学研究科"), OF)
    assert [one.en for one in told] == [
        "Graduate School of Science: 9.1 % for the share “International students” in FY2025 (41 of 450); its mix of "
        "levels would lead one to expect 11.1 % (50).",
        "That is as expected: observed / expected 0.82, 95 % interval 0.61 to 1.09.",
        "It is 1.6 points above the university (7.5 %): its mix of levels accounts for +3.6 points, the other −2.0 "
        "points are its own.",
    ]
    assert [one.ja for one in told] == [
        "理学研究科：2025年度の「外国人留学生比率」は9.1%（450のうち41）。課程・職位の構成から見込まれる値は11.1%（50）。",
        "見込みどおりの範囲にある（観測値÷見込み＝0.82、95%信頼区間0.61～1.09）。",
        "全学（7.5%）を1.6ポイント上回る。うち課程・職位の構成によるものが+3.6ポイント、それ以外が−2.0ポイントである。",
    ]


def test_the_part_that_the_mix_explains_is_told_where_it_is_a_part() -> None:
    found = compared(SCI={"master": (90, 450)}, there={"master": (135, 900), "undergraduate": (65, 1100)})
    assert "+5.0 points (50.0 % of the difference)" in answer(found, "SCI", Text("SCI", "SCI"), OF)[2].en


def test_the_overview_names_departments_in_the_order_given() -> None:
    found = compared(
        B={"master": (40, 100)}, A={"master": (38, 100)}, C={"master": (21, 100)}, there={"master": (60, 300)}
    )
    names = {code: Text(code, code) for code in ("A", "B", "C")}
    assert [one.en for one in overview(found, names, OF)] == [
        "Of 3 departments, 1 is as expected from the mix of levels (the share “International students”, FY2025).",
        "Higher than expected: A, B.",
    ]


# What heads are told


def test_a_stratum_that_few_departments_have_is_not_told() -> None:
    units = rows(
        university={"master": (60, 300), "doctoral": (40, 90)},
        A={"master": (15, 75), "doctoral": (20, 30)},
        B={"master": (15, 75), "doctoral": (10, 30)},
        C={"master": (15, 75), "doctoral": (10, 30)},
        D={"master": (15, 75)},
    )
    assert told_strata(units, tuple("ABCD"), entitled("D")) == ("master",)  # it has no doctoral students
    assert told_strata(units, tuple("ABCD"), entitled("A")) == ()  # with the university's, B and C would be left
    assert told_strata(units, tuple("ABCD"), lambda code: code in "AB") == ()  # of masters, too, two are others


def test_a_head_reads_the_own_department_with_the_spread_of_all() -> None:
    departments = masters(5, 8, 12, 16, 24, 28, 32, 35)
    every, there = rows(**departments), reference({"master": (160.0, 800.0)})
    whole = expectation(every, there, tuple(departments), proportion=True)
    own = limited(whole, every, there, ("master",), entitled("D7"))
    assert list(own.table["department"]) == ["D7"]
    assert set(own.mix["department"]) == {"D7"}
    assert own.spread == whole.spread
    pd.testing.assert_series_equal(own.of("D7"), whole.of("D7"), check_names=False)
    silent = limited(whole, every, there, (), entitled("D7"))
    assert silent.of("D7")["verdict"] == NOT_JUDGED
    assert silent.withheld == ("master",)
    assert silent.mix["reference_rate"].isna().all()
    assert "would tell of few people" in answer(silent, "D7", Text("D7", "D7"), OF)[0].en
