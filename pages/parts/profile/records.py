"""The records that a department's figures rest on: how many, the latest, and the way to all of them."""

import streamlit as st

from metrics.codes import TYPE_CODES
from metrics.numbers import said
from metrics.portfolio import Portfolio
from pages.parts import data
from pages.parts.language import say
from pages.parts.profile.figures import Profile
from pages.parts.tables import Column, Rows, shown
from pages.parts.ways import ALL_RECORDS, to_records
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

LATEST = 8
TITLE = Text("Its records", "活動記録")
COUNT = Text(
    "{number} records count in {year}: what began in it, and what was in force on 1 May. The latest:",
    "{year}に計上される活動記録は{number}（年度内に開始した活動と、5月1日現在で継続中のもの）。最近のもの：",
)
NONE = Text("No record counts in {year}.", "{year}に計上される活動記録はない。")
ALL = Text("All its records", "活動記録をすべて見る")
ALT = Text("The latest records of {name} in {year}", "{name}の最近の記録（{year}）")
COLUMNS = {
    "start_date": Column(name=Text("From", "開始日"), kind="date", width=92),
    "title": Column(name=Text("Title", "件名"), width=200),
    "type": Column(name=Text("Type", "種別"), width=130),
}


def draw(profile: Profile) -> None:
    """The number of records and the latest of them."""
    year = fiscal_year_name(profile.year)
    st.subheader(say(TITLE), anchor=False)
    found = profile.portfolio
    if not len(found.activities):
        st.caption(say(NONE.filled(year=year)))
        return
    st.caption(say(COUNT.filled(number=said(len(found.activities), "count"), year=year)))
    shown(
        _latest(found),
        COLUMNS,
        alt=ALT.filled(name=profile.department.name, year=year),
        key="records",
        height="content",
    )
    to_records(ALL_RECORDS, profile.department.code, profile.year, ALL)


def _latest(portfolio: Portfolio) -> Rows:
    """Those of them that began last, of one day the first; one that is not there any more is left out."""
    ledger = portfolio.ledger
    latest = ledger.latest(portfolio.activities, LATEST)
    ids = ledger.activity_ids[latest].tolist()
    titles = data.records().titles(ids)
    there = latest[[number in titles for number in ids]]
    return {
        "start_date": ledger.start_day[there].astype("datetime64[D]").astype("datetime64[s]"),
        "title": [titles[number] for number in ids if number in titles],
        "type": [say(ACTIVITY_TYPES[TYPE_CODES[kind]].name) for kind in ledger.kind[there].tolist()],
    }
