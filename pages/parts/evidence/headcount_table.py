"""The headcounts behind a figure: the rows of the census day, how they roll up, and what they add up to."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from metrics.breadth import Departments
from metrics.figure_sentence import unit_of
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.headcount_rows import KEYS, headcount_rows
from metrics.indicator import parts
from metrics.numbers import many, said
from metrics.participation_measures import Concentration
from metrics.tabulate import OK
from pages.parts import data
from pages.parts.evidence.asked import Asked, said_filters
from pages.parts.evidence.behind import Figure
from pages.parts.language import literal, say
from pages.parts.tables import Column, downloads, file_name, table
from vocabulary.articles import with_article
from vocabulary.people import GROUPS, POPULATIONS
from vocabulary.text import Text

READ = (Headcount, EffectiveOrigins, Concentration)
ALT = Text("Headcounts, one a row", "在籍者数等の一覧（1行1件）")
OWN = Text(
    "The {part} rests on {n} that {who} itself reported, {total} together.",
    "{part}の元になるのは、{who}として報告された在籍者数等の値{n}（合計{total}）である。",
)
ROLLED_UP = Text(
    "The {part} rests on {n} that {departments} below reported, {total} together; {who} itself reports none.",
    "{part}の元になるのは、{departments}部局から報告された在籍者数等の値{n}（合計{total}）である（{who}としての一括の報告はない）。",
)
LESS = Text(" Rows marked as taken away are subtracted.", "「差し引く」とある行は引き算した。")
HIDDEN = Text(
    "{hidden} of the {n} headcounts are of departments whose records you may not read.",
    "在籍者数等の値{n}のうち{hidden}は、閲覧権限のない部局のもの。",
)
NONE = Text("No headcount was delivered for {who}.", "{who}の在籍者数等は提出されていない。")
COUNT_OF_DEPARTMENTS = Text(
    "The {part} counts departments, {count}: those without sub-departments that exist in the fiscal year.",
    "{part}は部局を数えたもので{count}部局（下位の部局をもたず、その年度に存在するもの）。",
)
NO_RECORDS = Text("No record counts in the {part}.", "{part}に計上される記録はない。")
SIGNS = {1: Text("added", "加える"), -1: Text("taken away", "差し引く")}
COLUMNS = {
    "name": Column(name=Text("Department", "部局"), width=(190, 140)),
    "count": Column(name=Text("Count", "数"), kind="count", width=78),
    "counted": Column(name=Text("Counted", "計算"), width=84),
    "group_name": Column(name=Text("Group", "区分"), width=150),
    "country_name": Column(name=Text("Country", "国・地域"), width=96),
    "population_name": Column(name=Text("Population", "母集団"), width=110),
    "as_of": Column(name=Text("Day", "基準日"), kind="date", width=92),
    "import_id": Column(name=Text("Import", "取り込み"), kind="year", width=72),
    "file_row": Column(name=Text("Row", "行"), kind="year", width=60),
}


class Rows(NamedTuple):
    """The headcounts behind a part of a figure, and those of them that the reader may read."""

    every: pd.DataFrame
    readable: pd.DataFrame


def headcounts(asked: Asked, part: str) -> Rows:
    """One row is one headcount that the part adds up; the readable ones with their import and row."""
    every = headcount_rows(
        data.ledger(),
        asked.measure(part),
        department=asked.department,
        fiscal_years=asked.fiscal_years,
        selection=asked.narrowed.selection(),
    )
    if every.empty:
        return Rows(every, every)
    mine = data.records().populations()[[*KEYS, "import_id", "file_row"]]
    return Rows(every, every.merge(mine, on=KEYS, how="inner"))


def say_headcounts(asked: Asked, part: str, figure: Figure | None, rows: Rows) -> None:
    """How the headcounts make the part; nothing where there are none, or where those of others are not told."""
    hidden = len(rows.every) - len(rows.readable)
    if figure is None or rows.every.empty or (hidden and (figure.status != OK or asked.is_of_others)):
        return
    units = set(rows.every["department"])
    number = said(float(len(rows.every)), "count")
    heads = Text(many(len(rows.every), "headcount", "headcounts").en, number.ja)
    words = OWN if units == {asked.department} else ROLLED_UP
    total = float((rows.every["count"] * rows.every["sign"]).sum())
    below = many(len(units), "department", "departments")
    told = {"n": heads, "departments": below, "total": said(total, unit_of(asked.measure(part)))}
    sentences = [
        words.filled(who=with_article(asked.who), part=asked.part_name(part), **told),
        *([LESS] if (rows.every["sign"] < 0).any() else []),
    ]
    st.markdown(":material/functions: " + literal("".join(say(one) for one in sentences)))
    if hidden:
        words = HIDDEN.filled(hidden=said(float(hidden), "count"), n=number)
        st.markdown(":material/lock: " + literal(say(words)))


def headcount_table(asked: Asked, part: str, rows: Rows) -> None:
    """The headcounts that the reader may read, with their files."""
    if rows.readable.empty:
        return
    departments, countries = data.department_names(), data.country_names()
    named = rows.readable.assign(
        name=rows.readable["department"].map({code: say(name) for code, name in departments.items()}),
        population_name=rows.readable["population"].map({code: say(name) for code, name in POPULATIONS.items()}),
        group_name=rows.readable["group"].map({code: say(name) for code, name in GROUPS.items()}),
        country_name=rows.readable["country"].map({code: say(name) for code, name in countries.items()}).fillna(""),
        counted=rows.readable["sign"].map({sign: say(words) for sign, words in SIGNS.items()}),
    )
    silent = {"country_name"} if not named["country_name"].any() else set()
    silent |= {"counted"} if (named["sign"] > 0).all() else set()
    shown = {name: column for name, column in COLUMNS.items() if name not in silent}
    table(named, shown, alt=ALT, key="headcounts")
    downloads(named, COLUMNS, file_name("headcounts", "-".join(asked.of_rows), *asked.years), said_filters(asked, part))


def say_nothing_behind(asked: Asked, part: str, figure: Figure | None) -> None:
    """Why there is neither a record nor a headcount: the part counts departments, or nothing at all."""
    measure = asked.measure(part)
    if asked.is_of_others:
        return
    if isinstance(measure, Departments) and figure is not None and figure.status == OK:
        count = f"{figure.denominator if part == 'denominator' else figure.numerator:,.0f}"
        words = COUNT_OF_DEPARTMENTS.filled(part=asked.part_name(part), count=count)
    elif any(isinstance(one, READ) for one in parts(measure)):
        words = NONE.filled(who=with_article(asked.who))
    else:
        words = NO_RECORDS.filled(part=asked.part_name(part))
    st.info(literal(say(words)), icon=":material/info:")
