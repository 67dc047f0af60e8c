"""Which change is asked about: indicator, department, two years, counting rule, and what it is split by."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import pandas as pd
import streamlit as st

from metrics.catalogue import HEADLINES
from metrics.change import Counted, Verdict, told_from_chance
from metrics.change_groups import COLUMNS, by_level_and_department, splits_offered
from metrics.change_split import ChangeSplit, LevelsAndDepartments, levels_and_departments
from metrics.indicator import Indicator
from metrics.measures import Distinct
from metrics.strata_words import stratum_name
from metrics.tabulate import OK
from metrics.tree import UNIVERSITY
from metrics.view import Counting, Selection
from pages.parts import data
from pages.parts.comparison.choices import OF_TARGET
from pages.parts.departments import own_ledger
from pages.parts.filters import choose
from vocabulary.activity_types import PROCESSES, TARGETS
from vocabulary.articles import with_article
from vocabulary.calendar import fiscal_year_name
from vocabulary.strata import NAMES, SEVERAL, UNKNOWN, Stratification
from vocabulary.text import Text

THE_UNIVERSITY = Text("the university", "全学")
ALONE = Text("{name} alone", "{name}のみ")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A change of one indicator, of a department whose records the reader is entitled to."""

    indicator: Indicator
    department: str
    years: tuple[int, int]
    counting: Counting
    figures: pd.DataFrame  # of the indicator and the department, one row a fiscal year

    @property
    def who(self) -> Text:
        """The department in a sentence."""
        if self.department == UNIVERSITY:
            return THE_UNIVERSITY
        return with_article(data.department_names()[self.department])

    @cached_property
    def splits(self) -> dict[Stratification, ChangeSplit]:
        """The ways in which the change splits."""
        return self._split(self.indicator)

    @property
    def whole(self) -> ChangeSplit:
        """The change itself, of one group."""
        before, after = (self._row(year) for year in self.years)
        counts = [float(row[side]) for row in (before, after) for side in ("numerator", "denominator")]
        groups = pd.DataFrame([("", *counts)], columns=COLUMNS)
        return ChangeSplit(indicator=self.indicator, stratification="department", years=self.years, groups=groups)

    @cached_property
    def behind(self) -> dict[Stratification, ChangeSplit]:
        """The same of a rate that has the indicator's number above its line: its own, or that of a sibling."""
        if self.indicator.denominator is not None:
            return self.splits
        every = data.indicators_of(self.department).values()
        rates = (one for one in every if one.numerator == self.indicator.numerator and one.denominator)
        sibling = next(rates, None)
        return self._split(sibling) if sibling else {}

    def _split(self, indicator: Indicator) -> dict[Stratification, ChangeSplit]:
        own_ledger(self.department)  # raises for a department that is not the reader's
        return _splits(data.store(), indicator.key, self.department, self.years, self.counting, indicator)

    @cached_property
    def levels(self) -> LevelsAndDepartments | None:
        """The change by level and department at once; None where persons are not counted by level."""
        own_ledger(self.department)  # raises for a department that is not the reader's
        return _levels(data.store(), self.indicator.key, self.department, self.years, self.indicator)

    @property
    def verdict(self) -> Verdict:
        """Whether the change can be told from chance."""
        before, after = (self._row(year) for year in self.years)
        now, then = (Counted(float(row["numerator"]), float(row["denominator"])) for row in (after, before))
        return told_from_chance(self.indicator, now, then, [float(row["low"]) for row in (before, after)])

    def _row(self, year: int) -> "pd.Series":
        return self.figures[self.figures["fiscal_year"] == year].iloc[0]

    def name_of(self, split: ChangeSplit, group: str) -> Text:
        """What a group is called; of different partners or countries a department has those of it alone."""
        named = stratum_name(split.stratification, group, data.department_names())
        if isinstance(split.indicator.numerator, Distinct) and group not in (SEVERAL, UNKNOWN):
            return ALONE.filled(name=named)
        return named


def choose_change(department: str, counting: Counting) -> Asked | None:
    """The indicator and two of its years with a figure; None where there are not two."""
    which, since, until = st.columns([4, 1, 1])
    with which:
        indicator = _choose_indicator(department)
    figures = data.figures((indicator.key,), selection=Selection(departments=(department,)), counting=counting)
    known = [int(year) for year in figures.loc[figures["status"] == OK, "fiscal_year"]]
    if len(known) < 2:
        return None
    with until:
        last = int(choose("year", Text("To", "比較する年度"), _named(known[:0:-1])))
    with since:
        first = int(choose("since", Text("From", "基準の年度"), _named([year for year in known if year < last])))
    return Asked(indicator=indicator, department=department, years=(first, last), counting=counting, figures=figures)


def _choose_indicator(department: str) -> Indicator:
    """Any indicator that the department has a figure of, in the order of the targets."""
    every = data.indicators_of(department)
    names = {
        key: OF_TARGET.filled(target=TARGETS[indicator.target], name=indicator.name)
        for target in TARGETS
        for process in PROCESSES
        for key, indicator in every.items()
        if indicator.place == (target, process)
    }
    first = HEADLINES["education", "comprehensive"]
    return every[choose("indicator", Text("Indicator", "指標"), names, first)]


def choose_split(asked: Asked) -> ChangeSplit | None:
    """By what the change is split; None where it cannot be."""
    if not asked.splits:
        return None
    names = {str(code): capital(NAMES[code]) for code in asked.splits}
    by = choose("by", Text("Split by", "内訳の区分"), names, style="buttons")
    return asked.splits[cast(Stratification, by)]


def capital(text: Text) -> Text:
    """The text as a label begins it."""
    return Text(text.en[:1].upper() + text.en[1:], text.ja)


@st.cache_resource(max_entries=256, show_spinner=False)
def _splits(
    store: data.Store, key: str, department: str, years: tuple[int, int], counting: Counting, _indicator: Indicator
) -> dict[Stratification, ChangeSplit]:  # the indicator is the key's
    ledger = data.ledger_of(store)
    offered = splits_offered(ledger, _indicator, department=department, years=years, counting=counting)
    made = {
        code: ChangeSplit(indicator=_indicator, stratification=code, years=years, groups=groups)
        for code, groups in offered.items()
    }
    return {code: split for code, split in made.items() if split.can_be_split}


@st.cache_resource(max_entries=256, show_spinner=False)
def _levels(
    store: data.Store, key: str, department: str, years: tuple[int, int], _indicator: Indicator
) -> LevelsAndDepartments | None:  # the indicator is the key's
    table = by_level_and_department(data.ledger_of(store), _indicator, department=department, years=years)
    return None if table is None or table["group"].nunique() < 2 else levels_and_departments(table)


def _named(years: list[int]) -> dict[str, Text]:
    return {str(year): fiscal_year_name(year) for year in years}
