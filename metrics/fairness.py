"""Departments beside what their mix leads to expect: observed, expected, how far apart by chance, and a verdict."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import ndtri

from metrics.disclosure.groups import FEWEST_OTHERS
from metrics.expectation import (
    FUNNEL,
    binomial_variance,
    direct_standardisation,
    empirical_bayes,
    indirect_standardisation,
    overdispersion,
)
from metrics.kinds import FEWEST_OF_A_KIND
from vocabulary.departments import UNIVERSITY

AS_EXPECTED, HIGHER, LOWER, NOT_JUDGED = "as expected", "higher", "lower", "not judged"
USUALLY_HIGHER, USUALLY_LOWER = "higher within the usual spread", "lower within the usual spread"
Z = -ndtri((1 - np.array(FUNNEL)) / 2)  # 1.96 and 3.09
COUNTS = ["numerator", "denominator"]
ROUNDING = 1e-9
COLUMNS = (
    *("department", "observed", "at_risk", "rate", "compared", "n", "expected", "variance", "ratio", "low", "high"),
    *("adjusted", "direct", "direct_low", "direct_high", "strata"),
)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How departments differ beyond their mix, from all of them: none is told by it."""

    departments: int  # that could be judged
    phi: float  # 1 where they differ as chance makes them
    tau2: float  # variance of observed / expected between departments; 0 where chance explains all
    prior: float  # weight of the expected rate in observations, for the shrunken rates; NaN for rates of no proportion

    @property
    def is_overdispersed(self) -> bool:
        return self.tau2 > 0


@dataclass(frozen=True, kw_only=True, eq=False)
class Expectation:
    """Departments of one year beside one reference.

    `table`: one row is one department: `department`, `observed`, `at_risk`, `rate` (all of it); `compared` and `n`
    (observed and at risk in the strata that the reference has), `expected`, `variance`, `ratio`, `low`, `high`,
    `adjusted` (ratio times the reference's rate), `effective_n` (at the reference's rate as many would tell as much),
    `direct`, `strata` (how many the direct rate is of), `shrunken`, `z` and `verdict`.
    `mix`: one row is one department and stratum: `numerator`, `denominator`, `reference_rate`, `expected`.
    """

    table: pd.DataFrame
    mix: pd.DataFrame
    spread: Spread
    baseline: float  # the reference's rate over all of its strata
    proportion: bool
    withheld: tuple[str, ...] = ()  # strata of the reference that the reader may not know

    def of(self, department: str) -> pd.Series:
        """The row of a department; LookupError where it has none."""
        rows = self.table[self.table["department"] == department]
        if rows.empty:
            raise LookupError(f"nothing is counted of {department!r} that could be compared")
        return rows.iloc[0]


def expectation(
    strata: pd.DataFrame, reference: pd.DataFrame, departments: Collection[str], *, proportion: bool
) -> Expectation:
    """What the reference's rates lead to expect of each department.

    `strata` are those of one fiscal year (see `metrics.strata`), `reference` has `stratum`, `numerator` and
    `denominator`. The spread is that of `departments`, which overlap with no other (those that have none below them).
    With `proportion` the variance is binomial, else that of a count.
    """
    mix = _mix(strata, reference)
    rows = [_of_one(str(code), own, reference, proportion) for code, own in mix.groupby("department", sort=False)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    spread = _spread(table[table["department"].isin(departments)], proportion)
    counted = reference[reference["denominator"] > 0][COUNTS].sum()
    baseline = float(counted["numerator"] / counted["denominator"]) if counted["denominator"] > 0 else np.nan
    found = Expectation(table=table, mix=mix, spread=spread, baseline=baseline, proportion=proportion)
    return _judged(found)


def limited(
    whole: Expectation,
    strata: pd.DataFrame,
    reference: pd.DataFrame,
    told: Collection[str],
    entitled: Callable[[str], bool],
) -> Expectation:
    """The same for a reader who is entitled to some departments, and is told of the reference's strata `told` alone."""
    own = strata[strata["department"].map(entitled).astype(bool) & (strata["department"] != UNIVERSITY)]
    shown = expectation(own, reference[reference["stratum"].isin(told)], (), proportion=whole.proportion)
    hidden = tuple(code for code in dict.fromkeys(own["stratum"]) if code not in told)
    baseline = whole.baseline if told else np.nan  # of what is withheld the rate over all is, too
    kept = replace(shown, spread=whole.spread, baseline=baseline, withheld=hidden)
    return _judged(kept)


def told_strata(strata: pd.DataFrame, departments: Collection[str], entitled: Callable[[str], bool]) -> tuple[str, ...]:
    """The university's strata that a reader entitled to some departments may know: those that these have themselves.

    Not those that fewer than three others have, which would tell of the neighbours, nor one without which fewer than
    three would have all the rest. Strata of persons are another matter (`metrics.disclosure`).
    """
    units = strata[strata["department"].isin(departments)]
    is_own = units["department"].map(entitled).astype(bool)
    others = units[~is_own & (units["denominator"] > 0)]
    numbers = others.groupby("stratum")["department"].nunique()
    own = set(units.loc[is_own, "stratum"])
    told = [str(code) for code in numbers.sort_values(kind="stable").index if code in own]
    told = [code for code in told if numbers[code] >= FEWEST_OTHERS]
    while told and 0 < others.loc[~others["stratum"].isin(told), "department"].nunique() < FEWEST_OTHERS:
        told.pop(0)
    everyone = strata.loc[strata["department"] == UNIVERSITY, "stratum"]
    return tuple(str(code) for code in everyone if code in told)


def _mix(strata: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """The strata of each department beside the reference's rate and how many that would make; NaN where it has none."""
    there = reference[reference["denominator"] > 0]
    rates = pd.Series((there["numerator"] / there["denominator"]).to_numpy(), index=there["stratum"].to_numpy())
    rate = strata["stratum"].map(rates).astype(float).where(strata["denominator"] > 0)
    return strata.assign(reference_rate=rate, expected=rate * strata["denominator"])


def _of_one(code: str, own: pd.DataFrame, reference: pd.DataFrame, proportion: bool) -> tuple[object, ...]:
    used = own[own["reference_rate"].notna()]
    there = reference.set_index("stratum")[COUNTS].reindex(used["stratum"])
    counted, at_risk = used["numerator"].to_numpy(dtype=float), used["denominator"].to_numpy(dtype=float)
    people = reference.loc[reference["denominator"] > 0, COUNTS].sum()
    total, whole = float(own["numerator"].sum()), float(own["denominator"].sum())
    if not len(used):
        return (code, total, whole, total / whole if whole > 0 else np.nan, 0.0, 0.0, *[np.nan] * 9, 0)
    found = indirect_standardisation(
        counted, at_risk, there["numerator"].to_numpy(), there["denominator"].to_numpy(), proportion=proportion
    )
    rates = used["reference_rate"].to_numpy(dtype=float)
    variance = found.expected
    if proportion:  # sums of shares may be a rounding above 1; more counted than are at risk is not judged
        variance = binomial_variance(at_risk, np.minimum(rates, 1.0)) if (rates < 1 + ROUNDING).all() else np.nan
    direct = direct_standardisation(counted, at_risk, there["denominator"].to_numpy())
    adjusted = found.ratio * float(people["numerator"] / people["denominator"])
    return (
        *(code, total, whole, total / whole, found.observed, float(at_risk.sum()), found.expected, variance),
        *(found.ratio, found.low, found.high, adjusted, direct.rate, direct.low, direct.high, len(used)),
    )


def _spread(table: pd.DataFrame, proportion: bool) -> Spread:
    able = table[table["variance"] > 0]
    deviation = np.sqrt(able["variance"].to_numpy(dtype=float))
    expected, n = able["expected"].to_numpy(dtype=float), able["n"].to_numpy(dtype=float)
    counted = able["compared"].to_numpy(dtype=float)
    if len(able) < FEWEST_OF_A_KIND:
        return Spread(departments=len(able), phi=1.0, tau2=0.0, prior=np.nan)
    found = overdispersion((counted - expected) / deviation, deviation / expected)
    fits = proportion and bool((counted <= n).all())
    prior = empirical_bayes(counted, n, expected / n).prior if fits else np.nan
    return Spread(departments=len(able), phi=found.phi, tau2=found.tau2 if found.phi > 1 else 0.0, prior=prior)


def _judged(found: Expectation) -> Expectation:
    """With what depends on all departments: the scores widened by over-dispersion, shrunken rates and verdicts."""
    rows, spread = found.table, found.spread
    able = rows["variance"] > 0
    variance = rows["variance"].where(able)
    chance = found.baseline * (1 - found.baseline) if found.proportion else found.baseline
    effective = chance / found.baseline**2 * rows["expected"] ** 2 / variance if found.baseline > 0 else np.nan
    z = (rows["ratio"] - 1) / np.sqrt(variance / rows["expected"] ** 2 + spread.tau2)
    shrunken = (rows["compared"] + spread.prior * rows["expected"] / rows["n"]) / (rows["n"] + spread.prior)
    above, below = rows["low"] > 1, rows["high"] < 1  # not by chance
    usual = spread.is_overdispersed
    verdict = np.select(
        [z.isna(), (z > Z[0]) & above, (z < -Z[0]) & below, above & usual, below & usual],
        [NOT_JUDGED, HIGHER, LOWER, USUALLY_HIGHER, USUALLY_LOWER],
        AS_EXPECTED,
    )
    return replace(found, table=rows.assign(effective_n=effective, z=z, shrunken=shrunken.where(able), verdict=verdict))
