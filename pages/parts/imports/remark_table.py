"""Remarks on the cells of a file: each in full, with its place; long lists of codes stand once, beside them."""

import re
from collections.abc import Hashable, Mapping
from math import isnan

import pandas as pd
import streamlit as st

from pages.parts.language import literal, say
from pages.parts.reading import reading_table
from pages.parts.tables import Column, Columns
from vocabulary.import_reports import SEVERITIES, place
from vocabulary.text import Text

MOST_READ = 20  # remarks that are written out one below the other; more go into a table
MOST_SHOWN = 200  # rows of that table
ICONS = {"error": ":material/error:", "notice": ":material/info:"}
FILE_WIDE = Text("Remarks without a row are on the file as a whole.", "行のない指摘はファイル全体に対するもの。")
WHERE = Text("Where", "場所")
SHOWN = Text(
    "The first {shown} of {n} remarks; the files have them all.",
    "{n}件の指摘のうち先頭の{shown}件。ファイルには全件がある。",
)
LIST = Text("List of codes: {column} ({n})", "コードの一覧：{column}（{n}）")
SEE_LIST = Text(
    "Accepted: one of {n} codes, see the list of codes.", "使えるのは{n}種類のコードです（コードの一覧を参照）。"
)
# An enumeration of nine or more at the end of a message, as `Column.refusal` writes what is accepted.
_LISTS = re.compile(
    r"Accepted: (?P<en>(?:[^\s,.]+, ){8,}[^\s,.]+)\.$|使えるのは\s*(?P<ja>(?:[^\s、。]+、){8,}[^\s、。]+?)\s*です。$"
)
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
    rows = named.head(MOST_SHOWN).to_dict("records")
    _lists(rows, key)
    if len(named) <= MOST_READ:
        st.markdown("\n".join(f"- {_written_out(remark)}" for remark in rows))
    else:
        with st.container(height=520, border=True, key=f"remarks:{key}"):
            reading_table(
                (WHERE, COLUMNS["message"].name), [(_where(one), _shortened(str(one["message"]))) for one in rows]
            )
    if len(named) > MOST_SHOWN:
        st.caption(say(SHOWN.filled(shown=MOST_SHOWN, n=f"{len(named):,}")))
    if remarks["row"].isna().any():
        st.caption(say(FILE_WIDE))
    return named


def _lists(rows: list[dict[Hashable, object]], key: str) -> None:
    """The long lists of what is accepted, each once, behind a button of its own."""
    lists = {str(one["column"]): codes for one in rows if (codes := _codes(str(one["message"])))}
    if not lists:
        return
    with st.container(horizontal=True, gap="small"):
        for column, codes in lists.items():
            words = LIST.filled(column=column, n=len(codes))
            with st.popover(literal(say(words)), icon=":material/list:", key=f"codes:{key}:{column}"):
                st.markdown("\n".join(f"- {literal(code)}" for code in codes))


def _codes(message: str) -> list[str]:
    """The values that a message enumerates, where they are too many to be read in a line."""
    found = _LISTS.search(message)
    return re.split(", |、", found["en"] or found["ja"]) if found else []


def _shortened(message: str) -> str:
    """The message with its long list replaced by the way to it; what is wrong and the nearest value stay."""
    codes = _codes(message)
    return _LISTS.sub(lambda _found: say(SEE_LIST.filled(n=len(codes))), message)


def _where(remark: Mapping[Hashable, object]) -> str:
    """`Error, row 2, column start_date, "2025-04-31"`."""
    row = remark["row"]
    number = int(row) if isinstance(row, float | int) and not isnan(row) else None
    there = say(place(number, str(remark["column"]), str(remark["value"])))
    return say(Text(", ", "、")).join(part for part in (str(remark["severity_name"]), there) if part)


def _written_out(remark: Mapping[Hashable, object]) -> str:
    """One remark with its place: `Error, row 2, column start_date, "2025-04-31": ...`."""
    icon = ICONS[str(remark["severity"])]
    return f"{icon} **{literal(_where(remark))}**  \n{literal(_shortened(str(remark['message'])))}"
