"""Whether a verdict could be another within the limits of an incomplete figure: hand-worked, on a straight plan."""

from dataclasses import replace

import numpy as np
import pytest

from metrics.assessment import Standing
from metrics.catalogue import INDICATORS
from metrics.could_flip import could_be, could_flip
from metrics.findings import worst
from metrics.goals import Goal

Limits = tuple[float, float] | None
PLANNED = Goal(
    indicator="overseas_industry_funding",
    department="*",
    years=np.array([2020, 2030]),
    values=np.array([0.0, 100.0]),
    kinds=("baseline", "target"),
    phases=("", ""),
)


def standing(value: float, before: float, limits: Limits = None, before_limits: Limits = None) -> Standing:
    nan = float("nan")
    return Standing(
        indicator=INDICATORS["overseas_industry_funding"],
        department="*",
        fiscal_year=2025,  # 50 is planned
        status="ok",
        value=value,
        before=before,
        goal=PLANNED,
        numerator=nan,
        denominator=nan,
        low=nan,
        high=nan,
        before_numerator=nan,
        limits=limits,
        before_limits=before_limits,
    )


@pytest.mark.parametrize(
    ("value", "limits", "goal"),
    [
        (40.0, (40.0, 60.0), True),  # behind, could be on track
        (40.0, (40.0, 49.0), False),
        (40.0, None, False),
        (55.0, (45.0, 60.0), True),  # on track, could be behind
        (55.0, (55.0, 120.0), False),  # on track or met: kept in any case
    ],
)
def test_a_verdict_could_flip_where_a_limit_lies_beyond_the_plan(
    value: float, limits: tuple[float, float] | None, goal: bool
) -> None:
    assert could_flip(standing(value, 10.0, limits=limits)).goal is goal


def test_a_change_could_turn_where_the_limits_of_both_years_meet() -> None:
    fell = standing(40.0, 45.0, limits=(40.0, 46.0))
    assert could_flip(fell).change
    assert not could_flip(replace(fell, limits=(40.0, 44.0))).change
    assert could_flip(replace(fell, limits=(40.0, 44.0), before_limits=(43.0, 45.0))).change
    rose = standing(45.0, 40.0, before_limits=(40.0, 46.0))
    assert could_flip(rose).change
    assert not could_flip(replace(rose, before_limits=None)).change


def test_the_sentence_on_the_furthest_behind_says_that_it_could_be_on_track() -> None:
    (told,) = worst([standing(40.0, 10.0, limits=(40.0, 60.0))])
    assert "is planned (with what is missing it could be on track: between ¥40 and ¥60)" in told.en
    assert "計画どおりの可能性もある" in told.ja
    (told,) = worst([standing(40.0, 10.0, limits=(40.0, 49.0))])
    assert "could" not in told.en
    assert not could_be(standing(40.0, 10.0)).en
