"""How many targets people take part in, how unevenly activity lies on them, and who came and left."""

import pandas as pd
import streamlit as st

from metrics.numbers import said
from metrics.participation_answer import CORE, FEW
from pages.parts.charts import OWN, PEERS, UNIVERSITY_LINE, bars, draw
from pages.parts.charts.columns import Part, columns
from pages.parts.charts.lorenz import Curve, lorenz_curves
from pages.parts.language import literal, say
from pages.parts.participation.asked import Asked
from pages.parts.tables import Column, downloads
from pages.parts.ways import to_definition, to_records
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

TARGETS_TITLE = Text("In how many targets", "参加する目標の数")
EXACTLY = Text("{number} of 4 targets", "4目標のうち{number}つ")
BARS = Text("{whom} by the number of targets they take part in, {year}", "参加する目標の数別の{whom}（{year}）")
BY_ID = Text("{named} different people whom records name.", "記録に個人IDのある実人数{named}について示す。")
NOT_FOLLOWED = Text(
    " {unnamed} told by number only cannot be followed over targets or years: they are in no figure on targets, "
    "evenness or movement.",
    "人数だけの記録の{unnamed}は目標や年度をまたいで追えないため、目標の数・偏り・新規と離脱の値には含まない。",
)
NOBODY = Text("Records of this year name nobody of them.", "この年度の記録に個人IDのある者はいない。")
UNEVEN = Text("The same few?", "参加の偏り")
WHAT_GINI_IS = Text(
    "The further a curve hangs below the dotted line, where all would have equally much, the fewer carry the activity. "
    "Gini is 0 where all have equally much and near 1 where one has all: {all} over all {whom} of 1 May, those without "
    "any included, and {some} among those who take part. A participation is one person in one activity: {n} in {year}. "
    "We say “the same few” where the most active tenth of those who take part carries {few} or more, “a core” from "
    "{core} on; these bounds are our choice.",
    "曲線が点線（全員が同数の場合）から離れるほど、少数の者に偏っている。ジニ係数は全員が同数なら0、1人に集中すれば1に近く、"
    "5月1日現在の{whom}全員（参加のない者を含む）では{all}、参加者だけでは{some}。"
    "1人が1件の活動に参加することを1件と数え、{year}は延べ{n}件。参加者の上位1割が延べ参加の{few}以上を占めれば"
    "「集中」、{core}以上なら「偏り」とする（基準は本モニターの選択）。",
)
NO_HEADS = Text(
    "Gini is {some} among those who take part; nobody was counted on 1 May, so there is none over all.",
    "参加者だけのジニ係数は{some}。5月1日現在の人数がないため、全員についての値は示せない。",
)
BOUNDS = {
    "few": Text(f"{FEW:.0%}".replace("%", " %"), f"{FEW:.0%}"),
    "core": Text(f"{CORE:.0%}".replace("%", " %"), f"{CORE:.0%}"),
}
CURVE = Text("How unevenly participations lie on {whom}, {year}", "{whom}の参加の偏り（{year}）")
ALL_OF_THEM = Text("all, those with none included (Gini {gini})", "参加のない者を含む全員（ジニ係数{gini}）")
PARTICIPANTS = Text("those who take part (Gini {gini})", "参加者（ジニ係数{gini}）")
ACROSS = Text("people, from the least active", "人数の累積割合（参加の少ない順）")
UPWARD = Text("share of all participations", "参加件数の累積割合")
CAME = Text("Who came, who stayed, who left", "新規・継続・離脱")
DEFINED = Text(
    "New: in nothing in the three years before. Left: in something in those three years, in nothing this year; whoever "
    "stays away is in three years' columns. First shown is {first}, as it takes three years of records.",
    "新規は前3年度に参加のない者、離脱は前3年度に参加しこの年度は参加のない者（離れたままの者は3年度続けて計上）。"
    "前3年度の記録が必要なため、{first}から示す。",
)
MOVES = Text("{whom}: new, returning and gone", "{whom}の新規・継続・離脱")
MOVEMENT = {
    "fiscal_year": Column(name=Text("Fiscal year", "年度"), kind="year"),
    "taking_part": Column(name=Text("Took part", "参加者"), kind="persons"),
    "returning": Column(name=Text("Returning", "継続"), kind="persons"),
    "newcomers": Column(name=Text("New", "新規"), kind="persons"),
    "leavers": Column(name=Text("Left", "離脱"), kind="persons"),
}
PARTS = (
    Part(column="returning", name=MOVEMENT["returning"].name, colour=UNIVERSITY_LINE),
    Part(column="newcomers", name=MOVEMENT["newcomers"].name, colour=OWN),
    Part(column="leavers", name=MOVEMENT["leavers"].name, colour=PEERS, below=True),
)


def show_targets(asked: Asked) -> None:
    """People in exactly one, two, three and four targets."""
    st.subheader(say(TARGETS_TITLE), anchor=False)
    place = {"whom": asked.whom, "year": fiscal_year_name(asked.year)}
    if not asked.uneven.people:
        st.caption(say(NOBODY))
        return
    rows = [(str(number), EXACTLY.filled(number=number), float(n)) for number, n in asked.by_number.items()]
    draw(bars(BARS.filled(**place), "persons", rows), key="participation:targets")
    words = say(BY_ID.filled(named=said(float(asked.uneven.people), "persons")))
    if asked.unnamed:
        words += say(NOT_FOLLOWED.filled(unnamed=said(asked.unnamed, "persons")))
    st.caption(literal(words))


def show_unevenness(asked: Asked) -> None:
    """Lorenz curves with their Gini coefficients, over all and among those who take part."""
    found, year = asked.uneven, fiscal_year_name(asked.year)
    st.subheader(say(UNEVEN), anchor=False)
    if found.of_participants is None:
        st.caption(say(NOBODY))
        return
    over_all, among = (said(value, "index") for value in (found.gini_of_all, found.gini_of_participants))
    curves = [
        Curve(
            points=found.of_participants,
            gini=found.gini_of_participants,
            name=PARTICIPANTS.filled(gini=among),
            colour=UNIVERSITY_LINE,
            dash="dash",
        )
    ]
    if found.of_all is not None:
        every = ALL_OF_THEM.filled(gini=over_all)
        curves.insert(0, Curve(points=found.of_all, gini=found.gini_of_all, name=every))
    name = CURVE.filled(whom=asked.whom, year=year)
    draw(lorenz_curves(name, curves, across=ACROSS, upward=UPWARD), key="participation:lorenz")
    words = NO_HEADS if found.of_all is None else WHAT_GINI_IS
    told = words.filled(all=over_all, some=among, whom=asked.whom, year=year, n=f"{found.participations:,}", **BOUNDS)
    st.caption(literal(say(told)))
    if asked.population == "researcher":
        _ways(asked, "research_concentration")


def show_movement(asked: Asked) -> None:
    """Newcomers, those who return and leavers by year."""
    st.subheader(say(CAME), anchor=False)
    rows: pd.DataFrame = asked.movement
    told = rows[rows["fiscal_year"] >= asked.people.history]
    if len(told):
        draw(columns(MOVES.filled(whom=asked.whom), "persons", told, PARTS), key="participation:movement")
    st.caption(literal(say(DEFINED.filled(first=fiscal_year_name(asked.people.history)))))
    downloads(rows, MOVEMENT, asked.file("movement"), asked.filters)
    _ways(asked, "newcomer_share")


def _ways(asked: Asked, indicator: str) -> None:
    with st.container(horizontal=True, gap="small"):
        to_definition(indicator)
        to_records(indicator, asked.department, asked.year, part="numerator")
