"""Sentences that a President could read aloud, made from the figures of one year."""

from collections.abc import Mapping, Sequence

import numpy as np

from metrics.assessment import Standing, furthest_behind, tally
from metrics.goal_outlook import not_judged, value_and_path
from metrics.goals import BEHIND, ON_PATH, REACHED
from metrics.numbers import many, moved, needed, said
from metrics.tabulate import OK
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import NOTHING, Text

HEADLINE = Text("{name}: {value} in {year}{move}{path}.", "{year}の{name}は{value}{move}{path}。")
MOVE = Text(", {change} since {before}", "（{before}から{change}）")
PATHS = {
    ON_PATH: Text(", on track", "で、計画どおりに進んでいる"),
    REACHED: Text(", and its goal is met", "で、目標に到達した"),
    BEHIND: Text(", behind its planned {path}", "で、計画値{path}に届いていない"),
}
GOALS = Text(
    "Of {goals}, {on_path} on track and {behind} behind{silent}.",
    "数値目標{goals}件のうち、{on_path}件が計画どおり、{behind}件が遅れている{silent}。",
)
NO_GOALS = Text(
    "No goal has been set yet, so no figure can be held against a promise.",
    "目標はまだ設定されておらず、達成状況は判定できない。",
)
WORST = Text(
    "Furthest behind is {name}: {value} where {path} is planned{pace}.",
    "最も遅れているのは{name}で、計画値{path}に対し{value}{pace}。",
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
    found: Sequence[Standing], cells: Mapping[tuple[str, str], Sequence[Standing]], headlines: Sequence[str]
) -> list[Text]:
    """Three to five sentences: headlines, the goals together, the one furthest behind, and cells without any goal.

    `found` are the standings of all indicators, `cells` the same by target and process, `headlines` the keys of
    the indicators that open the text (those without a value are passed over).
    """
    by_key = {standing.indicator.key: standing for standing in found}
    told = [headline(by_key[key]) for key in headlines if key in by_key and by_key[key].status == OK]
    return [*told, _goals(found), *worst(found), *_unmeasured(cells)][:5]


def headline(standing: Standing) -> Text:
    """`International students: 11.9 % in FY2025, +0.4 points since FY2024, on track.`"""
    indicator = standing.indicator
    move = path = NOTHING
    if not np.isnan(standing.before):
        move = MOVE.filled(
            change=moved(standing.value, standing.before, indicator.unit),
            before=fiscal_year_name(standing.fiscal_year - 1),
        )
    value = said(standing.value, indicator.unit)
    if standing.goal_status in PATHS:
        beside = value_and_path(standing)
        value = beside[0] if standing.goal_status == BEHIND else value
        path = PATHS[standing.goal_status].filled(path=beside[1])
    return HEADLINE.filled(
        name=indicator.name,
        value=value,
        year=fiscal_year_name(standing.fiscal_year),
        move=move,
        path=path,
    )


def _goals(found: Sequence[Standing]) -> Text:
    counts = tally(found)
    if not counts.with_goal:
        return NO_GOALS
    return GOALS.filled(
        goals=many(counts.with_goal, "goal", "goals"),
        on_path=many(counts.on_path, "is", "are"),
        behind=many(counts.behind, "is", "are"),
        silent=not_judged(counts),
    )


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
    return [WORST.filled(name=furthest.indicator.in_a_sentence, value=value, path=path, pace=pace)]


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
