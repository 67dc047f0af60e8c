"""On whom our international activities rest: the largest person, country and partner; partners of one person.

Persons are counted and never named: nothing here gives back who they are.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.links import Ints, distinct
from metrics.portfolio import Portfolio, last_counted

TOP = 10
LEAST = 3  # activities from which it matters that one person carries a partnership
HALF = 0.5


class Dependence(NamedTuple):
    """Shares are of the international activities, those of persons of the ones that name a person; NaN for none."""

    activities: int
    with_persons: int
    persons: int
    largest_person: float  # the share in which the person with most activities takes part
    half: int  # the fewest persons, those with most activities first, who between them take part in half
    largest_country: str  # alpha-2; nothing where there is none
    country_share: float
    largest_partner: int  # position in the ledger; -1 where there is none
    partner_share: float
    top_partners_share: float  # activities with at least one of the ten largest partners


def dependence(portfolio: Portfolio) -> Dependence:
    """How much of the international activities hangs on the largest person, country and partners. Whole counting."""
    ledger = portfolio.ledger
    found = distinct(portfolio.country_pairs[0])
    row, person = ledger.people.joined(found)
    of_person, best = _ranked(row, person, len(found))
    of_country, _ = _ranked(*_placed(found, *portfolio.country_pairs), len(found))
    of_partner, rank = _ranked(*_placed(found, *portfolio.partner_pairs), len(found))
    named = int((best >= 0).sum())
    covered = np.cumsum(np.bincount(best[best >= 0], minlength=1))
    return Dependence(
        activities=len(found),
        with_persons=named,
        persons=len(of_person),
        largest_person=_share(_most(of_person), named),
        half=int(np.searchsorted(covered, named / 2)) + 1 if named else 0,
        largest_country=ledger.country_codes[int(of_country.index[0])] if len(of_country) else "",
        country_share=_share(_most(of_country), len(found)),
        largest_partner=int(of_partner.index[0]) if len(of_partner) else -1,
        partner_share=_share(_most(of_partner), len(found)),
        top_partners_share=_share(int(((rank >= 0) & (rank < TOP)).sum()), len(found)),
    )


def persons_by_partner(portfolio: Portfolio, least: int = LEAST) -> pd.DataFrame:
    """One row is one partner abroad with at least so many activities: how much of them hangs on one person.

    `partner` (position), `activities`, `persons` (named in them), `largest` (the share of the activities that name
    anybody in which the person with most takes part), `last_year`; the most dependent first. Partners whose activities
    name nobody are not there.
    """
    activity, partner = portfolio.partner_pairs
    ledger, width = portfolio.ledger, len(portfolio.ledger.partner_table)
    row, person = ledger.people.joined(activity)
    many = int(person.max(initial=0)) + 1
    pairs, times = np.unique(partner[row] * many + person, return_counts=True)
    most = np.zeros(width, dtype=np.int64)
    np.maximum.at(most, pairs // many, times)
    named = np.bincount(partner[ledger.people.counts[activity] > 0], minlength=width)
    last = np.zeros(width, dtype=np.int64)
    np.maximum.at(last, partner, last_counted(ledger, activity, portfolio.last_year))
    frame = pd.DataFrame(
        {
            "partner": np.arange(width),
            "activities": np.bincount(partner, minlength=width),
            "persons": np.bincount(pairs // many, minlength=width),
            "largest": most / np.maximum(named, 1),
            "last_year": last,
        }
    )
    kept = frame.loc[(frame["activities"] >= least) & (named > 0)]
    return kept.sort_values(["largest", "activities"], ascending=False, kind="stable", ignore_index=True)


def on_one_person(by_partner: pd.DataFrame) -> pd.DataFrame:
    """The partners with whom one person takes part in at least half of the activities."""
    return by_partner.loc[by_partner["largest"] >= HALF]


def _placed(found: Ints, activity: Ints, code: Ints) -> tuple[Ints, Ints]:
    """Pairs of activities and codes with the activity's place among those found."""
    return np.searchsorted(found, activity), code


def _ranked(row: Ints, code: Ints, rows: int) -> "tuple[pd.Series[int], Ints]":
    """Activities of each code, the largest first; and for each row the rank of its largest code, -1 without any."""
    codes, times = np.unique(code, return_counts=True)
    order = np.argsort(-times, kind="stable")
    rank = np.empty(len(codes), dtype=np.int64)
    rank[order] = np.arange(len(codes))
    best = np.full(rows, len(codes), dtype=np.int64)
    np.minimum.at(best, row, rank[np.searchsorted(codes, code)])
    return pd.Series(times[order], index=codes[order]), np.where(best == len(codes), -1, best)


def _most(times: "pd.Series[int]") -> int:
    return int(times.iloc[0]) if len(times) else 0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
