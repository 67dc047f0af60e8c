"""Tables of data: columns named and written in the reader's language, and files to take along."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import isnan
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray
from streamlit.elements.lib.column_types import ColumnConfig

from data_access.files import spreadsheets
from metrics.disclosure.words import FEWER, WITHHELD
from metrics.disclosure.words import IN_A_CELL as WITHHELD_IN_A_CELL
from metrics.tabulate import FEW, SUPPRESSED
from pages.parts import data
from pages.parts.downloads import offer
from pages.parts.filters import choose_rows
from pages.parts.frame import DEMONSTRATION
from pages.parts.language import current_language, say
from pages.parts.shelf import File
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

Kind = Literal["text", "share", "count", "persons", "yen", "index", "year", "date", "link", "trend", "status"]
STATUS = {
    "ok": Text("", ""),
    FEW: FEWER,
    SUPPRESSED: WITHHELD,
    "no data": Text("no data", "データなし"),
    "not applicable": Text("not applicable", "該当なし"),
}
IN_A_CELL = STATUS | {
    SUPPRESSED: WITHHELD_IN_A_CELL,
    "not applicable": Text("n/a", "該当なし"),
}  # where a number would stand: cells cut what is too long
NAME = (204, 160)  # pixels of names: beside them a phone shows the value and its status
SCALES = {"share": 0.01, "yen": 1e6}
UNITS = {
    "share": Text(" (%)", "（%）"),
    "yen": Text(" (¥ million)", "（百万円）"),
    "persons": Text(" (persons)", "（人）"),
}
FORMATS = {
    "share": "%.1f",
    "count": "localized",
    "persons": "localized",
    "yen": "localized",
    "index": "%.2f",
    "year": "%d",
}
CELL = 64  # bytes that a value takes, about: most are words, and to look at each takes longer than all else
WHOLE = ("count", "persons", "yen", "year")  # kinds whose numbers are whole unless shares are counted
YES = Text("yes", "はい")
FILTERS = Text("Filters", "絞り込み")


@dataclass(frozen=True, kw_only=True)
class Column:
    """How a column is called and written. Shares come as fractions and money in yen; both are scaled for the eye.

    A status is a word with the colour that `marks` gives it. A width is the least that a column takes, in pixels (two
    numbers: in English and in Japanese): what a table has to spare is shared out equally among its columns.
    """

    name: Text
    kind: Kind = "text"
    help: Text | None = None
    width: Literal["small", "medium", "large"] | int | tuple[int, int] | None = None
    align: Literal["left", "right"] | None = None
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        return say(self.name) + say(UNITS.get(self.kind, Text("", "")))


Columns = Mapping[str, Column]
Height = int | Literal["auto", "content"]
ByColumn = Mapping[str, Sequence[Any] | NDArray[Any]]
Rows = pd.DataFrame | ByColumn  # a frame, or its columns
AnyRows = TypeVar("AnyRows", pd.DataFrame, ByColumn)


def table(
    frame: pd.DataFrame,
    columns: Columns,
    *,
    alt: Text,
    key: str | None = None,
    height: Height = "auto",
    row_height: int | None = None,
    choose: bool = False,
) -> pd.DataFrame:
    """Show the columns named, in that order; gives the rows that the reader chose (none unless `choose`).

    Rows higher than 64 pixels wrap their words (lower ones cut them).
    """
    if not choose:
        shown(frame, columns, alt=alt, key=key, height=height, row_height=row_height)
        return frame.iloc[:0]
    settings = _settings(columns, alt, height) | {"row_height": row_height}
    state = st.dataframe(_seen(frame, columns), key=key, on_select="rerun", selection_mode="multi-row", **settings)
    return frame.iloc[[row for row in state.selection.rows if 0 <= row < len(frame)]]


def shown(
    rows: Rows, columns: Columns, *, alt: Text, key: str | None, height: Height = "auto", row_height: int | None = None
) -> None:
    """The same without a choice; a few rows come as lists, as a frame of them takes longer than to show it."""
    st.dataframe(_seen(rows, columns), key=key, row_height=row_height, **_settings(columns, alt, height))


def choosing_table(
    rows: AnyRows,
    columns: Columns,
    *,
    alt: Text,
    word: str,
    code: str,
    one: bool = False,
    height: Height = "auto",
) -> AnyRows:
    """The same, where the address keeps which rows are chosen: `word=` the value of the column `code`, each once."""
    codes = [str(value) for value in rows[code]]
    chosen = choose_rows(word, codes)
    st.dataframe(
        _seen(rows, columns),
        key=chosen.widget,
        on_select=chosen.on_select,
        selection_mode="single-row" if one else "multi-row",
        selection_default={"selection": {"rows": chosen.begun_with, "columns": [], "cells": []}},
        **_settings(columns, alt, height),
    )
    places = [codes.index(wanted) for wanted in chosen.chosen]
    if isinstance(rows, pd.DataFrame):
        return rows.iloc[places]
    return {name: [values[place] for place in places] for name, values in rows.items()}


def telling(columns: Columns, rows: pd.DataFrame) -> Columns:
    """The columns of which at least one row says something."""
    silent = {
        name for name in columns if rows[name].isna().all() or all(str(value) == "" for value in rows[name].tolist())
    }
    return {name: column for name, column in columns.items() if name not in silent}


def _seen(rows: Rows, columns: Columns) -> pa.Table:
    """The columns as the eye reads them, as Streamlit sends them: a frame it would turn into this one by many steps."""
    return pa.table({name: _cells(rows[name], column.kind) for name, column in columns.items()})


def _cells(values: pd.Series | Sequence[Any] | NDArray[Any], kind: Kind) -> pa.Array:
    if kind in SCALES:
        return pa.array(np.asarray(pd.to_numeric(values), np.float64) / SCALES[kind], from_pandas=True)
    if kind == "status":
        return pa.array([[word] if word else [] for word in values], pa.list_(pa.string()))
    return pa.array(values, from_pandas=True)


def _settings(columns: Columns, alt: Text, height: Height) -> dict[str, Any]:
    return {
        "hide_index": True,
        "column_config": {name: _config(column) for name, column in columns.items()},
        "height": height,
        "alt": say(alt),
        "placeholder": "–",
    }


Names = Mapping[str, tuple[str, Mapping[str, str]]]
"""For a column of names: the column of the codes that are named, and what each is called."""


@dataclass(frozen=True, kw_only=True)
class Taking:
    """What a file holds, once it is asked for: rows that were cut to the reader, and words in the reader's language."""

    rows: Rows  # with columns that are not taken as well
    kinds: Mapping[str, Kind]  # of the columns that are taken, in this order
    headings: Sequence[str]
    names: Names
    remarks: Mapping[str, str]  # columns that say the same on every row

    def table(self) -> pd.DataFrame:
        """Numbers unscaled, whole ones without a decimal point, then the remarks."""
        rows = pd.DataFrame(self.rows)
        named = {name: rows[code].map(words).fillna("") for name, (code, words) in self.names.items()}
        every = rows.assign(**named)
        kept = pd.DataFrame({name: _as_written(every[name], kind) for name, kind in self.kinds.items()})
        kept.columns = pd.Index(self.headings)
        return kept.assign(**self.remarks)


def downloads(
    rows: Rows,
    columns: Columns,
    name: str,
    filters: Mapping[Text, str] | None = None,
    names: Names = MappingProxyType({}),
) -> None:
    """Two links: the table as CSV and as XLSX, numbers unscaled, with its filters and the demonstration mark.

    `name` is the beginning of the file's name (see `file_name`), `filters` what the view was narrowed to, in words.
    Columns of `names` are made of the codes in the rows. The file is made when somebody asks for it.
    """
    taking = _taking(rows, columns, filters or {}, names)
    many = len(rows) if isinstance(rows, pd.DataFrame) else len(next(iter(rows.values())))
    size = many * len(rows.keys()) * CELL
    with st.container(horizontal=True, gap="small"):
        for kind, written in (("csv", as_csv), ("xlsx", as_xlsx)):
            made = partial(_made, written, taking)
            offer(
                kind.upper(),
                File(name=f"{name}.{kind}", mime=MIME[kind], make=made, size=size, rows=many),
                key=f"download:{name}:{kind}",
                told=say(Text("Download this table", "この表をダウンロード")),
                in_passing=True,
            )


def file_name(page: str, department: str, *of: object) -> str:
    """How a file's name begins: page, department and years, as `goals-ENG-2025`."""
    return "-".join([page, "university" if department == UNIVERSITY else department, *map(str, of)])


MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def as_csv(frame: pd.DataFrame) -> bytes:
    """The table as CSV that Excel reads in any language."""
    return spreadsheets.as_csv(spreadsheets.rows_of(frame))


def as_xlsx(frame: pd.DataFrame, sheet: str = "data") -> bytes:
    """The table as a workbook of one sheet."""
    return spreadsheets.as_xlsx(spreadsheets.rows_of(frame), sheet)


def _taking(rows: Rows, columns: Columns, filters: Mapping[Text, str], names: Names) -> Taking:
    """The columns named, then the filters and the demonstration mark on every row."""
    kinds = {name: column.kind for name, column in columns.items() if column.kind != "trend"}
    remarks = {say(FILTERS): "; ".join(f"{say(label)}: {value}" for label, value in filters.items())}
    if data.is_demonstration():
        remarks[say(DEMONSTRATION)] = say(YES)
    return Taking(
        rows=rows.copy(deep=False) if isinstance(rows, pd.DataFrame) else rows,
        kinds=kinds,
        headings=[say(columns[name].name) for name in kinds],
        names=names,
        remarks=remarks,
    )


def _made(written: Callable[[pd.DataFrame], bytes], taking: Taking) -> bytes:
    return written(taking.table())


def _as_written(values: pd.Series, kind: Kind) -> pd.Series:
    """The values as a file has them: days without a time of day, whole numbers without a decimal point."""
    if kind == "date":
        days = pd.to_datetime(values)
        return days.dt.date.where(days.notna(), None)
    if kind in WHOLE and pd.api.types.is_float_dtype(values):
        whole = [int(value) if value.is_integer() else None if isnan(value) else value for value in values.tolist()]
        return pd.Series(whole, index=values.index, dtype=object)
    return values


def _width(column: Column) -> Literal["small", "medium", "large"] | int | None:
    if not isinstance(column.width, tuple):
        return column.width
    english, japanese = column.width
    return japanese if current_language() == "ja" else english


def _config(column: Column) -> ColumnConfig:
    words: dict[str, Any] = {
        "label": column.heading,
        "help": say(column.help) if column.help else None,
        "width": _width(column),
    }
    if column.kind in FORMATS:
        return st.column_config.NumberColumn(**words, format=FORMATS[column.kind])
    if column.kind == "date":
        return st.column_config.DateColumn(**words, format="YYYY-MM-DD")
    if column.kind == "link":
        return st.column_config.LinkColumn(**words, display_text=":material/open_in_new:", validate=r"^https?://")
    if column.kind == "trend":
        return st.column_config.LineChartColumn(**words)
    if column.kind == "status":
        marks = column.marks
        return st.column_config.MultiselectColumn(**words, options=list(marks), color=list(marks.values()) or None)
    return st.column_config.TextColumn(**words, alignment=column.align)
