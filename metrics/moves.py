"""Which figures move, and by how much, when the records change: two tables of figures side by side."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.indicator import Indicator

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
    both = after[columns].merge(before[columns], on=CELL, how="outer", suffixes=("_after", "_before"), sort=False)
    both[["status_after", "status_before"]] = both[["status_after", "status_before"]].fillna("no data")
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
