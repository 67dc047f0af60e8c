"""The funnel: all departments by name for readers of the whole university, for a head the own ones alone."""

from collections.abc import Hashable, Mapping
from html import escape
from typing import Any

import streamlit as st

from metrics.fairness import NOT_JUDGED
from metrics.fairness_words import VERDICTS, counted, ratio_said
from pages.parts import charts, data
from pages.parts.expectation.figures import Fair
from pages.parts.filters import link
from pages.parts.language import literal, say
from vocabulary.text import Text

TITLE = Text("Can it be chance?", "偶然の差か")
SIZE = Text(
    "Each dot is a department. The further right, the less can chance move it: the effective n is the number of people "
    "or records that would tell as much at the average rate of {reference}.",
    "点は部局。右にあるほど偶然の影響が小さい。実効nは、{reference}の平均的な割合のもとで同じだけの情報をもつ人数・件数。",
)
ONLY_OWN = Text(
    "Other departments are not drawn, as their size would give them away.",
    "規模から部局が特定されるため、他の部局は描かない。",
)
NO_DOT = Text("No department can be judged here, so there is no funnel.", "判定できる部局がないため、図はない。")
HOVER = Text(
    "{name}: {ratio} ({low} to {high}), n = {n}, {verdict}", "{name}：{ratio}（{low}～{high}）、n＝{n}、{verdict}"
)
OPEN = Text("Profile of {name}", "{name}の現状")


def draw(shown: Fair) -> None:
    st.subheader(say(TITLE), anchor=False)
    rows = shown.rows[shown.rows["verdict"] != NOT_JUDGED]
    if rows.empty:
        st.info(say(NO_DOT), icon=":material/filter_alt_off:")
        return
    alone = [] if data.reader().scope.whole_university else [ONLY_OWN]
    st.caption(
        literal("".join(say(Text(f"{t.en} ", t.ja)) for t in (SIZE.filled(reference=shown.reference.name), *alone)))
    )
    named = rows.assign(
        code=rows["department"],
        name=[say(shown.departments[code].name) for code in rows["department"]],
        hover=[_hover(shown, row) for row in rows.to_dict("records")],
    )
    found = shown.found
    chart = charts.funnel(
        named,
        found.baseline,
        found.spread.tau2,
        proportion=found.proportion,
        own=shown.own.code if shown.own else None,
    )
    for code in charts.draw(chart, key=f"funnel:{shown.indicator.key}:{shown.mix}", choose=True):
        name = OPEN.filled(name=shown.departments[code].name)
        link("department", name, icon=":material/account_balance:", department=code, year=shown.year)


def _hover(shown: Fair, row: Mapping[Hashable, Any]) -> str:
    words = HOVER.filled(
        name=shown.departments[row["department"]].name,
        ratio=ratio_said(row["ratio"]),
        low=ratio_said(row["low"]),
        high=ratio_said(row["high"]),
        n=counted(row["n"]),
        verdict=VERDICTS[row["verdict"]],
    )
    return escape(say(words), quote=False)
