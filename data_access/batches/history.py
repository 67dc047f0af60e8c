"""The history of one record: every version of it, what differed, and the import that each came with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal, NamedTuple

from sqlalchemy import Connection, func, select

from data_access.batches.owners import may_be_seen
from data_access.batches.stored_as import (
    ACTIVITIES,
    NOT_SAID,
    StoredAs,
    as_record,
    key_parts,
    key_text,
    stored_as,
    typed_key,
)
from data_access.batches.versions import activities_now, linked
from data_access.scope import NOBODY, Scope
from data_access.tables import Activity, Import, Partner, Version
from vocabulary.record_values import PEOPLE

_Record = Mapping[str, object]
What = Literal["added", "changed", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class RecordVersion:
    """One version of a record: what it said from then on, and the import that made it so.

    `values`: column -> value, days and numbers as such; of an activity also its links (`departments` as [code, share],
    `partners` by name, `people` as how many they are). None where there is no such record any more, or where it is no
    longer one of the reader's: then nothing but the import's number and time is told. `differs`: the columns in which
    it says something else than the version before. `file_name`, `sha256` and `file_row` are where the values came
    from, which a roll back (`undoes`: the import that it undid) has from an earlier import; of a record that is gone,
    the file that withdrew it.
    """

    what: What
    import_id: int
    imported_at: datetime
    importer: str
    undoes: int | None
    file_name: str
    sha256: str
    file_row: int | None
    values: Mapping[str, object] | None
    differs: tuple[str, ...]


class _Import(NamedTuple):
    """The import that a version came with."""

    import_id: int
    imported_at: datetime
    importer: str
    undoes: int | None
    file_name: str
    sha256: str


def last_version(connection: Connection) -> int:
    """The number of the newest version; 0 where there is none. They are given in the order of the commits."""
    return int(connection.scalar(select(func.max(Version.version_id))) or 0)


def history(connection: Connection, kind: str, key: Sequence[str], scope: Scope = NOBODY) -> tuple[RecordVersion, ...]:
    """The versions of one record, newest first, as far as the reader may see them; none where there are none.

    `kind`: a kind of file; `key`: the texts of what names the record, days as 2025-04-01: of activities source and
    record id, of departments the code, of populations department, day, population, group and country, and so on
    (`stored_as(kind).key`). LookupError for a kind that is none; ValueError for a key of another length.
    """
    stored = stored_as(kind)
    if len(key) != len(stored.key):
        raise ValueError(f"{kind} are named by {', '.join(stored.key)}; this names {len(key)}: {', '.join(key)}")
    text = key_text(key)
    query = select(Version.import_id, Version.before).where(Version.kind == stored.kind, Version.key == text)
    touched = list(connection.execute(query.order_by(Version.version_id)))
    kept = [None if before is None else as_record(before, stored.table) for _, before in touched]
    states = [*kept, _now(connection, stored, text)]
    hidden = [one is not None and not may_be_seen(stored.kind, one, scope) for one in states]
    seen = [
        None if one is None or is_hidden else _by_name(connection, one)
        for one, is_hidden in zip(states, hidden, strict=True)
    ]
    makers = [_origin(states[0]), *(import_id for import_id, _ in touched)]
    imports = _imports(connection, [*makers, *map(_origin, states)])
    found = [
        _version(imports, made_by, before, after, hidden=is_hidden)
        for made_by, (before, after), is_hidden in zip(makers, pairwise([None, *seen]), hidden, strict=True)
        if made_by is not None and (before is not None or after is not None)
    ]
    return tuple(reversed(found))


def _origin(record: _Record | None) -> int | None:
    """The import that what a record says came with."""
    import_id = record["import_id"] if record and "import_id" in record else None
    assert import_id is None or isinstance(import_id, int)  # noqa: S101  as every table with an origin has it
    return import_id


def _now(connection: Connection, stored: StoredAs, text: str) -> dict[str, object] | None:
    key = dict(zip(stored.key, key_parts(text), strict=True))
    if stored.kind == ACTIVITIES:
        query = select(Activity.activity_id).where(
            Activity.source == key["source"], Activity.record_id == key["record_id"]
        )
        number = connection.scalar(query)
        return None if number is None else activities_now(connection, [number])[number]
    named = (stored.table.c[name] == value for name, value in typed_key(stored, key_parts(text)).items())
    row = connection.execute(select(stored.table).where(*named)).mappings().one_or_none()
    return None if row is None else dict(row)


def _version(
    imports: Mapping[int, _Import], made_by: int, before: _Record | None, after: _Record | None, *, hidden: bool
) -> RecordVersion:
    """One version, from what the record was and what it became."""
    maker = imports[made_by]
    origin = imports.get(_origin(after) or 0, maker)
    what: What = "added" if before is None else "withdrawn" if after is None else "changed"
    names = [name for name in (after or before or {}) if name not in NOT_SAID]
    return RecordVersion(
        what=what,
        import_id=made_by,
        imported_at=maker.imported_at,
        importer="" if hidden else maker.importer,
        undoes=maker.undoes,
        file_name="" if hidden else origin.file_name,
        sha256="" if hidden else origin.sha256,
        file_row=_row(after),
        values={name: _told(name, after) for name in names} if after else None,
        differs=tuple(name for name in names if before and after and before[name] != after[name]),
    )


def _told(name: str, record: _Record) -> object:
    """A value as readers have it: of persons only how many they are, for their numbers would tell them apart."""
    return len(linked(record, name)) if name == PEOPLE else record[name]


def _row(record: _Record | None) -> int | None:
    row = record["file_row"] if record and "file_row" in record else None
    assert row is None or isinstance(row, int)  # noqa: S101
    return row


def _imports(connection: Connection, numbers: Iterable[int | None]) -> dict[int, _Import]:
    columns = (Import.import_id, Import.imported_at, Import.importer, Import.undoes, Import.file_name, Import.sha256)
    query = select(*columns).where(Import.import_id.in_({number for number in numbers if number is not None}))
    return {row[0]: _Import(*row) for row in connection.execute(query)}


def _by_name(connection: Connection, record: _Record) -> _Record:
    """An activity with its partners by name."""
    if "partners" not in record:
        return record
    numbers = linked(record, "partners")
    query = select(Partner.partner_id, Partner.name_en).where(Partner.partner_id.in_(numbers))
    names: dict[object, str] = {row[0]: row[1] for row in connection.execute(query)}
    return {**record, "partners": [names.get(number, number) for number in numbers]}
