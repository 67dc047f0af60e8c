"""Where a series leads at its pace so far, how sure that is, and how likely a point of the plan is met.

The model is a random walk with drift: each year adds the average change since the baseline, give or take what the
yearly changes of the whole history were like. Its middle is the straight line at the pace so far.
"""

from math import isnan, sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

from metrics.links import Floats, Ints, floats, ints

CONFIDENCE = 0.80  # of a projection: one in ten above, one in ten below
LEAST_CHANGES = 4  # yearly changes, to say how restless a series is
LATEST = 2100  # a landing later than this is as good as none


class Drift(NamedTuple):
    """A random walk with drift, as it stands in its last year. Units are those of the indicator."""

    fiscal_year: int  # of the last value
    value: float
    pace: float  # change a year: the drift
    over: int  # yearly changes that the pace is the average of
    spread: float  # standard deviation of the yearly changes of the whole history
    freedom: int  # degrees of freedom of the spread


class Range(NamedTuple):
    """A projected value and the limits of its prediction interval."""

    value: float
    low: float
    high: float


class Landing(NamedTuple):
    """The first fiscal years in which the upper limit, the middle and the lower limit meet a value; None for never."""

    earliest: int | None
    middle: int | None
    latest: int | None


def drift(values: dict[int, float], since: int, start: float | None = None) -> Drift | None:
    """The drift of a series (values by fiscal year) whose pace counts from the year `since` (a goal's baseline).

    `start` is the value of that year as a plan states it; without it the series' own.

    The last year is the latest with a value. Yearly changes are taken between neighbouring years only; the spread is
    their root mean square distance from their own mean with n - 1 in the denominator. None with fewer than four of
    them, without a value in `since` or without a year after it. Hyndman & Athanasopoulos 2021, Forecasting: Principles
    and Practice (3rd ed.), sections 5.2 and 5.5: drift method; here the spread may rest on a longer past than the pace.
    """
    known = {year: value for year, value in sorted(values.items()) if not isnan(value)}
    changes = floats([value - known[year - 1] for year, value in known.items() if year - 1 in known])
    began = known.get(since) if start is None else start
    if began is None or len(changes) < LEAST_CHANGES:
        return None
    last = max(known)
    if last <= since:
        return None
    return Drift(
        fiscal_year=last,
        value=known[last],
        pace=(known[last] - began) / (last - since),
        over=last - since,
        spread=float(np.std(changes, ddof=1)),
        freedom=len(changes) - 1,
    )


def standard_error(found: Drift, ahead: float) -> float:
    """Of the value `ahead` years on: spread x sqrt(h (1 + h / n)), n the changes behind the pace (table 5.2 ibid.)."""
    return found.spread * sqrt(ahead * (1 + ahead / found.over))


def projected(found: Drift, fiscal_year: int, confidence: float = CONFIDENCE) -> Range:
    """The value in a later fiscal year with its prediction interval (Student's t); ValueError for the past."""
    ahead = fiscal_year - found.fiscal_year
    if ahead < 0:
        raise ValueError(f"FY{fiscal_year} is over: the last value is of FY{found.fiscal_year}")
    middle = found.value + found.pace * ahead
    margin = float(stdtrit(found.freedom, (1 + confidence) / 2)) * standard_error(found, ahead)
    return Range(middle, middle - margin, middle + margin)


def chance(found: Drift, fiscal_year: int, aim: float, *, upward: bool = True) -> float:
    """The probability (0 to 1) that the value of a later fiscal year is at least (`upward`) or at most the aim."""
    middle = projected(found, fiscal_year).value
    missing = (aim - middle) if upward else (middle - aim)
    error = standard_error(found, fiscal_year - found.fiscal_year)
    if error == 0:
        return float(missing <= 0)
    return float(stdtr(found.freedom, -missing / error))


def landing(found: Drift, aim: float, *, upward: bool = True, confidence: float = CONFIDENCE) -> Landing:
    """When the aim is met: by the better limit, the middle and the worse limit of the projection.

    None where a line does not meet it by FY2100.
    """
    years = ints(range(found.fiscal_year, LATEST + 1))
    ranges = [projected(found, int(year), confidence) for year in years]
    sign = 1.0 if upward else -1.0
    lines = [floats([sign * line for line in lines]) for lines in zip(*ranges, strict=True)]
    middle, low, high = lines
    best, worst = (high, low) if upward else (low, high)
    return Landing(*(_first(years, line, sign * aim) for line in (best, middle, worst)))


def _first(years: Ints, line: Floats, aim: float) -> int | None:
    met = np.flatnonzero(line >= aim - 1e-9)
    return int(years[met[0]]) if len(met) else None
