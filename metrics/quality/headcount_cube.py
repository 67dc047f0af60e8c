"""The headcounts as a table of department, population and group by fiscal year, and which of its cells are missing."""

import numpy as np
import pandas as pd

from metrics.links import Bools, Floats
from metrics.quality.holdings import HEADCOUNTS, Holdings, number

ALL = "all"
KEYS = ["unit", "population", "group"]


class Cube:
    """The headcounts without a country: rows of (unit, population, group) by fiscal year; NaN where no row says."""

    def __init__(self, holdings: Holdings) -> None:
        rows = holdings.ledger.headcounts.rows
        self._every = rows
        whole = rows[rows["country"] < 0]
        self.keys = whole[KEYS].drop_duplicates(ignore_index=True)
        order = pd.MultiIndex.from_frame(self.keys)
        at = order.get_indexer(pd.MultiIndex.from_frame(whole[KEYS]))
        self.counts = np.full((len(self.keys), len(holdings.ledger.years)), np.nan)
        self.counts[at, whole["year"].to_numpy()] = whole["count"]
        self.first = holdings.ledger.years[0]
        self.unit = self.keys["unit"].to_numpy(dtype=np.int64)
        self.group = self.keys["group"].to_numpy(dtype=object)
        pairs = pd.MultiIndex.from_frame(self.keys[["unit", "population"]])
        alls = self.keys["group"] == ALL
        self.place_of_all = pd.MultiIndex.from_frame(self.keys.loc[alls, ["unit", "population"]]).get_indexer(pairs)
        self.all_of_row = np.full_like(self.counts, np.nan)
        there = self.place_of_all >= 0
        self.all_of_row[there] = self.counts[np.flatnonzero(alls)[self.place_of_all[there]]]

    @property
    def subjects(self) -> np.ndarray:
        """What each row counts: `master/international`."""
        return (self.keys["population"] + "/" + self.keys["group"]).to_numpy(dtype=object)

    def found(
        self, holdings: Holdings, where: Bools, value: Floats, beside: Floats, subjects: np.ndarray | None = None
    ) -> pd.DataFrame:
        """Findings at some cells, with the numbers there."""
        row, year = np.nonzero(where)
        named = self.subjects if subjects is None else subjects
        return holdings.of_units(
            self.unit[row],
            year + self.first,
            HEADCOUNTS,
            list(named[row]),
            number(value[row, year]),
            number(beside[row, year]),
        )


def not_delivered(holdings: Holdings, cube: Cube) -> tuple[Bools, Floats]:
    """The cells of the cube that are missing, and the number last delivered before.

    A group of which `all` is not delivered either is told once, at `all`; a day that nobody has delivered for yet is
    told of the source, not of every department.
    """
    years = np.arange(cube.counts.shape[1]) + cube.first
    last = holdings.ledger.fiscal_years[-1]
    missing = np.isnan(cube.counts)
    before = np.full_like(cube.counts, np.nan)
    before[:, 2:] = cube.counts[:, :-2]
    before[:, 1:] = np.where(missing[:, :-1], before[:, 1:], cube.counts[:, :-1])
    tree = holdings.ledger.tree
    there = (tree.closed[cube.unit][:, None] >= years) & (years <= last)
    anybody = (~missing).any(axis=0)
    where = missing & (before > 0) & there & anybody
    of_all = np.zeros_like(where)
    with_all = cube.place_of_all >= 0
    alls = np.flatnonzero(cube.group == ALL)
    of_all[with_all] = where[alls[cube.place_of_all[with_all]]]
    return where & ~(of_all & (cube.group != ALL)[:, None]), before
