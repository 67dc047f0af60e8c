"""Are the agreements used? How many are in force, and those with whose partners nothing else is done."""

import pandas as pd
import streamlit as st

from metrics.agreements import ALIVE, DORMANT, ELSEWHERE, NO_PARTNER, Life
from metrics.catalogue import INDICATORS
from metrics.partner_findings import institution_names
from metrics.partner_measures import YEARS_OF_SILENCE
from metrics.portfolio import Portfolio
from pages.parts import data, filters
from pages.parts.evidence.beside import beside, beside_table
from pages.parts.language import current_language, say
from pages.parts.partners.asked import file_of, in_words
from pages.parts.tables import Column, downloads, table
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.calendar import fiscal_years_name
from vocabulary.text import Text

TITLE = Text(
    "Are the agreements used? In force on 1 May {until}", "協定は使われているか：{until}年5月1日現在で有効な協定"
)
STATES = {
    DORMANT: Text("Dormant", "休眠"),
    NO_PARTNER: Text("Partner unknown", "相手先不明"),
    ELSEWHERE: Text("Used elsewhere", "他部局のみ活動"),
    ALIVE: Text("In use", "活動あり"),
}
ICONS = {
    DORMANT: ":material/bedtime:",
    NO_PARTNER: ":material/help:",
    ELSEWHERE: ":material/call_split:",
    ALIVE: ":material/check_circle:",
}
MARKS = {DORMANT: "orange", NO_PARTNER: "gray", ELSEWHERE: "blue", ALIVE: "green"}
HOW = Text(
    "Academic and student exchange agreements. In use: a department that carries the agreement has another activity "
    "with the partner in {window}. Used elsewhere: none that carries it has, but another department has. "
    "Dormant: no department in the selected scope has any other activity with the partner. The target chosen above "
    "does not matter here.",
    "学術交流協定と学生交流協定について、{window}における相手機関との協定以外の活動をみたもの。"
    "「活動あり」は締結部局に活動があるもの、「他部局のみ活動」は締結部局にはなく他の部局に活動があるもの、"
    "「休眠」は選択した範囲のどの部局にも活動がないもの。上で選んだ目標は影響しない。",
)
BY_PURPOSE = ("exchange_agreements_alive", "academic_agreements_alive", "agreements_in_force")
PURPOSE = Text(
    "The indicators ask for what each agreement is for, in {window}: students for exchange agreements, papers and "
    "joint projects for academic ones; any department within the one chosen will do, whoever carries the agreement. "
    "The states above take any activity, and ask who carries the agreement: so the numbers differ.",
    "指標は{window}について協定の目的に沿った活動（学生交流協定は学生の往来、学術交流協定は共著論文・国際共同研究）の有無をみる。"
    "選択した範囲のいずれかの部局に活動があればよく、締結部局かどうかは問わない。"
    "上の区分はあらゆる活動を対象とし、締結部局の活動かどうかを区別するため、数は一致しない。",
)
CARD_WIDTH = 150  # pixels; below, the cards fold
ALL_ALIVE = Text(
    "Every agreement in force is used by a department that carries it.", "有効な協定のすべてで、締結部局に活動がある。"
)
ONES = Text("Agreements to look at", "確認を要する協定")


def show_agreements(found: pd.DataFrame, life: Life, portfolio: Portfolio) -> None:
    """The agreements in force counted by state, and the list of those that are not used where they were made."""
    until = portfolio.last_year
    st.subheader(say(TITLE.filled(until=until)), anchor=False)
    counts = dict(zip((ALIVE, ELSEWHERE, DORMANT, NO_PARTNER), life[1:], strict=True))
    grid = st.grid(len(counts), min_column_width=CARD_WIDTH)
    for state, count in counts.items():
        with grid.cell():
            words = f"{ICONS[state]} {say(STATES[state])}"
            st.metric(words, say(Text(f"{count:,}", f"{count:,}件")), border=True)
    window = fiscal_years_name(until - YEARS_OF_SILENCE + 1, until)
    st.caption(say(HOW.filled(window=window)))
    _by_purpose(portfolio, window)
    watched = found[found["state"] != ALIVE]
    if life.in_force and watched.empty:
        st.info(say(ALL_ALIVE), icon=":material/check_circle:")
    agreement_table(watched, portfolio, key="agreements", taken="agreements-to-look-at")


def _by_purpose(portfolio: Portfolio, window: Text) -> None:
    """The two indicators on agreements, which ask for less than the states and for certain activities only."""
    department, year = portfolio.question.department, portfolio.last_year
    beside_table(beside([INDICATORS[key] for key in BY_PURPOSE], department, year, "whole"))
    st.caption(say(PURPOSE.filled(window=window)))
    with st.container(horizontal=True, gap="small"):
        for key in BY_PURPOSE:
            filters.link("definitions", INDICATORS[key].name, icon=":material/menu_book:", indicator=key, year=year)


def agreement_table(
    found: pd.DataFrame, portfolio: Portfolio, key: str, taken: str = "", *, of_one: bool = False
) -> None:
    """A list of agreements, the dormant ones first, and of these the oldest; with a download where it has a name.

    A list of agreements with `of_one` partner does not name it.
    """
    if found.empty:
        return
    frame = _named(found, portfolio)
    columns = {name: column for name, column in _columns().items() if not (of_one and name == "name")}
    table(frame, columns, alt=ONES, key=key, height=320 if len(frame) > 8 else "auto")
    if taken:
        downloads(frame, _columns() | _MORE, file_of(taken, portfolio.question), in_words(portfolio.question))


def _named(found: pd.DataFrame, portfolio: Portfolio) -> pd.DataFrame:
    """The agreements with dates and words; only those whose records the reader may read are there."""
    ids = [int(number) for number in found["activity_id"]]
    dated = data.records().activities(columns=("activity_id", "start_date", "end_date", "record_id"), ids=ids)
    frame = found.merge(dated, on="activity_id", how="inner")
    ledger, names, abroad = portfolio.ledger, data.department_names(), data.country_names()
    partners = ledger.partner_table
    said = list(institution_names(partners, current_language()))
    countries = list(partners["country"].map({code: say(name) for code, name in abroad.items()}))
    between = say(Text("; ", "、"))
    covers = data.reader().scope.covers
    carriers = {i: say(names[code]) for i, code in enumerate(ledger.units) if covers(code)}
    order = {state: place for place, state in enumerate(STATES)}
    frame = frame.assign(
        status=frame["state"].map({state: say(words) for state, words in STATES.items()}),
        name=[between.join(said[one] for one in several) for several in frame["partners"]],
        place=[between.join(dict.fromkeys(countries[one] for one in several)) for several in frame["partners"]],
        kind=frame["activity_type"].map({code: say(kind.name) for code, kind in ACTIVITY_TYPES.items()}),
        units=[between.join(carriers[one] for one in several if one in carriers) for several in frame["departments"]],
        place_in_order=frame["state"].map(order),
    )
    return frame.sort_values(["place_in_order", "start_date"], kind="stable", ignore_index=True)


def _columns() -> dict[str, Column]:
    marks = {say(words): MARKS[state] for state, words in STATES.items()}
    return {
        "status": Column(name=Text("State", "状態"), kind="status", marks=marks, width=(140, 130)),
        "name": Column(name=Text("Partner", "相手機関"), width=(240, 230)),
        "last_year": Column(name=Text("Last other FY", "最終活動年度"), kind="year", help=LAST, width=96),
        "start_date": Column(name=Text("Since", "開始日"), kind="date", width=92),
        "units": Column(name=Text("Departments", "締結部局"), width=(210, 230)),
        "kind": Column(name=Text("Agreement", "協定の種類"), width=(190, 180)),
    }


LAST = Text(
    "Last fiscal year with another activity than an agreement with the partner",
    "協定以外の活動が相手機関とあった最後の年度",
)
_MORE = {
    "place": Column(name=Text("Country", "国・地域")),
    "end_date": Column(name=Text("Until", "終了日"), kind="date"),
    "record_id": Column(name=Text("Record", "記録番号")),
}
