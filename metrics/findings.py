"""Sentences that a President could read aloud, made from the figures of one year."""

from collections.abc import Mapping, Sequence

import numpy as np

from metrics.assessment import Standing, furthest_behind, tally
from metrics.goals import BEHIND, ON_PATH, REACHED
from metrics.numbers import change, moved, said
from metrics.tabulate import OK
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

HEADLINE = Text("{name}: {value} in {year}{move}{path}.", "{year}の{name}は{value}{move}{path}。")
MOVE = Text(", {change} since {before}", "（{before}から{change}）")
PATHS = {
    ON_PATH: Text(", on the path to its goal", "で、目標の経路に乗っている"),
    REACHED: Text(", and its goal is reached", "で、目標に到達した"),
    BEHIND: Text(", behind its path of {path}", "で、計画値{path}に届いていない"),
}
GOALS = Text(
    "Of {with_goal} indicators with a goal, {on_path} are on their path and {behind} are behind{silent}.",
    "目標のある{with_goal}指標のうち、{on_path}が計画どおり、{behind}が遅れている{silent}。",
)
SILENT = Text("; {count} have no figure yet", "（{count}は値がない）")
WORST = Text(
    "Furthest behind its path is {name}: {value} where the path asks for {path}{pace}.",
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
    """`International students: 11.9 % in FY2025, +0.4 points since FY2024, on the path to its goal.`"""
    indicator = standing.indicator
    move = path = Text("", "")
    if not np.isnan(standing.before):
        move = MOVE.filled(
            change=moved(standing.value, standing.before, indicator.unit),
            before=fiscal_year_name(standing.fiscal_year - 1),
        )
    if standing.goal_status in PATHS:
        path = PATHS[standing.goal_status].filled(path=said(standing.path, indicator.unit))
    return HEADLINE.filled(
        name=indicator.name,
        value=said(standing.value, indicator.unit),
        year=fiscal_year_name(standing.fiscal_year),
        move=move,
        path=path,
    )


def _goals(found: Sequence[Standing]) -> Text:
    counts = tally(found)
    missing = counts.goal_without_data
    silent = SILENT.filled(count=missing) if missing else Text("", "")
    return GOALS.filled(with_goal=counts.with_goal, on_path=counts.on_path, behind=counts.behind, silent=silent)


def worst(found: Sequence[Standing]) -> list[Text]:
    """The indicator that is furthest behind its path, and the pace it needs; none where none is behind."""
    behind = furthest_behind(found)
    if not behind:
        return []
    furthest = behind[0]
    unit, goal = furthest.indicator.unit, furthest.goal
    point = goal.next_point(furthest.fiscal_year) if goal else None
    pace = Text("", "")
    if goal and point:
        needed = goal.required_pace(furthest.fiscal_year, furthest.value)
        pace = PACE.filled(
            point=said(point[1], unit), year=fiscal_year_name(point[0]), change=change(needed, 0.0, unit)
        )
    value, path = said(furthest.value, unit), said(furthest.path, unit)
    return [WORST.filled(name=furthest.indicator.name, value=value, path=path, pace=pace)]


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
