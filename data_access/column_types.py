"""Column types that SQLite's STRICT tables and PostgreSQL both accept.

STRICT tables know INTEGER, REAL, TEXT and BLOB only. SQLAlchemy stores a date as ISO 8601 text and a
truth value as 0 or 1 on SQLite already; only the declared names of the columns have to follow.
"""

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import TypeCompiler


@compiles(Date, "sqlite")
@compiles(DateTime, "sqlite")
def _text(_type: Date | DateTime, _compiler: TypeCompiler, **_options: object) -> str:
    return "TEXT"


@compiles(Boolean, "sqlite")
@compiles(BigInteger, "sqlite")
def _integer(_type: Boolean | BigInteger, _compiler: TypeCompiler, **_options: object) -> str:
    return "INTEGER"


@compiles(Double, "sqlite")
def _real(_type: Double[float], _compiler: TypeCompiler, **_options: object) -> str:
    return "REAL"
