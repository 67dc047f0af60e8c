"""Every group of a change: its effects, rates, counts and weights, their sums, downloads, and the ways to a group."""

import pandas as pd
import streamlit as st

from metrics.change_split import APART, MIX, NEW, STAYS, VANISHED, WITHIN, WITHOUT_BASE, ChangeSplit
from metrics.figure_sentence import unit_of
from metrics.indicator import Unit
from pages.parts import data
from pages.parts.change.asked import Asked, capital
from pages.parts.filters import link
from pages.parts.language import say
from pages.parts.tables import NAME, Column, Columns, Kind, downloads, file_name, table
from pages.parts.ways import to_comparison, to_records
from vocabulary.calendar import fiscal_year_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.strata import NAMES
from vocabulary.text import NOTHING, Text

TITLE = Text("All {groups}", "{groups}ごとの内訳")
ALT = Text("Change of {name} by {groups}", "{groups}別にみた{name}の変化")
STATES = {
    STAYS: NOTHING,
    NEW: Text("new", "新規"),
    VANISHED: Text("vanished", "消滅"),
    WITHOUT_BASE: Text("no denominator", "分母なし"),
}
ALL = Text("All", "合計")
CHOOSE = Text("Choose a row for the ways to what it is made of.", "行を選ぶと、元の記録などへのリンクを表示する。")
COUNTS = Text(" The files also hold numerators and denominators.", "分子と分母はファイルに含む。")
IN_POINTS = Text(" (points)", "（pt）")  # in Japanese short: else the last column is cut off
OF_YEAR = Text("{name} {year}", "{name} {year}")
EFFECT = Text("Effect", "寄与")
BY_RATE, BY_WEIGHT, TOTAL, BASELESS = (
    Text("By rate", "率要因"),
    Text("By weight", "比重要因"),
    Text("Total", "計"),
    Text("no denominator", "分母なし"),
)
RATE, WEIGHT = Text("Rate", "率"), Text("Weight", "比重")
RATE_HELP = Text(
    "The change of its rate, times the mean of its two weights", "率の変化に、2時点の比重の平均を掛けたもの"
)
WEIGHT_HELP = Text(
    "The change of its weight, times how far its mean rate lies from the mean rate of the whole",
    "比重の変化に、その平均の率と全体の平均の率との差を掛けたもの",
)
COUNT_COLUMNS = [f"{side}_{when}" for side in ("numerator", "denominator") for when in ("before", "after")]
OWN_CHANGE = Text("Its own change", "この部局の変化")
PROFILE = Text("Profile", "部局の現状")
RECORDS_OF = Text("Records {year}", "活動記録（{year}）")


def draw_table(asked: Asked, split: ChangeSplit) -> None:
    """The table with its sums in the last row; of a row that is chosen the ways on."""
    groups, indicator = NAMES[split.stratification], split.indicator
    st.subheader(say(capital(TITLE.filled(groups=groups))), anchor=False)
    rows, columns = _rows(asked, split), _columns(split)
    seen = {name: one for name, one in columns.items() if not split.is_ratio or name not in COUNT_COLUMNS}
    key = f"change:{indicator.key}:{split.stratification}:{split.years}:{asked.counting}"
    alt = ALT.filled(name=indicator.name, groups=groups)
    chosen = table(rows, seen, alt=alt, key=key, height="content", choose=True)
    st.caption(say(CHOOSE) + (say(COUNTS) if split.is_ratio else ""))
    for row in chosen.dropna(subset=["group"]).to_dict("records"):
        _ways(asked, split, str(row["group"]), str(row["name"]))
    of = {
        Text("Indicator", "指標"): say(indicator.name),
        Text("Department", "部局"): say(asked.who),
        Text("Counting", "計数方法"): say(COUNTING_RULES[asked.counting]),
    }
    downloads(rows, columns, file_name(f"change-{indicator.key}", asked.department, *split.years), of)


def _rows(asked: Asked, split: ChangeSplit) -> pd.DataFrame:
    """The groups and, last, their sums; effects of shares in points."""
    rows = split.rows.assign(
        name=[say(asked.name_of(split, str(code))) for code in split.rows["group"]],
        words=[say(STATES[state]) for state in split.rows["state"]],
    )
    whole: dict[str, object] = {"name": say(ALL), "group": None, "words": "", **split.effects, "effect": split.change}
    for when, value in (("before", split.value_before), ("after", split.value_after)):
        whole |= {f"{side}_{when}": split.whole(f"{side}_{when}") for side in ("numerator", "denominator")}
        whole |= {f"weight_{when}": 1.0, f"rate_{when}": value}
    every = pd.concat([rows, pd.DataFrame([whole])], ignore_index=True)
    effects = [WITHIN, MIX, APART, "effect"]
    every[effects] *= 100 if split.indicator.unit == "share" else 1
    return every


def _columns(split: ChangeSplit) -> Columns:
    indicator, unit = split.indicator, split.indicator.unit
    top = unit_of(indicator.numerator) if split.is_ratio else unit
    columns = {
        "name": Column(name=Text("Group", "区分"), width=NAME),
    }
    if any(split.rows["state"] != STAYS):
        columns["words"] = Column(name=Text("State", "状態"), width=(110, 80))
    if not split.is_ratio:
        value = Text("Value", "値")
        columns["effect"] = _effect(EFFECT, unit)
        return columns | _of_years(split, "numerator", value, top) | _of_years(split, "weight", WEIGHT, "share")
    columns |= {WITHIN: _effect(BY_RATE, unit, RATE_HELP), MIX: _effect(BY_WEIGHT, unit, WEIGHT_HELP)}
    if split.effects[APART]:
        columns[APART] = _effect(BASELESS, unit)
    columns["effect"] = _effect(TOTAL, unit)
    bottom = indicator.denominator or indicator.numerator
    return (
        columns
        | _of_years(split, "rate", RATE, unit)
        | _of_years(split, "weight", WEIGHT, "share")
        | _of_years(split, "numerator", Text("Numerator", "分子"), top, indicator.numerator.text)
        | _of_years(split, "denominator", Text("Denominator", "分母"), unit_of(bottom), bottom.text)
    )


def _effect(name: Text, unit: Unit, explained: Text | None = None) -> Column:
    """A column of effects: those of shares stand in points with two decimals."""
    points = IN_POINTS if unit == "share" else NOTHING
    kind: Kind = "index" if unit in ("share", "index") else unit
    return Column(name=Text(name.en + points.en, name.ja + points.ja), kind=kind, help=explained)


def _of_years(
    split: ChangeSplit, side: str, name: Text, kind: Kind, explained: Text | None = None
) -> dict[str, Column]:
    """The two columns of a side, before and after."""
    return {
        f"{side}_{when}": Column(name=OF_YEAR.filled(name=name, year=year), kind=kind, help=explained)
        for when, year in zip(("before", "after"), split.years, strict=True)
    }


def _ways(asked: Asked, split: ChangeSplit, code: str, name: str) -> None:
    """From a group to its profile and its own change, or to the records behind it."""
    key, (first, last) = split.indicator.key, split.years
    one_department = split.stratification == "department" and code in data.department_names()
    unit = code if one_department else asked.department
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{name}**", width="content")
        if one_department:
            link("department", PROFILE, icon=":material/account_balance:", department=code)
            link("change", OWN_CHANGE, icon=":material/call_split:", department=code, indicator=key)
        if split.stratification == "kind":
            to_comparison(key, "", last, code)
        level = (code,) if split.stratification == "level" else ""
        for year in (first, last):
            to_records(key, unit, year, RECORDS_OF.filled(year=fiscal_year_name(year)), level=level)
