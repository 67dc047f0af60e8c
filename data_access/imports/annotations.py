"""Annotations: one row is one dated remark, shown on every chart that it touches."""

from collections.abc import Sequence

from sqlalchemy import Connection

from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, Row
from data_access.imports.days import day
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import Annotation
from vocabulary.activity_types import TARGETS
from vocabulary.text import Text


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    return store_by_key(connection, Annotation, [(row.number, row.values) for row in rows], import_id)


_ANY_TEXT = Text("any text", "任意の文字列")
_REMARK = Text("a text of at most 500 letters", "500 文字以内の文字列")
ANNOTATIONS = Kind(
    key="annotations",
    name=Text("annotations", "注記"),
    identity=("date", "target", "text_en"),
    columns=(
        Column(
            name="date",
            name_ja="日付",
            required=True,
            read=day,
            accepted=Text(
                "a date as 2020-04-07 or 2020/4/7, or an Excel date", "2020-04-07 か 2020/4/7 の形の日付か Excel の日付"
            ),
        ),
        Column(name="text_en", name_ja="英語文", required=True, read=cells.text_up_to(500), accepted=_REMARK),
        Column(name="text_ja", name_ja="日本語文", required=True, read=cells.as_written, accepted=_ANY_TEXT),
        Column(
            name="target",
            name_ja="対象領域",
            read=cells.one_of(TARGETS, Text("a target", "対象領域のコード")),
            accepted=Text(f"{', '.join(TARGETS)}, or nothing (all)", f"{'、'.join(TARGETS)}、または空欄（すべて）"),
        ),
    ),
    store=store,
)
