"""The papers that we share with each country, beside what an imported matrix of countries leads one to expect.

The matrix (`Records.country_matrix`) counts international papers: of two countries, of one, and of the world. What it
does not say is not 0 but unknown, and gives no index.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from metrics.collaboration import observed_expected, relative_intensity, salton
from metrics.intervals import poisson_interval
from metrics.links import Floats, distinct, floats
from metrics.portfolio import Portfolio

MORE, AS_EXPECTED, LESS, UNKNOWN = "more", "as expected", "less", "unknown"
Against = Literal["world", "home"]
WORLD = ("", "")


@dataclass(frozen=True, kw_only=True, eq=False)
class Reference:
    """The matrix of one source over some periods: international papers of each country, of home with each, of all."""

    source: str
    periods: tuple[str, ...]
    home: str
    papers: "pd.Series[float]"  # by the two countries, in the order of their codes; NaN where a period does not say

    @property
    def world(self) -> float:
        """International papers of the world."""
        return self._of(*WORLD)

    def of_country(self, codes: Iterable[str]) -> Floats:
        """International papers of each country."""
        return floats([self._of(code, "") for code in codes])

    def of_home_with(self, codes: Iterable[str]) -> Floats:
        """Papers that the home country shares with each."""
        return floats([self._of(*sorted((self.home, code))) for code in codes])

    def _of(self, a: str, b: str) -> float:
        return float(self.papers.get((a, b), np.nan))


def sources(matrix: pd.DataFrame) -> list[str]:
    """Who counted the matrices that were imported, in alphabetical order."""
    return sorted(set(matrix["source"]))


def reference_of(matrix: pd.DataFrame, fiscal_years: Iterable[int], home: str, source: str) -> Reference:
    """The matrix of a source for some years: the periods within them added up, else the nearest one.

    Of periods that overlap the longer one counts. The years of a source need not be fiscal years; which they are is
    for it to say.
    """
    rows = matrix[matrix["source"] == source]
    if rows.empty:
        raise LookupError(f"there is no matrix of {source!r}; there are {sources(matrix)}")
    periods = _periods(sorted(set(rows["period"])), set(fiscal_years))
    of_pair = rows[rows["period"].isin(periods)].groupby(["country_a", "country_b"])["papers"]
    complete = of_pair.sum().astype(float).where(of_pair.size() == len(periods))
    return Reference(source=source, periods=tuple(periods), home=home, papers=complete)


def countries_beside(portfolio: Portfolio, reference: Reference, against: Against = "world") -> pd.DataFrame:
    """One row is one country: our papers with it, and what is to be expected; most joint papers first.

    `country`, `joint`, `share` (of our international papers), `expected`, `ratio` (observed / expected) with `low` and
    `high` (95 %, Poisson limits of the joint papers over those expected), `verdict` (`more`, `as expected` or `less`
    where the interval lies above, around or below 1; `unknown`). Expected are our international papers times the
    country's share of the world's (`world`) or of the home country's (`home`). Whatever they are measured by: `index`,
    the index of international collaboration of the NSF (the ratio against the world), `home_index`, that of the home
    country, `relative_intensity` and `salton`. Countries that we share nothing with are there where that is less than
    expected. The portfolio is one of papers.
    """
    codes = [code for code in portfolio.ledger.country_codes if code != reference.home]
    activity, country = portfolio.country_pairs
    each = np.bincount(country, minlength=len(portfolio.ledger.country_codes))
    joint = floats([each[place] for place, code in enumerate(portfolio.ledger.country_codes) if code != reference.home])
    ours = float(len(distinct(activity)))
    theirs, world, home = reference.of_country(codes), reference.world, reference.of_country([reference.home])[0]
    of_home = reference.of_home_with(codes)
    part = theirs / _above_0(world) if against == "world" else of_home / _above_0(home)
    expected = ours * part
    low, high = poisson_interval(joint)
    known = np.where((theirs >= joint) & (world - ours >= theirs - joint), theirs, np.nan)  # the matrix holds ours
    frame = pd.DataFrame(
        {
            "country": codes,
            "joint": joint.astype(np.int64),
            "share": joint / _above_0(ours),
            "expected": expected,
            "ratio": joint / _above_0(expected),
            "low": low / _above_0(expected),
            "high": high / _above_0(expected),
            "index": observed_expected(np.minimum(joint, known), ours, known, world),
            "home_index": observed_expected(of_home, home, theirs, world),
            "relative_intensity": relative_intensity(joint, ours, known, world),
            "salton": salton(joint, ours, known),
        }
    )
    frame.insert(7, "verdict", _verdicts(frame))
    shown = (frame["joint"] > 0) | (frame["verdict"] == LESS)
    return frame[shown].sort_values(["joint", "country"], ascending=[False, True], kind="stable", ignore_index=True)


def _verdicts(frame: pd.DataFrame) -> list[str]:
    limits = zip(frame["low"], frame["high"], strict=True)
    return [
        UNKNOWN if np.isnan(low) else MORE if low > 1 else LESS if high < 1 else AS_EXPECTED for low, high in limits
    ]


def _above_0(values: Floats | float) -> Floats:
    """What may be divided by: NaN for 0."""
    return np.where(np.asarray(values) > 0, values, np.nan)


def _periods(every: list[str], years: set[int]) -> list[str]:
    """The periods within the years that do not overlap, the longer first; without any, the one nearest to them."""
    spans = {period: _span(period) for period in every}
    taken: list[str] = []
    for period in sorted(every, key=lambda one: (-len(spans[one]), -min(spans[one]))):
        apart = all(spans[period].isdisjoint(spans[other]) for other in taken)
        if spans[period] <= years and apart:
            taken.append(period)
    if taken:
        return sorted(taken)
    return [max(every, key=lambda one: (len(spans[one] & years), -_distance(spans[one], years), max(spans[one])))]


def _span(period: str) -> set[int]:
    first, _, last = period.partition("-")
    return set(range(int(first), int(last or first) + 1))


def _distance(one: set[int], other: set[int]) -> int:
    return min(abs(a - b) for a in one for b in other)
