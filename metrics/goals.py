"""Goals as paths: a baseline, dated milestones, a target, and straight lines or steps between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isnan, nan

import numpy as np
import pandas as pd

from metrics.links import Floats, Ints, floats, ints

ON_PATH, BEHIND, REACHED, NO_GOAL, NO_DATA, NOT_STARTED = (
    "on path",
    "behind",
    "reached",
    "no goal",
    "no data",
    "not started",
)
ROUNDING = 1e-9  # two floats that say the same
STRAIGHT, STEPPED = "straight", "stepped"


@dataclass(frozen=True, kw_only=True, eq=False)
class Goal:
    """The goal of one indicator for one department: points in the order of fiscal years."""

    indicator: str
    department: str
    years: Ints
    values: Floats
    kinds: tuple[str, ...]  # baseline, milestone, target
    phases: tuple[str, ...]
    ways: tuple[str, ...] = ()  # how the path reaches each point: straight (where nothing is said), or stepped

    @cached_property
    def upward(self) -> bool:
        """Whether the goal asks for more (its last point lies above its first)."""
        return bool(self.values[-1] >= self.values[0])

    def path(self, fiscal_year: int) -> float:
        """Where the path stands in a year; NaN before its first point, its last value after its last.

        It reaches a point straight from the one before, or by a step: the value before holds until the point's year.
        """
        if fiscal_year not in self._path:
            self._path[fiscal_year] = self._reckoned(fiscal_year)
        return self._path[fiscal_year]

    @cached_property
    def _path(self) -> dict[int, float]:
        """The path in the years that were asked for: pages ask for each many times."""
        return {}

    def _reckoned(self, fiscal_year: int) -> float:
        if fiscal_year < self.years[0]:
            return nan
        next_one = int(np.searchsorted(self.years, fiscal_year))
        if next_one < len(self.years) and self.years[next_one] != fiscal_year and self.is_stepped(next_one):
            return float(self.values[next_one - 1])
        return float(np.interp(fiscal_year, self.years, self.values))

    def is_stepped(self, place: int) -> bool:
        """Whether the path reaches the point of this place (0: the first) by a step."""
        return bool(self.ways) and self.ways[place] == STEPPED

    @cached_property
    def points(self) -> tuple[tuple[int, float], ...]:
        """Fiscal year and value of each point, in order."""
        return tuple(zip(self.years.tolist(), self.values.tolist(), strict=True))

    def edges(self) -> list[tuple[int, float]]:
        """Fiscal year and value of the last years before steps, where the value before still holds."""
        stepped = [place for place in range(1, len(self.years)) if self.is_stepped(place)]
        years = [int(self.years[place]) - 1 for place in stepped]
        return [(year, self.path(year)) for year in years if year not in self.years]

    def status(self, fiscal_year: int, value: float) -> str:
        """`reached` (the last point), `on path`, `behind`, `no data`, or `not started` before the first point."""
        if isnan(value):
            return NO_DATA
        sign = 1 if self.upward else -1
        if sign * (value - self.points[-1][1]) >= -ROUNDING:
            return REACHED
        path = self.path(fiscal_year)
        if isnan(path):
            return NOT_STARTED
        return ON_PATH if sign * (value - path) >= -ROUNDING else BEHIND

    def behind_since(self, values: Mapping[int, float], fiscal_year: int) -> int | None:
        """The first year of the unbroken run behind the path that lasts to a year; a year without a value breaks it.

        `values` are by fiscal year. None where the year itself is not behind.
        """
        since = None
        year = fiscal_year
        while self.status(year, values.get(year, float("nan"))) == BEHIND:
            since, year = year, year - 1
        return since

    def next_point(self, fiscal_year: int) -> tuple[int, float] | None:
        """The next milestone or target after a year, if any: its year and value."""
        return next((point for point in self.points if point[0] > fiscal_year), None)

    def required_pace(self, fiscal_year: int, value: float) -> float:
        """Change a year needed from `value` to meet the next point in time, in its unit; NaN without one."""
        point = self.next_point(fiscal_year)
        return (point[1] - value) / (point[0] - fiscal_year) if point else float("nan")


def goals_of(frame: pd.DataFrame) -> dict[tuple[str, str], Goal]:
    """The goals of a frame as `Records.goals` gives it (one row is one point), by indicator and department."""
    goals = {}
    ordered = frame.sort_values("fiscal_year")
    for (indicator, department), points in ordered.groupby(["indicator", "department"], sort=False):
        goals[(str(indicator), str(department))] = Goal(
            indicator=str(indicator),
            department=str(department),
            years=ints(points["fiscal_year"]),
            values=floats(points["value"]),
            kinds=tuple(points["kind"]),
            phases=tuple(points["phase"]),
            ways=tuple(points["path"]) if "path" in points else (),
        )
    return goals
