"""What the audit log says: its events, newest first, as far as they were asked for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pandas import DataFrame
from sqlalchemy import Connection, select

from data_access.audit.chain import said_at
from data_access.frames import frame_of
from data_access.readable import rows_in_parts
from data_access.tables import AuditEvent
from vocabulary.calendar import JAPAN


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which events: of days in Japan (both included), of an actor, of an action, of an outcome; all by default.

    `last`: the number of the newest, so that they are of the same moment as what else is said of the log.
    """

    since: date | None = None
    until: date | None = None
    actor: str = ""
    action: str = ""
    outcome: str = ""
    last: int | None = None


def events(connection: Connection, asked: Asked = Asked()) -> DataFrame:
    """One row is one event, newest first, with the columns of `AuditEvent`."""
    one = AuditEvent
    columns = list(one.metadata.tables[one.__tablename__].columns)
    statement = select(*columns).order_by(one.event_id.desc())
    if asked.since is not None:
        statement = statement.where(one.at >= _begin_of(asked.since))
    if asked.until is not None:
        statement = statement.where(one.at < _begin_of(asked.until + timedelta(days=1)))
    if asked.last is not None:
        statement = statement.where(one.event_id <= asked.last)
    for column, value in ((one.actor, asked.actor), (one.action, asked.action), (one.outcome, asked.outcome)):
        if value:
            statement = statement.where(column == value)
    return frame_of(columns, rows_in_parts(connection, statement))


def _begin_of(day: date) -> str:
    """When a day begins in Japan, as events say when they were."""
    return said_at(datetime.combine(day, time(), JAPAN))
