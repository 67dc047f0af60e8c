"""Departments of one year beside one reference, as far as the reader may see them."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.disclosure.levels import published_as
from metrics.disclosure.policy import is_protected
from metrics.fairness import Expectation, expectation, limited, told_strata
from metrics.fairness_words import Of, answer, overview, spread_said
from metrics.indicator import Indicator
from metrics.portrait import Department
from metrics.strata import strata
from metrics.strata_words import stratum_name
from metrics.tabulate import OK
from metrics.tree import UNIVERSITY
from metrics.view import Counting, Selection
from pages.parts import data
from pages.parts.departments import leaves
from pages.parts.expectation.choices import Reference, rows_of
from pages.parts.language import say
from vocabulary.strata import Stratification
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Fair:
    """What is compared fairly: an indicator in a fiscal year, what is taken out, what with; `own` is marked."""

    indicator: Indicator
    year: int
    counting: Counting
    mix: Stratification
    reference: Reference
    own: Department | None

    @cached_property
    def departments(self) -> dict[str, Department]:
        """The departments that have none below them and whose records the reader may read, in the register's order."""
        scope = data.reader().scope
        return {code: one for code, one in leaves().items() if scope.covers(code)}

    @cached_property
    def found(self) -> Expectation:
        """All departments for readers of the whole university; for a head the own ones, and what tells of no other.

        How far departments differ is worked out from all of them for everybody.
        """
        scope, whole = data.reader().scope, self._of_all
        if scope.whole_university:
            return whole
        now, reference = self._strata(self.year), self._reference
        told = tuple(reference["stratum"]) if self.reference.source else self._told()
        return limited(whole, now, reference, told, scope.covers)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One row is one department that has anything, in the order of the register; see `Expectation`."""
        table = self.found.table.set_index("department", drop=False)
        return table.loc[[code for code in self.departments if code in table.index]].reset_index(drop=True)

    @property
    def own_mix(self) -> pd.DataFrame:
        """The strata of the marked department: `name` (in the reader's language), counts, `rate` and those expected."""
        mix = self.found.mix
        mine = mix[mix["department"] == (self.own.code if self.own else None)]
        names = [say(stratum_name(self.mix, str(code))) for code in mine["stratum"]]
        return mine.assign(name=names, rate=mine["numerator"] / mine["denominator"].where(mine["denominator"] > 0))

    @property
    def of(self) -> Of:
        return Of(self.indicator, self.year, self.mix, self.reference.name)

    @property
    def answer(self) -> list[Text]:
        """What the page says at the top."""
        if self.own is not None:
            told = answer(self.found, self.own.code, self.own.name, self.of)
        else:
            told = overview(self.found, {code: one.name for code, one in self.departments.items()}, self.of)
        return [*told, spread_said(self.found.spread)]

    def _told(self) -> tuple[str, ...]:
        """The university's strata that a head may know: of persons the levels that are published as figures."""
        if not self._shown((self.indicator.key,)):
            return ()
        if not is_protected(self.indicator):
            return told_strata(self._strata(self.reference.year), tuple(leaves()), data.reader().scope.covers)
        of_level = published_as(self.indicator, INDICATORS.values()) if self.mix == "level" else {}
        shown = self._shown(tuple(of_level.values())) if of_level else set()
        return tuple(level for level, key in of_level.items() if key in shown)

    def _shown(self, keys: tuple[str, ...]) -> set[str]:
        """Which of these figures of the university the reader sees in the reference's year."""
        year = Selection(fiscal_years=(self.reference.year,), departments=(UNIVERSITY,))
        figures = data.figures(keys, selection=year, counting=self.counting)
        return set(figures.loc[figures["status"] == OK, "indicator"])

    @property
    def _of_all(self) -> Expectation:
        """The comparison of all departments, as readers of the whole university see it."""
        units = tuple(leaves())
        return _of_all(data.store(), self.indicator.key, self.mix, self.year, self.counting, self.reference, units)

    @property
    def _reference(self) -> pd.DataFrame:
        return _reference_strata(data.store(), self.indicator, self.mix, self.counting, self.reference)

    def _strata(self, year: int) -> pd.DataFrame:
        return _strata(data.store(), self.indicator, self.mix, year, self.counting)


@st.cache_resource(max_entries=256, show_spinner=False)
def _of_all(
    store: data.Store,
    key: str,
    mix: Stratification,
    year: int,
    counting: Counting,
    reference: Reference,
    units: tuple[str, ...],
) -> Expectation:  # the state is what it is kept for; what is kept is cut to the reader afterwards
    indicator = INDICATORS[key]
    now, then = (
        _strata(store, indicator, mix, year, counting),
        _reference_strata(store, indicator, mix, counting, reference),
    )
    return expectation(now, then, units, proportion=indicator.is_proportion)


def _reference_strata(
    store: data.Store, indicator: Indicator, mix: Stratification, counting: Counting, reference: Reference
) -> pd.DataFrame:
    if reference.source:
        return rows_of(reference, indicator, mix)
    then = _strata(store, indicator, mix, reference.year, counting)
    return then.loc[then["department"] == UNIVERSITY, ["stratum", "numerator", "denominator"]]


def _strata(
    store: data.Store, indicator: Indicator, mix: Stratification, year: int, counting: Counting
) -> pd.DataFrame:
    return strata(data.ledger_of(store), indicator, mix, selection=Selection(fiscal_years=(year,)), counting=counting)
