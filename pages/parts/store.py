"""The database that pages show and its state, for `data.py` alone: nothing here is cut to a reader."""

from typing import NamedTuple

import streamlit as st
from sqlalchemy import Engine

from data_access.data_mark import MARK
from data_access.engine import connect, default_url, prepare
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from pages.parts.one_run import once


class Store(NamedTuple):
    """One state of one database: what caches of what was counted from it are keyed by."""

    url: str
    version: int
    mark: str = ""  # of the data: a database that was restored counts its versions anew


def store() -> Store:
    """The state that this run of the script shows: read once a run, so that all of a page shows the same."""
    url = default_url()
    facts = _facts(url)
    return Store(url, int(facts.get("data_version", "0")), facts.get(MARK, ""))


def is_demonstration() -> bool:
    """Whether the records are made up, which every page and download must say."""
    return _facts(default_url()).get("demonstration") == "yes"


def everything(url: str) -> Records:
    """All records of the database at this address."""
    return Records(engine_of(url), WHOLE_UNIVERSITY)


@st.cache_resource(max_entries=4, show_spinner=False)
def engine_of(url: str) -> Engine:
    """The database at this address, with its schema up to date."""
    made = connect(url, create=False)
    prepare(made)
    return made


def _facts(url: str) -> dict[str, str]:
    return once(url, everything(url).facts)
