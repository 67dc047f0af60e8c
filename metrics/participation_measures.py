"""Measures of who takes part: persons who are new, and how unevenly the activities lie on people."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from metrics import bits, words
from metrics.bits import together
from metrics.codes import IN_FORCE, TYPE_CODES
from metrics.diversity import gini
from metrics.headcount_measures import Headcount
from metrics.ledger import Ledger
from metrics.links import Floats, Ints, distinct, stretched, times
from metrics.measures import OfActivities, Place
from metrics.view import Rows, View
from vocabulary.text import Text

LOOKED_BACK = 3  # fiscal years


class Naming(NamedTuple):
    """Rows of a view and the persons that they name: one position of `row` and `person` is one person in one row."""

    rows: Rows
    row: Ints
    person: Ints


NOBODY_NEW = Text("nobody in it is new", "新たに参加した者がいない")


@dataclass(frozen=True, kw_only=True)
class Newcomers(OfActivities):
    """Distinct persons (by id) who were in none of these activities of the same cell in the three fiscal years before.

    Not known (NaN) where records do not reach back that far. Over several years together: new in at least one.
    """

    @property
    def text(self) -> Text:
        return words.newcomers(self.types, self.only, LOOKED_BACK)

    @property
    def otherwise(self) -> Text:
        return NOBODY_NEW

    def rows(self, view: View) -> Rows:
        """The rows that name somebody new."""
        found = self.naming(view)
        return found.rows.at(distinct(found.row))

    def tally(self, view: View, place: Place) -> Floats:
        if view.is_by_year and self.window == 1:
            counted = self._new_by_year(view)
        else:
            finer, found = _by_year(view), self.naming(view)
            counted = view.distinct(finer.cell_in(view.by)[found.rows.key[found.row]], found.person)
        return np.where(self._reached(view), counted, np.nan)

    def _new_by_year(self, view: View) -> Floats:
        """How many are new in each year: of each person and year the units as a set of bits, less those of before."""
        ledger, wide = view.ledger, len(view.ledger.years)
        activity = view.activities(self.types, self.only)
        begins = ledger.first_year[activity]
        row, year = stretched(begins, np.minimum(begins + ledger.span[activity], wide))
        link, person = ledger.people.joined(activity[row])
        carriers = ledger.carriers.of_activity[activity[row[link]]]
        things, now = together(person * wide + year[link], carriers, view.shown.sets)
        person, year = things // wide, things % wide
        before = np.zeros_like(now)
        for back in range(1, LOOKED_BACK + 1):  # of one person, years that are apart by less than that stand near
            near = (person[back:] == person[:-back]) & (year[back:] - year[:-back] <= LOOKED_BACK)
            before[back:][near] |= now[:-back][near]
        asked = view.year_slot[year] >= 0
        new = (now & ~before)[asked]
        return view.flat(bits.counted(new, view.year_slot[year[asked]], view.places, view.shown.slots))

    def naming(self, view: View) -> Naming:
        """Who is new in which row, year by year."""
        finer = _by_year(view)
        now = _named(finer, finer.rows(self.types, self.only, self.window))
        earlier = _named(finer, finer.rows(self.types, self.only, LOOKED_BACK, before=self.window))
        width = int(max(now.person.max(initial=0), earlier.person.max(initial=0))) + 1
        known = earlier.rows.key[earlier.row] * width + earlier.person
        new = ~np.isin(now.rows.key[now.row] * width + now.person, known)
        return Naming(now.rows, now.row[new], now.person[new])

    def _reached(self, view: View) -> np.ndarray:
        """Whether the records of these types reach back over the years before each cell's (each of several years)."""
        first = first_year(view.ledger, self.types) + LOOKED_BACK + self.window - 1
        early = _by_year(view).labels["fiscal_year"]
        reached = np.array([int(year) - view.ledger.years[0] >= first for year in early])
        if "fiscal_year" not in view.by:
            return np.full(view.size, reached.all())
        return reached[np.unravel_index(np.arange(view.size), view.shape)[view.by.index("fiscal_year")]]


@dataclass(frozen=True, kw_only=True)
class Concentration(OfActivities):
    """Gini's coefficient of the activities per head: over a headcount, those who are in none of them included.

    Persons are told apart by id; records without ids are left out. Where more take part than the headcount holds, over
    those who do. Not computable (NaN) without a headcount or without anybody who takes part.
    """

    among: tuple[str, ...]  # populations

    @property
    def counted(self) -> Headcount:
        """The people over whom it is taken."""
        return Headcount(populations=self.among)

    @property
    def text(self) -> Text:
        return words.concentration(self.among, self.types, self.only)

    def tally(self, view: View, place: Place) -> Floats:
        heads, found = self.counted.tally(view, place), _named(view, self.rows(view))
        width = int(found.person.max(initial=0)) + 1
        pairs, often = times(found.rows.key[found.row] * width + found.person)
        starts = np.searchsorted(pairs // width, np.arange(view.size + 1))
        concentrated = np.full(view.size, np.nan)
        for cell in np.flatnonzero((heads > 0) & (np.diff(starts) > 0)):
            of_cell = often[starts[cell] : starts[cell + 1]]
            concentrated[cell] = gini(of_cell, nothing=without_any(of_cell, heads[cell]))
        return concentrated


def without_any(values: Floats | Ints, heads: float) -> int:
    """How many of a headcount hold nothing, where `values` are of those who hold something."""
    return max(int(heads) - len(values), 0)


def first_year(ledger: Ledger, types: tuple[str, ...]) -> int:
    """The first fiscal year (position) whose records of these types are complete: that of the earliest event.

    What is in force begins earlier than records do. Without events, the earliest of what is in force; without
    records, beyond the last year.
    """
    first, last = ledger.coverage
    mine = np.array([code in types for code in TYPE_CODES]) & (first <= last)
    events = mine & ~IN_FORCE
    return int(first[events if events.any() else mine].min(initial=len(ledger.years)))


def _by_year(view: View) -> View:
    """The view with a place for each year, the last dimension where it has none."""
    return view if "fiscal_year" in view.by else replace(view, by=(*view.by, "fiscal_year"))


def _named(view: View, rows: Rows) -> Naming:
    return Naming(rows, *view.ledger.people.joined(rows.activity))
