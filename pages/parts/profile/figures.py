"""The figures of one department in one year, and the university's beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from metrics.assessment import Standing
from metrics.catalogue import HEADLINES
from metrics.coverage import Coverage, coverage
from metrics.histories import Histories
from metrics.indicator import Indicator
from metrics.kinds import large_kinds, others_name
from metrics.people import People, people_of
from metrics.portfolio import Portfolio, Question
from metrics.portrait import Department, sentences
from metrics.tabulate import OK
from metrics.target_answer import comparable
from metrics.tree import UNIVERSITY
from metrics.unusual import Difference, differences, most_unusual, rest_of_university
from metrics.view import Counting, Selection
from pages.parts import data
from pages.parts.portfolios import portfolio_of
from pages.parts.standing import standings_here
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a profile is of: a department, a fiscal year, a counting rule. All else follows from the records."""

    department: Department
    year: int
    counting: Counting

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """The common indicators, and those that the department or a unit above it declared."""
        return data.indicators_of(self.department.code)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """All indicators of the department and the university, by fiscal year."""
        both = Selection(departments=(UNIVERSITY, self.department.code))
        return data.figures(tuple(self.indicators), selection=both, counting=self.counting)

    @cached_property
    def histories(self) -> Histories:
        """The same, by indicator and department."""
        return Histories(self.figures)

    @cached_property
    def has_figures(self) -> bool:
        """Whether the department has a figure in the year."""
        return any(standing.status == OK for standing in self.every_standing)

    @property
    def outside_its_life(self) -> Text | None:
        """What to say of a year in which the department did not exist; nothing of any other."""
        if data.ledger().exists(self.department.code, self.year):
            return None
        return self.department.outside_its_life(self.year, has_figures=self.has_figures)

    @cached_property
    def every_standing(self) -> list[Standing]:
        """Where the department stands, with all of its own goals."""
        return standings_here(self.histories, self.year, self.department.code)

    @cached_property
    def standings(self) -> list[Standing]:
        """The same, with those of its goals that are for figures counted like these."""
        return [comparable(standing, self.counting, part=False) for standing in self.every_standing]

    @property
    def goals_apart(self) -> int:
        """How many of its goals are for figures counted in another way."""
        both = zip(self.every_standing, self.standings, strict=True)
        return sum(with_all.goal is not compared.goal for with_all, compared in both)

    @property
    def answer(self) -> list[Text]:
        """What the page says at the top."""
        unusual = most_unusual(self.differences)
        return sentences(
            self.department, self.people, self.standings, unusual, self.year, self.goals_apart, self.beside
        )

    @cached_property
    def university(self) -> dict[str, Standing]:
        """Where the university stands, by indicator: in its headlines, and in what can lie on one scale with it."""
        headlines = HEADLINES.values()
        shown = [one for one in self.indicators.values() if one.unit in ("share", "index") or one.key in headlines]
        return {one.indicator.key: one for one in standings_here(self.histories, self.year, UNIVERSITY, shown)}

    @cached_property
    def kind(self) -> str:
        """The kind of departments that it is compared with; nothing: too few are of its kind."""
        kind = self.department.kind
        return kind if not self.department.leaves and kind in large_kinds(data.kinds().values()) else ""

    @property
    def beside(self) -> Text:
        """What it is compared with, in a sentence."""
        return others_name(self.kind)

    @cached_property
    def differences(self) -> list[Difference]:
        """The proportions that can be compared with the others of its kind, or with the rest of the university."""
        code = self.department.code
        proportions = [one for one in self.indicators.values() if one.is_proportion and not one.is_own]
        if self.kind:
            sums = data.of_kind([one.key for one in proportions], self.year, self.kind, self.counting, without=code)
            others = {key: (found.numerator, found.denominator) for key, found in sums.items()}
        else:
            others = rest_of_university(self.histories, proportions, code, self.year)
        return differences(self.histories, proportions, code, self.year, others)

    @cached_property
    def portfolio(self) -> Portfolio:
        """What counts in the department and year."""
        return portfolio_of(Question(department=self.department.code, fiscal_years=(self.year,)))

    @cached_property
    def people(self) -> People:
        """Its people, each counted once."""
        return people_of(self.portfolio)

    def coverage(self, own: Standing) -> Coverage | None:
        """How much of a figure is of unknown country; None where nothing is, or where it has no value."""
        place = self.histories.places(own.indicator.key, own.department).get(self.year)
        if own.status != OK or place is None:
            return None
        known, unknown = (self.histories.column(name)[place] for name in ("known", "unknown"))
        return coverage(own.indicator, own.numerator, own.denominator, known, unknown)

    def of_the_year(self, names: Iterable[str], *departments: str) -> dict[str, list[Any]]:
        """Some columns of the year's figures of some departments, in the order of the table."""
        years = [self.histories.places(key, code) for key in self.indicators for code in departments]
        places = sorted(years_of[self.year] for years_of in years if self.year in years_of)
        columns = {name: self.histories.column(name) for name in names}
        return {name: [column[place] for place in places] for name, column in columns.items()}

    def history(self, key: str, department: str) -> dict[str, list[Any]]:
        """The years of one indicator up to the one that is read."""
        return self.histories.columns(key, department, until=self.year)
