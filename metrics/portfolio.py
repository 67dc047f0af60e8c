"""With whom the university, or one department, works abroad: countries, institutions, and what is done with each.

Home is never a partner's country here. Counting is whole: an activity counts once in each of its countries and with
each of its partners, so columns of counts do not add up to the number of activities.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.codes import TARGET_CODES, TYPE_CODES
from metrics.ledger import Ledger
from metrics.links import Bools, Ints, distinct, ints, times
from metrics.view import TARGET_OF_TYPE, Selection, View
from vocabulary.departments import UNIVERSITY

AGREEMENTS = ("academic_agreement", "student_exchange_agreement")
LARGEST = 3
Pairs = tuple[Ints, Ints]  # position of an activity, and the code that it is linked with; each pair once


@dataclass(frozen=True, kw_only=True)
class Question:
    """Whose partners are asked for: one department's (with all below it) or the university's, in which fiscal years.

    `target` keeps its activities, `types` those of these activity types, `countries` (alpha-2) what lies in them; with
    a `partner_type` (of ROR) only such partners count, and the countries are theirs, not those written without a
    partner's name.
    """

    fiscal_years: tuple[int, ...]
    department: str = UNIVERSITY
    target: str | None = None
    countries: frozenset[str] | None = None
    partner_type: str | None = None
    types: tuple[str, ...] | None = None


class Totals(NamedTuple):
    """The portfolio in five numbers."""

    activities: int  # with at least one country abroad (or partner, where a type of partner is asked for)
    countries: int
    institutions: int
    unresolved: int  # institutions that are a written name without a ROR id
    with_largest: int  # activities with at least one of the three countries that take part in most


@dataclass(frozen=True, eq=False)
class Portfolio:
    """The answers to one question. What they are made of is worked out once, when first needed."""

    ledger: Ledger
    question: Question

    @property
    def last_year(self) -> int:
        """The fiscal year on whose census day agreements are looked at."""
        return max(self.question.fiscal_years)

    def totals(self) -> Totals:
        """How many activities, countries and institutions, and what share of the first the largest countries have."""
        activity, country = self.country_pairs
        each = np.bincount(country, minlength=len(self.ledger.country_codes))
        largest = np.argsort(-each, kind="stable")[:LARGEST]
        partners = distinct(self.partner_pairs[1])
        return Totals(
            activities=len(distinct(activity)),
            countries=int((each > 0).sum()),
            institutions=len(partners),
            unresolved=int(self._unresolved[partners].sum()),
            with_largest=len(distinct(activity[np.isin(country, largest)])),
        )

    def countries(self) -> pd.DataFrame:
        """One row is one country abroad, that with most activities first.

        `country` (alpha-2), `activities` and the same by target, `institutions`, `persons` (see `_persons`).
        """
        activity, country = self.country_pairs
        width, targets = len(self.ledger.country_codes), len(TARGET_CODES)
        target = TARGET_OF_TYPE[self.ledger.kind[activity]]
        by_target = np.bincount(country * targets + target, minlength=width * targets).reshape(width, targets)
        partners = distinct(self.partner_pairs[1])
        frame = pd.DataFrame({"country": self.ledger.country_codes, "activities": by_target.sum(axis=1)})
        frame[list(TARGET_CODES)] = by_target
        frame["institutions"] = np.bincount(self.ledger.partner_country[partners], minlength=width)
        frame["persons"] = self._persons(width)
        return _largest_first(frame[frame["activities"] > 0], "country")

    def institutions(self) -> pd.DataFrame:
        """One row is one partner institution abroad, that with most activities first.

        `partner` (position in the ledger), the columns of the partner table, `activities`, `first_year` and
        `last_year` (fiscal years with such an activity, from the first on record to the last asked for), `agreements`
        (in force with it on the last census day).
        """
        partner = self.partner_pairs[1]
        width = len(self.ledger.partner_table)
        frame = self.ledger.partner_table.copy()
        frame["partner"] = np.arange(width)
        frame["activities"] = np.bincount(partner, minlength=width)
        frame["first_year"], frame["last_year"] = self._first_and_last(width)
        frame["agreements"] = np.bincount(self._with_agreement, minlength=width)
        return _largest_first(frame[frame["activities"] > 0], "name_en")

    def kinds(self) -> pd.DataFrame:
        """One row is one partner (position) and activity type with at least one activity: `activities`; most first."""
        activity, partner = self.partner_pairs
        width = len(TYPE_CODES)
        pair, often = times(partner * width + self.ledger.kind[activity])
        codes = np.array(TYPE_CODES)[pair % width]
        frame = pd.DataFrame({"partner": pair // width, "activity_type": codes, "activities": often})
        return frame.sort_values(["partner", "activities"], ascending=[True, False], kind="stable", ignore_index=True)

    @cached_property
    def country_pairs(self) -> Pairs:
        """Activities with their countries abroad."""
        if self.question.partner_type is None:
            return linked(self.activities, *self.ledger.countries.joined(self.activities), self.countries_kept)
        activity, partner = self.partner_pairs
        width = len(self.ledger.country_codes)
        pairs = distinct(activity * width + self.ledger.partner_country[partner])
        return pairs // width, pairs % width

    @cached_property
    def partner_pairs(self) -> Pairs:
        """Activities with their partners abroad."""
        return linked(self.activities, *self.ledger.partners.joined(self.activities), self.partners_kept)

    @cached_property
    def activities(self) -> Ints:
        """The activities of the department, years and target, each once."""
        return self.present(self.question.fiscal_years)

    def present(self, fiscal_years: tuple[int, ...], types: Iterable[str] | None = None) -> Ints:
        """Which activities begin in these years, or are in force on one of their census days."""
        selection = Selection(fiscal_years=fiscal_years, departments=(self.question.department,))
        view = View(ledger=self.ledger, by=(), selection=selection, counting="whole")
        return view.rows(self._types if types is None else types).activity

    @property
    def _types(self) -> tuple[str, ...]:
        wanted, types = self.question.target, self.question.types
        every = [(code, TARGET_CODES[target]) for code, target in zip(TYPE_CODES, TARGET_OF_TYPE, strict=True)]
        return tuple(c for c, target in every if wanted in (None, target) and (types is None or c in types))

    @cached_property
    def countries_kept(self) -> Bools:
        asked = self.question.countries
        if asked is None:
            return self.ledger.foreign
        named: Bools = np.array([code in asked for code in self.ledger.country_codes], dtype=bool)
        return self.ledger.foreign & named

    @cached_property
    def partners_kept(self) -> Bools:
        kept = self.countries_kept[self.ledger.partner_country]
        wanted = self.question.partner_type
        return kept if wanted is None else kept & self.ledger.partners_of_type((wanted,))

    @property
    def _unresolved(self) -> Bools:
        return self.ledger.partner_table["ror_id"].isna().to_numpy(dtype=bool)

    @cached_property
    def _with_agreement(self) -> Ints:
        """The partner of each agreement in force on the last census day, once for each of several."""
        in_force = self.present((self.last_year,), AGREEMENTS)
        return linked(in_force, *self.ledger.partners.joined(in_force), self.partners_kept)[1]

    def _persons(self, width: int) -> Ints:
        """Different persons known by id in the activities of each country.

        Records that only say how many persons there were add none: whether they are the same ones is not known.
        """
        activity, country = self.country_pairs
        row, person = self.ledger.people.joined(activity)
        many = int(person.max(initial=0)) + 1
        pairs = distinct(country[row] * many + person)
        return np.bincount(pairs // many, minlength=width)

    def _first_and_last(self, width: int) -> tuple[Ints, Ints]:
        """First and last fiscal year of each partner on record, none after the last asked for."""
        years = self.ledger.years
        ever = self.present(tuple(year for year in years if year <= self.last_year))
        activity, partner = linked(ever, *self.ledger.partners.joined(ever), self.partners_kept)
        first = np.full(width, years[-1])
        last = np.full(width, years[0])
        np.minimum.at(first, partner, years[0] + self.ledger.first_year[activity])
        np.maximum.at(last, partner, last_counted(self.ledger, activity, self.last_year))
        return first, last


def last_counted(ledger: Ledger, activity: Ints, until: int) -> Ints:
    """The last fiscal year, none after `until`, in which each activity counts."""
    counted: Ints = ledger.years[0] + ledger.first_year[activity] + ledger.span[activity] - 1
    return ints(np.minimum(counted, until))


def linked(activities: Ints, row: Ints, code: Ints, kept: Bools) -> Pairs:
    """The links of some activities whose code is kept."""
    inside = np.flatnonzero(kept[code])
    return activities[row[inside]], code[inside]


def _largest_first(frame: pd.DataFrame, then: str) -> pd.DataFrame:
    return frame.sort_values(["activities", then], ascending=[False, True], kind="stable", ignore_index=True)


def share_of_largest(totals: Totals) -> float:
    """The share of activities with at least one of the three largest countries; NaN without any activity."""
    return totals.with_largest / totals.activities if totals.activities else float("nan")
