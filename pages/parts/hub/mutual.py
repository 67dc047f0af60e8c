"""Is the exchange of students mutual? Persons who came and went, partner by partner."""

import pandas as pd
import streamlit as st

from metrics.exchange import MUTUAL, YEARS, Exchange, years_of
from pages.parts.hub.asked import Asked, told
from pages.parts.hub.partner_names import with_names
from pages.parts.language import literal, say
from pages.parts.partners.asked import file_of
from pages.parts.tables import Column, downloads, table
from vocabulary.calendar import fiscal_years_name
from vocabulary.text import Text

TITLE = Text("Is the exchange mutual?", "交流は双方向か")
HOW = Text(
    "Student exchange, {years} (always {n} fiscal years), persons: distinct ids, plus the numbers of records without "
    "ids. Reciprocity: the smaller flow over the larger, 1 for as many either way. Balance: (came - went) / (came + "
    "went).",
    "学生交流、{years}（常に{n}年度分）、実人数（IDのない記録は記載の人数）。互恵性＝少ない方÷多い方で、同数なら1。"
    "収支＝（受入−派遣）÷（受入＋派遣）。",
)
NONE = Text("No student exchange is on record in {years}.", "{years}の学生交流は記録されていない。")
MUTUALLY, MORE_COME, MORE_GO = Text("mutual", "双方向"), Text("more come", "受入超過"), Text("more go", "派遣超過")
ONLY_COME, ONLY_GO = Text("only come", "受入のみ"), Text("only go", "派遣のみ")
COLOURS = {MUTUALLY: "green", MORE_COME: "blue", MORE_GO: "blue", ONLY_COME: "orange", ONLY_GO: "orange"}


def show_mutual(asked: Asked, by_partner: pd.DataFrame, found: Exchange) -> None:
    """The table of partners, most persons first."""
    st.subheader(say(TITLE), anchor=False)
    years = years_of(asked.portfolio)
    span = fiscal_years_name(min(years), max(years))
    if not found.partners:
        st.info(say(NONE.filled(years=span)), icon=":material/info:")
        return
    frame = with_names(by_partner)
    frame = frame.assign(word=[say(_word(come, go)) for come, go in zip(frame["came"], frame["went"], strict=True)])
    table(frame, _columns(), alt=TITLE, key="hub-exchange", height=320)
    downloads(frame, _columns(), file_of("hub-exchange", asked.wide), told(asked))
    st.caption(literal(say(HOW.filled(years=span, n=YEARS))))


def _word(came: int, went: int) -> Text:
    if min(came, went) == 0:
        return ONLY_COME if came else ONLY_GO
    if min(came, went) / max(came, went) >= MUTUAL:
        return MUTUALLY
    return MORE_COME if came > went else MORE_GO


def _columns() -> dict[str, Column]:
    return {
        "name": Column(name=Text("Institution", "機関"), width=260),
        "place": Column(name=Text("Country", "国・地域"), width=120),
        "word": Column(
            name=Text("Verdict", "判定"),
            kind="status",
            marks={say(word): colour for word, colour in COLOURS.items()},
            width=110,
        ),
        "came": Column(name=Text("Came", "受入"), kind="persons", width=110),
        "went": Column(name=Text("Went", "派遣"), kind="persons", width=110),
        "reciprocity": Column(name=Text("Reciprocity", "互恵性"), kind="index", width=90),
        "balance": Column(name=Text("Balance", "収支"), kind="index", width=80),
    }
