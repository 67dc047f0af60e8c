"""The only place where pages ask and decide what partners' names mean, as far as the reader may."""

import streamlit as st

from data_access.audit import Actor
from data_access.engine import as_whole, reading
from data_access.in_turn import BUSY as BUSY
from data_access.in_turn import BusyError as BusyError
from data_access.in_turn import in_turn
from data_access.matching import Candidate as Candidate
from data_access.matching import matcher, why
from data_access.partner_names.deciding import Decided as Decided
from data_access.partner_names.deciding import NotDecidedError as NotDecidedError
from data_access.partner_names.deciding import apply_sure_matches, decide, decisions, take_back
from data_access.partner_names.waiting import WaitingName as WaitingName
from data_access.partner_names.waiting import waiting_names
from data_access.partners import NotInRegistryError, registry
from data_access.partners import Organization as Organization
from data_access.readers import Reader
from pages.parts import data
from pages.parts.store import Store, engine_of, store
from vocabulary.text import Text


def may_read() -> bool:
    """Whether the reader sees the names that wait: they come from records of all departments."""
    return data.reader().scope.whole_university


def may_decide() -> bool:
    """Whether the reader decides: the International Strategy Office, which brings the data in."""
    return data.reader().may_decide


def waiting() -> list[WaitingName]:
    """The names that wait for a decision, those of the most activities first; none for who may not read them."""
    return _waiting(store()) if may_read() else []


def decided() -> list[Decided]:
    """All that was decided, the newest first."""
    return _decided(store()) if may_read() else []


def organization_of(ror_id: str) -> Organization | None:
    """The organization of an id; nothing where the registry does not know it."""
    try:
        return registry().by_id(ror_id)
    except NotInRegistryError:
        return None


def searched(text: str, country: str) -> list[Organization]:
    """Organizations of the registry by words of their names or by their id, the likeliest first."""
    return matcher().search(text, country) if text.strip() else []


def reason(candidate: Candidate) -> Text:
    """Why a candidate is one."""
    return why(candidate)


def is_meant(name: str, country: str, ror_id: str) -> int:
    """Keep that a name means an organization, or (without an id) none of the registry. Raises NotDecidedError."""
    reader = _decider()
    with in_turn():
        who, actor, scope = reader.code, Actor.of(reader), reader.scope
        return decide(data.engine(), name, country, ror_id=ror_id, by=who, actor=actor, scope=scope)


def is_open_again(name: str, country: str) -> int:
    """Take back what was decided about a name. Raises NotDecidedError."""
    reader = _decider()
    with in_turn():
        who, actor, scope = reader.code, Actor.of(reader), reader.scope
        return take_back(data.engine(), name, country, by=who, actor=actor, scope=scope)


def apply_sure() -> int:
    """Let names stored earlier stand for what is sure; gives how many."""
    reader = _decider()
    with in_turn():
        return apply_sure_matches(data.engine(), by=reader.code, actor=Actor.of(reader), scope=reader.scope)


def _decider() -> Reader:
    """Who decides; PermissionError for all others, whatever the page showed."""
    if not may_decide():
        raise PermissionError(f"{data.reader().code} does not decide what partners' names mean")
    return data.reader()


@st.cache_resource(max_entries=4, show_spinner=False)
def _waiting(store: Store) -> list[WaitingName]:
    with reading(engine_of(store.url)) as connection:
        return waiting_names(as_whole(connection))


@st.cache_resource(max_entries=4, show_spinner=False)
def _decided(store: Store) -> list[Decided]:
    with reading(engine_of(store.url)) as connection:
        return decisions(as_whole(connection))
