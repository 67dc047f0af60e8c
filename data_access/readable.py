"""What may be read of a mapped class: the rows that its own rule lets a scope see, its columns, and their order."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import BinaryExpression, ColumnElement, Connection, Engine, Integer, Select, Text, collate
from sqlalchemy import Table as StoredTable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase

from data_access.frames import AnyColumn, Rows
from data_access.scope import Scope
from data_access.tables import Table

_ROWS_AT_ONCE = 50_000
_IDS_AT_ONCE = 10_000  # SQLite takes 32,766 values in one statement


def visible_rule(table: object, scope: Scope) -> ColumnElement[bool]:
    if not (isinstance(table, type) and issubclass(table, DeclarativeBase) and hasattr(table, "__mapper__")):
        raise TypeError(f"only a mapped class of data_access.tables can be read, not {table!r}")
    if not issubclass(table, Table):
        raise TypeError(f"{table.__name__} is no Table of data_access.tables; it cannot say who may see it")
    rule = table.visible_to(scope)
    if not isinstance(rule, ColumnElement):
        raise TypeError(f"{table.__name__}.visible_to gives {rule!r}, not a condition")
    return rule


def _stored(table: type[Table]) -> StoredTable:
    return Table.metadata.tables[table.__tablename__]


def columns_of(table: type[Table], names: Sequence[str] | None) -> list[AnyColumn]:
    known = {column.name: column for column in _stored(table).columns}
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise LookupError(f"{table.__name__} has no column {unknown[0]!r}; it has {', '.join(known)}")
    return list(known.values()) if names is None else [known[name] for name in names]


def number_key(table: type[Table]) -> AnyColumn:
    key = next(iter(_stored(table).primary_key))
    if not isinstance(key.type, Integer):
        raise LookupError(f"{table.__name__} is not numbered: its key begins with {key.name!r}; leave `ids` out")
    return key


def order_of(table: type[Table], engine: Engine) -> Sequence[AnyColumn | BinaryExpression[str]]:
    """The place in a list of its own, if any, and the primary key, text by its code points on either database."""
    stored = _stored(table)
    keys = [*([stored.c.position] if "position" in stored.c else []), *stored.primary_key]
    on_postgresql = engine.dialect.name == "postgresql"
    return [collate(key, "C") if on_postgresql and isinstance(key.type, Text) else key for key in keys]


def with_ids(
    statement: Select[*tuple[object, ...]], table: type[Table], ids: Collection[int] | None
) -> Iterator[Select[*tuple[object, ...]]]:
    """The statement, or several that give the rows of these ids one after the other."""
    if ids is None:
        yield statement
        return
    key, wanted = number_key(table), sorted({int(number) for number in ids})
    for start in range(0, len(wanted), _IDS_AT_ONCE):
        yield statement.where(key.in_(wanted[start : start + _IDS_AT_ONCE]))


def rows_in_parts(connection: Connection, statement: Select[*tuple[object, ...]]) -> Iterator[Rows]:
    """The rows of a statement as the driver gives them, with no part that is empty; its errors are SQLAlchemy's."""
    cursor, driver = connection.execute(statement).cursor, connection.dialect.loaded_dbapi
    try:
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield rows
    except driver.Error as error:
        raise DBAPIError.instance(str(statement), None, error, driver.Error, dialect=connection.dialect) from error
