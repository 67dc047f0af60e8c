"""The figures behind the dots in a table, in the order of the register, with its downloads and how they add up."""

import pandas as pd
import streamlit as st

from metrics.interval_kinds import said_kind
from metrics.numbers import said
from metrics.reconciliation import reconcile, unit_counted
from metrics.tabulate import OK
from pages.parts import data
from pages.parts.comparison.figures import Comparison
from pages.parts.departments import leaves
from pages.parts.language import literal, say
from pages.parts.quality.kept import incomplete
from pages.parts.quality.marks import INCOMPLETE
from pages.parts.tables import STATUS, Column, Columns, Kind, downloads, table
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.text import Text

TITLE = Text("The figures", "数値")
ALT = Text("{name} by department in {year}", "部局別の{name}（{year}）")
LISTED = Text(
    "The {count} listed add up to {summed}. Only all departments can be set beside the university: {line}",
    "表の{count}部局の合計は{summed}。全学の値と照合できるのは全部局の合計に限る。{line}",
)
FORMULA = Text("Numerator / denominator: {formula}", "分子／分母：{formula}")
OF = {"share": "count"}


def draw(shown: Comparison) -> None:
    """The table of all departments that the reader may see, and of nobody else."""
    indicator, year = shown.indicator, fiscal_year_name(shown.year)
    st.subheader(say(TITLE), anchor=False)
    if indicator.denominator is not None:
        st.caption(literal(say(FORMULA.filled(formula=indicator.formula))))
    rows = _rows(shown)
    columns = _columns(shown, rows)
    alt = ALT.filled(name=indicator.name, year=year)
    table(rows, columns, alt=alt, key=f"compared:{indicator.key}", height="content")
    of = {
        Text("Indicator", "指標"): say(indicator.name),
        Text("Fiscal year", "年度"): say(year),
        Text("Counting", "計数方法"): say(COUNTING_RULES[shown.counting]),
    }
    downloads(rows, columns, f"{indicator.key}-{shown.year}", of)
    _reconciled(shown)


def _rows(shown: Comparison) -> pd.DataFrame:
    named = shown.rows.assign(
        name=[say(shown.departments[code].name) for code in shown.rows["code"]],
        note=[say(STATUS[status]) for status in shown.rows["status"]],
    )
    named.loc[named["status"] != OK, ["low", "high"]] = float("nan")
    lacking = [incomplete(shown.indicator.key, code, shown.year, shown.counting) for code in shown.rows["code"]]
    ok = [status == OK for status in shown.rows["status"]]
    return named.assign(
        lacking=[say(one.text) if one and there else "" for one, there in zip(lacking, ok, strict=True)]
    )


def _columns(shown: Comparison, rows: pd.DataFrame) -> Columns:
    indicator = shown.indicator
    value: Kind = indicator.unit
    counted: Kind = unit_counted(indicator)
    every = {
        "name": Column(name=Text("Department", "部局"), width=(200, 150)),
        "value": Column(name=Text("Value", "値"), kind=value),
        "low": Column(
            name=Text("From", "区間下限"),
            kind=value,
            help=said_kind(indicator),
        ),
        "high": Column(
            name=Text("To", "区間上限"),
            kind=value,
            help=said_kind(indicator),
        ),
        "numerator": Column(name=Text("Numerator", "分子"), kind=counted, help=indicator.numerator.text),
        "denominator": Column(
            name=Text("Denominator", "分母"),
            kind="yen" if counted == "yen" else "count",
            help=indicator.denominator.text if indicator.denominator else None,
        ),
        "known": Column(name=Text("Country known", "国が判明"), kind="count"),
        "unknown": Column(name=Text("Country unknown", "国が不明"), kind="count"),
        "note": Column(name=Text("Status", "状況"), width=110),
        "lacking": Column(name=INCOMPLETE, width=300),
    }
    optional = {"low", "high", "denominator", "known", "unknown"}
    without = {name for name in optional if rows[name].isna().all()} | {
        name for name in ("note", "lacking") if not any(rows[name])
    }
    without |= {"numerator"} if indicator.denominator is None else set()
    return {name: column for name, column in every.items() if name not in without}


def _reconciled(shown: Comparison) -> None:
    """The sum of all departments beside the university, and of those listed; for those who may see all of them."""
    if not data.reader().scope.whole_university:
        return
    line = reconcile(shown.figures, shown.indicator, shown.year, leaves())
    if line is None:
        return
    words = line.text
    if shown.kind:
        listed = reconcile(shown.figures, shown.indicator, shown.year, shown.departments)
        count, summed = (listed.departments, listed.summed) if listed else (0, 0.0)
        words = LISTED.filled(count=count, summed=said(summed, unit_counted(shown.indicator)), line=words)
    st.caption(literal(say(words)))
