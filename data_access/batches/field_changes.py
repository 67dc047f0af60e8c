"""What an import changes in records that were stored before, field by field."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from data_access.batches.stored_as import ACTIVITIES, NOT_SAID, StoredAs, as_record, key_parts, key_text, values_of
from data_access.batches.versions import activities_now, in_batches, linked
from data_access.tables import Partner, Version
from vocabulary.record_values import change_said
from vocabulary.text import Text

Record = Mapping[str, object]


class FieldChange(NamedTuple):
    """One field of one record: what it said before the import, and what it says now.

    `lost`: something was there, and now nothing is, or what stands for a column that the file does not have.
    """

    key: tuple[str, ...]
    column: str
    before: Text
    after: Text
    lost: bool


def field_changes(
    connection: Connection, stored: StoredAs, import_id: int, absent: Collection[str]
) -> Iterator[FieldChange]:
    """What an import that is being stored changed, record by record; `absent`: the columns that its file lacks."""
    query = select(Version.key, Version.activity_id, Version.before).where(
        Version.import_id == import_id, Version.kind == stored.kind, Version.before.is_not(None)
    )
    for some in in_batches(connection.execute(query.order_by(Version.version_id))):
        before = {str(key): as_record(text, stored.table) for key, _, text in some if text is not None}
        now = _now(connection, stored, {str(key): number for key, number, _ in some})
        names = _partner_names(connection, [*before.values(), *now.values()])
        for key, record in before.items():
            if key in now:  # else it was withdrawn
                yield from _differences(key_parts(key), _named(record, names), _named(now[key], names), absent)


def _now(connection: Connection, stored: StoredAs, wanted: Mapping[str, int | None]) -> dict[str, Record]:
    if stored.kind == ACTIVITIES:
        found = activities_now(connection, [number for number in wanted.values() if number is not None])
        return {key: found[number] for key, number in wanted.items() if number in found}
    rows = connection.execute(select(stored.table)).mappings()
    return {key: dict(row) for row in rows if (key := key_text(values_of(dict(row), stored.key))) in wanted}


def _partner_names(connection: Connection, records: Iterable[Record]) -> dict[object, str]:
    wanted = {number for record in records if "partners" in record for number in linked(record, "partners")}
    if not wanted:
        return {}
    query = select(Partner.partner_id, Partner.name_en)
    return {row[0]: row[1] for row in connection.execute(query) if row[0] in wanted}


def _named(record: Record, names: Mapping[object, str]) -> Record:
    if "partners" not in record:
        return record
    return {**record, "partners": [names.get(number, number) for number in linked(record, "partners")]}


def _differences(key: Sequence[str], before: Record, after: Record, absent: Collection[str]) -> Iterator[FieldChange]:
    for column in after:
        was, now = before.get(column), after[column]
        if column in NOT_SAID or was == now:
            continue
        lost = was not in (None, "", []) and (now in (None, "", []) or column in absent)
        yield FieldChange(tuple(key), column, *change_said(column, was, now), lost)
