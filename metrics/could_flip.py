"""Whether a verdict could be another within the limits of a figure whose data is incomplete, and the words for it."""

from typing import NamedTuple

from metrics.assessment import Standing
from metrics.goals import BEHIND, ON_PATH, REACHED
from metrics.numbers import apart
from vocabulary.text import NOTHING, Text

KEPT = (ON_PATH, REACHED)
COULD_BE_KEPT = Text(
    " (with what is missing it could be on track: between {low} and {high})",
    "（欠落分により{low}から{high}の間にあり、計画どおりの可能性もある）",
)
COULD_BE_BEHIND = Text(
    " (with what is missing it could be behind: between {low} and {high})",
    "（欠落分により{low}から{high}の間にあり、遅れている可能性もある）",
)
COULD_TURN = Text(
    " (with what is missing it could have moved the other way: between {low} and {high})",
    "（欠落分により{low}から{high}の間にあり、増減が逆の可能性もある）",
)


class Flips(NamedTuple):
    """What could be otherwise within the limits: the verdict on the goal, the direction of the change."""

    goal: bool
    change: bool


def could_flip(standing: Standing) -> Flips:
    """Of a standing with `limits` (and `before_limits`); nothing of one whose data is complete.

    The goal: a figure behind its plan that would be on track (or met) at one of its limits, or the other way round.
    The change: a change since the year before that would have the other sign (or none) for some value within the
    limits of both years; not of one that cannot be told from chance in any case.
    """
    if standing.limits is None and standing.before_limits is None:
        return Flips(goal=False, change=False)
    low, high = standing.limits or (standing.value, standing.value)
    old_low, old_high = standing.before_limits or (standing.before, standing.before)
    change = standing.change
    turned = (change > 0 and low <= old_high) or (change < 0 and high >= old_low)
    return Flips(goal=_goal(standing, low, high), change=turned and standing.verdict.told is not False)


def _goal(standing: Standing, low: float, high: float) -> bool:
    now, goal = standing.goal_status, standing.goal
    if goal is None or now not in (*KEPT, BEHIND):
        return False
    return any((goal.status(standing.fiscal_year, limit) in KEPT) != (now in KEPT) for limit in (low, high))


def could_be(standing: Standing) -> Text:
    """In brackets, for the end of a sentence: what could be otherwise, and the limits; nothing where nothing could."""
    flips, limits = could_flip(standing), standing.limits
    if limits is None or not any(flips):
        return NOTHING
    words = COULD_TURN if not flips.goal else COULD_BE_KEPT if standing.goal_status == BEHIND else COULD_BE_BEHIND
    low, high = apart(*limits, standing.indicator.unit)
    return words.filled(low=low, high=high)
