"""One import in full: its file, what was remarked on which cell, and where its records are."""

from typing import TypedDict

import pandas as pd
import streamlit as st

from metrics.numbers import said
from pages.parts import data
from pages.parts.filters import link
from pages.parts.imports.attempts import STATUSES
from pages.parts.imports.remark_table import COLUMNS, remark_table
from pages.parts.imports.undo import confirm_undo, undo_button
from pages.parts.language import literal, say
from pages.parts.tables import downloads
from vocabulary.calendar import fiscal_year, fiscal_year_name, fiscal_years_name
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

ImportCode = TypedDict("ImportCode", {"import": int})  # the address's word is Python's, too
TITLE = Text("Import {number}: {file}", "取り込み{number}：{file}")
BY = Text(
    "Imported by {importer}. New {new}, changed {changed}, unchanged {unchanged}, withdrawn {withdrawn}, refused "
    "{refused}.",
    "取り込み者：{importer}。新規{new}、変更{changed}、同じ{unchanged}、取り下げ{withdrawn}、不受理{refused}。",
)
DIGEST = Text("SHA-256 of the file", "ファイルの SHA-256")
NOT_SAID = Text("somebody who is not named", "記載なし")
COUNTED = ("new", "changed", "unchanged", "withdrawn", "refused")
NO_REMARKS = Text("Nothing was remarked on any cell of this file.", "このファイルに指摘はない。")
REMARKS = Text("{errors} errors, {notices} notices.", "エラー{errors}件、注意{notices}件。")
REFUSED = Text(
    "The file was refused: nothing of it is stored. Correct the cells below and import it again.",
    "このファイルは受理されず、何も登録されていない。下のセルを直して再度取り込む。",
)
ITS_RECORD = Text(
    "1 activity is stored as this import delivered it last, of {years}.",
    "この取り込みの内容のまま登録されている活動は1件（{years}）。",
)
ITS_RECORDS = Text(
    "{n} activities are stored as this import delivered them last, of {years}.",
    "この取り込みの内容のまま登録されている活動は{n}（{years}）。",
)
TO_RECORDS = Text("Activities of this import ({year})", "この取り込みの活動記録（{year}）")
NO_RECORDS = Text(
    "No activity is stored as this import delivered it: it brought nothing new, or later imports changed it all.",
    "この取り込みの内容のまま登録されている活動はない。新しい内容がなかったか、後の取り込みですべて変更された。",
)


def one_import(chosen: pd.DataFrame) -> None:
    """The first of the attempts chosen."""
    if chosen.empty:
        return
    row = chosen.iloc[0]
    status, number = STATUSES[str(row["status"])], int(row["import_id"])
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            title = TITLE.filled(number=number, file=row["file_name"])
            st.subheader(literal(say(title)), anchor=False, width="content")
            st.badge(str(row["status_word"]), icon=status.icon, color=status.colour)
            if row["status"] == "stored":
                undo_button(number, str(row["file_name"]), key="one")
        confirm_undo(number, key="one")
        st.caption(literal(say(BY.filled(importer=_name(str(row["importer"])), **_counts(row)))))
        with st.popover(say(DIGEST), icon=":material/fingerprint:", type="tertiary"):
            st.code(str(row["sha256"]), language=None)
        if row["status"] == "refused":
            st.markdown(say(REFUSED))
        _remarks(number)
        kind = str(row["kind"])
        if row["status"] in ("stored", "unchanged") and (kind == "activities" or data.FILE_KINDS[kind].translate):
            _records(number)


def _name(importer: str) -> Text:
    """Who imported: the reader's name, where the code is a reader's."""
    return data.reader_name(importer) if importer else NOT_SAID


def _counts(row: "pd.Series[str]") -> dict[str, str]:
    return {name: f"{int(row[f'rows_{name}']):,}" for name in COUNTED}


def _remarks(number: int) -> None:
    every = data.records().import_remarks()
    mine = every[every["import_id"] == number]
    if mine.empty:
        st.markdown(f":material/check: {say(NO_REMARKS)}")
        return
    counts = mine["severity"].value_counts()
    words = REMARKS.filled(errors=int(counts.get("error", 0)), notices=int(counts.get("notice", 0)))
    st.markdown(f":material/rule: {literal(say(words))}")
    named = remark_table(mine, f"remarks:{number}")
    downloads(named, COLUMNS, f"import-{number}-remarks", {Text("Import", "取り込み"): str(number)})


def _records(number: int) -> None:
    span = data.days_of_import(number)
    if span is None:
        st.markdown(f":material/table_rows: {say(NO_RECORDS)}")
        return
    *days, count = span
    years = data.fiscal_years()
    first, last = (min(max(fiscal_year(day.date()), years[0]), years[-1]) for day in days)
    words = (ITS_RECORD if count == 1 else ITS_RECORDS).filled(
        n=said(float(count), "count"), years=fiscal_years_name(first, last)
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/table_rows: {literal(say(words))}", width="content")
        link(
            "records",
            TO_RECORDS.filled(year=fiscal_year_name(last)),
            icon=":material/arrow_forward:",
            indicator="",
            department=UNIVERSITY,
            year=last,
            **ImportCode({"import": number}),
        )
