"""Between which limits a figure lies, whatever the countries of the records that do not say them."""

from dataclasses import dataclass, replace

import numpy as np

from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator, Unit
from metrics.links import Floats
from metrics.measures import Activities, Measure, Money, Persons
from metrics.one_record import OF_COUNTRIES
from metrics.quality.touching import OF_PARTNERS
from metrics.view import View

AddedUp = Activities | Money | Persons
KNOWN = "known_country"
RANKED = "with_percentile"
OPEN = frozenset((*OF_COUNTRIES, *OF_PARTNERS))
"""Conditions that a record with neither partner nor country may or may not meet."""
TOLD: dict[Unit, tuple[float, float]] = {
    "share": (0.005, 0.0),
    "count": (1.0, 0.01),
    "persons": (1.0, 0.01),
    "yen": (1.0, 0.01),
}
"""A limit is told where it lies half a point from a share, or 1 % (and one at least) from a number: a tenth of a point
is how a share is printed, but every paper of unknown country would move some share by that."""


@dataclass(frozen=True, eq=False)
class Bounds:
    """Of each figure (departments x fiscal years, flat): its value, the records of unknown country, all, the limits."""

    unit: Unit
    value: Floats
    unknown: Floats
    of: Floats
    low: Floats
    high: Floats

    @property
    def told(self) -> Floats:
        """Unknown, all and the limits, one below the other, where they are worth telling; 0 elsewhere."""
        least, part = TOLD.get(self.unit, (np.inf, 0.0))
        off = np.fmax(np.abs(self.low - self.value), np.abs(self.high - self.value))
        shown = (self.unknown > 0) & (off >= np.maximum(least, part * np.abs(self.value)) - 1e-12)
        return np.where(shown, np.stack([self.unknown, self.of, self.low, self.high]), 0.0)


def bounds(view: View, indicator: Indicator) -> Bounds | None:
    """The limits of an indicator's figures; None where countries do not matter to it, or where it is no sum.

    With N of D counted, T records of unknown country that could be among the N if their country were known, and B that
    could be among the D: where the denominator is all of known country, N / (D + B) to (N + T) / (D + B), as every
    country would be known; where it is some of them, N / (D + B - T) to (N + T) / (D + T), as those among the N are
    among the D; where countries do not matter to it, N / D to (N + T) / D; of a number N to N + T. Of persons the upper
    limit is one that cannot be passed, as those of unknown country may be counted already.
    """
    top, bottom = _added_up(indicator.numerator), _added_up(indicator.denominator)
    if top is None or (bottom is None and not isinstance(indicator.denominator, Headcount | None)):
        return None
    open_top, open_bottom = _open(top), _open(bottom)
    if open_top is None and open_bottom is None:
        return None
    place = indicator.place
    n = top.tally(view, place)
    d = np.ones(view.size) if indicator.denominator is None else indicator.denominator.tally(view, place)
    above, below = (np.zeros(view.size) if one is None else one.tally(view, place) for one in (open_top, open_bottom))
    settled = bottom is not None and {*bottom.only} & OPEN == {KNOWN}
    with np.errstate(divide="ignore", invalid="ignore"):
        both = np.minimum(above, below)
        value, low = n / d, n / (d + below - (0 if settled else both))
        high = (n + above) / (d + (below if settled else both))
    if indicator.is_proportion:
        high = np.minimum(high, 1.0)
    counted = bottom if bottom is not None and open_bottom is not None else top
    unknown, of = (_records(counted, *more).tally(view, place) for more in (("unknown_country",), ()))
    return Bounds(indicator.unit, value, unknown, of, low, high)


def left_out(view: View, indicator: Indicator) -> Floats | None:
    """How many records each figure leaves out as they have no amount in yen; None where it adds up no money."""
    money = [part for part in indicator.measured if isinstance(part, Money)]
    if not money:
        return None
    without = np.isnan(view.ledger.yen).astype(np.float64)
    rows = [part.rows(view) for part in money]
    return np.asarray(np.max([view.summed(some.key, without[some.activity]) for some in rows], axis=0))


@dataclass(frozen=True, eq=False)
class Unranked:
    """Of each figure the papers without a percentile, and all papers."""

    without: Floats
    papers: Floats

    def told(self, least: float) -> Floats:
        """Both, where more than this part of the papers has none; 0 elsewhere."""
        return np.where(self.without > least * self.papers, np.stack([self.without, self.papers]), 0.0)


def unranked(view: View, indicator: Indicator) -> Unranked | None:
    """The papers that a share of papers with a percentile leaves out; None for other indicators."""
    bottom = indicator.denominator
    if not isinstance(bottom, Activities) or RANKED not in bottom.only:
        return None
    everything = replace(bottom, only=tuple(name for name in bottom.only if name != RANKED))
    papers = everything.tally(view, indicator.place)
    return Unranked(papers - bottom.tally(view, indicator.place), papers)


def _added_up(measure: Measure | None) -> AddedUp | None:
    """The measure, if it is one that adds up records and nothing that is made of these."""
    if isinstance(measure, Activities | Money | Persons) and type(measure) in (Activities, Money, Persons):
        return measure
    return None


def _open(measure: AddedUp | None) -> AddedUp | None:
    """The same measure of the records of unknown country that could be in it; None where countries do not matter."""
    if measure is None or not {*measure.only} & OPEN:
        return None
    return replace(measure, only=(*_others(measure), "unknown_country"))


def _records(measure: AddedUp, *more: str) -> Activities:
    """The records of its kind, whatever their countries, that meet more conditions."""
    return Activities(types=measure.types, only=(*_others(measure), *more), window=measure.window)


def _others(measure: AddedUp) -> tuple[str, ...]:
    return tuple(name for name in measure.only if name not in OPEN)
