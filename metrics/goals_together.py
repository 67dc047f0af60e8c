"""Do the departments' goals add up to the university's promise? Their sum, what the others hold, and the gap."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
import pandas as pd

from metrics.goals import Goal
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.measures import Activities, Money, Persons
from metrics.tree import Tree
from vocabulary.departments import UNIVERSITY


@dataclass(frozen=True, kw_only=True)
class Together:
    """What the departments' goals come to in one fiscal year, in the unit of the indicator (shares as fractions)."""

    fiscal_year: int
    promise: float  # the university's path in that year
    with_goal: tuple[str, ...]  # departments (codes) whose goal is counted
    without: tuple[str, ...]  # departments that are taken to stay where they are
    parts: pd.DataFrame  # one row a department: department, now, then, added (what it adds to the university's value)
    total: float  # the university's value if all goals are met and all others stay
    overlap: float  # the university's count as a part of the sum of its departments' (1 for shares)

    @property
    def gap(self) -> float:
        """What the promise asks for beyond the departments' goals; negative where these go further."""
        return self.promise - self.total


def together(
    indicator: Indicator, figures: pd.DataFrame, goals: Mapping[str, Goal], tree: Tree, fiscal_year: int
) -> Together | None:
    """What the goals of departments come to in a fiscal year; None without a promise or without a goal of a department.

    A department that is beyond its goal already stays where it is.

    `figures` are today's, one row a department (`department`, `numerator`, `denominator`, `value`), `*` among them;
    `goals` are the indicator's by department. A department without a goal, below none that has one, stays at today's
    figure. Shares and rates are weighted by today's denominators: sum of rate x d over D. Counts are added, and what
    several departments share is taken off as it is today (`overlap`: the university's count over the departments' sum).
    """
    if not adds_up(indicator):
        return None
    promise = goals[UNIVERSITY].path(fiscal_year) if UNIVERSITY in goals else nan
    rows = figures.set_index("department")
    units = _units(tree, {code for code in goals if code != UNIVERSITY}, rows)
    aims = {code: aim for code in units if code in goals and not isnan(aim := goals[code].path(fiscal_year))}
    if isnan(promise) or not aims or UNIVERSITY not in rows.index:
        return None
    whole = float(rows["value"].to_numpy(dtype=np.float64)[rows.index.get_loc(UNIVERSITY)])
    now = rows["value"].reindex(units).fillna(0.0)
    better = max if goals[UNIVERSITY].upward else min
    then = pd.Series({code: better(aims.get(code, now[code]), now[code]) for code in units})
    if indicator.denominator is None:
        overlap = whole / float(now.sum()) if now.sum() else 1.0
        weight = pd.Series(overlap, index=units)
    else:
        overlap, base = 1.0, rows["denominator"].reindex(units).fillna(0.0)
        weight = base / base.sum()
    added = (then - now) * weight
    parts = pd.DataFrame(
        {"department": units, "now": now.to_numpy(), "then": then.to_numpy(), "added": added.to_numpy()}
    )
    return Together(
        fiscal_year=fiscal_year,
        promise=promise,
        with_goal=tuple(aims),
        without=tuple(code for code in units if code not in aims),
        parts=parts,
        total=whole + float(added.sum()),
        overlap=overlap,
    )


def adds_up(indicator: Indicator) -> bool:
    """Whether the university's figure follows from its departments': not so for different partners, or an index."""
    return all(isinstance(part, Activities | Persons | Money | Headcount) for part in indicator.measured)


def _units(tree: Tree, with_goal: set[str], rows: pd.DataFrame) -> list[str]:
    """Departments that make up the university without counting any twice.

    One with a goal stands for all below it; else those that have none below them.
    """
    position = {code: place for place, code in enumerate(tree.units)}
    covered = {
        tree.units[below]
        for code in with_goal & set(position)
        for below in tree.within[position[code]].nonzero()[0]
        if tree.units[below] != code
    }
    chosen = [
        code
        for code, leaf in zip(tree.units, tree.leaves, strict=True)
        if code != UNIVERSITY
        and code not in covered
        and (code in with_goal or (leaf and not _above(tree, code, with_goal)))
    ]
    return [code for code in chosen if code in rows.index]


def _above(tree: Tree, code: str, with_goal: set[str]) -> bool:
    """Whether a department above this one has a goal."""
    place = tree.parent[tree.units.index(code)]
    return place > 0 and (tree.units[place] in with_goal or _above(tree, tree.units[place], with_goal))
