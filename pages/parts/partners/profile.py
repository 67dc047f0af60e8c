"""What is done with one institution: by year, by type, by department, under which agreements."""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from metrics.agreements import agreements
from metrics.ledger import UNIVERSITY
from metrics.partner_findings import institution_names
from metrics.partnership import by_department, by_year
from metrics.portfolio import Portfolio, Question
from pages.parts import data, filters
from pages.parts.charts import Line, bars, draw, trend
from pages.parts.language import current_language, literal, say
from pages.parts.partners.agreements import agreement_table
from pages.parts.partners.institutions import kinds_in_words
from pages.parts.portfolios import portfolio_of
from pages.parts.tables import Column, table
from vocabulary.activity_types import ACTIVITY_TYPES, TARGETS
from vocabulary.calendar import fiscal_years_name
from vocabulary.text import Text

CHOOSE = Text("Institution", "機関")
NOBODY = Text("None chosen", "選択なし")
HINT = Text(
    "Choose an institution, here or in the list, to see what is done with it.",
    "機関を選ぶと（一覧の行でも可）、その機関との活動を表示する。",
)
BY_YEAR = Text("Activities by fiscal year", "年度別の活動件数")
BY_TYPE = Text("By type of activity, {years}", "種類別（{years}）")
BY_DEPARTMENT = Text("By department, {years}", "部局別（{years}）")
AGREED = Text("Agreements in force on 1 May {until}: {n}", "{until}年5月1日現在で有効な協定：{n}件")
QUIET = Text("Nothing was done with it in {years}.", "{years}の活動はない。")
HOW = Text(
    "All targets, whole counting: an activity of several departments counts in each. What is in force counts in each "
    "of its years. Only departments whose records you may read are named.",
    "全目標、整数カウント：複数部局の活動は各部局で1件と数える。有効な協定等は各年度に数える。"
    "閲覧できる部局のみを示す。",
)
ACTIVITIES = Text("Activities, {years}", "活動件数（{years}）")
SINCE = Text("{years}", "{years}の推移")
MOST = 8  # bars


def choose_partner(question: Question) -> str:
    """The ROR id of the institution whose profile is shown; nothing where none is chosen."""
    ledger, language = data.ledger(), current_language()
    ever = np.unique(portfolio_of(_all_of(question, ledger.years)).partner_pairs[1])
    known = ledger.partner_table.iloc[ever].dropna(subset=["ror_id"])
    known = known.assign(name=institution_names(known, language)).sort_values("name")
    options: dict[str, Text | str] = dict(zip(known["ror_id"].astype(str), known["name"].astype(str), strict=True))
    return filters.choose("partner", CHOOSE, {"": NOBODY, **options}, width=420)


def show_profile(question: Question, ror_id: str) -> None:
    """The profile of one institution, of the department and years asked for, whatever else the page is narrowed to."""
    if not ror_id:
        st.caption(say(HINT))
        return
    portfolio = portfolio_of(_all_of(question, question.fiscal_years))
    partners = portfolio.ledger.partner_table
    partner = int((partners["ror_id"] == ror_id).to_numpy().argmax())
    with st.container(border=True):
        _head(partners.iloc[partner], question)
        _done(portfolio, partner)
        found = agreements(portfolio)
        with_it = found[[partner in partners for partners in found["partners"]]]
        st.markdown(f"**{say(AGREED.filled(n=len(with_it), until=portfolio.last_year))}**")
        agreement_table(with_it, portfolio, key="agreements-with-it", of_one=True)


def _all_of(question: Question, fiscal_years: tuple[int, ...]) -> Question:
    until = max(question.fiscal_years)
    years = tuple(year for year in fiscal_years if year <= until)
    return replace(question, fiscal_years=years, target=None, countries=None, partner_type=None)


def _head(row: "pd.Series[str]", question: Question) -> None:
    st.markdown(f"#### {literal(_name(row))}")
    place = [str(row["city"]), say(data.country_names()[str(row["country"])]), kinds_in_words(str(row["types"]))]
    years = question.fiscal_years
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(literal(say(Text(", ", "、")).join(part for part in place if part)), width="content")
        st.link_button("ROR", str(row["ror_id"]), icon=":material/open_in_new:", type="tertiary")
        filters.link(
            "records",
            Text("Its records", "活動記録"),
            icon=":material/table_rows:",
            indicator="",
            partner=str(row["ror_id"]),
            department=question.department,
            years=f"{min(years)}-{max(years)}",
        )
        filters.link(
            "hub",
            Text("Its country in the hub", "この国・地域との連携のハブ"),
            icon=":material/hub:",
            department=question.department,
            country=str(row["country"]),
            region="",
            years=f"{min(years)}-{max(years)}",
        )


def _name(row: "pd.Series[str]") -> str:
    return str(institution_names(row.to_frame().T, current_language()).iloc[0])


def _done(portfolio: Portfolio, partner: int) -> None:
    years = portfolio.question.fiscal_years
    span = fiscal_years_name(min(years), max(years))
    shown = [year for year in data.fiscal_years() if year <= portfolio.last_year]
    history = by_year(portfolio, partner, shown)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{say(BY_YEAR)}**")
        rows = pd.DataFrame({"fiscal_year": shown, "value": history.sum().astype(float).to_list()})
        draw(trend(BY_YEAR, "count", [Line(rows=rows)], height=240), key="partner-years")
    with right:
        st.markdown(f"**{say(BY_DEPARTMENT.filled(years=span))}**")
        _departments(portfolio, partner, span)
    st.markdown(f"**{say(BY_TYPE.filled(years=span))}**")
    _types(portfolio, partner, history, span)
    st.caption(say(HOW))


def _departments(portfolio: Portfolio, partner: int, span: Text) -> None:
    found = by_department(portfolio, partner, data.reader().scope.covers)[:MOST]
    if found.empty:
        st.caption(say(QUIET.filled(years=span)))
        return
    names = {**data.department_names(), UNIVERSITY: Text("University itself", "大学本部")}
    rows = zip(found["department"], found["activities"], strict=True)
    named = [(str(code), names[str(code)], float(number)) for code, number in rows]
    draw(bars(BY_DEPARTMENT.filled(years=span), "count", named), key="partner-departments")


def _types(portfolio: Portfolio, partner: int, history: pd.DataFrame, span: Text) -> None:
    kinds = portfolio.kinds()
    kinds = kinds[kinds["partner"] == partner]
    if kinds.empty:
        st.caption(say(QUIET.filled(years=span)))
        return
    kind = kinds["activity_type"].map(ACTIVITY_TYPES)
    frame = kinds.assign(
        name=[say(one.name) for one in kind],
        target=[say(TARGETS[one.target]) for one in kind],
        history=[history.loc[code].to_list() for code in kinds["activity_type"]],
    )
    columns = {
        "name": Column(name=Text("Activity", "活動の種類"), width=(170, 150)),
        "activities": Column(name=ACTIVITIES.filled(years=span), kind="count"),
        "history": Column(name=SINCE.filled(years=_span(history)), kind="trend", width=170),
        "target": Column(name=Text("Target", "目標")),
    }
    table(frame, columns, alt=BY_TYPE.filled(years=span), key="partner-types")


def _span(history: pd.DataFrame) -> Text:
    return fiscal_years_name(int(history.columns[0]), int(history.columns[-1]))
