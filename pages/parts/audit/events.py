"""The events of the audit log as a table, narrowed to a time, an outcome and an action."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from pages.parts import auditing
from pages.parts.audit import words
from pages.parts.auditing import Asked
from pages.parts.filters import choose
from pages.parts.language import say
from pages.parts.tables import Column, downloads, table
from vocabulary.audit_actions import ACTIONS, OUTCOMES
from vocabulary.calendar import day_in_japan
from vocabulary.text import Text

TIME_ZONE = "Asia/Tokyo"
PERIODS = {
    "1": Text("Today", "今日"),
    "7": Text("Last 7 days", "直近7日間"),
    "30": Text("Last 30 days", "直近30日間"),
    "0": Text("All", "すべて"),
}
STANDARD = "30"
ANY = Text("All", "すべて")
EVENTS = Text("Events", "イベント")
ALT = Text("Events of the audit log, newest first", "監査記録のイベント（新しい順）")
MARKS = {"done": "green", "refused": "orange", "failed": "red"}
COLUMNS = {
    "event_id": Column(name=Text("No.", "番号"), kind="year", width=56),
    "when": Column(name=Text("When (Japan time)", "日時（日本時間）"), width=140),
    "who": Column(name=Text("Who", "誰が"), width=(200, 180)),
    "roles": Column(name=Text("Role then", "当時の権限"), width=(240, 150)),
    "what": Column(name=Text("What", "何を"), width=(150, 170)),
    "on": Column(name=Text("On", "対象"), width=130),
    "outcome_name": Column(name=Text("Outcome", "結果"), kind="status", width=84),
    "rows": Column(name=Text("Rows", "行数"), kind="count", width=60),
    "over": Column(name=Text("Of", "対象部局"), width=150),
    "details_said": Column(name=Text("Details", "詳細"), width=180),
}
IN_FILES = {
    "at": Column(name=Text("When (UTC)", "日時（UTC）")),
    "actor": Column(name=Text("Code", "コード")),
    "role": Column(name=Text("Role", "役割")),
    "seen_by": Column(name=Text("Seen by", "表示者")),
    "action": Column(name=Text("Code of what", "「何を」のコード")),
    "object": Column(name=Text("Code of on", "「対象」のコード")),
    "scope": Column(name=Text("Codes of departments", "対象部局のコード")),
    "details": Column(name=Text("Details as stored", "詳細（登録値）")),
    "sha256": Column(name=Text("SHA-256 of the file", "ファイルの SHA-256")),
    "hash": Column(name=Text("Hash of the event", "イベントのハッシュ")),
}


def choose_events() -> tuple[pd.DataFrame, int]:
    """The events that the reader asks for, newest first, with their words; and of how many days (0: of all)."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        period = int(choose("period", Text("Time", "期間"), PERIODS, STANDARD, style="buttons"))
        outcome = choose("outcome", Text("Outcome", "結果"), {"": ANY, **OUTCOMES}, width=150)
        action = choose("action", Text("What", "何を"), {"": ANY, **ACTIONS}, width=260)
    since = day_in_japan(datetime.now(UTC)) - timedelta(days=period - 1) if period else None
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
    moments = pd.to_datetime(found["at"], utc=True)
    acting = found["seen_by"].where(found["seen_by"] != "", found["actor"])
    return found.assign(
        when=moments.dt.tz_convert(TIME_ZONE).dt.strftime("%Y-%m-%d %H:%M:%S"),
        acting=acting,
        who=_said(words.who, found["actor"], found["seen_by"]),
        roles=_said(words.roles, acting, found["role"], moments),
        what=[say(ACTIONS.get(code, Text(code, code))) for code in found["action"]],
        on=_said(words.on, found["action"], found["object"]),
        over=_said(words.over, found["scope"]),
        outcome_name=[say(OUTCOMES[code]) for code in found["outcome"]],
        details_said=_said(words.details, found["details"]),
    )


def _said(words_of: Callable[..., Text], *columns: pd.Series) -> list[str]:
    """What the function says of each row of these columns, asked once for those that are alike."""
    rows = list(zip(*columns, strict=True))
    known = {row: say(words_of(*row)) for row in set(rows)}
    return [known[row] for row in rows]
