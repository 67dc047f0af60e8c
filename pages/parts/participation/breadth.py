"""Over how many countries and partners the activities spread: effective numbers, and how far countries lie apart."""

import pandas as pd
import streamlit as st

from metrics.indicator import Unit, counted_in
from metrics.numbers import said
from pages.parts.charts import OWN, PEERS, UNIVERSITY_LINE, Line, draw, trend
from pages.parts.language import literal, say
from pages.parts.participation.asked import Asked
from pages.parts.tables import Column, Columns, downloads
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

TITLE = Text("With how many, really", "相手の実効数")
WHAT = Text(
    "An effective number says how many countries (or partners) of equal weight would be as varied: the {all} countries "
    "of {year} are worth {effective}, as a few of them take most. They are counted all alike, weighed by their "
    "activities, and with the large ones above all (Hill numbers of order 0, 1 and 2; Hill 1973). Activities of {who} "
    "with the world, whoever takes part; each counts in every country and partner of its own.",
    "実効数とは、すべての相手が同じ重みだとしたら何か国（何機関）に当たるかを示す。{year}の{all}は少数の国に偏るため"
    "{effective}分に相当する。件数によらない総数、件数で重み付けした数、大きな相手をより重く見た数の三つを示す"
    "（ヒル数の次数0・1・2、Hill 1973）。対象は{who}の海外との活動全体で、1件は相手の国・機関のそれぞれで数える。",
)
ORDERS = {
    0: Text("all alike", "総数"),
    1: Text("by activity", "件数加重"),
    2: Text("large above all", "大口重視"),
}
COLOURS = {0: PEERS, 1: OWN, 2: UNIVERSITY_LINE}
COUNTRIES: Unit = counted_in("か国・地域")
OF: dict[str, tuple[Text, Unit]] = {
    "countries": (Text("Countries abroad", "海外の国・地域"), COUNTRIES),
    "partners": (Text("Partner institutions abroad", "海外の機関"), counted_in("機関")),
}
APART = Text(
    "How far apart the countries lie, from 0 (all in one) to nearly 1 (many, all far apart): {rao} in {year}, as good "
    "as {true} countries that differ entirely (Rao-Stirling, over ordered pairs). "
    "The distance is our choice, the tree of the United Nations' regions (M49): 1/3 within a "
    "sub-region such as Eastern Asia, 2/3 within a region such as Asia, else 1.",
    "国どうしの隔たりを加味した多様性（0は1か国のみ、1に近いほど互いに遠い多数の国）は{year}に{rao}で、"
    "互いに全く異なる{true}に相当する（ラオ・スターリング指数、順序対）。距離は本モニターの選択で、国連の地域区分（M49）の階層による。"
    "東アジアなど同じ小地域なら3分の1、アジアなど同じ地域なら3分の2、それ以外は1。",
)
NOTHING_ABROAD = Text("There is no activity with a country abroad in this year.", "この年度に海外との活動はない。")
TABLE: Columns = {
    "name": Column(name=Text("Of", "対象")),
    "fiscal_year": Column(name=Text("Fiscal year", "年度"), kind="year"),
    "links": Column(name=Text("Activities, in each of theirs", "件数（相手ごとに計上）"), kind="count"),
    **{f"hill_{order}": Column(name=name, kind="index") for order, name in ORDERS.items()},
    "rao_stirling": Column(name=Text("Rao-Stirling (M49)", "ラオ・スターリング指数（M49）"), kind="index"),
    "true_diversity": Column(name=Text("Countries that differ entirely", "全く異なる国に換算した数"), kind="index"),
}


def show_breadth(asked: Asked) -> None:
    """Hill numbers of order 0, 1 and 2 of countries and of partners by year; Rao-Stirling in words."""
    rows = asked.breadth
    st.subheader(say(TITLE), anchor=False)
    _explain(asked, rows)
    for of, place in zip(OF, st.columns(len(OF), gap="medium"), strict=True):
        with place:
            _lines(of, rows[rows["of"] == of])
    filters = dict(list(asked.filters.items())[:1])
    downloads(rows.assign(name=[say(OF[of][0]) for of in rows["of"]]), TABLE, asked.file("breadth"), filters)


def _explain(asked: Asked, rows: pd.DataFrame) -> None:
    """What the numbers mean, by those of the year that is asked for; nothing where there is no activity."""
    (countries,) = rows[(rows["of"] == "countries") & (rows["fiscal_year"] == asked.year)].to_dict("records")
    if not countries["links"]:
        st.caption(say(NOTHING_ABROAD))
        return
    year = fiscal_year_name(asked.year)
    every, effective, true = (_countries(float(countries[name])) for name in ("hill_0", "hill_1", "true_diversity"))
    st.caption(literal(say(WHAT.filled(who=asked.who, all=every, effective=effective, year=year))))
    st.caption(literal(say(APART.filled(rao=said(countries["rao_stirling"], "index"), true=true, year=year))))


def _countries(number: float) -> Text:
    return said(number, COUNTRIES)


def _lines(of: str, rows: pd.DataFrame) -> None:
    name, unit = OF[of]
    st.markdown(f"**{say(name)}**")
    lines = [
        Line(rows=rows.assign(value=rows[f"hill_{order}"]), name=words, colour=COLOURS[order])
        for order, words in ORDERS.items()
    ]
    draw(trend(name, unit, lines, height=300), key=f"participation:{of}")
