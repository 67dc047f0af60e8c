"""The headers of a file that the reader has to say the meaning of; what is said is kept for the next file."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.parts import data, writing
from pages.parts.imports.desk import Sent, matches_of, to_confirm
from pages.parts.language import literal, say
from pages.parts.one_run import read_anew
from pages.parts.writing import NOT_NEEDED, Match
from vocabulary.text import Text

WHY = Text(
    "These headers are not those of the format. Say once what each means: the next file of this source is read the "
    "same way.",
    "次の見出しは形式の見出しと異なる。意味を一度指定すれば、同じ情報源の次のファイルも同じように読む。",
)
LEFT_OUT = Text("not needed", "使わない")
CHOOSE = Text("choose…", "選ぶ…")
CONFIRM = Text("Confirm these headers", "見出しを確定")
REST = Text("Confirm; those without a choice are not needed", "確定し、未選択の見出しは使わない")
NO_CHOICE = Text(
    "Say what each of these means, or that it is not needed: {list}.", "意味を選ぶか「使わない」を選ぶ：{list}。"
)
TWICE = Text("{list} cannot both be {column}: choose one.", "{list} の両方を{column}にはできない。どちらか一つを選ぶ。")
HELD = Text("{column} · now of {header}", "{column}・現在は「{header}」")
SCALED = Text(
    "The header {header} says thousands, millions or per cent. The monitor takes plain yen, persons and numbers: write "
    "them so in the file, or leave the column out.",
    "見出し「{header}」は千円・百万円・%などの単位である。モニターは円・人・実数を受け取る。"
    "ファイルの値を直すか、この列を使わない。",
)
READ_AS = Text("Headers of the office's own wording: {list}.", "独自の見出し：{list}。")
READ_ONE = Text("{header} is read as {column}", "「{header}」を{column}として読む")
NOT_READ = Text("{header} is not needed", "「{header}」は使わない")
CHANGE = Text("Change what the headers mean", "見出しの意味を変える")


def header_form(sent: Sent, everything: bool = False) -> None:
    """A choice for each header that waits (or every one that is not plain), and the button that keeps the choices."""
    waiting = _not_plain(sent) if everything else to_confirm(sent)
    with st.form(f"headers:{sent.name}:{sent.digest[:12]}:{everything}", border=not everything):
        if not everything:
            st.markdown(say(WHY))
        chosen = {match.header: _choice(sent, match) for match in waiting}
        with st.container(horizontal=True, gap="small"):
            confirmed = st.form_submit_button(say(CONFIRM), icon=":material/check:")
            rest = any(match.how == "unknown" for match in waiting) and st.form_submit_button(say(REST))
        if not confirmed and not rest:
            return
        said = {header: NOT_NEEDED if rest and column is None else column for header, column in chosen.items()}
        decided = _settled(sent, said)
        if isinstance(decided, Text):
            st.warning(literal(say(decided)))
            return
        sent.decided |= decided
        writing.keep_decisions(sent.kind, sent.name, decided)
        read_anew()
        st.rerun()


def _settled(sent: Sent, said: Mapping[str, str | None]) -> dict[str, str] | Text:
    """What is said, and that a header whose meaning another one was given is not needed; or what is still to say."""
    if silent := [header for header, column in said.items() if column is None]:
        return NO_CHOICE.filled(list=listed(silent))
    answers = {header: column for header, column in said.items() if column is not None}
    before = {match.header: match.column for match in matches_of(sent) if match.how != "suggested"}
    moved = {header: column for header, column in answers.items() if column and before.get(header) != column}
    if twice := [column for column in moved.values() if list(moved.values()).count(column) > 1]:
        both = [header for header, column in moved.items() if column == twice[0]]
        return TWICE.filled(list=listed(both), column=_name(sent, twice[0]))
    taken = set(moved.values())
    left = [header for header, column in (before | answers).items() if column in taken and header not in moved]
    return answers | dict.fromkeys(left, NOT_NEEDED)


def listed(words: Sequence[str]) -> Text:
    return Text(", ".join(words), "、".join(words))


def headers_read(sent: Sent) -> None:
    """How headers of the office's own wording were read, and the way to have them read otherwise."""
    told = [
        (READ_ONE if match.column else NOT_READ).filled(header=match.header, column=_name(sent, match.column))
        for match in _not_plain(sent)
    ]
    if not told:
        return
    words = READ_AS.filled(list=Text("; ".join(one.en for one in told), "、".join(one.ja for one in told)))
    st.caption(literal(say(words)))
    with st.popover(say(CHANGE), icon=":material/edit:"):
        header_form(sent, everything=True)


def _not_plain(sent: Sent) -> list[Match]:
    """The headers that are not those of the format; the monitor's own column of remarks is no question."""
    found = [match for match in matches_of(sent) if match.how != "exact" and match.header.strip()]
    return list({match.header: match for match in found if not writing.is_remarks(match.header)}.values())


def _choice(sent: Sent, match: Match) -> str | None:
    """What the reader says one header means; what is suggested stands there first, and nothing where nothing is."""
    taken = {one.column: one.header for one in matches_of(sent) if one.column and one.how != "suggested"}
    columns = [column.name for column in data.FILE_KINDS[sent.kind].columns]

    def words(column: str) -> str:
        if not column:
            return say(LEFT_OUT)
        of = taken.get(column, match.header)
        return say(_name(sent, column) if of == match.header else HELD.filled(column=_name(sent, column), header=of))

    if match.how == "scaled":
        st.caption(literal(say(SCALED.filled(header=match.header))))
        columns = []
    options = [NOT_NEEDED, *columns]
    return st.selectbox(
        literal(match.header),
        options,
        index=None if match.how == "unknown" else options.index(match.column),
        format_func=words,
        placeholder=say(CHOOSE),
        key=f"header:{sent.name}:{sent.digest[:12]}:{match.header}",
        disabled=not columns,
        width=360,
    )


def _name(sent: Sent, column: str) -> Text:
    names = {one.name: one.name_ja for one in data.FILE_KINDS[sent.kind].columns}
    return Text(column, f"{names.get(column, column)}（{column}）")
