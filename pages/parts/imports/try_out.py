"""Before anything is stored: which figures would move by how much, if all the files in order were."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime
from math import isnan
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from metrics.indicator import Indicator
from metrics.numbers import decimals_apart, said
from pages.parts import data, jobs, writing
from pages.parts.imports.desk import CheckedAs, Desk, Sent, checked_as, delivery
from pages.parts.language import literal, say
from pages.parts.tables import STATUS, Column, downloads, table
from vocabulary.calendar import fiscal_year, fiscal_year_name, fiscal_years_name
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

TRY = Text("Preview which figures move", "動く指標を確認する")
TRY_HELP = Text(
    "Stores the files in order, looks at every figure and undoes it all again. Nothing is kept.",
    "問題のないファイルを仮に登録し、すべての指標を計算してから元に戻す。何も残らない。",
)
COUNTING = Text(
    "Step 1 of 2: counting every figure as it is now, mostly under 20 seconds…",
    "1/2：現在の指標を計算しています（多くは20秒以内）…",
)
TRYING = Text(
    "Step 2 of 2: working out every figure as it would be, mostly under 20 seconds…",
    "2/2：登録後の指標を計算しています（多くは20秒以内）…",
)
NOTHING_MOVES = Text("No figure moves.", "動く指標はない。")
MOVES = Text("{n} figures move, the largest:", "指標の値が{n}件動く。変化の大きい順に：")
OF_ALL = Text("{n} figures move. Of the university, the largest:", "指標の値が{n}件動く。大学全体で変化の大きい順に：")
FORMER = Text("Figures of {years} move: of years that have ended.", "終了した年度（{years}）の指標が動く。")
AND = Text(", ", "、")
MOST_YEARS = 4  # named one by one
ONE = Text(
    "{indicator}, {department}, {year}: {before} → {after}", "{indicator}（{department}、{year}）：{before} → {after}"
)
REFUSED = Text(
    "Together the files do not fit: {file}: {message}", "ファイルを合わせると矛盾があります。{file}：{message}"
)
MOST_SAID = 5
JAPAN = ZoneInfo("Asia/Tokyo")
ALT = Text("Figures that move, the largest first", "動く指標（変化の大きい順）")
COLUMNS = {
    "indicator_name": Column(name=Text("Indicator", "指標"), width=320),
    "department_name": Column(name=Text("Department", "部局"), width=220),
    "year": Column(name=Text("Year", "年度"), width=80),
    "before_said": Column(name=Text("Now", "現在"), width=110, align="right"),
    "after_said": Column(name=Text("After storing", "登録後"), width=110, align="right"),
}


def try_out(here: Desk, fine: Sequence[Sent]) -> None:
    """The button, and then which figures would move, the largest first."""
    if not fine:
        return
    keys = tuple(checked_as(sent) for sent in fine)
    asked = st.button(say(TRY), icon=":material/preview:", type=_weight(here, keys), help=say(TRY_HELP), key="try")
    if (asked and not is_tried(here, fine)) or jobs.is_under_way("try"):
        here.tried = jobs.done("try", TRYING, lambda: _begun(fine))
        st.rerun()
    if here.tried is not None and here.tried[0] == keys:
        _what_moves(here.tried[1])


def _begun(fine: Sequence[Sent]) -> jobs.Work[tuple[tuple[CheckedAs, ...], writing.Tried]]:
    """The work of trying; the figures as they are now are counted first, which is said while it lasts."""
    with st.spinner(say(COUNTING)):
        work = writing.trying([delivery(sent) for sent in fine])
    return jobs.under(tuple(checked_as(sent) for sent in fine), work)


def is_tried(here: Desk, fine: Sequence[Sent]) -> bool:
    """Whether the reader has seen what storing exactly these files would do to the data as they are."""
    keys = tuple(checked_as(sent) for sent in fine)
    return here.tried is not None and here.tried[0] == keys and here.tried[1].moved is not None


def _what_moves(tried: writing.Tried) -> None:
    if tried.moved is None:
        for report in tried.reports:
            for remark in [remark for remark in report.remarks if remark.severity == "error"][:MOST_SAID]:
                st.warning(literal(say(REFUSED.filled(file=report.file_name, message=remark.message))))
        return
    indicators, names = data.indicators(), data.department_names()
    known = _telling(tried.moved[tried.moved["indicator"].isin(list(indicators))])
    if known.empty:
        st.markdown(f"**{say(NOTHING_MOVES)}**")
        return
    if former := former_years(known, datetime.now(tz=JAPAN).date()):
        st.info(say(FORMER.filled(years=former)), icon=":material/history:")
    own = known[known["department"] == UNIVERSITY]
    first = own if len(own) else known
    words = OF_ALL if len(own) and len(own) < len(known) else MOVES
    decimals = _decimals(known, indicators)
    lines = [_sentence(row, indicators, names, decimals) for row in first.head(MOST_SAID).to_dict("records")]
    answer = f"**{say(words.filled(n=f'{len(known):,}'))}**"
    st.markdown("\n".join([answer, "", *(f"- {line}" for line in lines)]))
    seen = _seen(known, indicators, names, decimals)
    table(seen, COLUMNS, alt=ALT, key="moves")
    downloads(seen, COLUMNS, "figures-that-move")


def former_years(moved: pd.DataFrame, today: date) -> Text | None:
    """The fiscal years of the moves that ended before today: each by its name, or the first and last of many."""
    years = sorted({int(year) for year in moved["fiscal_year"] if year < fiscal_year(today)})
    if not years:
        return None
    if len(years) > MOST_YEARS:
        return fiscal_years_name(years[0], years[-1])
    names = [fiscal_year_name(year) for year in years]
    return Text(AND.en.join(name.en for name in names), AND.ja.join(name.ja for name in names))


def _telling(moved: pd.DataFrame) -> pd.DataFrame:
    """The moves of values, first those of the university, first where there is a value before and after."""
    told = moved.dropna(subset=["before", "after"], how="all")
    order = pd.DataFrame({"of_others": told["department"] != UNIVERSITY, "comes_or_goes": told["difference"].isna()})
    return told.loc[order.sort_values(["comes_or_goes", "of_others"], kind="stable").index]


def _decimals(moved: pd.DataFrame, indicators: Mapping[str, Indicator]) -> Mapping[str, int]:
    """The decimals of each indicator beyond the usual ones, the same in every row."""
    return {
        str(key): decimals_apart(zip(rows["before"], rows["after"], strict=True), indicators[str(key)].unit)
        for key, rows in moved.groupby("indicator")
    }


def _sentence(
    row: Mapping[Hashable, object],
    indicators: Mapping[str, Indicator],
    names: Mapping[str, Text],
    decimals: Mapping[str, int],
) -> str:
    """`**International co-publication share**, the university, FY2025: 44.1 % → 44.6 %`."""
    indicator = indicators[str(row["indicator"])]
    code = str(row["department"])
    before, after = _both(row, indicator, decimals[indicator.key])
    words = ONE.filled(
        indicator=indicator.name,
        department=names.get(code, Text(code, code)),
        year=fiscal_year_name(int(str(row["fiscal_year"]))),
        before=before,
        after=after,
    )
    return literal(say(words))


def _both(row: Mapping[Hashable, object], indicator: Indicator, more: int) -> tuple[Text, Text]:
    """The values before and after as they are said; a status where there is no value."""
    before, after = float(str(row["before"])), float(str(row["after"]))
    return (
        STATUS[str(row["status_before"])] if isnan(before) else said(before, indicator.unit, more),
        STATUS[str(row["status_after"])] if isnan(after) else said(after, indicator.unit, more),
    )


def _seen(
    moved: pd.DataFrame, indicators: Mapping[str, Indicator], names: Mapping[str, Text], decimals: Mapping[str, int]
) -> pd.DataFrame:
    """The moves in words, for a table and its files."""
    rows = moved.to_dict("records")
    both = [_both(row, indicators[str(row["indicator"])], decimals[str(row["indicator"])]) for row in rows]
    return moved.assign(
        indicator_name=[say(indicators[str(row["indicator"])].name) for row in rows],
        department_name=[say(names.get(str(row["department"]), Text(*[str(row["department"])] * 2))) for row in rows],
        year=[say(fiscal_year_name(int(row["fiscal_year"]))) for row in rows],
        before_said=[say(one) for one, _ in both],
        after_said=[say(other) for _, other in both],
    )


def _weight(here: Desk, keys: tuple[CheckedAs, ...]) -> Literal["primary", "secondary"]:
    return "secondary" if here.tried is not None and here.tried[0] == keys else "primary"
