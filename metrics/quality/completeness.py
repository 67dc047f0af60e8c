"""Which figures are incomplete, and by how much at most: worked out for all figures at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from metrics.indicator import Indicator
from metrics.links import Floats, Ints
from metrics.quality.bounds import bounds, left_out, unranked
from metrics.quality.deliveries import Late, Waiting
from metrics.quality.holdings import Holdings
from metrics.quality.incomplete import Incomplete
from metrics.view import Counting, Dimension, Selection, View

Cell = tuple[str, str, int]
"""Key of the indicator, department, fiscal year."""
UNRANKED = 0.1
"""A share of papers with a percentile is incomplete where more than a tenth of the papers has none."""


@dataclass(frozen=True, eq=False)
class Completeness:
    """The figures that are incomplete under one counting rule; what is not in it is as complete as the records say."""

    cells: Mapping[Cell, Incomplete]

    @classmethod
    def of(cls, holdings: Holdings, indicators: Iterable[Indicator], counting: Counting = "whole") -> "Completeness":
        """All fiscal years and departments.

        A figure is called incomplete where departments have not delivered what it is made of; where what is not known
        could move it by as much as `bounds.TOLD` says; where amounts are left out of it; or where more than a tenth of
        the papers that it is made of has no percentile.
        """
        waiting, cells = Waiting(holdings), dict[Cell, Incomplete]()
        by: tuple[Dimension, ...] = ("department", "fiscal_year")
        view = View(ledger=holdings.ledger, by=by, selection=Selection(), counting=counting)
        for indicator in indicators:
            cells.update(_of_indicator(view, indicator, waiting.for_indicator(indicator)))
        return cls(cells)

    def of_figure(self, key: str, department: str, fiscal_year: int) -> Incomplete | None:
        """Why one figure is incomplete; None where nothing is known to be missing."""
        return self.cells.get((key, department, fiscal_year))


def _of_indicator(view: View, indicator: Indicator, late: Late) -> Iterator[tuple[Cell, Incomplete]]:
    found, amounts, papers = bounds(view, indicator), left_out(view, indicator), unranked(view, indicator)
    if found is None and amounts is None and papers is None and not late.any:
        return
    units, years = view.ledger.units, view.ledger.fiscal_years
    unknown = np.zeros((4, view.size)) if found is None else found.told
    missing = np.zeros(view.size) if amounts is None else amounts
    share = np.zeros((2, view.size)) if papers is None else papers.told(UNRANKED)
    flagged = (unknown[0] > 0) | (missing > 0) | (share[0] > 0) | (late.count.ravel() > 0)
    for place in np.flatnonzero(flagged).tolist():
        unit, year = divmod(place, len(years))
        yield (
            (indicator.key, units[unit], years[year]),
            _incomplete(indicator, unknown[:, place], missing[place], share[:, place], late, (unit, year)),
        )


def _incomplete(
    indicator: Indicator, unknown: Floats, amounts: float, share: Floats, late: Late, at: tuple[int, int]
) -> Incomplete:
    counts: tuple[Ints, Ints] = (late.count, late.of)
    return Incomplete(
        unit=indicator.unit,
        unknown=float(unknown[0]),
        of=float(unknown[1]),
        low=float(unknown[2]),
        high=float(unknown[3]),
        without_amount=int(amounts),
        unranked=float(share[0]),
        papers=float(share[1]),
        late=int(counts[0][at]),
        departments=int(counts[1][at]),
        late_check="silent_department" if late.silent[at] else "headcount_not_delivered",
    )
