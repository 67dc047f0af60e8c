"""Storing the files in order, each whole, once the reader has seen what moves; and what was stored."""

from collections.abc import Sequence
from typing import TypedDict

import streamlit as st

from pages.parts import jobs, writing
from pages.parts.filters import link
from pages.parts.imports.attempts import OPENED, STATUSES
from pages.parts.imports.card import counts_of
from pages.parts.imports.desk import Desk, Sent, delivery
from pages.parts.imports.try_out import is_tried
from pages.parts.imports.undo import confirm_undo, undo_button
from pages.parts.language import literal, say
from pages.parts.one_run import read_anew
from pages.parts.writing import ImportReport
from vocabulary.text import Text

ImportCode = TypedDict("ImportCode", {"import": int})  # the address's word is Python's, too
STORE_ONE = Text("Store this file", "このファイルを登録する")
STORE = Text("Store these {n} files", "{n}件のファイルを登録する")
AFTER_PREVIEW = Text(
    "Preview first: what you store is what you have seen.", "先に動く指標を確認する。確認した内容だけを登録できる。"
)
STORING = Text("Storing the files, each whole…", "ファイルを登録しています…")
STORED = Text("Stored: {n} of {all} files.", "{all}件中{n}件を登録した。")
RESULT = Text("{file}: {status}{counts}", "{file}：{status}{counts}")
WITH = Text(" ({counts})", "（{counts}）")
MOST_SAID = 3
ITS_IMPORT = Text("Import {number}", "取り込み{number}")


def commit(here: Desk, fine: Sequence[Sent]) -> None:
    """The button that stores; while files are stored it is not there to be clicked again."""
    if jobs.is_under_way("store"):
        _store(here, fine)
    if not fine:
        return
    ready = is_tried(here, fine)
    words = STORE_ONE if len(fine) == 1 else STORE.filled(n=len(fine))
    asked = st.button(
        say(words),
        icon=":material/save:",
        type="primary" if ready else "secondary",
        disabled=not ready,
        help=None if ready else say(AFTER_PREVIEW),
        key="store",
    )
    if asked and ready:
        _store(here, fine)


def _store(here: Desk, fine: Sequence[Sent]) -> None:
    """Waits for the job that stores, beginning it where there is none; then the files stored leave the list."""
    here.stored = jobs.done("store", STORING, lambda: _begun(here, fine))
    for report in here.stored:
        if report.status != "refused":
            here.forget(report.file_name)
    here.tried = None
    st.session_state.pop(OPENED, None)  # the newest is now the reader's own
    read_anew()
    st.rerun()


def _begun(here: Desk, fine: Sequence[Sent]) -> jobs.Work[tuple[ImportReport, ...]]:
    """The work of storing what was previewed, and nothing where the data are others by now."""
    if here.tried is None:
        raise LookupError("these files were not previewed; what is stored is what was seen")
    return writing.storing([delivery(sent) for sent in fine], here.tried[1].state)


def what_was_stored(here: Desk) -> None:
    """What became of the files that were stored last, the way to each import, and the way back."""
    if not here.stored:
        return
    stored = [report for report in here.stored if report.status != "refused"]
    with st.container(border=True, gap="small"):
        st.markdown(f"**{say(STORED.filled(n=len(stored), all=len(here.stored)))}**")
        for report in here.stored:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                status = STATUSES[report.status]
                st.markdown(f"{status.icon} {literal(say(_result(report)))}", width="content")
                number = ITS_IMPORT.filled(number=report.import_id)
                link("imports", number, icon=":material/receipt_long:", **ImportCode({"import": report.import_id}))
                if report.status == "stored":
                    undo_button(report.import_id, report.file_name, key="stored")
            confirm_undo(report.import_id, key="stored")
            for remark in [one for one in report.remarks if one.severity == "error"][:MOST_SAID]:
                st.warning(literal(say(remark.message)), icon=":material/block:")


def _result(report: ImportReport) -> Text:
    counts = counts_of(report)
    told = WITH.filled(counts=counts) if counts.en else counts
    return RESULT.filled(file=report.file_name, status=STATUSES[report.status].words, counts=told)
