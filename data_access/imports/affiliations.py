"""Affiliations: one row is a part of affiliation texts and the department that it means."""

from collections.abc import Sequence

from sqlalchemy import Connection

from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, RefusalError, Row
from data_access.imports.known import Known
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import AffiliationPattern
from vocabulary.text import Text

SHORTEST, LONGEST = 2, 200


def pattern(text: str, known: Known) -> str:
    if len(text) < SHORTEST:
        raise RefusalError(
            f'"{text}" would be found in nearly every affiliation.', f"「{text}」はほぼすべての所属に含まれます。"
        )
    return cells.text_up_to(LONGEST)(text, known)


def store(connection: Connection, rows: Sequence[Row], import_id: int, _progress: Progress) -> Counts:
    return store_by_key(connection, AffiliationPattern, [(row.number, row.values) for row in rows], import_id)


AFFILIATIONS = Kind(
    key="affiliations",
    name=Text("affiliations", "所属パターン"),
    identity=("pattern", "department"),
    columns=(
        Column(
            name="pattern",
            name_ja="パターン",
            required=True,
            read=pattern,
            accepted=Text(
                f"a part of the affiliation as it is printed, {SHORTEST} to {LONGEST} letters; capitals do not matter",
                f"論文の所属表記の一部（{SHORTEST}〜{LONGEST} 文字、大文字と小文字は区別しない）",
            ),
        ),
        Column(
            name="department",
            name_ja="部局",
            required=True,
            read=cells.department,
            accepted=Text("the code of a department, or * for the university", "部局コード、または *（大学全体）"),
        ),
    ),
    store=store,
)
