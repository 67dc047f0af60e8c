"""What a goal asks for from here: its baseline, its next point, the pace needed and the pace so far, and its path."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, isnan

import pandas as pd

from metrics.assessment import Standing, Tally
from metrics.figure_sentence import count_first
from metrics.goals import NOT_STARTED, ON_PATH, REACHED, Goal
from metrics.numbers import NONE, apart, averaged, needed, planned, said
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

LATEST = 2100  # a landing later than this is as good as none
Point = tuple[int, float]  # fiscal year, value


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """One goal seen from one fiscal year. Paces are changes a year in the indicator's unit; NaN where there is none.

    Before its baseline a goal asks for nothing yet; its next point is then the first after the baseline.
    """

    standing: Standing
    goal: Goal
    baseline: Point
    target: Point
    next_point: Point | None
    required: float  # a year, to meet the next point in time
    so_far: float  # a year, from the baseline's value to this year's

    @property
    def ahead(self) -> bool:
        """Whether the next point is met already."""
        return (self.required if self.goal.upward else -self.required) <= 0

    @property
    def landing(self) -> int | None:
        """The fiscal year in which a straight line at the pace so far meets the target; None where it never does."""
        if isnan(self.so_far) or self.standing.goal_status == REACHED:
            return None
        missing = self.target[1] - self.standing.value
        if missing * self.so_far <= 0:
            return None
        year = self.standing.fiscal_year + ceil(missing / self.so_far - 1e-9)
        return year if year <= LATEST else None

    @property
    def lands_late(self) -> bool:
        """Whether the pace so far misses the target in its year; never where there is no pace yet, or it is met."""
        if isnan(self.so_far) or self.standing.goal_status == REACHED:
            return False
        return self.landing is None or self.landing > self.target[0]


def outlook(standing: Standing) -> Outlook | None:
    """What the goal of a standing asks for; None without a goal."""
    goal, year = standing.goal, standing.fiscal_year
    if goal is None:
        return None
    first, last = _point(goal, 0), _point(goal, -1)
    passed = year - first[0]
    return Outlook(
        standing=standing,
        goal=goal,
        baseline=first,
        target=last,
        next_point=goal.next_point(max(year, first[0])),
        required=goal.required_pace(year, standing.value) if passed >= 0 else float("nan"),
        so_far=(standing.value - first[1]) / passed if passed > 0 else float("nan"),
    )


def landing_words(seen: Outlook) -> Text:
    """Where the pace so far meets the last point, for a table: `2043`, `met`, `never`; a dash without a pace."""
    if seen.standing.goal_status == REACHED:
        return _MET
    if isnan(seen.so_far):
        return Text(NONE, NONE)
    return _NOT_AT_ALL if seen.landing is None else Text(str(seen.landing), str(seen.landing))


def on_track_but_late(found: Iterable[Standing]) -> list[Outlook]:
    """Goals on their planned path whose last point the pace so far would miss."""
    seen = [outlook(standing) for standing in found if standing.goal_status == ON_PATH]
    return [one for one in seen if one is not None and one.lands_late]


def value_and_path(standing: Standing) -> tuple[Text, Text]:
    """The figure and what is planned for its year, in words that differ where the two differ; few are counted first."""
    upward, one = standing.goal is None or standing.goal.upward, standing.indicator
    value, path = apart(standing.value, planned(standing.path, one.unit, upward=upward), one.unit)
    return count_first(one, value, standing.numerator, standing.denominator), path


def not_judged(counts: Tally) -> Text:
    """The goals that are neither on track nor behind, after a count of those: `; without a figure: 3`."""
    english = [f"; {words}: {n}" for words, n in _not_judged(counts, "without a figure", "not started yet")]
    japanese = [f"{words}{n}件" for words, n in _not_judged(counts, "値なし", "開始前")]
    return Text("".join(english), f"（{'、'.join(japanese)}）" if japanese else "")


def _not_judged(counts: Tally, without: str, later: str) -> list[tuple[str, int]]:
    both = ((without, counts.goal_without_data), (later, counts.not_started))
    return [(words, number) for words, number in both if number]


def path_between(goal: Goal, first: int, last: int) -> pd.DataFrame:
    """The path's points from one fiscal year to another (`fiscal_year`, `value`, `kind`).

    A path that began before the first year enters there, on the line between its points.
    """
    points = {year: (value, kind) for (year, value), kind in zip(goal.points, goal.kinds, strict=True)}
    points |= {year: (value, "path") for year, value in goal.edges()}
    if goal.years[0] < first <= goal.years[-1] and first not in points:
        points[first] = (goal.path(first), "path")
    rows = [(year, *points[year]) for year in sorted(points) if first <= year <= last]
    return pd.DataFrame(rows, columns=["fiscal_year", "value", "kind"])


def required_words(seen: Outlook) -> list[Text]:
    """In sentences: what the next point and the last take from here, and what the pace so far leads to."""
    unit, year = seen.standing.indicator.unit, seen.standing.fiscal_year
    if isnan(seen.standing.value):
        return [_SILENT.filled(year=fiscal_year_name(year))]
    if seen.standing.goal_status == NOT_STARTED:
        by, baseline = seen.baseline
        return [_BEGINS.filled(by=fiscal_year_name(by), baseline=said(baseline, unit))]
    if seen.standing.goal_status == REACHED:
        return [_REACHED.filled(target=said(seen.target[1], unit), by=fiscal_year_name(seen.target[0]))]
    told = []
    if seen.next_point is None:
        told.append(_OVER.filled(target=said(seen.target[1], unit), by=fiscal_year_name(seen.target[0])))
    else:
        words = _AHEAD if seen.ahead else _REQUIRED
        told.append(
            words.filled(
                point=said(seen.next_point[1], unit),
                by=fiscal_year_name(seen.next_point[0]),
                pace=needed(seen.required, unit),
                year=fiscal_year_name(year),
            )
        )
    return [*told, *_pace_so_far(seen)]


def _pace_so_far(seen: Outlook) -> list[Text]:
    if isnan(seen.so_far):
        return []
    unit = seen.standing.indicator.unit
    pace = _SO_FAR.filled(pace=averaged(seen.so_far, unit), since=fiscal_year_name(seen.baseline[0]))
    target, by = said(seen.target[1], unit), fiscal_year_name(seen.target[0])
    if seen.landing is None:
        return [pace, _NEVER.filled(target=target)]
    words = _LATE if seen.lands_late else _IN_TIME
    return [pace, words.filled(target=target, by=by, landing=fiscal_year_name(seen.landing))]


def _point(goal: Goal, place: int) -> Point:
    return int(goal.years[place]), float(goal.values[place])  # noqa: PD011  an array, no frame


_MET = Text("met", "到達")
_NOT_AT_ALL = Text("never", "届かない")
_SILENT = Text("There is no figure for {year} to compare with the plan.", "{year}の値がなく、計画と比べられない。")
_BEGINS = Text("The plan begins in {by}, at {baseline}.", "計画は{by}の基準値{baseline}から始まる。")
_REACHED = Text("The goal of {target} by {by} is met.", "最終目標{target}（{by}）に到達した。")
_OVER = Text(
    "The goal of {target} was due in {by} and is not met.", "最終目標{target}は{by}が期限だったが、未達である。"
)
_REQUIRED = Text(
    "Meeting {point} in {by} takes {pace} a year from {year} on.",
    "{by}の{point}に届くには、{year}以降、年{pace}が必要。",
)
_AHEAD = Text("The {point} of {by} is met already.", "{by}の{point}には既に届いている。")
_SO_FAR = Text("Since {since} the average change was {pace} a year.", "{since}以降の実績は年平均{pace}。")
_IN_TIME = Text(
    "At that pace the goal of {target} is met in {landing}, in time ({by}).",
    "このペースなら最終目標{target}には{landing}に届き、期限（{by}）に間に合う。",
)
_LATE = Text(
    "At that pace the goal of {target} is met in {landing}, later than {by}.",
    "このペースでは最終目標{target}に届くのは{landing}で、期限の{by}に遅れる。",
)
_NEVER = Text("At that pace the goal of {target} is never met.", "このペースでは最終目標{target}に届かない。")
