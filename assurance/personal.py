"""What is known of persons: nobody can be worked out of figures of few, and no direct identifier is stored."""

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, event

from assurance.promise import Outcome, Promise
from data_access.audit import Actor, refused
from data_access.engine import connect, prepare
from data_access.imports import store_file
from tests import postgresql
from tests.data_access.imports.conftest import ACTIVITY, KEY, add_departments, csv_text, hashed
from tests.metrics import test_attacker as attacker

FAMILY = ("Yamada", "Sato", "Suzuki", "Takahashi", "Tanaka", "Watanabe", "Ito", "Nakamura", "Kobayashi", "Kato")
GIVEN = ("Taro", "Hanako", "Jiro", "Yuki", "Ken", "Aoi", "Ren", "Sakura", "Haruto", "Mei")


def attack(heads: Sequence[str]) -> Outcome:
    """Each head puts every question there is, and solves all that is shown for every count of one to four persons."""
    found = [leak for head in heads for leak in attacker.leaks(head)]
    secrets = sum(len(attacker.secrets(attacker.HEADS[head], year)) for head in heads for year in attacker.YEARS)
    tried = f"{len(heads)} heads, {len(attacker.ASKED)} questions each, {secrets} counts of one to four persons"
    return Outcome(tried, f"counts derived {len(found)}", kept=not found and secrets > 0)


def scan_sqlite(persons: int) -> Outcome:
    """Files with numbers, names, telephones and mail addresses into SQLite; its files before each commit."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "monitor.db"
        engine = connect(f"sqlite:///{file}")

        def bytes_now() -> bytes:
            return b"".join(path.read_bytes() for path in file.parent.glob("monitor.db*"))

        return _scanned(engine, persons, bytes_now, Path(folder) / "files")


def scan_postgresql(persons: int) -> Outcome:
    """The same into PostgreSQL: every file of the server's folder, its journal (WAL) among them."""
    with TemporaryDirectory() as folder, postgresql.cluster() as cluster:
        engine = connect(cluster.fresh_database())

        def bytes_now() -> bytes:
            cluster.write_out()
            files = (path for part in ("base", "pg_wal") for path in (cluster.data / part).rglob("*"))
            return b"".join(path.read_bytes() for path in files if path.is_file())

        return _scanned(engine, persons, bytes_now, Path(folder) / "files")


def _scanned(engine: Engine, persons: int, bytes_now: Callable[[], bytes], folder: Path) -> Outcome:
    folder.mkdir()
    prepare(engine)
    add_departments(engine)
    numbers, private = _private(persons)
    seen: list[bytes] = []

    def before_commit(_connection: Connection) -> None:
        seen.append(bytes_now())

    if engine.dialect.name == "sqlite":  # its journal is there until then
        event.listen(engine, "commit", before_commit)
    _give(engine, folder / "taken.csv", *numbers)
    for place, written in enumerate(private):
        _give(engine, folder / f"refused{place}.csv", f"{numbers[0]};{written}")
    refused(engine, Actor("office"), "page", object="imports")
    engine.dispose()
    whole = b"".join([*seen, bytes_now()])
    hits = [one for one in (*numbers, *private) if one.encode() in whole]
    there = hashed(numbers[0]).encode() in whole  # the search finds what is stored
    tried = f"{len(numbers) + len(private)} identifiers, {len(whole) / 1e6:,.0f} MB of {engine.dialect.name}"
    return Outcome(tried, f"hits {len(hits)}", kept=there and not hits)


def _private(persons: int) -> tuple[list[str], list[str]]:
    """Staff numbers, which are taken and hashed; names, telephone numbers and addresses, which are refused."""
    choice = random.Random(25)  # noqa: S311  who they are is no secret
    numbers = [f"staff{choice.randrange(10**9, 10**10)}" for _ in range(persons)]
    names = [f"{choice.choice(FAMILY)} {choice.choice(GIVEN)}" for _ in range(persons // 10)]
    phones = [f"090-{choice.randrange(1000, 9999)}-{choice.randrange(1000, 9999)}" for _ in range(persons // 10)]
    mails = [f"private{choice.randrange(10**9)}@example.ac.jp" for _ in range(persons // 10)]
    return numbers, list(dict.fromkeys([*names, *phones, *mails]))


def _give(engine: Engine, path: Path, *people: str) -> None:
    rows = [{**ACTIVITY, "record_id": f"{path.stem}-{n}", "people": one} for n, one in enumerate(people)]
    path.write_text(csv_text(rows), "utf-8")
    store_file(engine, "activities", path, indicators={}, importer="office")


def no_person_is_derived() -> Outcome:
    return attack(tuple(attacker.HEADS))


def no_identifier_is_stored(persons: int = 200) -> Outcome:
    os.environ["MONITOR_PERSON_KEY"] = KEY.hex()  # an attempt runs in a process of its own
    outcomes = scan_sqlite(persons), scan_postgresql(persons)
    tried, results = ("; ".join(getattr(one, name) for one in outcomes) for name in ("tried", "result"))
    return Outcome(tried, results, kept=all(one.kept for one in outcomes))


PROMISES = (
    Promise(
        number=24,
        promise="No person can be worked out of figures below five",
        explanation="An attacker with the rights of a head asks for every figure by every filter of a small "
        "university, adds and subtracts all that is shown, and looks for counts of one to four persons elsewhere.",
        attempt=no_person_is_derived,
    ),
    Promise(
        number=25,
        promise="No direct identifier is stored",
        explanation="Files with staff numbers, names, telephone numbers and mail addresses are imported; all bytes of "
        "the databases are searched, their journals and the audit log among them.",
        attempt=no_identifier_is_stored,
    ),
)
