"""Why the departments' figures do not add up to the university's: what is counted in several of them, and in none."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from metrics.indicator import Indicator
from metrics.numbers import show
from metrics.tree import UNIVERSITY
from vocabulary.text import Language, Text


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """The sum of the departments' numerators beside the university's; they differ by what several departments share."""

    indicator: Indicator
    departments: int
    summed: float
    university: float

    @property
    def shared(self) -> float:
        """What the sum counts more than once, less what belongs to no department."""
        return self.summed - self.university

    @property
    def text(self) -> Text:
        """One line: sum of departments, less what they share, is the university's."""

        def side(language: Language) -> dict[str, str]:
            unit = "count" if self.indicator.unit in ("share", "index") else self.indicator.unit
            numbers = {"summed": self.summed, "shared": abs(self.shared), "university": self.university}
            return {name: show(value, unit, language) for name, value in numbers.items()}

        words = _MORE if self.shared > 0 else _LESS if self.shared < 0 else _EQUAL
        count = self.departments
        return Text(words.en.format(count=count, **side("en")), words.ja.format(count=count, **side("ja")))


_MORE = Text(
    "{count} departments add up to {summed}; less {shared} counted in more than one of them, the university's is "
    "{university}.",
    "{count}部局の合計は{summed}。複数部局で重複する{shared}を除くと、全学は{university}。",
)
_LESS = Text(
    "{count} departments add up to {summed}; with {shared} that belong to no department, the university's is "
    "{university}.",
    "{count}部局の合計は{summed}。部局に属さない{shared}を加えると、全学は{university}。",
)
_EQUAL = Text(
    "{count} departments add up to {summed}, the university's figure.",
    "{count}部局の合計は{summed}で、全学の値と一致する。",
)


def reconcile(
    figures: pd.DataFrame, indicator: Indicator, fiscal_year: int, leaves: Iterable[str]
) -> Reconciliation | None:
    """Departments (those without sub-departments) against the university, for the numerator of an indicator.

    None where the university has no such figure. `figures` are by department and fiscal year.
    """
    mine = figures[(figures["indicator"] == indicator.key) & (figures["fiscal_year"] == fiscal_year)]
    by_department = mine.set_index("department")["numerator"]
    if UNIVERSITY not in by_department.index or pd.isna(by_department[UNIVERSITY]):
        return None
    parts = by_department.reindex([code for code in leaves if code != UNIVERSITY]).dropna()
    return Reconciliation(
        indicator=indicator,
        departments=len(parts),
        summed=float(parts.sum()),
        university=float(by_department[UNIVERSITY]),
    )
