"""With whom: partner institutions abroad, what is done with each in words, and names that no ROR id is known for."""

import pandas as pd
import streamlit as st

from metrics.partner_findings import institution_names
from metrics.portfolio import Portfolio
from pages.parts import data, filters
from pages.parts.filters import link
from pages.parts.language import current_language, say
from pages.parts.partners.asked import file_of, in_words
from pages.parts.tables import Column, downloads, table
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.partner_types import PARTNER_TYPES
from vocabulary.text import Text

NAME = Text("Institutions abroad by number of activities", "海外の機関と活動件数")
HOW = Text(
    "{n} institutions, most activities first. Choose a row with a ROR id to see what is done there. An activity with "
    "several institutions counts with each of them. The last fiscal year is of all records up to the years "
    "chosen; agreements are those in force on 1 May {until}.",
    "{n}機関。活動件数の多い順。ROR IDのある行を選ぶと、その機関との活動内容を表示する。"
    "複数の機関との活動はそれぞれで1件と数える。"
    "最終年度は選択した期間までの記録全体に基づく。協定の有無は{until}年5月1日現在。",
)
NONE = Text(
    "No institution is named in the activities that meet these filters.",
    "この条件に当てはまる活動に、機関名のあるものはない。",
)
UNRESOLVED = Text(
    "Names without a ROR id: {n} of {all} institutions",
    "ROR IDのない機関名：{all}機関のうち{n}件",
)
WHY = Text(
    "These names were kept as they were written because no organization of the ROR registry could surely be meant. The "
    "same institution written in two ways counts twice, and its type is not known. An id in the source file mends it, "
    "or a decision of the International Strategy Office.",
    "ROR登録機関に確実に照合できず、記載どおりに残した名称。表記の異なる同じ機関は別々に数え、種別は不明となる。"
    "元データにROR IDを記入するか、国際戦略室が名寄せを行えば解消する。",
)
IN_FORCE = Text("In force on 1 May of the last fiscal year chosen", "選択した最終年度の5月1日現在で有効")
YES, NO = Text("yes", "あり"), Text("no", "なし")


def named_institutions(portfolio: Portfolio) -> pd.DataFrame:
    """One row is one institution of the portfolio, with its words in the reader's language."""
    frame = portfolio.institutions()
    countries = {code: say(name) for code, name in data.country_names().items()}
    kinds = {types: kinds_in_words(str(types)) for types in frame["types"].unique()}
    return frame.assign(
        name=institution_names(frame, current_language()),
        place=frame["country"].map(countries),
        kind=frame["types"].map(kinds),
        what=frame["partner"].map(_what(portfolio)),
        agreed=(frame["agreements"] > 0).map({True: say(YES), False: say(NO)}),
        ror_id=frame["ror_id"].fillna(""),
    )


def show_institutions(frame: pd.DataFrame, portfolio: Portfolio, chosen: str) -> None:
    """The list of institutions; choosing one opens its profile."""
    if frame.empty:
        st.info(say(NONE), icon=":material/info:")
        return
    st.caption(say(HOW.filled(n=f"{len(frame):,}", until=portfolio.last_year)))
    picked = table(frame, _columns(), alt=NAME, key=f"institutions:{chosen}", height=390, choose=True)
    downloads(frame, _columns() | _MORE, file_of("institutions", portfolio.question), in_words(portfolio.question))
    known = [str(ror) for ror in picked["ror_id"] if ror]
    if known and known[0] != chosen:
        filters.move(partner=(known[0],))


def show_unresolved(every: pd.DataFrame, portfolio: Portfolio) -> None:
    """How many names are not known to ROR, and which."""
    frame = every[every["ror_id"] == ""]
    title = say(UNRESOLVED.filled(n=f"{len(frame):,}", all=f"{len(every):,}"))
    with st.expander(title, icon=":material/help:"):
        st.caption(say(WHY))
        link("partner_names", Text("Decide what these names mean: Partner names", "連携機関の名寄せ"), icon=None)
        if len(frame):
            shown = ("name", "place", "activities", "what", "first_year", "last_year")
            columns = {name: (_columns() | _MORE)[name] for name in shown}
            table(frame, columns, alt=Text("Names without a ROR id", "ROR IDのない機関名"), key="unresolved")
            downloads(frame, columns, file_of("names-without-ror", portfolio.question), in_words(portfolio.question))


def kinds_in_words(types: str) -> str:
    """ROR types as words: `University or school, Research funder`."""
    return say(Text(", ", "、")).join(say(PARTNER_TYPES[kind]) for kind in types.split("|") if kind in PARTNER_TYPES)


def _what(portfolio: Portfolio) -> dict[int, str]:
    """What is done with each partner (by position): `Publication 12, Academic agreement 2`."""
    said: dict[int, list[str]] = {}
    words = {code: say(Text(f"{kind.name.en} {{}}", f"{kind.name.ja}{{}}件")) for code, kind in ACTIVITY_TYPES.items()}
    kinds = portfolio.kinds()
    for partner, code, number in zip(kinds["partner"], kinds["activity_type"], kinds["activities"], strict=True):
        said.setdefault(int(partner), []).append(words[code].format(f"{number:,}"))
    between = say(Text(", ", "、"))
    return {partner: between.join(parts) for partner, parts in said.items()}


def _columns() -> dict[str, Column]:
    return {
        "name": Column(name=Text("Institution", "機関"), width=240),
        "activities": Column(name=Text("Activities", "活動（件）"), kind="count", width=78),
        "place": Column(name=Text("Country", "国・地域"), width=110),
        "agreed": Column(name=Text("Agreement", "協定"), help=IN_FORCE, width=(82, 58)),
        "what": Column(name=Text("What is done", "活動の内容"), width=(306, 326)),
        "last_year": Column(name=Text("Last FY", "最終年度"), kind="year", width=70),
        "ror_id": Column(name=Text("ROR", "ROR"), kind="link", width=45),
    }  # the rest is in the profile of the row that is chosen, and in the file


_MORE = {
    "first_year": Column(name=Text("First FY", "初年度"), kind="year"),
    "kind": Column(name=Text("Type", "種別")),
    "city": Column(name=Text("City", "都市")),
    "name_en": Column(name=Text("Name (English)", "名称（英語）")),
    "name_ja": Column(name=Text("Name (Japanese)", "名称（日本語）")),
    "country": Column(name=Text("Country code", "国コード")),
    "agreements": Column(name=Text("Agreements in force", "有効な協定数"), kind="count"),
}
