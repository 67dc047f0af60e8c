"""Which figures move, and by how much, when the records change: two tables of figures side by side."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.catalogue import INDICATORS
from metrics.declared import declared, where_it_exists
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.tabulate import NO_DATA, tabulate


class Figures(NamedTuple):
    """Every figure that there is: the table, and the indicators of it by key."""

    table: pd.DataFrame
    indicators: Mapping[str, Indicator]


def every_figure(frames: Mapping[str, pd.DataFrame], declared_rows: pd.DataFrame) -> Figures:
    """The figures of all indicators, departments and fiscal years, as `tabulate` gives them.

    `frames`: those of `metrics.ledger.FRAMES`; `declared_rows`: as `Records.declared_indicators`.
    """
    ledger = Ledger.of(frames)
    indicators = INDICATORS | declared(declared_rows).indicators
    return Figures(where_it_exists(tabulate(ledger, indicators.values()), indicators, ledger.tree), indicators)


CELL = ["indicator", "department", "fiscal_year"]


def moves(before: pd.DataFrame, after: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    """The figures that differ between two tables of `tabulate`, the largest moves first.

    One row is one indicator of one department in one fiscal year. Columns: `indicator`, `department`, `fiscal_year`,
    `before`, `after` (as `value` of `tabulate`: a share is a fraction, money is yen; NaN where there is no value),
    `difference` (after - before; NaN where either is missing), `unit` (of the indicator), `status_before`,
    `status_after` (of `tabulate`; `no data` where a table does not have the cell).
    The largest is the largest difference in relation to the larger of both values, so that shares and yen stand in one
    list; a value that comes or goes moves whole. Among equals the order of the tables holds.
    """
    columns = [*CELL, "value", "status"]
    cells = pd.concat([after[CELL], before[CELL]]).drop_duplicates()
    both = cells.merge(after[columns], on=CELL, how="left")
    both = both.merge(before[columns], on=CELL, how="left", suffixes=("_after", "_before"))
    both[["status_after", "status_before"]] = both[["status_after", "status_before"]].fillna(NO_DATA)
    new, old = both["value_after"], both["value_before"]
    same = ((new == old) | (new.isna() & old.isna())) & (both["status_after"] == both["status_before"])
    moved = both[~same]
    table = pd.DataFrame(
        {
            **{name: moved[name] for name in CELL},
            "before": moved["value_before"],
            "after": moved["value_after"],
            "difference": moved["value_after"] - moved["value_before"],
            "unit": [indicators[key].unit for key in moved["indicator"]],
            "status_before": moved["status_before"],
            "status_after": moved["status_after"],
        }
    )
    by_size = np.argsort(-_size(table), kind="stable")
    return table.iloc[by_size].reset_index(drop=True)


def _size(table: pd.DataFrame) -> np.ndarray:
    """The difference in relation to the larger of both values: 1 where there is one of them only."""
    before, after = (table[name].to_numpy(dtype=float) for name in ("before", "after"))
    larger = np.fmax(np.abs(before), np.abs(after))
    size = np.divide(np.abs(after - before), larger, out=np.ones(len(table)), where=larger > 0)
    return np.where(np.isnan(size), 1.0, size)
