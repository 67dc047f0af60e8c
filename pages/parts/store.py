"""The database that pages show and its state, for `data.py` alone: nothing here is cut to a reader."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st
from sqlalchemy import Engine

from data_access.data_mark import MARK
from data_access.engine import connect, default_url, prepare
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY, Scope
from metrics.ledger import Ledger
from metrics.portfolio import Question
from metrics.quality.holdings import Holdings
from metrics.view import Selection
from pages.parts.ledgers import Ledgers
from pages.parts.one_run import once


class Store(NamedTuple):
    """One state of one database: what caches of what was counted from it are keyed by."""

    url: str
    version: int
    mark: str = ""  # of the data: a database that was restored counts its versions anew


AS_WRITTEN: dict[str | type, Callable[[object], str]] = dict.fromkeys((Store, Selection, Scope, Question, tuple), repr)
"""How keys of caches are made: to hash each of their words takes seven times as long.

What every redraw asks names its arguments: Streamlit works out the names of others anew each time.
"""


def store() -> Store:
    """The state that this run of the script shows: read once a run, so that all of a page shows the same."""
    return once("store", _store)


def is_demonstration() -> bool:
    """Whether the records are made up, which every page and download must say."""
    return _facts().get("demonstration") == "yes"


def everything(url: str) -> Records:
    """All records of the database at this address."""
    return Records(engine_of(url), WHOLE_UNIVERSITY)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=AS_WRITTEN)
def ledger_of(state: Store) -> Ledger:
    """The ledger of one state of the data, for what is cached by that state."""
    with everything(state.url).at_one_moment() as then:
        return _ledgers(state.url).now(then)


@st.cache_resource(max_entries=2, show_spinner=False)
def holdings_of(state: Store) -> Holdings:
    """The ledger of one state and its activities as they were written; where the data went on, both as they are now."""
    with everything(state.url).at_one_moment() as then:
        if then.facts().get(MARK, "") == state.mark:
            return Holdings(ledger_of(state), then.activities())
        return Holdings(_ledgers(state.url).now(then), then.activities())


@st.cache_resource(max_entries=2, show_spinner=False)
def _ledgers(url: str) -> Ledgers:
    return Ledgers(url)


@st.cache_resource(max_entries=4, show_spinner=False)
def engine_of(url: str) -> Engine:
    """The database at this address, with its schema up to date."""
    made = connect(url, create=False)
    prepare(made)
    return made


def _store() -> Store:
    facts = _facts()
    return Store(default_url(), int(facts.get("data_version", "0")), facts.get(MARK, ""))


def _facts() -> dict[str, str]:
    return once("facts", lambda: everything(default_url()).facts())
