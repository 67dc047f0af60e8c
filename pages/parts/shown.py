"""Which state of the data pages show: the newest, or of very many records the last one until the newest is counted."""

import streamlit as st

from pages.parts.counted import every_year_of
from pages.parts.lately import LATELY, is_large
from pages.parts.one_run import once
from pages.parts.store import Store, ledger_of
from pages.parts.store import store as newest


def store() -> Store:
    """The state that this run of the script shows: asked once a run, so that all of a page shows the same.

    Nobody waits for an import of others: of very many records, pages show the state before it while its figures are
    counted, which takes seconds.
    """
    return once("shown", lambda: _last(newest().url).now(newest()))


class _Shown:
    """The state of one database that was shown last."""

    def __init__(self) -> None:
        self._state: Store | None = None

    def now(self, there: Store) -> Store:
        """The state to show where `there` is the newest."""
        before = self._state
        if before is None or before == there or not is_large(ledger_of(before)) or _is_counted(there):
            self._state = there
            return there
        return before


def _is_counted(state: Store) -> bool:
    return LATELY.done(("counted", state), lambda: every_year_of(state, "whole"))


@st.cache_resource(max_entries=2, show_spinner=False)
def _last(url: str) -> _Shown:
    return _Shown()
