"""Which promises are kept, which are in danger, and what it would take: the sentences that open the page of goals."""

from collections.abc import Sequence
from math import inf, isnan

from metrics.assessment import Standing, tally
from metrics.findings import lasting, worst
from metrics.goal_outlook import Outlook, not_judged, outlook
from metrics.goals import BEHIND
from metrics.numbers import averaged, many, needed
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import NOTHING, Text

TEN = 10  # times: from here on without a decimal


def answer(found: Sequence[Standing], year: int, *parts: Text) -> list[Text]:
    """Two to five sentences on the standings of indicators: on track, behind, what it takes, what has no goal.

    `parts` are what they are of, where it is not everything: a department, a target.
    """
    counts = tally(found)
    listed = Text(", ".join(part.en for part in parts), "・".join(part.ja for part in parts))
    place = {"year": fiscal_year_name(year), "unit": _OF.filled(parts=listed) if parts else NOTHING}
    if not counts.with_goal:
        return [_NO_GOAL.filled(all=counts.indicators, **place)]
    words = _STAND if counts.judged else _UNJUDGED
    stand = words.filled(
        goals=many(counts.with_goal, "goal", "goals"),
        on_path=many(counts.on_path, "is", "are"),
        behind=many(counts.behind, "is", "are"),
        silent=not_judged(counts),
        **place,
    )
    without = _WITHOUT.filled(without=many(counts.without_goal, "has", "have"), all=counts.indicators)
    return [stand, *lasting(found), *worst(found), *_takes(found), without]


def too_slow(found: Sequence[Standing]) -> list[Outlook]:
    """Goals behind their plan that need a faster pace than so far.

    First those that have not moved towards their goal at all, the furthest behind at their head; then the others, by
    how many times their pace so far they need.
    """
    seen = [outlook(standing) for standing in found if standing.goal_status == BEHIND]
    there = [one for one in seen if one is not None and not isnan(one.required) and not isnan(one.so_far)]
    slow = [one for one in there if abs(one.required) > abs(one.so_far) or one.required * one.so_far < 0]
    return sorted(slow, key=lambda one: (_times(one), one.standing.shortfall), reverse=True)


def _times(seen: Outlook) -> float:
    """How many times the pace so far is needed; without end where nothing moved, or the wrong way."""
    ratio = seen.required / seen.so_far if seen.so_far else inf
    return ratio if ratio > 0 else inf


def _takes(found: Sequence[Standing]) -> list[Text]:
    """How many of those behind need a faster pace, and which of them needs most more than it had."""
    slow, behind = too_slow(found), tally(found).behind
    if not slow:
        return []
    hardest, times = slow[0], _times(slow[0])
    paces = {
        "required": needed(hardest.required, hardest.standing.indicator.unit),
        "so_far": averaged(hardest.so_far, hardest.standing.indicator.unit),
    }
    if behind == 1:
        return [_IT_TAKES.filled(**paces)]
    name = hardest.standing.indicator.in_a_sentence
    if len(slow) == 1:
        return [_ONE_TAKES.filled(behind=behind, name=name, **paces)]
    still = sum(_times(one) == inf for one in slow)
    worst_of_them = _MOST.filled(times=f"{times:.0f}" if times >= TEN else f"{times:.1f}", name=name, **paces)
    if still:
        words = _STILL if still == 1 else _STILL_MANY
        worst_of_them = words.filled(still=still, name=name, **paces)
    words = _TAKES if len(slow) < behind else _ALL_TAKE
    return [words.filled(count=many(len(slow), "needs", "need"), behind=behind, hardest=worst_of_them)]


_OF = Text(" ({parts})", "（{parts}）")
_STAND = Text(
    "In {year}{unit}, of {goals}, {on_path} on track or met and {behind} behind{silent}.",
    "{year}{unit}は、目標{goals}件のうち{on_path}件が計画どおり（到達を含む）、{behind}件が遅れている{silent}。",
)
_UNJUDGED = Text("In {year}{unit}, no goal can be judged{silent}.", "{year}{unit}に判定できる目標はない{silent}。")
_IT_TAKES = Text(
    "It needs a faster pace than so far: {required} a year, where the average was {so_far}.",
    "これまでの年平均{so_far}を上回り、年{required}のペースが必要。",
)
_ONE_TAKES = Text(
    "Of the {behind} behind, one needs a faster pace than so far: {name}, {required} a year, where the average was "
    "{so_far}.",
    "遅れている{behind}件のうち1件は、これまでを上回るペースが必要。{name}で、年平均{so_far}の実績に対し年{required}が必要。",
)
_TAKES = Text(
    "Of the {behind} behind, {count} a faster pace than so far; {hardest}.",
    "遅れている{behind}件のうち{count}件は、これまでを上回るペースが必要。{hardest}。",
)
_ALL_TAKE = Text(
    "All of those behind need a faster pace than so far; {hardest}.",
    "遅れている目標はいずれも、これまでを上回るペースが必要。{hardest}。",
)
_MOST = Text(
    "the most is asked of {name}: {required} a year, {times} times its average so far",
    "実績に対する倍率が最も高いのは{name}で、これまでの年平均の{times}倍にあたる年{required}が必要",
)
_STILL = Text(
    "{name} has not moved towards its goal at all: {required} a year is needed, where the average was {so_far}",
    "{name}は目標に向かって動いておらず、年{required}が必要なところ、実績は年平均{so_far}",
)
_STILL_MANY = Text(
    "{still} have not moved towards their goal at all, the furthest behind of them {name}: {required} a year is "
    "needed, where the average was {so_far}",
    "うち{still}件は目標に向かって動いていない。その中で計画から最も遅れている{name}は、年{required}が必要なところ、実績は年平均{so_far}",
)
_WITHOUT = Text("Of {all} indicators, {without} no goal.", "全{all}指標のうち{without}指標には目標がない。")
_NO_GOAL = Text(
    "In {year}{unit}, none of the {all} indicators has a goal: nothing is promised that could be kept or broken.",
    "{year}{unit}は、{all}指標のいずれにも目標が設定されておらず、達成度を判断できない。",
)
