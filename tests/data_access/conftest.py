"""Databases for the tests of the store: `engine` has no records yet, `university` is the small university."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.engine import connect, prepare
from tests.data_access import small_university
from tests.postgresql import ADMINISTRATOR, as_role
from tests.prepared import prepare_file

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Which kind: each test runs on either, unless it asks for one of them (`parametrize("database", ["sqlite"])`)."""
    return str(request.param)


@pytest.fixture
def empty_url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table, of either kind."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path / 'monitor.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def engine(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A prepared database without records, of either kind."""
    if database == "sqlite":
        engine = connect(prepare_file(tmp_path / "monitor.db"))
    else:
        engine = connect(request.getfixturevalue("postgres").prepared_database())
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def both_universities(
    tmp_path_factory: pytest.TempPathFactory, fresh_postgres: Callable[[], str]
) -> Iterator[tuple[Engine, Engine]]:
    """The small university in SQLite and in PostgreSQL; for reading only."""
    file = tmp_path_factory.mktemp("university") / "monitor.db"
    engines = connect(f"sqlite:///{file}"), connect(fresh_postgres())
    for engine in engines:
        prepare(engine)
        small_university.fill(engine)
    yield engines
    for engine in engines:
        engine.dispose()


@pytest.fixture(params=DATABASES)
def university_without_row_security(
    request: pytest.FixtureRequest, both_universities: tuple[Engine, Engine]
) -> Iterator[Engine]:
    """The same for a role that PostgreSQL lets see over row security, so that `visible_to` stands alone."""
    engine = both_universities[DATABASES.index(request.param)]
    if engine.dialect.name == "sqlite":
        yield engine
        return
    over_it = connect(as_role(engine.url.render_as_string(hide_password=False), ADMINISTRATOR))
    yield over_it
    over_it.dispose()


@pytest.fixture(params=DATABASES)
def university(request: pytest.FixtureRequest, both_universities: tuple[Engine, Engine]) -> Engine:
    """The small university, of either kind; for reading only."""
    return both_universities[DATABASES.index(request.param)]
