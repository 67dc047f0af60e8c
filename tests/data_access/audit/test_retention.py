"""What is older than its period goes, on both databases; the log stays whole, and says what went."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import DatabaseError

from data_access.audit import Actor, chain, record, verify
from data_access.audit.reading import Asked, events
from data_access.audit.retention import Deleted, Periods, RetentionError, keep_to
from data_access.audit.verifying import verified
from data_access.engine import as_whole, reading
from data_access.moments import stored
from data_access.tables import Account, AuditAnchor, AuditEvent, Grant, SignIn
from tests.data_access.audit import tampering

WHO, NOW = Actor("command line: root"), datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def log(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Six events, one a hundred days: the first three are older than a year."""
    for number in range(6):
        when = NOW - timedelta(days=600 - 100 * number)

        class Then(datetime):
            @classmethod
            def now(cls, tz: object = None, when: datetime = when) -> datetime:  # type: ignore[override]
                return when

        monkeypatch.setattr(chain, "datetime", Then)
        with engine.begin() as connection:
            record(as_whole(connection), WHO, "import", object=f"import {number}")
    monkeypatch.undo()
    return engine


def test_old_events_go_an_anchor_stays_and_the_log_is_whole(log: Engine) -> None:
    before = verify(log)
    assert keep_to(log, Periods(), actor=WHO, now=NOW, dry_run=True).events == 3
    assert verify(log) == before
    assert keep_to(log, Periods(), actor=WHO, now=NOW) == Deleted(events=3, logins=0, accounts=0)
    found = verify(log)
    assert (found.is_whole, found.first, found.last) == (True, 4, 7)
    assert verify(log, expect=before.last_hash).is_whole  # the hash that was written down before
    with reading(log) as connection:
        deletion = events(as_whole(connection), Asked(action="old events deleted")).iloc[0]
    assert (deletion["object"], deletion["rows"]) == ("3", 3)
    later = NOW + timedelta(days=150)
    assert keep_to(log, Periods(), actor=WHO, now=later).events == 1
    found = verify(log)
    assert (found.is_whole, found.first, found.last) == (True, 5, 8)
    with reading(log) as connection:
        anchors = as_whole(connection).execute(select(AuditAnchor.last_event, AuditAnchor.first_at)).all()
    assert [tuple(one) for one in anchors] == [(4, chain.said_at(NOW - timedelta(days=600)))]


def test_a_changed_or_missing_anchor_shows(log: Engine) -> None:
    keep_to(log, Periods(), actor=WHO, now=NOW)
    for column, value in (("last_hash", "0" * 64), ("first_at", "2020"), ("last_at", "2020"), ("last_event", 2)):
        with tampering.unguarded(log) as connection:
            connection.execute(update(AuditAnchor).values({column: value}))
            assert not verified(connection).is_whole, column
    with tampering.unguarded(log) as connection:
        connection.exec_driver_sql("DELETE FROM audit_anchors")
        assert verified(connection).broken == 1


def test_the_database_refuses_to_change_or_delete_the_anchor_and_events_behind_it(log: Engine) -> None:
    keep_to(log, Periods(), actor=WHO, now=NOW)
    for statement in (
        "UPDATE audit_anchors SET last_hash = ''",
        "DELETE FROM audit_anchors",
        "DELETE FROM audit_events WHERE event_id = 4",
    ):
        with pytest.raises(DatabaseError, match="never"), log.begin() as connection:
            as_whole(connection).exec_driver_sql(statement)
    assert verify(log).is_whole


def test_nothing_is_deleted_of_a_log_that_is_not_whole(log: Engine) -> None:
    with log.begin() as connection:
        as_whole(connection)
        for statement in tampering.triggers(connection):
            connection.exec_driver_sql(statement)
        connection.execute(update(AuditEvent).where(AuditEvent.event_id == 5).values(actor="nobody"))
    with pytest.raises(RetentionError, match="event 5 is not as it was written"):
        keep_to(log, Periods(), actor=WHO, now=NOW)
    with reading(log) as connection:
        assert len(events(as_whole(connection))) == 6


def test_logins_that_are_over_and_accounts_that_nobody_uses_go(engine: Engine) -> None:
    """Account 1 left long ago; 2 was here lately; 3 holds a role; 4 was given a role that ended."""
    long_ago, lately = stored(NOW - timedelta(days=500)), stored(NOW - timedelta(days=5))
    with engine.begin() as connection:
        as_whole(connection)
        for number, seen in ((1, long_ago), (2, lately), (3, long_ago), (4, long_ago)):
            row = {"account_id": number, "issuer": "https://idp", "subject": f"s{number}", "name": f"Person {number}"}
            connection.execute(insert(Account), row | {"first_seen": long_ago, "last_seen": seen})
            login = {"login_id": f"login {number}", "account_id": number, "began_at": seen, "ends_at": seen}
            connection.execute(insert(SignIn), login)
        for number, until in ((3, None), (4, date(2026, 1, 1))):
            given = {"account_id": number, "role": "office", "department": "*", "covers": "[]", "granted_by": "x"}
            days = {"valid_from": date(2025, 1, 1), "valid_until": until, "granted_at": long_ago}
            connection.execute(insert(Grant), given | days)
    assert keep_to(engine, Periods(), actor=WHO, now=NOW) == Deleted(events=0, logins=3, accounts=2)
    with reading(engine) as connection:
        columns = select(Account.account_id, Account.subject, Account.name).order_by(Account.account_id)
        accounts = [tuple(one) for one in as_whole(connection).execute(columns)]
        assert list(connection.scalars(select(SignIn.login_id))) == ["login 2"]
    assert accounts == [(1, "erased:1", ""), (2, "s2", "Person 2"), (3, "s3", "Person 3"), (4, "erased:4", "")]
    assert verify(engine).is_whole
    assert keep_to(engine, Periods(), actor=WHO, now=NOW) == Deleted(events=0, logins=0, accounts=0)


def test_periods_are_days_or_for_good_and_anything_else_is_refused() -> None:
    assert Periods.of({}) == Periods(audit=365, logins=90, accounts=365)
    said = {"MONITOR_RETENTION_AUDIT": "730", "MONITOR_RETENTION_LOGINS": "For good"}
    assert Periods.of(said) == Periods(audit=730, logins=None, accounts=365)
    for wrong in ("0", "29", "-1", "a year"):
        with pytest.raises(RetentionError, match="MONITOR_RETENTION_AUDIT is .*number of days, 30 or more"):
            Periods.of({"MONITOR_RETENTION_AUDIT": wrong})
