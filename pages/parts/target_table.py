"""The indicators of one process of a target, one row each: value, status against the plan, change, trend."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from metrics.assessment import Standing, tally
from metrics.goal_outlook import value_and_path
from metrics.tabulate import OK
from metrics.view import Counting
from pages.parts.language import say
from pages.parts.narrowing import WHY
from pages.parts.quality.marks import footnote, signed
from pages.parts.reading import figures_table
from pages.parts.standing import DOUBTFUL_MARKS, IN_BRACKETS, changed, status_in_a_cell, when
from pages.parts.tables import STATUS, Column, Columns
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

ALT = Text("{target}, {process}: indicators in {year}", "{target}・{process}：{year}の指標")
COUNTS = Text(
    "Goals on track: {on_path} of {with_goal}. Indicators without a goal: {without} of {indicators}",
    "目標{with_goal}件中{on_path}件が計画どおり、{indicators}指標中{without}指標は目標なし",
)
NONE = Text(
    "None of {indicators} indicators has a goal to compare with", "{indicators}指標のいずれにも比較できる目標なし"
)
NOT_COMPARED = Text("= not compared", "= 比較対象外")


def process_table(
    target: str,
    process: str,
    found: Sequence[Standing],
    trends: Mapping[str, list[float]],
    *,
    goals: bool,
    counting: Counting = "whole",
    apart: Collection[str] = (),
    implied: Collection[str] = (),
) -> None:
    """The table of one process. `trends` are the values of each indicator that the trend column shows.

    `goals` says whether any goal counts, `apart` which indicators have one that says nothing about these figures, and
    `implied` which would be 100 % because of the countries chosen alone.
    """
    year = fiscal_year_name(found[0].fiscal_year)
    st.subheader(say(PROCESSES[process]), anchor=False)
    counts = tally(found)
    if goals:
        without = counts.without_goal - sum(standing.indicator.key in apart for standing in found)
        words = COUNTS.filled(
            on_path=counts.on_path, with_goal=counts.with_goal, without=without, indicators=counts.indicators
        )
        st.caption(say(words if counts.with_goal else NONE.filled(indicators=counts.indicators)))
    rows = []
    for standing in found:
        row, key = _row(standing, trends[standing.indicator.key]), standing.indicator.key
        if goals:  # figures of a part are counted from other records than those that completeness is known of
            row["value"] = signed(str(row["value"]), standing, counting)
        row |= {"status": say(NOT_COMPARED)} if key in apart else {}
        row |= {"value": say(WHY["country"])} if key in implied else {}
        rows.append(row)
    words = ALT.filled(target=TARGETS[target], process=PROCESSES[process], year=year)
    by_column = {name: [row[name] for row in rows] for name in rows[0]}
    figures_table(by_column, columns(found[0].fiscal_year, goals=goals), alt=words)
    if any(standing.verdict.told is False for standing in found):
        st.caption(say(IN_BRACKETS.filled(before=fiscal_year_name(found[0].fiscal_year - 1))))
    footnote(found, counting, part=not goals)


def columns(year: int, *, goals: bool) -> Columns:
    """The columns; those of goals only where goals count."""
    marks = {say(words): colour for words, colour in DOUBTFUL_MARKS.items()} | {say(NOT_COMPARED): "gray"}
    every = {
        "name": Column(name=Text("Indicator", "指標")),
        "value": Column(name=Text("Value", "値")),
        "status": Column(name=Text("Status", "状況"), kind="status", marks=marks),
        "path": Column(name=Text("Planned", "計画値")),
        "change": Column(name=Text("Since {before}", "{before}から").filled(before=fiscal_year_name(year - 1))),
        "of": Column(name=Text("As of", "時点")),
        "trend": Column(name=Text("Trend", "推移"), kind="trend"),
    }
    return {name: column for name, column in every.items() if goals or name not in ("status", "path")}


def _row(standing: Standing, trend: list[float]) -> dict[str, object]:
    there = standing.status == OK
    value, path = value_and_path(standing)
    return {
        "key": standing.indicator.key,
        "name": say(standing.indicator.name),
        "value": say(value) if there else say(STATUS[standing.status]),
        "of": when(standing),
        "change": changed(standing),
        "status": status_in_a_cell(standing),
        "path": say(path),
        "trend": trend if len(trend) > 1 else [],
    }
