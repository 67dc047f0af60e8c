"""What moved and what falls behind: the lists beside and below the matrix."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from metrics.assessment import Standing, furthest_behind, tally
from metrics.findings import cell_name
from metrics.numbers import change, said
from metrics.view import Counting
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.tables import Column, table
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.text import Text

MOST_SHOWN = 5
SINCE = Text("What changed since {before}", "{before}からの変化")
NOTHING = Text("No indicator can be compared with the year before.", "前年度と比べられる指標がない。")
HOW = Text(
    "The largest relative changes among indicators that count at least 20 in both years.",
    "両年度とも20以上を数える指標のうち、変化率の大きいもの。",
)
LEAVING = Text("Goals that leave their path", "計画から外れつつある目標")
UNPROMISED = Text("Promises that nobody measures yet", "まだ誰も測っていない約束")
FOOTING = Text(
    "Flows: {year} (April to March). Stocks: 1 May {number}. {counting}. Known and unknown countries, "
    "n and definition stand with each figure.",
    "フローは{year}（4月〜翌3月）、ストックは{number}年5月1日現在。{counting}。国の判明状況・分母・定義は各指標に示す。",
)
COLUMNS = {
    "name": Column(name=Text("Indicator", "指標"), width="large"),
    "value": Column(name=Text("Now", "現在")),
    "path": Column(name=Text("Path", "計画値")),
    "next": Column(name=Text("Next milestone", "次の中間目標")),
    "pace": Column(name=Text("Needed a year", "必要な年間増")),
    "target": Column(name=Text("Target", "最終目標")),
}


def changes(found: Sequence[Standing], year: int) -> None:
    """The largest changes since the year before, each a link to its target."""
    moving = [s for s in found if not np.isnan(s.relative_change) and s.change]
    moving.sort(key=lambda standing: -abs(standing.relative_change))
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{say(SINCE.filled(before=fiscal_year_name(year - 1)))}**", help=say(HOW))
        for standing in moving[:MOST_SHOWN]:
            _moved(standing)
        if not moving:
            st.caption(say(NOTHING))


def _moved(standing: Standing) -> None:
    indicator = standing.indicator
    before, value = said(standing.before, indicator.unit), said(standing.value, indicator.unit)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xxsmall"):
        link(
            "targets",
            indicator.name,
            icon=":material/trending_up:" if standing.change > 0 else ":material/trending_down:",
            target=indicator.target,
            process=indicator.process,
            indicator=indicator.key,
            year=standing.fiscal_year,
        )
        st.caption(say(Text(*(f"{old} → {new}" for old, new in zip(before, value, strict=True)))), width="content")


def leaving_their_path(found: Sequence[Standing]) -> None:
    """A table of the indicators behind their path, the furthest first."""
    behind = furthest_behind(found)
    if not behind:
        return
    st.subheader(say(LEAVING), anchor=False)
    rows = pd.DataFrame([_behind(standing) for standing in behind[: 2 * MOST_SHOWN]])
    table(rows, COLUMNS, alt=LEAVING, key="leaving", height="content")
    link("goals", Text("All goals", "すべての目標を見る"), icon=":material/arrow_forward:", year=behind[0].fiscal_year)


def _behind(standing: Standing) -> dict[str, str]:
    unit, goal = standing.indicator.unit, standing.goal
    point = goal.next_point(standing.fiscal_year) if goal else None
    row = {
        "name": say(standing.indicator.name),
        "value": say(said(standing.value, unit)),
        "path": say(said(standing.path, unit)),
        "next": "",
        "pace": "",
        "target": "",
    }
    if goal is not None:
        last = float(goal.values[-1])  # noqa: PD011  an array, no frame
        row["target"] = f"{say(said(last, unit))} ({say(fiscal_year_name(int(goal.years[-1])))})"
    if goal is not None and point is not None:
        row["next"] = f"{say(said(point[1], unit))} ({say(fiscal_year_name(point[0]))})"
        row["pace"] = say(change(goal.required_pace(standing.fiscal_year, standing.value), 0.0, unit))
    return row


def without_goal(cells: Mapping[tuple[str, str], Sequence[Standing]]) -> None:
    """Which cells have indicators without a goal, and which: a promise that nobody can check."""
    gaps = {place: [s for s in found if s.goal is None] for place, found in cells.items()}
    if not any(gaps.values()):
        return
    with st.expander(say(UNPROMISED), icon=":material/visibility_off:"):
        for place, missing in gaps.items():
            if missing:
                whole = tally(cells[place]).with_goal == 0
                names = say(Text(", ", "、")).join(literal(say(s.indicator.name)) for s in missing)
                mark = say(Text(" (no goal at all)", "（目標が一つもない）")) if whole else ""
                st.markdown(f"**{literal(say(_capital(cell_name(*place))))}**{mark}: {names}")


def _capital(text: Text) -> Text:
    return Text(text.en[0].upper() + text.en[1:], text.ja)


def footing(year: int, counting: Counting) -> Text:
    """What the figures of the page are of."""
    return FOOTING.filled(year=fiscal_year_name(year), number=year, counting=COUNTING_RULES[counting])
