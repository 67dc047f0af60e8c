"""What is done with one partner institution: year by year, and by which departments."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from metrics.ledger import TYPE_CODES, Ledger
from metrics.links import Bools
from metrics.portfolio import Portfolio
from metrics.view import Selection, View


def by_year(portfolio: Portfolio, partner: int) -> pd.DataFrame:
    """One row is one fiscal year and activity type with at least one activity with the partner: `activities`.

    All years on record up to the last asked for, and all targets; what is in force counts in each of its years.
    """
    ledger = portfolio.ledger
    years = tuple(year for year in ledger.years if year <= portfolio.last_year)
    selection = Selection(fiscal_years=years, departments=(portfolio.question.department,))
    rows = View(ledger=ledger, by=("fiscal_year",), selection=selection, counting="whole").rows(TYPE_CODES)
    rows = rows.at(_with(ledger, partner)[rows.activity])
    cell, times = np.unique(rows.key * len(TYPE_CODES) + ledger.kind[rows.activity], return_counts=True)
    return pd.DataFrame(
        {
            "fiscal_year": np.array(years, dtype=np.int64)[cell // len(TYPE_CODES)],
            "activity_type": np.array(TYPE_CODES)[cell % len(TYPE_CODES)],
            "activities": times,
        }
    )


def by_department(portfolio: Portfolio, partner: int, covered: Callable[[str], bool]) -> pd.DataFrame:
    """One row is one department with activities of the question's years and target with the partner: `activities`.

    Only departments that the reader covers, whoever else takes part; the one with most activities first.
    """
    ledger = portfolio.ledger
    activity = portfolio.activities[_with(ledger, partner)[portfolio.activities]]
    _, unit = ledger.departments.joined(activity)
    times = np.bincount(unit, minlength=len(ledger.units))
    frame = pd.DataFrame({"department": ledger.units, "activities": times})
    seen = frame["department"].map(covered).astype(bool) & (frame["activities"] > 0)
    return frame[seen].sort_values("activities", ascending=False, kind="stable", ignore_index=True)


def _with(ledger: Ledger, partner: int) -> Bools:
    """Which activities have this partner."""
    return ledger.partners.any_of(np.arange(len(ledger.partner_table)) == partner)
