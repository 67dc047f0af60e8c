"""What the records of each kind of file are stored as: their table, what names one, and how far a full list speaks."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from json.encoder import encode_basestring

from sqlalchemy import Date, Integer
from sqlalchemy import Table as StoredTable

from data_access.tables import (
    Activity,
    ActivityCountry,
    ActivityDepartment,
    ActivityLink,
    ActivityPartner,
    ActivityPerson,
    ActivitySdg,
    AffiliationPattern,
    Annotation,
    DeclaredIndicator,
    Department,
    Goal,
    JointPapers,
    Population,
    Rate,
    ReferenceRate,
    State,
    Table,
)

NOT_SAID = ("activity_id", "content_hash", "import_id", "file_row")  # how a record is stored, not what it says
STATE = "state"  # the facts on the database that an import may set: who and where the university is
ACTIVITIES = "activities"
OF_DATABASES = ("works", "researchmap", "kaken")  # kinds of files whose records are stored as activities
LINKS: dict[str, type[ActivityLink]] = {
    "departments": ActivityDepartment,
    "partners": ActivityPartner,
    "countries": ActivityCountry,
    "people": ActivityPerson,
    "sdgs": ActivitySdg,
}


@dataclass(frozen=True, kw_only=True)
class StoredAs:
    """How the records of one kind are stored. `extent`: a full list speaks of those that share its values in these."""

    kind: str
    model: type[Table]
    key: tuple[str, ...]
    extent: tuple[str, ...] = ()

    @property
    def table(self) -> StoredTable:
        return Table.metadata.tables[self.model.__tablename__]


def _keyed(kind: str, model: type[Table], extent: tuple[str, ...] = ()) -> StoredAs:
    key = tuple(column.name for column in Table.metadata.tables[model.__tablename__].primary_key)
    return StoredAs(kind=kind, model=model, key=key, extent=extent)


STORED = {
    stored.kind: stored
    for stored in (
        _keyed("departments", Department),
        StoredAs(kind=ACTIVITIES, model=Activity, key=("source", "record_id"), extent=("source",)),
        _keyed("populations", Population, extent=("as_of",)),
        _keyed("indicators", DeclaredIndicator),
        _keyed("goals", Goal),
        _keyed("annotations", Annotation),
        _keyed("rates", Rate),
        _keyed("country_matrix", JointPapers),
        _keyed("references", ReferenceRate),
        _keyed("affiliations", AffiliationPattern),
        _keyed(STATE, State),
    )
}
KEYS = {kind: stored.key for kind, stored in STORED.items() if kind != STATE}  # of a kind of file: what names a record
KIND_OF = {stored.model: stored.kind for stored in STORED.values()}


def stored_as(kind: str) -> StoredAs:
    """How the records of a kind of file are stored; LookupError for a kind that is none."""
    if kind in OF_DATABASES:
        return STORED[ACTIVITIES]
    if kind not in STORED:
        raise LookupError(f"there is no kind {kind!r}; there are {', '.join(STORED)}")
    return STORED[kind]


def key_text(values: Iterable[object]) -> str:
    """What names a record, as one text: a JSON list of texts, days as 2025-04-01."""
    return f"[{','.join(map(encode_basestring, map(str, values)))}]"


def key_parts(key: str) -> tuple[str, ...]:
    """The texts that `key_text` was made of."""
    return tuple(json.loads(key))


def typed_key(stored: StoredAs, parts: Sequence[str]) -> dict[str, object]:
    """Column -> value of what names a record; ValueError for a text that is no day or no number where one is meant."""
    typed: dict[str, object] = {}
    for name, text in zip(stored.key, parts, strict=True):
        of = stored.table.c[name].type
        typed[name] = (
            date.fromisoformat(text) if isinstance(of, Date) else int(text) if isinstance(of, Integer) else text
        )
    return typed


def as_text(record: Mapping[str, object]) -> str:
    """A record as JSON: every column, days as 2025-04-01, numbers to their last digit."""
    return _JSON.encode(record)


def as_record(text: str, table: StoredTable) -> dict[str, object]:
    """The record that `as_text` was given; links, which are no columns of the table, as plain lists."""
    record: dict[str, object] = json.loads(text)
    for name in _days(table):
        day = record[name]
        record[name] = date.fromisoformat(day) if isinstance(day, str) else None
    return record


@cache
def _days(table: StoredTable) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, Date))


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept as JSON")


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_day)


def values_of(record: Mapping[str, object], names: Sequence[str]) -> tuple[object, ...]:
    """What the record says in these columns."""
    return tuple(record[name] for name in names)
