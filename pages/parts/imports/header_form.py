"""The headers of a file that the reader has to say the meaning of; what is said is kept for the next file."""

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
CONFIRM = Text("Confirm these headers", "見出しを確定")
SCALED = Text(
    "The header {header} says thousands, millions or per cent. The monitor takes plain yen, persons and numbers: write "
    "them so in the file, or leave the column out.",
    "見出し「{header}」は千円・百万円・%などの単位である。モニターは円・人・実数を受け取る。"
    "ファイルの値を直すか、この列を使わない。",
)
READ_AS = Text("Headers of the office's own wording: {list}.", "独自の見出し：{list}。")
READ_ONE = Text("{header} is read as {column}", "「{header}」を{column}として読む")
NOT_READ = Text("{header} is not read", "「{header}」は読まない")
CHANGE = Text("Change what the headers mean", "見出しの意味を変える")


def header_form(sent: Sent, everything: bool = False) -> None:
    """A choice for each header that waits (or every one that is not plain), and the button that keeps the choices."""
    waiting = _not_plain(sent) if everything else to_confirm(sent)
    with st.form(f"headers:{sent.name}:{sent.digest[:12]}:{everything}", border=not everything):
        if not everything:
            st.markdown(say(WHY))
        said = {match.header: _choice(sent, match) for match in waiting}
        if st.form_submit_button(say(CONFIRM), icon=":material/check:"):
            sent.decided |= said
            writing.keep_decisions(sent.kind, sent.name, said)
            read_anew()
            st.rerun()


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
    return [match for match in found if not writing.is_remarks(match.header)]


def _choice(sent: Sent, match: Match) -> str:
    """What the reader says one header means; what is suggested stands there first."""
    taken = {other.column for other in matches_of(sent) if other.header != match.header and other.how != "suggested"}
    columns = [column.name for column in data.FILE_KINDS[sent.kind].columns if column.name not in taken]
    if match.how == "scaled":
        st.caption(literal(say(SCALED.filled(header=match.header))))
        columns = []
    options = [NOT_NEEDED, *columns]
    return st.selectbox(
        literal(match.header),
        options,
        index=options.index(match.column) if match.column in options else 0,
        format_func=lambda name: say(_name(sent, name)) if name else say(LEFT_OUT),
        key=f"header:{sent.name}:{sent.digest[:12]}:{match.header}",
        disabled=not columns,
        width=360,
    )


def _name(sent: Sent, column: str) -> Text:
    names = {one.name: one.name_ja for one in data.FILE_KINDS[sent.kind].columns}
    return Text(column, f"{names.get(column, column)}（{column}）")
