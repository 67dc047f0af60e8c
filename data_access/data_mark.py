"""The mark of the data: which state of which history a database is in, however often its versions were counted anew.

A database that was put back to an earlier state counts its versions on from there, so that one number stands for two
states. The mark is random and new with every change: whatever was remembered of the data is remembered under it. The id
of the database stays, in its backups and in what is restored from them, too.
"""

import secrets

from sqlalchemy import Connection, delete, insert

from data_access.tables import State

MARK = "data_mark"  # the fact on the database that holds it; one that never changed has none
DATABASE_ID = "database_id"  # the fact that says which database this is


def renew_mark(connection: Connection) -> None:
    """Gives the data a mark that they never had, in the caller's transaction."""
    connection.execute(delete(State).where(State.name == MARK))
    connection.execute(insert(State), {"name": MARK, "value": secrets.token_hex(8)})
