"""Measures: the ways to turn records into one number per cell. A declaration of an indicator is made of these.

Every measure is a frozen dataclass that can say itself (`text`), tally itself over a view (`tally`: one number
a cell, NaN where no headcount says) and name the activities behind it (`rows`).
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

import numpy as np

from metrics import words
from metrics.conditions import COMPANY
from metrics.links import Bools, Floats, Ints, floats
from metrics.view import Rows, View
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.text import Text

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

    def rows(self, view: View) -> Rows:
        """The rows of presence behind the figure."""
        return view.rows(self.types, self.only, self.window)


@dataclass(frozen=True, kw_only=True)
class Activities(OfActivities):
    """Activities, under the counting rule: whole, fractional (by shares) or lead."""

    follows_counting = True

    @property
    def text(self) -> Text:
        return words.activities(self.types, self.only, self.window)

    def tally(self, view: View, place: Place) -> Floats:
        return view.counted(self.rows(view))


@dataclass(frozen=True, kw_only=True)
class Persons(OfActivities):
    """Distinct persons at the asked-for grain: ids, plus the numbers of records without ids (else one)."""

    @property
    def text(self) -> Text:
        return words.persons(self.types, self.only, self.window)

    def tally(self, view: View, place: Place) -> Floats:
        rows = self.rows(view)
        row, person = view.ledger.people.joined(rows.activity)
        return view.distinct(rows.key[row], person) + view.summed(rows.key, view.ledger.anonymous[rows.activity])


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
        rows = self.rows(view)
        part = rows.share if view.counting == "fractional" else np.ones_like(rows.share)
        return view.summed(rows.key, np.nan_to_num(view.ledger.yen[rows.activity]) * part)

    def left_out(self, view: View) -> Floats:
        """How many records each cell leaves out because their currency has no rate for the year."""
        rows = self.rows(view)
        return view.summed(rows.key, floats(view.ledger.unconverted[rows.activity]))


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
        return view.distinct(*self.counted(view))

    def counted(self, view: View) -> tuple[Ints, Ints]:
        """Cell and code of each link whose code comes often enough in the cell."""
        key, code = self.pairs(view)
        if self.at_least == 1:
            return key, code
        width = int(code.max(initial=0)) + 1
        pairs, times = np.unique(key * width + code, return_counts=True)
        kept = pairs[times >= self.at_least]
        return kept // width, kept % width

    def pairs(self, view: View) -> tuple[Ints, Ints]:
        """Cell and code of each link; under a choice of countries only what lies in them."""
        rows, row, code = self.linked(view)
        return rows.key[row], code

    def linked(self, view: View) -> tuple[Rows, Ints, Ints]:
        """The rows behind the figure, and for each of their links the row's position and the link's code."""
        rows, ledger = self.rows(view), view.ledger
        if self.of == "languages":
            spoken = ledger.language[rows.activity]
            return rows, np.flatnonzero(spoken >= 0), spoken[spoken >= 0]
        links = {"countries": ledger.countries, "sdgs": ledger.sdgs}.get(self.of, ledger.partners)
        row, code = links.joined(rows.activity)
        kept = np.ones(len(code), dtype=bool)
        if self.of != "sdgs":
            country = code if self.of == "countries" else ledger.partner_country[code]
            kept &= ledger.foreign[country] & _asked(view, country, None if rows.country is None else rows.country[row])
        if self.of == "companies":
            kept &= ledger.partners_of_type(COMPANY)[code]
        return rows, row[kept], code[kept]


def _asked(view: View, country: Ints, of_row: Ints | None) -> Bools:
    """Which links lie in the countries asked for: those of the selection, and the row's own where it has one."""
    kept: Bools = np.ones(len(country), dtype=bool) if of_row is None else of_row == country
    if view.selection.countries is not None and view.selection.country_rule == "any":
        kept &= view.chosen_countries[country]
    return kept
