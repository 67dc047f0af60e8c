"""The history of one record: every version of it, what each changed, and the import that it came with."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from itertools import zip_longest
from zoneinfo import ZoneInfo

import streamlit as st

from pages.parts import data
from pages.parts.language import say
from pages.parts.reading import reading_table
from vocabulary.record_values import change_said
from vocabulary.text import Text

JAPAN = ZoneInfo("Asia/Tokyo")
TITLE = Text("History", "履歴")
HEADER = (
    Text("When (Japan time)", "日時（日本時間）"),
    Text("What", "内容"),
    Text("Before → after", "変更前 → 変更後"),
    Text("Import", "取り込み"),
    Text("By", "登録者"),
)
WHAT = {"added": Text("added", "追加"), "changed": Text("changed", "変更"), "withdrawn": Text("withdrawn", "取り下げ")}
FROM = Text("{number}, {file}", "{number}、{file}")
ROLL_BACK = Text("{number}, rolls {undoes} back", "{number}（{undoes}の取り消し）")
MOVED = Text("{column}: {before} → {after}", "{column}：{before} → {after}")
NOTHING = "–"


def record_history(source: str, record_id: str) -> None:
    """The versions of an activity, newest first; nothing where there was only ever one."""
    versions = data.records().history("activities", (source, record_id))
    if len(versions) < 2:
        return
    st.markdown(f"**{say(TITLE)}**")
    rows = []
    for version, before in zip_longest(versions, versions[1:]):
        when = version.imported_at.replace(tzinfo=UTC).astimezone(JAPAN)
        words = ROLL_BACK if version.undoes else FROM
        told = words.filled(number=version.import_id, file=version.file_name or NOTHING, undoes=version.undoes)
        moved = _moved(version.differs, before.values if before else None, version.values)
        rows.append([f"{when:%Y-%m-%d %H:%M}", say(WHAT[version.what]), moved, say(told), _by(version.importer)])
    reading_table(HEADER, rows)


def _by(importer: str) -> str:
    """Who imported: the reader's name, where the code is a reader's."""
    return say(data.reader_name(importer)) if importer else NOTHING


def _moved(differs: Sequence[str], before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> str:
    """What a version says otherwise than the one before; nothing where one of them is not the reader's to see."""
    if before is None or after is None:
        return NOTHING
    columns = {column.name: Text(column.name, column.name_ja) for column in data.FILE_KINDS["activities"].columns}
    told = [
        MOVED.filled(
            column=columns.get(name, Text(name, name)),
            before=was,
            after=now,
        )
        for name in differs
        for was, now in [change_said(name, before.get(name), after.get(name))]
    ]
    return say(Text("; ".join(one.en for one in told), "、".join(one.ja for one in told))) or NOTHING
