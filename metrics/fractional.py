"""Counting works by their authors: whole, fractional by author, fractional by unit, and which units share works.

A work is the list of its authors, an author the code of a unit (a country, an institution, a field) or a list of
several, between which the author is split equally. Results are Series indexed by code, in the order of the codes.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

Author = str | Sequence[str]
Works = Iterable[Sequence[Author]]


def full_counts(works: Works) -> "pd.Series[float]":
    """Works of each unit, each 1 however many of its authors take part (whole counting)."""
    return _series((unit, 1.0) for work in works for unit in units_of(work))


def authorships(works: Works) -> "pd.Series[float]":
    """Authors of each unit over all works: 3 authors of x add 3 to x; an author of two units adds 1/2 to each."""
    return _series((unit, part) for work in works for unit, part in _parts(work))


def fractional_by_author(works: Works) -> "pd.Series[float]":
    """Each work is 1, split equally among its authors: the share of authors that each unit has (Leiden's counting).

    CWTS Leiden Ranking 2020, methodology p. 16: 2 of 5 authors weigh 0.4. An author of no unit keeps the own part, so
    that units add up to the number of works only where all authors are known.
    """
    return _series((unit, part / len(work)) for work in works for unit, part in _parts(work))


def fractional_by_unit(works: Works) -> "pd.Series[float]":
    """Each work is 1, split equally among its distinct units, whatever their numbers of authors.

    With countries for units this is fractional counting by country; with main fields the weight 1 / k of a work that
    belongs to k of them (CWTS Leiden Ranking 2020).
    """
    parts = ((unit, 1 / len(units)) for units in map(units_of, works) for unit in units)
    return _series(parts)


def joint_counts(works: Works) -> pd.DataFrame:
    """Works that each two units share, whole counting: a symmetric frame, the diagonal being each unit's own works."""
    shared = [units_of(work) for work in works]
    codes = sorted({unit for units in shared for unit in units})
    takes_part = np.array([[code in units for code in codes] for units in shared], dtype=float)
    takes_part = takes_part.reshape(len(shared), len(codes))
    return pd.DataFrame(takes_part.T @ takes_part, index=codes, columns=codes)


def units_of(work: Sequence[Author]) -> list[str]:
    """The distinct units of a work's authors, in the order of codes."""
    return sorted({unit for author in work for unit in _units(author)})


def _parts(work: Sequence[Author]) -> list[tuple[str, float]]:
    """Each author's units with the author's part in them."""
    return [(unit, 1 / len(units)) for units in map(_units, work) for unit in units]


def _units(author: Author) -> list[str]:
    return [author] if isinstance(author, str) else sorted(set(author))


def _series(parts: Iterable[tuple[str, float]]) -> "pd.Series[float]":
    found: dict[str, float] = {}
    for unit, part in parts:
        found[unit] = found.get(unit, 0.0) + part
    return pd.Series(found, dtype=float).sort_index()
