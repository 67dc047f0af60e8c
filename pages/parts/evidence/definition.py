"""One indicator in full: what it means and how it is worked out, its latest value, and what it may be confused with."""

from collections.abc import Sequence
from math import isnan

import pandas as pd
import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.catalogue.lookalikes import lookalikes_of
from metrics.figure_sentence import unit_of
from metrics.indicator import Indicator
from metrics.ledger import UNIVERSITY
from metrics.numbers import said
from metrics.sources import source_text
from metrics.tabulate import OK
from metrics.timing import timing, when_read
from pages.parts import data
from pages.parts.charts import OF_TARGET, Line, draw, trend
from pages.parts.evidence.catalogue_table import BETTER, COUNTED, UNITS, YES_NO
from pages.parts.filters import link
from pages.parts.language import current_language, literal, say
from pages.parts.reading import reading_table
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

SIDE_BY_SIDE = 4  # definitions in a row
HEADER = (Text("Field", "項目"), Text("As declared", "宣言された内容"))
VALUE = Text("The university, {when}", "全学、{when}")
RESTS_ON = Text("{top} of {bottom}", "{bottom}のうち{top}")
COUNTED_WHOLE = Text("counted whole", "整数カウント")
NO_VALUE = Text(
    "The university has no value in any year: nothing was delivered.", "全学の値はどの年度にもない（データ未提出）。"
)
CONFUSED = Text("Easily confused with", "混同しやすい指標")
IN_FULL = Text("In full", "定義の全文")
NOT_CONFUSED = Text("No other indicator is easily confused with it.", "混同しやすい指標はない。")
COMPARED = Text("The indicators chosen, side by side", "選んだ指標の比較")


def in_full(indicator: Indicator) -> None:
    """The declaration, then the value and the ways on."""
    other = indicator.name.en if current_language() == "ja" else indicator.name.ja
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(literal(say(indicator.name)), anchor=False, width="content")
            st.caption(literal(other), width="content")
        meaning, value = st.columns([5, 3], gap="medium")
        with meaning:
            st.markdown(literal(say(indicator.definition)))
            reading_table(HEADER, _declared(indicator))
        with value:
            history = _history(indicator)
            _value(indicator, history)
            if len(history) > 1:
                line = Line(rows=history, colour=OF_TARGET[indicator.target])
                draw(trend(indicator.name, indicator.unit, [line], height=210), key=f"trend:{indicator.key}")
            _links(indicator, history)


def lookalikes(indicator: Indicator) -> None:
    """The families it belongs to, each with what sets its members apart."""
    st.subheader(say(CONFUSED), anchor=False)
    families = lookalikes_of(indicator.key)
    if not families:
        st.caption(say(NOT_CONFUSED))
    for family in families:
        st.markdown(literal(say(family.difference)))
        side_by_side([INDICATORS[key] for key in family.keys], own=indicator.key)


def chosen_indicators(chosen: Sequence[Indicator]) -> None:
    """One in full, with its look-alikes; several side by side."""
    if len(chosen) == 1:
        in_full(chosen[0])
        lookalikes(chosen[0])
    elif chosen:
        st.subheader(say(COMPARED), anchor=False)
        side_by_side(chosen)


def side_by_side(indicators: Sequence[Indicator], own: str = "") -> None:
    """Definition, formula and latest value of each; the one with the key `own` needs no link to itself."""
    for start in range(0, len(indicators), SIDE_BY_SIDE):
        row = indicators[start : start + SIDE_BY_SIDE]
        for place, indicator in zip(st.columns(len(row), gap="medium", border=True), row, strict=True):
            with place:
                st.markdown(f"**{literal(say(indicator.name))}**")
                _value(indicator, _history(indicator))
                st.markdown(literal(say(indicator.definition)))
                st.caption(literal(say(indicator.formula)))
                if indicator.key != own:
                    link("definitions", IN_FULL, icon=":material/menu_book:", indicator=indicator.key)


def _declared(one: Indicator) -> list[tuple[str, str]]:
    place = Text(
        f"{TARGETS[one.target].en}: {PROCESSES[one.process].en}",
        f"{TARGETS[one.target].ja}・{PROCESSES[one.process].ja}",
    )
    facts = [
        (Text("Formula", "式"), one.formula),
        (Text("Unit", "単位"), UNITS[one.unit]),
        (Text("What is better", "望ましい方向"), BETTER[one.better]),
        (Text("Read when", "集計時点"), timing(one)),
        (Text("Counting", "計数方法"), COUNTED[one.follows_counting]),
        (Text("Small numbers withheld", "少人数の秘匿"), YES_NO[one.protected]),
        (Text("Place in the strategy", "戦略上の位置"), place),
        (Text("Source", "出典"), source_text(one)),
        *([(Text("Holds since", "適用開始"), fiscal_year_name(one.since))] if one.since is not None else []),
        (Text("Key", "キー"), Text(one.key, one.key)),
    ]
    return [(say(name), say(value)) for name, value in facts]


def _history(indicator: Indicator) -> pd.DataFrame:
    """The university's figures that have a value, one fiscal year a row."""
    figures = data.university_figures((indicator.key,))
    return figures[figures["status"] == OK]


def _value(indicator: Indicator, history: pd.DataFrame) -> None:
    """The university's latest value with what it rests on."""
    if history.empty:
        st.caption(say(NO_VALUE))
        return
    row = history.iloc[-1]
    year = int(row["fiscal_year"])
    label = say(VALUE.filled(when=when_read(indicator, year, year)))
    st.metric(label, say(said(float(row["value"]), indicator.unit)))
    words = [COUNTED_WHOLE] if indicator.follows_counting else []
    if not isnan(float(row["denominator"])) and indicator.denominator is not None:
        top = said(float(row["numerator"]), unit_of(indicator.numerator))
        bottom = said(float(row["denominator"]), unit_of(indicator.denominator))
        words.insert(0, RESTS_ON.filled(top=top, bottom=bottom))
    st.caption(literal(say(Text("; ", "、")).join(say(one) for one in words)))


def _links(indicator: Indicator, history: pd.DataFrame) -> None:
    year = None if history.empty else int(history["fiscal_year"].iloc[-1])
    key = indicator.key
    with st.container(horizontal=True, gap="small"):
        icon, words = ":material/table_rows:", Text("Records", "活動記録")
        link("records", words, icon=icon, indicator=key, department=UNIVERSITY, year=year)
        icon, words = ":material/flag:", Text("Its target", "目標別")
        link("targets", words, icon=icon, target=indicator.target, process=indicator.process, year=year)
        link("comparison", Text("Comparison", "比較"), icon=":material/compare_arrows:", indicator=key, year=year)
        link("goals", Text("Goals", "数値目標"), icon=":material/trending_up:", indicator=key)
