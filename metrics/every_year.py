"""All figures by department and fiscal year, counted once for each counting rule; what is asked is cut from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.table_arrays import Array, as_arrays, as_table
from metrics.tabulate import tabulate
from metrics.view import Counting, Dimension, Selection

BY: tuple[Dimension, ...] = ("department", "fiscal_year")


def is_by_year(by: tuple[Dimension, ...], asked: Selection) -> bool:
    """Whether a question is by department and fiscal year, without a choice of countries or levels."""
    return by == BY and not asked.by_country and asked.levels is None


@dataclass(frozen=True, eq=False)
class EveryYear:
    """What `tabulate` gives of these indicators, all departments and all fiscal years: the rows in this order."""

    table: pd.DataFrame
    keys: tuple[str, ...]
    units: tuple[str, ...]
    fiscal_years: tuple[int, ...]

    @classmethod
    def of(cls, ledger: Ledger, indicators: Sequence[Indicator], counting: Counting, whole: Self | None = None) -> Self:
        """Counted by one rule; `whole` are the figures by whole counting, of which many are the same by any rule."""
        keys = tuple(indicator.key for indicator in indicators)
        if whole is None:
            table = tabulate(ledger, indicators, BY, counting=counting)
            return cls(table, keys, ledger.units, tuple(ledger.fiscal_years))
        other = [indicator for indicator in indicators if indicator.follows(counting)]
        mine = cls.of(ledger, other, counting)
        place = {key: len(whole.keys) + at for at, key in enumerate(mine.keys)}
        at = [place.get(key, whole.place[key]) for key in keys]
        both = pd.concat([whole.table, mine.table], ignore_index=True)
        wide = len(whole.units) * len(whole.fiscal_years)
        table = both.take((np.array(at)[:, None] * wide + np.arange(wide)).ravel()).reset_index(drop=True)
        return cls(table, keys, whole.units, whole.fiscal_years)

    def arrays(self) -> dict[str, Array]:
        """All of it as arrays, for a file."""
        return as_arrays(self.table)

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, Array], ledger: Ledger, indicators: Sequence[Indicator]) -> Self | None:
        """What `arrays` gave; None where these are not the figures of this ledger's departments and years."""
        made = cls(as_table(arrays), tuple(i.key for i in indicators), ledger.units, tuple(ledger.fiscal_years))
        wanted = [sorted(set(made.table[name])) for name in ("indicator", *BY)]
        return made if wanted == [sorted(each) for each in (made.keys, made.units, made.fiscal_years)] else None

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each indicator stands."""
        return {key: place for place, key in enumerate(self.keys)}

    def holds(self, asked: Selection) -> bool:
        """Whether it has all years that are asked for."""
        return {*self.fiscal_years}.issuperset(asked.fiscal_years or ())

    def cut(self, keys: Sequence[str], asked: Selection) -> pd.DataFrame:
        """The rows of some indicators, departments and years, as `tabulate` gives them: a copy."""
        units = [at for at, code in enumerate(self.units) if asked.departments is None or code in asked.departments]
        years = range(len(self.fiscal_years))
        chosen = years if asked.fiscal_years is None else [self.fiscal_years.index(year) for year in asked.fiscal_years]
        first = np.array([self.place[key] for key in keys])[:, None] * len(self.units) + np.array(units)
        rows = first[:, :, None] * len(years) + np.array(chosen)
        return self.table.take(rows.ravel().astype(np.int64)).reset_index(drop=True)
