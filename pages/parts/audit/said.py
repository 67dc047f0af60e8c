"""Whether the log is whole, and what was done and refused lately: the answer at the top, in sentences."""

import pandas as pd
import streamlit as st

from pages.parts import data
from pages.parts.auditing import Verified
from pages.parts.filters import link
from pages.parts.language import literal, say
from vocabulary.audit_actions import ACTIONS
from vocabulary.text import Text

WHOLE = Text(
    "The log is whole: events {first} to {last} are as they were written.",
    "記録は完全である：イベント{first}～{last}は書かれたときのまま。",
)
HASH = Text(
    "Hash of event {last}: `{hash}`. Write it down elsewhere: `manage.py audit verify --expect {short}` (the whole "
    "hash) then finds even a log that was cut or written anew.",
    "イベント{last}のハッシュ：`{hash}`。別の場所に控えておくと、記録の切り詰めや書き直しも "
    "`manage.py audit verify --expect {short}`（ハッシュ全体を指定）で発見できる。",
)
BROKEN = Text(
    "The log is not whole: {fault}. Keep the database as it is, and ask who can write to it.",
    "記録は完全ではない：{fault}。データベースを現状のまま保全し、書き込める者を確認する。",
)
NOTHING_YET = Text("Nothing was done yet, so the log is empty.", "まだ何も行われていないため、記録は空である。")
NOTHING_LATELY = Text("Nothing like this was done{when}.", "該当するイベントはない{when}。")
LATELY = Text("**{done} things were done{when}, by {who}; {refused}.**", "**実行{done}件（{who}）、{refused}{when}。**")
WHEN = {
    30: Text(" in the last 30 days", "（直近30日間）"),
    365: Text(" in the last year", "（直近1年間）"),
    0: Text(" since the log begins", "（記録の開始以来）"),
}
PEOPLE = Text("{n} different actors", "{n}者")
ONE_PERSON = Text("one actor", "1者")
NONE_REFUSED = Text("nothing was refused", "拒否なし")
REFUSED = Text("{n} were refused, the last on {day}: {what}, by {who}", "拒否{n}件（最後は{day}：{what}、{who}）")
ONE = Text("{what}: {counts}", "{what}：{counts}")
COUNTS = {
    "done": Text("{n} done", "実行{n}件"),
    "refused": Text("{n} refused", "拒否{n}件"),
    "failed": Text("{n} failed", "失敗{n}件"),
}
BETWEEN = Text(", ", "、")
NOT_YOURS = Text(
    "The audit log names who did what, so only the International Strategy Office and the auditors read it. That you "
    "opened this page stands in it.",
    "監査記録には誰が何をしたかが含まれるため、国際戦略室と監査担当のみが閲覧できる。このページを開いたことは記録された。",
)
SHORT = 12


def say_whole(found: Verified) -> None:
    """Whether the log is whole, and the hash that is to be written down."""
    if found.fault is not None:
        st.error(literal(say(BROKEN.filled(fault=found.fault))), icon=":material/gpp_bad:")
    elif not found.last:
        st.info(say(NOTHING_YET), icon=":material/info:")
    else:
        st.success(say(WHOLE.filled(first=found.first, last=found.last)), icon=":material/verified_user:")
        st.caption(say(HASH.filled(last=found.last, hash=found.last_hash, short=f"{found.last_hash[:SHORT]}…")))


def say_not_yours() -> None:
    """Why the page is empty."""
    st.info(say(NOT_YOURS), icon=":material/lock:")
    link("overview", Text("Overview", "概況"), icon=None)


def say_lately(found: pd.DataFrame, days: int) -> None:
    """How much was done by how many, what was refused last, and each kind of thing with its number."""
    when = WHEN[days]
    if found.empty:
        st.markdown(literal(say(NOTHING_LATELY.filled(when=when))))
        return
    done, refused = found[found["outcome"] == "done"], found[found["outcome"] != "done"]
    people = done["actor"].nunique()
    who = ONE_PERSON if people == 1 else PEOPLE.filled(n=people)
    told = LATELY.filled(done=f"{len(done):,}", when=when, who=who, refused=_refused(refused))
    lines = [literal(say(_one(str(action), rows))) for action, rows in found.groupby("action", sort=False)]
    st.markdown("\n".join([say(told), "", *(f"- {line}" for line in lines)]))


def _refused(refused: pd.DataFrame) -> Text:
    if refused.empty:
        return NONE_REFUSED
    last = refused.iloc[0]
    what, who = _name(str(last["action"])), data.reader_name(str(last["actor"]))
    whom = Text(literal(who.en), literal(who.ja))
    return REFUSED.filled(n=f"{len(refused):,}", day=str(last["when"])[:10], what=what, who=whom)


def _one(action: str, rows: pd.DataFrame) -> Text:
    found = rows["outcome"].value_counts()
    said = [words.filled(n=f"{found[code]:,}") for code, words in COUNTS.items() if code in found]
    counts = Text(BETWEEN.en.join(one.en for one in said), BETWEEN.ja.join(one.ja for one in said))
    return ONE.filled(what=_name(action), counts=counts)


def _name(action: str) -> Text:
    return ACTIONS.get(action, Text(action, action))
