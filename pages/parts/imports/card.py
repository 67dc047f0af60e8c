"""One file that was dropped: what kind it is, what its headers mean, and what is wrong in which cell of it."""

from functools import partial

import pandas as pd
import streamlit as st

from pages.parts import data, writing
from pages.parts.downloads import offer
from pages.parts.imports.desk import CORRECTED_KIND, Desk, Sent, missing, report_of, to_confirm
from pages.parts.imports.field_changes import field_changes, say_warnings
from pages.parts.imports.header_form import header_form, headers_read
from pages.parts.imports.remark_table import remark_table
from pages.parts.language import current_language, literal, say
from pages.parts.shelf import File
from pages.parts.tables import MIME
from pages.parts.writing import ImportReport
from vocabulary.text import Text

LINE = Text("{file} · {standing}", "{file} · {standing}")
UNREADABLE = Text("cannot be read", "読み取れない")
WHICH_KIND = Text("which kind of file is it?", "ファイルの種類を選ぶ")
HEADERS = Text("headers to confirm: {n}", "見出し{n}個の確認待ち")
FINE = Text("in order: {counts}", "問題なし：{counts}")
SAME = Text("in order, with nothing new", "問題なし、新しい内容なし")
AND_READ = Text("{words}; {n} to read", "{words}、要確認{n}件")
CELLS = Text("{n} to mend", "要修正{n}か所")
COUNTS = {
    "rows_new": Text("{n} new", "新規{n}"),
    "rows_changed": Text("{n} changed", "変更{n}"),
    "rows_unchanged": Text("{n} unchanged", "同じ{n}"),
    "rows_withdrawn": Text("{n} withdrawn", "取り下げ{n}"),
}
KIND = Text("Kind of file", "ファイルの種類")
CHOOSE = Text("Choose the kind", "種類を選ぶ")
NEAR = Text("Nearest: {kinds}.", "近い種類：{kinds}。")
GAPS = Text(
    "Required columns that no header is known to mean yet: {list}.", "まだ見出しが決まっていない必須の列：{list}。"
)
COMPLETE = Text("This is the complete list of its source", "情報源の全件リストである")
COMPLETE_HELP = Text(
    "Then what is stored of the same source (headcounts: of the same days; other kinds: of the kind) and is not in the "
    "file is withdrawn: it leaves the figures and stays in the history.",
    "同じ情報源（人数は同じ基準日、その他は同じ種類）の登録済みの記録のうち、ファイルにないものを取り下げる。"
    "指標から外れ、履歴には残る。",
)
PARTIAL = Text(
    "Only correct the columns of this file; everything else stays", "このファイルの列だけを修正し、ほかは残す"
)
PARTIAL_HELP = Text(
    "Each row names a record that is stored (source and record id). Columns that the file does not have stay as they "
    "are stored; without this, a row replaces the whole record, and what the file does not say is emptied.",
    "各行は登録済みの記録（情報源と記録ID）を示す。ファイルにない列は登録済みのまま残る。"
    "チェックしない場合は行が記録全体を置き換え、ファイルにない内容は空になる。",
)
TAKE_AWAY = Text("Take away", "外す")
TAKE_AWAY_HELP = Text("Take this file off the list; nothing was stored of it.", "一覧から外す。登録はされていない。")
WITH_REMARKS = Text("The file with remarks", "指摘付きのファイル")
WITH_REMARKS_HELP = Text(
    "The same file with one more column that says what is wrong in each row. Mend it, save it and drop it here again: "
    "the column of remarks is not read.",
    "各行の指摘を最後の列に加えた同じファイル。直して保存し、ここに再度ドロップする。指摘の列は読み込まれない。",
)


def card(here: Desk, sent: Sent) -> None:
    """One file, opened where somebody has to do something about it."""
    report = report_of(sent)
    if report is not None:
        say_warnings(report)
    fine = report is not None and report.status != "refused"
    icon = ":material/check_circle:" if fine else ":material/edit:" if report else ":material/help:"
    label = LINE.filled(file=sent.name, standing=_standing(sent, report))
    read = report is not None and _to_read(report) > 0
    with st.expander(
        literal(say(label)), expanded=not fine or read, icon=icon, key=f"card:{sent.name}:{sent.digest[:12]}"
    ):
        if isinstance(sent.known, Text):
            st.markdown(literal(say(sent.known)))
            _take_away(here, sent)
            return
        _how_it_is_read(here, sent)
        if to_confirm(sent):
            header_form(sent)
        elif report is not None:
            _found(sent, report)
            field_changes(report, key=f"{sent.name}:{sent.digest[:12]}")
            headers_read(sent)


def _standing(sent: Sent, report: ImportReport | None) -> Text:
    """What is to be done about a file, in a few words."""
    if isinstance(sent.known, Text):
        return UNREADABLE
    if not sent.kind:
        return WHICH_KIND
    kind = data.FILE_KINDS[sent.kind].name
    if report is None:
        words = HEADERS.filled(n=len(to_confirm(sent)))
    elif report.status == "refused":
        words = CELLS.filled(n=sum(remark.severity == "error" for remark in report.remarks))
    elif report.status == "unchanged":
        words = SAME
    else:
        words = FINE.filled(counts=counts_of(report))
    if report is not None and (n := _to_read(report)):
        words = AND_READ.filled(words=words, n=n)
    return LINE.filled(file=kind, standing=words)


def _to_read(report: ImportReport) -> int:
    """How many notices are on single rows: what a name was taken for, which value is doubtful."""
    return sum(one.severity == "notice" and one.row is not None and one.row > 1 for one in report.remarks)


def counts_of(report: ImportReport) -> Text:
    """`812 new, 14 changed, 3,000 unchanged`: what there is of each."""
    numbers = {name: getattr(report, name) for name in COUNTS}
    parts = [COUNTS[name].filled(n=f"{number:,}") for name, number in numbers.items() if number]
    return Text(", ".join(part.en for part in parts), "、".join(part.ja for part in parts))


def _how_it_is_read(here: Desk, sent: Sent) -> None:
    """The kind, which can be changed, why it was taken for it, and whether the file is a full list."""
    assert isinstance(sent.known, writing.Recognition)  # noqa: S101  `card` says what cannot be read
    names = {key: say(kind.name) for key, kind in data.FILE_KINDS.items()}
    likely = [*sent.known.near, *(key for key in names if key not in sent.known.near)]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            say(KIND),
            likely,
            index=likely.index(sent.kind) if sent.kind else None,
            format_func=names.__getitem__,
            placeholder=say(CHOOSE),
            key=f"kind:{sent.name}:{sent.digest[:12]}",
            width=220,
        )
        complete = st.checkbox(
            say(COMPLETE), sent.complete, help=say(COMPLETE_HELP), key=f"complete:{sent.name}:{sent.digest[:12]}"
        )
        partial = sent.kind == CORRECTED_KIND and st.checkbox(
            say(PARTIAL), sent.partial, help=say(PARTIAL_HELP), key=f"partial:{sent.name}:{sent.digest[:12]}"
        )
        _take_away(here, sent)
    if not sent.kind and sent.known.near:
        near = Text(
            "; ".join(data.FILE_KINDS[one].name.en for one in sent.known.near),
            "、".join(data.FILE_KINDS[one].name.ja for one in sent.known.near),
        )
        st.caption(literal(say(sent.known.why) + " " + say(NEAR.filled(kinds=near))))
    elif gaps := missing(sent):
        named = Text(", ".join(one.name for one in gaps), "、".join(one.name_ja for one in gaps))
        st.caption(literal(say(GAPS.filled(list=named))))
    elif sent.kind in ("", sent.known.kind):
        st.caption(literal(say(sent.known.why)))
    if ((chosen or ""), complete, partial) != (sent.kind, sent.complete, sent.partial):
        sent.chosen, sent.complete, sent.partial = chosen or "", complete, partial
        st.rerun()


def _take_away(here: Desk, sent: Sent) -> None:
    if st.button(
        say(TAKE_AWAY),
        icon=":material/close:",
        type="tertiary",
        help=say(TAKE_AWAY_HELP),
        key=f"away:{sent.name}:{sent.digest[:12]}",
    ):
        here.forget(sent.name)
        st.rerun()


def _found(sent: Sent, report: ImportReport) -> None:
    """What was remarked on the cells of the file, and the file with these remarks."""
    if report.remarks:
        rows = [
            {
                "severity": remark.severity,
                "row": float(remark.row) if remark.row is not None else float("nan"),
                "column": remark.column,
                "value": remark.value,
                "message_en": remark.message.en,
                "message_ja": remark.message.ja,
            }
            for remark in report.remarks
        ]
        remark_table(pd.DataFrame(rows), key=f"found:{sent.name}:{sent.digest[:12]}")
    ending = sent.path.suffix.lower().replace("xlsm", "xlsx").lstrip(".")
    if report.status == "refused" and ending in MIME:
        language = current_language()
        make = partial(writing.with_remarks, sent.path, sent.kind, report.remarks, language)
        offer(
            say(WITH_REMARKS),
            File(name=f"{sent.name.rpartition('.')[0]}.{ending}", mime=MIME[ending], make=make),
            key=f"remarked:{sent.name}:{sent.digest[:12]}:{language}",
            told=say(WITH_REMARKS_HELP),
        )
