"""`/live` and `/ready`: whether the server runs, and whether readers get what they came for, with the reasons."""

import asyncio
import logging
import os
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, make_url
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data_access.backups.backing_up import newest
from data_access.condition import Condition, condition
from data_access.engine import connect, default_url, journal_mode_for
from data_access.reading_mode import mode_of

ANSWERS_WITHIN = 4.0  # seconds; the database itself gives up after three
KEPT = 1.0  # seconds for which an answer holds, however many ask
LEAST_FREE_MB = 200
OLDEST_BACKUP_HOURS = 26  # one a night, which may take its time
MEGABYTE = 10**6
FAULTY_SQLITE = "SQLite {version} has the WAL-reset fault (mended in 3.51.3, 3.50.7, 3.44.6), so the journal is DELETE"
KEY_SAID = {
    "missing": "missing: files with persons are refused until it is there again",
    "unfit": "unfit: files with persons are refused; a start of manage.py serve says why",
}
"""What is said of a key of persons that needs somebody's hand: no reason to send readers away, who need none."""

_log = logging.getLogger(__name__)


class Report(NamedTuple):
    """What `/ready` answers; ready where there is no reason why not."""

    reasons: list[str]
    facts: dict[str, object]

    def answer(self) -> JSONResponse:
        body = {"ready": not self.reasons, "reasons": self.reasons, **self.facts}
        return JSONResponse(body, status_code=503 if self.reasons else 200, headers={"cache-control": "no-store"})


class Disk(NamedTuple):
    """What is left of the disk where the database lies, in megabytes, and whether it takes anything at all."""

    free_mb: int
    read_only: bool = False


class Backup(NamedTuple):
    """How many hours old the newest backup is (None: there is none), and how old it may be."""

    age_hours: int | None
    oldest_hours: int
    folder_is_there: bool = True

    @property
    def warning(self) -> str:
        if not self.folder_is_there:
            return "the folder of backups (MONITOR_BACKUPS) is not there"
        if self.age_hours is None:
            return "there is no backup in the folder of backups"
        if self.age_hours > self.oldest_hours:
            return f"the newest backup is {self.age_hours} hours old, more than {self.oldest_hours}"
        return ""

    def said(self) -> dict[str, int | None]:
        return {"newest_age_hours": self.age_hours, "oldest_hours": self.oldest_hours}


def report(
    found: Condition,
    disk: Disk,
    least_free_mb: int = LEAST_FREE_MB,
    *,
    alone: bool = False,
    backup: Backup | None = None,
) -> Report:
    """The reasons why readers do not get what they came for, and the facts of each check; no path and no secret.

    A backup that is missing or old is a warning: no reason to send readers away, and one to look after it. `alone`:
    everybody on this machine reads everything anyway.
    """
    reasons, known = [], found.answers and found.revision == found.newest
    if not found.answers:
        reasons.append("the database does not answer" + (f": {found.why_not}" if found.why_not else ""))
    elif found.revision != found.newest:
        reasons.append(f"the schema has revision {found.revision or 'none'}, and {found.newest} is wanted: run prepare")
    if found.weaknesses and not (found.demonstration or alone):
        reasons += found.weaknesses
    if disk.free_mb < least_free_mb:
        reasons.append(f"only {disk.free_mb} MB are free on the disk, fewer than {least_free_mb}")
    if disk.read_only:
        reasons.append("the disk can only be read: nothing can be stored")
    facts: dict[str, object] = {
        "database": {"answers": found.answers, "revision": found.revision, "newest_revision": found.newest},
        "disk": {"free_mb": disk.free_mb, "least_free_mb": least_free_mb, "read_only": disk.read_only},
        "row_security": _row_security(found) if found.answers else None,
        "journal": _journal(found.journal) if found.answers else None,
        "demonstration": found.demonstration if known else None,
        "person_key": KEY_SAID.get(found.person_key or "", found.person_key),
        "data_version": found.data_version if known else None,
        "backup": backup.said() if backup else "no folder of backups is set (MONITOR_BACKUPS)",
        "warnings": [warning] if (warning := _about_backups(backup, real=known and not found.demonstration)) else [],
    }
    return Report(reasons, facts)


def _about_backups(backup: Backup | None, *, real: bool) -> str:
    """What is wrong with the backups; a demonstration needs none."""
    if backup is None:
        return "real records, and no folder of backups is set (MONITOR_BACKUPS)" if real else ""
    return backup.warning


def _row_security(found: Condition) -> str:
    """Whether PostgreSQL holds readers to their rows by itself, too; the reasons say more."""
    if found.journal:
        return "none: SQLite has none"
    return "does not hold" if found.weaknesses else "in force"


def _journal(mode: str) -> dict[str, str]:
    if not mode:
        return {"mode": "of the server", "why": "PostgreSQL keeps its own"}
    faulty = journal_mode_for(sqlite3.sqlite_version_info) == "delete"
    why = FAULTY_SQLITE.format(version=sqlite3.sqlite_version) if faulty else "this SQLite's WAL is sound"
    return {"mode": mode, "why": why}


class Readiness:
    """Looks after the database and the disk, once for all who ask within a second."""

    def __init__(self) -> None:
        self._looking: asyncio.Task[Condition] | None = None
        self._kept: tuple[float, Report] | None = None
        self._was_ready = True

    async def ready(self, _request: Request) -> JSONResponse:
        if self._kept is None or time.monotonic() - self._kept[0] > KEPT:
            self._kept = time.monotonic(), await self._report()
            self._tell_change(self._kept[1])
        return self._kept[1].answer()

    async def _report(self) -> Report:
        least, alone = _number("MONITOR_LEAST_FREE_MB", LEAST_FREE_MB), mode_of(os.environ) == "local"
        return report(await self._condition(), _disk(), least, alone=alone, backup=_backup())

    async def _condition(self) -> Condition:
        """The database's condition, looked for by one thread however many ask and however long it takes."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(asyncio.to_thread(lambda: condition(_engine(default_url()))))
        try:
            return await asyncio.wait_for(asyncio.shield(self._looking), ANSWERS_WITHIN)
        except TimeoutError:
            return Condition(answers=False)

    def _tell_change(self, now: Report) -> None:
        is_ready = not now.reasons
        if is_ready != self._was_ready:
            extra = {"event": "ready" if is_ready else "not_ready", "reasons": now.reasons}
            _log.log(logging.INFO if is_ready else logging.ERROR, "readiness has changed", extra=extra)
        self._was_ready = is_ready


async def live(_request: Request) -> JSONResponse:
    """That the server runs, whatever becomes of the database."""
    return JSONResponse({"live": True}, headers={"cache-control": "no-store"})


def routes() -> list[Route]:
    return [Route("/live", live), Route("/ready", Readiness().ready)]


def _disk() -> Disk:
    """Where the database's file lies; with PostgreSQL, where this server keeps what it must put down."""
    address = make_url(default_url())
    of_file = address.get_backend_name() == "sqlite" and address.database
    folder = Path(address.database or "").parent if of_file else Path(tempfile.gettempdir())
    found = os.statvfs(folder if folder.exists() else tempfile.gettempdir())
    return Disk(found.f_bavail * found.f_frsize // MEGABYTE, bool(found.f_flag & os.ST_RDONLY))


def _backup() -> Backup | None:
    named = os.environ.get("MONITOR_BACKUPS", "").strip()
    if not named:
        return None
    made = newest(Path(named))
    age = None if made is None else int((datetime.now(UTC) - made).total_seconds() // 3600)
    return Backup(age, _number("MONITOR_BACKUP_HOURS", OLDEST_BACKUP_HOURS), Path(named).is_dir())


def _number(setting: str, default: int) -> int:
    return int(os.environ.get(setting, "").strip() or default)


@cache
def _engine(url: str) -> Engine:
    return connect(url, create=False)
