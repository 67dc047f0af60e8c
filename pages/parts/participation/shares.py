"""Which part of the people takes part: by target and process, by population, and over the years."""

from collections.abc import Hashable, Mapping
from math import isnan
from typing import Any

import pandas as pd
import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.numbers import said
from metrics.participation import ANY
from metrics.tabulate import OK
from pages.parts.charts import OWN, Line, draw, trend
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.participation.asked import CHOICES, Asked
from pages.parts.reading import figures_table
from pages.parts.tables import IN_A_CELL, STATUS, Column, Columns, downloads
from pages.parts.ways import to_records
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.people import STUDENTS
from vocabulary.text import Text

TITLE = Text("In which target and process", "目標別・プロセス別の参加割合")
EITHER = Text("Either", "いずれか")
ANY_TARGET = Text("Any target", "いずれか")
PROCESS_NAMES = {
    "deepening": Text("Deepening", "深化"),
    "comprehensive": Text("Comprehensive", "包括"),
    ANY: EITHER,
}
NAMED_IN = Text("Records that name somebody", "個人IDのある活動記録")
OF_RESEARCHERS = ("research_participation", "industry_participation", "society_participation")
RELATED = {
    **dict.fromkeys(("researcher", "faculty", "everyone"), OF_RESEARCHERS),
    **dict.fromkeys(("student", *STUDENTS), ("student_society_share",)),
    "staff": ("society_participation",),
}  # indicators of the catalogue that a reader may know from elsewhere
ROWS = {**TARGETS, ANY: ANY_TARGET}
CELL = Text("{share}\n ({persons})", "{share}\n（{persons}）")
AT_LEAST = Text("at least {share}", "少なくとも{share}")
BETWEEN = Text("{low} – {high}", "{low}〜{high}")
RESTS_ON = Text(
    "Share of the {heads} {whom} of {who} on 1 May {year}, with the number of persons. “no data”: the university's "
    "records of that cell do not tell of {whom}, which is not to say that none take part.",
    "{year}年5月1日現在の{who}の{whom}{heads}に対する割合（括弧内は実人数）。「データなし」は、その欄の記録に"
    "{whom}の区分がないことを示し、参加者がいないという意味ではない。",
)
OTHER_HEADS = Text(
    "The indicator “{name}” divides by another number ({bottom}), so its percentage differs from that of the table.",
    "指標「{name}」は分母が異なる（{bottom}）ため、表の割合とは一致しない。",
)
SOCIETY = "society_participation"
BY_POPULATION = Text("Who takes part", "区分別の参加割合")
PERSON_TWICE = Text(
    "Who was there at two levels is in both rows. “By number only” are persons of records without personal ids: they "
    "are in the share, but nobody can follow them over targets or years, and one person may come again, so that where "
    "they are many the share is the most it can be and has no interval. Records of papers say no level, so the shares "
    "of faculty and staff are the least that they can be and have no interval.",
    "二つの区分で参加した者は両方の行に数える。「人数のみ」は個人IDのない記録の人数で、割合には含むが、"
    "目標や年度をまたいで追うことはできず、同じ者が重複しうるため、多い場合の割合は上限で、区間は示さない。"
    "論文の記録には区分がないため、教員・職員の割合は下限で、区間は示さない。",
)
OVER_YEARS = Text("Over the years", "参加割合の推移")
TREND = Text("Share of {whom} of {who} who take part", "{who}の{whom}の参加割合")
NO_TREND = Text("No year has a share of these people.", "この区分の参加割合を示せる年度がない。")
ALT = Text(
    "Share of {whom} who take part by target and process, {year}", "{whom}の目標別・プロセス別参加割合（{year}）"
)
ALT_EACH = Text("Who takes part by population, {year}", "区分別の参加割合（{year}）")
RAW: Columns = {
    "target": Column(name=Text("Target", "目標")),
    "process": Column(name=Text("Process", "プロセス")),
    "named": Column(name=Text("Persons by id", "個人IDのある者"), kind="persons"),
    "unnamed": Column(name=Text("By number only", "人数のみ"), kind="persons"),
    "heads": Column(name=Text("On 1 May", "5月1日在籍"), kind="persons"),
    "value": Column(name=Text("Share", "割合"), kind="share"),
    "low": Column(name=Text("From (95 %)", "区間下限（95%）"), kind="share"),
    "high": Column(name=Text("To (95 %)", "区間上限（95%）"), kind="share"),
    "status": Column(name=Text("Status", "状況")),
}


def show_matrix(asked: Asked) -> None:
    """The strategy's matrix: the part of the people that takes part in each cell."""
    st.subheader(say(TITLE), anchor=False)
    rows = asked.cells
    cells = {(row["target"], row["process"]): _cell(row) for row in rows.to_dict("records")}
    frame = pd.DataFrame(
        {
            "target": [say(name) for name in ROWS.values()],
            **{process: [cells[target, process] for target in ROWS] for process in PROCESS_NAMES},
        }
    )
    columns = {"target": RAW["target"], **{code: Column(name=name) for code, name in PROCESS_NAMES.items()}}
    year = fiscal_year_name(asked.year)
    figures_table(frame, columns, alt=ALT.filled(whom=asked.whom, year=year), narrow=True)
    heads = Text(f"{rows['heads'].iloc[0]:,.0f}", said(rows["heads"].iloc[0], "persons").ja)
    st.caption(literal(say(RESTS_ON.filled(heads=heads, whom=asked.whom, who=asked.who, year=asked.year))))
    bottom = INDICATORS[SOCIETY].denominator
    if bottom and SOCIETY in RELATED[asked.population]:
        st.caption(literal(say(OTHER_HEADS.filled(name=INDICATORS[SOCIETY].name, bottom=bottom.text))))
    downloads(_worded(rows), RAW, asked.file("cells"), asked.filters)
    with st.container(horizontal=True, gap="small"):
        for key in RELATED[asked.population]:
            link("definitions", INDICATORS[key].name, icon=":material/menu_book:", indicator=key)
        to_records("newcomer_share", asked.department, asked.year, NAMED_IN, part="denominator")


def show_populations(asked: Asked) -> None:
    """The part of each population that takes part in any activity."""
    st.subheader(say(BY_POPULATION), anchor=False)
    rows = asked.of_each
    rows = rows.assign(population=[say(CHOICES[code]) for code in rows["population"]])
    numbers = ("named", "unnamed", "heads")
    seen = rows.assign(
        value=[_share(row) for row in rows.to_dict("records")],
        interval=[_interval(row) for row in rows.to_dict("records")],
        **{name: [say(said(number, "persons")) for number in rows[name]] for name in numbers},
    )
    who = {"population": Column(name=Text("People", "対象者"))}
    shown = {name: RAW[name] for name in ("value", *numbers)}
    shown["value"] = Column(name=Text("Share", "割合"))
    columns = {**who, **shown, "interval": Column(name=Text("95 % interval", "95%信頼区間"))}
    words = {name: Column(name=one.name) for name, one in columns.items()}
    figures_table(seen, words, alt=ALT_EACH.filled(year=fiscal_year_name(asked.year)))
    st.caption(literal(say(PERSON_TWICE)))
    kept = {name: one for name, one in RAW.items() if name not in ("target", "process")}
    downloads(_said_status(rows), {**who, **kept}, asked.file("people"), asked.filters)


def show_trend(asked: Asked) -> None:
    """The part that takes part, year by year, with its interval."""
    st.subheader(say(OVER_YEARS), anchor=False)
    if asked.trend["value"].notna().sum() == 0:
        st.caption(say(NO_TREND))
        return
    name = TREND.filled(whom=asked.whom, who=asked.who)
    draw(trend(name, "share", [Line(rows=asked.trend, colour=OWN, band=True)]), key="participation:trend")
    years = {"fiscal_year": Column(name=Text("Fiscal year", "年度"), kind="year")}
    kept = {code: one for code, one in RAW.items() if code not in ("target", "process")}
    downloads(_said_status(asked.trend), years | kept, asked.file("years"), asked.filters)


def _cell(row: Mapping[Hashable, Any]) -> str:
    """`33.8 % (1,280)`, or why there is no share."""
    if row["status"] != OK:
        return say(IN_A_CELL[row["status"]])
    return say(CELL.filled(share=said(row["value"], "share"), persons=said(row["persons"], "persons")))


def _share(row: Mapping[Hashable, Any]) -> str:
    if row["status"] != OK:
        return say(IN_A_CELL[row["status"]])
    share = said(row["value"], "share")
    return say(AT_LEAST.filled(share=share) if row["at_least"] else share)


def _interval(row: Mapping[Hashable, Any]) -> str:
    if isnan(row["low"]):
        return ""
    return say(BETWEEN.filled(low=said(row["low"], "share"), high=said(row["high"], "share")))


def _said_status(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(status=[say(STATUS[status]) for status in rows["status"]])


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    """The cells as a file has them."""
    processes = {**PROCESSES, ANY: EITHER}
    return _said_status(rows).assign(
        target=[say(ROWS[code]) for code in rows["target"]],
        process=[say(processes[code]) for code in rows["process"]],
    )
