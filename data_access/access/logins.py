"""Logins: what the identity provider signed is good for twelve hours, and not after its person has signed out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, Engine, RowMapping, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from data_access.engine import as_whole, reading
from data_access.moments import read, stored
from data_access.tables import Account, SignIn

LASTS = timedelta(hours=12)


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


def seen_login(engine: Engine, claims: Mapping[str, object], *, now: datetime) -> Login:
    """The login of these claims, remembered when it is seen for the first time; so is its account.

    KeyError for claims without `iss`, `sub` or `iat`.
    """
    with reading(engine) as connection:
        if (known := _login(as_whole(connection), login_id_of(claims))) is not None:
            return known
    with engine.begin() as connection:
        return _remembered(as_whole(connection), claims, now)


def end_login(engine: Engine, login_id: str, *, by: str, now: datetime) -> None:
    """A login is over from now on, whatever the cookie says. Nothing happens to one that was ended before."""
    with engine.begin() as connection:
        as_whole(connection).execute(
            update(SignIn)
            .where(SignIn.login_id == login_id, SignIn.ended_at.is_(None))
            .values(ended_at=stored(now), ended_by=by)
        )


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


def _remembered(connection: Connection, claims: Mapping[str, object], now: datetime) -> Login:
    issuer, subject, issued = str(claims["iss"]), str(claims["sub"]), float(str(claims["iat"]))
    began = datetime.fromtimestamp(issued, UTC)
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
    return _read(connection.execute(_of(login_id_of(claims))).mappings().one())


def _login(connection: Connection, login_id: str) -> Login | None:
    row = connection.execute(_of(login_id)).mappings().one_or_none()
    return None if row is None else _read(row)


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
