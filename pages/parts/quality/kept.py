"""What the checks find and which figures are incomplete, kept for each state of the data and cut to the reader."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from metrics.disclosure.policy import is_protected
from metrics.indicator import Indicator
from metrics.links import Bools, Ints, distinct, ints
from metrics.quality.completeness import Completeness
from metrics.quality.holdings import Holdings
from metrics.quality.incomplete import Incomplete
from metrics.quality.listed import office_only
from metrics.quality.registry import findings, within
from metrics.view import Counting
from pages.parts import data
from pages.parts.lately import LATELY, is_large
from pages.parts.one_run import once
from vocabulary.departments import UNIVERSITY


class Seen(NamedTuple):
    """Findings that a reader may see: those on records and headcounts of the own departments."""

    holdings: Holdings
    units: Bools  # the departments (by position) that were asked for, as far as they are the reader's
    found: pd.DataFrame


class Checked(NamedTuple):
    """The checks that find something, and of each finding which check it is of (by position) and its fiscal year."""

    checks: tuple[str, ...]
    check: Ints
    year: Ints

    def years(self, mine: Bools | None) -> Mapping[str, Collection[int]]:
        """The fiscal years in which each check finds something; `mine` are the findings looked at (None: all)."""
        check, year = (self.check, self.year) if mine is None else (self.check[mine], self.year[mine])
        width = int(self.year.max(initial=0)) + 1
        found: dict[str, list[int]] = {}
        for pair in distinct(check * width + year).tolist():
            found.setdefault(self.checks[pair // width], []).append(pair % width)
        return found


def seen(department: str) -> Seen:
    """What the checks find in a department and below; of the university a head sees the own departments."""
    held, found = _found(data.store())
    units, everything = _units(department)
    return Seen(held, units, found if everything else found[within(found, data.ledger(), units)])


def found_in(department: str) -> Mapping[str, Collection[int]]:
    """The same in short: in which fiscal years each check finds something."""
    return once(("found in", department), lambda: _found_in(department))


def _found_in(department: str) -> Mapping[str, Collection[int]]:
    units, everything = _units(department)
    mine = None if everything else tuple(np.flatnonzero(units).tolist())
    return _years_found(state=data.store(), units=mine)


def _units(department: str) -> tuple[Bools, bool]:
    """A department and what is below it as far as it is the reader's (by position), and whether that is everything."""
    ledger, scope = data.ledger(), data.reader().scope
    own = np.array([scope.covers(code) for code in ledger.units])
    units = ledger.tree.within[ledger.unit_position[department]] & own
    return units, scope.whole_university and department == UNIVERSITY


def sources() -> list[str]:
    """The sources of the records that the reader may read, in the order of their names."""
    ledger, mine = data.ledger(), readable()
    there = distinct(ints(ledger.source if mine is None else ledger.source[mine]))
    return [ledger.sources[place] for place in there]


def for_the_office(found: pd.DataFrame) -> Bools:
    """Which findings the reader cannot mend, but the Strategy Office alone: none are such to the office itself."""
    ledger, scope = data.ledger(), data.reader().scope
    if scope.whole_university:
        return np.zeros(len(found), dtype=bool)
    return office_only(ledger, found, np.array([scope.covers(code) for code in ledger.units]))


def readable() -> Bools | None:
    """Which records (by position) the reader may read; None: all of them."""
    ledger, scope = data.ledger(), data.reader().scope
    if scope.whole_university:
        return None
    return ledger.departments.any_of(np.array([scope.covers(code) for code in ledger.units]))


def incomplete(key: str, department: str, fiscal_year: int, counting: Counting = "whole") -> Incomplete | None:
    """Why a figure is incomplete; None where nothing is known to be missing, or may be told.

    Of the university's figures a head is told numbers, no names; of those on persons only who has not delivered.
    """
    scope = once("scope", lambda: data.reader().scope)  # tables ask for a hundred figures in a run
    if not is_known(counting):
        return None
    found = completeness(counting).of_figure(key, department, fiscal_year)
    if found is None or scope.covers(department):
        return found
    if department != UNIVERSITY:
        return None
    return found.without_counts() if is_protected(data.indicators()[key]) else found


def is_known(counting: Counting) -> bool:
    """Whether it is known which figures are incomplete; of very many records that is worked out beside the page."""

    def known() -> bool:
        state, every = data.store(), data.indicators()
        return is_small() or LATELY.done(
            (state, tuple(every), counting), lambda: completeness_of(state, every, counting)
        )

    return once(("completeness known", counting), known)


def is_small() -> bool:
    """Whether the records are so few that a page may look through all of them."""
    return not is_large(data.ledger())


def completeness(counting: Counting) -> Completeness:
    """All figures of the common catalogue and of what the reader's departments declared. Not cut to the reader."""

    def kept() -> Completeness:
        data.ledger()  # with its sign of progress, outside the cached functions
        return completeness_of(data.store(), data.indicators(), counting)

    return once(("completeness", counting), kept)


def completeness_of(state: data.Store, every: Mapping[str, Indicator], counting: Counting) -> Completeness:
    """The same of some indicators in one state of the data."""
    return _completeness(state=state, keys=tuple(every), counting=counting, _indicators=tuple(every.values()))


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=data.AS_WRITTEN)
def _found(state: data.Store) -> tuple[Holdings, pd.DataFrame]:
    held = data.holdings_of(state)
    return held, findings(held)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=data.AS_WRITTEN)
def _checked(state: data.Store) -> Checked:
    found = _found(state)[1]
    check, checks = pd.factorize(found["check"])
    return Checked(tuple(map(str, checks)), ints(check), ints(found["fiscal_year"]))


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs=data.AS_WRITTEN)
def _years_found(state: data.Store, units: tuple[int, ...] | None) -> Mapping[str, Collection[int]]:
    """In which fiscal years each check finds something in these departments (by position); None: anywhere."""
    if units is None:
        return _checked(state).years(None)
    ledger = data.ledger_of(state)
    asked = np.isin(np.arange(len(ledger.units)), units)
    return _checked(state).years(within(_found(state)[1], ledger, asked))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=data.AS_WRITTEN)
def _completeness(
    state: data.Store, keys: tuple[str, ...], counting: Counting, _indicators: tuple[Indicator, ...]
) -> Completeness:
    return Completeness.of(Holdings(data.ledger_of(state)), _indicators, counting)
