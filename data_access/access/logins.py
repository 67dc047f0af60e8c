"""Logins: what the identity provider signed is good for twelve hours, and not after its person has signed out."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, RowMapping, Select, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from data_access import audit
from data_access.access.refusals import NotGivenError, listed
from data_access.access.viewing import give_view_back
from data_access.audit import Actor
from data_access.engine import as_whole, hurried, reading
from data_access.moments import read, stored
from data_access.tables import Account, SignIn

LASTS = timedelta(hours=12)
TRIES, PAUSE = 10, 0.3  # seconds in which those get in whom a writer that waits for readers keeps out
SIGNED_IN, SIGNED_OUT = "signed in", "signed out"  # actions of the audit log
LOGINS_ENDED = "logins ended"  # by the office


@dataclass(frozen=True, kw_only=True)
class Login:
    """One login of an account: from when the provider said who it is until it is over."""

    login_id: str
    account: int
    issuer: str
    subject: str
    ends_at: datetime  # UTC
    ended: bool  # signed out, or ended by the office

    def is_over(self, now: datetime) -> bool:
        return self.ended or now >= self.ends_at


def login_id_of(claims: Mapping[str, object]) -> str:
    """What a login is known by: the SHA-256 of its claims, so that nothing stored lets anybody in."""
    return sha256(json.dumps(claims, sort_keys=True, default=str).encode()).hexdigest()


def known_login(connection: Connection, claims: Mapping[str, object]) -> Login | None:
    """The login of these claims, where it was seen before."""
    row = connection.execute(_of(login_id_of(claims))).mappings().one_or_none()
    return None if row is None else _read(row)


def seen_login(engine: Engine, claims: Mapping[str, object], *, now: datetime) -> Login:
    """The login of these claims, remembered when it is seen for the first time; so is its account.

    It begins when the provider says that it signed it (`iat`), and never later than it is seen. Claims that are seen
    for the first time after their twelve hours are remembered as the login that is over, once. KeyError for claims
    without `iss`, `sub` or `iat`.
    """
    with reading(engine) as connection:
        if (known := known_login(as_whole(connection), claims)) is not None:
            return known
    for again in range(TRIES - 1, -1, -1):
        try:
            with hurried(engine) as connection:
                return remembered(as_whole(connection), claims, now)
        except OperationalError:
            if not again:
                raise
            time.sleep(PAUSE)
    raise AssertionError("tried at least once")


def end_login(engine: Engine, login_id: str, *, by: Actor, now: datetime) -> None:
    """A login is over from now on, whatever the cookie says. Nothing happens to one that was ended before."""
    with engine.begin() as connection:
        ended_in(as_whole(connection), login_id, by=by, now=now)


def end_all_of(engine: Engine, account: int, *, by: Actor, now: datetime) -> int:
    """All logins of an account are over from now on, in every process; gives how many were not over yet.

    NotGivenError for an account that there is not.
    """
    with engine.begin() as connection:
        whole = as_whole(connection)
        there = list(whole.scalars(select(Account.account_id).order_by(Account.account_id)))
        if account not in there:
            raise NotGivenError("no such account", number=account, there=listed(there))
        mine = (SignIn.account_id == account, SignIn.ended_at.is_(None), SignIn.ends_at > stored(now))
        gone = update(SignIn).where(*mine).values(ended_at=stored(now), ended_by=by.code).returning(SignIn.login_id)
        logins = list(whole.scalars(gone))
        for login_id in logins:
            give_view_back(whole, login_id, by, now)
        audit.record(whole, by, LOGINS_ENDED, object=f"account:{account}", rows=len(logins))
        return len(logins)


def ended_in(connection: Connection, login_id: str, *, by: Actor, now: datetime) -> None:
    """What `end_login` does, in the transaction of the caller."""
    alive = update(SignIn).where(SignIn.login_id == login_id, SignIn.ended_at.is_(None))
    gone = alive.values(ended_at=stored(now), ended_by=by.code).returning(SignIn.account_id)
    account = connection.execute(gone).scalar_one_or_none()
    if account is not None:
        give_view_back(connection, login_id, by, now)
        audit.record(connection, by, SIGNED_OUT, object=f"account:{account}")


def account_of(connection: Connection, issuer: str, subject: str) -> int:
    """The number of an identity's account, made where there is none yet."""
    found = select(Account.account_id).where(Account.issuer == issuer, Account.subject == subject)
    if (known := connection.scalar(found)) is not None:
        return known
    try:
        with connection.begin_nested():
            connection.execute(insert(Account), {"issuer": issuer, "subject": subject})
    except IntegrityError:
        pass  # somebody else made it meanwhile
    return connection.scalars(found).one()


def remembered(connection: Connection, claims: Mapping[str, object], now: datetime) -> Login:
    """What `seen_login` does, in the transaction of the caller."""
    if (known := known_login(connection, claims)) is not None:
        return known
    issuer, subject, issued = str(claims["iss"]), str(claims["sub"]), float(str(claims["iat"]))
    began = min(datetime.fromtimestamp(issued, UTC), now)
    account = account_of(connection, issuer, subject)
    row = {"account_id": account, "began_at": stored(began), "ends_at": stored(began + LASTS)}
    try:
        with connection.begin_nested():
            connection.execute(insert(SignIn), row | {"login_id": login_id_of(claims)})
    except IntegrityError:
        pass  # another tab of the same login was quicker
    else:
        seen = update(Account).where(Account.account_id == account)
        connection.execute(seen.values(last_seen=stored(now)))
        connection.execute(seen.where(Account.first_seen.is_(None)).values(first_seen=stored(now)))
        code, over = f"account:{account}", now >= began + LASTS
        actor = Actor(code, account=account)
        audit.record(connection, actor, SIGNED_IN, object=code, outcome="refused" if over else "done")
    return _read(connection.execute(_of(login_id_of(claims))).mappings().one())


def _of(login_id: str) -> Select[*tuple[object, ...]]:
    columns = (*SignIn.__table__.columns, Account.issuer, Account.subject)
    joined = select(*columns).join(Account, Account.account_id == SignIn.account_id)
    return joined.where(SignIn.login_id == login_id)


def _read(row: RowMapping) -> Login:
    return Login(
        login_id=row["login_id"],
        account=row["account_id"],
        issuer=row["issuer"],
        subject=row["subject"],
        ends_at=read(row["ends_at"]),
        ended=row["ended_at"] is not None,
    )
