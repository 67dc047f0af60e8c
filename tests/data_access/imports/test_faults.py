"""All or nothing, whatever happens: an error at any database call, a process that dies, two at once, a full disk."""

import os
import random
import resource
import signal
import threading
import time
from collections.abc import Callable
from itertools import count, product
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import DatabaseError

from data_access.batches.roll_back import RollBack, roll_back
from data_access.engine import as_whole, connect
from data_access.imports import ImportReport, store_rows
from data_access.tables import Activity, ActivityDepartment, ActivityPerson, Import, Version
from tests.data_access.imports.conftest import stored
from tests.data_access.imports.faults import (
    CALLS,
    Fault,
    database_error,
    ended,
    everything,
    in_a_process,
    killed,
    struck,
    takes_the_lock_at_once,
)
from tests.data_access.imports.test_storing import FULL

# A server's disk cannot be filled from here; that it fails at any call is tried for PostgreSQL, too.
of_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Work = Callable[[Engine], ImportReport | RollBack]


def give(engine: Engine, *rows: dict[str, str], complete: bool = False) -> ImportReport:
    return store_rows(engine, "activities", rows, indicators={}, name="rows.csv", complete=complete)


def some(number: int, source: str = "mobility", title: str = "A paper") -> list[dict[str, str]]:
    return [
        {**FULL, "source": source, "record_id": f"R{n}", "people": f"p{n % 7};q{n}", "title": title}
        for n in range(number)
    ]


def an_import(engine: Engine) -> ImportReport:
    """Changes one record, adds another one."""
    return give(engine, {**FULL, "record_id": "R0", "title": "Changed"}, {**FULL, "record_id": "R9", "people": "p9"})


def a_full_list(engine: Engine) -> ImportReport:
    """Changes one record, adds another one, withdraws two."""
    rows = {**FULL, "record_id": "R0", "title": "Changed"}, {**FULL, "record_id": "R9", "people": "p9"}
    return give(engine, *rows, complete=True)


def a_refusal(engine: Engine) -> ImportReport:
    """Keeps nothing but that the file was refused."""
    return give(engine, {**FULL, "level": "x"})


def a_roll_back(engine: Engine) -> RollBack:
    """Undoes the last import, the second, which changed, added and withdrew."""
    return roll_back(engine, 2, importer="clerk")


@pytest.mark.parametrize("work", [an_import, a_full_list, a_refusal, a_roll_back])
def test_an_error_at_any_call_to_the_database_leaves_every_table_as_it_was(university: Engine, work: Work) -> None:
    """For every n: the n-th call fails, all is as before, no lock is left; without a fault the same then succeeds."""
    give(university, *some(3))
    if work is a_roll_back:
        a_full_list(university)
    before = everything(university)
    for call in count(1):
        with struck(university, Fault(call, database_error(university))) as made:
            try:
                work(university)
            except DatabaseError:
                assert everything(university) == before, f"call {call} of {made}"
                assert takes_the_lock_at_once(university)
            else:
                break
    assert call > (5 if work is a_refusal else 20)
    assert made[-1] == "do_commit"
    assert everything(university) != before


@pytest.mark.parametrize("work", [an_import, a_roll_back])
def test_a_commit_whose_answer_is_lost_is_whole(university: Engine, work: Work) -> None:
    """The database has committed, but says that it failed: all is stored, and the same again changes nothing."""
    give(university, *some(3))
    if work is a_roll_back:
        a_full_list(university)
    before = everything(university)
    lost = Fault(1, database_error(university), after=True, of=("do_commit",))
    with struck(university, lost), pytest.raises(DatabaseError):
        work(university)
    after = everything(university)
    assert len(after["imports"]) == len(before["imports"]) + 1
    assert takes_the_lock_at_once(university)
    again = work(university)
    assert again.status == "unchanged" if isinstance(again, ImportReport) else again.refusal is not None
    assert [everything(university)[name] for name in ("activities", "versions")] == [
        after[name] for name in ("activities", "versions")
    ]


class _TabClosedError(BaseException):
    """What ends a script wherever it is."""


def test_whoever_stops_listening_stops_the_import_whole(university: Engine) -> None:
    """At every telling of progress in turn, whoever is told goes away."""
    give(university, *some(3))
    before = everything(university)
    for tellings in count(1):
        told = count(1)

        def tell(_done: float, told: "count[int]" = told, tellings: int = tellings) -> None:
            if next(told) == tellings:
                raise _TabClosedError

        try:
            store_rows(university, "activities", some(5), indicators={}, name="rows.csv", progress=tell)
        except _TabClosedError:
            assert everything(university) == before
            assert takes_the_lock_at_once(university)
        else:
            break
    assert tellings > 1
    assert len(stored(university, Activity)) == 5


ROWS = 150
DEADLY = (signal.SIGKILL, signal.SIGTERM)
LONGEST_LIFE = 0.4  # seconds, of a process that is killed at any time; an import takes about half of that


def counted(engine: Engine, source: str) -> dict[str, int]:
    """How much there is of one source: activities, their links, what tells of them."""
    own = select(Activity.activity_id).where(Activity.source == source)
    counts = {
        "activities": select(func.count()).select_from(own.subquery()),
        "departments": select(func.count()).where(ActivityDepartment.activity_id.in_(own)),
        "people": select(func.count()).where(ActivityPerson.activity_id.in_(own)),
        "versions": select(func.count()).where(Version.key.startswith(f'["{source}"')),
    }
    with engine.connect() as connection:
        as_whole(connection)
        return {name: connection.scalar(query) or 0 for name, query in counts.items()}


WHOLE = {"activities": ROWS, "departments": 2 * ROWS, "people": 2 * ROWS, "versions": ROWS}
NONE = dict.fromkeys(WHOLE, 0)


def test_a_process_that_is_killed_at_a_call_has_stored_all_or_nothing(university: Engine) -> None:
    """Imports in processes of their own: before and after each kind of call to the database, three die."""
    chance, made = random.Random(20261128), _calls_of_one(university)  # noqa: S311
    for trial, (_, kind, after) in enumerate(product(range(3), CALLS, (False, True))):
        number = DEADLY[(trial + trial // 2) % 2]  # each of them before a call, and after one
        call = chance.randint(1, made.count(kind))
        process = _importing(university, f"trial{trial}", Fault(call, killed(number), after=after, of=(kind,)))
        assert ended(process) == -number
        found = _whole_or_nothing(university, f"trial{trial}")
        if kind == "do_commit":  # the one of an import
            assert found == (WHOLE if after else NONE)
    _is_intact(university)


def test_a_process_that_is_killed_at_any_time_has_stored_all_or_nothing(university: Engine) -> None:
    """Imports in processes of their own, each killed in another twentieth of the time that one takes at most."""
    chance, statuses, trials = random.Random(20261128), [], 20  # noqa: S311
    for trial in range(trials):
        number = DEADLY[trial % 2]
        process = _importing(university, f"trial{trial}", Fault(0, killed(number)))
        time.sleep(LONGEST_LIFE * (trial + chance.random()) / trials)
        os.kill(process, number)
        statuses.append(ended(process))
        found = _whole_or_nothing(university, f"trial{trial}")
        assert found == WHOLE or statuses[-1] != 0
    assert {*statuses} & {-number for number in DEADLY}
    _is_intact(university)


def _importing(university: Engine, source: str, fault: Fault) -> int:
    """The id of a process that imports one source, and meets this fault."""
    url = university.url.render_as_string(hide_password=False)
    university.dispose()  # a connection cannot be shared with the process that is to come

    def work() -> None:
        engine = connect(url)
        with struck(engine, fault):
            give(engine, *some(ROWS, source))

    return in_a_process(work)


def _whole_or_nothing(university: Engine, source: str) -> dict[str, int]:
    """What a process left of its source, which can be imported again."""
    found = counted(university, source)
    assert found in (WHOLE, NONE)
    assert give(university, *some(ROWS, source)).status == ("unchanged" if found == WHOLE else "stored")
    return found


def _is_intact(university: Engine) -> None:
    """SQLite finds nothing wrong with its file."""
    if university.dialect.name == "sqlite":
        with university.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def _calls_of_one(engine: Engine) -> list[str]:
    """The calls that an import makes when nothing happens, and all whom it names are known."""
    give(engine, *some(ROWS, "first"))
    with struck(engine, Fault(0, database_error(engine))) as made:
        give(engine, *some(ROWS, "whole"))
    return made


@pytest.mark.parametrize("by", ["threads", "processes"])
def test_of_two_clicks_one_stores_and_the_other_changes_nothing(university: Engine, by: str) -> None:
    """The same file is imported twice at once; a record that is stored twice would be refused by the database."""
    url = university.url.render_as_string(hide_password=False)

    def work() -> None:
        engine = connect(url)
        give(engine, *some(ROWS))
        engine.dispose()

    if by == "threads":
        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        university.dispose()
        processes = [in_a_process(work) for _ in range(2)]
        assert [ended(process) for process in processes] == [0, 0]
    assert sorted(str(row["status"]) for row in stored(university, Import)) == ["stored", "unchanged"]
    assert counted(university, "mobility") == WHOLE


@of_sqlite
def test_a_full_disk_is_told_and_what_was_stored_is_intact(university: Engine) -> None:
    give(university, *some(3))
    before = everything(university)
    university.dispose()
    full = connect(university.url.render_as_string(hide_password=False))
    event.listen(full, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1"))  # no page more
    with pytest.raises(DatabaseError, match="database or disk is full"):
        give(full, *some(3_000, "more"))
    full.dispose()
    assert everything(university) == before
    assert takes_the_lock_at_once(university)
    assert give(university, *some(3_000, "more")).status == "stored"


@of_sqlite
def test_a_file_that_may_grow_no_more_loses_nothing(university: Engine) -> None:
    """The system refuses to write past a size, as a full disk or a quota does."""
    give(university, *some(3))
    before = everything(university)
    url, file = university.url.render_as_string(hide_password=False), university.url.database
    university.dispose()

    def work() -> None:
        most = Path(str(file)).stat().st_size + 20_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        give(connect(url), *some(3_000, "more"))

    assert ended(in_a_process(work)) == 1
    assert everything(university) == before
    assert give(university, *some(3_000, "more")).status == "stored"
