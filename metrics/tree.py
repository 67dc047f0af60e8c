"""The department tree as arrays: who lies within whom, and what a headcount of a parent is."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.links import Bools, Floats, Ints, frozen
from metrics.years import fiscal_years
from vocabulary.departments import UNIVERSITY

__all__ = ["UNIVERSITY", "Tree"]


@dataclass(frozen=True, eq=False)
class Tree:
    """One position is one unit: the university `*` first, then the departments, parents before children."""

    units: tuple[str, ...]
    parent: Ints  # position of the parent; -1 for the university
    within: Bools  # within[a, b]: b is a or lies below a
    opened: Ints  # first fiscal year; very early where unknown
    closed: Ints  # last fiscal year; very late where unknown
    kind: tuple[str, ...]  # of each unit, as the register names it; nothing where it does not say
    discipline: tuple[str, ...]

    @classmethod
    def of(cls, departments: pd.DataFrame) -> "Tree":
        """The tree of a frame with code, parent_code, opened, closed, and what it says of kind and discipline.

        One row is one department.
        """
        rows = departments[departments["code"] != UNIVERSITY]
        parent_of = {str(r.code): str(r.parent_code or UNIVERSITY) for r in rows.itertuples()}
        units = _parents_first(parent_of)
        position = {code: i for i, code in enumerate(units)}
        parent = np.array([-1] + [position[parent_of[code]] for code in units[1:]], dtype=np.int64)
        within = np.eye(len(units), dtype=bool)
        for child in range(len(units) - 1, 0, -1):
            within[parent[child]] |= within[child]
        dates = rows.set_index("code").reindex(units)
        opened = fiscal_years(dates["opened"], missing=-(10**6))
        closed = fiscal_years(dates["closed"], missing=10**6)
        said = [_words(dates, column) for column in ("kind", "discipline")]
        return cls(units, frozen(parent), frozen(within), frozen(opened), frozen(closed), *said)

    @cached_property
    def leaves(self) -> Bools:
        """Which units have no sub-departments (the university is one only where it stands alone)."""
        return frozen(np.asarray(self.within.sum(axis=1) == 1))

    def above(self, unit: str) -> tuple[str, ...]:
        """A unit and those above it, the university first."""
        return tuple(np.array(self.units)[self.within[:, self.units.index(unit)]].tolist())

    def exist(self, unit: Ints, first: Ints, last: Ints) -> Bools:
        """Which units (positions) exist at some time from the first to the last fiscal year."""
        return np.asarray((self.opened[unit] <= last) & (self.closed[unit] >= first))

    def rolled_up(self, own: Floats, holds: Bools | None = None) -> Floats:
        """Headcounts (units x anything): a unit's own row holds; else the sum of its sub-departments' rows.

        NaN means no row; a sum over sub-departments without any row is NaN. Where `holds` (of the same shape) a unit's
        own row is taken even if it is NaN.
        """
        held = own.copy()
        for unit in range(len(self.units) - 1, -1, -1):
            children = np.flatnonzero(self.parent == unit)
            if len(children):
                below = held[children]
                total = np.where(np.isnan(below).all(axis=0), np.nan, np.nansum(below, axis=0))
                missing = np.isnan(own[unit])
                held[unit] = np.where(missing if holds is None else missing & ~holds[unit], total, own[unit])
        return held


def _words(rows: pd.DataFrame, column: str) -> tuple[str, ...]:
    """What the register says of each unit in a column; nothing where it is silent."""
    if column not in rows:
        return ("",) * len(rows)
    return tuple(str(word) for word in rows[column].fillna(""))


def _parents_first(parent_of: dict[str, str]) -> tuple[str, ...]:
    children: dict[str, list[str]] = {}
    for code, parent in parent_of.items():
        children.setdefault(parent, []).append(code)
    units, waiting = [], [UNIVERSITY]
    while waiting:
        unit = waiting.pop(0)
        units.append(unit)
        waiting[:0] = children.pop(unit, [])
    if children:
        lost = sorted(code for below in children.values() for code in below)
        raise ValueError(f"departments whose parent does not lead to the university: {lost}")
    return tuple(units)
