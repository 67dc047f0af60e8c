"""Where each indicator stands in one year: its value, its change, its goal's path and its status against the path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import isnan, nan
from statistics import median
from typing import Any, NamedTuple

import pandas as pd

from metrics.change import Counted, Verdict, since_words, told_from_chance
from metrics.figure_sentence import is_small
from metrics.goals import BEHIND, NO_DATA, NO_GOAL, ON_PATH, REACHED, Goal
from metrics.histories import Histories
from metrics.indicator import Indicator
from metrics.tabulate import OK
from vocabulary.text import Text

LEAST_TO_MOVE = 20  # counted in both years, for a change to be told as the one that moved most
NUMBERS = ("value", "numerator", "denominator", "low", "high")
LEAST_HISTORY = 4  # earlier changes from year to year, to say what is usual


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One indicator of one department in one fiscal year."""

    indicator: Indicator
    department: str
    fiscal_year: int
    status: str  # of the figure: ok, fewer than 5, suppressed, no data, not applicable
    value: float
    numerator: float
    denominator: float
    low: float
    high: float
    before: float  # value of the year before; NaN where there is none
    before_numerator: float
    before_denominator: float = nan
    before_low: float = nan
    earlier: tuple[float, ...] = ()  # its values in the years before, in order
    goal: Goal | None
    limits: tuple[float, float] | None = None  # between which the value lies where its data is incomplete
    before_limits: tuple[float, float] | None = None  # and that of the year before; None where its data is complete

    @cached_property
    def goal_status(self) -> str:
        if self.goal is None:
            return NO_GOAL
        return self.goal.status(self.fiscal_year, self.value)

    @cached_property
    def path(self) -> float:
        """Where the goal's path stands this year; NaN without a goal."""
        return self.goal.path(self.fiscal_year) if self.goal else nan

    @property
    def change(self) -> float:
        return self.value - self.before

    @cached_property
    def usual_change(self) -> float:
        """The median size of its earlier changes a year; NaN of under four."""
        return usual_change(self.earlier)

    @cached_property
    def verdict(self) -> Verdict:
        """Whether the change since the year before can be told from chance."""
        now, before = Counted(self.numerator, self.denominator), Counted(self.before_numerator, self.before_denominator)
        return told_from_chance(self.indicator, now, before, (self.low, self.before_low))

    @property
    def is_small(self) -> bool:
        """Whether it rests on so few that the count takes the lead."""
        return is_small(self.indicator, self.numerator, self.denominator)

    @property
    def moved(self) -> Text:
        """The change since the year before as it is said, with its interval."""
        return since_words(self.value, self.before, self.indicator.unit, self.verdict, self.fiscal_year - 1)

    @property
    def movement(self) -> float:
        """The size of the change as a multiple of the usual one; NaN where that says nothing.

        It says nothing where either year counts fewer than 20, or where the indicator has too short a past.
        """
        enough = min(self.numerator, self.before_numerator) >= LEAST_TO_MOVE
        return abs(self.change) / self.usual_change if enough and self.usual_change > 0 else nan

    @property
    def shortfall(self) -> float:
        """How far behind the path, as a part of the path's value; 0 on the path; NaN without a goal or data."""
        if self.goal_status not in (BEHIND, ON_PATH, REACHED):
            return nan
        return abs(self.value - self.path) / abs(self.path) if self.goal_status == BEHIND and self.path else 0.0


class _Row(NamedTuple):
    """What a table says of one indicator in one year."""

    status: str
    value: float
    numerator: float
    denominator: float
    low: float
    high: float


NOTHING_THERE = _Row(NO_DATA, nan, nan, nan, nan, nan)


def standings(
    figures: pd.DataFrame | Histories,
    indicators: Iterable[Indicator],
    goals: Mapping[tuple[str, str], Goal],
    fiscal_year: int,
    department: str,
) -> list[Standing]:
    """The standing of each indicator, from figures by department and fiscal year (as `tabulate` gives them)."""
    kept = figures if isinstance(figures, Histories) else Histories(figures)
    columns = [kept.column(name) for name in ("status", *NUMBERS)]
    values = kept.column("value")
    found = []
    for indicator in indicators:
        places = kept.places(indicator.key, department)
        now, then = _row(columns, places.get(fiscal_year)), _row(columns, places.get(fiscal_year - 1))
        found.append(
            Standing(
                indicator=indicator,
                department=department,
                fiscal_year=fiscal_year,
                status=now.status,
                value=now.value,
                numerator=now.numerator,
                denominator=now.denominator,
                low=now.low,
                high=now.high,
                before=then.value,
                before_numerator=then.numerator,
                before_denominator=then.denominator,
                before_low=then.low,
                earlier=tuple([values[places[year]] for year in sorted(places) if year < fiscal_year]),
                goal=goals.get((indicator.key, department)),
            )
        )
    return found


def _row(columns: Sequence[Sequence[Any]], place: int | None) -> _Row:
    return NOTHING_THERE if place is None else _Row(*[column[place] for column in columns])


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How the indicators of a cell (or of everything) stand against their goals' paths."""

    with_goal: int
    on_path: int  # on the path or already at the target
    behind: int
    goal_without_data: int
    without_goal: int
    without_data: int  # no figure at all this year
    indicators: int

    @property
    def judged(self) -> int:
        """Goals that are on their path (or met), or behind it."""
        return self.on_path + self.behind

    @property
    def not_started(self) -> int:
        """Goals whose plan begins in a later year."""
        return self.with_goal - self.judged - self.goal_without_data


def tally(found: Iterable[Standing]) -> Tally:
    """Counts of a list of standings."""
    listed = list(found)
    status = [standing.goal_status for standing in listed]
    return Tally(
        with_goal=sum(s != NO_GOAL for s in status),
        on_path=sum(s in (ON_PATH, REACHED) for s in status),
        behind=status.count(BEHIND),
        goal_without_data=status.count(NO_DATA),
        without_goal=status.count(NO_GOAL),
        without_data=sum(standing.status != OK for standing in listed),
        indicators=len(listed),
    )


def usual_change(values: Sequence[float]) -> float:
    """The median size of the changes from year to year of a series in order; NaN where there are under four."""
    changes = [abs(now - before) for before, now in pairwise(values)]
    known = [change for change in changes if not isnan(change)]
    return median(known) if len(known) >= LEAST_HISTORY else nan


def most_moved(found: Iterable[Standing], *, told: bool | None = True) -> list[Standing]:
    """Indicators by their movement, the largest first: the change since the year before against their usual change.

    Only those whose change can be told from chance; with `told=None` those of which nothing is known of chance.
    """
    moving = [one for one in found if one.change and not isnan(one.movement) and one.verdict.told is told]
    return sorted(moving, key=lambda standing: -standing.movement)


def moved_most(found: Iterable[Standing]) -> Standing | None:
    """The first of `most_moved`, if any: a change that can be told from chance."""
    return next(iter(most_moved(found)), None)


def none_told(found: Iterable[Standing]) -> bool:
    """Whether changes were judged, and none of them can be told from chance."""
    judged = [standing.verdict.told for standing in found if standing.verdict.told is not None]
    return bool(judged) and not any(judged)


def furthest_behind(found: Iterable[Standing]) -> list[Standing]:
    """Indicators behind their path, the furthest (relative to the path) first."""
    return sorted((s for s in found if s.goal_status == BEHIND), key=lambda s: -s.shortfall)
