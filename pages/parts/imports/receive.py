"""Where files are dropped: each is recognised and checked at once, and said at the top is what is left to do."""

import streamlit as st

from pages.parts import data, jobs, writing
from pages.parts.imports.card import card
from pages.parts.imports.commit import commit, what_was_stored
from pages.parts.imports.desk import Desk, checked_as, delivery, desk, in_order, is_ready, report_of
from pages.parts.imports.formats import templates
from pages.parts.imports.try_out import try_out
from pages.parts.language import literal, say
from vocabulary.text import Text

TITLE = Text("Bring files in", "ファイルを取り込む")
DROP = Text(
    "Drop files here: CSV, XLSX, or OpenAlex JSON, up to 20 MB each. They are checked at once; nothing is stored yet.",
    "ここにファイルをドロップ（CSV、XLSX、OpenAlex の JSON、1 ファイル 20 MB まで）。すぐに検査し、まだ登録はしない。",
)
DROP_OWN = Text(
    "Drop files here: CSV or XLSX, up to 20 MB each. They are checked at once; nothing is stored yet.",
    "ここにファイルをドロップ（CSV、XLSX、1 ファイル 20 MB まで）。すぐに検査し、まだ登録はしない。",
)
READS_ONLY = Text(
    "You read what came. Files are brought in by the International Strategy Office and, for their own departments, by "
    "the heads and their deputies.",
    "ここでは取り込みの結果を閲覧できる。取り込みは国際戦略室と、自部局分については各部局の長とその代理が行う。",
)
OWN_ONLY = Text(
    "You bring in activities, headcounts, indicators and goals of your own departments; what a file says of others is "
    "refused.",
    "自部局の活動・人数・指標・目標を取り込める。他部局の行を含むファイルは受け付けない。",
)
AMONG_SYNTHETIC = Text(
    "This is the demonstration: what you bring in stands among synthetic records, for everyone who tries it. Roll your "
    "import back below when you are done.",
    "これはデモである。取り込んだ内容は合成データに混ざり、ほかの閲覧者にも見える。試し終えたら下で取り消す。",
)
TYPES = ("csv", "xlsx", "xlsm", "json", "jsonl", "ndjson", "gz")
OWN_TYPES = ("csv", "xlsx", "xlsm")
RECOGNISING = Text("Looking what the files are…", "ファイルの種類を調べています…")
CHECKING = Text("Checking the files…", "ファイルを検査しています…")
FINE = Text("{fine} of {all} files have nothing wrong", "{all}件中{fine}件は問題なし")
COPY = Text(
    "The same file twice: {copy} holds what {file} holds, and is set aside.",
    "同じファイルが2件：{copy} は {file} と同じ内容のため外した。",
)
OPEN = Text("waiting for your answer: {n}", "回答待ち{n}件")
WRONG = Text("to mend: {n}", "要修正{n}件")
ALL_FINE = Text("Every file is in order ({all}).", "{all}件すべて問題なし。")


def receive() -> None:
    """The place to drop files, a card for each, and what can be done with those in order."""
    reader = data.reader()
    if not reader.imports:
        st.caption(say(READS_ONLY))
        return
    st.subheader(say(TITLE), anchor=False)
    if not reader.imports_for.whole_university:
        st.caption(say(OWN_ONLY))
    if data.is_demonstration():
        st.caption(f":material/experiment: {say(AMONG_SYNTHETIC)}")
    here = desk()
    templates()
    _take(here)
    _say_copies(here)
    what_was_stored(here)
    if not here.files:
        return
    try:
        _recognise(here)
        _check(here)
        _say_standing(here)
        for sent in list(here.files.values()):
            card(here, sent)
        try_out(here, in_order())
        commit(here, in_order())
    except writing.BusyError:
        st.warning(say(writing.BUSY), icon=":material/hourglass:")


def _take(here: Desk) -> None:
    """Keeps what was dropped, and empties the place for the next files."""
    drop, types = (DROP, TYPES) if data.reader().imports_for.whole_university else (DROP_OWN, OWN_TYPES)
    uploaded = st.file_uploader(say(drop), type=list(types), accept_multiple_files=True, key=f"uploads:{here.round}")
    if uploaded:
        here.aside = []
        for one in uploaded:
            here.take(one)
        here.round, here.stored = here.round + 1, ()
        st.rerun()


def _say_copies(here: Desk) -> None:
    lines = [say(COPY.filled(copy=copy, file=file)) for copy, file in here.aside]
    if lines:
        st.info(literal("\n".join(lines)), icon=":material/content_copy:")


def _recognise(here: Desk) -> None:
    unknown = [sent for sent in here.files.values() if sent.known is None]
    if not unknown and not jobs.is_under_way("recognise"):
        return
    files = [(sent.path, sent.name) for sent in unknown]
    found = jobs.done("recognise", RECOGNISING, lambda: jobs.keyed(files, writing.recognising(files)))
    for sent in here.files.values():
        sent.known = found.get((sent.path, sent.name), sent.known)
    if any(sent.known is None for sent in here.files.values()):  # dropped while others were looked at
        st.rerun()


def _check(here: Desk) -> None:
    """Checks what was not yet checked as it is to be read now; what was, is not checked again."""
    waiting = [sent for sent in here.files.values() if is_ready(sent) and report_of(sent) is None]
    if not waiting and not jobs.is_under_way("check"):
        return
    keys = [checked_as(sent) for sent in waiting]
    here.reports |= jobs.done(
        "check", CHECKING, lambda: jobs.keyed(keys, writing.checking([delivery(sent) for sent in waiting]))
    )
    if any(is_ready(sent) and report_of(sent) is None for sent in here.files.values()):
        st.rerun()


def _say_standing(here: Desk) -> None:
    """How many are in order, wait for an answer, or need mending."""
    files = list(here.files.values())
    reports = [report_of(sent) for sent in files]
    wrong = sum(report is not None and report.status == "refused" for report in reports)
    wrong += sum(isinstance(sent.known, Text) for sent in files)
    fine = sum(report is not None and report.status != "refused" for report in reports)
    if fine == len(files):
        sentence = ALL_FINE.filled(all=fine)
    else:
        parts = [FINE.filled(fine=fine, all=len(files))]
        parts += [OPEN.filled(n=len(files) - fine - wrong)] if len(files) > fine + wrong else []
        parts += [WRONG.filled(n=wrong)] if wrong else []
        sentence = Text("; ".join(part.en for part in parts) + ".", "、".join(part.ja for part in parts) + "。")
    st.markdown(f"**{literal(say(sentence))}**")
