"""Ways to tamper with the audit log behind the monitor's back: with its triggers taken away first."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, delete, insert, select, update

from data_access.audit.chain import HASHED
from data_access.engine import as_whole
from data_access.tables import AuditEvent

TEXTS = ("at", "actor", "role", "seen_by", "action", "object", "scope", "details", "sha256", "outcome")
FIELDS = (*HASHED, "previous", "hash")


@contextmanager
def unguarded(engine: Engine) -> Iterator[Connection]:
    """A connection without the triggers of the log, all of whose changes are undone in the end."""
    with engine.connect() as connection, connection.begin() as transaction:
        as_whole(connection)
        for statement in triggers(connection):
            connection.exec_driver_sql(statement)
        yield connection
        transaction.rollback()


def triggers(connection: Connection) -> list[str]:
    """The statements that take the triggers away."""
    if connection.dialect.name == "postgresql":
        return [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in ("audit_events", "audit_anchors")]
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
    return [f"DROP TRIGGER {name}" for name in names]


def change(connection: Connection, event_id: int, field: str, value: object) -> None:
    """One field of one event says something else."""
    connection.execute(update(AuditEvent).where(AuditEvent.event_id == event_id).values({field: value}))


def flipped(value: object) -> object:
    """A value of a field with one bit of one byte changed; where there is none, the smallest there can be."""
    if isinstance(value, str) and value:
        place = len(value) // 2
        return value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
    return int(str(value)) ^ 1 if isinstance(value, int) else "x" if value == "" else 0


def take_out(connection: Connection, event_id: int) -> None:
    """One event is not there any more."""
    connection.execute(delete(AuditEvent).where(AuditEvent.event_id == event_id))


def swap(connection: Connection, one: int, other: int) -> None:
    """Two events, one after the other, exchange their places."""
    for old, new in ((one, -1), (other, one), (-1, other)):
        change(connection, old, "event_id", new)


def push_in(connection: Connection, event_id: int) -> None:
    """A copy of an event stands behind it once more, and all behind it are one further."""
    copied = connection.execute(select(*AuditEvent.__table__.columns).where(AuditEvent.event_id == event_id))
    copy = dict(copied.mappings().one())
    behind = select(AuditEvent.event_id).where(AuditEvent.event_id > event_id).order_by(AuditEvent.event_id.desc())
    for number in list(connection.scalars(behind)):
        change(connection, number, "event_id", number + 1)
    connection.execute(insert(AuditEvent), copy | {"event_id": event_id + 1})
