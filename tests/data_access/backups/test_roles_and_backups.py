"""On PostgreSQL the application takes backups, the owner of the tables restores them; rights come back with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.backups.backing_up import back_up
from data_access.backups.errors import BackupError
from data_access.backups.restoring import restore
from data_access.engine import connect, reading
from data_access.records import Records
from data_access.roles import RoleError, let_work, weaknesses
from data_access.scope import WHOLE_UNIVERSITY
from tests.data_access import small_university
from tests.postgresql import ADMINISTRATOR, APPLICATION, Cluster, as_role


@pytest.fixture
def owned(postgres: Cluster) -> Iterator[Engine]:
    """The small university, as the role that owns its tables; the application may work on it."""
    engine = connect(postgres.prepared_database())
    small_university.fill(engine)
    let_work(engine, APPLICATION)
    yield engine
    engine.dispose()


@pytest.fixture
def application(owned: Engine) -> Iterator[Engine]:
    engine = connect(as_role(owned.url.render_as_string(hide_password=False), APPLICATION))
    yield engine
    engine.dispose()


def test_a_backup_of_the_application_is_whole_and_gives_it_its_rights_back(
    owned: Engine, application: Engine, tmp_path: Path
) -> None:
    about = back_up(application, tmp_path / "a.backup")
    assert about.tables["activities"].rows == 3
    with pytest.raises(RoleError, match="may not change it"):
        restore(application, tmp_path / "a.backup", aside=tmp_path / "aside.backup")
    restore(owned, tmp_path / "a.backup", aside=tmp_path / "aside.backup")
    assert len(Records(application, WHOLE_UNIVERSITY).activities()) == 3
    assert len(Records(application).activities()) == 0
    with reading(application) as connection:
        assert weaknesses(connection) == []


def test_a_role_that_has_rights_in_the_backup_and_is_not_there_is_named(
    owned: Engine, postgres: Cluster, tmp_path: Path
) -> None:
    server = connect(as_role(owned.url.render_as_string(hide_password=False), ADMINISTRATOR))
    with server.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE of_before")
        connection.exec_driver_sql("GRANT SELECT ON rates TO of_before")
    back_up(owned, tmp_path / "a.backup")
    with server.begin() as connection:
        connection.exec_driver_sql("DROP OWNED BY of_before")
        connection.exec_driver_sql("DROP ROLE of_before")
    server.dispose()
    second = connect(postgres.fresh_database())
    with pytest.raises(BackupError, match='role "of_before" does not exist. It has rights in the backup'):
        restore(second, tmp_path / "a.backup")
    second.dispose()
