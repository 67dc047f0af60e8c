"""Storing very many rows of one table at once: the values of each column as a list, as few statements as can be.

A row of SQLAlchemy's own costs several times what the database needs for it. And between two rows of `executemany` the
driver of SQLite gives the interpreter to whoever waits for it, and gets it back when that one lets go of it: beside a
busy server that is milliseconds for every row. One statement for hundreds of rows waits once, and while it runs, all
others go on.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ARRAY, Connection, bindparam, func, insert, select
from sqlalchemy import Table as StoredTable
from sqlalchemy.sql.type_api import TypeEngine

from data_access.tables import Table

_VALUES_AT_ONCE = 4_000  # of one statement; more save no time, and SQLite keeps what it made of statements
_ARRAYS_AT_ONCE = 20_000  # rows of one statement of PostgreSQL


def insert_columns(connection: Connection, model: type[Table], columns: Mapping[str, Sequence[object]]) -> None:
    """Inserts rows in their order; `columns`: name -> the value of each row. What is not named has its default."""
    table = model.metadata.tables[model.__tablename__]
    if connection.dialect.name == "postgresql":
        _insert_arrays(connection, table, columns)
    else:
        _insert_values(connection, table, columns)


def _insert_arrays(connection: Connection, table: StoredTable, columns: Mapping[str, Sequence[object]]) -> None:
    """A parameter for each column, which the server takes apart again."""
    arrays = [func.unnest(bindparam(name, type_=ARRAY(table.c[name].type))) for name in columns]
    statement = insert(table).from_select(list(columns), select(*arrays), include_defaults=False)
    for first in range(0, _length(columns), _ARRAYS_AT_ONCE):
        some = {name: list(values[first : first + _ARRAYS_AT_ONCE]) for name, values in columns.items()}
        connection.execute(statement, some)


def _insert_values(connection: Connection, table: StoredTable, columns: Mapping[str, Sequence[object]]) -> None:
    """The statement for one row, and as many times its values as there are rows."""
    compiled = insert(table).inline().compile(dialect=connection.dialect, column_keys=list(columns))
    into, _, one = str(compiled).partition(" VALUES ")
    names = compiled.positiontup or []
    stored = [_as_stored(columns[name], table.c[name].type, connection) for name in names]
    at_once = _VALUES_AT_ONCE // len(names)
    for first in range(0, _length(columns), at_once):
        some = [values[first : first + at_once] for values in stored]
        rows = len(some[0])
        parameters: list[object] = [None] * (rows * len(names))
        for place, values in enumerate(some):
            parameters[place :: len(names)] = values
        statement = f"{into} VALUES {', '.join([one] * rows)}"
        connection.exec_driver_sql(statement, tuple(parameters))


def _as_stored(values: Sequence[object], of: TypeEngine[object], connection: Connection) -> Sequence[object]:
    """The values as the driver takes them: SQLite keeps days as texts."""
    process = of.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if process is None:
        return values
    known = {value: process(value) for value in set(values)}
    return [known[value] for value in values]


def _length(columns: Mapping[str, Sequence[object]]) -> int:
    return len(next(iter(columns.values())))
