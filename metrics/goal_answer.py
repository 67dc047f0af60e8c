"""Which promises are kept, which are in danger, and what it would take: the sentences that open the page of goals."""

from collections.abc import Sequence
from math import isnan

from metrics.assessment import Standing, tally
from metrics.findings import worst
from metrics.goal_outlook import Outlook, not_judged, outlook
from metrics.goals import BEHIND
from metrics.numbers import averaged, many, needed
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import NOTHING, Text


def answer(found: Sequence[Standing], year: int, *parts: Text) -> list[Text]:
    """Two to four sentences on the standings of indicators: kept, in danger, what it takes, what has no goal.

    `parts` are what they are of, where it is not everything: a department, a target.
    """
    counts = tally(found)
    listed = Text(", ".join(part.en for part in parts), "・".join(part.ja for part in parts))
    place = {"year": fiscal_year_name(year), "unit": _OF.filled(parts=listed) if parts else NOTHING}
    if not counts.with_goal:
        return [_NO_GOAL.filled(all=counts.indicators, **place)]
    kept = _KEPT.filled(
        goals=many(counts.with_goal, "goal", "goals"),
        on_path=many(counts.on_path, "is", "are"),
        behind=many(counts.behind, "is", "are"),
        silent=not_judged(counts),
        **place,
    )
    without = _WITHOUT.filled(without=many(counts.without_goal, "has", "have"), all=counts.indicators)
    return [kept, *worst(found), *_takes(found), without]


def too_slow(found: Sequence[Standing]) -> list[Outlook]:
    """Goals behind their plan that need a faster pace than so far, those that need most more (as a ratio) first."""
    seen = [outlook(standing) for standing in found if standing.goal_status == BEHIND]
    there = [one for one in seen if one is not None and not isnan(one.required) and not isnan(one.so_far)]
    slow = [one for one in there if abs(one.required) > abs(one.so_far) or one.required * one.so_far < 0]
    return sorted(slow, key=_times, reverse=True)


def _times(seen: Outlook) -> float:
    """How many times the pace so far is needed; without end where nothing moved, or the wrong way."""
    ratio = seen.required / seen.so_far if seen.so_far else float("inf")
    return ratio if ratio > 0 else float("inf")


def _takes(found: Sequence[Standing]) -> list[Text]:
    slow, behind = too_slow(found), tally(found).behind
    if not slow:
        return []
    hardest = slow[0]
    unit = hardest.standing.indicator.unit
    words = _ONE_TAKES if behind == 1 else _TAKES if len(slow) < behind else _ALL_TAKE
    return [
        words.filled(
            count=many(len(slow), "needs", "need"),
            behind=behind,
            name=hardest.standing.indicator.in_a_sentence,
            required=needed(hardest.required, unit),
            so_far=averaged(hardest.so_far, unit),
        )
    ]


_OF = Text(" ({parts})", "（{parts}）")
_KEPT = Text(
    "In {year}{unit}, of {goals}, {on_path} kept (on track or met) and {behind} in danger (behind){silent}.",
    "{year}{unit}は、目標{goals}件のうち{on_path}件が計画どおり（到達を含む）、{behind}件が計画に遅れている{silent}。",
)
_TAKES = Text(
    "Of the {behind} behind, {count} a faster pace than so far; above all {name}: {required} a year, where the "
    "average was {so_far}.",
    "遅れている{behind}件のうち{count}件は、これまでを上回るペースが必要。差が最も大きいのは{name}で、年平均{so_far}の実績に対し年{required}が必要。",
)
_ONE_TAKES = Text(
    "It needs a faster pace than so far: {required} a year, where the average was {so_far}.",
    "これまでの年平均{so_far}を上回り、年{required}のペースが必要。",
)
_ALL_TAKE = Text(
    "All of those behind need a faster pace than so far; above all {name}: {required} a year, where the average was "
    "{so_far}.",
    "遅れている目標はいずれも、これまでを上回るペースが必要。差が最も大きいのは{name}で、年平均{so_far}の実績に対し年{required}が必要。",
)
_WITHOUT = Text("Of {all} indicators, {without} no goal.", "全{all}指標のうち{without}指標には目標がない。")
_NO_GOAL = Text(
    "In {year}{unit}, none of the {all} indicators has a goal: nothing is promised that could be kept or broken.",
    "{year}{unit}は、{all}指標のいずれにも目標が設定されておらず、達成度を判断できない。",
)
