"""What is kept how long: old events of the audit log, logins that are over, accounts that nobody uses any more."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, insert, or_, select, update

from data_access.audit.actor import Actor
from data_access.audit.chain import record, said_at
from data_access.audit.verifying import DELETION, said_of_anchor, verified
from data_access.engine import as_whole
from data_access.moments import stored
from data_access.tables import Account, AuditAnchor, AuditEvent, Grant, SignIn, Viewing
from vocabulary.calendar import day_in_japan
from vocabulary.text import Text

RETENTION, ACCOUNT_ERASED = "retention", "account erased"  # actions of the audit log
ERASED = "erased:{}"  # the subject of an account that was erased; no provider's subject is looked up without its issuer
VARIABLES = {
    "audit": "MONITOR_RETENTION_AUDIT",
    "logins": "MONITOR_RETENTION_LOGINS",
    "accounts": "MONITOR_RETENTION_ACCOUNTS",
}
STANDARD = {"audit": 365, "logins": 90, "accounts": 365}
FOR_GOOD = "for good"
SHORTEST = 30  # days: what is deleted sooner helps nobody to find out what happened
BROKEN = Text(
    "The audit log is not whole ({fault}), so nothing of it is deleted. Keep the database as it is.",
    "監査記録が完全ではないため（{fault}）、削除していません。データベースを現状のまま保全してください。",
)


class RetentionError(ValueError):
    """A period that means nothing, or a log that is not whole; nothing was deleted."""


@dataclass(frozen=True, kw_only=True)
class Periods:
    """How many days each is kept; None: for good."""

    audit: int | None = STANDARD["audit"]
    logins: int | None = STANDARD["logins"]
    accounts: int | None = STANDARD["accounts"]

    @classmethod
    def of(cls, settings: Mapping[str, str] = os.environ) -> "Periods":
        """As the settings say; RetentionError for one that says neither a number of days nor `for good`."""
        return cls(**{name: _days(settings.get(variable, ""), variable, name) for name, variable in VARIABLES.items()})


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """How many events, logins and accounts were (or would be) deleted."""

    events: int
    logins: int
    accounts: int


def keep_to(engine: Engine, periods: Periods, *, actor: Actor, now: datetime, dry_run: bool = False) -> Deleted:
    """Deletes what is older, in one transaction with its events in the log; a dry run only counts.

    Of the log the oldest events go, and an anchor with the hash of the last of them stays. RetentionError where the
    log is not whole.
    """
    with engine.connect() as connection, connection.begin() as transaction:
        as_whole(connection)
        logins = 0 if periods.logins is None else _logins(connection, stored(now - timedelta(days=periods.logins)))
        accounts = 0 if periods.accounts is None else _accounts(connection, actor, now, periods.accounts)
        events = 0 if periods.audit is None else _events(connection, actor, now - timedelta(days=periods.audit))
        if logins or accounts:
            told = {"logins": str(logins), "accounts": str(accounts)}
            record(connection, actor, RETENTION, details=told, rows=logins + accounts)
        if dry_run:
            transaction.rollback()
    return Deleted(events=events, logins=logins, accounts=accounts)


def erase_account(connection: Connection, account: int, actor: Actor) -> None:
    """Blanks who an account is and ends its logins; its number stays, so that the log still says who acted."""
    blank = {"issuer": "", "subject": ERASED.format(account), "name": ""}
    connection.execute(update(Account).where(Account.account_id == account).values(**blank))
    _delete_logins(connection, SignIn.account_id == account)
    record(connection, actor, ACCOUNT_ERASED, object=f"account:{account}")


def holds_a_role(connection: Connection, account: int, now: datetime) -> bool:
    """Whether a role of the account holds today or later."""
    return account in set(connection.scalars(_with_roles(now)))


def is_period(said: str) -> bool:
    """Whether a setting says a number of days that is long enough, or `for good`."""
    text = said.strip().lower()
    return text == FOR_GOOD or (text.isdecimal() and int(text) >= SHORTEST)


def _days(said: str, variable: str, name: str) -> int | None:
    text = said.strip().lower()
    if not text:
        return STANDARD[name]
    if text == FOR_GOOD:
        return None
    if not is_period(text):
        raise RetentionError(
            f"{variable} is {said!r}; it is a number of days, {SHORTEST} or more, or {FOR_GOOD!r} "
            f"({STANDARD[name]} where it is left out)"
        )
    return int(text)


def _logins(connection: Connection, before: datetime) -> int:
    return _delete_logins(connection, SignIn.ends_at < before)


def _delete_logins(connection: Connection, those: ColumnElement[bool]) -> int:
    """With who looked through whose eyes in them; the log still has both ends of that."""
    connection.execute(delete(Viewing).where(Viewing.login_id.in_(select(SignIn.login_id).where(those))))
    return connection.execute(delete(SignIn).where(those)).rowcount


def _accounts(connection: Connection, actor: Actor, now: datetime, days: int) -> int:
    """Erases the accounts that hold no role and whose person has not signed in for so long."""
    idle = select(Account.account_id).where(
        Account.account_id.not_in(_with_roles(now)),
        Account.issuer != "",
        func.coalesce(Account.last_seen, Account.first_seen) < stored(now - timedelta(days=days)),
    )
    found = list(connection.scalars(idle.order_by(Account.account_id)))
    for account in found:
        erase_account(connection, account, actor)
    return len(found)


def _with_roles(now: datetime) -> Select[int]:
    today = day_in_japan(now)
    holds = Grant.revoked_at.is_(None), or_(Grant.valid_until.is_(None), Grant.valid_until >= today)
    return select(Grant.account_id).where(*holds)


def _events(connection: Connection, actor: Actor, before: datetime) -> int:
    """Deletes the oldest events; the anchor is there first, without which the database refuses to."""
    found = verified(connection)
    if found.fault is not None:
        raise RetentionError(BROKEN.filled(fault=found.fault).en)
    old = AuditEvent.at < said_at(before)
    last = connection.scalar(select(func.max(AuditEvent.event_id)).where(old))
    if last is None:
        return 0
    earlier = connection.execute(select(*AuditAnchor.__table__.columns)).mappings().first()
    ends = {
        event_id: (at, digest)
        for event_id, at, digest in connection.execute(
            select(AuditEvent.event_id, AuditEvent.at, AuditEvent.hash).where(
                AuditEvent.event_id.in_((found.first, last))
            )
        )
    }
    anchor = {
        "last_event": last,
        "last_hash": ends[last][1],
        "first_at": earlier["first_at"] if earlier else ends[found.first][0],
        "last_at": ends[last][0],
    }
    connection.execute(insert(AuditAnchor), anchor)
    connection.execute(delete(AuditAnchor).where(AuditAnchor.last_event < last))
    deleted = connection.execute(delete(AuditEvent).where(AuditEvent.event_id <= last)).rowcount
    record(connection, actor, DELETION, object=str(last), details=said_of_anchor(anchor), rows=deleted)
    if not verified(connection).is_whole:
        raise RetentionError("the log would not be whole without its oldest events; nothing was deleted")
    return deleted
