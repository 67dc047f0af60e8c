"""The migrated schema is the one that `tables/` declares, on both databases, and preparing twice changes nothing."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, Engine, inspect
from sqlalchemy.types import TypeEngine

from data_access import migrations
from data_access.engine import as_whole, connect, prepare, reading
from data_access.migrations import NewerSchemaError
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Table
from tests.data_access import small_university


@pytest.fixture
def declared(tmp_path: Path, engine: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database of the same kind as `engine`, made from the declarations and not by migrations."""
    url = f"sqlite:///{tmp_path / 'declared.db'}"
    if engine.dialect.name == "postgresql":
        url = request.getfixturevalue("fresh_postgres")()
    declared = connect(url)
    with declared.begin() as connection:
        Table.metadata.create_all(connection)
    yield declared
    declared.dispose()


def _different_type(
    context: MigrationContext, found: Column[object], declared: Column[object], *types: TypeEngine[object]
) -> bool:
    """By the name that the database gives: on SQLite a date is declared as TEXT."""
    there, wanted = (kind.compile(context.dialect) for kind in types)
    return there != wanted


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": _different_type, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), Table.metadata))


def test_alembic_finds_no_difference_between_migrations_and_tables(engine: Engine) -> None:
    with reading(engine) as connection:
        assert _differences(connection) == []


@pytest.mark.parametrize(
    "change", ["DROP INDEX ix_activities_import_id", "ALTER TABLE rates ADD COLUMN euro TEXT", "DROP TABLE state"]
)
def test_alembic_would_find_a_difference(engine: Engine, change: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql(change)
        assert _differences(connection) != []


def _spelled_out(constraint: Mapping[str, object]) -> str:
    """As text, since two conditions of SQLAlchemy are never equal."""
    conditions = constraint.get("dialect_options") or {}
    assert isinstance(conditions, Mapping)
    return repr({**constraint, "dialect_options": {name: str(value) for name, value in conditions.items()}})


def _described(engine: Engine) -> dict[str, object]:
    """Everything that the database says of its tables, the constraints that Alembic does not compare among it."""
    inspector = inspect(engine)
    described: dict[str, object] = {}
    for table in Table.metadata.tables:
        columns = inspector.get_columns(table)
        described[table] = {
            "columns": {
                column["name"]: (column["type"].compile(engine.dialect), column["nullable"], column.get("default"))
                for column in columns
            },
            "primary key": inspector.get_pk_constraint(table),
            **{
                kind: sorted(map(_spelled_out, getattr(inspector, f"get_{kind}")(table)))
                for kind in ("foreign_keys", "unique_constraints", "check_constraints", "indexes")
            },
        }
    return described


def test_constraints_and_their_names_are_those_of_the_tables(engine: Engine, declared: Engine) -> None:
    assert _described(engine) == _described(declared)


def test_every_table_of_sqlite_is_strict(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    with reading(engine) as connection:
        rows = connection.exec_driver_sql("SELECT name FROM pragma_table_list WHERE strict AND schema = 'main'")
        assert set(rows.scalars()) == set(Table.metadata.tables)
    engine.dispose()


def test_revisions_are_told_by_their_files_as_alembic_tells_them() -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(migrations.__file__).parent))
    scripts = ScriptDirectory.from_config(configuration)
    assert migrations.released() == [script.revision for script in scripts.walk_revisions()][::-1]
    assert scripts.get_heads() == [migrations.released()[-1]]


def test_preparing_again_changes_nothing(engine: Engine) -> None:
    before = Records(engine, WHOLE_UNIVERSITY).countries()
    prepare(engine)
    assert Records(engine, WHOLE_UNIVERSITY).countries().equals(before)
    with reading(engine) as connection:
        assert migrations.is_current(connection)


def test_preparing_a_ready_database_needs_no_lock(engine: Engine) -> None:
    with engine.connect() as writer:
        as_whole(writer)
        writer.exec_driver_sql("UPDATE state SET value = '7' WHERE name = 'data_version'")
        prepare(engine)  # would wait for the writer, and fail


def test_what_is_missing_is_added_and_what_is_there_stays(engine: Engine) -> None:
    with engine.begin() as connection:
        as_whole(connection)
        connection.exec_driver_sql("DELETE FROM countries WHERE code = 'JP'")
        connection.exec_driver_sql("UPDATE countries SET name_en = 'Gaul' WHERE code = 'FR'")
        connection.exec_driver_sql("UPDATE state SET value = '7' WHERE name = 'data_version'")
    prepare(engine)
    names = Records(engine, WHOLE_UNIVERSITY).countries().set_index("code")["name_en"]
    assert (names["JP"], names["FR"]) == ("Japan", "Gaul")
    assert Records(engine, WHOLE_UNIVERSITY).data_version() == 7


def test_a_database_of_a_later_version_is_refused_and_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchemaError, match="the database has revision 9999"):
        prepare(engine)
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"


def test_a_failing_preparation_leaves_nothing_behind(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(empty_url)

    def fail(connection: Connection) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("data_access.seeds.sow", fail)
    with pytest.raises(OSError, match="disk full"):
        prepare(engine)
    assert inspect(engine).get_table_names() == []
    monkeypatch.undo()
    prepare(engine)
    assert set(Table.metadata.tables) < set(inspect(engine).get_table_names())
    engine.dispose()


def test_rebuilding_a_parent_table_keeps_its_childrens_rows(tmp_path: Path) -> None:
    """SQLite alters a table by dropping it; with foreign keys on, ON DELETE CASCADE would empty its children."""
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    prepare(engine)
    small_university.fill(engine)
    with engine.connect().execution_options(monitor_migrating=True) as connection, connection.begin():
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("activities", recreate="always") as batch:
            batch.alter_column("title", new_column_name="name")
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM activity_departments").scalar_one() == 4
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


def test_a_migration_that_leaves_orphans_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'monitor.db'}")

    def sow_an_orphan(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO activity_sdgs VALUES (99, 1)")

    monkeypatch.setattr("data_access.seeds.sow", sow_an_orphan)
    with pytest.raises(ValueError, match=r"rows that refer to nothing .*'activity_sdgs'"):
        prepare(engine)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_preparing_works_from_any_folder(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "100% elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert os.listdir() == []  # noqa: PTH208  the folder that the process is in
    engine = connect(empty_url)
    prepare(engine)
    engine.dispose()
    assert list(folder.iterdir()) == []
