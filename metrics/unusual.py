"""What is unusual about a department: the proportions in which it differs from the rest of the university."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportions_ztest

from metrics.indicator import Indicator
from metrics.links import Floats, floats
from metrics.tabulate import OK
from vocabulary.departments import UNIVERSITY

LEAST_EXPECTED = 5  # in each of the four cells, for the normal approximation to hold (Cochran 1954, Biometrics 10:417)
CHANCE = 0.05  # that chance alone makes any of the indicators compared look unusual
MOST_TOLD = 6


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One proportion of a department beside the university's. The university's contains the department's."""

    indicator: Indicator
    value: float  # fractions
    count: float
    total: float
    university: float
    university_count: float
    university_total: float
    z: float  # against the rest of the university; above 0 where the department's is higher
    chance: float  # how likely so large a difference is by chance, for all indicators compared together (Holm)

    @property
    def higher(self) -> bool:
        return self.z > 0


def differences(
    figures: pd.DataFrame, indicators: Iterable[Indicator], department: str, fiscal_year: int
) -> list[Difference]:
    """The proportions of a department that can be compared with the rest of the university, the surest first.

    `figures` are by department and fiscal year and hold the university's. The measure is the two-proportion z with
    the pooled variance (Fleiss, Levin and Paik 2003, eq. 2.5), so that small numbers do not win; `chance` is Holm's
    (1979, Scand J Stat 6:65). Left out are shares that are no proportions, and what has an expected count below 5.
    """
    asked = figures["department"].isin([department, UNIVERSITY]) & (figures["fiscal_year"] == fiscal_year)
    known = figures[asked & (figures["status"] == OK)]
    rows = {(row.indicator, row.department): row for row in known.itertuples(index=False)}
    found = []
    for indicator in indicators:
        mine, all_of_it = rows.get((indicator.key, department)), rows.get((indicator.key, UNIVERSITY))
        if department != UNIVERSITY and indicator.is_proportion and mine and all_of_it:
            here = float(mine.numerator), float(mine.denominator)  # type: ignore[arg-type]  # columns of numbers
            everywhere = float(all_of_it.numerator), float(all_of_it.denominator)  # type: ignore[arg-type]
            if _comparable(*here, *everywhere):
                found.append((indicator, here, everywhere, *_against_the_rest(*here, *everywhere)))
    if not found:
        return []
    chances = holm(floats([chance for *_, chance in found]))
    told = [_difference(*parts[:4], float(chance)) for parts, chance in zip(found, chances, strict=True)]
    return sorted(told, key=lambda difference: -abs(difference.z))


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


def _comparable(count: float, total: float, all_count: float, all_total: float) -> bool:
    """Whether both are proportions, and each of the four cells is expected to hold at least 5."""
    rest_count, rest_total = all_count - count, all_total - total
    if not (0 <= count <= total and 0 <= rest_count <= rest_total and all_total > 0):
        return False
    rarer = min(all_count, all_total - all_count) / all_total
    return min(total, rest_total) * rarer >= LEAST_EXPECTED


def _against_the_rest(count: float, total: float, all_count: float, all_total: float) -> tuple[float, float]:
    """z and its two-sided chance."""
    z, chance = proportions_ztest([count, all_count - count], [total, all_total - total])
    return float(z), float(chance)


def _difference(
    indicator: Indicator, here: tuple[float, float], everywhere: tuple[float, float], z: float, chance: float
) -> Difference:
    return Difference(
        indicator=indicator,
        value=here[0] / here[1],
        count=here[0],
        total=here[1],
        university=everywhere[0] / everywhere[1],
        university_count=everywhere[0],
        university_total=everywhere[1],
        z=z,
        chance=chance,
    )
