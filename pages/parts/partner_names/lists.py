"""All names that wait, and all that was decided, as tables: choosing rows decides on several, or takes one back."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.parts import data, naming
from pages.parts.language import say
from pages.parts.naming import Decided, WaitingName
from pages.parts.partner_names.keeping import APPLIED, KEPT_MANY, OPEN_AGAIN, keep
from pages.parts.partner_names.said import types_in_words
from pages.parts.tables import Column, choosing_table, downloads, table
from vocabulary.text import Text

WAITING = Text("All names that wait", "確認待ちの名称一覧")
HOW = Text(
    "Choose a row to decide on it above; choose several that are in no registry to say so of all of them at once.",
    "行を選ぶと上で判断できる。ROR に未登録の名称は、複数の行を選んで一括で判断できる。",
)
APPLY = Text(
    "{n} names that were stored earlier are sure by now: apply them", "以前の登録分のうち確実な{n}件を反映する"
)
NONE_OF_THEM = Text("None of these {n} is in the registry", "選んだ{n}件はいずれも ROR に未登録")
DECIDED = Text("What was decided: {n}", "判断の履歴：{n}件")
WAY_BACK = Text(
    "Choose a row whose decision holds: the button that takes it back appears below the table.",
    "効力が「有効」の行を選ぶと、判断を取り消すボタンが表の下に現れる。",
)
NOT_YET = Text("Nothing was decided yet.", "まだ判断はない。")
TAKE_BACK = Text("Take the decision on {name} back", "{name} の判断を取り消す")
VERDICTS = {
    "organization": Text("is", "特定"),
    "not_in_registry": Text("not in the registry", "ROR に未登録"),
    "taken_back": Text("taken back", "取り消し"),
}
_OPEN = "partner_names_history_open"  # once something was taken back: the next one is often there, too
YES, NO = Text("holds", "有効"), Text("no more", "無効")
TIME_ZONE = "Asia/Tokyo"
_NAME = Column(name=Text("Name as written", "記載された名称"), width=250)
_COUNTRY = Column(name=Text("Country", "国・地域"), width=110)
COLUMNS = {
    "name": _NAME,
    "place": _COUNTRY,
    "activities": Column(name=Text("Entries", "記録（件）"), kind="count", width=78),
    "likeliest": Column(name=Text("Likeliest", "最有力の候補"), width=250),
    "score": Column(name=Text("Likeness", "類似度"), kind="index", width=78),
    "what": Column(name=Text("In", "活動の種類"), width=220),
}
DECISIONS = {
    "name": _NAME,
    "place": _COUNTRY,
    "verdict": Column(name=Text("Decision", "判断"), width=110),
    "organization": Column(name=Text("Organization", "機関"), width=240),
    "by": Column(name=Text("By", "判断者"), width=110),
    "when": Column(name=Text("When (Japan time)", "日時（日本時間）"), width=130),
    "holds": Column(name=Text("Holds", "効力"), width=70),
}


def choose_names(names: Sequence[WaitingName]) -> list[WaitingName]:
    """The table of all names that wait; gives those that the reader chose."""
    st.subheader(say(WAITING), anchor=False)
    if naming.may_decide():
        st.caption(say(HOW))
    frame = _waiting(names)
    chosen = choosing_table(frame, COLUMNS, alt=WAITING, word="name", code="code", height=320)
    downloads(frame, COLUMNS, "partner-names-waiting", {})
    return [names[place] for place in chosen.index]


def decide_on_many(names: Sequence[WaitingName], chosen: Sequence[WaitingName]) -> None:
    """The buttons for the obvious: what is sure by now, and what is in no registry."""
    if not naming.may_decide():
        return
    sure = sum(name.is_sure for name in names)
    with st.container(horizontal=True, gap="small"):
        if sure and st.button(say(APPLY.filled(n=f"{sure:,}")), icon=":material/done_all:", key="names:sure"):
            keep(lambda: APPLIED.filled(n=f"{naming.apply_sure():,}"))
        several = say(NONE_OF_THEM.filled(n=f"{len(chosen):,}"))
        if len(chosen) > 1 and st.button(several, icon=":material/close:", key="names:none"):
            keep(lambda: _none_of(chosen))


def show_decided(decided: Sequence[Decided]) -> None:
    """What was decided, by whom and when; one that holds can be taken back."""
    title, is_open = DECIDED.filled(n=f"{len(decided):,}"), _OPEN in st.session_state
    with st.expander(say(title), icon=":material/history:", expanded=is_open, key="names:decided"):
        if not decided:
            st.caption(say(NOT_YET))
            return
        if naming.may_decide():
            st.caption(say(WAY_BACK))
        frame = _decided(decided)
        picked = table(frame, DECISIONS, alt=title, key="decided", choose=naming.may_decide())
        downloads(frame, DECISIONS, "partner-names-decided", {})
        for one in (decided[place] for place in picked.index if decided[place].holds):
            label = say(TAKE_BACK.filled(name=f"{one.name} ({one.country})"))
            if st.button(label, icon=":material/undo:", key=f"name:back:{one.country}:{one.name}"):
                keep(lambda one=one: _open_again(one))  # type: ignore[misc]  # a default binds the row, not its type


def _none_of(chosen: Sequence[WaitingName]) -> Text:
    for name in chosen:
        naming.is_meant(name.name, name.country, "")
    return KEPT_MANY.filled(n=f"{len(chosen):,}")


def _open_again(one: Decided) -> Text:
    naming.is_open_again(one.name, one.country)
    st.session_state[_OPEN] = True
    return OPEN_AGAIN.filled(name=one.name)


def _waiting(names: Sequence[WaitingName]) -> pd.DataFrame:
    countries = data.country_names()
    first = [name.candidates[0] if name.candidates else None for name in names]
    return pd.DataFrame(
        {
            "code": [f"{name.country}:{name.name}" for name in names],
            "name": [name.name for name in names],
            "place": [say(countries[name.country]) for name in names],
            "activities": [name.activities for name in names],
            "likeliest": [one.organization.name_en if one else "" for one in first],
            "score": [one.score if one else float("nan") for one in first],
            "what": [types_in_words(name) for name in names],
        }
    )


def _decided(decided: Sequence[Decided]) -> pd.DataFrame:
    countries = data.country_names()
    when = pd.Series(pd.to_datetime([one.decided_at for one in decided])).dt.tz_localize("UTC").dt.tz_convert(TIME_ZONE)
    organizations = [naming.organization_of(one.ror_id) if one.ror_id else None for one in decided]
    return pd.DataFrame(
        {
            "name": [one.name for one in decided],
            "place": [say(countries[one.country]) for one in decided],
            "verdict": [say(VERDICTS[one.verdict]) for one in decided],
            "organization": [one.name_en if one else "" for one in organizations],
            "by": [say(data.reader_name(one.decided_by)) for one in decided],
            "when": when.dt.strftime("%Y-%m-%d %H:%M"),
            "holds": [say(YES if one.holds else NO) for one in decided],
        }
    )
