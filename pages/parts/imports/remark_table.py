"""Remarks on the cells of a file: written out while they are few, in a table that scrolls when they are many."""

from collections.abc import Hashable, Mapping
from math import isnan

import pandas as pd
import streamlit as st

from pages.parts.language import literal, say
from pages.parts.tables import Column, Columns, table
from vocabulary.import_reports import SEVERITIES, place
from vocabulary.text import Text

MOST_READ = 20  # remarks that are written out in full; more go into a table that scrolls
ICONS = {"error": ":material/error:", "notice": ":material/info:"}
ALT = Text("Remarks on the cells of the file", "ファイルへの指摘")
FILE_WIDE = Text("Remarks without a row are on the file as a whole.", "行のない指摘はファイル全体に対するもの。")
COLUMNS: Columns = {
    "severity_name": Column(name=Text("Remark", "種別"), width=76),
    "row": Column(name=Text("Row", "行"), kind="year", width=56),
    "column": Column(name=Text("Column", "列"), width=120),
    "value": Column(name=Text("Value", "値"), width=110),
    "message": Column(name=Text("What is wrong, and what is accepted", "指摘と、使える値"), width=630),
}


def remark_table(remarks: pd.DataFrame, key: str) -> pd.DataFrame:
    """Shows remarks (`severity`, `row`, `column`, `value`, `message_en`, `message_ja`); gives them with their words."""
    named = remarks.assign(
        severity_name=remarks["severity"].map({code: say(name) for code, name in SEVERITIES.items()}),
        message=remarks[say(Text("message_en", "message_ja"))],
    )
    if len(named) <= MOST_READ:
        st.markdown("\n".join(f"- {_written_out(remark)}" for remark in named.to_dict("records")))
    else:
        table(named, COLUMNS, alt=ALT, key=key)
    if remarks["row"].isna().any():
        st.caption(say(FILE_WIDE))
    return named


def _written_out(remark: Mapping[Hashable, object]) -> str:
    """One remark with its place: `Error, row 2, column start_date, "2025-04-31": ...`."""
    row = remark["row"]
    number = int(row) if isinstance(row, float) and not isnan(row) else None
    there = say(place(number, str(remark["column"]), str(remark["value"])))
    where = say(Text(", ", "、")).join(part for part in (str(remark["severity_name"]), there) if part)
    icon = ICONS[str(remark["severity"])]
    return f"{icon} **{literal(where)}**  \n{literal(str(remark['message']))}"
