"""A university for the tests of imports, and the ways to hand it a file.

*  the university      ENG  Engineering      SCI  Science      ENG-M  Mechanical (below ENG)
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, select

from data_access.audit.chain import LAST
from data_access.engine import as_whole
from data_access.imports import ImportReport, store_file
from data_access.tables import AuditEvent, Department, Import, ImportRemark, Partner, Person, State, Table, Version
from vocabulary.text import Text

INDICATORS = {"international_student_share": True, "partner_countries": False}
NAMES = {"international_student_share": Text("International student share", "留学生比率")}
ACTIVITY = {
    "record_id": "R1",
    "source": "mobility",
    "activity_type": "publication",
    "title": "A paper",
    "start_date": "2025-04-01",
    "departments": "ENG",
}
HEADCOUNT = {"department": "ENG", "as_of": "2025-05-01", "population": "master", "group": "all", "count": "100"}

KEY = bytes(range(32))  # of persons, as `tests/conftest.py` sets it
Row = Mapping[str, str]
Give = Callable[..., ImportReport]


def hashed(person: str) -> str:
    """What a person's id is stored as under `KEY`."""
    return f"p:{hmac.new(KEY, person.encode(), sha256).hexdigest()[:32]}"


@pytest.fixture
def university(engine: Engine) -> Engine:
    """The database with the departments drawn above."""
    add_departments(engine)
    return engine


def add_departments(engine: Engine) -> None:
    parents = {"ENG": "*", "SCI": "*", "ENG-M": "ENG"}
    rows = [{"code": c, "parent_code": p, "name_en": c, "name_ja": c} for c, p in parents.items()]
    with engine.begin() as connection:
        as_whole(connection)
        connection.execute(insert(Department), rows)


@pytest.fixture
def give(university: Engine, tmp_path: Path) -> Give:
    """Imports rows as a CSV file: `give("activities", {**ACTIVITY, "level": "master"})`."""

    def give(kind: str, *rows: Row, name: str = "file.csv") -> ImportReport:
        return give_text(university, kind, tmp_path / name, csv_text(rows))

    return give


def give_text(engine: Engine, kind: str, path: Path, text: str, encoding: str = "utf-8") -> ImportReport:
    path.write_bytes(text.encode(encoding))
    return store_file(engine, kind, path, indicators=INDICATORS, indicator_names=NAMES)


def csv_text(rows: Sequence[Row]) -> str:
    """The rows as CSV; the columns are those of any row."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *[[row.get(column, "") for column in columns] for row in rows]]
    return "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)


def stored(engine: Engine, table: type[Table]) -> list[dict[str, object]]:
    """Every row of a table, in the order of its key."""
    with engine.connect() as connection:
        return rows(as_whole(connection), table)


def rows(connection: Connection, table: type[Table]) -> list[dict[str, object]]:
    """The same over a connection that sees the whole."""
    query = select(table.__table__).order_by(*table.__table__.primary_key)
    return [dict(row) for row in connection.execute(query).mappings()]


def contents(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """Every row of every table but those that tell of attempts."""
    tables = [mapper.class_ for mapper in Table.registry.mappers]
    telling = (AuditEvent, Import, ImportRemark, Version)
    with engine.connect() as connection:
        as_whole(connection)
        found = {t.__tablename__: rows(connection, t) for t in tables if t not in telling}
    found[State.__tablename__] = [row for row in found[State.__tablename__] if row["name"] != LAST]
    return found


def records(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """Every record: `contents` without partners, people, the version and mark of the data, and that of the key."""
    kept = contents(engine)
    del kept[Partner.__tablename__], kept[Person.__tablename__]
    kept[State.__tablename__] = [
        row for row in kept[State.__tablename__] if row["name"] not in ("data_version", "data_mark", "person_key")
    ]
    return kept
