"""`/live` and `/ready`: whether the server runs, and whether readers get what they came for, with the reasons."""

import asyncio
import logging
import os
import shutil
import sqlite3
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, make_url
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data_access.condition import Condition, condition
from data_access.engine import connect, default_url, journal_mode_for
from data_access.reading_mode import mode_of

ANSWERS_WITHIN = 4.0  # seconds; the database itself gives up after three
KEPT = 1.0  # seconds for which an answer holds, however many ask
LEAST_FREE_MB = 200
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


def report(found: Condition, free_mb: int, least_free_mb: int = LEAST_FREE_MB, *, alone: bool = False) -> Report:
    """The reasons why readers do not get what they came for, and the facts of each check; no path and no secret.

    `alone`: everybody on this machine reads everything anyway.
    """
    reasons = []
    if not found.answers:
        reasons.append("the database does not answer")
    elif found.revision != found.newest:
        reasons.append(f"the schema has revision {found.revision or 'none'}, and {found.newest} is wanted: run prepare")
    if found.weaknesses and not (found.demonstration or alone):
        reasons += found.weaknesses
    if free_mb < least_free_mb:
        reasons.append(f"only {free_mb} MB are free on the disk, fewer than {least_free_mb}")
    facts: dict[str, object] = {
        "database": {"answers": found.answers, "revision": found.revision, "newest_revision": found.newest},
        "disk": {"free_mb": free_mb, "least_free_mb": least_free_mb},
        "row_security": _row_security(found),
        "journal": _journal(found.journal),
        "demonstration": found.demonstration,
        "person_key": KEY_SAID.get(found.person_key or "", found.person_key),
        "data_version": found.data_version,
    }
    return Report(reasons, facts)


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
            alone = mode_of(os.environ) == "local"
            now = report(await self._condition(), _free_mb(), _least_free_mb(), alone=alone)
            self._kept = time.monotonic(), now
            self._tell_change(self._kept[1])
        return self._kept[1].answer()

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


def _free_mb() -> int:
    """What is free where the database's file lies; with PostgreSQL, where this server keeps what it must put down."""
    address = make_url(default_url())
    of_file = address.get_backend_name() == "sqlite" and address.database
    folder = Path(address.database or "").parent if of_file else Path(tempfile.gettempdir())
    return shutil.disk_usage(folder if folder.exists() else tempfile.gettempdir()).free // MEGABYTE


def _least_free_mb() -> int:
    return int(os.environ.get("MONITOR_LEAST_FREE_MB", "").strip() or LEAST_FREE_MB)


@cache
def _engine(url: str) -> Engine:
    return connect(url, create=False)
