"""What each check finds: how many, how grave, whose to mend; of the one that is chosen the rule and the way to mend."""

import pandas as pd
import streamlit as st

from metrics.numbers import said
from metrics.quality.check import OWNERS, SEVERITIES, Check
from metrics.quality.listed import of_departments
from metrics.quality.registry import CHECKS, Touched
from pages.parts import data
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.quality.asked import Asked, checks_in
from pages.parts.tables import Column, Columns, choosing_table
from vocabulary.text import Text

TITLE = Text("What the checks find", "点検の結果")
SILENT = Text("{n} checks find nothing", "指摘のない点検（{n}件）")
CHOOSE = Text(
    "Choose a row to read its rule, how to mend it, and which figures it touches.",
    "行を選ぶと、点検の規則、直し方、影響する指標を示す。",
)
ALT = Text("Checks and how much they find", "点検項目ごとの指摘件数")
COLOURS = {"wrong": "red", "missing": "orange", "doubtful": "gray"}
MOST_OF = Text("{many} departments (most: {name} {n})", "{many}部局（最多：{name} {n}）")
RULE, MEND, ROW = Text("Rule", "規則"), Text("How to mend", "直し方"), Text("One row is", "1行は")
TOUCHES = Text("Figures that it touches ({n})", "影響する指標（{n}）")
NO_FIGURE = Text("No figure is made of these records.", "これらの記録を用いる指標はない。")
TO_MEND_AT = {  # pages on which the office mends what a check finds
    "unmatched_partner": ("partner_names", Text("Decide what names mean", "名寄せで決める")),
    "without_rate": ("imports", Text("To the imports", "取り込みへ")),
}
MOST_NAMED = 12
AND_MORE = Text("and {n} more", "ほか{n}指標")


def check_table(asked: Asked) -> str:
    """The table of checks that find something; gives the chosen one, else the first, which is the gravest."""
    found = asked.found
    there = checks_in(found)
    st.subheader(say(TITLE), anchor=False)
    rows = pd.DataFrame([_row(CHECKS[key], asked, found[found["check"] == key]) for key in there])
    chosen = choosing_table(rows, _columns(), alt=ALT, word="check", code="key", one=True, height="content")
    silent = [say(check.name) for key, check in CHECKS.items() if key not in there]
    st.caption(say(CHOOSE))
    if silent:
        with st.expander(say(SILENT.filled(n=len(silent)))):
            st.markdown(literal(say(Text(", ", "、")).join(silent)))
    return next(iter(chosen["key"]), there[0])


def one_check(key: str, asked: Asked) -> None:
    """The rule of a check, how to mend what it finds, and the figures that it touches."""
    check, found = CHECKS[key], asked.found
    with st.container(border=True, gap="small"):
        st.markdown(f"**{literal(say(check.name))}**")
        for name, text in ((RULE, check.rule), (ROW, check.row), (MEND, check.mend)):
            st.markdown(f"{literal(say(name))}{say(Text(': ', '：'))}{literal(say(text))}")
        if key in TO_MEND_AT:
            page, words = TO_MEND_AT[key]
            link(page, words, icon=":material/build:")
        touched = Touched(asked.seen.holdings, found[found["check"] == key])
        _touches(touched.by(check, data.indicators().values()))


def _touches(keys: tuple[str, ...]) -> None:
    if not keys:
        st.caption(say(NO_FIGURE))
        return
    st.caption(say(TOUCHES.filled(n=len(keys))))
    there = data.indicators()
    with st.container(horizontal=True, gap="small"):
        for key in keys[:MOST_NAMED]:
            link("definitions", there[key].name, icon=":material/menu_book:", indicator=key)
        if len(keys) > MOST_NAMED:
            st.caption(say(AND_MORE.filled(n=len(keys) - MOST_NAMED)), width="content")


def _columns() -> Columns:
    marks = {say(severity.name): COLOURS[key] for key, severity in SEVERITIES.items()}
    return {
        "name": Column(name=Text("Check", "点検項目"), width=(230, 200)),
        "n": Column(name=Text("Findings", "指摘"), kind="count", width=80),
        "severity": Column(name=Text("Kind", "区分"), kind="status", marks=marks, width=(120, 90)),
        "owner": Column(name=Text("To mend by", "担当"), width=(350, 320)),
        "touched": Column(name=Text("Figures touched", "影響する指標数"), kind="count", width=110),
        "mend": Column(name=MEND, width=420),
    }


def _row(check: Check, asked: Asked, found: pd.DataFrame) -> dict[str, object]:
    held = asked.seen.holdings
    return {
        "key": check.key,
        "name": say(check.name),
        "n": len(found),
        "severity": say(SEVERITIES[check.severity].name),
        "owner": _owner(check, asked, found),
        "touched": len(Touched(held, found).by(check, data.indicators().values())),
        "mend": say(check.mend),
    }


def _owner(check: Check, asked: Asked, found: pd.DataFrame) -> str:
    """The Strategy Office; else the department that has most of it to mend, of how many."""
    if check.owner == "office":
        return say(OWNERS["office"])
    ledger, names = asked.seen.holdings.ledger, data.department_names()
    counts = of_departments(ledger, found) * asked.seen.units
    first = names[ledger.units[int(counts.argmax())]]
    if (counts > 0).sum() == 1:
        return say(first)
    number = said(float(counts.max()), "count")
    return say(MOST_OF.filled(many=int((counts > 0).sum()), name=first, n=number))
