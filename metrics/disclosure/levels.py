"""The levels of a protected figure that are published anyway, as figures of their own."""

from collections.abc import Iterable, Mapping

from metrics.disclosure.unknowns import terms
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.measures import Measure
from vocabulary.people import LEVELS


def published_as(indicator: Indicator, indicators: Iterable[Indicator]) -> dict[str, str]:
    """For each level of an indicator the key of the one that is this level alone; nothing of levels without one.

    International students of all levels fall into those of the undergraduate, the master's and the doctoral level.
    """
    others = list(indicators)
    found = {}
    for level in LEVELS:
        lines = [_at(measure, level) for measure in _lines(indicator)]
        same = [one.key for one in others if [dict(terms(measure)) for measure in _lines(one)] == lines]
        if all(lines) and same:
            found[level] = same[0]
    return found


def _lines(indicator: Indicator) -> list[Measure]:
    return [indicator.numerator] if indicator.denominator is None else [indicator.numerator, indicator.denominator]


def _at(measure: Measure, level: str) -> Mapping[Measure, int]:
    """The headcounts of a measure that are of one level; nothing where it counts anything but headcounts."""
    parts = terms(measure)
    if not all(isinstance(part, Headcount) for part in parts):
        return {}
    return {
        part: times for part, times in parts.items() if isinstance(part, Headcount) and part.populations == (level,)
    }
