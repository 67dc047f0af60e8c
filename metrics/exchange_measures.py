"""Measures of exchange by partner: how evenly persons come and go between each partner abroad and us."""

from dataclasses import dataclass

import numpy as np

from metrics import words
from metrics.links import Floats, Ints, distinct, floats
from metrics.measures import Distinct, OfActivities, Place
from metrics.mobility import reciprocity
from metrics.view import Rows, View
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Flows(OfActivities):
    """Persons of two types of activity, the way out and the way in, by partner abroad; distinct for each partner."""

    def rows(self, view: View) -> Rows:
        rows, row, _ = self._links(view, self.types)
        return rows.at(distinct(row))

    def by_partner(self, view: View) -> tuple[Ints, Floats, Floats]:
        """For each cell and partner with anybody the cell, the persons out and the persons in."""
        width = len(view.ledger.partner_table)
        links = [self._links(view, (kind,)) for kind in self.types]
        keyed = [(rows.key[row] * width + partner, rows.activity[row]) for rows, row, partner in links]
        pairs = distinct(np.concatenate([key for key, _ in keyed]))
        out, back = (self._persons(view, pairs, key, activity) for key, activity in keyed)
        there = out + back > 0
        return pairs[there] // width, out[there], back[there]

    def _links(self, view: View, types: tuple[str, ...]) -> tuple[Rows, Ints, Ints]:
        return Distinct(of="partners", types=types, only=self.only, window=self.window).linked(view)

    @staticmethod
    def _persons(view: View, pairs: Ints, key: Ints, activity: Ints) -> Floats:
        place = np.searchsorted(pairs, key)
        row, person = view.ledger.people.joined(activity)
        many = int(person.max(initial=0)) + 1
        known = distinct(place[row] * many + person) // many
        nameless = np.bincount(place, weights=view.ledger.anonymous[activity], minlength=len(pairs))
        return floats(np.bincount(known, minlength=len(pairs)) + nameless)


@dataclass(frozen=True, kw_only=True)
class Reciprocity(Flows):
    """The sum over partners of min(in, out) / max(in, out): as many partners as give and take alike (`mobility`)."""

    @property
    def text(self) -> Text:
        return words.reciprocity(self.types, self.window)

    def tally(self, view: View, place: Place) -> Floats:
        cell, out, back = self.by_partner(view)
        return view.summed(cell, np.asarray(reciprocity(back, out)))


@dataclass(frozen=True, kw_only=True)
class FlowPartners(Flows):
    """Partners abroad that sent or took anybody."""

    @property
    def text(self) -> Text:
        return words.flow_partners(self.types, self.window)

    def tally(self, view: View, place: Place) -> Floats:
        cell, _, _ = self.by_partner(view)
        return np.bincount(cell, minlength=view.size).astype(np.float64)
