"""Where the partners are: the world map and the list of countries, from either of which one country can be chosen."""

import pandas as pd
import streamlit as st

from metrics.portfolio import Portfolio, Question
from pages.parts import data, filters
from pages.parts.charts import draw, world_map
from pages.parts.language import literal, say
from pages.parts.partners.asked import file_of, in_words
from pages.parts.tables import Column, downloads, table
from vocabulary.activity_types import TARGETS
from vocabulary.calendar import fiscal_years_name
from vocabulary.regions import REGIONS
from vocabulary.text import Text

TITLE = Text("Where: countries and regions, {years}", "どこと：国・地域（{years}）")
ACTIVITIES = Text("Activities by country", "国・地域別の活動件数")
IN_EUROPE = Text("The same in Europe", "ヨーロッパの拡大")
HOW = Text(
    "Choose a bubble or a row to narrow the page to a country. Bubbles and columns count activities; one with several "
    "countries counts in each of them (whole counting). Our own country is neither on the map nor in the list. "
    "Persons are different people known by id.",
    "円または行を選ぶと、その国・地域に絞り込む。円の大きさと各列は活動件数で、複数の国にまたがる活動は"
    "それぞれの国で1件と数える（整数カウント）。自国は地図にも一覧にも含まない。人数はIDで識別できる実人数。",
)
NOT_ON_MAP = Text("Not on the map, but counted: {listed}.", "地図に描けないが集計に含む国・地域：{listed}。")
NONE = Text("No country abroad meets these filters.", "この条件に当てはまる海外の国・地域はない。")


def show_countries(portfolio: Portfolio, narrowed: Question) -> None:
    """The map, what is not on it, and the list; choosing a country narrows the page."""
    frame = _named(portfolio.countries())
    chosen = frozenset() if narrowed.countries == portfolio.question.countries else narrowed.countries or frozenset()
    years = portfolio.question.fiscal_years
    st.subheader(say(TITLE.filled(years=fiscal_years_name(min(years), max(years)))), anchor=False)
    if frame.empty:
        st.info(say(NONE), icon=":material/info:")
        return
    now = "-".join(sorted(chosen))  # a choice once made is forgotten by both, so that it can be undone in the filter
    clicked = _map(frame, chosen, f"map:{now}")
    st.caption(say(HOW))
    picked = table(frame, _columns(), alt=ACTIVITIES, key=f"countries:{now}", height=320, choose=True)
    downloads(
        frame,
        {"country": Column(name=Text("Code", "コード"))} | _columns(),
        file_of("countries", portfolio.question),
        in_words(portfolio.question),
    )
    wanted = clicked or tuple(picked["country"].astype(str))
    if wanted and set(wanted) != chosen:
        filters.move(country=wanted, region=())


def _map(frame: pd.DataFrame, chosen: frozenset[str], key: str) -> tuple[str, ...]:
    names, table_of = data.country_names(), data.ledger().country_table
    code_3 = dict(zip(table_of["code"], table_of["code_3"], strict=True))
    activities = dict(zip(frame["country"].astype(str), frame["activities"].astype(float), strict=True))
    places = [(code, str(code_3[code]), names[code], number) for code, number in activities.items()]
    whole, europe = st.columns([2, 1], gap="small")
    with whole:
        chart = world_map(ACTIVITIES, "count", places, highlighted=chosen)
        clicked = draw(chart, key=key, choose=True)
    with europe:
        closer = world_map(IN_EUROPE, "count", places, part="europe", highlighted=chosen)
        clicked = clicked or draw(closer, key=f"{key}:europe", choose=True)
    if chart.left_out:
        listed = [f"{say(names[code])} {activities[code]:,.0f}" for code in chart.left_out]
        st.caption(literal(say(NOT_ON_MAP.filled(listed=say(Text(", ", "、")).join(listed)))))
    return clicked


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    region = data.ledger().country_table.set_index("code")["region"]
    names = {code: say(name) for code, name in data.country_names().items()}
    regions = {code: say(name) for code, name in REGIONS.items()}
    return frame.assign(name=frame["country"].map(names), region=frame["country"].map(region).map(regions).fillna(""))


def _columns() -> dict[str, Column]:
    counts = {code: Column(name=name, kind="count", width=96) for code, name in TARGETS.items()}
    return {
        "name": Column(name=Text("Country or region", "国・地域"), width=(190, 130)),
        "activities": Column(name=Text("Activities", "活動（件）"), kind="count", width=84),
        **counts,
        "institutions": Column(name=Text("Institutions", "機関数"), kind="count", width=90),
        "persons": Column(name=Text("Persons", "実人数"), kind="count", width=76),
        "region": Column(name=Text("Region", "地域"), width=130),
    }
