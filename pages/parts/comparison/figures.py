"""The figures of one indicator over the departments in one year, as far as the reader may see them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.indicator import Indicator
from metrics.portrait import Department
from metrics.spread import Reference, Spread, own_sentence, reason, sentences, to_median
from metrics.tabulate import FEW, SUPPRESSED
from metrics.tree import UNIVERSITY
from metrics.view import Counting, Selection
from pages.parts import data
from vocabulary.text import Text

FAR = 1.5  # times the highest department of a kind


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What is compared: an indicator in a fiscal year over some departments; `own` is the one that is marked."""

    indicator: Indicator
    year: int
    counting: Counting
    departments: dict[str, Department]  # those that have none below them, of the kind, that the reader may read
    kind: str = ""  # of the departments that are compared; nothing: all
    own: Department | None

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The indicator in this year and the one before, for all that the reader may see."""
        years = Selection(fiscal_years=(self.year - 1, self.year))
        return data.figures((self.indicator.key,), selection=years, counting=self.counting)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One row is one department: the figure's columns, `code`, `name`, `before` and `reason` (why no value)."""
        now = self._of(self.year)
        now = now[now.index.isin(self.departments)].copy()
        now["code"] = now.index
        now["before"] = self._of(self.year - 1)["value"].reindex(now.index)
        now["reason"] = [self._reason(code, str(status)) for code, status in now["status"].items()]
        return now.reset_index(drop=True)

    @property
    def university(self) -> float:
        """The university's value; NaN where it has none."""
        return float(self._of(self.year)["value"].get(UNIVERSITY, np.nan))

    @property
    def has_total(self) -> bool:
        """Whether the university's value is a total, which does not lie on the scale of a department's."""
        return self.indicator.unit not in ("share", "index")

    @property
    def line(self) -> float | None:
        """The university's value where it lies on the departments' scale and would not squeeze those of a kind."""
        if self.has_total or np.isnan(self.university):
            return None
        highest = max(self.peers.ordered, default=0.0)
        return None if self.kind and self.university > FAR * highest else self.university

    @cached_property
    def reference(self) -> Reference:
        """What the departments are measured against: those of the kind together, else the university; no total."""
        if self.has_total:
            return Reference(value=np.nan)
        if not self.kind or self.indicator.denominator is None:
            return Reference(value=self.university)
        key = self.indicator.key
        found = data.of_kind((key,), self.year, self.kind, self.counting).get(key)
        if found is None or not (found.denominator > 0 or found.withheld):
            return Reference(value=self.university)
        value = found.numerator / found.denominator
        return Reference(value=value, kind=self.kind, departments=found.departments, withheld=found.withheld)

    @cached_property
    def peers(self) -> Spread:
        """All departments of the kind, without their names, as far as the reader may see them."""
        return data.peers(self.indicator.key, self.year, self.counting, self.kind)

    @cached_property
    def spread(self) -> Spread:
        """How the departments lie, from what the reader may know of them."""
        if data.reader().scope.whole_university:
            return Spread.of(self.rows, self.reference.value)
        return self.peers

    @property
    def own_value(self) -> float:
        """The marked department's value; NaN where there is none."""
        code = self.own.code if self.own else ""
        return float(self._of(self.year)["value"].get(code, np.nan))

    @property
    def answer(self) -> list[Text]:
        """What the page says at the top."""
        own, middle = self._own_sentence(), to_median(self.indicator, self.own_value, self.spread, self.kind)
        if own and middle:
            own = Text(f"{own.en} {middle.en}", f"{own.ja}{middle.ja}")
        withheld = self._of(self.year)["status"].get(UNIVERSITY) in (FEW, SUPPRESSED)
        asked = (self.indicator, self.year, self.university, self.spread, self.reference, own, self.kind)
        return sentences(*asked, withheld=withheld)

    def _own_sentence(self) -> Text | None:
        if self.own is None or self.own.code not in self._of(self.year).index:
            return None
        row = self._of(self.year).loc[self.own.code].to_dict()
        why = self._reason(self.own.code, str(row["status"]))
        return own_sentence(self.own.name, self.indicator, row, self.reference, why)

    def _reason(self, code: object, status: str) -> Text:
        return reason(self.indicator, status, self.year, data.ledger().exists(str(code), self.year))

    def _of(self, year: int) -> pd.DataFrame:
        return self._by_year[year]

    @cached_property
    def _by_year(self) -> dict[int, pd.DataFrame]:
        rows = self.figures
        both = (self.year - 1, self.year)
        return {year: rows[rows["fiscal_year"] == year].set_index("department") for year in both}
