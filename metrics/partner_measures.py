"""Measures of partners abroad: on whom we depend, who comes again, whether agreements live, whom papers tie us to."""

from dataclasses import dataclass, replace

import numpy as np

from metrics import words
from metrics.ledger import Ledger
from metrics.links import Bools, Floats, Ints, distinct
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
        agreed, everything = super().rows(view), view.unfiltered
        lately = everything.rows(self.through, window=self.years)
        return agreed.at(shares_partner(view.ledger, agreed.activity, view.cell_in(everything.by)[agreed.key], lately))


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
        rows, row, partner = partners.linked(view)
        counted = rows.weight[row] > 0
        row, pair = row[counted], _paired(view.ledger, rows.key[row], partner)[counted]
        pairs, times = np.unique(pair, return_counts=True)
        cell = pairs // len(view.ledger.partner_table)
        order = np.lexsort((pairs, -times, cell))
        place = np.arange(len(order)) - np.searchsorted(cell, cell[order])
        return rows.at(distinct(row[np.isin(pair, pairs[order][place < self.most])]))


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
        return view.distinct(*self.counted(view))

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
        cell, partner = self._sustained.counted(view)
        countries = view.distinct(cell, view.ledger.partner_country[partner])
        return np.asarray(research_network_index(countries, view.distinct(cell, partner)))


def shares_partner(ledger: Ledger, activity: Ints, cell: Ints, others: Rows) -> Bools:
    """Which activities, each in a cell, have a partner that takes part in one of the other rows of that cell."""
    row, partner = ledger.partners.joined(others.activity)
    lively = distinct(_paired(ledger, others.key[row], partner))
    row, partner = ledger.partners.joined(activity)
    shared = np.zeros(len(activity), dtype=bool)
    shared[row[np.isin(_paired(ledger, cell[row], partner), lively)]] = True
    return shared


def _paired(ledger: Ledger, cell: Ints, partner: Ints) -> Ints:
    """A cell and a partner as one number."""
    return cell * len(ledger.partner_table) + partner
