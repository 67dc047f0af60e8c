"""The events of the audit log as a table, narrowed to a time, an outcome and an action."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from pages.parts import auditing, data
from pages.parts.auditing import Asked
from pages.parts.filters import choose
from pages.parts.language import say
from pages.parts.tables import Column, downloads, table
from vocabulary.audit_actions import ACTIONS, OUTCOMES
from vocabulary.calendar import day_in_japan
from vocabulary.text import Text

TIME_ZONE = "Asia/Tokyo"
PERIODS = {
    "30": Text("Last 30 days", "直近30日間"),
    "365": Text("Last year", "直近1年間"),
    "0": Text("Whole log", "全期間"),
}
ANY = Text("All", "すべて")
EVENTS = Text("Events", "イベント")
ALT = Text("Events of the audit log, newest first", "監査記録のイベント（新しい順）")
MARKS = {"done": "green", "refused": "orange", "failed": "red"}
COLUMNS = {
    "event_id": Column(name=Text("No.", "番号"), kind="year", width=56),
    "when": Column(name=Text("When (Japan time)", "日時（日本時間）"), width=150),
    "who": Column(name=Text("Who", "誰が"), width=(190, 140)),
    "what": Column(name=Text("What", "何を"), width=(150, 160)),
    "object": Column(name=Text("On", "対象"), width=90),
    "outcome_name": Column(name=Text("Outcome", "結果"), kind="status", width=84),
    "rows": Column(name=Text("Rows", "行数"), kind="count", width=60),
    "details_said": Column(name=Text("Details", "詳細"), width=180),
    "scope": Column(name=Text("Scope", "範囲"), width=60),
}
IN_FILES = {
    "at": Column(name=Text("When (UTC)", "日時（UTC）")),
    "actor": Column(name=Text("Code", "コード")),
    "role": Column(name=Text("Role", "役割")),
    "seen_by": Column(name=Text("Seen by", "表示者")),
    "sha256": Column(name=Text("SHA-256 of the file", "ファイルの SHA-256")),
    "hash": Column(name=Text("Hash of the event", "イベントのハッシュ")),
}


def choose_events() -> tuple[pd.DataFrame, int]:
    """The events that the reader asks for, newest first, with their words; and of how many days (0: of all)."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        period = int(choose("period", Text("Time", "期間"), PERIODS, width=170))
        outcome = choose("outcome", Text("Outcome", "結果"), {"": ANY, **OUTCOMES}, width=150)
        action = choose("action", Text("What", "何を"), {"": ANY, **ACTIONS}, width=260)
    since = day_in_japan(datetime.now(UTC)) - timedelta(days=period) if period else None
    return _in_words(auditing.events(Asked(since=since, outcome=outcome, action=action))), period


def show_events(found: pd.DataFrame) -> None:
    """The table and its files."""
    if found.empty:
        return
    st.subheader(say(EVENTS), anchor=False)
    marks = {say(OUTCOMES[code]): colour for code, colour in MARKS.items()}
    outcome = Column(name=COLUMNS["outcome_name"].name, kind="status", width=84, marks=marks)
    columns = {**COLUMNS, "outcome_name": outcome}
    table(found, columns, alt=ALT, key="events")
    downloads(found, columns | IN_FILES, "audit-log")


def _in_words(found: pd.DataFrame) -> pd.DataFrame:
    moments = pd.to_datetime(found["at"], utc=True).dt.tz_convert(TIME_ZONE)
    return found.assign(
        when=moments.dt.strftime("%Y-%m-%d %H:%M:%S"),
        who=[say(data.reader_name(code)) for code in found["actor"]],
        what=[say(ACTIONS.get(code, Text(code, code))) for code in found["action"]],
        outcome_name=[say(OUTCOMES[code]) for code in found["outcome"]],
        details_said=[_said(json.loads(details)) for details in found["details"]],
    )


def _said(details: Mapping[str, str]) -> str:
    """`kind=activities; new=3`: codes, the same in either language; what is empty or none is left out."""
    return "; ".join(f"{name}={value}" for name, value in details.items() if value not in ("", "0"))
