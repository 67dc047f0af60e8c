"""One goal in full: baseline, milestones, target, path and actual values, what it takes, and the departments' goals."""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd
import streamlit as st

from metrics.assessment import Standing, furthest_behind, standings
from metrics.goal_outlook import Outlook, outlook, path_between, required_words, value_and_path
from metrics.goal_projection import projection
from metrics.goals import Goal
from metrics.tabulate import OK
from metrics.tree import UNIVERSITY
from metrics.view import Selection
from pages.parts import data
from pages.parts.charts import OF_TARGET, Line, draw, trend
from pages.parts.filters import choose, link
from pages.parts.goal_table import STRAIGHT, columns, goal_rows
from pages.parts.goals.projection import plan_points, say_projection
from pages.parts.goals.what_if import what_if
from pages.parts.language import current_language, literal, say
from pages.parts.quality.marks import footnote, say_lacking
from pages.parts.reading import figures_table
from pages.parts.standing import badge, counted, when
from pages.parts.ways import to_change
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

FAR = 10  # years: a projection beyond says no more than that nobody knows
TITLE = Text("One goal in full", "目標の詳細")
BESIDE = Text("The same goal of the university and of departments", "全学と部局の目標")
ALONE = Text("No department has a goal of its own for this indicator.", "この指標に独自の目標を持つ部局はない。")
ALONE_HERE = Text(
    "Your departments have no goal of their own for this indicator.", "所管の部局には、この指標の独自の目標がない。"
)
VALUE = Text("{when}: {value}{n}.", "{when}は{value}{n}。")
COUNTED = Text(" ({n})", "（{n}）")
PLANNED = Text("Planned: {path}.", "計画値は{path}。")
BELOW = Text("Behind its plan since {since}.", "{since}から計画を下回る。")
ABOVE = Text("Behind its plan since {since}.", "{since}から計画を上回る（少ないほどよい目標）。")
PHASE = Text("Plan: {phase}.", "計画：{phase}。")


def choose_goal(shown: Sequence[Standing]) -> Standing | None:
    """One of the goals shown: the one furthest behind its path unless asked otherwise; None of none."""
    if not shown:
        return None
    behind = furthest_behind(shown)
    ordered = [*behind, *(standing for standing in shown if standing not in behind)]
    by_key = {standing.indicator.key: standing for standing in ordered}
    names = {key: standing.indicator.name for key, standing in by_key.items()}
    return by_key[choose("indicator", Text("Goal", "目標"), names)]


def one_goal(standing: Standing, history: pd.DataFrame, notes: pd.DataFrame) -> None:
    """The goal, drawn and in words. `history` has the indicator's figures of the department by fiscal year."""
    seen = outlook(standing)
    if seen is None:
        return
    indicator = standing.indicator
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(literal(say(indicator.name)), anchor=False, width="content")
            badge(standing)
            with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
                _links(standing)
        told = [*_now(standing, seen.goal, history), *required_words(seen)]
        st.markdown(say(Text(" ", "")).join(literal(say(words)) for words in told))
        say_lacking(standing)
        leads = projection(standing, history)
        say_projection(leads)
        years = [*history["fiscal_year"], seen.target[0]]
        chart = trend(
            indicator.name,
            indicator.unit,
            [Line(rows=history, colour=OF_TARGET[indicator.target], band=True)],
            path=path_between(seen.goal, min(years), max(years)),
            ahead=leads.fan(_horizon(seen)) if leads and leads.points_ahead else None,
            notes=notes[notes["target"].isin(("", indicator.target))],
            height=380,
            milestones=True,
        )
        draw(chart, key=f"goal:{indicator.key}")
        st.caption(literal(" ".join([say(indicator.definition), _phase(seen.goal), say(STRAIGHT)])))
        plan_points(seen.goal, indicator.unit, leads, history)
        what_if(seen)


def _horizon(seen: Outlook) -> int:
    """The year that the projection is drawn to: the goal's last where it is near, else its next point."""
    near = seen.target[0] - seen.standing.fiscal_year <= FAR
    return seen.target[0] if near or seen.next_point is None else seen.next_point[0]


def _now(standing: Standing, goal: Goal, history: pd.DataFrame) -> list[Text]:
    """The value with what it counts, what was planned, and since when it has been behind that."""
    if standing.status != OK:
        return []
    value, path = value_and_path(standing)
    n = "" if standing.is_small else counted(standing)
    told = [VALUE.filled(when=when(standing), value=value, n=COUNTED.filled(n=n) if n else Text("", ""))]
    if not isnan(standing.path):
        told.append(PLANNED.filled(path=path))
    values = dict(zip(history["fiscal_year"].astype(int), history["value"].astype(float), strict=True))
    since = goal.behind_since(values, standing.fiscal_year)
    if since is not None:
        told.append((BELOW if goal.upward else ABOVE).filled(since=fiscal_year_name(since)))
    return told


def departments_goals(key: str, goals: Mapping[tuple[str, str], Goal], year: int) -> None:
    """The goals of all departments that have one for the indicator, the university's first."""
    units = [unit for indicator, unit in goals if indicator == key]
    units.sort(key=lambda unit: (unit != UNIVERSITY, unit))
    st.markdown(f"**{say(BESIDE)}**")
    if units in ([], [UNIVERSITY]):
        st.caption(say(ALONE if data.reader().scope.whole_university else ALONE_HERE))
        return
    figures = data.figures((key,), selection=Selection(departments=tuple(units)))
    found = [standings(figures, [data.indicators()[key]], goals, year, unit)[0] for unit in units]
    names = [say(data.department_names()[unit]) for unit in units]
    head = columns(year, first=Text("Department", "部局"))
    figures_table(goal_rows(found, names), head, alt=BESIDE)
    footnote(found)


def _phase(goal: Goal) -> str:
    phases = list(dict.fromkeys(phase for phase in goal.phases if phase))
    separator = "・" if current_language() == "ja" else ", "
    return say(PHASE).format(phase=separator.join(phases)) if phases else ""


def _links(standing: Standing) -> None:
    indicator = standing.indicator
    year, department = standing.fiscal_year, standing.department
    to_change(indicator.key, department, year)
    link("definitions", Text("Definition", "定義"), icon=":material/menu_book:", indicator=indicator.key)
    link(
        "records",
        Text("Records", "活動記録"),
        icon=":material/table_rows:",
        indicator=indicator.key,
        department=department,
        year=year,
    )
    link(
        "targets",
        Text("In its target", "目標別で見る"),
        icon=":material/flag:",
        indicator=indicator.key,
        target=indicator.target,
        process=indicator.process,
        department=department,
        year=year,
    )
