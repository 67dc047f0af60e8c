"""What is unusual about a department: the proportions in which it differs from the others of its kind."""

from collections.abc import Iterable, Mapping
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
    figures: pd.DataFrame, indicators: Iterable[Indicator], department: str, fiscal_year: int, others: pd.DataFrame
) -> list[Difference]:
    """The proportions of a department that can be compared with those of others, the surest first.

    `figures` are by department and fiscal year; `others` has one row an indicator with `numerator` and `denominator`,
    in which the department itself is not: a large one would else be measured against itself, and the test is of two
    groups that share nobody. They are the others of its kind (`metrics.kinds.together`), as students are of other
    levels elsewhere, or the `rest_of_university`. The measure is the two-proportion z with the pooled variance
    (Fleiss, Levin and Paik 2003, eq. 2.5), so that small numbers do not win; `chance` is Holm's (1979, Scand J Stat
    6:65). Left out are shares that are no proportions, and what has an expected count below 5.
    """
    if department == UNIVERSITY:
        return []
    mine, theirs = _counts(_of(figures, department, fiscal_year)), _counts(others)
    found = []
    for indicator in indicators:
        here, there = mine.get(indicator.key), theirs.get(indicator.key)
        if indicator.is_proportion and here and there and _comparable(*here, *there):
            found.append((indicator, here, there, *_against(*here, *there)))
    if not found:
        return []
    chances = holm(floats([chance for *_, chance in found]))
    told = [_difference(*parts[:4], float(chance)) for parts, chance in zip(found, chances, strict=True)]
    return sorted(told, key=lambda difference: -abs(difference.z))


def rest_of_university(figures: pd.DataFrame, department: str, fiscal_year: int) -> pd.DataFrame:
    """The university without one department, one row an indicator: `numerator`, `denominator`."""
    every, mine = (_of(figures, code, fiscal_year) for code in (UNIVERSITY, department))
    return every - mine.reindex(every.index)


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


def _of(figures: pd.DataFrame, department: str, fiscal_year: int) -> pd.DataFrame:
    rows = figures[figures["fiscal_year"] == fiscal_year]
    rows = rows[(rows["department"] == department) & (rows["status"] == OK)]
    return rows.set_index("indicator")[["numerator", "denominator"]]


def _counts(rows: pd.DataFrame) -> Mapping[str, Counts]:
    columns = (rows.index.tolist(), rows["numerator"].tolist(), rows["denominator"].tolist())
    return {str(key): (float(count), float(total)) for key, count, total in zip(*columns, strict=True)}


def _comparable(count: float, total: float, other_count: float, other_total: float) -> bool:
    """Whether both are proportions, and each of the four cells is expected to hold at least 5."""
    if not (0 <= count <= total and 0 <= other_count <= other_total and total + other_total > 0):
        return False
    share = (count + other_count) / (total + other_total)
    return min(total, other_total) * min(share, 1 - share) >= LEAST_EXPECTED


def _against(count: float, total: float, other_count: float, other_total: float) -> tuple[float, float]:
    """z and its two-sided chance."""
    z, chance = proportions_ztest([count, other_count], [total, other_total])
    return float(z), float(chance)


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
