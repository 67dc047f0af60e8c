"""What people said the headers of a source's files mean, kept for its next file."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

from sqlalchemy import Engine, delete, insert, or_, select

from data_access.audit import Actor, record, refused
from data_access.engine import as_whole, reading
from data_access.imports.headings import NOT_NEEDED, normalised
from data_access.imports.kinds import KINDS
from data_access.scope import Scope
from data_access.tables import RememberedHeading

# What changes in a file's name from one delivery to the next: years, days, versions, copies.
_CHANGING = re.compile(
    r"\bv(?:er)?\.?\s*\d+|(?:令和|平成|昭和|[rh](?=\d))\s*(?:\d+|元)|fy\s*\d+|\d+|年度?|月|日|第|回|版|最終|確定|修正|再提出|コピー"
    r"|\b(?:version|copy|final|draft|new|corrected|remarks|fix(?:ed)?)\b|q[1-4]\b"
)
_BETWEEN = re.compile(r"[\W_]+")


def source_of(file_name: str) -> str:
    """What a file's name says of where it comes from: `留学派遣_令和7年度(1).xlsx` and `留学派遣 R6.xlsx` are alike."""
    stem = normalize("NFKC", Path(file_name).stem).casefold().replace("_", " ")
    return _BETWEEN.sub(" ", _CHANGING.sub(" ", stem)).strip() or stem


def remembered(engine: Engine, file_name: str, importer: str) -> dict[str, dict[str, str]]:
    """Kind -> header (normalised) -> column (or `NOT_NEEDED`), as decided for this source.

    What the importer decided goes before what somebody of the whole university did; nobody else's decisions count.
    """
    one = RememberedHeading
    query = (
        select(one.kind, one.heading, one.column)
        .where(one.source == source_of(file_name), or_(one.for_all, one.decided_by == importer))
        .order_by(one.decided_by == importer, one.decided_at)
    )
    found: dict[str, dict[str, str]] = {}
    with reading(engine) as connection:
        for kind, heading, column in as_whole(connection).execute(query):
            found.setdefault(kind, {})[heading] = column
    return found


def remember(
    engine: Engine,
    kind: str,
    file_name: str,
    mapping: Mapping[str, str],
    *,
    importer: str,
    scope: Scope,
    actor: Actor | None = None,
) -> None:
    """Keeps what headers of a file mean (header as it is written -> column, or `NOT_NEEDED`) for its source.

    Decisions of readers of the whole university serve everybody, those of others themselves alone. Raises
    PermissionError for nobody, LookupError for a column that the kind does not have.
    """
    who = actor or Actor.named(importer)
    if scope.is_nobody:
        refused(engine, who, "headings", object=kind, scope=scope.code)
        raise PermissionError("nobody decides what a header means")
    columns = {column.name for column in KINDS[kind].columns} | {NOT_NEEDED}
    if unknown := sorted(set(mapping.values()) - columns):
        raise LookupError(f"{kind} has no column {unknown[0]!r}; it has {', '.join(sorted(columns - {NOT_NEEDED}))}")
    now = datetime.now(UTC).replace(microsecond=0, tzinfo=None)  # stored in UTC
    key = {"source": source_of(file_name), "kind": kind, "decided_by": importer}
    said = {"for_all": scope.whole_university, "decided_at": now}
    rows = {heading: column for header, column in mapping.items() if (heading := normalised(header))}
    one = RememberedHeading
    with engine.begin() as connection:
        as_whole(connection).execute(
            delete(one).where(
                one.source == key["source"],
                one.kind == kind,
                one.decided_by == importer,
                one.heading.in_(list(rows)),
            )
        )
        if rows:
            everything = [{**key, **said, "heading": heading, "column": column} for heading, column in rows.items()]
            connection.execute(insert(one), everything)
        told = {"kind": kind, "columns": ",".join(sorted(set(rows.values())))}
        record(connection, who, "headings", object=kind, scope=scope.code, details=told, rows=len(rows))
