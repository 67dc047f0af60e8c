"""All indicators of a department in one table; a row that is chosen opens below, with its trend and ways further."""

from math import isnan, nan
from typing import Any

import pandas as pd
import streamlit as st

from metrics.assessment import Standing
from metrics.goals import Goal
from metrics.numbers import show
from metrics.reconciliation import unit_counted
from metrics.tabulate import OK
from metrics.tree import UNIVERSITY
from pages.parts import charts
from pages.parts.code_names import names_beside, with_names
from pages.parts.language import literal, say
from pages.parts.profile.figures import Profile
from pages.parts.quality.marks import footnote, signed
from pages.parts.standing import IN_BRACKETS, STATUSES, changed, lead
from pages.parts.tables import NAME, STATUS, ByColumn, Column, Columns, choosing_table, downloads, file_name
from pages.parts.target_file import COUNTS, NAMES
from pages.parts.ways import to_comparison, to_definition, to_expectation, to_records
from vocabulary.activity_types import PROCESSES_IN_SHORT, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.text import Text

TITLE = Text("All indicators", "全指標")
HINT = Text(
    "Choose a row to see its trend, definition and records. n: how many of how many. All is of {year}; what is marked "
    "(1 May) was counted on that day.",
    "行を選ぶと、推移・定義・記録を表示する。nは分子／分母。値は{year}のもので、「5/1」とあるものは5月1日現在。",
)
ALT = Text("All indicators of {name} in {year}", "{name}の全指標（{year}）")
MOST_OPEN = 3
HEIGHT = 460
UNIVERSITY_NAME = Text("University", "全学")
HERE = Text("Here", "当部局")
TAKEN = (*NAMES, "path", "goal_status")  # of a file: codes in either language, shares as fractions
CENSUS = Text("(1 May)", "(5/1)")


def draw(profile: Profile) -> None:
    """The table, its downloads, and up to three chosen rows opened."""
    st.subheader(say(TITLE), anchor=False)
    st.caption(say(HINT.filled(year=fiscal_year_name(profile.year))))
    common = [own for own in profile.standings if not own.indicator.is_own]
    rows = [_row(own, profile) for own in common]
    year = fiscal_year_name(profile.year)
    words = ALT.filled(name=profile.department.name, year=year)
    telling = {
        name: column for name, column in _columns(profile.year).items() if name == "trend" or any(r[name] for r in rows)
    }
    shown: ByColumn = {name: [row[name] for row in rows] for name in ("key", *telling)}
    chosen = choosing_table(shown, telling, alt=words, word="chosen", code="key", height=HEIGHT)
    st.caption(say(IN_BRACKETS.filled(before=fiscal_year_name(profile.year - 1))))
    footnote(common, profile.counting)
    _file(profile)
    by_key = {own.indicator.key: own for own in profile.standings}
    for key in chosen["key"][:MOST_OPEN]:
        _opened(by_key[key], profile)


def _columns(year: int) -> Columns:
    marks = {say(shown.marked): shown.colour for shown in STATUSES.values()}
    since = Text("Since {before}", "{before}から").filled(before=fiscal_year_name(year - 1))
    return {
        "name": Column(name=Text("Indicator", "指標"), width=NAME),
        "value": Column(name=HERE, align="right", width=(90, 122)),
        "university": Column(name=UNIVERSITY_NAME, align="right", width=82),
        "status": Column(name=Text("Own goal", "独自目標"), kind="status", marks=marks, width=112),
        "of": Column(name=Text("n", "n"), align="right", width=129),
        "change": Column(name=since, align="right", width=104),
        "place": Column(name=Text("Target · process", "目標・取組"), width=150),
        "trend": Column(name=Text("Trend", "推移"), kind="trend", width=72),
    }


def _row(own: Standing, profile: Profile) -> dict[str, object]:
    indicator = own.indicator
    trend = profile.histories.values(indicator.key, own.department, until=profile.year)
    return {
        "key": indicator.key,
        "place": f"{say(TARGETS[indicator.target])} · {say(PROCESSES_IN_SHORT[indicator.process])}",
        "name": say(indicator.name),
        "value": signed(lead(own), own, profile.counting),
        "of": _of(own),
        "university": lead(profile.university[indicator.key]) if indicator.unit in ("share", "index") else "",
        "status": say(STATUSES[own.goal_status].marked) if own.goal else "",
        "change": changed(own),
        "trend": trend if len(trend) > 1 else [],
    }


def _file(profile: Profile) -> None:
    """Buttons for the figures of the department and the university as numbers and codes."""
    columns = {name: Column(name=Text(name, name), kind="count" if name in COUNTS else "text") for name in TAKEN}
    of = {
        Text("Department", "部局"): say(profile.department.name),
        Text("Counting", "計数方法"): say(COUNTING_RULES[profile.counting]),
    }
    name = file_name("profile", profile.department.code, profile.year)
    downloads(file_of(profile), with_names(columns), name, of, names_beside(columns))


def file_of(profile: Profile) -> dict[str, list[Any]]:
    """What the file holds: the year's figures of both, beside the department's where its goals stand."""
    code = profile.department.code
    rows = profile.of_the_year(NAMES, code, UNIVERSITY)
    goals = {(own.indicator.key, code): (own.path, own.goal_status) for own in profile.standings if own.goal}
    found = [goals.get(of, (nan, nan)) for of in zip(rows["indicator"], rows["department"], strict=True)]
    return {**rows, "path": [path for path, _ in found], "goal_status": [status for _, status in found]}


def _of(own: Standing) -> str:
    """`593 / 2,082 (1 May)`, or why there is no value."""
    if own.status != OK:
        return say(STATUS[own.status])
    unit = unit_counted(own.indicator)
    known = [number for number in (own.numerator, own.denominator) if not isnan(own.denominator)]
    words = " / ".join(show(number, "yen" if unit == "yen" else "count", "en") for number in known)
    return f"{words} {say(CENSUS)}".strip() if own.indicator.is_stock else words


def _opened(own: Standing, profile: Profile) -> None:
    indicator = own.indicator
    with st.container(border=True):
        st.markdown(f"**{literal(say(indicator.name))}**")
        st.caption(literal(say(indicator.definition)))
        drawn = charts.trend(indicator.name, indicator.unit, _lines(own, profile), path=_points(own.goal))
        charts.draw(drawn, key=f"trend:{indicator.key}")
        with st.container(horizontal=True, gap="small"):
            to_definition(indicator.key)
            to_records(indicator.key, own.department, own.fiscal_year)
            to_comparison(indicator.key, own.department, own.fiscal_year, profile.kind)
            to_expectation(indicator.key, own.department, own.fiscal_year)


def _lines(own: Standing, profile: Profile) -> list[charts.Line]:
    """The department, and beside it the university where both can lie on one scale."""
    key = own.indicator.key
    mine = profile.history(key, own.department)
    if own.indicator.unit not in ("share", "index"):
        return [charts.Line(rows=mine, band=True)]
    university = profile.history(key, UNIVERSITY)
    return [
        charts.Line(rows=mine, name=HERE, band=True),
        charts.Line(rows=university, name=UNIVERSITY_NAME, colour=charts.UNIVERSITY_LINE),
    ]


def _points(goal: Goal | None) -> pd.DataFrame | None:
    if goal is None:
        return None
    values = [goal.path(int(year)) for year in goal.years]
    return pd.DataFrame({"fiscal_year": goal.years, "value": values, "kind": goal.kinds})
