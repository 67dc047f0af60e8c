"""P11: a process that stores imports and decisions is killed again and again; what it acknowledged is all there."""

import os
import random
import signal
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from sqlalchemy import Engine, func, select

from assurance.databases import both, is_sound, seeing_all, university
from assurance.promise import Outcome, Promise
from data_access.engine import connect
from data_access.imports import store_rows
from data_access.partner_names.deciding import decide
from data_access.scope import WHOLE_UNIVERSITY
from data_access.tables import Activity, ActivityDepartment, ActivityPerson, PartnerDecision, Version
from tests.data_access.imports.faults import ended, in_a_process
from tests.data_access.imports.test_storing import FULL

ROWS = 3  # of one import
LONGEST_LIFE = 0.15  # seconds after the first acknowledgement; an import takes about a third of that
HARVARD = "https://ror.org/03vek6s52"
Write = Callable[[Engine, str, Callable[[], None]], None]


class Lives(NamedTuple):
    """What came of the writers of one database."""

    acknowledged: int
    lost: int
    halves: int
    sound: bool


def write(engine: Engine, name: str, acknowledge: Callable[[], None]) -> None:
    """One import, acknowledged, then one decision, acknowledged; each in a transaction of its own."""
    rows = [{**FULL, "source": name, "record_id": f"R{n}", "people": f"p{n};q{n}"} for n in range(ROWS)]
    assert store_rows(engine, "activities", rows, indicators={}, name=f"{name}.csv").status == "stored"  # noqa: S101
    acknowledge()
    decide(engine, name, "US", ror_id=HARVARD, by="office", scope=WHOLE_UNIVERSITY)
    acknowledge()


def write_and_acknowledge_first(engine: Engine, name: str, acknowledge: Callable[[], None]) -> None:
    """What a writer must not do: it says that it is done before the database has said so."""
    acknowledge()
    acknowledge()
    write(engine, name, lambda: None)


def kill_writers(url: str, times: int, how: Write = write) -> Lives:
    """So many writers one after the other, each killed (SIGKILL) at any moment after its first acknowledgement."""
    engine = university(url)
    write(engine, "before", lambda: None)  # what is read once and remembered is shared by all writers
    engine.dispose()
    chance, said = random.Random(20261128), []  # noqa: S311
    for life in range(times):
        reading, writing = os.pipe()
        process = in_a_process(partial(_live, url, life, writing, how))
        os.close(writing)
        with os.fdopen(reading, "rb") as told:
            first = told.readline()
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            os.kill(process, signal.SIGKILL)
            ended(process)
            said += [line.decode().strip() for line in [first, *told] if line.endswith(b"\n")]
    engine = connect(url)
    try:
        return _what_is_there(engine, said)
    finally:
        engine.dispose()


def _live(url: str, life: int, told: int, how: Write) -> None:
    """Writes until it is killed; each acknowledgement is the name of what is stored, on a line."""
    engine, number = connect(url), 0
    while True:
        name = f"life{life}n{number}"
        how(engine, name, partial(_say, told, name))
        number += 1


def _say(told: int, name: str) -> None:
    os.write(told, f"{name}\n".encode())


def _what_is_there(engine: Engine, said: list[str]) -> Lives:
    """Each name is acknowledged once for its import, once more for its decision."""
    with seeing_all(engine) as connection:
        counts = connection.execute(select(Activity.source, func.count()).group_by(Activity.source)).all()
        imported = {str(source): int(number) for source, number in counts}
        decided = set(connection.scalars(select(PartnerDecision.name)))
        links = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (ActivityDepartment, ActivityPerson, Version)
        ]
    acknowledged = {name: said.count(name) for name in said}
    lost = sum(name not in imported for name in acknowledged)
    lost += sum(times > 1 and name not in decided for name, times in acknowledged.items())
    activities = sum(imported.values())
    halves = sum(number != ROWS for number in imported.values())
    halves += links != [2 * activities, 2 * activities, activities]
    return Lives(len(said), lost, halves, is_sound(engine))


def outlive_kills(fresh: Mapping[str, Callable[[], str]], times: int, how: Write = write) -> Outcome:
    """The writers of every kind of database."""
    lives = {kind: kill_writers(new(), times, how) for kind, new in fresh.items()}
    acknowledged = ", ".join(f"{one.acknowledged:,} on {kind}" for kind, one in lives.items())
    lost, halves = sum(one.lost for one in lives.values()), sum(one.halves for one in lives.values())
    sound = all(one.sound for one in lives.values())
    return Outcome(
        f"{times} kills on {' and '.join(lives)} each; acknowledged {acknowledged}",
        f"lost {lost}, stored by half {halves}, integrity {'ok' if sound else 'DAMAGED'}",
        kept=not lost and not halves and sound,
    )


def attempt() -> Outcome:
    with both() as fresh:
        return outlive_kills(fresh, 100)


PROMISES = (
    Promise(
        number=11,
        promise="Nothing that was acknowledged is lost when the process is killed",
        explanation="A process stores small imports and decisions and says so after each commit, until SIGKILL hits it "
        "at any moment; then everything it said is looked for. A writer that says so before the commit loses some.",
        attempt=attempt,
    ),
)
