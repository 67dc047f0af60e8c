"""The application's role: what it may do, and what keeps row security from holding is refused by name."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import ProgrammingError

from data_access import audit
from data_access.engine import as_whole, connect, prepare, reading
from data_access.records import Records
from data_access.roles import RoleError, let_work, weaknesses
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import AuditEvent, Rate
from tests.data_access import small_university
from tests.postgresql import ADMINISTRATOR, APPLICATION, OWNER, Cluster, as_role


@pytest.fixture
def owned(postgres: Cluster) -> Iterator[Engine]:
    """A prepared database, as the role that owns its tables."""
    engine = connect(postgres.prepared_database())
    yield engine
    engine.dispose()


def told_to(url: str, *statements: str) -> None:
    """The administrator of the server says something to a database."""
    server = connect(as_role(url, ADMINISTRATOR))
    try:
        with server.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        server.dispose()


def weak(url: str, role: str = APPLICATION) -> str:
    """What keeps row security from holding for a role, in English."""
    engine = connect(as_role(url, role))
    with reading(engine) as connection:
        found = weaknesses(connection)
    engine.dispose()
    return " ".join(reason.en for reason in found)


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_the_application_reads_and_writes_what_it_has_to_and_no_more(owned: Engine) -> None:
    let_work(owned, APPLICATION)
    engine = connect(as_role(address(owned), APPLICATION))
    prepare(engine)  # which finds nothing to do
    small_university.fill(engine)
    assert len(Records(engine, WHOLE_UNIVERSITY).activities()) == 3
    assert len(Records(engine).activities()) == 0
    with engine.begin() as connection:
        audit.record(as_whole(connection), audit.Actor("office"), "tried")
        connection.execute(delete(Rate))
    for statement in (
        update(AuditEvent).values(actor="nobody"),
        delete(AuditEvent),
        "TRUNCATE audit_events",
        "UPDATE alembic_version SET version_num = '0001'",
        "ALTER TABLE activities DISABLE ROW LEVEL SECURITY",
        "DROP POLICY reads ON activities",
        "CREATE VIEW everything AS SELECT * FROM activities",
    ):
        with pytest.raises(ProgrammingError, match="permission denied|must be owner"), engine.begin() as connection:
            as_whole(connection)
            connection.exec_driver_sql(statement) if isinstance(statement, str) else connection.execute(statement)
    assert weak(address(owned)) == ""
    engine.dispose()


def test_rights_that_a_role_had_before_are_taken_back(owned: Engine) -> None:
    told_to(address(owned), f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {APPLICATION}")
    let_work(owned, APPLICATION)
    with pytest.raises(ProgrammingError, match="permission denied"):
        told_to(address(owned), f"SET ROLE {APPLICATION}", "DELETE FROM audit_events")


def test_a_role_that_was_given_nothing_is_told_how_to_come_by_its_rights(owned: Engine) -> None:
    engine = connect(as_role(address(owned), APPLICATION))
    with pytest.raises(RoleError, match=r"may not read the monitor's tables.*prepare --app-role application"):
        prepare(engine)
    engine.dispose()


def test_a_schema_out_of_date_is_not_brought_up_to_date_by_the_application(owned: Engine) -> None:
    let_work(owned, APPLICATION)
    told_to(address(owned), "UPDATE alembic_version SET version_num = '0012'")
    engine = connect(as_role(address(owned), APPLICATION))
    with pytest.raises(RoleError, match=r"The schema is to be brought up to date, and the role application may not"):
        prepare(engine)
    engine.dispose()


def test_an_empty_database_in_which_the_application_may_make_nothing(fresh_postgres: Callable[[], str]) -> None:
    engine = connect(as_role(fresh_postgres(), APPLICATION))
    with pytest.raises(RoleError, match="may not change it"):
        prepare(engine)
    engine.dispose()


def test_an_owner_is_told_as_such(owned: Engine) -> None:
    assert f"role {OWNER} owns tables" in weak(address(owned), OWNER)
    with pytest.raises(RoleError, match="owns tables"):
        let_work(owned, OWNER)


def test_an_owner_without_force_would_see_everything_and_is_told(owned: Engine) -> None:
    small_university.fill(owned)
    assert len(Records(owned).read(Rate)) == 0
    let_work(owned, APPLICATION)
    told_to(address(owned), "ALTER TABLE rates NO FORCE ROW LEVEL SECURITY")
    with owned.connect() as connection:
        assert len(connection.execute(select(Rate.jpy)).all()) == 1
    assert "not in force for the owner of rates: ALTER TABLE rates" in weak(address(owned))


@pytest.mark.parametrize(
    "undo", ["ALTER TABLE rates DISABLE ROW LEVEL SECURITY", "CREATE TABLE of_others (title text)"]
)
def test_a_table_without_row_security_is_told(owned: Engine, undo: str) -> None:
    let_work(owned, APPLICATION)
    told_to(address(owned), undo)
    assert "Row security is not in force" in weak(address(owned))


def test_a_view_with_the_rights_of_its_maker_would_show_everything_and_is_told(owned: Engine) -> None:
    small_university.fill(owned)
    let_work(owned, APPLICATION)
    made = "CREATE VIEW everything AS SELECT * FROM rates", f"GRANT SELECT ON everything TO {APPLICATION}"
    told_to(address(owned), *made)
    application = connect(as_role(address(owned), APPLICATION))
    with application.connect() as connection:
        assert len(connection.exec_driver_sql("SELECT * FROM everything").all()) == 1
    assert "ALTER VIEW everything SET (security_invoker = true)" in weak(address(owned))
    told_to(address(owned), "ALTER VIEW everything SET (security_invoker = true)")
    with application.connect() as connection:
        assert len(connection.exec_driver_sql("SELECT * FROM everything").all()) == 0
    assert weak(address(owned)) == ""
    application.dispose()


@pytest.mark.parametrize(
    "made", ["ALTER ROLE over_it BYPASSRLS", "GRANT of_more TO over_it", "ALTER ROLE over_it SUPERUSER"]
)
def test_a_role_that_sees_over_row_security_is_told_and_gets_no_rights(owned: Engine, made: str) -> None:
    roles = ("DROP ROLE IF EXISTS over_it", "DROP ROLE IF EXISTS of_more")
    told_to(address(owned), *roles, "CREATE ROLE of_more BYPASSRLS", "CREATE ROLE over_it LOGIN", made)
    with pytest.raises(RoleError, match="Row security does not bind the database role over_it"):
        let_work(owned, "over_it")
    assert "does not bind" in weak(address(owned), "over_it")
    told_to(address(owned), *roles)


def test_what_a_role_is_set_to_see_for_good_counts_for_nothing(owned: Engine) -> None:
    """As a setting of the session, of the role or of the database would: each transaction begins as nobody."""
    small_university.fill(owned)
    let_work(owned, APPLICATION)
    told_to(address(owned), f"ALTER ROLE {APPLICATION} SET monitor.scope = '*'")
    engine = connect(as_role(address(owned), APPLICATION))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW monitor.scope").scalar_one() == ""
        assert connection.execute(select(Rate.jpy)).all() == []
    engine.dispose()
    told_to(address(owned), f"ALTER ROLE {APPLICATION} RESET monitor.scope")


def test_a_role_that_is_not_there_and_a_database_without_roles(owned: Engine, tmp_path: Path) -> None:
    with pytest.raises(RoleError, match="There is no role nobody_yet here"):
        let_work(owned, "nobody_yet")
    lite = connect(f"sqlite:///{tmp_path / 'monitor.db'}")
    with pytest.raises(RoleError, match="Roles are of PostgreSQL"):
        let_work(lite, APPLICATION)
    prepare(lite)
    with reading(lite) as connection:
        assert weaknesses(connection) == []
    lite.dispose()
