"""What tests share: throw-away databases, the demonstration's data, the served monitor.

- `postgres` is a real server; `fresh_postgres()` gives the URL of an empty database of it, as often as it is called;
  `postgres_url` is one.
- `demonstration_url` is the demonstration's data, read-only, built once a run; `demonstration_copy` may be changed.
- `served` is the address of the monitor. `end_to_end/conftest.py` adds the browser.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import postgresql, serving


@pytest.fixture(scope="session", autouse=True)
def person_key() -> Iterator[None]:
    """The key of persons of every database but the demonstration's, which has one of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_PERSON_KEY", bytes(range(32)).hex())
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgresql.Cluster]:
    """A real PostgreSQL server."""
    with postgresql.cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def fresh_postgres(postgres: postgresql.Cluster) -> Callable[[], str]:
    """Gives the URL of a new, empty database of that server each time it is called."""
    return postgres.fresh_database


@pytest.fixture
def postgres_url(fresh_postgres: Callable[[], str]) -> str:
    """A new, empty PostgreSQL database for this test."""
    return fresh_postgres()


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The SQLite file with the demonstration's data, built by the first worker that asks for it."""
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent
    database = folder / "demonstration.db"
    with (folder / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not database.exists():
            _build_demonstration(database)
    return database


@pytest.fixture(scope="session")
def demonstration_url(demonstration_file: Path) -> str:
    """The demonstration's data; a test that writes fails, and takes `demonstration_copy` instead."""
    return f"sqlite:///file:{demonstration_file}?mode=ro&uri=true"


@pytest.fixture
def demonstration_copy(demonstration_file: Path, tmp_path: Path) -> str:
    """The demonstration's data in a database of this test's own."""
    return f"sqlite:///{shutil.copy(demonstration_file, tmp_path / 'monitor.db')}"


@pytest.fixture(scope="session")
def served(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the monitor, served over a copy of the demonstration's data."""
    folder = tmp_path_factory.mktemp("served")
    database = shutil.copy(demonstration_file, folder / "monitor.db")
    with serving.monitor(f"sqlite:///{database}", folder) as server:
        yield server.address


def _build_demonstration(database: Path) -> None:
    import demonstration
    from data_access.engine import connect, prepare

    unfinished = database.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    engine = connect(f"sqlite:///{unfinished}")
    prepare(engine)
    demonstration.load(engine)
    engine.dispose()
    unfinished.rename(database)
