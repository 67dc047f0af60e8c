"""A change of a figure split over groups: what each group adds to it, by its rate, by its weight, and in all."""

from dataclasses import dataclass
from functools import cached_property
from math import fsum, isnan, nan
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.decomposition import das_gupta, kitagawa_counts, lmdi
from metrics.indicator import Indicator
from metrics.links import Bools, Floats, floats
from metrics.strata import DECIMALS
from vocabulary.strata import Stratification

STAYS, NEW, VANISHED, WITHOUT_BASE = "stays", "new", "vanished", "without base"
WITHIN, MIX, APART = "within", "mix", "apart"


class Factors(NamedTuple):
    """A number as size x mix x rate, and what is counted without a base: four effects that add up to its change."""

    size: float
    mix: float
    rate: float
    apart: float


class LevelsAndDepartments(NamedTuple):
    """A rate by level and department: three effects that add up to its change."""

    levels: float  # more or fewer persons at levels of high rates
    departments: float  # the same of departments, within each level
    rates: float


@dataclass(frozen=True, kw_only=True)
class ChangeSplit:
    """The change of an indicator between two fiscal years, over the groups that `metrics.change_groups` gives."""

    indicator: Indicator
    stratification: Stratification
    years: tuple[int, int]
    groups: pd.DataFrame  # `group` and the counts before and after

    @property
    def is_ratio(self) -> bool:
        return self.indicator.denominator is not None

    def whole(self, side: str) -> float:
        """All groups of a column of counts together, rounded as figures are."""
        return round(fsum(self.groups[side]), DECIMALS)

    @property
    def value_before(self) -> float:
        return self._value("before")

    @property
    def value_after(self) -> float:
        return self._value("after")

    def _value(self, when: str) -> float:
        """The figure; NaN where there is nothing to divide by."""
        top = self.whole(f"numerator_{when}")
        if not self.is_ratio:
            return top
        bottom = self.whole(f"denominator_{when}")
        return top / bottom if bottom else nan

    @property
    def change(self) -> float:
        return self.value_after - self.value_before

    @property
    def can_be_split(self) -> bool:
        return not (isnan(self.change) or self.groups.empty)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One row is one group: its counts, `rate_before`, `rate_after`, `weight_before`, `weight_after` (shares of
        the denominator, of a count shares of it), the effects `within`, `mix`, `apart` and their sum `effect`, and
        its `state`. Those whose own rates (of a count: numbers) moved as the whole did come first, the largest on top;
        those against it last. The effects of all rows add up to the change.

        `mix` is measured about the mean rate of the whole: a group of low rate that loses weight counts as a rise.
        """
        made = self._ratio_rows() if self.is_ratio else self._count_rows()
        made["state"] = self._states()
        return made.sort_values(WITHIN, ascending=self.change < 0, kind="stable", ignore_index=True)

    @cached_property
    def effects(self) -> dict[str, float]:
        """The effects of all groups together, by kind."""
        return {kind: fsum(self.rows[kind]) for kind in (WITHIN, MIX, APART)}

    @cached_property
    def factors(self) -> Factors | None:
        """The change of the numerator as size of the denominator, mix of groups and rate within them (LMDI-I).

        None where a count is below 0 or the indicator has no denominator.
        """
        table = self.groups
        if not self.is_ratio or not self.can_be_split or (table.drop(columns="group") < 0).any(axis=None):
            return None
        based = table[~self._without_base()]
        sizes = [float(fsum(based[f"denominator_{when}"])) for when in ("before", "after")]
        if not all(sizes):
            return None
        times: list[list[Floats]] = []
        for size, when in zip(sizes, ("before", "after"), strict=True):
            top, bottom = (based[f"{side}_{when}"].to_numpy() for side in ("numerator", "denominator"))
            times.append([np.full(top.shape, size), bottom / size, _rates(top, bottom)])
        size, mix, rate = map(float, lmdi(*times).factor_effects)
        alone = table[self._without_base()]
        return Factors(size, mix, rate, fsum(alone["numerator_after"]) - fsum(alone["numerator_before"]))

    def _count_rows(self) -> pd.DataFrame:
        table = self.groups.copy()
        for when in ("before", "after"):
            whole = self.whole(f"numerator_{when}")
            table[f"rate_{when}"] = nan
            table[f"weight_{when}"] = table[f"numerator_{when}"] / (whole or nan)
        table[WITHIN] = table["numerator_after"] - table["numerator_before"]
        return table.assign(mix=0.0, apart=0.0, effect=table[WITHIN])

    def _ratio_rows(self) -> pd.DataFrame:
        table = self.groups.copy()
        counts = [f"{side}_{when}" for when in ("before", "after") for side in ("numerator", "denominator")]
        split = kitagawa_counts(*(table[name].to_numpy() for name in counts), centred=True)
        for when in ("before", "after"):
            top, bottom = (table[f"{side}_{when}"].to_numpy() for side in ("numerator", "denominator"))
            table[f"rate_{when}"] = _rates(top, bottom)
            table[f"weight_{when}"] = bottom / self.whole(f"denominator_{when}")
        table[WITHIN], table[MIX], table[APART] = split.rate, split.composition, split.apart
        return table.assign(effect=split.rate + split.composition + split.apart)

    def _states(self) -> list[str]:
        base = "denominator" if self.is_ratio else "numerator"
        gone = self.rows_of(f"{base}_after") == 0
        come = self.rows_of(f"{base}_before") == 0
        states = np.where(come & ~gone, NEW, np.where(gone & ~come, VANISHED, STAYS))
        return [str(state) for state in np.where(self._without_base(), WITHOUT_BASE, states)]

    def rows_of(self, name: str) -> Floats:
        """A column of counts, in the order of the groups."""
        return floats(self.groups[name])

    def _without_base(self) -> Bools:
        if not self.is_ratio:
            return np.zeros(len(self.groups), dtype=bool)
        alone = [
            (self.rows_of(f"numerator_{when}") != 0) & (self.rows_of(f"denominator_{when}") == 0)
            for when in ("before", "after")
        ]
        return np.asarray(alone[0] | alone[1])


def levels_and_departments(table: pd.DataFrame) -> LevelsAndDepartments | None:
    """The change of a rate from groups by `level` and department, as three factors (Das Gupta 1993).

    The rate is the sum over levels and departments of (share of the level) x (share of the department within it) x
    (rate of its persons). None where a year has nobody, or where someone is counted without a base.
    """
    levels, units = (list(dict.fromkeys(table[name])) for name in ("level", "group"))
    times = []
    for when in ("before", "after"):
        top, bottom = (
            table.pivot_table(f"{side}_{when}", "level", "group").loc[levels, units].fillna(0).to_numpy()
            for side in ("numerator", "denominator")
        )
        everyone = bottom.sum()
        if not everyone or ((top != 0) & (bottom == 0)).any():
            return None
        of_level = bottom.sum(axis=1, keepdims=True)
        times.append(
            [of_level / everyone, _rates(bottom, np.broadcast_to(of_level, bottom.shape)), _rates(top, bottom)]
        )
    before, after = ([_known(mine, other) for mine, other in zip(*pair, strict=True)] for pair in (times, times[::-1]))
    return LevelsAndDepartments(*map(float, das_gupta(before, after).effects))


def _rates(top: Floats, bottom: Floats) -> Floats:
    """top / bottom; NaN where there is nothing to divide by."""
    return floats(np.divide(top, bottom, out=np.full(top.shape, nan), where=bottom != 0))


def _known(mine: Floats, other: Floats) -> Floats:
    """Rates of one time; where there are none those of the other (unchanged), where neither has one 0."""
    return np.nan_to_num(np.where(np.isnan(mine), other, mine))
