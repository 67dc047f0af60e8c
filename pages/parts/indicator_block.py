"""One indicator in full: what it says, its value and what that rests on, its trend, its goal, and the departments."""

from dataclasses import dataclass
from math import isnan, nan

import pandas as pd
import streamlit as st

from metrics.assessment import Standing
from metrics.coverage import coverage
from metrics.goal_outlook import outlook, path_between, value_and_path
from metrics.numbers import needed, said, unit_name
from metrics.tabulate import OK
from pages.parts import data
from pages.parts.charts import OF_TARGET, UNIVERSITY_LINE, Line, draw, strip, trend
from pages.parts.charts.series import Columns
from pages.parts.confused import confused_with
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.narrowing import WHY, Narrowing, unsplit_here
from pages.parts.quality.marks import say_lacking
from pages.parts.spread import Spread
from pages.parts.standing import badge, counted, lead, moved_since, when
from pages.parts.sureness import sureness
from pages.parts.tables import STATUS
from pages.parts.ways import to_change, to_expectation, to_hub, to_participation
from vocabulary.articles import with_article
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

COMPARED_BY_SIZE = ("share", "index")  # units in which a department and the university can share an axis
UNIVERSITY = Text("University", "全学")
THIS_ONE = Text("Department", "部局")
OF = Text("{when}, {unit}", "{when}（{unit}）")
NO_FIGURE = Text("No figure for {when}: {reason}.", "{when}の値なし：{reason}。")
PATH = Text("Planned for {year}: {path}.", "{year}の計画値：{path}。")
NEXT = Text("Next: {point} in {by}, which takes {pace} a year.", "次は{by}に{point}。年{pace}が必要。")
MET = Text("Next: {point} in {by}, met already.", "次は{by}に{point}で、既に届いている。")
NO_GOAL = Text("No goal is set.", "目標は設定されていない。")
GOAL_APART = Text("Its goal is set for the whole, by whole counting.", "目標は全体（整数カウント）に対するもの。")
SPREAD = Text(
    "{n} departments, {when} ({unit}): each mark is one department.", "{n}部局、{when}（{unit}）：1本の線が1部局。"
)
AS_A_WHOLE = Text(" The university as a whole: {value}.", "全学の値は{value}。")
NO_SPREAD = Text("No department has a value of its own.", "部局別の値はない。")
OWN = Text(
    "Declared by {name} for itself. Others have no figure to compare with.",
    "{name}が独自に定義した指標。比較できる他部局の値はない。",
)
APART = Text("Departments are shown without filters only.", "部局の分布は絞り込みなしでのみ表示する。")


@dataclass(frozen=True, kw_only=True)
class Block:
    """What a block shows. Histories hold the fiscal years of the trend, one row each, of this indicator alone."""

    standing: Standing
    narrowed: Narrowing
    history: Columns
    notes: pd.DataFrame  # annotations: date, text_en, text_ja
    spread: Spread | None
    unit_name: Text | None = None  # the department; None for the university
    university: Columns | None = None  # its history, for a department
    goal_apart: bool = False  # there is a goal, but not for figures filtered or counted like these


def indicator_block(block: Block) -> None:
    """Draw it: name, status and definition; value and goal, trend, departments; links to evidence."""
    standing = block.standing
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(literal(say(standing.indicator.name)), anchor=False, width="content")
            if not block.goal_apart:
                badge(standing)
            _links(block)
        st.caption(literal(say(standing.indicator.definition)))
        numbers, over_years = st.columns([2, 3], gap="medium")
        with numbers:
            _numbers(block)
            _departments(block)
        with over_years:
            _trend(block)
        confused_with(standing.indicator, standing.department, standing.fiscal_year, block.narrowed)


def _numbers(block: Block) -> None:
    standing = block.standing
    unit = standing.indicator.unit
    if standing.status != OK:
        why = unsplit_here(standing, block.narrowed)
        reason = WHY[why] if why else STATUS[standing.status]
        st.markdown(literal(say(NO_FIGURE.filled(when=when(standing), reason=reason))))
    else:
        label = when(standing) if standing.is_small else say(OF.filled(when=when(standing), unit=unit_name(unit)))
        value = lead(standing) if standing.is_small else say(value_and_path(standing)[0])
        st.metric(label, value, **moved_since(standing))
    told = [counted(standing), *sureness(standing, block.narrowed), _coverage(block)] if standing.status == OK else []
    st.caption("  \n".join(literal(words) for words in [*told, _goal(block)] if words))
    say_lacking(standing, block.narrowed.counting, part=block.narrowed.is_part)


def _coverage(block: Block) -> str:
    standing, years = block.standing, block.history["fiscal_year"]
    if standing.fiscal_year not in years:
        return ""
    place = years.index(standing.fiscal_year)
    known, unknown = (block.history[name][place] for name in ("known", "unknown"))
    found = coverage(standing.indicator, standing.numerator, standing.denominator, known, unknown)
    return say(found.text) if found else ""


def _goal(block: Block) -> str:
    standing = block.standing
    seen = outlook(standing)
    if seen is None:
        return say(GOAL_APART if block.goal_apart else NO_GOAL)
    unit, words = standing.indicator.unit, []
    if not isnan(standing.path):
        words.append(PATH.filled(year=fiscal_year_name(standing.fiscal_year), path=value_and_path(standing)[1]))
    if seen.next_point and not isnan(seen.required):
        by, value = seen.next_point
        pace = needed(seen.required, unit)
        words.append((MET if seen.ahead else NEXT).filled(point=said(value, unit), by=fiscal_year_name(by), pace=pace))
    return say(Text(" ", "")).join(say(one) for one in words)


def _trend(block: Block) -> None:
    indicator, goal = block.standing.indicator, block.standing.goal
    history = block.history
    if all(isnan(value) for value in history["value"]):
        st.caption(say(Text("No year has a value.", "値のある年度がない。")))
        return
    beside = block.university if indicator.unit in COMPARED_BY_SIZE and not indicator.is_own else None
    name = None if beside is None else THIS_ONE
    lines = [Line(rows=history, colour=OF_TARGET[indicator.target], name=name, band=True)]
    if beside is not None:
        lines.insert(0, Line(rows=beside, colour=UNIVERSITY_LINE, name=UNIVERSITY))
    path = None
    if goal is not None:
        years = history["fiscal_year"]
        first, last = min(years), max(years)
        point = goal.next_point(last)
        path = path_between(goal, first, point[0] if point else last)
    chart = trend(indicator.name, indicator.unit, lines, path=path, notes=block.notes, height=300)
    draw(chart, key=f"trend:{indicator.key}")


def _departments(block: Block) -> None:
    indicator, spread = block.standing.indicator, block.spread
    if indicator.is_own:
        st.caption(literal(say(OWN.filled(name=with_article(data.department_names()[indicator.declared_by])))))
        return
    if spread is None or not spread.of_departments:
        st.caption(say(APART if spread is None else NO_SPREAD))
        return
    words = SPREAD.filled(n=len(spread.of_departments), when=when(block.standing), unit=unit_name(indicator.unit))
    whole = _university_value(block)
    if indicator.unit not in COMPARED_BY_SIZE and whole is not None:  # too large to stand beside its departments
        words = Text(*(a + b for a, b in zip(words, AS_A_WHOLE.filled(value=said(whole, indicator.unit)), strict=True)))
    st.caption(literal(say(words)))
    own = block.standing.value if block.unit_name is not None and block.standing.status == OK else None
    overall = whole if indicator.unit in COMPARED_BY_SIZE else None
    chart = strip(
        indicator.name,
        indicator.unit,
        spread.of_departments,
        own=own,
        own_name=THIS_ONE,
        university=overall,
        names=spread.names,
    )
    draw(chart, key=f"spread:{indicator.key}")


def _university_value(block: Block) -> float | None:
    if block.unit_name is None:
        value = block.standing.value
    else:
        rows = block.university or {"fiscal_year": [], "value": []}
        found = dict(zip(rows["fiscal_year"], rows["value"], strict=True))
        value = found.get(block.standing.fiscal_year, nan)
    return None if isnan(value) else value


def _links(block: Block) -> None:
    standing, chosen = block.standing, block.narrowed
    key = standing.indicator.key
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", width="content"):
        if not standing.indicator.is_own:
            to_change(key, standing.department, standing.fiscal_year)
        link("definitions", Text("Definition", "定義"), icon=":material/menu_book:", indicator=key)
        link(
            "records",
            Text("Records", "活動記録"),
            icon=":material/table_rows:",
            indicator=key,
            department=standing.department,
            year=standing.fiscal_year,
            counting=chosen.counting,
            region=chosen.regions or None,
            country=chosen.countries or None,
            level=chosen.levels or None,
        )
        if not standing.indicator.is_own:
            to_participation(key, standing.department, standing.fiscal_year)
            link(
                "comparison",
                Text("Comparison", "比較"),
                icon=":material/compare_arrows:",
                indicator=key,
                year=standing.fiscal_year,
                counting=chosen.counting,
            )
            to_expectation(key, standing.department, standing.fiscal_year)
            to_hub(key, standing.department)
