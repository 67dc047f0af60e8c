"""Undoing what one import did to the records of one kind, in the reverse of the order in which it did it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from sqlalchemy import Connection, bindparam, insert, select, update

from data_access.batches.owners import is_the_writers
from data_access.batches.stored_as import ACTIVITIES, StoredAs, as_record, key_text, values_of
from data_access.batches.versions import (
    AT_ONCE,
    Change,
    activities_now,
    insert_activities,
    remember,
    remove_activities,
    remove_by_key,
)
from data_access.scope import Scope
from data_access.tables import Version

Records = Mapping[str, dict[str, object]]  # key of a record, as `key_text` -> what it says


class NotTheWritersError(PermissionError):
    """A record of the import is not, or was not, wholly of the departments of whoever undoes it."""


class Counts(NamedTuple):
    """How many records that an import added are gone, that it changed are restored, that it withdrew are back."""

    removed: int = 0
    restored: int = 0
    brought_back: int = 0

    def plus(self, other: Self) -> Self:
        return type(self)(*map(sum, zip(self, other, strict=True)))


class _Version(NamedTuple):
    """One record that the import touched, and what it was before."""

    version_id: int
    key: str
    activity_id: int | None
    before: str | None


def undo(connection: Connection, stored: StoredAs, import_id: int, undoing_id: int, scope: Scope) -> Counts:
    """Makes each record of the kind that the import touched what it was; what it is now is kept under `undoing_id`.

    Whoever calls has seen that no later import touched one of them. NotTheWritersError for records of others.
    """
    counts = Counts()
    for versions in _last_first(connection, stored.kind, import_id):
        now = _now(connection, stored, versions)
        then = {one.key: as_record(one.before, stored.table) for one in versions if one.before is not None}
        if not all(is_the_writers(stored.kind, one, scope) for one in (*now.values(), *then.values())):
            raise NotTheWritersError
        changes = (Change(_key(stored, now, then, one.key), now.get(one.key), one.activity_id) for one in versions)
        remember(connection, stored, changes, undoing_id)
        if stored.kind == ACTIVITIES:
            remove_activities(connection, [one.activity_id for one in versions if one.activity_id is not None])
            insert_activities(connection, list(then.values()))
        else:
            _put_back(connection, stored, now, then)
        both = len(now.keys() & then.keys())
        counts = counts.plus(Counts(len(now) - both, both, len(then) - both))
    return counts


def _last_first(connection: Connection, kind: str, import_id: int) -> Iterator[list[_Version]]:
    """What the import did last comes first, in lists that a statement can take."""
    columns = (Version.version_id, Version.key, Version.activity_id, Version.before)
    query = select(*columns).where(Version.import_id == import_id, Version.kind == kind)
    query = query.order_by(Version.version_id.desc()).limit(AT_ONCE)
    some = [_Version(*row) for row in connection.execute(query)]
    while some:
        yield some
        some = [_Version(*row) for row in connection.execute(query.where(Version.version_id < some[-1].version_id))]


def _now(connection: Connection, stored: StoredAs, versions: Sequence[_Version]) -> dict[str, dict[str, object]]:
    """Those of the records that are there now, in the order of the versions."""
    if stored.kind == ACTIVITIES:
        numbers = [one.activity_id for one in versions if one.activity_id is not None]
        there = list(activities_now(connection, numbers).values())
    else:
        there = [dict(row) for row in connection.execute(select(stored.table)).mappings()]
    by_key = {key_text(values_of(record, stored.key)): record for record in there}
    return {one.key: by_key[one.key] for one in versions if one.key in by_key}


def _key(stored: StoredAs, now: Records, then: Records, key: str) -> tuple[object, ...]:
    return values_of(now[key] if key in now else then[key], stored.key)


def _put_back(connection: Connection, stored: StoredAs, now: Records, then: Records) -> None:
    """What was withdrawn comes back first, what was added goes last: nothing ever names what is not there."""
    back = [record for key, record in then.items() if key not in now]
    if back:
        connection.execute(insert(stored.table), back)
    changed = [record for key, record in then.items() if key in now]
    if changed:
        same = [stored.table.c[name] == bindparam(f"this_{name}") for name in stored.key]
        rows = [{f"this_{k}" if k in stored.key else k: v for k, v in record.items()} for record in changed]
        connection.execute(update(stored.table).where(*same), rows)
    remove_by_key(connection, stored, [values_of(now[key], stored.key) for key in now if key not in then])
