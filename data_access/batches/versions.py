"""What an import does to records, kept as it does it: for each, what it was before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select

from data_access.batches.stored_as import LINKS, StoredAs, as_text, key_text
from data_access.insert_columns import insert_columns
from data_access.tables import Activity, Table, Version

AT_ONCE = 10_000  # rows of one statement; SQLite takes 32,766 values
T = TypeVar("T")


class Change(NamedTuple):
    """One record that an import is about to add (nothing before), change or withdraw."""

    key: tuple[object, ...]
    before: Mapping[str, object] | None
    activity_id: int | None = None


def remember(connection: Connection, stored: StoredAs, changes: Iterable[Change], import_id: int) -> None:
    """Keeps what the records were before; whoever calls changes them in the same transaction."""
    for some in in_batches(changes):
        columns: dict[str, Sequence[object]] = {
            "import_id": [import_id] * len(some),
            "kind": [stored.kind] * len(some),
            "key": [key_text(change.key) for change in some],
            "activity_id": [change.activity_id for change in some],
            "before": [None if change.before is None else as_text(change.before) for change in some],
        }
        insert_columns(connection, Version, columns)


def activities_now(connection: Connection, activity_ids: Sequence[int]) -> dict[int, dict[str, object]]:
    """The activities of these numbers (`AT_ONCE` at most) as they are stored, with their links as lists.

    A department stands with its share, [code, share]; a partner and a person by their numbers.
    """
    table = Activity.__table__
    rows = connection.execute(select(table).where(Activity.activity_id.in_(activity_ids))).mappings()
    found: dict[int, dict[str, object]] = {int(row["activity_id"]): dict(row) for row in rows}
    for name, link in LINKS.items():
        links: dict[int, list[object]] = defaultdict(list)
        columns = Table.metadata.tables[link.__tablename__].c
        query = select(*columns).where(columns.activity_id.in_(activity_ids)).order_by(*columns)
        for activity_id, *said in connection.execute(query):
            links[activity_id].append(list(said) if len(said) > 1 else said[0])
        for activity_id, record in found.items():
            record[name] = links.get(activity_id, [])
    return found


def insert_activities(connection: Connection, records: Sequence[Mapping[str, object]]) -> None:
    """Stores activities as `activities_now` gave them, under the numbers that they had."""
    own = [column.name for column in Activity.__table__.columns]
    if records:
        connection.execute(insert(Activity), [{name: record[name] for name in own} for record in records])
    for name, model in LINKS.items():
        columns = [column.name for column in model.__table__.columns]
        links = [
            dict(zip(columns, (record["activity_id"], *(link if isinstance(link, list) else [link])), strict=True))
            for record in records
            for link in linked(record, name)
        ]
        if links:
            connection.execute(insert(model), links)


def linked(record: Mapping[str, object], name: str) -> list[object]:
    """The links of one name that an activity holds, as `activities_now` gives them."""
    links = record[name]
    assert isinstance(links, list)  # noqa: S101
    return links


def remove_activities(connection: Connection, activity_ids: Sequence[int]) -> None:
    """Deletes activities (`AT_ONCE` at most) and their links."""
    tables = [Table.metadata.tables[model.__tablename__] for model in LINKS.values()]
    for table in (*tables, Table.metadata.tables[Activity.__tablename__]):
        connection.execute(delete(table).where(table.c.activity_id.in_(activity_ids)))


def remove_by_key(connection: Connection, stored: StoredAs, keys: Sequence[tuple[object, ...]]) -> None:
    """Deletes records of a table without links, one after the other."""
    same = [stored.table.c[name] == bindparam(f"this_{name}") for name in stored.key]
    if keys:
        rows = [{f"this_{name}": value for name, value in zip(stored.key, key, strict=True)} for key in keys]
        connection.execute(delete(stored.table).where(*same), rows)


def in_batches(everything: Iterable[T]) -> Iterator[list[T]]:
    """Lists of at most `AT_ONCE`, one after the other."""
    rest = iter(everything)
    while some := list(islice(rest, AT_ONCE)):
        yield some
