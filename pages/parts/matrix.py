"""The strategy's matrix: four targets by two processes, one card a cell."""

from collections.abc import Collection, Mapping, Sequence
from math import isnan

import streamlit as st

from metrics.assessment import Standing, Tally, moved_most, tally
from metrics.disclosure.words import FEWER, WITHHELD
from metrics.findings import FEW_GOALS
from metrics.goals import BEHIND, NOT_STARTED, ON_PATH, Goal
from metrics.histories import Histories
from metrics.numbers import UNIT_NAMES, change
from metrics.tabulate import FEW, OK, SUPPRESSED
from metrics.view import Counting
from pages.parts.charts import BEHIND as BEHIND_COLOUR
from pages.parts.charts import OF_TARGET, spark
from pages.parts.charts import draw as draw_chart
from pages.parts.charts.series import Columns
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.quality.marks import to_quality
from pages.parts.standing import (
    SIGN,
    STATUSES,
    TARGET_ICONS,
    counted,
    lead,
    moved_since,
    say_could_be,
    size_of_change,
    when,
)
from pages.parts.ways import to_definition, to_records
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

Place = tuple[str, str]
CARD_WIDTH = 230  # pixels; below, the matrix folds
VALUE_WIDTH = 188  # pixels of a value and its change: a phone has room for the trend beside it
MOSTLY = 2 / 3
MOSTLY_WORDS = Text(
    "Goals on their planned path (or met), of those whose plan has begun. With a tick: at least two thirds are. With a "
    "clock: fewer.",
    "計画が始まっている目標のうち、計画どおり（到達を含む）の数。チェックは3分の2以上、時計はそれ未満。",
)
ON_TRACK = Text("{on_path} of {begun} on track", "計画どおり {on_path}/{begun}")
DOTTED = Text("Dotted: what is planned.", "点線：計画値")
NOBODY_MEASURES = Text("no goal", "目標なし")
FEW_HAVE_GOALS = Text("{with_goal} of {indicators} with a goal", "目標あり {with_goal}/{indicators}")
NOT_COMPARED = Text("not compared", "比較対象外")
LEFT_OUT = Text("No goal: {without_goal} of {indicators}", "目標なし：{indicators}指標中{without_goal}")
APART = Text("Goals not compared: {count}", "比較対象外の目標：{count}")
SILENT = Text("No figure: {count}", "値なし：{count}")
MOVED = Text("Most unusual change: {name} {change}", "例年に比べ最も動いた指標：{name} {change}")
TO_CELL = Text("{target}: {count} indicators", "{target}：{count}指標")
NO_FIGURE = Text("No figure for {year}: {reason}.", "{year}の値なし：{reason}。")
REASONS = {
    "no data": Text("no data was delivered", "データ未提出"),
    "not applicable": Text("not applicable", "該当なし"),
    FEW: FEWER,
    SUPPRESSED: WITHHELD,
}


def draw(
    cells: Mapping[Place, Sequence[Standing]],
    headlines: Mapping[Place, str],
    history: Histories,
    apart: Collection[str] = (),
    counting: Counting = "whole",
) -> None:
    """The eight cards, a row of four for each process. `history` has the university's figures of all years.

    `apart` are the indicators with a goal that says nothing about these figures.
    """
    for process, name in PROCESSES.items():
        st.subheader(say(name), anchor=False)
        grid = st.grid(len(TARGETS), min_column_width=CARD_WIDTH, border=True)
        for target in TARGETS:
            with grid, st.container(gap="xxsmall"):
                _card(cells[target, process], headlines[target, process], history, apart, counting)
    st.caption(say(DOTTED))


def _card(
    found: Sequence[Standing], headline: str, history: Histories, apart: Collection[str], counting: Counting
) -> None:
    counts, aside = tally(found), sum(standing.indicator.key in apart for standing in found)
    first = next(standing for standing in found if standing.indicator.key == headline)
    _title(found, counts, aside)
    _headline(first, history)
    with st.container(horizontal=True, gap="small"):
        to_definition(first.indicator.key)
        to_records(first.indicator.key, first.department, first.fiscal_year)
        to_quality(first, counting)
    _remarks(first, found, counts, aside)


def _title(found: Sequence[Standing], counts: Tally, aside: int) -> None:
    """The way to the cell's target, and how its goals stand."""
    target, process = found[0].indicator.place
    words = TO_CELL.filled(target=TARGETS[target], count=counts.indicators)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xxsmall"):
        year = found[0].fiscal_year
        link("targets", words, icon=TARGET_ICONS[target], target=target, process=process, year=year)
        _goal_badge(counts, aside)


def _goal_badge(counts: Tally, aside: int) -> None:
    every, begun = counts.with_goal + aside, counts.with_goal - counts.not_started
    few = FEW_HAVE_GOALS.filled(with_goal=every, indicators=counts.indicators)
    if every < FEW_GOALS * counts.indicators:
        st.badge(say(few if every else NOBODY_MEASURES), icon=":material/remove:", color="gray")
    elif not counts.with_goal:
        st.badge(say(NOT_COMPARED), icon=":material/remove:", color="gray")
    elif not begun:
        later = STATUSES[NOT_STARTED]
        st.badge(say(later.words), icon=later.icon, color=later.colour)
    else:
        shown = STATUSES[ON_PATH if counts.on_path >= MOSTLY * begun else BEHIND]
        words = ON_TRACK.filled(on_path=counts.on_path, begun=begun)
        st.badge(say(words), icon=shown.icon, color=shown.colour, help=say(MOSTLY_WORDS))


def _headline(standing: Standing, history: Histories) -> None:
    """The cell's first figure: its name, value and change, and beside them (below, where that is narrow) its trend."""
    indicator = standing.indicator
    st.markdown(f"**{literal(say(indicator.name))}**")
    if standing.status != OK:
        reason = REASONS[standing.status]
        st.caption(say(NO_FIGURE.filled(year=fiscal_year_name(standing.fiscal_year), reason=reason)))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        since = moved_since(standing)
        st.metric(say(indicator.name), lead(standing), label_visibility="collapsed", width=VALUE_WIDTH, **since)
        seen = history.columns(indicator.key, standing.department, until=standing.fiscal_year)
        if sum(not isnan(value) for value in seen["value"]) > 1:
            with st.container():  # without it a phone draws the trend below
                _trend(standing, seen)


def _trend(standing: Standing, seen: Columns) -> None:
    indicator = standing.indicator
    colour = BEHIND_COLOUR if standing.goal_status == BEHIND else OF_TARGET[indicator.target]
    path = _path(standing.goal, standing.fiscal_year)
    draw_chart(spark(indicator.name, indicator.unit, seen, colour=colour, path=path), key=f"spark:{indicator.key}")


def _path(goal: Goal | None, until: int) -> Columns | None:
    """The goal's path year by year up to now."""
    if goal is None or goal.years[0] >= until:
        return None
    years = range(int(goal.years[0]), until + 1)
    return {"fiscal_year": years, "value": [goal.path(year) for year in years]}


def _remarks(headline: Standing, found: Sequence[Standing], counts: Tally, aside: int) -> None:
    """In small print: what the headline is of, what moved most in the cell, and what the cell lacks."""
    lines, lacks = [], []
    if headline.status == OK:
        rests_on = counted(headline) or say(UNIT_NAMES[headline.indicator.unit])
        lines.append(" · ".join(part for part in (when(headline), rests_on, size_of_change(headline)) if part))
        if doubt := say_could_be(headline):
            lines.append(f"{SIGN} {doubt}")
    most = moved_most(found)
    if most is not None:
        moved = change(most.value, most.before, most.indicator.unit)
        lines.append(say(MOVED.filled(name=most.indicator.name, change=moved)))
    if counts.without_goal > aside:
        lacks.append(LEFT_OUT.filled(without_goal=counts.without_goal - aside, indicators=counts.indicators))
    if aside:
        lacks.append(APART.filled(count=aside))
    if counts.without_data:
        lacks.append(SILENT.filled(count=counts.without_data))
    lines.append(" · ".join(say(lack) for lack in lacks))
    st.caption("  \n".join(literal(line) for line in lines if line))
