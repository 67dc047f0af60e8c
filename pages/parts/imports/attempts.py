"""The attempts to import a file, newest first: what came when, and what became of it."""

from typing import Literal, NamedTuple

import pandas as pd
import streamlit as st

from pages.parts import data
from pages.parts.language import literal, say
from pages.parts.tables import Column, choosing_table, downloads
from vocabulary import import_reports
from vocabulary.text import Text

TIME_ZONE = "Asia/Tokyo"
OPENED = "import opened"  # in the session: the number of the import that is shown in full
SHORT = 12  # letters of a SHA-256 that are shown
TITLE = Text("What came", "取り込みの履歴")
ALT = Text("Imports, newest first", "取り込みの一覧（新しい順）")
ANSWER = Text(
    "{n} imports, the last on {day}: {stored} stored, {unchanged} with nothing new, {refused} refused{undone}.",
    "取り込みは{n}回、最後は{day}。登録{stored}、変更なし{unchanged}、不受理{refused}{undone}。",
)
UNDONE = Text(", {n} undone since, {by} undoing others", "、取消済み{n}、取り消しの操作{by}")
UNDOES = Text("undoes import {number}", "取り込み{number}の取り消し")
NOBODY_YET = Text("Nothing was imported yet.", "まだ何も取り込まれていない。")
HOW_TO_BEGIN = Text(
    "Nothing was imported yet. The command and the formats are below; the first file to import is that of the "
    "departments.",
    "まだ何も取り込まれていない。コマンドと形式は下に示す。最初に取り込むのは部局のファイルである。",
)
NOT_YOURS = Text(
    "Imports hold records of all departments, so only the President's office, the International Strategy Office and "
    "the auditors read them. The records of your own department, each with the number of its import and its row in "
    "the file, are on the page of records.",
    "取り込みには全部局の記録が含まれるため、総長室・国際戦略室・監査担当のみが閲覧できる。"
    "自部局の記録は「活動記録」のページで、取り込み番号とファイルの行番号とともに確認できる。",
)


class Status(NamedTuple):
    """What became of a file, as it is seen."""

    words: Text
    sign: str  # for cells of tables, which cannot hold an icon
    icon: str
    colour: Literal["green", "gray", "orange"]


STATUSES = {
    "stored": Status(import_reports.STATUSES["stored"], "✓", ":material/check_circle:", "green"),
    "unchanged": Status(import_reports.STATUSES["unchanged"], "＝", ":material/remove:", "gray"),
    "refused": Status(import_reports.STATUSES["refused"], "✕", ":material/block:", "orange"),
    "rolled_back": Status(import_reports.STATUSES["rolled_back"], "↺", ":material/undo:", "gray"),
    "roll_back": Status(import_reports.STATUSES["roll_back"], "↺", ":material/undo:", "gray"),
}
COLUMNS = {
    "import_id": Column(name=Text("Import", "番号"), kind="year", width=56),
    "when": Column(name=Text("When (Japan time)", "日時（日本時間）"), width=122),
    "status_name": Column(name=Text("Status", "結果"), kind="status", width=92),
    "kind_name": Column(name=Text("Kind", "種類"), width=98),
    "file_name": Column(name=Text("File", "ファイル"), width=232),
    "importer_name": Column(name=Text("By", "取り込み者"), width=120),
    "rows_read": Column(name=Text("Rows read", "読込行"), kind="count", width=74),
    "rows_new": Column(name=Text("New", "新規"), kind="count", width=54),
    "rows_changed": Column(name=Text("Changed", "変更"), kind="count", width=70),
    "rows_unchanged": Column(name=Text("Unchanged", "同じ"), kind="count", width=80),
    "rows_refused": Column(name=Text("Refused", "不受理"), kind="count", width=66),
    "digest": Column(name=Text("SHA-256", "SHA-256"), width=105),
}

IN_FILES_ALONE = frozenset({"rows_read", "rows_unchanged", "digest"})  # and in the import that is open
IN_FILES = {"status_name": "status_word", "digest": "sha256"}  # what a file has instead: no sign, and all letters


def attempts() -> pd.DataFrame:
    """One row is one attempt, newest first, with its words in the reader's language."""
    frame = data.records().imports().sort_values("import_id", ascending=False, ignore_index=True)
    days = frame["imported_at"].dt.tz_localize("UTC").dt.tz_convert(TIME_ZONE)
    words = [_word(code, undoes) for code, undoes in zip(frame["status"], frame["undoes"], strict=True)]
    return frame.assign(
        when=days.dt.strftime("%Y-%m-%d %H:%M"),
        kind_name=frame["kind"].map({key: say(kind.name) for key, kind in data.FILE_KINDS.items()}),
        status_name=[f"{STATUSES[code].sign} {word}" for code, word in zip(frame["status"], words, strict=True)],
        status_word=words,
        importer_name=[say(data.reader_name(code)) if code else "" for code in frame["importer"]],
        digest=frame["sha256"].str[:SHORT],
    )


def _word(code: str, undoes: float) -> str:
    """What became of a file, or which import was undone."""
    return say(UNDOES.filled(number=f"{undoes:.0f}") if code == "roll_back" else STATUSES[code].words)


def say_attempts(found: pd.DataFrame) -> None:
    """How many, when the last, and what became of them; or why there are none."""
    if found.empty:
        nothing = HOW_TO_BEGIN if data.reader().may_decide else NOBODY_YET
        st.info(say(nothing if data.reader().scope.whole_university else NOT_YOURS), icon=":material/info:")
        return
    counts = {code: int((found["status"] == code).sum()) for code in STATUSES}
    back = counts["rolled_back"], counts["roll_back"]
    undone = UNDONE.filled(n=back[0], by=back[1]) if any(back) else Text("", "")
    sentence = ANSWER.filled(n=len(found), day=found["when"].iloc[0], undone=undone, **counts)
    st.markdown(f"**{literal(say(sentence))}**")


def attempt_table(found: pd.DataFrame) -> pd.DataFrame:
    """The list and its files; gives the attempt that the reader or the address chose, else the newest.

    The newest of the first look stays open when others arrive: what a button below it acts on never changes by itself.
    """
    if found.empty:
        return found
    st.subheader(say(TITLE), anchor=False)
    marks = {name: STATUSES[code].colour for name, code in zip(found["status_name"], found["status"], strict=True)}
    columns = {name: column for name, column in COLUMNS.items() if name not in IN_FILES_ALONE} | {
        "status_name": Column(name=COLUMNS["status_name"].name, kind="status", marks=marks, width=136)
    }
    chosen = choosing_table(found, columns, alt=ALT, word="import", code="import_id", one=True)
    downloads(found, {IN_FILES.get(name, name): column for name, column in COLUMNS.items()}, "imports")
    opened = found[found["import_id"] == st.session_state.get(OPENED)]
    shown = next(one for one in (chosen, opened, found.head(1)) if len(one))
    st.session_state[OPENED] = int(shown["import_id"].iloc[0])
    return shown
