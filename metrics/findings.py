"""Sentences that a President could read aloud, made from the figures of one year."""

from collections.abc import Mapping, Sequence

import numpy as np

from metrics.assessment import Standing, furthest_behind, tally
from metrics.could_flip import could_be
from metrics.figure_sentence import in_full
from metrics.goal_outlook import not_judged, on_track_but_late, value_and_path
from metrics.goals import BEHIND, ON_PATH, REACHED
from metrics.numbers import many, needed, said
from metrics.tabulate import OK
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import NOTHING, Text

HEADLINE = Text("{name}: {value} in {year}{move}{path}{could}.", "{year}の{name}は{value}{move}{path}{could}。")
MOVE = Text(", {change}", "（{change}）")
PATHS = {
    ON_PATH: Text(", on track", "で、計画どおりに進んでいる"),
    REACHED: Text(", and its goal is met", "で、目標に到達した"),
    BEHIND: Text(", behind its planned {path}", "で、計画値{path}に届いていない"),
}
LATER = Text(
    ", on track today; at the pace so far its goal of {target} ({by}) is met in {landing}",
    "。計画どおりだが、これまでのペースでは最終目標{target}（{by}）に届くのは{landing}",
)
NEVER = Text(
    ", on track today; at the pace so far its goal of {target} ({by}) is not met",
    "。計画どおりだが、これまでのペースでは最終目標{target}（{by}）に届かない",
)
GOALS = Text(
    "Of {goals}, {on_path} on track and {behind} behind{silent}.",
    "数値目標{goals}件のうち、{on_path}件が計画どおり、{behind}件が遅れている{silent}。",
)
UNJUDGED = Text("No goal can be judged in {year}{silent}.", "{year}に判定できる目標はない{silent}。")
MISSES = Text(
    "Of the {on_path} on track, {late} would miss {their} final goal at the pace so far.",
    "計画どおりの{on_path}件のうち{late}件は、これまでのペースでは期限までに最終目標に届かない。",
)
NONE_MEETS = Text(
    "None of the {on_path} on track would meet its final goal at the pace so far.",
    "計画どおりの{on_path}件はいずれも、これまでのペースでは期限までに最終目標に届かない。",
)
ONE_MISSES = Text(
    "The one on track would miss its final goal at the pace so far.",
    "計画どおりの1件も、これまでのペースでは期限までに最終目標に届かない。",
)
APART = Text(
    "{count} set for whole counting and not compared with figures counted otherwise.",
    "数値目標{count}件は整数カウントに対するもので、他の計数方法による値とは比較しない。",
)
NO_GOALS = Text(
    "No goal has been set yet, so no figure can be held against a promise.",
    "目標はまだ設定されておらず、達成状況は判定できない。",
)
WORST = Text(
    "Furthest behind is {name}: {value} where {path} is planned{could}{pace}.",
    "最も遅れているのは{name}で、計画値{path}に対し{value}{could}{pace}。",
)
PACE = Text("; meeting {point} in {year} now takes {change} a year", "。{year}の{point}には年{change}が必要")
FEW = Text(
    "In {cell}, only {with_goal} of {all} indicators has a goal.",
    "{cell}では、{all}指標のうち目標があるのは{with_goal}つだけである。",
)
NONE_AT_ALL = Text(
    "Nobody has set a goal for {cell}: all of its {all} indicators are measured without one.",
    "{cell}には目標が一つもない（{all}指標はいずれも目標なし）。",
)
FEW_GOALS = 1 / 4  # of a cell's indicators: with fewer goals than that the cell is told


def sentences(
    found: Sequence[Standing],
    cells: Mapping[tuple[str, str], Sequence[Standing]],
    headlines: Sequence[str],
    *,
    apart: int = 0,
) -> list[Text]:
    """Three to five paragraphs: the goals together, headlines, the one furthest behind, and cells without any goal.

    `found` are the standings of all indicators, `headlines` the keys of those that are told one by one (those without
    a value are passed over). `apart` says how many goals `found` lacks because the figures are counted by another
    rule than they; `cells` are the standings by target and process with every goal.
    """
    by_key = {standing.indicator.key: standing for standing in found}
    told = [headline(by_key[key]) for key in headlines if key in by_key and by_key[key].status == OK]
    return [*_goals(found, apart), *told, *worst(found), *_unmeasured(cells)][:5]


def headline(standing: Standing) -> Text:
    """`International students: 11.9 % in FY2025, up 0.4 points since FY2024 (95 % interval ...), on track.`"""
    indicator = standing.indicator
    move = path = NOTHING
    if not np.isnan(standing.before):
        move = MOVE.filled(change=standing.moved)
    value = in_full(indicator, standing.value, standing.numerator, standing.denominator)
    if standing.goal_status in PATHS:
        beside = value_and_path(standing)
        value = beside[0] if standing.goal_status == BEHIND else value
        path = PATHS[standing.goal_status].filled(path=beside[1])
    return HEADLINE.filled(
        name=indicator.name,
        value=value,
        year=fiscal_year_name(standing.fiscal_year),
        move=move,
        path=_landing(standing) or path,
        could=could_be(standing),
    )


def _landing(standing: Standing) -> Text | None:
    """Of a goal on its path: where the pace so far leads, where that is not in time."""
    late = on_track_but_late([standing])
    if not late:
        return None
    by, target = late[0].target
    words = LATER if late[0].landing else NEVER
    return words.filled(
        target=said(target, standing.indicator.unit),
        by=fiscal_year_name(by),
        landing=fiscal_year_name(late[0].landing or by),
    )


def _goals(found: Sequence[Standing], apart: int) -> list[Text]:
    """One paragraph on all goals, and what is left out of it."""
    counts = tally(found)
    left_out = [APART.filled(count=many(apart, "goal is", "goals are"))] if apart else []
    if not counts.with_goal:
        return left_out or [NO_GOALS]
    words = GOALS if counts.judged else UNJUDGED
    told = words.filled(
        year=fiscal_year_name(found[0].fiscal_year),
        goals=many(counts.with_goal, "goal", "goals"),
        on_path=many(counts.on_path, "is", "are"),
        behind=many(counts.behind, "is", "are"),
        silent=not_judged(counts),
    )
    for late in lasting(found):
        told = Text(f"{told.en} {late.en}", told.ja + late.ja)
    return [told, *left_out]


def lasting(found: Sequence[Standing]) -> list[Text]:
    """How many of the goals on track would miss their last point at the pace so far; nothing where none would."""
    on_path, late = tally(found).on_path, len(on_track_but_late(found))
    if not late:
        return []
    words = MISSES if late < on_path else NONE_MEETS if late > 1 else ONE_MISSES
    return [words.filled(on_path=on_path, late=late, their="its" if late == 1 else "their")]


def worst(found: Sequence[Standing]) -> list[Text]:
    """The indicator that is furthest behind its plan, and the pace it needs; none where none is behind."""
    behind = furthest_behind(found)
    if not behind:
        return []
    furthest = behind[0]
    unit, goal = furthest.indicator.unit, furthest.goal
    point = goal.next_point(furthest.fiscal_year) if goal else None
    pace = NOTHING
    if goal and point:
        pace_needed = goal.required_pace(furthest.fiscal_year, furthest.value)
        pace = PACE.filled(
            point=said(point[1], unit), year=fiscal_year_name(point[0]), change=needed(pace_needed, unit)
        )
    value, path = value_and_path(furthest)
    could = could_be(furthest)
    return [WORST.filled(name=furthest.indicator.in_a_sentence, value=value, path=path, could=could, pace=pace)]


def _unmeasured(cells: Mapping[tuple[str, str], Sequence[Standing]]) -> list[Text]:
    """The cell of the matrix with the fewest goals, where less than a quarter of its indicators have one."""
    counts = {place: tally(found) for place, found in cells.items() if found}
    poorest = min(counts, key=lambda place: counts[place].with_goal / counts[place].indicators, default=None)
    if poorest is None or counts[poorest].with_goal >= FEW_GOALS * counts[poorest].indicators:
        return []
    told = counts[poorest]
    words = FEW if told.with_goal else NONE_AT_ALL
    return [words.filled(cell=cell_name(*poorest), with_goal=told.with_goal, all=told.indicators)]


def cell_name(target: str, process: str) -> Text:
    """`comprehensive internationalization in industry`, `産学連携の包括的国際化`."""
    goal, way = TARGETS[target], PROCESSES[process]
    return Text(f"{way.en[0].lower()}{way.en[1:]} in {goal.en.lower()}", f"{goal.ja}の{way.ja}")
