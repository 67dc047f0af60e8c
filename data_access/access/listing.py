"""Who may come in and as what: every account with the roles that were given to it, as the Strategy Office reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, RowMapping, select

from data_access.access.held import Tree
from data_access.moments import read
from data_access.tables import Account, Grant
from vocabulary.calendar import day_in_japan
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

Standing = Literal["holds", "to come", "over", "taken back"]
STANDINGS: Mapping[Standing, Text] = {
    "holds": Text("holds", "有効"),
    "to come": Text("to come", "開始前"),
    "over": Text("over", "期限切れ"),
    "taken back": Text("taken back", "取り消し済み"),
}
SOON = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class Given:
    """One role that was given to one account, and how it stands on the day that was asked about."""

    number: int
    account: int
    role: str
    department: str  # `*`: the university
    covers: frozenset[str]
    begins: date
    until: date | None
    given_by: str
    given_at: datetime  # UTC
    taken_by: str
    taken_at: datetime | None  # UTC
    standing: Standing

    def held_at(self, moment: datetime) -> bool:
        """Whether it was held at a moment (UTC)."""
        day = day_in_japan(moment)
        in_its_days = self.begins <= day and (self.until is None or day <= self.until)
        return in_its_days and self.given_at <= moment and (self.taken_at is None or moment < self.taken_at)

    def ends_soon(self, day: date) -> bool:
        """Whether it holds and ends within sixty days."""
        return self.standing == "holds" and self.until is not None and self.until - day <= SOON

    def came_below(self, tree: Tree) -> frozenset[str]:
        """The departments that are below its department now and were not when it was given: it does not cover them."""
        return tree.subtree(self.department) - self.covers if self.department != UNIVERSITY else frozenset()


@dataclass(frozen=True, kw_only=True)
class Person:
    """One account, with all roles that were ever given to it, the newest first."""

    account: int
    issuer: str
    subject: str
    name: str  # a label of the office's; often none
    first_seen: datetime | None  # UTC; None: has not signed in yet
    last_seen: datetime | None
    given: tuple[Given, ...]

    @property
    def holds(self) -> tuple[Given, ...]:
        return tuple(one for one in self.given if one.standing == "holds")

    @property
    def waits(self) -> bool:
        """Whether somebody has signed in who has no role, now or to come."""
        return self.first_seen is not None and not any(one.standing in ("holds", "to come") for one in self.given)


def persons(connection: Connection, day: date) -> list[Person]:
    """Every account there is, in the order in which they came, with its roles as they stand on a day in Japan."""
    given: dict[int, list[Given]] = {}
    for row in connection.execute(select(*Grant.__table__.columns).order_by(Grant.grant_id.desc())).mappings():
        given.setdefault(row["account_id"], []).append(_given(row, day))
    columns = select(*Account.__table__.columns).order_by(Account.account_id)
    return [
        Person(
            account=row["account_id"],
            issuer=row["issuer"],
            subject=row["subject"],
            name=row["name"],
            first_seen=row["first_seen"] and read(row["first_seen"]),
            last_seen=row["last_seen"] and read(row["last_seen"]),
            given=tuple(given.get(row["account_id"], ())),
        )
        for row in connection.execute(columns).mappings()
    ]


def _given(row: RowMapping, day: date) -> Given:
    return Given(
        number=row["grant_id"],
        account=row["account_id"],
        role=row["role"],
        department=row["department"],
        covers=frozenset(json.loads(row["covers"])),
        begins=row["valid_from"],
        until=row["valid_until"],
        given_by=row["granted_by"],
        given_at=read(row["granted_at"]),
        taken_by=row["revoked_by"],
        taken_at=row["revoked_at"] and read(row["revoked_at"]),
        standing=_standing(row, day),
    )


def _standing(row: RowMapping, day: date) -> Standing:
    if row["revoked_at"] is not None:
        return "taken back"
    if day < row["valid_from"]:
        return "to come"
    return "over" if row["valid_until"] is not None and row["valid_until"] < day else "holds"
