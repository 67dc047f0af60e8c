"""The strategy's matrix: four targets by two processes, one card a cell."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from metrics.assessment import Standing, Tally, moved_most, tally
from metrics.findings import FEW_GOALS
from metrics.goals import BEHIND, Goal
from metrics.numbers import UNIT_NAMES, change, show
from metrics.tabulate import OK
from pages.parts.charts import BEHIND as BEHIND_COLOUR
from pages.parts.charts import OF_TARGET, spark
from pages.parts.charts import draw as draw_chart
from pages.parts.filters import link
from pages.parts.language import current_language, literal, say
from pages.parts.standing import TARGET_ICONS, counted, moved_since, when
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

Place = tuple[str, str]
CARD_WIDTH = 230  # pixels; below, the matrix folds
MOSTLY = 2 / 3
MOSTLY_WORDS = Text(
    "Goals on their path, of all that are set. With a tick: at least two thirds are. With a clock: fewer.",
    "設定された目標のうち計画どおりの数。チェックは3分の2以上、時計はそれ未満。",
)
ON_PATH_OF = Text("{on_path}/{with_goal}", "{on_path}/{with_goal}")
LEGEND = Text(
    ":material/check_circle: goals on their path, of all set: at least two thirds · :material/schedule: fewer · "
    ":material/remove: few or no goals set · dotted: the goal's path",
    ":material/check_circle: 計画どおりの目標数／設定された目標数（3分の2以上）　:material/schedule: それ未満　"
    ":material/remove: 目標がわずか、またはない　点線：計画値",
)
NOBODY_MEASURES = Text("no goal", "目標なし")
FEW_HAVE_GOALS = Text("{with_goal} of {indicators} with goal", "目標 {with_goal}/{indicators}")
LEFT_OUT = Text("No goal: {without_goal} of {indicators} indicators", "目標なし：{indicators}指標中{without_goal}")
SILENT = Text("No figure: {count}", "値なし：{count}")
MOVED = Text("Moved most: {name} {change}", "最大の変化：{name} {change}")
ALL_OF_CELL = Text("All {count} indicators", "全{count}指標を見る")
NO_FIGURE = Text("No figure for {year}: {reason}.", "{year}の値なし：{reason}。")
REASONS = {
    "no data": Text("no data was delivered", "データ未提出"),
    "not applicable": Text("not applicable", "該当なし"),
    "suppressed": Text("too few people", "少人数のため非表示"),
}


def draw(
    cells: Mapping[Place, Sequence[Standing]], headlines: Mapping[Place, str], history: pd.DataFrame, year: int
) -> None:
    """The eight cards, a row of four for each process. `history` has the university's figures of all years."""
    for process, name in PROCESSES.items():
        st.subheader(say(name), anchor=False)
        grid = st.grid(len(TARGETS), min_column_width=CARD_WIDTH, border=True)
        for target in TARGETS:
            with grid.cell(), st.container(gap="xsmall"):
                _card((target, process), cells[target, process], headlines[target, process], history, year)
    st.caption(say(LEGEND))


def _card(place: Place, found: Sequence[Standing], headline: str, history: pd.DataFrame, year: int) -> None:
    target, process = place
    counts = tally(found)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xxsmall"):
        link("targets", TARGETS[target], icon=TARGET_ICONS[target], target=target, process=process, year=year)
        _goal_badge(counts)
    standing = next(s for s in found if s.indicator.key == headline)
    _headline(standing, history[history["indicator"] == headline])
    _remarks(found, counts)


def _goal_badge(counts: Tally) -> None:
    if not counts.with_goal:
        st.badge(say(NOBODY_MEASURES), icon=":material/remove:", color="gray")
        return
    if counts.with_goal < FEW_GOALS * counts.indicators:
        words = FEW_HAVE_GOALS.filled(with_goal=counts.with_goal, indicators=counts.indicators)
        st.badge(say(words), icon=":material/remove:", color="gray")
        return
    mostly = counts.on_path >= MOSTLY * counts.with_goal
    st.badge(
        say(ON_PATH_OF.filled(on_path=counts.on_path, with_goal=counts.with_goal)),
        icon=":material/check_circle:" if mostly else ":material/schedule:",
        color="green" if mostly else "orange",
        help=say(MOSTLY_WORDS),
    )


def _headline(standing: Standing, history: pd.DataFrame) -> None:
    indicator, language = standing.indicator, current_language()
    if standing.status != OK:
        st.markdown(f"**{literal(say(indicator.name))}**")
        reason = REASONS[standing.status]
        st.caption(say(NO_FIGURE.filled(year=fiscal_year_name(standing.fiscal_year), reason=reason)))
        return
    st.markdown(f"**{literal(say(indicator.name))}**")
    st.metric(
        say(indicator.name),
        show(standing.value, indicator.unit, language),
        label_visibility="collapsed",
        **moved_since(standing),
    )
    st.caption(
        " · ".join(part for part in (when(standing), counted(standing) or say(UNIT_NAMES[indicator.unit])) if part)
    )
    colour = BEHIND_COLOUR if standing.goal_status == BEHIND else OF_TARGET[indicator.target]
    path = _path(standing.goal, standing.fiscal_year)
    seen = history[history["fiscal_year"] <= standing.fiscal_year]
    draw_chart(spark(indicator.name, indicator.unit, seen, colour=colour, path=path), key=f"spark:{indicator.key}")


def _path(goal: Goal | None, until: int) -> pd.DataFrame | None:
    """The goal's path year by year up to now."""
    if goal is None or goal.years[0] >= until:
        return None
    years = range(int(goal.years[0]), until + 1)
    return pd.DataFrame({"fiscal_year": years, "value": [goal.path(year) for year in years]})


def _remarks(found: Sequence[Standing], counts: Tally) -> None:
    remarks = []
    most = moved_most(found)
    if most is not None:
        moved = change(most.value, most.before, most.indicator.unit)
        remarks.append(MOVED.filled(name=most.indicator.name, change=moved))
    if counts.without_goal:
        remarks.append(LEFT_OUT.filled(without_goal=counts.without_goal, indicators=counts.indicators))
    if counts.without_data:
        remarks.append(SILENT.filled(count=counts.without_data))
    st.caption("  \n".join(literal(say(remark)) for remark in remarks))
    target, process = found[0].indicator.place
    link(
        "targets",
        ALL_OF_CELL.filled(count=counts.indicators),
        icon=":material/arrow_forward:",
        target=target,
        process=process,
        year=found[0].fiscal_year,
    )
