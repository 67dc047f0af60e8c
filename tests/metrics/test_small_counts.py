"""Where n is small the count leads and the percentage steps back; elsewhere the percentage stands as ever."""

from math import nan

import pytest

from metrics.assessment import Standing
from metrics.catalogue import INDICATORS
from metrics.figure_sentence import in_full, is_small, leading
from metrics.findings import headline
from metrics.goal_outlook import value_and_path

SHARE = INDICATORS["international_student_share"]


@pytest.mark.parametrize(
    ("top", "bottom", "small"),
    [
        (3, 11, True),
        (29, 29, True),  # of under 30
        (5, 30, False),
        (4, 30, True),  # under 5 of any number
        (4, 100_000, True),
        (5, 100_000, False),
        (0, 500, True),
        (13, 8, False),  # persons of a year over those of a day: not some of them
        (0, 0, False),
        (nan, nan, False),
    ],
)
def test_few_are_under_30_in_all_or_under_5_of_them(top: float, bottom: float, small: bool) -> None:
    assert is_small(SHARE, top, bottom) is small


@pytest.mark.parametrize(
    "key", ["publications", "researcher_inbound_rate", "overseas_funding_share", "exchange_balance"]
)
def test_only_shares_of_a_whole_are_told_by_their_count(key: str) -> None:
    assert not is_small(INDICATORS[key], 3, 11)


def test_the_count_leads_on_cards_and_in_sentences() -> None:
    assert leading(SHARE, 3 / 11, 3, 11) == ("3 of 11", "11人のうち3人")
    assert in_full(SHARE, 3 / 11, 3, 11) == ("3 of 11 (27.3 %)", "11人のうち3人（27.3%）")
    assert leading(SHARE, 0.2, 20, 100) == in_full(SHARE, 0.2, 20, 100) == ("20.0 %", "20.0%")


def test_sentences_and_tables_of_a_standing_tell_the_count_first() -> None:
    few = Standing(
        indicator=SHARE,
        department="LAW",
        fiscal_year=2025,
        status="ok",
        value=4 / 11,
        numerator=4,
        denominator=11,
        low=0.15,
        high=0.65,
        before=3 / 11,
        before_numerator=3,
        before_denominator=11,
        before_low=0.1,
        goal=None,
    )
    assert value_and_path(few)[0] == ("4 of 11 (36.4 %)", "11人のうち4人（36.4%）")
    assert headline(few) == (
        "International students: 4 of 11 (36.4 %) in FY2025, no distinguishable change since FY2024 (+9.1 points; 95 % "
        "interval −27.1 to +42.3 points).",
        "2025年度の外国人留学生比率は11人のうち4人（36.4%）（2024年度からの変化は有意とはいえない：+9.1ポイント、"
        "95%信頼区間：−27.1〜+42.3ポイント）。",
    )
