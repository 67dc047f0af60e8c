"""Whether the log is whole, and what was done and refused lately: the answer at the top, in sentences."""

import pandas as pd
import streamlit as st

from pages.parts.access.words import moment
from pages.parts.audit import words
from pages.parts.auditing import Seen
from pages.parts.filters import link
from pages.parts.language import literal, say
from vocabulary.audit_actions import ACTIONS
from vocabulary.text import Text

WHOLE = Text(
    "As of opening ({at}, Japan time) the log is whole: events {first} to {last} are as they were written.",
    "表示時点（日本時間 {at}）で記録は完全である：イベント{first}～{last}は書かれたときのまま。",
)
HOW_TO_VERIFY = Text("Verify later that nothing was cut or rewritten", "後日の照合（切り詰め・書き直しの検出）")
HASH = Text(
    "Hash of event {last}. Write it down elsewhere. Whoever runs the monitor then finds even a log that was cut or "
    "written anew, with this command:",
    "イベント{last}のハッシュは次のとおり。別の場所に控えておくと、記録の切り詰めや書き直しも、運用担当者が"
    "次のコマンドで発見できる。",
)
COMMAND = "manage.py audit verify --expect {last}:{hash}"
BROKEN = Text(
    "As of opening ({at}, Japan time) the log is not whole: {fault}. Keep the database as it is, and "
    "ask who can write to it.",
    "表示時点（日本時間 {at}）で記録は完全ではない：{fault}。データベースを現状のまま保全し、書き込める者を確認する。",
)
NOTHING_YET = Text("Nothing was done yet, so the log is empty.", "まだ何も行われていないため、記録は空である。")
NOTHING_LATELY = Text("Nothing like this was done{when}.", "{when}該当するイベントはない。")
WHEN = {
    1: Text(" today", "今日の"),
    7: Text(" in the last 7 days", "直近7日間の"),
    30: Text(" in the last 30 days", "直近30日間の"),
    0: Text(" since the log begins", "記録開始以来の"),
}
ONE_DONE = Text("One thing was done{when}, {by}.", "{when}実行は1件（{by}）。")
DONE = Text("{n} things were done{when}, {by}.", "{when}実行は{n}件（{by}）。")
NOTHING_DONE = Text("Nothing of it was done{when}.", "{when}実行はない。")
READERS = (Text("by one reader", "閲覧者1名"), Text("by {n} readers", "閲覧者{n}名"))
COMMANDS = Text("by commands", "運用コマンド")
BOTH = Text("{readers} and {commands}", "{readers}、{commands}")
NONE_REFUSED = Text("Nothing was refused.", "拒否はない。")
LAST_ONE = Text(", the last on {day}: {what}, by {who}", "（最後は{day}：{what}、{who}）")
REFUSED = (
    Text("One thing was refused{last}.", "拒否は1件{last}。"),
    Text("{n} things were refused{last}.", "拒否は{n}件{last}。"),
)
FAILED = (Text("One thing failed{last}.", "失敗は1件{last}。"), Text("{n} things failed{last}.", "失敗は{n}件{last}。"))
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


def say_whole(seen: Seen) -> None:
    """Whether the log is whole, when that was seen, and the hash that is to be written down."""
    found, at = seen.found, moment(seen.at)
    if found.fault is not None:
        st.error(literal(say(BROKEN.filled(at=at, fault=found.fault))), icon=":material/gpp_bad:")
    elif not found.last:
        st.info(say(NOTHING_YET), icon=":material/info:")
    else:
        told = say(WHOLE.filled(at=at, first=found.first, last=found.last))
        st.success(told, icon=":material/verified_user:")
        with st.expander(say(HOW_TO_VERIFY), icon=":material/fingerprint:", key="audit:verify"):
            st.caption(say(HASH.filled(last=found.last)))
            st.code(COMMAND.format(last=found.last, hash=found.last_hash), language=None, wrap_lines=True)


def say_not_yours() -> None:
    """Why the page is empty."""
    st.info(say(NOT_YOURS), icon=":material/lock:")
    link("overview", Text("Overview", "概況"), icon=None)


def say_lately(found: pd.DataFrame, days: int) -> None:
    """How much was done by how many, what was refused and failed last, and each kind of thing with its number."""
    when = WHEN[days]
    if found.empty:
        st.markdown(literal(say(NOTHING_LATELY.filled(when=when))))
        return
    done, refused, failed = (found[found["outcome"] == outcome] for outcome in ("done", "refused", "failed"))
    told = [_done(done, when), _last_of(refused, REFUSED) if len(refused) else NONE_REFUSED]
    if len(failed):
        told.append(_last_of(failed, FAILED))
    answer = say(Text(" ", "")).join(literal(say(text)) for text in told)
    lines = [literal(say(_one(str(action), rows))) for action, rows in found.groupby("action", sort=False)]
    st.markdown("\n".join([f"**{answer}**", "", *(f"- {line}" for line in lines)]))


def _done(done: pd.DataFrame, when: Text) -> Text:
    if done.empty:
        return NOTHING_DONE.filled(when=when)
    by_command = done["acting"].str.startswith(words.COMMANDS)
    readers = done["acting"][~by_command].nunique()
    by = READERS[readers > 1].filled(n=readers) if readers else COMMANDS
    if readers and by_command.any():
        by = BOTH.filled(readers=by, commands=COMMANDS)
    return (ONE_DONE if len(done) == 1 else DONE).filled(n=f"{len(done):,}", by=by, when=when)


def _last_of(found: pd.DataFrame, told: tuple[Text, Text]) -> Text:
    """How many were refused (or failed), and the last of them; `told` says it of one and of several."""
    last = found.iloc[0]
    what, who = _name(str(last["action"])), words.who(str(last["actor"]), str(last["seen_by"]))
    last_one = LAST_ONE.filled(day=str(last["when"])[:10], what=what, who=who)
    return told[len(found) > 1].filled(n=f"{len(found):,}", last=last_one)


def _one(action: str, rows: pd.DataFrame) -> Text:
    found = rows["outcome"].value_counts()
    said = [words.filled(n=f"{found[code]:,}") for code, words in COUNTS.items() if code in found]
    counts = Text(BETWEEN.en.join(one.en for one in said), BETWEEN.ja.join(one.ja for one in said))
    return ONE.filled(what=_name(action), counts=counts)


def _name(action: str) -> Text:
    return ACTIONS.get(action, Text(action, action))
