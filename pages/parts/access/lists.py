"""Who has which role, as a table to take roles back in; and all that was ever given, as history."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from pages.parts import data, granting
from pages.parts.access.keeping import keep
from pages.parts.access.words import begun, called, moment, of_what, role_name, role_of
from pages.parts.granting import STANDINGS, Given, Person
from pages.parts.language import literal, say
from pages.parts.tables import Column, table, telling
from vocabulary.text import Text

TITLE = Text("Who has a role", "権限をもつ者")
NONE = Text("No role holds, and none is to come.", "有効な権限も、開始前の権限もない。")
HOW = Text("Choose rows to take roles back.", "行を選ぶと権限を取り消せる。")
ASK = Text(
    "Take back: {roles}. Its person loses the view with the next click; what was given stays in the history.",
    "取り消す権限：{roles}。本人は次の操作から閲覧できなくなる。付与の履歴は残る。",
)
SURE = Text("Take back", "取り消す")
TAKEN = Text("Roles taken back: {n}.", "{n}件の権限を取り消した。")
HISTORY = Text(
    "Ever given: {n}; of these taken back or replaced: {taken}", "付与の履歴：{n}件（うち取り消し・置き換え {taken}件）"
)
WHOSE = Text("{who}, {role}", "{who} {role}")
COLUMNS = {
    "who": Column(name=Text("Account", "アカウント"), width=130),
    "role": Column(name=Text("Role", "権限"), width=(175, 110)),
    "of": Column(name=Text("Of", "対象"), width=160),
    "until": Column(name=Text("Last day", "最終日"), kind="date", width=90),
    "subject": Column(name=Text("Subject", "利用者識別子"), width=110),
    "seen": Column(
        name=Text("Signed in", "最終サインイン"), help=Text("Last sign-in, Japan time", "日本時間"), width=(90, 110)
    ),
    "standing": Column(name=Text("Stands", "状態"), width=70),
    "begins": Column(name=Text("From", "開始日"), kind="date", width=90),
}
PAST = {name: column for name, column in COLUMNS.items() if name not in ("seen", "subject")} | {
    "given": Column(name=Text("Given (Japan time)", "付与日時（日本時間）"), width=140),
    "given_by": Column(name=Text("By", "付与者"), width=140),
    "taken": Column(name=Text("Taken back", "取り消し日時"), width=140),
    "taken_by": Column(name=Text("By", "取り消した者"), width=140),
}
_ALIVE = ("holds", "to come")


def show_held(everybody: Sequence[Person]) -> None:
    """The roles that hold or are to come; those that are chosen can be taken back, after one more question."""
    st.subheader(say(TITLE), anchor=False)
    held = [(person, one) for person in everybody for one in person.given if one.standing in _ALIVE]
    if not held:
        st.caption(say(NONE))
        return
    if granting.may_grant():
        st.caption(say(HOW))
    rows = _frame(held)
    # Another list has another key: a row that was chosen is never another one's because the list has moved.
    key = f"access:held:{hash(tuple(one.number for _, one in held))}"
    chosen = table(rows, telling(COLUMNS, rows), alt=TITLE, key=key, choose=granting.may_grant())
    meant = [held[place] for place in chosen.index]
    if meant:
        _ask_and_take([one for _, one in meant], _named(meant))


def show_history(everybody: Sequence[Person]) -> None:
    """All that was ever given, newest first, with what became of it."""
    every = sorted(((person, one) for person in everybody for one in person.given), key=lambda pair: -pair[1].number)
    taken = sum(one.taken_at is not None for _, one in every)
    title = HISTORY.filled(n=f"{len(every):,}", taken=f"{taken:,}")
    with st.expander(say(title), icon=":material/history:", key="access:history"):
        if every:
            rows = _frame(every)
            table(rows, telling(PAST, rows), alt=title, key="access:past")


def _ask_and_take(given: Sequence[Given], roles: str) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(literal(say(ASK).format(roles=roles)))
        numbers = [one.number for one in given]
        if st.button(say(SURE), icon=":material/key_off:", type="primary", key="access:take"):
            keep(partial(_take, numbers))


def _take(numbers: Sequence[int]) -> Text:
    return TAKEN.filled(n=granting.take_roles_back(numbers))


def _named(meant: Sequence[tuple[Person, Given]]) -> str:
    between = say(Text("; ", "、"))
    return between.join(say(WHOSE.filled(who=called(person), role=role_of(one))) for person, one in meant)


def _frame(rows: Sequence[tuple[Person, Given]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "who": [begun(say(called(person))) for person, _ in rows],
            "role": [say(role_name(one.role)) for _, one in rows],
            "of": [begun(say(of_what(one))) for _, one in rows],
            "begins": pd.to_datetime([one.begins for _, one in rows]),
            "until": pd.to_datetime(pd.Series([one.until for _, one in rows], dtype=object)),
            "standing": [say(STANDINGS[one.standing]) for _, one in rows],
            "seen": [moment(person.last_seen)[:10] for person, _ in rows],
            "subject": [person.subject for person, _ in rows],
            "given": [moment(one.given_at) for _, one in rows],
            "given_by": [say(data.reader_name(one.given_by)) for _, one in rows],
            "taken": [moment(one.taken_at) for _, one in rows],
            "taken_by": [say(data.reader_name(one.taken_by)) for _, one in rows],
        }
    )
