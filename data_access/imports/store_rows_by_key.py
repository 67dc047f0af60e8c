"""How the rows of the small tables are stored: known by their key, a changed one in place of its former self."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy import Table as StoredTable

from data_access.batches.stored_as import KIND_OF, STORED, values_of
from data_access.batches.versions import Change, remember
from data_access.imports.columns import Counts
from data_access.imports.report import MOST_NAMED
from data_access.tables import Table

_ORIGIN = ("import_id", "file_row")  # where a row came from is not what it says


def store_by_key(
    connection: Connection, table: type[Table], rows: Sequence[tuple[int, Mapping[str, object]]], import_id: int
) -> Counts:
    """Store rows (number in the file, value of every column) that are new or say something else than before."""
    stored_table = table.__table__
    assert isinstance(stored_table, StoredTable)  # noqa: S101  no table of ours is a view or a join
    keys = [column.key for column in stored_table.primary_key]
    said = [column.key for column in stored_table.columns if column.key not in {*keys, *_ORIGIN}]
    has_origin = _ORIGIN[0] in stored_table.columns
    stored = {tuple(row[key] for key in keys): row for row in connection.execute(select(stored_table)).mappings()}
    new: list[dict[str, object]] = []
    changed: list[dict[str, object]] = []
    for number, values in rows:
        row = {name: values[name] for name in (*keys, *said)}
        if has_origin:
            row |= {"import_id": import_id, "file_row": number}
        before = stored.get(tuple(row[key] for key in keys))
        if before is None:
            new.append(row)
        elif any(before[name] != row[name] for name in said):
            changed.append(row)
    touched = [values_of(row, keys) for row in (*new, *changed)]
    before_them = (Change(key, dict(stored[key]) if key in stored else None) for key in touched)
    remember(connection, STORED[KIND_OF[table]], before_them, import_id)
    if new:
        connection.execute(insert(stored_table), new)
    if changed:
        this_row = [stored_table.c[key] == bindparam(f"this_{key}") for key in keys]
        parameters = [{f"this_{k}" if k in keys else k: v for k, v in row.items()} for row in changed]
        connection.execute(update(stored_table).where(*this_row), parameters)
    which = tuple(" ".join(str(row[key]) for key in keys if row[key] != "") for row in changed[:MOST_NAMED])
    return Counts(len(new), len(changed), len(rows) - len(new) - len(changed), which)
