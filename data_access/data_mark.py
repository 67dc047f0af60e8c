"""The mark of the data: which state of which history a database is in, however often its versions were counted anew.

A database that was put back to an earlier state counts its versions on from there, so that one number stands for two
states. The mark is random and new with every change: whatever was remembered of the data is remembered under it. A
second mark is new only where activities changed and no row of `versions` says which: as long as it stays, what was
remembered of activities can be carried on by what changed since. The id of the database stays, in its backups and in
what is restored from them, too.
"""

import secrets

from sqlalchemy import Connection, delete, insert

from data_access.tables import State

MARK = "data_mark"  # the fact on the database that holds it; one that never changed has none
UNTOLD_MARK = "untold_mark"  # the fact that holds the second one; one that only ever told its changes has none
DATABASE_ID = "database_id"  # the fact that says which database this is


def renew_mark(connection: Connection, *, told: bool = False) -> None:
    """Gives the data marks that they never had, in the caller's transaction.

    `told`: every activity that changed has a row of `versions` under an import of this transaction.
    """
    for name in (MARK,) if told else (MARK, UNTOLD_MARK):
        connection.execute(delete(State).where(State.name == name))
        connection.execute(insert(State), {"name": name, "value": secrets.token_hex(8)})
