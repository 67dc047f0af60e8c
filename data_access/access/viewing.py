"""Viewing as: the Strategy Office looks through another's eyes, sees what that reader sees, and changes nothing.

It belongs to a login: all tabs of it show the same, it ends with the login at the latest, and beginning and end stand
in the audit log.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from data_access import audit
from data_access.access.asked import Wanted, checked
from data_access.access.held import Held, reader_with
from data_access.access.reading import reader_of_account, tree_of
from data_access.access.refusals import NotGivenError
from data_access.audit import Actor
from data_access.engine import as_whole
from data_access.moments import stored
from data_access.readers import Reader
from data_access.tables import Viewing
from vocabulary.calendar import day_in_japan
from vocabulary.departments import UNIVERSITY
from vocabulary.roles import ROLES, Role

BEGUN, ENDED = "view taken", "view given back"  # actions of the audit log


@dataclass(frozen=True, kw_only=True)
class Eyes:
    """Through whose eyes: those of an account, or of whoever holds a role (of these departments)."""

    account: int | None = None
    role: str = ""
    departments: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """`account:7`, `president`, `head:ENG+SCI`."""
        if self.account is not None:
            return f"account:{self.account}"
        return f"{self.role}:{'+'.join(self.departments)}" if self.departments else self.role


def begin_viewing(engine: Engine, login_id: str, reader: Reader, eyes: Eyes, *, now: datetime) -> None:
    """From now on the login sees what these eyes see. PermissionError for a reader who may not; NotGivenError for eyes
    that there are not."""
    actor = Actor.of(reader)
    if not reader.may_view_as:
        audit.refused(engine, actor, BEGUN, object=eyes.code, details={"why": "not the reader's to do"})
        raise PermissionError(f"{reader.code} does not view as others")
    try:
        with engine.begin() as connection:
            _check(as_whole(connection), eyes, now)
            give_view_back(connection, login_id, actor, now)
            through = {"eyes_account": eyes.account, "eyes_role": eyes.role}
            row = through | {"login_id": login_id, "eyes_departments": json.dumps(eyes.departments)}
            connection.execute(insert(Viewing), row | {"began_at": stored(now)})
            audit.record(connection, actor, BEGUN, object=eyes.code)
    except NotGivenError as error:
        audit.refused(engine, actor, BEGUN, object=eyes.code, details={"why": error.reason})
        raise


def end_viewing(engine: Engine, login_id: str, reader: Reader, *, now: datetime) -> None:
    """The login sees with its own eyes again; nothing happens where it does already. `reader` is its own reader."""
    actor = Actor.of(reader)
    with engine.begin() as connection:
        give_view_back(as_whole(connection), login_id, actor, now)


def give_view_back(connection: Connection, login_id: str, actor: Actor, now: datetime) -> None:
    """What `end_viewing` does, in the transaction of the caller, as when a login ends."""
    row = _viewing(connection, login_id)
    if row is None:
        return
    connection.execute(update(Viewing).where(Viewing.viewing_id == row["viewing_id"]).values(ended_at=stored(now)))
    audit.record(connection, actor, ENDED, object=_eyes(row).code)


def reader_through(connection: Connection, login_id: str, reader: Reader, *, now: datetime) -> Reader:
    """Who a login reads as: `reader`, its own, or the one through whose eyes it looks.

    Only as long as the own reader may view as others: with the role the view is gone.
    """
    if not reader.may_view_as or (row := _viewing(connection, login_id)) is None:
        return reader
    return reader_with_eyes(connection, _eyes(row), now=now).seen_through(reader)


def reader_with_eyes(connection: Connection, eyes: Eyes, *, now: datetime) -> Reader:
    """The reader that has these eyes now."""
    if eyes.account is not None:
        return reader_of_account(connection, eyes.account, now=now)
    day, tree = day_in_japan(now), tree_of(connection)
    held = [
        Held(role=cast(Role, eyes.role), department=code, covers=tree.subtree(code), valid_from=day)
        for code in eyes.departments or (UNIVERSITY,)
    ]
    return reader_with(held, tree, day, code=eyes.code, account=None, name="")


def _check(connection: Connection, eyes: Eyes, now: datetime) -> None:
    """Raises NotGivenError for eyes that there are not."""
    day = day_in_japan(now)
    if eyes.account is None:
        checked(connection, Wanted(role=eyes.role, departments=eyes.departments, until=day), day)
    elif reader_of_account(connection, eyes.account, now=now).account is None:
        raise NotGivenError("no such account", number=eyes.account, there="–")


def _viewing(connection: Connection, login_id: str) -> RowMapping | None:
    found = select(*Viewing.__table__.columns).where(Viewing.login_id == login_id, Viewing.ended_at.is_(None))
    return connection.execute(found.order_by(Viewing.viewing_id.desc())).mappings().first()


def _eyes(row: RowMapping) -> Eyes:
    departments = tuple(json.loads(row["eyes_departments"]))
    role = row["eyes_role"] if row["eyes_role"] in ROLES else ""
    return Eyes(account=row["eyes_account"], role=role, departments=departments)
