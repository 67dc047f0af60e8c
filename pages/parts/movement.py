"""What moved and what falls behind: the lists beside and below the matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan
from typing import Any

import streamlit as st

from metrics.assessment import Standing, furthest_behind, most_moved, none_told
from metrics.could_flip import could_flip
from metrics.figure_sentence import made_of
from metrics.findings import cell_name
from metrics.goal_outlook import on_track_but_late
from metrics.goals import NO_DATA
from metrics.numbers import apart, said
from metrics.view import Counting
from pages.parts.filters import address, link
from pages.parts.frame import page
from pages.parts.goal_file import LATE
from pages.parts.goal_table import columns, goal_rows
from pages.parts.language import literal, say
from pages.parts.quality.marks import footnote, lacking
from pages.parts.standing import SIGN, say_could_be
from pages.parts.tables import table
from pages.parts.ways import to_change
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

MOST_SHOWN = 5
SINCE = Text("What changed since {before}", "{before}からの変化")
NOTHING = Text("No indicator can be compared with the year before.", "前年度と比べられる指標がない。")
NONE_TOLD = Text("No change can be told from chance.", "有意といえる変化のあった指標はない。")
NOT_JUDGED = Text("Not judged against chance:", "偶然との区別を判定しないもの：")
HOW = Text(
    "Changes that can be told from chance (each at 95 %: of twenty indicators that stay the same, one may be listed), "
    "ordered by the multiple of the indicator's usual change (the median from year to year). Indicators that count "
    "fewer than 20 in either year are left out. Money, what is in force, indices and numbers of different things are "
    "not judged.",
    "前年度からの変化が有意といえる指標（信頼水準95%。変化のない20指標のうち1指標程度は偶然に含まれうる）を、"
    "その指標の通常の年変化（中央値）に対する倍率の順に並べる。どちらかの年度で20未満の指標は除く。"
    "金額、継続中の件数、指数、種類の数は判定しない。",
)
MOST_UNJUDGED = 2
LEAVING = Text("Goals falling behind: {count}", "計画から遅れている目標：{count}件")
ORDER = Text(
    "The furthest behind first, by the gap as a part of the planned value. A row opens its goal.",
    "計画値に対する不足の割合が大きい順。行を選ぶと目標を開く。",
)
COULD_BE_KEPT = Text(
    "With what is missing in their data, these could be on track: {names}.",
    "データの欠落により、計画どおりの可能性もある指標：{names}。",
)
WITHOUT_GOAL = Text("Measured, but without a goal: {count} indicators", "測っているが目標のない指標：{count}")
WITHOUT_FIGURE = Text("With a goal, but no figure in {year}: {names}", "目標はあるが{year}の値がない指標：{names}")
FOOTING = Text(
    "Flows: {year} (April to March). Stocks: 1 May {number}. {counting}. Each figure leads to its definition "
    "and to what it rests on.",
    "フローは{year}（4月〜翌3月）、ストックは{number}年5月1日現在。{counting}。定義と算出の基礎は各数値のリンク先に示す。",
)
BESIDE = ("name", "value", "landing", "path", "pace", "next", "target")  # columns of goals: a phone shows the first
NARROW, THREE_LINES = (152, 141), 65  # pixels of a name, so that a phone shows the two columns behind it, and of a row
TO_LATE = Text("On track, but too slow for the final goal: {count}", "計画どおりだが間に合わない見込み：{count}件")
ONLY_LATE: dict[str, Any] = {"department": UNIVERSITY, "status": LATE, "target": ""}
WITHIN = Text("† between {low} and {high}", "†{low}から{high}の間")
MADE_OF = Text("{old} → {new}", "{old} → {new}")


def changes(found: Sequence[Standing], year: int, counting: Counting) -> None:
    """The largest changes since the year before that can be told from chance, each a link to its target.

    Below them the largest of which nothing is known of chance, under words that say so.
    """
    moving, unjudged = most_moved(found), most_moved(found, told=None)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{say(SINCE.filled(before=fiscal_year_name(year - 1)))}**", help=say(HOW))
        for standing in moving[:MOST_SHOWN]:
            _moved(standing, counting)
        if not moving:
            st.markdown(say(NONE_TOLD if none_told(found) else NOTHING))
        if unjudged:
            st.caption(say(NOT_JUDGED))
        for standing in unjudged[:MOST_UNJUDGED]:
            _moved(standing, counting)
        footnote([*moving[:MOST_SHOWN], *unjudged[:MOST_UNJUDGED]], counting, statuses=False)


def _moved(standing: Standing, counting: Counting) -> None:
    indicator = standing.indicator
    before, value = said(standing.before, indicator.unit), said(standing.value, indicator.unit)
    sign = f" {SIGN}" if lacking(standing, counting) is not None else ""
    moved = Text(*(f"{old} → {new}{sign}" for old, new in zip(before, value, strict=True)))
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xxsmall"):
        rests_on = " · ".join(words for words in (_rests_on(standing), _within(standing)) if words)
        small = f" :small[{literal(rests_on)}]" if rests_on else ""
        st.markdown(literal(say(indicator.name)) + small, width="content")  # a link would cut a long name
        with st.container(horizontal=True, gap="xxsmall", width="content"):
            link(
                "targets",
                moved,
                tip=indicator.name,
                icon=":material/trending_up:" if standing.change > 0 else ":material/trending_down:",
                target=indicator.target,
                process=indicator.process,
                indicator=indicator.key,
                year=standing.fiscal_year,
            )
            year = standing.fiscal_year
            to_change(indicator.key, standing.department, year, year - 1, Text("Why?", "要因"))


def _within(standing: Standing) -> str:
    """Between which limits the value lies, and whether it could have moved the other way."""
    if standing.limits is None:
        return ""
    if could_flip(standing).change:
        return say_could_be(standing)
    low, high = apart(*standing.limits, standing.indicator.unit)
    return say(WITHIN.filled(low=low, high=high))


def _rests_on(standing: Standing) -> str:
    """What both figures rest on: `36 of 50 → 20 of 60`; nothing without a denominator."""
    parts = standing.before_numerator, standing.before_denominator, standing.numerator, standing.denominator
    if any(map(isnan, parts)):
        return ""
    old, new = (made_of(standing.indicator, *pair) for pair in (parts[:2], parts[2:]))
    return say(MADE_OF.filled(old=old, new=new))


def to_late(found: Sequence[Standing], year: int) -> None:
    """The way to the goals that are on track and would miss their last point at the pace so far, if there are any."""
    if late := len(on_track_but_late(found)):
        link("goals", TO_LATE.filled(count=late), icon=":material/schedule:", year=year, **ONLY_LATE)


def leaving_their_path(found: Sequence[Standing]) -> None:
    """A table of the indicators behind their path, the furthest first; a row opens its goal."""
    behind = furthest_behind(found)
    if not behind:
        return
    st.subheader(say(LEAVING.filled(count=len(behind))), anchor=False)
    every = columns(found[0].fiscal_year)
    shown, words = {name: every[name] for name in BESIDE}, LEAVING.filled(count=len(behind))
    shown["name"] = replace(shown["name"], width=NARROW)
    shown["landing"] = replace(shown["landing"], width=(85, 84))
    opened = table(
        goal_rows(behind), shown, alt=words, key="leaving", height="content", row_height=THREE_LINES, choose=True
    )
    if len(opened):
        st.switch_page(page("goals"), query_params=address("goals", indicator=opened.iloc[0]["key"]))
    doubtful = [standing for standing in behind if could_flip(standing).goal]
    order = [say(ORDER), *([say(COULD_BE_KEPT.filled(names=_listed(doubtful)))] if doubtful else [])]
    st.caption(literal(say(Text(" ", "")).join(order)))
    footnote(behind, statuses=False)


def without_goal(cells: Mapping[tuple[str, str], Sequence[Standing]], year: int) -> None:
    """Which indicators no goal asks anything of, and which goals have no figure: what nobody can check."""
    gaps = {place: [s for s in found if s.goal is None] for place, found in cells.items()}
    silent = [s for found in cells.values() for s in found if s.goal is not None and s.goal_status == NO_DATA]
    if silent:
        words = WITHOUT_FIGURE.filled(year=fiscal_year_name(year), names=_names(silent))
        st.warning(say(words), icon=":material/visibility_off:")
    count = sum(len(missing) for missing in gaps.values())
    if not count:
        return
    with st.expander(say(WITHOUT_GOAL.filled(count=count)), icon=":material/flag:"):
        for place, missing in gaps.items():
            if missing:
                title = literal(say(_capital(cell_name(*place))))
                st.markdown(f"**{title}** ({len(missing)}/{len(cells[place])}): {_names(missing)}")


def _listed(found: Sequence[Standing]) -> Text:
    names = [standing.indicator.name for standing in found]
    return Text(", ".join(name.en for name in names), "、".join(name.ja for name in names))


def _names(found: Sequence[Standing]) -> str:
    return literal(say(_listed(found)))


def _capital(text: Text) -> Text:
    return Text(text.en[0].upper() + text.en[1:], text.ja)


def footing(year: int, counting: Counting) -> Text:
    """What the figures of the page are of."""
    return FOOTING.filled(year=fiscal_year_name(year), number=year, counting=COUNTING_RULES[counting])
