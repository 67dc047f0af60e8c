"""How to import, for who does: the columns of each kind of file as the importer declares them, and the command."""

import pandas as pd
import streamlit as st

from metrics.conditions import CONDITIONS
from metrics.declared import IMPLIED
from pages.parts import data, writing
from pages.parts.downloads import offer
from pages.parts.filters import choose
from pages.parts.language import literal, say
from pages.parts.shelf import File
from pages.parts.tables import MIME, YES, Column, downloads, table
from vocabulary.text import Language, Text

TITLE = Text("How to import", "取り込みの手順")
IN_LANGUAGES: dict[Language, Text] = {"ja": Text("in Japanese", "日本語"), "en": Text("in English", "英語")}
KIND = Text("Columns and template of", "列とひな形を見るファイル")
MOST_ASKED = "activities"
TEMPLATES = Text("Templates", "ひな形")
ADMINISTRATORS = Text("For administrators", "管理者向け")
TEMPLATE = Text("Template {language}", "ひな形（{language}）")
TEMPLATE_HELP = Text(
    "A workbook to fill in: headers with what each column takes, drop-down lists of the codes that hold now, two "
    "examples and the meaning of each code.",
    "記入用のブック。見出しの説明、使えるコードの一覧（ドロップダウン）、記入例 2 行、コード表付き。",
)
COMMAND = "python manage.py import {kind} FILE..."
FILES = Text(
    "CSV in UTF-8 or CP932 (Shift_JIS), or XLSX. All rows are checked before any is stored; a refused file stores "
    "nothing. The same file again changes nothing. Headers may be in English or Japanese.",
    "CSV（UTF-8 または CP932／Shift_JIS）か XLSX。すべての行を検査してから登録し、不備があれば何も登録しない。"
    "同じファイルを再度取り込んでも何も変わらない。見出しは英語でも日本語でもよい。",
)
IDENTITY = Text("A row is known by: {columns}.", "行を識別する列：{columns}。")
ALT = Text("The columns of a file of {kind}", "{kind}ファイルの列")
COLUMNS = {
    "name": Column(name=Text("Column", "列"), width=150),
    "required": Column(name=Text("Required", "必須"), width=68),
    "name_ja": Column(name=Text("Japanese header", "日本語の見出し"), width=130),
    "accepted": Column(name=Text("Accepted", "使える値"), width=560),
}
CONDITIONS_NAMED = Text("Conditions that an indicator may name", "指標で使える条件")
OF_CONDITIONS = {
    "name": Column(name=Text("Condition", "条件"), width=150),
    "meaning": Column(name=Text("Activities that count", "該当する活動"), width=420),
    "implied": Column(name=Text("Meets as well", "併せて満たす条件"), width=340),
}


def how_to_import() -> None:
    """The columns of the kind chosen, of those that the reader brings in; nothing for who brings in none."""
    kinds = writing.kinds()
    if not kinds:
        return
    st.subheader(say(TITLE), anchor=False)
    key = choose("kind", KIND, {key: kind.name for key, kind in kinds.items()}, style="buttons")
    kind = kinds[key]
    with st.container(horizontal=True, gap="small"):
        _template(key, "formats")
    if data.reader().may_decide:
        with st.popover(say(ADMINISTRATORS), icon=":material/terminal:"):
            st.code(COMMAND.format(kind=key), language="bash")
    identity = say(Text(", ", "、")).join(kind.identity)
    st.markdown(literal(f"{say(kind.shape or FILES)} {say(IDENTITY.filled(columns=identity))}"))
    rows = [
        {
            "name": column.name,
            "name_ja": column.name_ja,
            "required": say(YES) if column.required else "",
            "accepted": say(column.accepted),
        }
        for column in kind.columns
    ]
    frame = pd.DataFrame(rows)
    columns = {name: column for name, column in COLUMNS.items() if kind.shape is None or name != "required"}
    table(frame, columns, alt=ALT.filled(kind=kind.name), key=f"formats:{key}", height="content")
    downloads(frame, columns, f"format-{key}")
    if key == "indicators":
        _conditions()


def templates() -> None:
    """The workbooks to fill in, at hand where files are dropped."""
    names = {key: say(kind.name) for key, kind in writing.kinds().items() if kind.shape is None}
    with st.popover(say(TEMPLATES), icon=":material/table_view:"):
        st.caption(say(TEMPLATE_HELP))
        every = list(names)
        kind = st.selectbox(
            say(KIND), every, index=every.index(MOST_ASKED), format_func=names.__getitem__, key="templates:kind"
        )
        _template(kind, "drop")


def _template(kind: str, place: str) -> None:
    """The workbook to fill in, in either language; what comes from a database has none."""
    if data.FILE_KINDS[kind].shape is not None:
        return
    for language, name in IN_LANGUAGES.items():
        file_name = f"{data.FILE_KINDS[kind].name.said_in(language)}.xlsx"
        offer(
            say(TEMPLATE.filled(language=name)),
            File(name=file_name, mime=MIME["xlsx"], make=writing.template_of(kind, language)),
            key=f"template:{place}:{kind}:{language}",
            told=say(TEMPLATE_HELP),
        )


def _conditions() -> None:
    """The conditions that a declared indicator may name, in words."""
    st.caption(say(CONDITIONS_NAMED))
    rows = [
        {"name": name, "meaning": say(condition.text), "implied": "; ".join(sorted(IMPLIED[name]))}
        for name, condition in CONDITIONS.items()
    ]
    table(pd.DataFrame(rows), OF_CONDITIONS, alt=CONDITIONS_NAMED, key="formats:conditions", height="content")
