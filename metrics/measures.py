"""Measures: the ways to turn records into one number per cell. A declaration of an indicator is made of these.

Every measure is a frozen dataclass that can say itself (`text`), tally itself over a view (`tally`: one number
a cell, NaN where no headcount says) and name the activities behind it (`rows`).
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

import numpy as np

from metrics import words
from metrics.conditions import COMPANY
from metrics.dealings import Dealings
from metrics.links import Bools, Floats, Ints, floats, times
from metrics.view import Hits, Rows, View
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.text import Text

OF_PARTNERS = ("partners", "companies")
ALL_TYPES = tuple(ACTIVITY_TYPES)
Place = tuple[str, str]  # target and process of the indicator that asks


class Measure(Protocol):
    """What numerators and denominators are made of."""

    @property
    def types(self) -> tuple[str, ...]:
        """The activity types it counts; none for headcounts."""
        ...

    @property
    def text(self) -> Text: ...

    def tally(self, view: View, place: Place) -> Floats: ...

    def __add__(self, other: "Measure") -> "Measure": ...

    def __sub__(self, other: "Measure") -> "Measure": ...


class Addable:
    """Measures add and subtract cell by cell."""

    def __add__(self, other: Measure) -> "Sum":
        return Sum(((1, self), (1, other)))  # type: ignore[arg-type]  # a mixin of measures only

    def __sub__(self, other: Measure) -> "Sum":
        return Sum(((1, self), (-1, other)))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Sum(Addable):
    """Terms added or taken away."""

    terms: tuple[tuple[int, Measure], ...]

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind for _, term in self.terms for kind in term.types))

    @property
    def text(self) -> Text:
        return words.added([(sign, term.text) for sign, term in self.terms])

    def tally(self, view: View, place: Place) -> Floats:
        return floats(np.sum([sign * term.tally(view, place) for sign, term in self.terms], axis=0))


@dataclass(frozen=True, kw_only=True)
class OfActivities(Addable):
    """What all measures of activities share: the types, the conditions, and the years they look back."""

    types: tuple[str, ...] = ALL_TYPES
    only: tuple[str, ...] = ()  # names of metrics.conditions.CONDITIONS
    window: int = 1  # fiscal years, the asked-for one included
    follows_counting: ClassVar[bool] = False  # whether whole, fractional and lead counting differ

    @property
    def read_with(self) -> tuple[str, ...]:
        """Types that it looks at without counting their records."""
        return ()

    @property
    def otherwise(self) -> Text | None:
        """Why a record that meets the conditions may not count all the same; None where it always counts."""
        return None

    def hits(self, view: View) -> Hits:
        """The activities that meet the conditions, in the cells that they count in."""
        return view.hits(self.types, self.only, self.window)

    def rows(self, view: View) -> Rows:
        """The activities behind the figure, by unit."""
        return self.hits(view).rows


@dataclass(frozen=True, kw_only=True)
class Activities(OfActivities):
    """Activities, under the counting rule: whole, fractional (by shares) or lead."""

    follows_counting = True

    @property
    def text(self) -> Text:
        return words.activities(self.types, self.only, self.window)

    def tally(self, view: View, place: Place) -> Floats:
        return view.number(self.types, self.only, self.window)


@dataclass(frozen=True, kw_only=True)
class Persons(OfActivities):
    """Distinct persons at the asked-for grain: ids, plus the numbers of records without ids (else one)."""

    @property
    def text(self) -> Text:
        return words.persons(self.types, self.only, self.window)

    def tally(self, view: View, place: Place) -> Floats:
        hits = self.hits(view)
        number = view.ledger.anonymous[hits.activity]
        nameless = hits.at(number > 0).rows
        unnamed = view.summed(nameless.key, view.ledger.anonymous[nameless.activity])
        return view.different(hits, *view.ledger.people.joined(hits.activity)) + unnamed


@dataclass(frozen=True, kw_only=True)
class Money(OfActivities):
    """Yen. Whole to each department (once to the university), or by shares in fractional counting.

    Lead counting is a rule for activities and leaves money whole. Amounts in a currency without a rate are left out.
    """

    follows_counting = True

    @property
    def text(self) -> Text:
        return words.money(self.types, self.only)

    def tally(self, view: View, place: Place) -> Floats:
        hits = self.hits(view)
        rows = hits.at(~np.isnan(view.ledger.yen[hits.activity])).rows
        part = rows.share if view.counting == "fractional" else 1.0
        return view.summed(rows.key, view.ledger.yen[rows.activity] * part)

    def left_out(self, view: View) -> Floats:
        """How many records each cell leaves out because their currency has no rate for the year."""
        hits = self.hits(view)
        return view.counted(hits.at(view.ledger.unconverted[hits.activity]), "whole")


@dataclass(frozen=True, kw_only=True)
class Distinct(OfActivities):
    """How many different countries, partners, companies (all abroad), languages or SDGs the activities have."""

    of: Literal["countries", "partners", "companies", "languages", "sdgs"]
    at_least: int = 1  # activities that a partner must share to be counted

    @property
    def things(self) -> Text:
        """What is counted: companies abroad, ..."""
        return words.THINGS[self.of]

    @property
    def text(self) -> Text:
        return words.distinct(self.of, self.types, self.only, self.window, self.at_least)

    def tally(self, view: View, place: Place) -> Floats:
        if self.at_least > 1 and view.is_by_year and self.of in OF_PARTNERS:
            dealings = self.dealings(view)
            return dealings.partners(dealings.times >= self.at_least)
        if self.at_least > 1:
            return view.distinct(*self.counted(view))
        hits = self.hits(view)
        return view.different(hits, *self.links(view, hits.activity, hits.country))

    def dealings(self, view: View) -> Dealings:
        """How often each unit has to do with each of them in each year; of partners and companies only."""
        activity = view.activities(self.types, self.only)
        link, partner = self.links(view, activity)
        return Dealings.of(view, activity[link], partner, self.window)

    def counted(self, view: View) -> tuple[Ints, Ints]:
        """Cell and code of each link whose code comes often enough in the cell."""
        key, code = self.pairs(view)
        if self.at_least == 1:
            return key, code
        width = int(code.max(initial=0)) + 1
        pairs, often = times(key * width + code)
        kept = pairs[often >= self.at_least]
        return kept // width, kept % width

    def pairs(self, view: View) -> tuple[Ints, Ints]:
        """Cell and code of each link; under a choice of countries only what lies in them."""
        rows, row, code = self.linked(view)
        return rows.key[row], code

    def linked(self, view: View) -> tuple[Rows, Ints, Ints]:
        """The rows behind the figure, and for each of their links the row's position and the link's code."""
        rows = self.rows(view)
        return rows, *self.links(view, rows.activity, rows.country)

    def links(self, view: View, activity: Ints, country: Ints | None = None) -> tuple[Ints, Ints]:
        """Of each link of some activities the position of these, and the code; `country` is that of each position."""
        ledger = view.ledger
        if self.of == "languages":
            spoken = ledger.language[activity]
            return np.flatnonzero(spoken >= 0), spoken[spoken >= 0]
        links = {"countries": ledger.countries, "sdgs": ledger.sdgs}.get(self.of, ledger.partners)
        row, code = links.joined(activity)
        if self.of == "sdgs":
            return row, code
        of_code = code if self.of == "countries" else ledger.partner_country[code]
        kept = ledger.foreign[of_code] & _asked(view, of_code, None if country is None else country[row])
        if self.of == "companies":
            kept &= ledger.partners_of_type(COMPANY)[code]
        at = np.flatnonzero(kept)
        return row[at], code[at]


def _asked(view: View, country: Ints, of_row: Ints | None) -> Bools:
    """Which links lie in the countries asked for: those of the selection, and the row's own where it has one."""
    kept: Bools = np.ones(len(country), dtype=bool) if of_row is None else of_row == country
    if view.selection.countries is not None and view.selection.country_rule == "any":
        kept &= view.chosen_countries[country]
    return kept
