"""The audit log: written in the transaction of the change, never changed, and whatever happens to it shows."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import DatabaseError

from data_access.audit import Actor, record, refused, verify
from data_access.audit.chain import BEGINNING, LAST, hash_of
from data_access.audit.verifying import verified
from data_access.engine import as_whole, connect, prepare, reading
from data_access.tables import AuditEvent, State
from tests.data_access.audit import tampering

OFFICE = Actor("account:7", account=7, role="office")


@pytest.fixture
def log(engine: Engine) -> Engine:
    """A log of five events, with something in every field of the third."""
    return _written(engine)


@pytest.fixture(scope="module")
def both_logs(tmp_path_factory: pytest.TempPathFactory, fresh_postgres: Callable[[], str]) -> Iterator[list[Engine]]:
    engines = [connect(f"sqlite:///{tmp_path_factory.mktemp('log')}/monitor.db"), connect(fresh_postgres())]
    for engine in engines:
        prepare(engine)
        _written(engine)
    yield engines
    for engine in engines:
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def kept_log(request: pytest.FixtureRequest, both_logs: list[Engine]) -> Engine:
    """The same log, of either kind, for tests that undo what they change."""
    return both_logs[1 if request.param == "postgresql" else 0]


def _written(engine: Engine) -> Engine:
    for number in range(1, 6):
        with engine.begin() as connection:
            as_whole(connection)
            if number == 3:
                seen = Actor("head:ENG", account=7, role="head", seen_by="account:9")
                details = {"種別": "留学", "new": "3"}
                record(connection, seen, "import", object="import 3", scope="ENG", details=details, rows=3, sha256="ab")
            else:
                record(connection, OFFICE, "import", object=f"import {number}", rows=number)
    return engine


def test_an_empty_log_is_whole(engine: Engine) -> None:
    found = verify(engine)
    assert (found.is_whole, found.first, found.last, found.last_hash) == (True, 0, 0, BEGINNING)


def test_events_are_numbered_and_chained_and_say_who_did_what(log: Engine) -> None:
    with reading(log) as connection:
        as_whole(connection)
        events = connection.execute(select(*AuditEvent.__table__.columns).order_by(AuditEvent.event_id)).all()
    assert [event.event_id for event in events] == [1, 2, 3, 4, 5]
    assert [event.previous for event in events] == [BEGINNING, *(event.hash for event in events[:-1])]
    third = events[2]
    assert (third.actor, third.account, third.role, third.seen_by) == ("head:ENG", 7, "head", "account:9")
    assert (third.details, third.rows, third.outcome) == ('{"new":"3","種別":"留学"}', 3, "done")
    found = verify(log)
    assert (found.is_whole, found.first, found.last, found.last_hash) == (True, 1, 5, events[-1].hash)


def test_an_event_and_the_change_it_tells_of_exist_together_or_neither_does(log: Engine) -> None:
    change = update(State).where(State.name == "data_version").values(value="9")
    with pytest.raises(RuntimeError), log.begin() as connection:
        as_whole(connection)
        connection.execute(change)
        record(connection, OFFICE, "import")
        raise RuntimeError
    assert verify(log).last == 5
    with log.begin() as connection:
        as_whole(connection)
        connection.execute(change)
        record(connection, OFFICE, "import")
    assert verify(log).last == 6


def test_a_refusal_is_an_event_of_its_own(log: Engine) -> None:
    refused(log, OFFICE, "page", object="imports")
    with reading(log) as connection:
        as_whole(connection)
        assert connection.scalar(select(AuditEvent.outcome).where(AuditEvent.event_id == 6)) == "refused"
    assert verify(log).is_whole


def test_writers_at_the_same_time_make_one_chain(engine: Engine) -> None:
    together = threading.Barrier(4)

    def write(number: int) -> None:
        together.wait()
        for _ in range(10):
            with engine.begin() as connection:
                as_whole(connection)
                record(connection, Actor(f"account:{number}", account=number), "import")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    found = verify(engine)
    assert (found.is_whole, found.last) == (True, 40)


def test_what_no_database_stores_is_left_out_and_what_has_no_end_is_cut(engine: Engine) -> None:
    with engine.begin() as connection:
        as_whole(connection)
        record(connection, Actor("a\0b"), "page", object="\ud800", details={"long": "x" * 1000})
    with reading(engine) as connection:
        as_whole(connection)
        event = connection.execute(select(*AuditEvent.__table__.columns)).one()
    assert (event.actor, event.object, len(event.details)) == ("ab", "?", len('{"long":""}') + 300)
    assert verify(engine).is_whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET actor = 'nobody' WHERE event_id = 2",
        "UPDATE audit_events SET hash = hash",
        "DELETE FROM audit_events WHERE event_id = 2",
        "DELETE FROM audit_events",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_an_event(kept_log: Engine, statement: str) -> None:
    with pytest.raises(DatabaseError, match="never"), kept_log.begin() as connection:
        as_whole(connection)
        connection.exec_driver_sql(statement)
    assert verify(kept_log).last == 5


def test_sqlite_refuses_to_replace_an_event_and_postgresql_to_empty_the_table(kept_log: Engine) -> None:
    """REPLACE deletes without asking the trigger that refuses to delete."""
    on_sqlite = "INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events WHERE event_id = 2"
    statement = on_sqlite if kept_log.dialect.name == "sqlite" else "TRUNCATE audit_events"
    with pytest.raises(DatabaseError, match=r"never|after all others"), kept_log.begin() as connection:
        as_whole(connection)
        connection.exec_driver_sql(statement)
    assert verify(kept_log).last == 5


def test_without_the_triggers_the_database_would_do_it(kept_log: Engine) -> None:
    with tampering.unguarded(kept_log) as connection:
        connection.exec_driver_sql("DELETE FROM audit_events")
        assert connection.scalar(select(AuditEvent.event_id)) is None


def test_a_changed_field_names_its_event(kept_log: Engine) -> None:
    with tampering.unguarded(kept_log) as connection:
        events = connection.execute(select(*AuditEvent.__table__.columns)).mappings().all()
        for event in events:
            for field in tampering.FIELDS:
                value = 99 if field == "event_id" else tampering.flipped(event[field])
                with connection.begin_nested() as once:
                    tampering.change(connection, event["event_id"], field, value)
                    found = verified(connection)
                    once.rollback()
                assert (found.is_whole, found.broken) == (False, event["event_id"]), field


def test_a_changed_event_with_a_hash_that_fits_shows_in_the_next_one(kept_log: Engine) -> None:
    with tampering.unguarded(kept_log) as connection:
        row = connection.execute(select(*AuditEvent.__table__.columns).where(AuditEvent.event_id == 2))
        event = dict(row.mappings().one()) | {"actor": "nobody"}
        tampering.change(connection, 2, "actor", "nobody")
        tampering.change(connection, 2, "hash", hash_of(event, str(event["previous"])))
        found = verified(connection)
    assert found.broken == 3
    assert found.fault is not None
    assert "does not follow" in found.fault.en


def test_a_deleted_event_is_named_also_where_it_is_the_newest(kept_log: Engine) -> None:
    for event_id in (1, 3, 5):
        with tampering.unguarded(kept_log) as connection:
            tampering.take_out(connection, event_id)
            assert verified(connection).broken == event_id


def test_exchanged_and_inserted_events_are_named(kept_log: Engine) -> None:
    with tampering.unguarded(kept_log) as connection:
        tampering.swap(connection, 2, 3)
        assert verified(connection).broken == 2
    with tampering.unguarded(kept_log) as connection:
        tampering.push_in(connection, 3)
        assert verified(connection).broken == 4


def test_an_event_behind_the_last_and_a_last_that_is_gone_are_named(kept_log: Engine) -> None:
    with tampering.unguarded(kept_log) as connection:
        connection.execute(update(State).where(State.name == LAST).values(value=f"4 {'0' * 64}"))
        assert verified(connection).broken == 5
        connection.execute(delete(State).where(State.name == LAST))
        assert verified(connection).broken == 5


def test_a_log_that_was_cut_with_its_end_is_found_by_the_hash_written_down(kept_log: Engine) -> None:
    written_down = verify(kept_log).last_hash
    with tampering.unguarded(kept_log) as connection:
        tampering.take_out(connection, 5)
        fourth = connection.execute(select(AuditEvent.hash).where(AuditEvent.event_id == 4)).scalar_one()
        connection.execute(update(State).where(State.name == LAST).values(value=f"4 {fourth}"))
        assert verified(connection).is_whole
        assert not verified(connection, expect=written_down).is_whole
        assert verified(connection, expect=fourth).is_whole


def test_a_cut_log_goes_on_and_the_cut_is_seen_for_ever(kept_log: Engine) -> None:
    with tampering.unguarded(kept_log) as connection:
        tampering.take_out(connection, 5)
        record(connection, OFFICE, "import")
        assert verified(connection).broken == 5
        connection.execute(delete(State).where(State.name == LAST))
        record(connection, OFFICE, "import")
        assert not verified(connection).is_whole


def test_an_event_that_cannot_be_read_is_named(tmp_path: object) -> None:
    """A byte of the file that is no UTF-8 any more."""
    engine = connect(f"sqlite:///{tmp_path}/monitor.db")
    prepare(engine)
    with engine.begin() as connection:
        as_whole(connection)
        for _ in range(3):
            record(connection, OFFICE, "import")
    with tampering.unguarded(engine) as connection:
        connection.exec_driver_sql("UPDATE audit_events SET actor = CAST(x'FFFE' AS TEXT) WHERE event_id = 2")
        assert verified(connection).broken == 2
    engine.dispose()
