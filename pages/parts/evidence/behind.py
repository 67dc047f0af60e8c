"""What is behind a figure: the figure itself, its records as far as the reader may read them, and what each adds."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.contributions import Contributions, contributions
from metrics.record_list import RecordList
from metrics.tabulate import NO_DATA
from pages.parts import data
from pages.parts.evidence.asked import Asked
from pages.parts.language import current_language


@dataclass(frozen=True, kw_only=True, eq=False)
class Figure:
    """One figure, as every other page shows it."""

    status: str
    value: float
    numerator: float
    denominator: float
    known: float  # records of its kind with a known country and without; NaN where countries do not matter
    unknown: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Behind:
    """The records of one part of a figure. `rows`: one row is one activity that the reader may read."""

    everything: Contributions  # of all records, whoever may read them
    readable: int  # how many of all the reader may read
    rows: pd.DataFrame  # those of them with the partner and import asked for, the latest first

    @property
    def hidden(self) -> int:
        return len(self.everything.activity_ids) - self.readable


def figure(asked: Asked) -> Figure | None:
    """The figure; None where all records are asked for."""
    if asked.indicator is None:
        return None
    keys, selection = (asked.indicator.key,), asked.selection
    found = data.figures(keys, ("department",), selection, asked.narrowed.counting)
    nan = float("nan")
    if found.empty:
        return Figure(status=NO_DATA, value=nan, numerator=nan, denominator=nan, known=nan, unknown=nan)
    row = found.iloc[0]
    names = ("value", "numerator", "denominator", "known", "unknown")
    return Figure(status=str(row["status"]), **{name: float(row[name]) for name in names})


def behind(asked: Asked, part: str) -> Behind:
    """The records that a part of the figure counts."""
    ledger = data.ledger()
    found = contributions(
        ledger,
        asked.measure(part),
        department=asked.department,
        fiscal_years=asked.fiscal_years,
        selection=asked.narrowed.selection(),
        counting=asked.narrowed.counting,
    )
    words = RecordList(ledger, data.department_names(), current_language())
    ids = found.activity_ids
    if asked.partner is not None:
        wanted = np.arange(len(ledger.partner_table)) == asked.partner
        ids = ids[ledger.partners.any_of(wanted)[words.positions(ids)]]
    read = data.records().activities(ids=ids.tolist())
    readable = len(read) if len(ids) == len(found.activity_ids) else _readable(found)
    rows = words.of(read).assign(counts_as=found.of(read["activity_id"].to_numpy()))
    if asked.import_id is not None:
        rows = rows[rows["import_id"] == asked.import_id]
    rows = rows.sort_values(["start_date", "activity_id"], ascending=False, kind="stable", ignore_index=True)
    return Behind(everything=found, readable=readable, rows=rows)


def _readable(found: Contributions) -> int:
    """How many of the records the reader may read, without reading them."""
    if data.reader().scope.whole_university:
        return len(found.activity_ids)
    return len(data.records().activities(columns=("activity_id",), ids=found.activity_ids.tolist()))
