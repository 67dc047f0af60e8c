"""One indicator in full: what it means and how it is worked out, its latest value, and what it may be confused with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import cast

import pandas as pd
import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.catalogue.lookalikes import lookalikes_of
from metrics.counted_from import counted_from
from metrics.disclosure.policy import explained
from metrics.figure_sentence import is_small, leading, made_of
from metrics.indicator import Indicator
from metrics.interval_kinds import said_kind
from metrics.ledger import UNIVERSITY
from metrics.numbers import said
from metrics.sources import source_text
from metrics.stability import is_publication_share
from metrics.tabulate import OK
from metrics.timing import timing, when_read
from metrics.view import Counting, Selection
from pages.parts import data
from pages.parts.charts import OF_TARGET, UNIVERSITY_LINE, Line, draw, trend
from pages.parts.evidence.beside import beside, beside_table, latest_with_all
from pages.parts.evidence.catalogue_table import BETTER, COUNTED, UNITS
from pages.parts.filters import held, link
from pages.parts.language import current_language, literal, say
from pages.parts.narrowing import say_refused
from pages.parts.reading import reading_table
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.text import Text

LATEST = ""  # the year of a reader who came with none: the last that has a value
SIDE_BY_SIDE = 4  # definitions in a row
HEADER = (Text("Item", "項目"), Text("As declared", "内容"))
VALUE = Text("{who}, {when}", "{who}、{when}")
THE_UNIVERSITY = Text("The university", "全学")
BESIDE = Text("The university, {when}: {value}", "全学、{when}：{value}")
HERE = Text("Here", "当部局")
NO_VALUE = Text("{who} has no value in any year.", "{who}の値はどの年度にもない。")
NOT_IN_YEAR = Text("{who} has no value in {year}.", "{who}の{year}の値はない。")
DECLARED_BY = Text("Declared by", "定義した部局")
CONFUSED = Text("Easily confused with", "混同しやすい指標")
IN_FULL = Text("In full", "定義の全文")
EVERY_YEAR = Text("all fiscal years on record", "記録のある全年度")
NOT_CONFUSED = Text("No other indicator is easily confused with it.", "混同しやすい指標はない。")
AND_STABILITY = Text("; a stability interval (Leiden) beside it", "。安定性区間（ライデン方式）を併記")
COMPARED = Text("The indicators chosen, side by side", "選んだ指標の比較")


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What a reader came with: a department, a year (None: the latest with a value), a counting rule."""

    department: str
    year: int | None
    counting: Counting

    @property
    def who(self) -> Text:
        return THE_UNIVERSITY if self.department == UNIVERSITY else data.department_names()[self.department]

    def having(self, indicator: Indicator) -> "Reached":
        """The same; of what a department declared for itself, that department where the asked one has no figure."""
        has = indicator.key in data.indicators_of(self.department)
        return self if has else replace(self, department=indicator.declared_by)

    def history(self, indicator: Indicator, department: str) -> pd.DataFrame:
        """The figures of a department that have a value, one fiscal year a row."""
        asked = Selection(departments=tuple(dict.fromkeys((self.department, UNIVERSITY))))
        figures = data.figures((indicator.key,), selection=asked, counting=self.counting)
        return figures[(figures["department"] == department) & (figures["status"] == OK)]

    def row(self, history: pd.DataFrame) -> "pd.Series[float] | None":
        """The figure of the year; None where it has no value."""
        rows = history if self.year is None else history[history["fiscal_year"] == self.year]
        return None if rows.empty else rows.iloc[-1]


def reached() -> Reached:
    """What the address says, else what the reader chose last; the department of a head is the own one unless asked."""
    scope, own = data.reader().scope, data.reader().department or UNIVERSITY
    names = data.department_names()
    readable = {code: names[code] for code in (own, *names) if code == UNIVERSITY or scope.covers(code)}
    year = held("year", {LATEST: LATEST} | {str(year): str(year) for year in data.fiscal_years()})
    return Reached(
        department=held("department", readable),
        year=int(year) if year else None,
        counting=cast(Counting, held("counting", COUNTING_RULES)),
    )


def in_full(indicator: Indicator) -> None:
    """The declaration, then the value and the ways on."""
    asked = reached().having(indicator)
    say_refused(asked.department)
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
            _value(indicator, asked)
            lines = _lines(indicator, asked)
            if len(lines[0].rows) > 1:
                draw(trend(indicator.name, indicator.unit, lines, height=210), key=f"trend:{indicator.key}")
            _links(indicator, asked)


def lookalikes(indicator: Indicator) -> None:
    """The families it belongs to, each with what sets its members apart."""
    st.subheader(say(CONFUSED), anchor=False)
    families = lookalikes_of(indicator.key)
    if not families:
        st.caption(say(NOT_CONFUSED))
    for family in families:
        st.markdown(literal(say(family.difference)))
        side_by_side([INDICATORS[key] for key in family.keys], own=indicator.key)
        if family.not_collected.en:
            st.info(literal(say(family.not_collected)), icon=":material/block:")


def chosen_indicators(chosen: Sequence[Indicator]) -> None:
    """One in full, with its look-alikes; several side by side."""
    if len(chosen) == 1:
        in_full(chosen[0])
        lookalikes(chosen[0])
    elif chosen:
        st.subheader(say(COMPARED), anchor=False)
        side_by_side(chosen)


def side_by_side(indicators: Sequence[Indicator], own: str = "") -> None:
    """Their values of one unit and year in a table, then each definition; `own` is the key of the one shown above.

    The year is the one that the reader came with, else the latest in which all of them have a value.
    """
    asked = reached()
    year = asked.year or latest_with_all(indicators, asked.department, asked.counting)
    st.markdown(f"**{literal(say(VALUE.filled(who=asked.who, when=fiscal_year_name(year))))}**")
    beside_table(beside(indicators, asked.department, year, asked.counting), own)
    for start in range(0, len(indicators), SIDE_BY_SIDE):
        row = indicators[start : start + SIDE_BY_SIDE]
        for place, indicator in zip(st.columns(len(row), gap="medium", border=True), row, strict=True):
            with place:
                st.markdown(f"**{literal(say(indicator.name))}**")
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
        (Text("Counted from", "集計の対象"), counted_from(one)),
        (Text("Read when", "集計時点"), timing(one)),
        (Text("Counting", "計数方法"), COUNTED[one.follows_counting]),
        (Text("How sure", "区間推定"), _sure(one)),
        (Text("Small numbers", "少人数の扱い"), explained(one)),
        (Text("Place in the strategy", "戦略上の位置"), place),
        (Text("Source and references", "出典・対応する指標"), source_text(one)),
        (Text("Holds since", "適用開始"), EVERY_YEAR if one.since is None else fiscal_year_name(one.since)),
        *([(DECLARED_BY, data.department_names()[one.declared_by])] if one.declared_by else []),
        (Text("Key", "キー"), Text(one.key, one.key)),
    ]
    return [(say(name), say(value)) for name, value in facts]


def _sure(one: Indicator) -> Text:
    """Its interval in words, and that a publication share has another one beside it."""
    words = said_kind(one)
    return Text(*map(str.__add__, words, AND_STABILITY)) if is_publication_share(one) else words


def _lines(indicator: Indicator, asked: Reached) -> list[Line]:
    """The years of the department, and beside it the university's where both can lie on one scale."""
    mine = asked.history(indicator, asked.department)
    colour = OF_TARGET[indicator.target]
    if asked.department == UNIVERSITY or indicator.unit not in ("share", "index"):
        return [Line(rows=mine, colour=colour, band=True)]
    university = asked.history(indicator, UNIVERSITY)
    return [
        Line(rows=mine, colour=colour, name=HERE, band=True),
        Line(rows=university, colour=UNIVERSITY_LINE, name=THE_UNIVERSITY),
    ]


def _value(indicator: Indicator, asked: Reached) -> None:
    """The value with what it rests on, and beside a department's the university's."""
    row = asked.row(asked.history(indicator, asked.department))
    if row is None:
        year = {} if asked.year is None else {"year": fiscal_year_name(asked.year)}
        st.caption(literal(say((NOT_IN_YEAR if year else NO_VALUE).filled(who=asked.who, **year))))
    else:
        label = VALUE.filled(who=asked.who, when=_when(indicator, row))
        st.metric(literal(say(label)), say(leading(indicator, *_parts(row))))
        st.caption(literal(_rests_on(indicator, asked, row)))
    if asked.department == UNIVERSITY:
        return
    overall = asked.row(asked.history(indicator, UNIVERSITY))
    if overall is not None:
        value = said(float(overall["value"]), indicator.unit)
        st.caption(literal(say(BESIDE.filled(when=_when(indicator, overall), value=value))))


def _when(indicator: Indicator, row: "pd.Series[float]") -> Text:
    year = int(row["fiscal_year"])
    return when_read(indicator, year, year)


def _rests_on(indicator: Indicator, asked: Reached, row: "pd.Series[float]") -> str:
    words = [COUNTING_RULES[asked.counting]] if indicator.follows_counting else []
    if is_small(indicator, *_parts(row)[1:]):
        words.insert(0, said(float(row["value"]), indicator.unit))
    elif not isnan(float(row["denominator"])) and indicator.denominator is not None:
        words.insert(0, made_of(indicator, float(row["numerator"]), float(row["denominator"])))
    return say(Text("; ", "、")).join(say(one) for one in words)


def _parts(row: "pd.Series[float]") -> tuple[float, float, float]:
    return float(row["value"]), float(row["numerator"]), float(row["denominator"])


def _links(indicator: Indicator, asked: Reached) -> None:
    row = asked.row(asked.history(indicator, asked.department))
    year = asked.year if row is None else int(row["fiscal_year"])
    key, whose, counting = indicator.key, asked.department, asked.counting
    with st.container(horizontal=True, gap="small"):
        icon, words = ":material/table_rows:", Text("Records", "活動記録")
        link("records", words, icon=icon, indicator=key, department=whose, year=year, counting=counting)
        icon, words = ":material/flag:", Text("Its target", "目標別")
        link(
            "targets",
            words,
            icon=icon,
            target=indicator.target,
            process=indicator.process,
            indicator=key,
            department=whose,
            year=year,
            counting=counting,
        )
        if not indicator.is_own:
            link("comparison", Text("Comparison", "比較"), icon=":material/compare_arrows:", indicator=key, year=year)
        of = whose if indicator.is_own else None
        link("goals", Text("Goals", "数値目標"), icon=":material/trending_up:", indicator=key, department=of)
