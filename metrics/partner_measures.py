"""Measures of partners abroad: on whom we depend, who comes again, whether agreements live, whom papers tie us to."""

from dataclasses import dataclass, replace

import numpy as np

from metrics import words
from metrics.bits import Words, has, words_of
from metrics.dealings import Dealings, lively
from metrics.ledger import Ledger
from metrics.links import Bools, Floats, Ints, distinct, runs
from metrics.measures import Activities, Distinct, OfActivities, Place
from metrics.research_network import research_network_index
from metrics.view import Rows, View
from vocabulary.text import Text

ABROAD = {"partners": "partner_abroad", "companies": "company_abroad"}  # what a record needs to have such a link
YEARS_OF_SILENCE = 3  # fiscal years, the asked-for one included, without which an agreement is dormant


@dataclass(frozen=True, kw_only=True)
class Alive(Activities):
    """Agreements of which a partner takes part in something else of the same unit within the last fiscal years.

    The unit is the one asked for with all below it: at the university anybody's activity with the partner will do.
    """

    through: tuple[str, ...]  # types of activity by which an agreement lives
    years: int = YEARS_OF_SILENCE

    @property
    def text(self) -> Text:
        return words.alive(self.types, self.through, self.years)

    @property
    def read_with(self) -> tuple[str, ...]:
        return self.through

    @property
    def otherwise(self) -> Text:
        return words.not_alive(self.through, self.years)

    def tally(self, view: View, place: Place) -> Floats:
        rows = self.rows(view)
        return view.summed(rows.key, rows.weight)

    def rows(self, view: View) -> Rows:
        agreed, dealt = super().rows(view), lively(view.ledger, self.through, self.years)
        if "fiscal_year" in view.by:
            year = view.ledger_year[view.along("fiscal_year", agreed.key)]
        else:
            dealt = np.bitwise_or.reduce(dealt[:, view.year_slot >= 0], axis=1, keepdims=True)
            year = np.zeros(len(agreed.key), dtype=np.int64)
        units = np.flatnonzero(view.unit_slot >= 0)
        of_slot = words_of(view.unit_slot[units], units, view.shown.slots, len(view.ledger.units))
        return agreed.at(
            shares_partner(view.ledger, agreed.activity, of_slot[view.shown.slot[agreed.at_shown]], dealt, year)
        )


@dataclass(frozen=True, kw_only=True)
class WithLargest(Activities):
    """Activities with any of the partners abroad that take part in most of the activities of the cell.

    Partners are ranked by activities that count under the counting rule, each as one; of equals, those that came into
    the records first go first.
    """

    most: int = 10  # partners

    @property
    def text(self) -> Text:
        return words.with_largest(self.types, self.only, self.most)

    @property
    def otherwise(self) -> Text:
        return Text(
            f"with none of the {self.most} largest partners of its year", f"その年度の上位{self.most}機関を含まない"
        )

    def tally(self, view: View, place: Place) -> Floats:
        rows = self.rows(view)
        return view.summed(rows.key, rows.weight)

    def rows(self, view: View) -> Rows:
        partners = Distinct(of="partners", types=self.types, only=self.only, window=self.window)
        if view.is_by_year:
            return self._of_years(view, partners)
        rows, row, partner = partners.linked(view)
        counted = rows.weight[row] > 0
        row, pair = row[counted], _paired(view.ledger, rows.key[row], partner)[counted]
        pairs, times = np.unique(pair, return_counts=True)
        cell = pairs // len(view.ledger.partner_table)
        order = np.lexsort((pairs, -times, cell))
        place = np.arange(len(order)) - np.searchsorted(cell, cell[order])
        return rows.at(distinct(row[np.isin(pair, pairs[order][place < self.most])]))

    def _of_years(self, view: View, partners: Distinct) -> Rows:
        """The same where each year stands alone: the units in whose largest a partner is are a set of bits."""
        ledger, wide = view.ledger, len(view.ledger.years)
        activity = view.activities(self.types, self.only)
        link, partner = partners.links(view, activity)
        dealings = Dealings.of(view, activity[link], partner, self.window, view.counting)
        row, year = np.nonzero(dealings.largest(self.most))
        largest = words_of(
            dealings.partner[row] * wide + year, dealings.slot[row], len(ledger.partner_table) * wide, view.shown.slots
        )
        hits = self.hits(view)
        link, partner = partners.links(view, hits.activity)
        first = runs(link)
        if not len(first):
            return hits.at(first).rows
        sets = np.bitwise_or.reduceat(largest[partner * wide + view.ledger_year[hits.place[link]]], first, axis=0)
        rows = hits.at(link[first]).rows
        return rows.at(has(sets[rows.of_hit], view.shown.slot[rows.at_shown]))


@dataclass(frozen=True, kw_only=True)
class Repeating(Distinct):
    """Different partners or companies abroad with an activity in several of the years that it looks back."""

    in_years: int = 2  # fiscal years of the `window`

    @property
    def things(self) -> Text:
        return words.coming_again(self.of, self.window, self.in_years)

    @property
    def text(self) -> Text:
        return words.repeating(self.of, self.types, self.only, self.window, self.in_years)

    @property
    def otherwise(self) -> Text:
        return Text(
            f"its partners have nothing in another of the {self.window} fiscal years",
            f"その相手との活動が{self.window}年度間のほかの年度にない",
        )

    def tally(self, view: View, place: Place) -> Floats:
        if not view.is_by_year:
            return view.distinct(*self.counted(view))
        dealings = self._each.dealings(view)
        years = np.cumsum(dealings.times > 0, axis=1)
        years[:, self.window :] = years[:, self.window :] - years[:, : -self.window]
        return dealings.partners(years >= self.in_years)

    def rows(self, view: View) -> Rows:
        return self.linked(view)[0]

    def linked(self, view: View) -> tuple[Rows, Ints, Ints]:
        """The rows with one that comes again, and their links with such."""
        rows, row, code = replace(self._each, window=self.window).linked(view)
        again = np.isin(_paired(view.ledger, rows.key[row], code), self._again(view))
        kept, place = np.unique(row[again], return_inverse=True)
        return rows.at(kept), place, code[again]

    @property
    def _each(self) -> Distinct:
        return Distinct(of=self.of, types=self.types, only=(*self.only, ABROAD[self.of]))

    def _again(self, view: View) -> Ints:
        """Cell and partner, in one number, of those with activities in enough fiscal years."""
        asked = view.ledger.fiscal_years if view.selection.fiscal_years is None else view.selection.fiscal_years
        back = range(self.window)
        if "fiscal_year" in view.by:  # as many years before each of them, put into its cells
            apart = [tuple(year - before for year in asked) for before in back]
        else:
            apart = [(year,) for year in sorted({year - before for year in asked for before in back})]
        views = [replace(view, selection=replace(view.selection, fiscal_years=years)) for years in apart]
        found = [distinct(_paired(view.ledger, *self._each.pairs(earlier))) for earlier in views]
        pairs, years_with = np.unique(np.concatenate(found), return_counts=True)
        return pairs[years_with >= self.in_years]


@dataclass(frozen=True, kw_only=True)
class NetworkIndex(OfActivities):
    """L / ln P over partners abroad with enough joint activities: P of them, in L countries; NaN for one or none."""

    at_least: int = 3  # joint activities within the `window`

    @property
    def text(self) -> Text:
        return words.network_index(self.types, self.only, self.window, self.at_least)

    @property
    def otherwise(self) -> Text:
        return words.not_sustained(self.window, self.at_least)

    @property
    def _sustained(self) -> Distinct:
        only = (*self.only, ABROAD["partners"])
        return Distinct(of="partners", types=self.types, only=only, window=self.window, at_least=self.at_least)

    def rows(self, view: View) -> Rows:
        rows, row, partner = self._sustained.linked(view)
        wanted = distinct(_paired(view.ledger, *self._sustained.counted(view)))
        return rows.at(distinct(row[np.isin(_paired(view.ledger, rows.key[row], partner), wanted)]))

    def tally(self, view: View, place: Place) -> Floats:
        if "country" in view.by:
            return np.full(view.size, np.nan)
        if view.is_by_year:
            dealings = self._sustained.dealings(view)
            often = dealings.times >= self.at_least
            return np.asarray(research_network_index(dealings.countries(often), dealings.partners(often)))
        cell, partner = self._sustained.counted(view)
        countries = view.distinct(cell, view.ledger.partner_country[partner])
        return np.asarray(research_network_index(countries, view.distinct(cell, partner)))


def shares_partner(ledger: Ledger, activity: Ints, units: Words, dealt: Words, year: Ints) -> Bools:
    """Which activities have a partner with which one of their units had to do: `dealt` with each in each year.

    One row of `units` and one `year` (position in `dealt`) an activity.
    """
    row, partner = ledger.partners.joined(activity)
    shared = np.zeros(len(activity), dtype=bool)
    shared[row[(dealt[partner, year[row]] & units[row]).any(axis=1)]] = True
    return shared


def _paired(ledger: Ledger, cell: Ints, partner: Ints) -> Ints:
    """A cell and a partner as one number."""
    return cell * len(ledger.partner_table) + partner
