"""How events are written: one after the other, each holding the hash of the one before it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256 as _sha256
from types import MappingProxyType
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine, delete, func, insert, select

from data_access.audit.actor import Actor
from data_access.engine import as_whole
from data_access.tables import AuditEvent, State

Outcome = Literal["done", "refused", "failed"]
BEGINNING = "0" * 64  # the hash before the first event
LAST = "audit_last"  # the fact on the database that says how many events there are, and the hash of the last
HASHED = (  # in this order
    *("event_id", "at", "actor", "account", "role", "seen_by", "action", "object", "scope", "details", "rows"),
    *("sha256", "outcome"),
)
LONGEST = 300  # characters of one text
_ONE_AT_A_TIME = 7_305_114_202  # any number of our own: one writer of the log at a time on PostgreSQL
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Last(NamedTuple):
    """The number of the last event and its hash."""

    event_id: int
    hash: str


def record(
    connection: Connection,
    actor: Actor,
    action: str,
    *,
    object: str = "",  # noqa: A002  the word of every audit log
    scope: str = "",
    details: Mapping[str, str] = _NOTHING,
    rows: int | None = None,
    sha256: str = "",
    outcome: Outcome = "done",
) -> None:
    """Adds one event in the caller's transaction: what was done and that it was done exist together, or neither does.

    Call it last in the transaction: on PostgreSQL others who record wait from here to the end of it. `details` hold
    codes and counts: no names, nothing about students or staff, nothing that somebody typed.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    newest = int(connection.scalar(select(func.max(AuditEvent.event_id))) or 0)
    last = last_said(connection) or Last(0, BEGINNING)
    number = max(newest, last.event_id) + 1  # a log that was cut goes on behind the cut, so that it is seen for ever
    event = {
        "event_id": number,
        "at": said_at(datetime.now(UTC)),
        "account": actor.account,
        "rows": rows,
        "details": canonical({_plain(name): _plain(value) for name, value in details.items()}),
        "sha256": sha256,
        "outcome": outcome,
    }
    texts = {"actor": actor.code, "role": actor.role, "seen_by": actor.seen_by, "action": action}
    event |= {name: _plain(text) for name, text in (texts | {"object": object, "scope": scope}).items()}
    digest = hash_of(event, last.hash)
    connection.execute(insert(AuditEvent), event | {"previous": last.hash, "hash": digest})
    connection.execute(delete(State).where(State.name == LAST))
    connection.execute(insert(State), {"name": LAST, "value": f"{number} {digest}"})


def refused(
    engine: Engine,
    actor: Actor,
    action: str,
    *,
    object: str = "",  # noqa: A002
    scope: str = "",
    details: Mapping[str, str] = _NOTHING,
    rows: int | None = None,
    sha256: str = "",
) -> None:
    """Adds that something was refused, in a transaction of its own; call it outside any other that writes."""
    with engine.begin() as connection:
        record(
            as_whole(connection),
            actor,
            action,
            object=object,
            scope=scope,
            details=details,
            rows=rows,
            sha256=sha256,
            outcome="refused",
        )


def said_at(moment: datetime) -> str:
    """A moment as events say it, in UTC: `2026-11-28T19:07:48Z`; such texts are in order as the moments are."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def last_said(connection: Connection) -> Last | None:
    """What `state` says is the last event; None where it says nothing, or nothing that can be read."""
    number, _, digest = (connection.scalar(select(State.value).where(State.name == LAST)) or "").partition(" ")
    return Last(int(number), digest) if number.isdecimal() else None


def canonical(details: Mapping[str, str]) -> str:
    """JSON with sorted names and without spaces."""
    return json.dumps(dict(sorted(details.items())), ensure_ascii=False, separators=(",", ":"))


def hash_of(event: Mapping[str, object], previous: str) -> str:
    """SHA-256, as 64 hexadecimal digits, over the hash of the event before and the fields of this one as JSON."""
    fields = json.dumps([previous, *(event[name] for name in HASHED)], ensure_ascii=False, separators=(",", ":"))
    return _sha256(fields.encode()).hexdigest()


def _plain(text: str) -> str:
    """A text that both databases store as it is: without NUL and halves of characters, and not without end."""
    whole = text.replace("\0", "").encode(errors="replace").decode()
    return whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"
