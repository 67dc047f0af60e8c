"""Who delivered what and when: records by source, department and fiscal year, and where a department fell silent."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.links import Bools, Floats, Ints
from metrics.quality.check import Check
from metrics.quality.holdings import Holdings, number
from metrics.quality.touching import by_activities
from vocabulary.text import Text

FORMER_YEARS = 3
CHANCE = 0.001
"""A department is asked where so few records would come by chance once in a thousand times."""
PART = 0.5
"""And only where they are fewer than half of those expected: departments differ by more than chance alone."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """Records by source x department x fiscal year (positions; years are those shown), each in the year it starts."""

    records: Ints
    expected: Floats  # NaN where nothing can be expected
    silent: Bools
    delivers: Bools  # whether the department delivered to the source in the former years, or now

    @classmethod
    def of(cls, holdings: Holdings) -> "Coverage":
        """Counts the records that name a department, whole for each department."""
        ledger, years = holdings.ledger, holdings.ledger.fiscal_years
        activity, unit = ledger.departments.pairs
        year = holdings.started[activity] - years[0]
        kept = (year >= 0) & (year < len(years))
        shape = (len(holdings.sources), len(ledger.units), len(years))
        cell = np.ravel_multi_index((holdings.source[activity[kept]], unit[kept], year[kept]), shape)
        records = np.bincount(cell, minlength=int(np.prod(shape))).reshape(shape)
        expected, chance = _by_chance(records)
        exists = _lives(holdings, len(years))
        silent = exists & (records < PART * expected) & (chance < CHANCE)
        delivers = exists & ((_former(records) > 0) | (records > 0))
        return cls(records, np.where(exists, expected, np.nan), silent, delivers)


def _former(records: Ints) -> Ints:
    """The records of the three fiscal years before each year, together."""
    running = np.concatenate([np.zeros((*records.shape[:2], 1), dtype=np.int64), records.cumsum(axis=2)], axis=2)
    year = np.arange(records.shape[2])
    before: Ints = running[:, :, year] - running[:, :, np.maximum(year - FORMER_YEARS, 0)]
    return before


def _by_chance(records: Ints) -> tuple[Floats, Floats]:
    """How many records a department's own past leads to expect, and the chance of so few.

    With T records of the department in the three years before, and N now and B before of all others, T * N / B are
    expected: the others' course takes out what moved everybody, as a pandemic. The chance is that of Fisher's exact
    test (1935), one-sided: P(X <= n), X hypergeometric with N + n of all records now and T + n of the department's.
    """
    from scipy.stats import hypergeom  # a second at each start of the monitor, and findings come after pages

    before = _former(records)
    others_now, others_before = (n.sum(axis=1, keepdims=True) - n for n in (records, before))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(others_before > 0, before * others_now / others_before, np.nan)
    chance = np.ones(records.shape)
    few = np.nonzero(records < PART * expected)
    n, t, now, past = (
        values[few] for values in (records, before, others_now + 0 * records, others_before + 0 * records)
    )
    chance[few] = hypergeom.cdf(n, n + t + now + past, n + now, n + t)
    return expected, chance


def _lives(holdings: Holdings, years: int) -> Bools:
    """Whether each department exists in each year and did in the three before (units x years)."""
    tree, first = holdings.ledger.tree, holdings.ledger.fiscal_years[0]
    year = first + np.arange(years)
    return np.asarray((tree.opened[:, None] <= year - FORMER_YEARS) & (tree.closed[:, None] >= year))


def find_silent(holdings: Holdings) -> pd.DataFrame:
    """One row is one department, source and fiscal year with far fewer records than its past leads to expect."""
    found = Coverage.of(holdings)
    source, unit, year = np.nonzero(found.silent)
    at = (source, unit, year)
    return holdings.of_units(
        unit,
        year + holdings.ledger.fiscal_years[0],
        [holdings.sources[place] for place in source],
        "",
        number(found.records[at]),
        number(found.expected[at]),
    )


CHECKS = (
    Check(
        key="silent_department",
        family="coverage",
        severity="missing",
        owner="department",
        name=Text("Fewer records than ever", "記録の未提出・大幅な減少"),
        rule=Text(
            "A department, source and fiscal year with fewer than half of the records expected, where chance gives so "
            "few less than once in 1,000. Expected are the department's records of the three years before, moved as "
            "those of all other departments moved; the chance is that of Fisher's exact test, one-sided.",
            "部局・情報源・年度の記録数が見込みの半分未満で、偶然にそれ以下となる確率が0.1%未満のもの。"
            "見込みは、過去3年の当該部局の記録数に他の全部局の増減を乗じたもの。確率はフィッシャーの正確検定（片側）。",
        ),
        row=Text("one department, source and fiscal year", "部局・情報源・年度の組1つ"),
        told=Text("Records: {value}. Expected: about {beside}.", "記録{value}件（見込みは約{beside}件）。"),
        mend=Text(
            "Deliver the records of the year to the source and import them; if there were none, nothing is to be done.",
            "当該年度の記録を情報源に登録して取り込む。実際に活動がなければ対応は不要。",
        ),
        touches=by_activities,
        find=find_silent,
    ),
)
