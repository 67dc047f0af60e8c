"""Which figures lie between which limits: for the board, the widest first, and whether a verdict could change."""

from math import inf

import pandas as pd
import streamlit as st

from metrics.assessment import Standing
from metrics.could_flip import could_flip
from metrics.goal_outlook import value_and_path
from metrics.goals import BEHIND
from metrics.numbers import apart, said
from metrics.quality.incomplete import Incomplete
from metrics.view import Selection
from pages.parts import data
from pages.parts.language import literal, say
from pages.parts.quality.asked import Asked
from pages.parts.quality.marks import lacking, with_limits
from pages.parts.reading import figures_table
from pages.parts.standing import standings_here
from pages.parts.tables import Column, Columns, downloads, file_name
from vocabulary.text import NOTHING, Text

TITLE = Text("Which figures, between which limits", "指標の値の範囲")
RULE = Text(
    "Every figure of {who} in {year} whose data is incomplete ({n}), the widest limits against its value first. The "
    "limits hold whatever the unknown countries turn out to be; what has not been delivered has no limits. "
    "The files say of each why.",
    "{year}の{who}の指標のうち、データに欠落のあるもの（{n}件）。値に対する幅の大きい順。"
    "範囲は、不明な国がどの国であっても値が収まる範囲。未提出分の影響は範囲に含まれない。"
    "それぞれの理由はファイルに記す。",
)
COLUMNS: Columns = {
    "name": Column(name=Text("Indicator", "指標"), width=(250, 210)),
    "value": Column(name=Text("Value", "値"), align="right", width=95),
    "low": Column(name=Text("Lowest", "下限"), align="right", width=95),
    "high": Column(name=Text("Highest", "上限"), align="right", width=95),
    "plan": Column(name=Text("Planned", "計画値"), align="right", width=95),
    "verdict": Column(name=Text("Could the verdict change?", "判定は変わり得るか"), width=190),
    "why": Column(name=Text("Why", "理由"), width=420),
}
KEPT = Text("yes: behind, could be on track", "変わり得る（遅れ→計画どおり）")
LATE = Text("yes: on track, could be behind", "変わり得る（計画どおり→遅れ）")
TURNED = Text("the direction of its change could", "増減の向きが変わり得る")
SHOWN = {name: column for name, column in COLUMNS.items() if name != "why"}  # a sentence, too long on a phone
AT_ONCE = 10
OTHERS = Text("The {n} others", "ほか{n}件")
NO, UNKNOWN = Text("no", "変わらない"), Text("cannot be said", "判断できない")


def limits_table(asked: Asked) -> None:
    """The table with its files; nothing for all years together, or of what is not the reader's."""
    if asked.year is None or not data.reader().scope.covers(asked.department):
        return
    indicators = data.indicators_of(asked.department)
    history = data.figures(tuple(indicators), selection=Selection(departments=(asked.department,)))
    every = with_limits(standings_here(history, asked.year, asked.department))
    found = [(one, why) for one in every if (why := lacking(one)) is not None]
    if not found:
        return
    found.sort(key=lambda pair: _width(pair[0]), reverse=True)
    st.subheader(say(TITLE), anchor=False)
    st.caption(literal(say(RULE.filled(who=asked.who, year=asked.year_name, n=len(found)))))
    rows = pd.DataFrame([_row(standing, why) for standing, why in found])
    figures_table(rows.head(AT_ONCE), SHOWN, alt=TITLE)
    if len(rows) > AT_ONCE:
        with st.expander(say(OTHERS.filled(n=len(rows) - AT_ONCE)), icon=":material/more_horiz:"):
            figures_table(rows[AT_ONCE:], SHOWN, alt=TITLE)
    filters = {Text("Department", "部局"): say(asked.who), Text("Fiscal year", "年度"): say(asked.year_name)}
    downloads(rows, COLUMNS, file_name("limits", asked.department, asked.year), filters)


def _width(standing: Standing) -> float:
    """The width of the limits as a part of the value; of no limits less than of any."""
    if standing.limits is None:
        return -1.0
    low, high = standing.limits
    return (high - low) / abs(standing.value) if standing.value else inf


def _row(standing: Standing, why: Incomplete) -> dict[str, str]:
    unit = standing.indicator.unit
    low, high = (NOTHING, NOTHING) if standing.limits is None else apart(*standing.limits, unit)
    return {
        "name": say(standing.indicator.name),
        "value": say(said(standing.value, unit)),
        "low": say(low),
        "high": say(high),
        "plan": say(value_and_path(standing)[1]) if standing.goal is not None else "",
        "verdict": say(_verdict(standing)),
        "why": say(why.text),
    }


def _verdict(standing: Standing) -> Text:
    flips = could_flip(standing)
    if flips.goal:
        return KEPT if standing.goal_status == BEHIND else LATE
    if flips.change:
        return TURNED
    return UNKNOWN if standing.limits is None else NO
