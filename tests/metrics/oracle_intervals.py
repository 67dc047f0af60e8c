"""The oracle's 95 % limits: Wilson's and Byar's formulas written out, exact Poisson limits found by halving."""

from collections.abc import Callable
from functools import cache
from math import exp, factorial, sqrt

from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.measures import Activities, Measure, Money, Persons, Sum
from tests.metrics.oracle import parts_of

Z = 1.959963984540054
Limits = tuple[float, float] | None


def limits(indicator: Indicator, counting: str, numerator: float | None, denominator: float | None) -> Limits:
    """The limits of a figure made of these; None where it has none."""
    every = [*parts_of(indicator.numerator), *parts_of(indicator.denominator)]
    if numerator is None or any(isinstance(part, Money) for part in every):
        return None
    if indicator.unit == "share" and not indicator.is_rate:
        return wilson(numerator, denominator) if denominator and 0 <= numerator <= denominator else None
    fractions = counting == "fractional" and any(isinstance(part, Activities) for part in every)
    if fractions or not of_events(indicator.numerator):
        return None
    if indicator.is_rate:
        return tuple(limit / denominator for limit in poisson(numerator)) if denominator else None  # type: ignore[return-value]
    stock = indicator.is_stock
    return poisson(numerator) if indicator.unit in ("count", "persons") and not stock else None


def of_events(measure: Measure) -> bool:
    taken_away = isinstance(measure, Sum) and any(sign < 0 for sign, _ in measure.terms)
    return not taken_away and all(isinstance(p, Activities | Persons | Headcount) for p in parts_of(measure))


def wilson(x: float, n: float) -> tuple[float, float]:
    middle, half = x + Z * Z / 2, Z * sqrt(x * (n - x) / n + Z * Z / 4)
    return (middle - half) / (n + Z * Z), (middle + half) / (n + Z * Z)


@cache
def poisson(events: float) -> tuple[float, float]:
    if events >= 10:
        more = events + 1
        return (
            events * (1 - 1 / (9 * events) - Z / (3 * sqrt(events))) ** 3,
            more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3,
        )
    seen = int(events)
    low = halved(lambda mean: up_to(seen - 1, mean) > 0.975) if seen else 0.0
    return low, halved(lambda mean: up_to(seen, mean) > 0.025)


def up_to(events: int, mean: float) -> float:
    """How likely so many events or fewer are."""
    return sum(exp(-mean) * mean**k / factorial(k) for k in range(events + 1))


def halved(below: Callable[[float], bool]) -> float:
    """The mean up to which `below` holds."""
    low, high = 0.0, 100.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low
