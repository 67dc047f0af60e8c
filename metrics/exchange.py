"""Is the exchange of students mutual? Persons who came from and went to each partner over five fiscal years."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.links import Floats, Ints, distinct, floats
from metrics.mobility import balance, reciprocity
from metrics.portfolio import Portfolio, linked

YEARS = 5
INBOUND, OUTBOUND = "student_exchange_inbound", "student_exchange_outbound"
MUTUAL = 0.5  # from here on the smaller flow is at least half of the larger


class Exchange(NamedTuple):
    """The exchange with all partners in numbers."""

    came: int
    went: int
    partners: int
    mutual: int  # partners whose smaller flow is at least half of the larger
    one_way: int  # partners with a flow in one direction only


def exchange_by_partner(portfolio: Portfolio) -> pd.DataFrame:
    """One row is one partner abroad of student exchange in the five fiscal years up to the last asked for.

    `partner` (position), `came`, `went` (persons: distinct ids, and the numbers of records without ids),
    `reciprocity` (smaller / larger flow), `balance`; most persons first.
    """
    came, went = _persons(portfolio, INBOUND), _persons(portfolio, OUTBOUND)
    frame = pd.DataFrame({"partner": np.arange(len(came)), "came": came, "went": went}).astype("int64")
    frame = frame[(frame["came"] + frame["went"]) > 0]
    frame = frame.assign(
        reciprocity=reciprocity(frame["came"], frame["went"]), balance=balance(frame["came"], frame["went"])
    )
    order = (frame["came"] + frame["went"]).sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def exchange(portfolio: Portfolio, by_partner: pd.DataFrame) -> Exchange:
    """The same with all of them together: a person who went to two partners is one."""
    return Exchange(
        came=_all_persons(portfolio, INBOUND),
        went=_all_persons(portfolio, OUTBOUND),
        partners=len(by_partner),
        mutual=int((by_partner["reciprocity"] >= MUTUAL).sum()),
        one_way=int((by_partner["reciprocity"] == 0).sum()),
    )


def years_of(portfolio: Portfolio) -> tuple[int, ...]:
    """The five fiscal years up to the last asked for, as far as there are records."""
    first = max(portfolio.last_year - YEARS + 1, int(portfolio.ledger.years[0]))
    return tuple(range(first, portfolio.last_year + 1))


def _pairs(portfolio: Portfolio, kind: str) -> tuple[Ints, Ints]:
    done = portfolio.present(years_of(portfolio), (kind,))
    return linked(done, *portfolio.ledger.partners.joined(done), portfolio.partners_kept)


def _persons(portfolio: Portfolio, kind: str) -> Floats:
    """Distinct persons of each partner (position)."""
    activity, partner = _pairs(portfolio, kind)
    ledger, width = portfolio.ledger, len(portfolio.ledger.partner_table)
    row, person = ledger.people.joined(activity)
    many = int(person.max(initial=0)) + 1
    known = distinct(partner[row] * many + person) // many
    unknown = np.bincount(partner, weights=ledger.anonymous[activity], minlength=width)
    return floats(np.bincount(known, minlength=width) + unknown)


def _all_persons(portfolio: Portfolio, kind: str) -> int:
    activity = distinct(_pairs(portfolio, kind)[0])
    _, person = portfolio.ledger.people.joined(activity)
    return len(distinct(person)) + int(portfolio.ledger.anonymous[activity].sum())
