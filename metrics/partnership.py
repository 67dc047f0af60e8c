"""What is done with one partner institution: year by year, and by which departments."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from metrics.codes import TYPE_CODES
from metrics.ledger import Ledger
from metrics.links import Bools
from metrics.portfolio import Portfolio
from metrics.view import Selection, View


def by_year(portfolio: Portfolio, partner: int, fiscal_years: Sequence[int]) -> pd.DataFrame:
    """One row is one activity type, one column one of the fiscal years: activities with the partner (0 for none).

    All targets; what is in force counts in each of its years. Types that never occur in these years have no row.
    """
    ledger = portfolio.ledger
    selection = Selection(fiscal_years=tuple(fiscal_years), departments=(portfolio.question.department,))
    rows = View(ledger=ledger, by=("fiscal_year",), selection=selection, counting="whole").rows(TYPE_CODES)
    rows = rows.at(_with(ledger, partner)[rows.activity])
    width = len(fiscal_years)
    counts = np.bincount(ledger.kind[rows.activity] * width + rows.key, minlength=len(TYPE_CODES) * width)
    frame = pd.DataFrame(counts.reshape(len(TYPE_CODES), width), index=list(TYPE_CODES), columns=list(fiscal_years))
    return frame[frame.sum(axis=1) > 0]


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
