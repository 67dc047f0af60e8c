"""What another pace or another mix leads to, in sentences."""

from collections.abc import Iterator
from math import isnan

from metrics.goal_outlook import Outlook
from metrics.numbers import change, said
from metrics.what_if import landing_at_pace
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

BY_LITTLE = 1e-9


def pace_words(seen: Outlook, pace: float) -> list[Text]:
    """At a pace (a year, in the indicator's unit): when the goal is met, and where the next point stands then."""
    standing, goal = seen.standing, seen.goal
    unit, year = standing.indicator.unit, standing.fiscal_year
    aim, due = seen.target[1], seen.target[0]
    landed = landing_at_pace(year, standing.value, pace, aim, upward=goal.upward)
    told = []
    if seen.next_point is not None:
        by, point = seen.next_point
        then = standing.value + pace * (by - year)
        met = (then >= point - BY_LITTLE) if goal.upward else (then <= point + BY_LITTLE)
        words = _MEETS if met else _MISSES
        told.append(
            words.filled(
                pace=change(pace, 0.0, unit), then=said(then, unit), by=fiscal_year_name(by), point=said(point, unit)
            )
        )
    target = said(aim, unit)
    if landed is None:
        return [*told, _NEVER.filled(target=target)]
    words = _IN_TIME if landed <= due else _LATE
    return [*told, words.filled(target=target, landed=fiscal_year_name(landed), due=fiscal_year_name(due))]


def mix_words(seen: Outlook, then: float) -> Iterator[Text]:
    """The value of the whole with another mix, beside today's and the goal."""
    unit, upward = seen.standing.indicator.unit, seen.goal.upward
    if isnan(then):
        return
    for met, point in ((_MIX_REACHES, seen.next_point), (_MIX_GOAL, seen.target)):
        if point is None:
            continue
        reached = (then >= point[1] - BY_LITTLE) if upward else (then <= point[1] + BY_LITTLE)
        if met is _MIX_REACHES:
            yield _MIX.filled(then=said(then, unit), now=said(seen.standing.value, unit))
        if point != seen.next_point or met is _MIX_REACHES:
            words = met if reached else _MIX_SHORT
            yield words.filled(point=said(point[1], unit), by=fiscal_year_name(point[0]))


def needed_words(seen: Outlook, level: Text, factor: float) -> Text:
    """How many times as many people of the level with the highest rate the goal would take, by mix alone."""
    target = said(seen.target[1], seen.standing.indicator.unit)
    if isnan(factor):
        return _NO_MIX.filled(level=level, target=target)
    return _FACTOR.filled(level=level, target=target, factor=f"{factor:.1f}")


_MEETS = Text(
    "At {pace} a year it stands at {then} in {by}, where {point} is planned: met.",
    "年{pace}なら{by}に{then}となり、計画値{point}に届く。",
)
_MISSES = Text(
    "At {pace} a year it stands at {then} in {by}, where {point} is planned: not met.",
    "年{pace}では{by}に{then}となり、計画値{point}に届かない。",
)
_IN_TIME = Text(
    "The goal of {target} is met in {landed}, in time ({due}).",
    "最終目標{target}には{landed}に届き、期限（{due}）に間に合う。",
)
_LATE = Text(
    "The goal of {target} is met in {landed}, later than {due}.",
    "最終目標{target}に届くのは{landed}で、期限の{due}に遅れる。",
)
_NEVER = Text("The goal of {target} is never met.", "最終目標{target}には届かない。")
_MIX = Text("The whole would stand at {then} instead of {now}.", "全体では{now}が{then}になる。")
_MIX_REACHES = Text("That meets the {point} of {by}.", "{by}の{point}に届く。")
_MIX_GOAL = Text("That meets the goal of {point} ({by}).", "最終目標{point}（{by}）に届く。")
_MIX_SHORT = Text("That does not meet the {point} of {by}.", "{by}の{point}には届かない。")
_FACTOR = Text(
    "By mix alone, the goal of {target} would take {factor} times as many at the level with the highest rate "
    "({level}).",
    "構成の変化だけで最終目標{target}に届くには、割合が最も高い課程（{level}）の人数を{factor}倍にする必要がある。",
)
_NO_MIX = Text(
    "No number of people at the level with the highest rate ({level}) would meet the goal of {target} by mix alone: "
    "rates must change.",
    "割合が最も高い課程（{level}）の人数をいくら増やしても、構成の変化だけでは最終目標{target}に届かない。割合そのものの変化が必要。",
)
