"""A change is called one only where it can be told from chance; the words say no more than the interval does."""

from dataclasses import replace
from math import inf, isnan, nan

import numpy as np
import pytest

from metrics.assessment import Standing, moved_most, none_told
from metrics.catalogue import INDICATORS
from metrics.change import (
    UNJUDGED,
    Verdict,
    change_in_a_cell,
    change_of_count,
    change_of_share,
    since_words,
)
from metrics.indicator import Unit


def standing(key: str, now: tuple[float, float], before: tuple[float, float], low: float = 0.0) -> Standing:
    """Of a numerator and a denominator (NaN: none) in two years; `low` NaN: the figure has no interval."""
    value, earlier = (top if isnan(bottom) else top / bottom for top, bottom in (now, before))
    return Standing(
        indicator=INDICATORS[key],
        department="*",
        fiscal_year=2025,
        status="ok",
        value=value,
        numerator=now[0],
        denominator=now[1],
        low=low,
        high=low,
        before=earlier,
        before_numerator=before[0],
        before_denominator=before[1],
        before_low=low,
        earlier=(0.0, 0.001, 0.002, 0.003, 0.004),
        goal=None,
    )


@pytest.mark.parametrize("total", range(2, 12))
def test_a_change_of_one_person_among_few_is_never_told_from_chance(total: int) -> None:
    for count in range(total):
        assert change_of_share(count + 1, total, count, total).told is False
        assert change_of_share(count, total, count + 1, total).told is False


def test_a_share_is_told_where_newcombes_interval_leaves_out_zero() -> None:
    # Newcombe 1998, Stat Med 17:873, Table II, method 10: 56/70 - 48/80 and 5/56 - 0/29
    told, open_ = change_of_share(56, 70, 48, 80), change_of_share(5, 56, 0, 29)
    assert (told.low, told.high) == pytest.approx((0.0524, 0.3339), abs=6e-5)
    assert told.told is True
    assert (open_.low, open_.high) == pytest.approx((-0.0381, 0.1926), abs=6e-5)
    assert open_.told is False


def test_a_number_is_told_where_the_interval_of_the_ratio_leaves_out_one() -> None:
    # 21 after 11: of 32 events Clopper and Pearson leave 11 / 32 between .1857 and .5319; 1/2 lies between
    assert change_of_count(21, 11).told is False
    assert change_of_count(40, 11).told is True
    assert change_of_count(11, 40).told is True
    assert change_of_count(40, 11).low == pytest.approx(1 / change_of_count(11, 40).high)
    assert change_of_count(0, 0).told is False


def test_a_rate_is_judged_by_its_events_and_what_they_are_per() -> None:
    assert change_of_count(40, 11).told is True
    assert change_of_count(40, 11, 400, 110).told is False  # the same rate
    assert change_of_count(40, 40, 100, 200).told is True  # the rate has doubled


def test_the_test_of_a_count_keeps_its_level() -> None:
    """Two years of the same expected number differ by chance: at most 5 % of such pairs may be told."""
    generator = np.random.default_rng(20251101)
    for mean in (3, 12, 60):
        pairs = generator.poisson(mean, size=(800, 2))
        told = [change_of_count(float(a), float(b)).told for a, b in pairs]
        assert np.mean([one is True for one in told]) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 800)


@pytest.mark.parametrize(
    ("key", "now", "before", "low", "told"),
    [
        ("international_student_share", (2300, 17800), (2050, 17800), 0.1, True),
        ("international_student_share", (2100, 17800), (2050, 17800), 0.1, False),
        ("publications", (7000, nan), (6500, nan), 1.0, True),
        ("publications", (6550, nan), (6500, nan), 1.0, False),
        ("researcher_inbound_rate", (300, 3000), (300, 4000), 0.05, True),
        ("researcher_inbound_rate", (300, 3000), (300, 3100), 0.05, False),
        ("industry_funding", (9e9, nan), (1e9, nan), nan, None),
        ("agreements_in_force", (240, nan), (200, nan), nan, None),
        ("publications", (7000.5, nan), (6500.25, nan), nan, None),  # counted in fractions
    ],
)
def test_each_kind_of_figure_has_its_own_judge(
    key: str, now: tuple[float, float], before: tuple[float, float], low: float, told: bool | None
) -> None:
    assert standing(key, now, before, low).verdict.told is told


def test_a_year_without_an_interval_is_not_judged() -> None:
    one = standing("international_student_share", (2300, 17800), (2050, 17800))
    assert replace(one, before_low=nan).verdict == UNJUDGED


WORDS = [
    (
        (0.13, 0.125, "share", Verdict(measured="difference", low=0.001, high=0.009)),
        "up 0.5 points since FY2024 (95 % interval +0.1 to +0.9 points)",
        "2024年度から0.5ポイント増、95%信頼区間：+0.1〜+0.9ポイント",
    ),
    (
        (0.126, 0.125, "share", Verdict(measured="difference", low=-0.003, high=0.005)),
        "no distinguishable change since FY2024 (+0.1 points; 95 % interval −0.3 to +0.5 points)",
        "2024年度からの変化は有意とはいえない：+0.1ポイント、95%信頼区間：−0.3〜+0.5ポイント",
    ),
    (
        (160.0, 100.0, "persons", Verdict(measured="ratio", low=1.235, high=2.09)),
        "up 60 since FY2024 (95 % interval +24 % to +109 %)",
        "2024年度から60人増、95%信頼区間：+24%〜+109%",
    ),
    (
        (3.0, 0.0, "count", Verdict(measured="ratio", low=0.415, high=inf)),
        "no distinguishable change since FY2024 (+3; 95 % interval −58 % or more)",
        "2024年度からの変化は有意とはいえない：+3件、95%信頼区間：−58%以上",
    ),
    (
        (0.0, 0.0, "count", Verdict(measured="ratio", low=0.0, high=inf)),
        "no distinguishable change since FY2024",
        "2024年度からの変化は有意とはいえない",
    ),
    ((1.2e9, 1.0e9, "yen", UNJUDGED), "+¥200 m since FY2024", "2024年度比+2.00億円"),
    ((5.0, 5.0, "count", UNJUDGED), "unchanged since FY2024", "2024年度から増減なし"),
]


@pytest.mark.parametrize(("asked", "english", "japanese"), WORDS)
def test_a_change_is_said_with_its_interval(
    asked: tuple[float, float, Unit, Verdict], english: str, japanese: str
) -> None:
    assert since_words(*asked, 2024) == (english, japanese)


def test_in_a_cell_what_can_be_chance_stands_in_brackets() -> None:
    told = Verdict(measured="difference", low=0.001, high=0.009)
    open_ = Verdict(measured="difference", low=-0.003, high=0.005)
    assert change_in_a_cell(0.13, 0.125, "share", told) == ("+0.5 points", "+0.5ポイント")
    assert change_in_a_cell(0.126, 0.125, "share", open_) == ("(+0.1 points)", "（+0.1ポイント）")
    assert change_in_a_cell(nan, 0.125, "share", UNJUDGED) == ("–", "–")


def test_what_moved_most_can_be_told_from_chance() -> None:
    sure = standing("english_syllabus_share", (300, 1000), (200, 1000))
    unsure = standing("international_student_share", (31, 100), (20, 100))  # the larger step, of few
    money = standing("industry_funding", (9e9, nan), (1e9, nan), nan)
    assert moved_most([unsure, money, sure]) is sure
    assert moved_most([unsure, money]) is None
    assert none_told([unsure, money])
    assert not none_told([sure, unsure])
    assert not none_told([money])
