"""The answer of the page of quality: how complete, what the checks find, and the figure that it could move most."""

import streamlit as st

from metrics.catalogue import HEADLINES
from metrics.numbers import many, said
from metrics.quality.holdings import NOBODY
from metrics.quality.incomplete import Incomplete
from metrics.quality.summary import Summary
from metrics.tabulate import OK
from metrics.view import Selection
from pages.parts import data
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.quality.asked import EVERY_YEAR, Asked
from pages.parts.quality.kept import completeness, for_the_office
from vocabulary.departments import UNIVERSITY
from vocabulary.text import NOTHING, Text

OF_CELLS = frozenset(HEADLINES.values())
MOST = Text(
    "Of the headline shares, what is missing could move “{name}” most (in points): it is {value}, between {low} and "
    "{high} whatever the countries of {unknown} turn out to be.",
    "主要指標（割合）のうち欠落による幅（ポイント）が最も大きいのは「{name}」で、現在の値は{value}、国が不明な{unknown}がどの国であっても"
    "{low}から{high}の間にある。",
)
ELSEWHERE = Text("Other years: {n} more findings.", "他の年度に{n}件の指摘がある。")
SHOW_ALL = Text("Show all years", "全年度を表示")
OWN_ONLY = Text(
    "Shown are the records and headcounts of the departments that you answer for.",
    "所管部局の記録と人数だけを示している。",
)
NOTHING_FOUND = Text(
    "No check finds anything in these records and headcounts.", "この範囲の記録と人数に、点検の指摘はない。"
)
AS_OF = Text(
    "Judged as of {day}, {what}: what was due by then and is not here is late.",
    "判定の基準日は{day}（{what}）。それまでに届くはずのもので、まだないものを未提出とする。",
)
NEWEST_IMPORT = Text("the day of the newest import", "最新の取り込みの日")
MADE_UP = Text("in demonstration data the end of June after the last year", "デモデータでは最終年度の翌6月末")
YOURS = Text(
    "Of these findings, {own} {are} yours to mend; {office} only the International Strategy Office can mend (records "
    "shared with other departments, percentiles and the like).",
    "うち所管部局で直せるものは{own}件、国際戦略室だけが直せるもの（他部局と共有の記録、パーセンタイルなど）は{office}件。",
)


def say_answer(asked: Asked) -> None:
    """The sentences, and the way to the other years."""
    held = asked.seen.holdings
    summary = Summary.of(held, asked.found, asked.seen.units, asked.year)
    told = summary.sentences(asked.who, None if asked.year is None else asked.year_name, data.department_names())
    if not data.reader().scope.whole_university and len(asked.found):
        office = int(for_the_office(asked.found).sum())
        own = len(asked.found) - office
        told.append(YOURS.filled(own=f"{own:,}", are="is" if own == 1 else "are", office=f"{office:,}"))
    told.append(_most_moved(asked))
    st.markdown("\n\n".join(literal(say(one)) for one in told if one != NOTHING))
    if not data.reader().scope.whole_university and asked.department == UNIVERSITY:
        st.caption(say(OWN_ONLY))
    what = MADE_UP if data.is_demonstration() else NEWEST_IMPORT
    elsewhere = len(asked.seen.found) - len(asked.found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(literal(say(AS_OF.filled(day=f"{held.today:%Y-%m-%d}", what=what))), width="content")
        if asked.year is not None and elsewhere and not asked.source:
            st.caption(say(ELSEWHERE.filled(n=f"{elsewhere:,}")), width="content")
            link("quality", SHOW_ALL, icon=":material/date_range:", year=EVERY_YEAR)


def say_clean() -> None:
    """That nothing is found in what is asked for, which is not to say that nothing is wrong."""
    st.info(say(NOTHING_FOUND), icon=":material/check:")


def _most_moved(asked: Asked) -> Text:
    """The headline share of the department and year with the widest limits; nothing where there is none."""
    mine = data.reader().scope.covers(asked.department)
    if asked.year is None or not mine:
        return NOTHING
    there = data.indicators()
    cells = completeness("whole").cells.items()
    wide = [
        (found.high - found.low, key, found)
        for (key, department, year), found in cells
        if (department, year) == (asked.department, asked.year)
        and key in OF_CELLS
        and found.unit == "share"
        and found.unknown
    ]
    if not wide:
        return NOTHING
    _, key, found = max(wide, key=lambda one: one[0])
    value = _value(key, asked)
    return NOTHING if value is None else _said(there[key].name, value, found)


def _value(key: str, asked: Asked) -> float | None:
    chosen = Selection(fiscal_years=(asked.year or NOBODY,), departments=(asked.department,))
    row = data.figures((key,), selection=chosen)
    return float(row["value"].iloc[0]) if len(row) and row["status"].iloc[0] == OK else None


def _said(name: Text, value: float, found: Incomplete) -> Text:
    return MOST.filled(
        name=name,
        value=said(value, found.unit),
        low=said(found.low, found.unit),
        high=said(found.high, found.unit),
        unknown=Text(many(round(found.unknown), "record", "records").en, f"{found.unknown:,.0f}件"),
    )
