"""Whether the audit log is whole: the first event that is not as it was written, or that all are."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
_MAYBE_REWOUND = Text(
    "no event has the hash that was expected, but event {n} says that on {at} the database was put back to a backup "
    "made at {made_at}: ask with the number of the expected event, as NUMBER:HASH",
    "控えのハッシュを持つイベントがありません。ただしイベント {n} によると、{at} に {made_at} のバックアップから"
    "復元されています。控えたイベントの番号を付けて「番号:ハッシュ」の形で照合してください",
)
REWOUND_SAID = Text(
    "The expected event {expected} is not in the log any more: event {n} says that on {at} the database was restored "
    "from a backup made at {made_at}, and the expected event lies after it. That is no tampering if the hash was "
    "written down before {at}.",
    "控えのイベント {expected} は現在の記録にありません。イベント {n} によると、{at} に {made_at} のバックアップから"
    "復元され、控えのイベントはその後のものです。{at} より前の控えであれば、改ざんではありません。",
)

RESTORE = "restore"  # the action of the event that says to which backup a database was put back; its details:
MADE_AT, REWOUND_FIRST, REWOUND_LAST, REWOUND = "made_at", "rewound_first", "rewound_last", "rewound_hash"
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
    rewound: Text | None = None  # where the expected event went, if a restore accounts for it

    @property
    def is_whole(self) -> bool:
        return self.fault is None


class Gone(NamedTuple):
    """The events that a restore rewound: their first and last number, and the hash of the last.

    `last` is 0 where nobody knows: the database that held them was not there any more.
    """

    first: int
    last: int
    hash: str


def rewound_by(details: Mapping[str, str]) -> Gone | None:
    """What the details of an event say; None where it is none of a restore that rewound events."""
    if REWOUND_FIRST not in details:
        return None
    return Gone(int(details[REWOUND_FIRST]), int(details[REWOUND_LAST]), details[REWOUND])


class _BrokenError(Exception):
    """The first event that is wrong, and what is wrong with it."""

    def __init__(self, event_id: int, fault: Text, **values: object) -> None:
        super().__init__(event_id)
        self.event_id, self.fault = event_id, fault.filled(n=event_id, **values)


def verify(engine: Engine, *, expect: str = "") -> Verified:
    """Looks through the whole log, from where the events begin that were not deleted in time, to the last.

    `expect`: a hash that was written down when it was the last (`NUMBER:HASH`, or the hash alone); it has to be that of
    an event that is there, or of the last one deleted in time, or of one that a restore rewound, as its event says.
    """
    with reading(engine) as connection:
        return verified(as_whole(connection), expect=expect)


def verified(connection: Connection, *, expect: str = "") -> Verified:
    """The same over a connection."""
    columns = select(*AuditAnchor.__table__.columns).order_by(AuditAnchor.last_event.desc())
    anchor = connection.execute(columns).mappings().first()
    start = Last(anchor["last_event"], anchor["last_hash"]) if anchor else Last(0, BEGINNING)
    seen, hashes, told = start, {start.hash}, ""
    broken, fault, rewound = None, None, None
    restores: list[Mapping[str, object]] = []
    try:
        for event in _events(connection, start):
            seen = _followed(event, seen)
            hashes.add(seen.hash)
            if event["action"] == DELETION and event["object"] == str(start.event_id):
                told = str(event["details"])
            if event["action"] == RESTORE and event["outcome"] == "done":
                restores.append(event)
        _ends_there(seen, last_said(connection))
        if anchor and told != canonical(said_of_anchor(dict(anchor))):
            raise _BrokenError(start.event_id, _ANCHOR)
        rewound = _accounted_for(expect, hashes, restores, seen.event_id)
    except _BrokenError as error:
        broken, fault = error.event_id, error.fault
    first = start.event_id + 1 if seen != start else 0
    return Verified(first=first, last=seen.event_id, last_hash=seen.hash, broken=broken, fault=fault, rewound=rewound)


def _accounted_for(expect: str, hashes: set[str], restores: Sequence[Mapping[str, object]], last: int) -> Text | None:
    """None where the expected event is there, or the restore that it was rewound by, in words."""
    number, _, digest = expect.rpartition(":")
    if not expect or digest in hashes:
        return None
    for event in restores:
        details = json.loads(str(event["details"]))
        here = int(str(event["event_id"]))
        gone = rewound_by(details) or Gone(here, 0, "")
        made_at = details.get(MADE_AT, "?")
        within = number and gone.first <= int(number) and (int(number) <= gone.last or not gone.last)
        if digest == gone.hash or within:
            return REWOUND_SAID.filled(expected=number or gone.last, n=here, at=event["at"], made_at=made_at)
    if restores and not number:
        raise _BrokenError(here, _MAYBE_REWOUND, at=event["at"], made_at=made_at)
    raise _BrokenError(last, _EXPECTED)


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
