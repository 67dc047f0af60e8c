"""Whether the audit log is whole: the first event that is not as it was written, or that all are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DatabaseError

from data_access.audit.chain import BEGINNING, Last, canonical, hash_of, last_said
from data_access.engine import as_whole, reading
from data_access.tables import AuditAnchor, AuditEvent
from vocabulary.text import Text

_CHANGED = Text("event {n} is not as it was written", "イベント {n} は書かれたときのままではありません")
_MISSING = Text(
    "event {n} is missing; the next there is has number {found}", "イベント {n} がありません。次にあるのは {found} です"
)
_MOVED = Text(
    "event {n} does not follow the one before it: that one was changed, exchanged or deleted",
    "イベント {n} は直前のイベントに続いていません。直前のものが変更・差し替え・削除されています",
)
_UNREADABLE = Text("event {n} cannot be read", "イベント {n} を読み取れません")
_CUT = Text(
    "event {n} is missing, and all behind it up to {said}: the log was cut",
    "イベント {n} 以降、{said} までがありません。記録の末尾が切られています",
)
_TOO_MANY = Text(
    "event {n} was not written by the monitor: it says that the last is {said}",
    "イベント {n} はモニターが書いたものではありません。最後は {said} のはずです",
)
_NO_LAST = Text(
    "event {n} is the last there is, but whether it was the last is said nowhere any more",
    "イベント {n} が最後ですが、本当に最後だったかを示す記載が失われています",
)
_OTHER_LAST = Text(
    "event {n} has another hash than was written down when it was the last",
    "イベント {n} のハッシュが、最後だったときの控えと異なります",
)
_ANCHOR = Text(
    "what stands for the events deleted up to {n} is not what the log says of their deletion",
    "削除済みイベント（{n} まで）に代わる記載が、削除時の記録と一致しません",
)
_EXPECTED = Text(
    "no event has the hash that was expected; the log was cut or written anew",
    "控えのハッシュを持つイベントがありません。記録が切られたか、書き直されています",
)

DELETION = "old events deleted"  # the action of the event that an anchor's facts stand in


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What came of looking through the log: what was looked at, and the first fault, if any.

    `first` and `last` are numbers of events (0: there is none); `last_hash` is to be written down elsewhere.
    """

    first: int
    last: int
    last_hash: str
    broken: int | None = None  # the number of the first event that is wrong
    fault: Text | None = None

    @property
    def is_whole(self) -> bool:
        return self.fault is None


class _BrokenError(Exception):
    """The first event that is wrong, and what is wrong with it."""

    def __init__(self, event_id: int, fault: Text, **values: int) -> None:
        super().__init__(event_id)
        self.event_id, self.fault = event_id, fault.filled(n=event_id, **values)


def verify(engine: Engine, *, expect: str = "") -> Verified:
    """Looks through the whole log, from where the events begin that were not deleted in time, to the last.

    `expect`: a hash that was written down when it was the last; it has to be that of an event that is there, or of the
    last one deleted in time.
    """
    with reading(engine) as connection:
        return verified(as_whole(connection), expect=expect)


def verified(connection: Connection, *, expect: str = "") -> Verified:
    """The same over a connection."""
    columns = select(*AuditAnchor.__table__.columns).order_by(AuditAnchor.last_event.desc())
    anchor = connection.execute(columns).mappings().first()
    start = Last(anchor["last_event"], anchor["last_hash"]) if anchor else Last(0, BEGINNING)
    seen, hashes, told = start, {start.hash}, ""
    broken, fault = None, None
    try:
        for event in _events(connection, start):
            seen = _followed(event, seen)
            hashes.add(seen.hash)
            if event["action"] == DELETION and event["object"] == str(start.event_id):
                told = str(event["details"])
        _ends_there(seen, last_said(connection))
        if anchor and told != canonical(said_of_anchor(dict(anchor))):
            raise _BrokenError(start.event_id, _ANCHOR)
        if expect and expect not in hashes:
            raise _BrokenError(seen.event_id, _EXPECTED)
    except _BrokenError as error:
        broken, fault = error.event_id, error.fault
    first = start.event_id + 1 if seen != start else 0
    return Verified(first=first, last=seen.event_id, last_hash=seen.hash, broken=broken, fault=fault)


def said_of_anchor(anchor: Mapping[str, object]) -> dict[str, str]:
    """What the event of a deletion says of the anchor that it left."""
    return {name: str(anchor[name]) for name in ("last_hash", "first_at", "last_at")}


def _events(connection: Connection, start: Last) -> Iterator[Mapping[str, object]]:
    """The events in their order; one that the database cannot read is the first that is wrong."""
    number = start.event_id
    rows = connection.execute(select(*AuditEvent.__table__.columns).order_by(AuditEvent.event_id)).mappings()
    while True:
        try:
            event = next(rows, None)
        except DatabaseError:
            raise _BrokenError(number + 1, _UNREADABLE) from None
        if event is None:
            return
        number = event["event_id"]
        yield dict(event)


def _followed(event: Mapping[str, object], before: Last) -> Last:
    """This event, where it follows the one before it and is as it was written."""
    number, expected = int(str(event["event_id"])), before.event_id + 1
    if number != expected:
        raise _BrokenError(expected, _MISSING, found=number)
    if event["hash"] != hash_of(event, before.hash):
        follows_another = event["hash"] == hash_of(event, str(event["previous"]))
        raise _BrokenError(number, _MOVED if follows_another else _CHANGED)
    if event["previous"] != before.hash:
        raise _BrokenError(number, _CHANGED)
    return Last(number, str(event["hash"]))


def _ends_there(seen: Last, said: Last | None) -> None:
    """Whether the log ends where `state` says that it does."""
    if said is None and seen.event_id:
        raise _BrokenError(seen.event_id, _NO_LAST)
    if said is None or said == seen:
        return
    if said.event_id > seen.event_id:
        raise _BrokenError(seen.event_id + 1, _CUT, said=said.event_id)
    if said.event_id < seen.event_id:
        raise _BrokenError(said.event_id + 1, _TOO_MANY, said=said.event_id)
    raise _BrokenError(seen.event_id, _OTHER_LAST)
