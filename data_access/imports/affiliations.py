"""Affiliations: one row is a part of affiliation texts and the department that it means; which ones a text names."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from data_access.files.text_rows import UnreadableError
from data_access.imports import cells
from data_access.imports.columns import Column, Counts, Kind, Progress, RefusalError, Row
from data_access.imports.known import Known
from data_access.imports.store_rows_by_key import store_by_key
from data_access.tables import AffiliationPattern
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

SHORTEST, LONGEST = 2, 200
THE_UNIVERSITY = Text("the university itself", "大学全体")


def departments_named(texts: Iterable[str], known: Known) -> list[str]:
    """The departments whose patterns occur in affiliations; the university itself only where none of it does."""
    looked_at = {text.casefold() for text in texts}
    found = {department for part, department in known.patterns if any(part in text for text in looked_at)}
    return sorted(found - {UNIVERSITY} or found)


def other_department(known: Known) -> str:
    """Where records go that name no department of ours: the one that the import was told, else the university."""
    code = known.department or UNIVERSITY
    if code not in known.departments:
        raise UnreadableError(
            f"{code} is no department. Accepted: {', '.join(sorted(known.departments))}.",
            f"{code} という部局はありません。使えるのは{'、'.join(sorted(known.departments))}です。",
            value=code,
        )
    return code


def said_of(department: str) -> Text:
    """A department's code, or the university in words."""
    return THE_UNIVERSITY if department == UNIVERSITY else Text(department, department)


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
