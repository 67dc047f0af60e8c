"""Withdrawing: a full list says what there is, so that what is stored of its extent and not in it goes."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from data_access.batches.owners import is_the_writers
from data_access.batches.resting import NAMING, resting_on
from data_access.batches.stored_as import ACTIVITIES, StoredAs, key_text, values_of
from data_access.batches.versions import Change, activities_now, in_batches, remember, remove_activities, remove_by_key
from data_access.scope import Scope
from data_access.tables import Activity
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text, counted

Key = tuple[object, ...]


def not_listed(
    connection: Connection,
    stored: StoredAs,
    rows: Sequence[Mapping[str, object]],
    listed: Collection[str],
    scope: Scope,
) -> list[Change]:
    """What is stored of the extent of these rows, may be written, and is not listed: by its key, with what it says.

    `listed`: the keys of all rows, as `key_text`. Activities come without what they say, for they may be many.
    """
    wanted: set[Key] = {values_of(row, stored.extent) for row in rows}
    if stored.kind == ACTIVITIES:
        return _activities(connection, {str(source) for (source,) in wanted}, listed, scope)
    everything = map(dict, connection.execute(select(stored.table)).mappings())
    changes = (Change(values_of(row, stored.key), row) for row in everything if _within(row, stored, wanted))
    return [
        change
        for change in changes
        if key_text(change.key) not in listed
        and change.before is not None
        and is_the_writers(stored.kind, change.before, scope)
        and change.key != (UNIVERSITY,)  # the root of the departments is no department
    ]


def still_named(connection: Connection, kind: str, gone: Sequence[Change]) -> list[tuple[str, Text]]:
    """Of the departments or indicators among these those that records still name, and how many do."""
    if kind not in NAMING:
        return []
    going = {key_text(change.key) for change in gone}
    named = Counter(one.on for one in resting_on(connection, kind, [str(change.key[0]) for change in gone], going))
    return [(code, _needed(code, count)) for code, count in sorted(named.items())]


def _needed(code: str, count: int) -> Text:
    return Text(
        f"{code} is not in the full list, but {counted(count, 'record names', 'records name')} it. Accepted: a "
        "list with it, or what names it withdrawn first.",
        f"{code} は全件リストにありませんが、{count:,} 件の記録が使っています。"
        "リストに加えるか、先にそれらの記録を取り下げてください。",
    )


def withdraw(connection: Connection, stored: StoredAs, changes: Sequence[Change], import_id: int) -> None:
    """Takes these records away; what they were is kept."""
    if stored.kind == ACTIVITIES:
        _withdraw_activities(connection, stored, changes, import_id)
        return
    if stored.kind == "departments":
        changes = _lowest_first(changes)
    remember(connection, stored, changes, import_id)
    remove_by_key(connection, stored, [change.key for change in changes])


def _activities(connection: Connection, sources: set[str], listed: Collection[str], scope: Scope) -> list[Change]:
    columns = (Activity.source, Activity.record_id, Activity.activity_id)
    query = select(*columns).where(Activity.source.in_(sources)).order_by(Activity.activity_id)
    stored = [Change((source, record_id), None, number) for source, record_id, number in connection.execute(query)]
    missing = [change for change in stored if key_text(change.key) not in listed]
    if scope.whole_university:
        return missing
    kept = []
    for some in in_batches(missing):
        records = activities_now(connection, _numbers(some))
        kept += [one for one in some if is_the_writers(ACTIVITIES, records[one.activity_id or 0], scope)]
    return kept


def _withdraw_activities(connection: Connection, stored: StoredAs, changes: Sequence[Change], import_id: int) -> None:
    for some in in_batches(changes):
        records = activities_now(connection, _numbers(some))
        remember(connection, stored, (one._replace(before=records[one.activity_id or 0]) for one in some), import_id)
        remove_activities(connection, list(records))


def _numbers(changes: Iterable[Change]) -> list[int]:
    return [change.activity_id for change in changes if change.activity_id is not None]


def _within(row: Mapping[str, object], stored: StoredAs, wanted: set[Key]) -> bool:
    return not stored.extent or values_of(row, stored.extent) in wanted


def _lowest_first(changes: Sequence[Change]) -> list[Change]:
    """Departments in an order in which each goes before the one above it."""
    above = {change.key[0]: (change.before or {}).get("parent_code") for change in changes}

    def depth(change: Change) -> int:
        steps, code = 0, above.get(change.key[0])
        while code in above:
            steps, code = steps + 1, above[code]
        return steps

    return sorted(changes, key=depth, reverse=True)
