"""Who has not delivered what a figure is made of: departments silent in a source, and headcounts that are missing."""

from dataclasses import dataclass

import numpy as np

from metrics.codes import IN_FORCE, TYPE_CODES
from metrics.indicator import Indicator
from metrics.links import Bools, Ints
from metrics.members import headcounts_behind
from metrics.quality.coverage import Coverage
from metrics.quality.headcount_cube import Cube, not_delivered
from metrics.quality.holdings import Holdings


@dataclass(frozen=True, eq=False)
class Late:
    """Departments x fiscal years shown: how many within each have not delivered, of how many that should."""

    count: Ints
    of: Ints
    silent: Bools  # where it is records that somebody did not deliver; elsewhere it is headcounts alone

    @property
    def any(self) -> bool:
        return bool(self.count.any())


class Waiting:
    """What is waited for, of whom; made once for all indicators."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._coverage = Coverage.of(holdings)
        ledger = holdings.ledger
        self._carries = np.zeros((len(holdings.sources), len(TYPE_CODES)), dtype=bool)
        self._carries[holdings.source, ledger.kind.whole] = True
        self._cube = Cube(holdings)
        missing, _ = not_delivered(holdings, self._cube)
        first = ledger.years.index(ledger.fiscal_years[0])
        span = slice(first, first + len(ledger.fiscal_years))
        self._missing = missing[:, span]
        self._there = ~np.isnan(self._cube.counts[:, span])
        self._rows = {key: place for place, key in enumerate(self._cube.keys.itertuples(index=False, name=None))}

    def for_indicator(self, indicator: Indicator) -> Late:
        """Whom an indicator waits for: for records of events, for headcounts, or for both.

        What is in force stays so without news, and a parent with a headcount of its own waits for nobody below.
        """
        late, asked = self._headcounts(headcounts_behind(indicator))
        silent: Bools = np.zeros(self._coverage.silent.shape[1:], dtype=bool)
        events = [TYPE_CODES.index(kind) for kind in indicator.types if not IN_FORCE[TYPE_CODES.index(kind)]]
        within = self._holdings.ledger.tree.within
        if events:
            sources = np.asarray(self._carries[:, events].any(axis=1))
            silent = np.asarray(self._coverage.silent[sources].any(axis=0))
            late |= within[:, :, None] & silent
            if silent.any():  # else it is headcounts alone that are waited for
                asked |= within[:, :, None] & self._coverage.delivers[sources].any(axis=0)
        return Late(late.sum(axis=1), asked.sum(axis=1), within.astype(np.int64) @ silent > 0)

    def _headcounts(self, pairs: tuple[tuple[str, str], ...]) -> tuple[Bools, Bools]:
        """By unit above, unit and year: who has not delivered, and who should have."""
        tree = self._holdings.ledger.tree
        late = np.zeros((len(tree.units), len(tree.units), self._missing.shape[1]), dtype=bool)
        asked = late.copy()
        for population, group in pairs:
            for unit in range(len(tree.units)):
                row = self._rows.get((unit, population, group))
                if row is None:
                    continue
                for above in self._reached(unit):
                    late[above, unit] |= self._missing[row] & ~self._held(above, unit, population, group)
                    asked[above, unit] |= self._missing[row] | self._there[row]
        return late, asked

    def _reached(self, unit: int) -> list[int]:
        return [int(above) for above in np.flatnonzero(self._holdings.ledger.tree.within[:, unit])]

    def _held(self, above: int, unit: int, population: str, group: str) -> Bools:
        """In which years a unit between the two (or the upper one) has a headcount of its own, which then holds."""
        tree = self._holdings.ledger.tree
        between = np.flatnonzero(tree.within[above] & tree.within[:, unit])
        rows = [self._rows.get((int(one), population, group)) for one in between if one != unit]
        known = [self._there[row] for row in rows if row is not None]
        return np.any(known, axis=0) if known else np.zeros(self._missing.shape[1], dtype=bool)
