"""The records of a researchmap export, whatever stands around them: the import's envelope or the API's answer.

Built to the V2 format as read on 2026-11-28: the design of the researchmap.V2 WebAPI (v2API.pdf, whose JSON is that of
the institutions' export, too) and the JSON Lines of a researcher's own export. A line is one of

    {"insert": {"type": "published_papers", "id": "1", "user_id": "R000000001"}, "similar_merge": {...the record...}}
    {"@type": "published_papers", "rm:id": "1", "rm:user_id": "R000000001", ...the record...}
    {"@type": "researchers", "@graph": [{"@type": "published_papers", "items": [...records...]}], ...the profile...}
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data_access.files.text_rows import UnreadableError
from data_access.imports.json_values import JsonObject, object_of, objects_of, text_of

PROFILE = "researchers"
_ACTIONS = ("insert", "update", "delete")
_BODIES = ("similar_merge", "merge", "force", "doc")
_MEMBER_ID = re.compile(r"[A-Z]?\d{6,12}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record of one researcher. `kind` is researchmap's name of the list it stands in (`published_papers`, ...).

    `member` is the researcher's id in researchmap, which is no name; empty where it is not given. `owner` names the
    researcher within the file (the id, or else the permalink, which may be a name and is never kept).
    """

    number: int  # of the line
    kind: str
    key: str  # researchmap's id of the record; may be empty
    member: str
    owner: str
    body: JsonObject


def records_of(document: JsonObject, number: int, kind: str = "", owner: JsonObject | None = None) -> Iterator[Record]:
    """The records of one line; raises UnreadableError for one that holds none."""
    action = next((name for name in _ACTIONS if object_of(document.get(name)).get("type")), None)
    if action:
        envelope = object_of(document.get(action))
        body = next((object_of(document[name]) for name in _BODIES if name in document), {})
        kind = action if action == "delete" else text_of(envelope.get("type"))
        yield _record(number, kind, {**envelope, **body}, envelope)
        return
    kind = text_of(document.get("@type")) or kind
    owner = owner if owner is not None else document
    parts = objects_of(document.get("@graph"))
    items = objects_of(document.get("items"))
    if not kind and not parts:
        raise UnreadableError(
            f"Line {number} is no record of researchmap. Accepted: JSON Lines as researchmap exports them (V2).",
            f"{number} 行目は researchmap の業績ではありません。使えるのは researchmap の JSONL（V2 形式）です。",
            row=number,
        )
    if kind and "items" not in document:
        yield _record(number, kind, document, owner)
    for part in parts:
        yield from records_of(part, number, owner=owner)
    for item in items:
        yield from records_of({**item, "@type": kind}, number, owner={**owner, **item})


def _record(number: int, kind: str, body: JsonObject, owner: JsonObject) -> Record:
    names = [text_of(owner.get(name)) for name in ("user_id", "rm:user_id", "permalink")]
    return Record(
        number=number,
        kind=kind,
        key=text_of(body.get("rm:id")) or text_of(body.get("id")),
        member=next((name for name in names[:2] if _MEMBER_ID.fullmatch(name)), ""),
        owner=next(filter(None, names), ""),
        body=body,
    )


def affiliation_texts(profile: JsonObject) -> list[str]:
    """The institutions and sections of a researcher's profile, in both languages."""
    places = [object_of(one.get(part)) for one in objects_of(profile.get("affiliations")) for part in _PLACES]
    return [text for place in places for text in map(text_of, place.values()) if text]


_PLACES = ("affiliation", "section")
