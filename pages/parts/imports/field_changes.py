"""What a file would change in records that are stored: what is lost, to be read first, then field by field."""

import pandas as pd
import streamlit as st

from pages.parts import data
from pages.parts.language import literal, say
from pages.parts.tables import Column, downloads, table
from pages.parts.writing import ImportReport
from vocabulary.text import Text

LOST = Text("{file} empties what is stored", "{file} は登録済みの内容を空にする")
AGAIN = Text("{file} may be stored already", "{file} は登録済みの可能性がある")
CHANGES = Text(
    "Fields that change in stored records: {n}; the first {shown}:",
    "登録済みの記録で変わる項目は{n}件。最初の{shown}件：",
)
ALL_CHANGES = Text("Fields that change in stored records: {n}", "登録済みの記録で変わる項目は{n}件")
ALT = Text("Fields that change in stored records", "登録済みの記録で変わる項目")
YES = Text("lost", "消える")
MOST_SHOWN = 50
COLUMNS = {
    "record": Column(name=Text("Record", "記録"), width=220),
    "column_name": Column(name=Text("Column", "列"), width=130),
    "before": Column(name=Text("Stored", "登録済み"), width=240),
    "after": Column(name=Text("After storing", "登録後"), width=240),
    "lost": Column(name=Text("Lost", "消失"), width=70),
}


def say_warnings(report: ImportReport) -> None:
    """What records would lose, and what would count twice: to be read, whatever is closed below it."""
    for title, found in ((LOST, report.losses), (AGAIN, report.again)):
        if found:
            lines = "\n".join(f"- {literal(say(one))}" for one in found)
            st.warning(f"**{literal(say(title.filled(file=report.file_name)))}**\n\n{lines}", icon=":material/warning:")


def field_changes(report: ImportReport, key: str) -> None:
    """Every field that changes in a stored record: the first on the page, all of them as files."""
    if not report.changes or report.status == "refused":
        return
    every = [column for kind in data.FILE_KINDS.values() for column in kind.columns]
    names = {column.name: say(Text(column.name, column.name_ja)) for column in every}
    rows = pd.DataFrame(
        {
            "record": " ".join(filter(None, one.key)),
            "column_name": names.get(one.column, one.column),
            "before": say(one.before),
            "after": say(one.after),
            "lost": say(YES) if one.lost else "",
        }
        for one in report.changes
    )
    words = CHANGES if len(rows) > MOST_SHOWN else ALL_CHANGES
    st.markdown(f"**{say(words.filled(n=f'{len(rows):,}', shown=MOST_SHOWN))}**")
    table(rows.head(MOST_SHOWN), COLUMNS, alt=ALT, key=f"changes:{key}")
    downloads(rows, COLUMNS, f"changes-{report.file_name}", {Text("File", "ファイル"): report.file_name})
