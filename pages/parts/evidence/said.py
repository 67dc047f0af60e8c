"""The answer of the page of records: the figure as a sentence, how the list adds up to it, and what is wrong in it."""

import streamlit as st

from metrics.adding_up import how_it_adds_up, only_some
from metrics.coverage import coverage
from metrics.figure_sentence import figure_sentence
from metrics.indicator import Indicator
from metrics.measures import Activities
from metrics.numbers import said
from metrics.tabulate import OK
from metrics.tree import UNIVERSITY
from pages.parts.evidence.asked import Asked, partner_name
from pages.parts.evidence.behind import Behind, Figure
from pages.parts.filters import link
from pages.parts.language import literal, say
from pages.parts.quality.kept import incomplete
from pages.parts.quality.marks import say_incomplete
from vocabulary.articles import with_article
from vocabulary.calendar import fiscal_years_name
from vocabulary.text import Text

ALL_OF = Text("{n} records of {who} count in {years}.", "{years}に計上される{who}の活動記録は{n}。")
OWN_ONLY = Text(
    "{n} records of the departments that you answer for count in {years}.",
    "{years}に計上される所管部局の活動記録は{n}。",
)
NOT_TOLD = Text(
    "Listed are the records of the departments that you answer for. How many others there are, which you may not read, "
    "is not told, to protect individuals.",
    "一覧は所管部局の記録に限る。閲覧権限のない部局の記録の件数は、個人の特定を防ぐため示さない。",
)
COUNTS = Text(
    "What began in the period, and what was in force on 1 May. The column Counts as adds up to {total}.",
    "期間内に開始した活動と5月1日現在で継続中の活動。「計上」欄の合計は{total}。",
)
PARTS_OF_ALL = Text(
    "Of the {all}, {top} count, {rest} are of known country and do not count, {unknown} are of unknown country.",
    "{all}件の内訳：計上{top}件、国は判明しているが計上されないもの{rest}件、国が不明{unknown}件。",
)
WRONG = Text("Incomplete records below: {faults}.", "下の記録のうち不備のあるもの：{faults}。")
CLEAN = Text("No record below lacks its country or its people.", "下の記録に、国や参加者の欠けたものはない。")
FAULTS = {
    "without_country": Text("{n} without a known country", "国が不明{n}"),
    "without_people": Text("{n} with nobody named", "参加者の記載なし{n}"),
}
ONLY_PARTNER = Text("Only those with {partner} are listed: {n}.", "{partner}を含むもののみを表示：{n}。")
ONLY_IMPORT = Text(
    "Only those that came with import {number} are listed: {n}.", "取り込み{number}のもののみを表示：{n}。"
)
WIDEN = Text("List all", "すべて表示")


def say_figure(asked: Asked, figure: Figure | None, found: Behind) -> None:
    """The figure, or how many records there are where no indicator is chosen."""
    if (asked.indicator is None or figure is None) and asked.is_of_others:
        sentence = OWN_ONLY.filled(n=said(float(found.readable), "count"), years=fiscal_years_name(*asked.years))
    elif asked.indicator is None or figure is None:
        number = said(float(len(found.everything.activity_ids)), "count")
        sentence = ALL_OF.filled(n=number, who=with_article(asked.who), years=fiscal_years_name(*asked.years))
    else:
        sentence = figure_sentence(
            asked.indicator,
            asked.who,
            asked.years,
            asked.narrowed.counting,
            status=figure.status,
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
        )
    st.markdown(f"**{literal(say(sentence))}**")
    if asked.indicator is not None and figure is not None and figure.status == OK:
        _say_coverage(asked, asked.indicator, figure)
        if len(asked.fiscal_years) == 1 and not asked.narrowed.is_part:
            whose = (asked.department, asked.years[0])
            say_incomplete(incomplete(asked.indicator.key, *whose, asked.narrowed.counting), *whose)


def _say_coverage(asked: Asked, indicator: Indicator, figure: Figure) -> None:
    """How much of the figure is of unknown country, and the way to these records."""
    found = coverage(indicator, figure.numerator, figure.denominator, figure.known, figure.unknown)
    if found is not None:
        st.markdown(f":material/help: {literal(say(found.text))} {literal(_parts(asked, indicator, figure))}")


def _parts(asked: Asked, indicator: Indicator, figure: Figure) -> str:
    """Where all the records of its kind are: counted, of known country but not counted, of unknown country."""
    rest = figure.known - figure.numerator
    if not isinstance(indicator.numerator, Activities) or asked.narrowed.counting != "whole" or rest < 0:
        return ""
    numbers = {"all": figure.known + figure.unknown, "top": figure.numerator, "rest": rest, "unknown": figure.unknown}
    return say(PARTS_OF_ALL.filled(**{name: f"{number:,.0f}" for name, number in numbers.items()}))


def say_links(asked: Asked) -> None:
    """From the figure to its definition, its department, and the others."""
    key = asked.indicator.key if asked.indicator else None
    with st.container(horizontal=True, gap="small"):
        if key is not None:
            link("definitions", Text("Definition", "定義"), icon=":material/menu_book:", indicator=key)
        whose, year = (None if asked.department == UNIVERSITY else asked.department), asked.years[1]
        if whose is not None:  # the university has no profile, and is in every comparison
            icon = ":material/account_balance:"
            link("department", Text("Department", "部局"), icon=icon, department=whose, year=year)
        if asked.indicator is not None and not asked.indicator.is_own:
            icon = ":material/compare_arrows:"
            link("comparison", Text("Comparison", "比較"), icon=icon, indicator=key, department=whose, year=year)


def say_adding_up(asked: Asked, part: str, figure: Figure | None, found: Behind) -> None:
    """How the list comes to the figure, which of its records the reader may not read, and what is missing in the rest.

    A figure that is withheld says nothing of its records, and one on persons nothing of those of others.
    """
    everything = found.everything
    words = []
    if asked.is_of_others:
        words.append((":material/lock:", NOT_TOLD))
    elif asked.indicator is None:
        words.append((":material/functions:", COUNTS.filled(total=said(everything.total, "count"))))
    elif figure is not None and figure.status == OK and len(everything.activity_ids):
        icon = ":material/check:" if everything.adds_up and not found.hidden else ":material/info:"
        complete = not found.hidden and len(found.rows) == found.readable
        counting = asked.narrowed.counting
        words.append((icon, how_it_adds_up(everything, asked.part_name(part), counting, complete=complete)))
    if found.hidden and not asked.is_of_others and (figure is None or figure.status == OK):
        words.append((":material/lock:", only_some(everything, found.readable)))
    if len(found.rows):
        words.append(_faults(found))
    for icon, sentence in words:
        st.markdown(f"{icon} {literal(say(sentence))}")


def say_only(asked: Asked, found: Behind) -> None:
    """That the list is narrowed to one partner or import, with the way back."""
    number = said(float(len(found.rows)), "count")
    words = []
    if asked.partner is not None:
        words.append(ONLY_PARTNER.filled(partner=partner_name(asked.partner), n=number))
    if asked.import_id is not None:
        words.append(ONLY_IMPORT.filled(number=asked.import_id, n=number))
    if not words:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(":material/filter_alt: " + literal(" ".join(say(one) for one in words)), width="content")
        asked.link_here(WIDEN, ":material/close:")


def _faults(found: Behind) -> tuple[str, Text]:
    numbers = {name: int(found.rows[name].sum()) for name in FAULTS}
    told = [FAULTS[name].filled(n=said(float(number), "count")) for name, number in numbers.items() if number]
    if not told:
        return ":material/check:", CLEAN
    together = Text(", ".join(one.en for one in told), "、".join(one.ja for one in told))
    return ":material/error:", WRONG.filled(faults=together)
