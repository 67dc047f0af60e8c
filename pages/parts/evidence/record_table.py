"""The list of records: searched, narrowed to those that lack something, taken along as a file."""

import pandas as pd
import streamlit as st

from metrics.contributions import Counted
from metrics.numbers import said
from metrics.search import folded
from pages.parts.evidence.asked import UNKNOWN, Asked, parts_of, said_filters
from pages.parts.evidence.behind import Behind
from pages.parts.filters import ALL, choose, search
from pages.parts.language import literal, say
from pages.parts.tables import Column, Columns, Kind, choosing_table, downloads, file_name, telling
from vocabulary.text import Text

MOST_SHOWN = 10_000
ALT = Text("Records, one a row", "活動記録の一覧（1行1件）")
SEARCH = Text("Search title or record id", "件名・記録IDで検索")
MISSING = Text("What is missing", "欠けている項目")
LACKING = {
    "": ALL,
    "without_country": Text("Country not known", "国が不明"),
    "without_people": Text("Nobody named", "参加者の記載なし"),
}
NONE_FOUND = Text("No record has {words} in its title or id.", "件名・記録IDに「{words}」を含む記録はない。")
NONE_LACK = Text("None of the records lacks this.", "該当する記録はない。")
TOO_MANY = Text(
    "The table shows the latest {shown} of {n}; the download has all of them.",
    "表は全{n}のうち新しい順に{shown}を示す。ダウンロードには全件を含む。",
)
CHOOSE = Text("Choose rows to read them in full.", "行を選ぶと、全項目を表示する。")
READ_FIRST = (
    *("title", "counts_as", "start_date", "missing", "type", "department_shares", "partners"),
    *("source", "record_id"),
)
KINDS: dict[Counted, Kind] = {"yen": "yen", "persons": "persons"}
COUNTS_AS = Text(
    "What the record adds under the counting rule: 1, its share, its persons, or its amount.",
    "計数方法に従って、その記録が加える数（1件、割合、人数、金額）。",
)


def columns(counted: Counted) -> Columns:
    """The columns of the list, what matters most first."""
    return {
        "title": Column(name=Text("Title", "件名"), width=250),
        "counts_as": Column(name=Text("Counts as", "計上"), kind=KINDS.get(counted, "count"), help=COUNTS_AS, width=84),
        "start_date": Column(name=Text("From", "開始日"), kind="date", width=92),
        "missing": Column(name=Text("Missing", "欠けている項目"), width=125),
        "type": Column(name=Text("Type", "種別"), width=130),
        "end_date": Column(name=Text("Until", "終了日"), kind="date", width=92),
        "department_shares": Column(name=Text("Departments and shares", "部局と割合"), width=250),
        "led_by": Column(name=Text("Led by", "主担当"), width=150),
        "partners": Column(name=Text("Partners", "連携機関"), width=200),
        "countries": Column(name=Text("Countries", "国・地域"), width=130),
        "people": Column(name=Text("People", "参加者"), kind="persons"),
        "level_name": Column(name=Text("Level", "課程・職位"), width=90),
        "amount": Column(name=Text("Amount", "金額"), kind="count"),
        "currency": Column(name=Text("Currency", "通貨"), width=70),
        "source": Column(name=Text("Source", "情報源"), width=110),
        "record_id": Column(name=Text("Record id", "記録ID"), width=140),
        "import_id": Column(name=Text("Import", "取り込み"), kind="year", width=80),
        "file_row": Column(name=Text("Row", "行"), kind="year", width=80),
    }


def record_table(asked: Asked, part: str, found: Behind) -> pd.DataFrame:
    """The list with its search and its files; gives the rows that the reader chose."""
    if found.rows.empty:
        return found.rows
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = search("find", SEARCH, width=320)
        lacking = _choose_lacking(asked, found.rows)
    rows = narrowed(found.rows, words, lacking)
    if rows.empty:
        st.info(literal(say(NONE_FOUND.filled(words=words) if words.strip() else NONE_LACK)))
        return rows
    shown = rows.head(MOST_SHOWN)
    if len(shown) < len(rows):
        numbers = {"shown": said(float(len(shown)), "count"), "n": said(float(len(rows)), "count")}
        st.caption(literal(say(TOO_MANY.filled(**numbers))))
    named = columns(found.everything.counted)
    shown = shown.assign(named=shown["source"] + ":" + shown["record_id"])
    chosen = choosing_table(shown, _told(named, found.rows), alt=ALT, word="chosen", code="named")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(say(CHOOSE), width="content")
        downloads(
            rows,
            named,
            file_name("records", "-".join(asked.of_rows), *asked.years),
            _filters(asked, part, words, lacking),
        )
    return chosen


def _choose_lacking(asked: Asked, rows: pd.DataFrame) -> str:
    """What is missing in the records that are shown; only what some lack, and what is no part of the figure already."""
    parts = parts_of(asked.indicator)
    there = {
        code: name
        for code, name in LACKING.items()
        if not code or (rows[code].any() and not (code == "without_country" and UNKNOWN in parts))
    }
    if len(there) < 2:
        return ""
    return choose("missing", MISSING, there, style="buttons", label_visibility="collapsed")


def _told(named: Columns, rows: pd.DataFrame) -> Columns:
    """What one reads first, as far as any row says it; the rest is in the record that is chosen, and in the file."""
    return {name: column for name, column in telling(named, rows).items() if name in READ_FIRST}


def narrowed(rows: pd.DataFrame, words: str, lacking: str) -> pd.DataFrame:
    """The rows with the words in their title or record id, and of them those that lack something."""
    if lacking:
        rows = rows[rows[lacking]]
    wanted = folded(words.strip())
    if not wanted:
        return rows
    texts = zip(rows["title"], rows["record_id"], strict=True)
    held = [wanted in folded(f"{title}\n{record_id}") for title, record_id in texts]
    return rows[held]


def _filters(asked: Asked, part: str, words: str, lacking: str) -> dict[Text, str]:
    told = said_filters(asked, part)
    if words.strip():
        told[SEARCH] = words.strip()
    if lacking:
        told[MISSING] = say(LACKING[lacking])
    return told
