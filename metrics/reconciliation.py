"""Why departments' figures do not add up to the university's or a parent's: what several of them count, and none."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, isnan

import pandas as pd

from metrics.breadth import EffectiveCountries
from metrics.exchange_measures import Reciprocity
from metrics.headcount_measures import EffectiveOrigins
from metrics.histories import Histories
from metrics.indicator import Indicator, Unit, parts
from metrics.measures import Money
from metrics.numbers import show
from metrics.participation_measures import Concentration
from metrics.partner_measures import NetworkIndex
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Language, Text

ROUNDING = 1e-6  # of sums of shares


NO_SUMS = (EffectiveCountries, EffectiveOrigins, NetworkIndex, Reciprocity, Concentration)


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """The sum of departments' numerators beside that of the whole; they differ by what several departments share."""

    indicator: Indicator
    departments: int
    summed: float
    whole: float
    name: Text  # of the whole

    @property
    def shared(self) -> float:
        """What the sum counts more than once, less what belongs to no department."""
        return self.summed - self.whole

    @property
    def text(self) -> Text:
        """One line: sum of departments, less what they share, is the whole's."""

        def side(language: Language) -> dict[str, str]:
            numbers = {"summed": self.summed, "shared": abs(self.shared), "whole": self.whole}
            return {name: show(value, unit_counted(self.indicator), language) for name, value in numbers.items()}

        words = _EQUAL if abs(self.shared) < ROUNDING else _MORE if self.shared > 0 else _LESS
        texts = {name: Text(en, ja) for (name, en), ja in zip(side("en").items(), side("ja").values(), strict=True)}
        return words.filled(count=self.departments, name=self.name, **texts)


def unit_counted(indicator: Indicator) -> Unit:
    """The unit of an indicator's numerator: what a share is a share of."""
    if indicator.unit not in ("share", "index"):
        return indicator.unit
    measured = parts(indicator.numerator)
    if any(isinstance(part, Money) for part in measured):
        return "yen"
    return "persons" if indicator.protected else "count"


THE_UNIVERSITY = Text("the university", "全学")
_MORE = Text(
    "{count} departments add up to {summed}; less {shared} counted in more than one of them, {name} has {whole}.",
    "{count}部局の合計は{summed}。複数部局で重複する{shared}を除くと、{name}は{whole}。",
)
_LESS = Text(
    "{count} departments add up to {summed}; with {shared} that none of them counts, {name} has {whole}.",
    "{count}部局の合計は{summed}。いずれの部局にも計上されない{shared}を加えると、{name}は{whole}。",
)
_EQUAL = Text(
    "{count} departments add up to {summed}, as many as {name} has.",
    "{count}部局の合計は{summed}で、{name}の値と一致する。",
)


def reconcile(
    figures: pd.DataFrame | Histories,
    indicator: Indicator,
    fiscal_year: int,
    leaves: Iterable[str],
    whole: str = UNIVERSITY,
    name: Text = THE_UNIVERSITY,
) -> Reconciliation | None:
    """Departments (those without sub-departments) against the whole above them, for the numerator of an indicator.

    None where the whole has no such figure, and for effective numbers and other indices, which do not add up.
    `figures` are by department and fiscal year; `whole` is the university or a parent department, `name` what it is
    called.
    """
    if isinstance(indicator.numerator, NO_SUMS):
        return None
    kept = figures if isinstance(figures, Histories) else Histories(figures)
    numerators = kept.column("numerator")

    def known(departments: Iterable[str]) -> list[float]:
        places = (kept.places(indicator.key, code).get(fiscal_year) for code in departments)
        return [numerators[place] for place in places if place is not None and not isnan(numerators[place])]

    of_whole, parts = known([whole]), known(code for code in leaves if code != whole)
    if not of_whole:
        return None
    return Reconciliation(
        indicator=indicator, departments=len(parts), summed=fsum(parts), whole=float(of_whole[0]), name=name
    )
