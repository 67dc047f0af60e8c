"""Signing out whatever the database does: over in this process at once, and in the database as soon as it answers."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Thread

from sqlalchemy import Engine

from data_access.access.logins import ended_in, login_id_of, remembered
from data_access.access.reading import reader_of_account
from data_access.audit import Actor
from data_access.engine import as_whole, hurried

AGAIN_AFTER = 2  # seconds, until the database has it
_OVER: set[str] = set()  # logins that the database does not know yet to be over
_log = logging.getLogger(__name__)


def is_over_here(claims: Mapping[str, object]) -> bool:
    """Whether the login of these claims was ended in this process, and the database has not taken it yet."""
    return login_id_of(claims) in _OVER


def sign_out(engine: Callable[[], Engine], claims: Mapping[str, object], *, now: datetime) -> None:
    """The login of these claims is over from now on. Raises nothing: where the database takes nothing now, the login
    is over in this process, and a thread goes on until the database has it."""
    if _wrote(engine, claims, now):
        return
    if (login_id := login_id_of(claims)) not in _OVER:
        _OVER.add(login_id)
        Thread(target=_until_written, args=(engine, claims, now), name="sign-out", daemon=True).start()


def _until_written(engine: Callable[[], Engine], claims: Mapping[str, object], now: datetime) -> None:
    while not _wrote(engine, claims, now):
        time.sleep(AGAIN_AFTER)
    _OVER.discard(login_id_of(claims))


def _wrote(engine: Callable[[], Engine], claims: Mapping[str, object], now: datetime) -> bool:
    """Whether the database has it now that this login is over."""
    try:
        with hurried(engine()) as connection:
            login = remembered(as_whole(connection), claims, now)
            by = Actor.of(reader_of_account(connection, login.account, now=now))
            ended_in(connection, login.login_id, by=by, now=now)
    except Exception as error:  # noqa: BLE001  whatever it is, nobody stays signed in for it
        said = {"event": "sign_out_not_stored", "why": type(error).__name__}
        _log.warning("a sign-out is not in the database yet, and holds in this process alone", extra=said)
        return False
    return True
