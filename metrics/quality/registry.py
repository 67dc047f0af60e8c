"""Every check, in reading order, and all that they find: to add a check is to add one declaration to its tuple."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.codes import TYPE_CODES
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.links import Bools
from metrics.members import headcounts_behind
from metrics.quality import consistency, coverage, duplicates, headcounts, missing, sources
from metrics.quality.check import SEVERITIES, Check
from metrics.quality.holdings import COLUMNS, HEADCOUNTS, NOBODY, Holdings
from vocabulary.text import Text

FAMILIES = (coverage, sources, duplicates, headcounts, consistency, missing)
EVERY = tuple(check for family in FAMILIES for check in family.CHECKS)
CHECKS: dict[str, Check] = {
    check.key: check for severity in SEVERITIES for check in EVERY if check.severity == severity
}
if len(CHECKS) != len(EVERY):
    raise ValueError("two checks have one key")


def findings(holdings: Holdings, checks: Iterable[Check] = CHECKS.values()) -> pd.DataFrame:
    """All findings, check by check: one row is one finding, with its `check` and the columns of `holdings.COLUMNS`."""
    tables = [check.find(holdings).assign(check=check.key) for check in checks]
    return pd.concat(tables, ignore_index=True)[["check", *COLUMNS]]


def within(found: pd.DataFrame, ledger: Ledger, units: Bools) -> Bools:
    """Which findings concern one of the units (by position): its own, or a record with a part of it."""
    of_record = found["activity"].to_numpy() != NOBODY
    activity, unit = found["activity"].to_numpy(), found["unit"].to_numpy()
    concerned = units[np.where(of_record, 0, unit)]
    concerned[of_record] = ledger.departments.any_of(units)[activity[of_record]]
    return concerned


@dataclass(frozen=True, eq=False)
class Touched:
    """What findings of one check are on: types of activities, and populations with their groups."""

    holdings: Holdings
    found: pd.DataFrame

    @cached_property
    def types(self) -> frozenset[str]:
        rows = self.found["activity"].to_numpy()
        kinds = np.unique(self.holdings.ledger.kind[rows[rows != NOBODY]])
        silent = self.found.loc[self.found["activity"] == NOBODY, "source"].unique()
        of_source = self.holdings.activities
        named = of_source.loc[of_source["source"].isin(silent), "activity_type"].unique() if len(silent) else ()
        return frozenset([*(TYPE_CODES[kind] for kind in kinds), *map(str, named)])

    @cached_property
    def headcounts(self) -> frozenset[tuple[str, str]]:
        """Pairs of population and group; a population without `all` moves each of its groups."""
        rows = self.found.loc[self.found["source"] == HEADCOUNTS, "subject"].unique()
        pairs = (str(subject).partition("/") for subject in rows)
        return frozenset((population, group) for population, _, groups in pairs for group in groups.split("+"))

    def by(self, check: Check, indicators: Iterable[Indicator]) -> tuple[str, ...]:
        """The keys of the indicators that the findings can move."""
        return tuple(one.key for one in indicators if check.touches(one) and self._concerns(one))

    def _concerns(self, indicator: Indicator) -> bool:
        if {*indicator.types} & self.types:
            return True
        everything = self.headcounts == {("", "")}
        return bool(headcounts_behind(indicator)) and (
            everything or bool({*headcounts_behind(indicator)} & self.headcounts)
        )


def told(check: Check, value: str, beside: str, other: Text) -> Text:
    """What is wrong in one finding, in words."""
    return check.told.filled(value=value, beside=beside, other=other)
