"""What is unusual about a department: the proportions in which it differs from the others of its kind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from metrics.histories import Histories
from metrics.indicator import Indicator
from metrics.links import Floats
from metrics.tabulate import OK
from vocabulary.departments import UNIVERSITY

LEAST_EXPECTED = 5  # in each of the four cells, for the normal approximation to hold (Cochran 1954, Biometrics 10:417)
CHANCE = 0.05  # that chance alone makes any of the indicators compared look unusual
MOST_TOLD = 6

Counts = tuple[float, float]  # how many of how many


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One proportion of a department beside that of the others: those of its kind, or the rest of the university."""

    indicator: Indicator
    value: float  # fractions
    count: float
    total: float
    others: float
    others_total: float
    z: float  # against the others; above 0 where the department's is higher
    chance: float  # how likely so large a difference is by chance, for all indicators compared together (Holm)

    @property
    def higher(self) -> bool:
        return self.z > 0


def differences(
    figures: Histories,
    indicators: Iterable[Indicator],
    department: str,
    fiscal_year: int,
    others: Mapping[str, Counts],
) -> list[Difference]:
    """The proportions of a department that can be compared with those of others, the surest first.

    `figures` are by department and fiscal year; `others` are by indicator how many of how many, in which the
    department itself is not: a large one would else be measured against itself, and the test is of two groups that
    share nobody. They are the others of its kind (`metrics.kinds.together`), as students are of other levels
    elsewhere, or the `rest_of_university`. The measure is the two-proportion z with the pooled variance
    (Fleiss, Levin and Paik 2003, eq. 2.5), so that small numbers do not win; `chance` is Holm's (1979, Scand J Stat
    6:65). Left out are shares that are no proportions, and what has an expected count below 5.
    """
    if department == UNIVERSITY:
        return []
    found = []
    for indicator in indicators:
        here, there = _counts(figures, indicator.key, department, fiscal_year), others.get(indicator.key)
        if indicator.is_proportion and here and there and _comparable(*here, *there):
            found.append((indicator, here, there))
    if not found:
        return []
    scores = _scores(np.array([(*here, *there) for _, here, there in found], dtype=np.float64))
    chances = holm(2 * ndtr(-np.abs(scores)))
    measured = zip(scores.tolist(), chances.tolist(), strict=True)
    told = [_difference(*parts, z, chance) for parts, (z, chance) in zip(found, measured, strict=True)]
    return sorted(told, key=lambda difference: -abs(difference.z))


def rest_of_university(
    figures: Histories, indicators: Iterable[Indicator], department: str, fiscal_year: int
) -> dict[str, Counts]:
    """The university without one department: of each indicator that both have, how many of how many."""
    found = {}
    for indicator in indicators:
        every, mine = (_counts(figures, indicator.key, code, fiscal_year) for code in (UNIVERSITY, department))
        if every and mine:
            found[indicator.key] = (every[0] - mine[0], every[1] - mine[1])
    return found


def most_unusual(found: Iterable[Difference]) -> list[Difference]:
    """Up to six differences that are hardly chance.

    Of those in one cell of the strategy's matrix that share a denominator only the surest is told: international
    students and students of foreign nationality say much the same.
    """
    told: dict[object, Difference] = {}
    for difference in found:
        if difference.chance < CHANCE:
            told.setdefault((difference.indicator.place, difference.indicator.denominator), difference)
    return list(told.values())[:MOST_TOLD]


def holm(chances: Floats) -> Floats:
    """The chances (p-values) raised so that all of them may be read together: Holm's step-down rule.

    As `statsmodels.stats.multitest.multipletests`, which begins with a full garbage collection: 90 ms for all readers.
    """
    order = np.argsort(chances)
    left = np.arange(len(chances), 0, -1)
    raised = np.empty(len(chances))
    raised[order] = np.minimum(np.maximum.accumulate(left * chances[order]), 1.0)
    return raised


def _counts(figures: Histories, key: str, department: str, fiscal_year: int) -> Counts | None:
    place = figures.places(key, department).get(fiscal_year)
    if place is None or figures.column("status")[place] != OK:
        return None
    return figures.column("numerator")[place], figures.column("denominator")[place]


def _comparable(count: float, total: float, other_count: float, other_total: float) -> bool:
    """Whether both are proportions, and each of the four cells is expected to hold at least 5."""
    if not (0 <= count <= total and 0 <= other_count <= other_total and total + other_total > 0):
        return False
    share = (count + other_count) / (total + other_total)
    return min(total, other_total) * min(share, 1 - share) >= LEAST_EXPECTED


def _scores(counts: Floats) -> Floats:
    """The z of each row: how many of how many here, and there."""
    count, total, other_count, other_total = counts.T
    pooled = (count + other_count) / (total + other_total)
    variance = pooled * (1 - pooled) * (1 / total + 1 / other_total)
    return np.asarray((count / total - other_count / other_total) / np.sqrt(variance))


def _difference(indicator: Indicator, here: Counts, there: Counts, z: float, chance: float) -> Difference:
    return Difference(
        indicator=indicator,
        value=here[0] / here[1],
        count=here[0],
        total=here[1],
        others=there[0] / there[1],
        others_total=there[1],
        z=z,
        chance=chance,
    )
