"""One record in full: all that is written of it, and the figures in which it counts."""

from math import isnan
from typing import TypedDict

import pandas as pd
import streamlit as st

from metrics.ledger import Ledger
from metrics.numbers import show
from metrics.one_record import indicators_of
from metrics.record_list import RecordList
from pages.parts import data
from pages.parts.evidence.record_history import record_history
from pages.parts.filters import link
from pages.parts.language import current_language, literal, say
from pages.parts.reading import reading_table
from vocabulary.calendar import fiscal_year
from vocabulary.text import Text

ImportCode = TypedDict("ImportCode", {"import": int})  # the address's word is Python's, too
MOST_PARTNERS = 8
MOST_IN_FULL = 5
BACK = Text("Back to the list", "一覧に戻る")
NOT_THERE = Text(
    "There is no record {record} that you may read. A record is named by its source and its id, as in "
    "agreements:agreement-0001.",
    "閲覧できる記録に {record} はない。記録は「情報源:記録ID」で示す（例 agreements:agreement-0001）。",
)
FIELDS = {
    "type": Text("Type", "種別"),
    "start_date": Text("From", "開始日"),
    "end_date": Text("Until", "終了日"),
    "department_shares": Text("Departments and shares", "部局と割合"),
    "led_by": Text("Led by", "主担当"),
    "partners": Text("Partners", "連携機関"),
    "countries": Text("Countries", "国・地域"),
    "people": Text("People", "参加者"),
    "level_name": Text("Level", "課程・職位"),
    "amount": Text("Amount", "金額"),
    "sdgs": Text("SDGs", "SDGs"),
    "citation_percentile": Text("Citation percentile", "被引用パーセンタイル"),
    "language": Text("Language", "言語"),
    "missing": Text("Missing", "欠けている項目"),
    "file": Text("Import and row", "取り込みと行"),
}
FROM = Text("import {number}, row {row}", "取り込み{number}の{row}行目")
NOTHING = "–"
COUNTS_IN = Text("Counts in", "計上される指標")
NOT_IN = Text("Does not count in", "計上されない指標")
NOT_IN_WHY = Text("These take records of its type, but not this one:", "同じ種別を数えるが、この記録は数えない。")
LACKING = (Text("Indicator", "指標"), Text("Why not", "理由"))
HEADER = (Text("Field", "項目"), Text("Value", "内容"))


def record_in_address(written: str) -> None:
    """The record that an address names, or the sentence that there is none to read; with the way back."""
    link("records", BACK, icon=":material/arrow_back:")
    for at in [place for place, letter in enumerate(written) if letter == ":"][:5]:
        found = data.records().activities(source=written[:at], record_id=written[at + 1 :])
        if len(found):
            record(found)
            return
    st.info(literal(say(NOT_THERE).format(record=written[:200])), icon=":material/search_off:")


def records_chosen(rows: pd.DataFrame) -> None:
    """The records that the reader chose in the list, the first few of them."""
    for place in range(min(len(rows), MOST_IN_FULL)):
        record(rows.iloc[[place]], alone=False)


def record(activity: pd.DataFrame, *, alone: bool = True) -> None:
    """A frame of one activity, as `Records.activities` gives it."""
    ledger = data.ledger()
    row = RecordList(ledger, data.department_names(), current_language()).of(activity).iloc[0]
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader(literal(str(row["title"])), anchor=False, width="content")
            st.caption(literal(f"{row['source']}:{row['record_id']}"), width="content")
        written, counted = st.columns([5, 4], gap="medium")
        with written:
            _written(row)
            _links(ledger, row, alone=alone)
        with counted:
            _counted(ledger, row)
        record_history(str(row["source"]), str(row["record_id"]))


def _written(row: "pd.Series[str]") -> None:
    sdgs = data.records().activity_sdgs(ids=[int(row["activity_id"])])["sdg"]
    people = float(row["people"])
    told = {name: str(row[name]) for name in FIELDS if name in row.index}
    for day in ("start_date", "end_date"):
        told[day] = "" if pd.isna(row[day]) else f"{row[day]:%Y-%m-%d}"
    told["people"] = "" if isnan(people) else show(people, "persons", current_language())
    told["amount"] = "" if isnan(float(row["amount"])) else f"{float(row['amount']):,.0f} {row['currency']}"
    told["citation_percentile"] = "" if isnan(float(row["citation_percentile"])) else f"{row['citation_percentile']}"
    told["sdgs"] = say(Text(", ", "、")).join(str(number) for number in sdgs)
    told["file"] = say(FROM.filled(number=row["import_id"], row=f"{row['file_row']:,}"))
    reading_table(HEADER, [(say(FIELDS[name]), told[name] or NOTHING) for name in FIELDS])


def _links(ledger: Ledger, row: "pd.Series[str]", *, alone: bool) -> None:
    place = int((ledger.activity_ids == row["activity_id"]).argmax())
    year = fiscal_year(pd.Timestamp(row["start_date"]).date())
    with st.container(horizontal=True, gap="small"):
        if not alone:
            icon, name = ":material/link:", f"{row['source']}:{row['record_id']}"
            link("records", Text("Address of this record", "この記録のアドレス"), icon=icon, record=name)
        for unit in ledger.departments.codes[ledger.departments.starts[place] : ledger.departments.starts[place + 1]]:
            code = ledger.units[unit]
            if not data.reader().scope.covers(code):
                continue
            name_of = data.department_names()[code]
            link("department", name_of, icon=":material/account_balance:", department=code, year=year)
        for partner in ledger.partners.codes[ledger.partners.starts[place] : ledger.partners.starts[place + 1]][
            :MOST_PARTNERS
        ]:
            known = ledger.partner_table.iloc[partner]
            if known["ror_id"]:
                words = Text(str(known["name_en"]), str(known["name_ja"] or known["name_en"]))
                link("partners", literal(say(words)), icon=":material/handshake:", partner=known["ror_id"])
        if data.reader().scope.whole_university:  # to heads it would only be refused
            number = ImportCode({"import": int(row["import_id"])})
            link("imports", Text("Its import", "取り込み"), icon=":material/upload_file:", **number)
        if row["url"]:
            st.link_button(say(Text("At its source", "情報源で見る")), str(row["url"]), icon=":material/open_in_new:")


def _counted(ledger: Ledger, row: "pd.Series[str]") -> None:
    every = indicators_of(ledger, int(row["activity_id"]), data.indicators().values())
    inside = [one.indicator for one in every if not one.lacking]
    st.markdown(f"**{say(COUNTS_IN)}**")
    with st.container(horizontal=True, gap="small"):
        for indicator in inside:
            link("definitions", indicator.name, icon=":material/check:", indicator=indicator.key)
    outside = [one for one in every if one.lacking]
    if not inside:
        st.caption(say(Text("No indicator counts it.", "どの指標にも計上されない。")))
    if outside:
        st.markdown(f"**{say(NOT_IN)}**")
        st.caption(say(NOT_IN_WHY))
        between = say(Text(", ", "、"))
        reading_table(
            LACKING,
            [(say(one.indicator.name), between.join(say(text) for text in one.lacking)) for one in outside],
        )
