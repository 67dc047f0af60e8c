"""Giving roles and taking them back: each change and each refusal stands in the audit log, in the same transaction."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from data_access import audit
from data_access.access.asked import Identity, Wanted, checked
from data_access.access.logins import account_of
from data_access.access.reading import tree_of
from data_access.access.refusals import NotGivenError, listed
from data_access.audit import Actor
from data_access.engine import as_whole
from data_access.moments import stored
from data_access.tables import Account, Grant
from vocabulary.calendar import day_in_japan
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES

GIVEN, TAKEN_BACK = "role given", "role taken back"  # actions of the audit log


def give(engine: Engine, person: Identity | int, wanted: Wanted, *, by: Actor, now: datetime) -> int:
    """Give a role to an identity, or to the account of a number; gives the account's number.

    One that begins today takes the place of the same role of the same department that the person holds, if any.
    Raises NotGivenError.
    """
    said = {"role": wanted.role if wanted.role in ROLES else "", "until": str(wanted.until or "")}
    try:
        with engine.begin() as connection:
            return _given(as_whole(connection), person, wanted, by, now)
    except NotGivenError as error:
        audit.refused(engine, by, GIVEN, object=_called(person), details=said | {"why": error.reason})
        raise


def take_back(engine: Engine, numbers: Sequence[int], *, by: Actor, now: datetime, force: bool = False) -> int:
    """Take roles back, all of them or none; gives how many. Raises NotGivenError.

    `force` takes back even the last role of the Strategy Office, after which only the command line gives roles.
    """
    try:
        with engine.begin() as connection:
            return _taken_back(as_whole(connection), numbers, by, now, force=force)
    except NotGivenError as error:
        named = " ".join(map(str, numbers))
        audit.refused(engine, by, TAKEN_BACK, object=f"grant:{named}", details={"why": error.reason})
        raise


def name_account(connection: Connection, account: int, name: str) -> None:
    """What the office calls an account; an empty label goes back to being called by its role."""
    connection.execute(update(Account).where(Account.account_id == account).values(name=name.strip()))


def _given(connection: Connection, person: Identity | int, wanted: Wanted, by: Actor, now: datetime) -> int:
    today = day_in_japan(now)
    departments = checked(connection, wanted, today)
    account = _account(connection, person)
    if wanted.name is not None:
        name_account(connection, account, wanted.name)
    begins = wanted.begins or today
    tree = tree_of(connection)
    for code in departments:
        covers = sorted(tree.subtree(code)) if code != UNIVERSITY else []
        if begins == today:
            _replaced(connection, account, wanted.role, code, by, now)
        row = {"account_id": account, "role": wanted.role, "department": code, "covers": json.dumps(covers)}
        days = {"valid_from": begins, "valid_until": wanted.until}
        connection.execute(insert(Grant), row | days | {"granted_by": by.code, "granted_at": stored(now)})
    for code in departments:
        details = {"role": wanted.role, "from": str(begins), "until": str(wanted.until or "")}
        audit.record(connection, by, GIVEN, object=f"account:{account}", scope=code, details=details)
    return account


def _replaced(connection: Connection, account: int, role: str, department: str, by: Actor, now: datetime) -> None:
    same = (Grant.account_id == account, Grant.role == role, Grant.department == department)
    begun = (Grant.revoked_at.is_(None), Grant.valid_from <= day_in_japan(now))
    connection.execute(update(Grant).where(*same, *begun).values(revoked_at=stored(now), revoked_by=by.code))


def _taken_back(connection: Connection, numbers: Sequence[int], by: Actor, now: datetime, *, force: bool) -> int:
    # All that hold are locked, so that two who take each other's role back at the same time cannot both succeed.
    alive = select(*Grant.__table__.columns).where(Grant.revoked_at.is_(None)).order_by(Grant.grant_id)
    rows = {row["grant_id"]: row for row in connection.execute(alive.with_for_update()).mappings()}
    for number in numbers:
        if number not in rows:
            raise NotGivenError("no such grant", number=number, there=listed(rows))
    day = day_in_japan(now)
    holding = {n for n, row in rows.items() if row["role"] == "office" and _in_force(row, day)}
    if not force and holding and holding <= set(numbers):
        raise NotGivenError("last of the office")
    gone = update(Grant).where(Grant.grant_id.in_(numbers))
    connection.execute(gone.values(revoked_at=stored(now), revoked_by=by.code))
    for number in dict.fromkeys(numbers):
        row, details = rows[number], {"role": str(rows[number]["role"]), "grant": str(number)}
        whose = f"account:{row['account_id']}"
        audit.record(connection, by, TAKEN_BACK, object=whose, scope=row["department"], details=details)
    return len(set(numbers))


def _in_force(row: RowMapping, day: date) -> bool:
    return row["valid_from"] <= day and (row["valid_until"] is None or day <= row["valid_until"])


def _account(connection: Connection, person: Identity | int) -> int:
    if isinstance(person, Identity):
        person.refuse_what_is_none()
        return account_of(connection, person.issuer, person.subject)
    there = list(connection.scalars(select(Account.account_id).order_by(Account.account_id)))
    if person not in there:
        raise NotGivenError("no such account", number=person, there=listed(there))
    return person


def _called(person: Identity | int) -> str:
    """How the audit log names whom a role was not given to: by number, or as somebody new."""
    return f"account:{person}" if isinstance(person, int) else "somebody new"
