"""The only place where pages reach the audit log: what is refused to the reader is told to it, and auditors read it."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st
from pandas import DataFrame
from sqlalchemy.exc import SQLAlchemyError

from data_access.access.listing import Person as Person
from data_access.access.listing import persons
from data_access.audit import Actor, Outcome, record, verify
from data_access.audit import Verified as Verified
from data_access.audit.chain import last_said
from data_access.audit.foreign import NAMING, named
from data_access.audit.reading import Asked as Asked
from data_access.audit.reading import events as events_of
from data_access.engine import as_whole, hurried, reading
from pages.parts import data
from pages.parts.frame import PAGES
from pages.parts.one_run import once
from pages.parts.store import engine_of, store
from vocabulary.calendar import day_in_japan
from vocabulary.departments import UNIVERSITY

KEPT_SECONDS = 60  # that a look through the whole log holds for all who read the page, unless an event came
MOST_OF_A_WORD = 20  # values of one word of an address that are looked at
LONGEST_VALUE = 300
_TOLD = "told to the audit log"  # in the session
_LOG = logging.getLogger("monitor.audit")


class Seen(NamedTuple):
    """What came of looking through the log, and when that was done (UTC)."""

    found: Verified
    at: datetime


def may_read() -> bool:
    """Whether the reader reads the audit log."""
    return data.reader().may_read_audit


def seen() -> Seen:
    """Whether the log is whole: all that a page says of the log is of this moment, its own reading included.

    That the log was read is an event itself, once a session. PermissionError for all but those who read the log.
    """
    _refuse_others()
    return once("audit log", _looked_through)


def events(asked: Asked) -> DataFrame:
    """The events asked for, newest first, as they were at the moment that `seen` tells of. PermissionError as above."""
    found = seen().found
    last = found.last if found.is_whole else None
    with reading(data.engine()) as connection:
        return events_of(as_whole(connection), replace(asked, last=last))


def accounts() -> Mapping[int, Person]:
    """Every account, by its number, with the roles that it ever held. PermissionError as above."""
    _refuse_others()
    return once("accounts of the audit log", _accounts)


@contextmanager
def watched(code: str) -> Iterator[None]:
    """Around a page: that it is not open to the reader, or refuses what was asked of it, is told once a session.

    So is each thing of others that its address names, wherever the page then says that the reader may not read it.
    """
    if not PAGES[code].leads(data.reader()) and _is_news("page", code):
        _write("page", code, is_refusal=True)
    for word in NAMING:
        for value in st.query_params.get_all(word)[:MOST_OF_A_WORD]:
            _tell_address(word, value)
    try:
        yield
    except PermissionError as error:
        if error.errno is None and _is_news("something on a page", code):  # a number has what the system refused to us
            _write("something on a page", code, is_refusal=True)
        raise


def _tell_address(word: str, value: str) -> None:
    """Where there is what the address names, and it is not the reader's to read, that is told once a session.

    Who looks through the eyes of another may keep an address of their own.
    """
    if not value or len(value) > LONGEST_VALUE or data.reader().seen_by or _is_theirs(word, value):
        return
    if not _is_news(f"address: {word}", value):
        return
    try:
        with reading(data.engine()) as connection:
            found = named(connection, word, value, reader=data.reader().code)
        if found is not None and not (word == "record" and _is_read(int(found["activity"]))):
            _write("address", word, is_refusal=True, details=found)
    except SQLAlchemyError:
        _LOG.warning("not looked up for the audit log: a %s in an address of %s", word, data.reader().code)


def _is_theirs(word: str, value: str) -> bool:
    """Whether the reader may read what the address names, as far as this is known without looking it up."""
    if word == "department":
        return value == UNIVERSITY or data.reader().scope.covers(value)
    if word == "indicator":
        return value in data.indicators()
    return data.reader().scope.whole_university


def _is_read(activity: int) -> bool:
    """Whether the reader may read the activity of this number."""
    return not data.records().activities(("activity_id",), ids=[activity]).empty


def _is_news(action: str, name: str) -> bool:
    """Whether this session has not told of it yet; from now on it has."""
    told: set[tuple[str, str, str]] = st.session_state.setdefault(_TOLD, set())
    one = (data.reader().code, action, name)
    if one in told:
        return False
    told.add(one)
    return True


def _write(
    action: str, name: str = "", *, is_refusal: bool = False, details: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Adds the event; where the database takes none, the log of the server has it, and the page goes on."""
    reader = data.reader()
    actor = Actor.of(reader)
    outcome: Outcome = "refused" if is_refusal else "done"
    try:
        with hurried(data.engine()) as connection:
            whole, scope = as_whole(connection), reader.scope.code
            record(whole, actor, action, object=name, scope=scope, details=details, outcome=outcome)
    except SQLAlchemyError:
        _LOG.warning("not in the audit log, which cannot be written to: %s %s by %s", action, name, actor.code)


def _refuse_others() -> None:
    if not may_read():
        raise PermissionError(f"{data.reader().code} does not read the audit log")


def _looked_through() -> Seen:
    if _is_news("log read", ""):
        _write("log read")
    with reading(data.engine()) as connection:
        last = last_said(as_whole(connection))
    return _verified(store().url, last.event_id if last else 0)


def _accounts() -> Mapping[int, Person]:
    with reading(data.engine()) as connection:
        return {one.account: one for one in persons(as_whole(connection), day_in_japan(datetime.now(UTC)))}


@st.cache_data(ttl=KEPT_SECONDS, max_entries=4, show_spinner=False)
def _verified(url: str, up_to: int) -> Seen:
    return Seen(verify(engine_of(url)), datetime.now(UTC))
