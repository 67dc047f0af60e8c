"""What is published to a reader of figures on persons, worked out once for each state of the data and each scope."""

from collections.abc import Hashable, Sequence

import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.disclosure.groups import Kinds, sums_told
from metrics.disclosure.policy import is_protected
from metrics.disclosure.published import Published, published
from metrics.disclosure.remainders import safe_sums
from metrics.disclosure.setting import Method, chosen_method
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.view import Counting, Selection
from pages.parts.counted import figures_of
from pages.parts.store import AS_WRITTEN, Store


def published_to(own: frozenset[str], ledger: Ledger, state: Hashable) -> Published:
    """What of the university's figures is published to who reads `own` departments; `state` is that of the data."""
    return _published(state, tuple(sorted(own)), chosen_method(), ledger)


def sums_told_to(
    reading: Kinds, fiscal_year: int, counting: Counting, ledger: Ledger, state: Hashable
) -> frozenset[tuple[str, str]]:
    """The sums (kind, indicator) over a kind of departments of which, to who is `reading`, no small count is told."""
    told = _sums_told(state, reading.own, tuple(reading.kinds.items()), fiscal_year, ledger)
    every = [INDICATORS[key] for key in dict.fromkeys(key for _, key in told)]
    other_rule = {one.key for one in every if counting != "whole" and is_protected(one) and one.follows(counting)}
    return frozenset((kind, key) for kind, key in told if key not in other_rule)


def safe_sums_to(
    reading: Kinds, indicators: Sequence[Indicator], fiscal_year: int, counting: Counting, ledger: Ledger, state: Store
) -> frozenset[tuple[str, str]]:
    """Those of these sums that give no other department's value away either (`metrics.disclosure.remainders`)."""
    keys, kinds = tuple(indicator.key for indicator in indicators), tuple(reading.kinds.items())
    return _safe_sums(state, reading.own, kinds, fiscal_year, counting, keys, tuple(indicators), ledger)


@st.cache_resource(max_entries=64, show_spinner=False)
def _published(state: Hashable, own: tuple[str, ...], method: Method, _ledger: Ledger) -> Published:
    return published(_ledger, INDICATORS.values(), own, method)


@st.cache_resource(max_entries=64, show_spinner=False)
def _sums_told(
    state: Hashable, own: tuple[str, ...], kinds: tuple[tuple[str, str], ...], fiscal_year: int, _ledger: Ledger
) -> frozenset[tuple[str, str]]:
    return sums_told(_ledger, INDICATORS.values(), Kinds(kinds=dict(kinds), own=own), fiscal_year)


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs=AS_WRITTEN)
def _safe_sums(
    state: Store,
    own: tuple[str, ...],
    kinds: tuple[tuple[str, str], ...],
    fiscal_year: int,
    counting: Counting,
    keys: tuple[str, ...],
    _indicators: tuple[Indicator, ...],
    _ledger: Ledger,
) -> frozenset[tuple[str, str]]:
    reading, asked = Kinds(kinds=dict(kinds), own=own), Selection(fiscal_years=(fiscal_year,))
    figures = figures_of(state, keys, ("department", "fiscal_year"), asked, counting)
    told = sums_told_to(reading, fiscal_year, counting, _ledger, state)
    return safe_sums(figures, {indicator.key: indicator for indicator in _indicators}, reading, told)
