"""What tests share: throw-away databases, the demonstration's data, the served monitor.

- `postgres` is a real server; `fresh_postgres()` gives the URL of an empty database of it, as often as it is called;
  `postgres_url` is one.
- `demonstration_url` is the demonstration's data, read-only, built once a run; `demonstration_copy` may be changed.
- `canary_university` is three departments in whose every text stands whose it is: small, so that servers start on it
  and draw its pages several times faster than the demonstration's.
- `served` is the address of the monitor. `end_to_end/conftest.py` adds the browser.
"""

import fcntl
import gc
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from assurance.canary_marks import Canaries
from tests import postgresql, serving

OnceARun = Callable[[str, Callable[[Path], None]], Path]


class CanaryUniversity(NamedTuple):
    """A database with canaries, and the marks that stand in it."""

    file: Path
    marks: Canaries

    def copy_in(self, folder: Path) -> str:
        """The address of a copy that may be changed."""
        return f"sqlite:///{shutil.copy(self.file, folder / 'monitor.db')}"


def pytest_sessionstart() -> None:
    """Python looks for garbage in cycles seventy times less often: it takes a sixth of all time otherwise."""
    gc.set_threshold(50_000, 20, 20)


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
def once_a_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> OnceARun:
    """Gives a folder of this name, filled by the first worker that asks for it."""
    own = tmp_path_factory.getbasetemp()
    home = own if worker_id == "master" else own.parent

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder, unfinished = home / name, home / f"unfinished-{name}"
        with (home / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                unfinished.mkdir()
                fill(unfinished)
                unfinished.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def demonstration_file(once_a_run: OnceARun) -> Path:
    """The SQLite file with the demonstration's data."""
    return once_a_run("demonstration", _build_demonstration) / "monitor.db"


@pytest.fixture(scope="session")
def canary_university(once_a_run: OnceARun) -> CanaryUniversity:
    """Three departments with canaries."""
    folder = once_a_run("canaries", _build_canaries)
    return CanaryUniversity(folder / "monitor.db", pickle.loads((folder / "marks").read_bytes()))  # noqa: S301  our own


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


def _build_demonstration(folder: Path) -> None:
    import demonstration
    from data_access.engine import connect, prepare

    engine = connect(f"sqlite:///{folder / 'monitor.db'}")
    prepare(engine)
    demonstration.load(engine)
    engine.dispose()


def _build_canaries(folder: Path) -> None:
    from assurance.canary_university import build

    marks = build(f"sqlite:///{folder / 'monitor.db'}", ("ENG", "ENGM", "AGR"))
    (folder / "marks").write_bytes(pickle.dumps(marks))
