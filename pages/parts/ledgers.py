"""The ledger of one database: made once, carried on as the data change, and kept from one start to the next.

For `store.py` alone: nothing here is cut to a reader.
"""

from collections.abc import Mapping
from threading import Lock, Thread
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from data_access.data_mark import DATABASE_ID, UNTOLD_MARK
from data_access.kept_arrays import code_mark, keep, kept, place_of
from data_access.records import Records
from metrics.carrying_on import Posted
from metrics.ledger import FRAMES, Ledger
from metrics.links import Ints, distinct, ints
from metrics.posting import COLUMNS

OF_ACTIVITIES = tuple(name for name in FRAMES if name.startswith("activity_"))
WORTH_KEEPING = 0.02  # of the activities: fewer changes are read again at the next start


class _State(NamedTuple):
    """What says whether a ledger of before can be carried on to now."""

    code: str
    database: str
    untold: str  # new where activities changed without a version that says so
    version: int  # the newest one
    stands_for: Mapping[int, int]  # for which partner another one stands


class _Held(NamedTuple):
    """What was posted in one state."""

    state: _State
    posted: Posted


class Ledgers:
    """The ledgers of one database, one after the other."""

    def __init__(self, url: str) -> None:
        self._file = place_of(url, "ledger")
        self._code = code_mark()  # what other code has posted is posted anew
        self._lock = Lock()
        self._last: _Held | None = None
        self._unkept = 0  # activities that changed since the file was written

    def now(self, records: Records) -> Ledger:
        """The ledger of what `records` show, all at one moment."""
        with self._lock:
            state = _state_of(records, self._code)
            before = self._last or self._of_last_time()
            ledger = self._carried_on(before, state, records) if before else None
            if ledger is None:
                ledger, self._unkept = Ledger.of(frames_of(records)), -1
                pa.default_memory_pool().release_unused()  # of the texts of these frames, which the pool would keep
            self._last = _Held(state, Posted.of(ledger))
            if not 0 <= self._unkept < WORTH_KEEPING * len(self._last.posted):
                self._keep(self._last)
            return ledger

    def _carried_on(self, before: _Held, state: _State, records: Records) -> Ledger | None:
        if not _follows(before, state):
            return None
        told = records.versions(after=before.state.version)["activity_id"].dropna()
        changed = distinct(ints(told))
        self._unkept += len(changed)
        return Ledger.carried_on(before.posted, frames_of(records, changed), changed)

    def _of_last_time(self) -> _Held | None:
        found = kept(self._file) if self._file else None
        if found is None or found.about.get("code") != self._code:
            return None
        said = dict(found.about)
        said["stands_for"] = {int(one): int(other) for one, other in said["stands_for"]}
        return _Held(_State(**said), Posted(found.arrays))

    def _keep(self, held: _Held) -> None:
        """Written by a thread: nobody waits for it."""
        self._unkept = 0
        if self._file is not None:
            about = held.state._asdict() | {"stands_for": list(held.state.stands_for.items())}
            Thread(target=keep, args=(self._file, about, held.posted.arrays), daemon=True).start()


def frames_of(records: Records, ids: Ints | None = None) -> dict[str, pd.DataFrame]:
    """What a ledger is made of; `ids`: of the activities and their links only those of these."""
    frames = {name: getattr(records, name)() for name in FRAMES if name not in (*OF_ACTIVITIES, "activities")}
    frames |= {name: getattr(records, name)(ids=ids) for name in OF_ACTIVITIES}
    return {**frames, "activities": records.activities(COLUMNS, ids=ids)}


def _state_of(records: Records, code: str) -> _State:
    facts, same = records.facts(), records.same_partners()
    stands_for = dict(zip(same["partner_id"].tolist(), same["stands_for"].tolist(), strict=True))
    marks = facts.get(DATABASE_ID, ""), facts.get(UNTOLD_MARK, "")
    return _State(code, *marks, records.last_version(), stands_for)


def _follows(before: _Held, now: _State) -> bool:
    """Whether all that changed since is told by versions, and no partner of before stands for another one."""
    then = before.state
    known = set(before.posted.arrays["of.partners"].tolist())
    still = {one: other for one, other in now.stands_for.items() if one in known}
    return (then[:3], dict(then.stands_for)) == (now[:3], still) and then.version <= now.version
