"""What is counted from one state of the data, kept for `data.py` alone: nothing here is cut to a reader."""

import pandas as pd
import streamlit as st

from data_access.kept_arrays import What, code_mark, keep, kept, place_of
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY, Scope
from metrics.catalogue import INDICATORS
from metrics.declared import Declared, declared
from metrics.every_year import EveryYear, is_by_year
from metrics.indicator import Indicator
from metrics.tabulate import tabulate
from metrics.view import Counting, Dimension, Selection
from pages.parts.one_run import once
from pages.parts.store import AS_WRITTEN, Store, engine_of, ledger_of

KEPT_AS: dict[Counting, What] = {"whole": "figures", "fractional": "figures_fractional", "lead": "figures_lead"}


def figures_of(
    store: Store, keys: tuple[str, ...], by: tuple[Dimension, ...], asked: Selection, counting: Counting
) -> pd.DataFrame:
    """What `tabulate` gives, for the caller to change: cut from what is kept, or counted for the question."""
    if is_by_year(by, asked):
        every = once((store, counting), lambda: every_year_of(store=store, counting=counting))
        if every.holds(asked):
            return every.cut(keys, asked)
    return table_of(store, keys, by, asked, counting).copy(deep=False)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=AS_WRITTEN)
def declared_to(store: Store, scope: Scope) -> Declared:
    """What departments declared beside the common catalogue, as far as a scope reaches."""
    return declared(Records(engine_of(store.url), scope).declared_indicators())


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs=AS_WRITTEN)
def every_year_of(store: Store, counting: Counting) -> EveryYear:
    """All figures of one counting rule by department and year: to count one department's takes as long."""
    ledger, indicators = ledger_of(store), tuple(every_indicator(store).values())
    about = {"mark": store.mark, "version": store.version, "code": code_mark()}
    file = place_of(store.url, KEPT_AS[counting])
    found = kept(file) if file else None
    last_time = EveryYear.of_arrays(found.arrays, ledger, indicators) if found and found.about == about else None
    if last_time is not None:
        return last_time
    made = EveryYear.of(ledger, indicators, counting, None if counting == "whole" else every_year_of(store, "whole"))
    if file:
        keep(file, about, made.arrays())
    return made


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=AS_WRITTEN)
def table_of(
    store: Store, keys: tuple[str, ...], by: tuple[Dimension, ...], asked: Selection, counting: Counting
) -> pd.DataFrame:
    """The figures that answer one question: one table for all who ask, who take a copy."""
    every = every_indicator(store)
    return tabulate(ledger_of(store), [every[key] for key in keys], by, asked, counting)


def every_indicator(store: Store) -> dict[str, Indicator]:
    """The common catalogue and all that departments declared beside it."""
    return INDICATORS | declared_to(store, WHOLE_UNIVERSITY).indicators
