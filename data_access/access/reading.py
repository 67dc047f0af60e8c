"""Who somebody is who has signed in: asked anew at every run, so that a role that was taken away counts at the next."""

import json
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, RowMapping, select

from data_access.access.held import Held, Tree, reader_with
from data_access.readers import NO_READER, Reader
from data_access.tables import Account, Department, Grant
from vocabulary.calendar import day_in_japan
from vocabulary.roles import ROLES, Role
from vocabulary.text import Text


def reader_of(connection: Connection, issuer: str, subject: str, *, now: datetime) -> Reader:
    """The reader that an identity is now: its code is `account:N`; without a role its scope is nobody.

    An identity that has never signed in and was given nothing is NO_READER.
    """
    columns = select(Account.account_id).where(Account.issuer == issuer, Account.subject == subject)
    account = connection.scalar(columns)
    return NO_READER if account is None else reader_of_account(connection, account, now=now)


def reader_of_account(connection: Connection, account: int, *, now: datetime) -> Reader:
    """The same by the number of the account; NO_READER where there is none."""
    name = connection.scalar(select(Account.name).where(Account.account_id == account))
    if name is None:
        return NO_READER
    rows = connection.execute(
        select(Grant.role, Grant.department, Grant.covers, Grant.valid_from, Grant.valid_until).where(
            Grant.account_id == account, Grant.revoked_at.is_(None)
        )
    )
    held = [_held(row) for row in rows.mappings() if row["role"] in ROLES]  # one that is not known gives nothing
    tree = tree_of(connection) if any(one.covers for one in held) else Tree(parents={}, names={})
    return reader_with(held, tree, day_in_japan(now), code=f"account:{account}", account=account, name=name)


def tree_of(connection: Connection) -> Tree:
    """The departments as they are now."""
    columns = (Department.code, Department.parent_code, Department.name_en, Department.name_ja)
    rows = connection.execute(select(*columns).order_by(Department.position, Department.code)).all()
    return Tree(
        parents={code: parent for code, parent, _, _ in rows},
        names={code: Text(english, japanese) for code, _, english, japanese in rows},
    )


def _held(row: RowMapping) -> Held:
    return Held(
        role=cast(Role, row["role"]),
        department=row["department"],
        covers=frozenset(json.loads(row["covers"])),
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
    )
