"""The findings row by row, with the way to each record, and files: the list, and the records as they are imported."""

import pandas as pd
import streamlit as st

from metrics.numbers import said
from metrics.quality.check import SEVERITIES
from metrics.quality.listed import listed, owner_names
from metrics.quality.registry import CHECKS
from pages.parts import data
from pages.parts.evidence.one_record import records_chosen
from pages.parts.language import current_language, literal, say
from pages.parts.quality.asked import ALL_SOURCES, Asked, source_name
from pages.parts.quality.kept import for_the_office, readable
from pages.parts.quality.mending import files_to_mend
from pages.parts.tables import Column, Columns, choosing_table, downloads, file_name, telling
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

TITLE = Text("Row by row", "個々の指摘")
MOST_SHOWN = 5_000
MEND = Text("How to mend", "直し方")
ALT = Text("Findings, one a row", "指摘の一覧（1行1件）")
CHOOSE = Text("Choose a row to read its record in full.", "行を選ぶと、その記録の全項目を表示する。")
TOO_MANY = Text(
    "The table shows {shown} of {n}; the download has all of them.",
    "表は全{n}のうち{shown}を示す。ダウンロードには全件を含む。",
)
COLUMNS: Columns = {
    "record": Column(name=Text("Record or headcount", "記録・人数"), width=230),
    "wrong": Column(name=Text("What is wrong", "内容"), width=330),
    "year": Column(name=Text("Year", "年度"), width=80),
    "departments": Column(name=Text("Department", "部局"), width=230),
    "check_name": Column(name=Text("Check", "点検項目"), width=180),
    "source_name": Column(name=Text("Source", "情報源"), width=110),
    "record_id": Column(name=Text("Record id", "記録ID"), width=140),
    "severity_name": Column(name=Text("Kind", "区分"), width=110),
    "mend": Column(name=MEND, width=330),
    "owner_name": Column(name=Text("To mend by", "担当"), width=230),
}
READ_FIRST = ("record", "wrong", "year", "departments", "owner_name", "source_name", "record_id")


def finding_rows(asked: Asked, check: str) -> None:
    """The findings of a check, the files, and in full the records that are chosen."""
    found = asked.found
    found = found[found["check"] == check]
    rows = _named(asked, found)
    st.subheader(say(TITLE), anchor=False)
    shown = rows.head(MOST_SHOWN)
    if len(shown) < len(rows):
        numbers = {"shown": said(float(len(shown)), "count"), "n": said(float(len(rows)), "count")}
        st.caption(literal(say(TOO_MANY.filled(**numbers))))
    columns = {name: column for name, column in telling(COLUMNS, rows).items() if name in READ_FIRST}
    chosen = choosing_table(shown, columns, alt=ALT, word="chosen", code="code")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if (rows["activity_id"] >= 0).any():
            st.caption(say(CHOOSE), width="content")
        name = file_name(f"quality-{check}", asked.department, "all" if asked.year is None else asked.year)
        downloads(rows, COLUMNS, name, _filters(asked, check))
    files_to_mend(asked, found)
    ids = chosen["activity_id"][chosen["activity_id"] >= 0]
    if len(ids):
        records_chosen(data.records().activities(ids=[int(number) for number in ids]))


def _named(asked: Asked, found: pd.DataFrame) -> pd.DataFrame:
    """The rows in words; `code` names one in the address, `activity_id` its record (-1: none)."""
    held, language, names = asked.seen.holdings, current_language(), data.department_names()
    rows = listed(held, found, language, readable())
    what = rows["title"].where(rows["title"] != "", rows["counted"])
    positions = found["activity"].to_numpy()
    ids = held.ledger.activity_ids
    owners = rows["owner"].mask(for_the_office(found), "office")
    return rows.assign(
        record=what,
        code=[f"{check}:{place}" for check, place in zip(rows["check"], found.index, strict=True)],
        activity_id=[int(ids[place]) if place >= 0 else -1 for place in positions],
        year=[say(fiscal_year_name(int(year))) for year in rows["fiscal_year"]],
        departments=[owner_names(codes, names, language) for codes in rows["department"]],
        owner_name=[owner_names(codes, names, language) for codes in owners],
        mend=[say(CHECKS[key].mend) for key in rows["check"]],
        check_name=[say(CHECKS[key].name) for key in rows["check"]],
        severity_name=[say(SEVERITIES[CHECKS[key].severity].name) for key in rows["check"]],
        source_name=[say(source_name(code)) for code in rows["source"]],
    )


def _filters(asked: Asked, check: str) -> dict[Text, str]:
    return {
        Text("Department", "部局"): say(asked.who),
        Text("Fiscal year", "年度"): say(asked.year_name),
        Text("Source", "情報源"): say(source_name(asked.source) if asked.source else ALL_SOURCES),
        Text("Check", "点検項目"): say(CHECKS[check].name),
    }
