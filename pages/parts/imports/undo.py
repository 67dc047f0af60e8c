"""Taking an import back: what would be undone, what stands in the way, and a confirmation before anything is."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from pages.parts import data, jobs, writing
from pages.parts.imports.desk import desk
from pages.parts.language import literal, say
from pages.parts.one_run import read_anew
from pages.parts.writing import Obstacle, RollBack
from vocabulary.text import Text

UNDO = Text("Roll back", "取り消す")
TITLE = Text("Roll import {number} back?", "取り込み{number}を取り消しますか")
WHAT = Text(
    "Everything that {file} did is undone at once: records that it added go, those that it changed or withdrew are "
    "again what they were. The import and the roll back stay in the list.",
    "{file} の内容をすべて一度に取り消す。追加した記録は消え、変更・取り下げた記録は元に戻る。"
    "取り込みと取り消しの履歴は残る。",
)
IN_THE_WAY = Text(
    "It cannot be undone: {n} records stand in the way. Roll the later imports back first; nothing is half undone.",
    "取り消せない。{n}件の記録が妨げになっている。先に後の取り込みを取り消す。一部だけが取り消されることはない。",
)
OBSTACLE = Text("{record} {why}{by}", "{record}：{why}{by}")
BY = Text(" (import {number}, {file})", "（取り込み{number}、{file}）")
YES = Text("Roll it back", "取り消しを実行")
KEEP = Text("Keep it", "取り消さない")
UNDOING = Text("Rolling the import back…", "取り込みを取り消しています…")
UNDONE = Text(
    "Rolled back: {removed} records gone, {restored} restored, {back} back.",
    "取り消した。消えた記録{removed}、元に戻した記録{restored}、復活した記録{back}。",
)
MOST_NAMED = 20
_ASKED, _TOLD = "undo", "undone"


class _Asked(NamedTuple):
    """The import that the reader may want to undo, and where on the page it was asked."""

    import_id: int
    file_name: str
    key: str


def undo_button(import_id: int, file_name: str, key: str) -> None:
    """The button of one import, for readers who import; `confirm_undo` of the same key then asks again."""
    if data.reader().imports and st.button(
        say(UNDO), icon=":material/undo:", type="tertiary", key=f"undo:{key}:{import_id}"
    ):
        st.session_state[_ASKED] = _Asked(import_id, file_name, key)


def confirm_undo(import_id: int, key: str) -> None:
    """What would be undone, or what stands in the way; nothing is done before the reader says so here."""
    asked: _Asked | None = st.session_state.get(_ASKED)
    if asked is None or (asked.import_id, asked.key) != (import_id, key) or not data.reader().imports:
        return
    under_way = jobs.is_under_way("undo")
    there = [] if under_way else writing.obstacles(import_id)
    with st.container(border=True, gap="small"):
        st.markdown(f"**{say(TITLE.filled(number=import_id))}**")
        if there:
            _list(there)
        else:
            st.markdown(literal(say(WHAT.filled(file=asked.file_name))))
        with st.container(horizontal=True, gap="small"):
            sure = not there and st.button(say(YES), icon=":material/undo:", type="primary", key="undo:yes")
            keep = st.button(say(KEEP), key="undo:no")
        if sure or under_way:
            told = jobs.done("undo", UNDOING, lambda: writing.undoing(import_id))
            st.session_state[_TOLD] = told
            if told.done:  # what was stored is so no more, and is said so no more
                desk().stored = tuple(one for one in desk().stored if one.import_id != import_id)
            read_anew()
        if sure or under_way or keep:
            del st.session_state[_ASKED]
            st.rerun()


def say_undone() -> None:
    """What came of the last roll back, said once."""
    told: RollBack | None = st.session_state.pop(_TOLD, None)
    if told is None:
        return
    if told.done:
        counts = told.counts
        words = UNDONE.filled(removed=counts.removed, restored=counts.restored, back=counts.brought_back)
        st.success(say(words), icon=":material/undo:")
        st.toast(say(words), icon=":material/undo:")
    elif told.refusal is not None:
        st.warning(say(told.refusal), icon=":material/block:")
    else:
        _list(told.in_the_way)


def _list(there: Sequence[Obstacle]) -> None:
    st.warning(say(IN_THE_WAY.filled(n=len(there))), icon=":material/block:")
    lines = []
    for one in there[:MOST_NAMED]:
        by = BY.filled(number=one.import_id, file=one.file_name) if one.import_id else Text("", "")
        record = ":".join(one.key) or one.kind
        lines.append(f"- {literal(say(OBSTACLE.filled(record=record, why=one.why, by=by)))}")
    st.markdown("\n".join(lines))
