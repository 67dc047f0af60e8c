"""Indices of collaboration between two countries (or institutions): joint papers beside what each of the two has.

Whole counting throughout. `joint` are the papers that x and y have together, `papers_x` and `papers_y` those of each,
`world` all papers that could have been joint: the same kind of papers everywhere (as a rule international ones, in the
same years). Numbers give a number and arrays an array, broadcast against each other; `pairwise` makes a matrix. What
is divided by nothing is undefined: NaN. A count below 0, or more joint papers than one of the two has, is a ValueError.
Works that are counted by their authors' countries are in `metrics.fractional`.
"""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.links import Floats

Matrix = TypeVar("Matrix", Floats, pd.DataFrame)
MOST_ROUNDS = 20_000


def expected_papers(papers_x: ArrayLike, papers_y: ArrayLike, world: ArrayLike) -> Floats:
    """Joint papers to be expected if partners were met in proportion to what they write: C_x C_y / T.

    Luukkonen, Tijssen, Persson & Sivertsen 1993, Scientometrics 28:15. NaN where `world` is 0.
    """
    of_x, of_y, of_world = _counts(papers_x, papers_y, world)
    return _quotient(of_x * of_y, of_world)


def observed_expected(joint: ArrayLike, papers_x: ArrayLike, papers_y: ArrayLike, world: ArrayLike) -> Floats:
    """Joint papers over those expected, C_xy / (C_x C_y / T): symmetric, 1 is as expected.

    Luukkonen et al. 1993. `world` is the total that the papers of x and y are parts of.
    """
    _part_of_both(joint, papers_x, papers_y)
    return _quotient(np.asarray(joint, dtype=float), expected_papers(papers_x, papers_y, world))


def index_of_international_collaboration(
    joint: ArrayLike, papers_x: ArrayLike, papers_y: ArrayLike, world: ArrayLike
) -> Floats:
    """IC_xy = (C_xy / C_x) / (C_y / C_w): the share of y in the international papers of x over that in the world's.

    National Science Board, Science and Engineering Indicators, notes of tables SPBS-38 and 39. The margins are
    international papers, each counted once: not the sums of a matrix of links, see `probabilistic_affinity_index`.
    """
    return observed_expected(joint, papers_x, papers_y, world)


def probabilistic_affinity_index(
    links: ArrayLike, links_x: ArrayLike, links_y: ArrayLike, links_all: ArrayLike
) -> Floats:
    """PAI = C_xy C.. / (C_x. C_.y), whose margins are links: the sums of the rows of a matrix of joint papers.

    Zitt, Bassecoulard & Okubo 2000, Scientometrics 47:627. A paper of three countries is one paper of each, but two
    links of each, so that this is not the index whose margins are papers.
    """
    _part_of_both(links, links_x, links_y)
    joint, of_x, of_y, of_all = _counts(links, links_x, links_y, links_all)
    return _quotient(joint * of_all, of_x * of_y)


def probabilistic_affinity_matrix(joint: Matrix) -> Matrix:
    """The probabilistic affinity index of every pair of a square matrix of joint papers; its diagonal is left out."""
    links = _without_diagonal(joint)
    rows, columns = links.sum(axis=1), links.sum(axis=0)
    index = probabilistic_affinity_index(links, rows[:, None], columns[None, :], links.sum())
    return _like(joint, _with_diagonal(index, np.nan))


def relative_intensity(joint: ArrayLike, papers_x: ArrayLike, papers_y: ArrayLike, world: ArrayLike) -> Floats:
    """RIC(x -> y) = [C_xy / C_x] / [(C_y - C_xy) / (C_w - C_x)]: the share of y in the papers of x, and without x.

    Relative Intensity of Collaboration: Fuchs, Sivertsen & Rousseau 2021, Scientometrics, 10.1007/s11192-021-04110-x
    (the algebra is that of their words). Asymmetric; it grows with joint papers without a bound, 1 is the same share.
    NaN where y writes with nobody but x.
    """
    _part_of_both(joint, papers_x, papers_y)
    both, of_x, of_y, of_world = _counts(joint, papers_x, papers_y, world)
    return _quotient(_quotient(both, of_x), _quotient(of_y - both, of_world - of_x))


def salton(joint: ArrayLike, papers_x: ArrayLike, papers_y: ArrayLike) -> Floats:
    """Salton's cosine C_xy / sqrt(C_x C_y), 0 to 1: how much of both is joint.

    Salton & McGill 1983; for countries Luukkonen et al. 1993. The same two countries are closer over international
    papers than over all of theirs: say of which the papers are.
    """
    _part_of_both(joint, papers_x, papers_y)
    both, of_x, of_y = _counts(joint, papers_x, papers_y)
    return _quotient(both, np.sqrt(of_x * of_y))


def jaccard(joint: ArrayLike, papers_x: ArrayLike, papers_y: ArrayLike) -> Floats:
    """Jaccard's index C_xy / (C_x + C_y - C_xy), 0 to 1: joint papers of those of either.

    Jaccard 1901; for countries Luukkonen et al. 1993.
    """
    _part_of_both(joint, papers_x, papers_y)
    both, of_x, of_y = _counts(joint, papers_x, papers_y)
    return _quotient(both, of_x + of_y - both)


def affinity(joint: ArrayLike, papers_x: ArrayLike) -> Floats:
    """AFI_xy = 100 C_xy / C_x, per cent of the papers of x that are joint with y: asymmetric."""
    _part_of_both(joint, papers_x, papers_x)
    both, of_x = _counts(joint, papers_x)
    return _quotient(100 * both, of_x)


def pairwise(index: Callable[..., Floats], joint: Matrix, totals: ArrayLike, *world: float) -> Matrix:
    """An index of this module for every pair: row x, column y of a square matrix of joint papers, NaN on the diagonal.

    `totals` are the papers of each in the order of the rows: `pairwise(relative_intensity, joint, totals, world)`.
    """
    of = np.asarray(totals, dtype=float)
    links = _without_diagonal(joint)
    if len(of) != len(links):
        raise ValueError(f"{len(of)} totals for a matrix of {len(links)} rows: each row has one")
    return _like(joint, _with_diagonal(index(links, of[:, None], of[None, :], *world), np.nan))


def quasi_independence(joint: Matrix, tolerance: float = 1e-10) -> Matrix:
    """Links expected when partners are met in proportion to their links, nobody linked with itself: E_xy = a_x b_y.

    Iterative proportional fitting with the diagonal excluded, until the sums of rows and columns are those of `joint`
    to the tolerance, a fraction of the largest (Luukkonen et al. 1993; Bishop, Fienberg & Holland 1975, chapter 5).
    NaN on the diagonal. Where all links are those of one, or there is none, they are what is expected. ValueError where
    the fit does not come that close.
    """
    links = _without_diagonal(joint)
    rows, columns = links.sum(axis=1), links.sum(axis=0)
    if (rows + columns >= links.sum()).any():
        return _like(joint, _with_diagonal(links, np.nan))
    expected = 1.0 - np.eye(len(links))
    for _ in range(MOST_ROUNDS):
        expected = expected * _factor(rows, expected.sum(axis=1))[:, None]
        expected = expected * _factor(columns, expected.sum(axis=0))[None, :]
        if np.abs(expected.sum(axis=1) - rows).max(initial=0) <= tolerance * max(1.0, rows.max(initial=0)):
            return _like(joint, _with_diagonal(expected, np.nan))
    raise ValueError(
        f"after {MOST_ROUNDS:,} rounds the sums still differ by more than {tolerance:g}: nearly all links are those of "
        "one; leave it out, or use expected_papers"
    )


def _counts(*values: ArrayLike) -> list[Floats]:
    counts = [np.asarray(value, dtype=float) for value in values]
    for count in counts:
        if (count < 0).any():
            raise ValueError(f"{count.min():g} is below 0: papers are counted, 0 or more")
    return counts


def _part_of_both(joint: ArrayLike, papers_x: ArrayLike, papers_y: ArrayLike) -> None:
    """Raises ValueError where more papers are joint than one of the two has."""
    both, *each = _counts(joint, papers_x, papers_y)
    for of_one in each:
        if (both > of_one).any():
            wrong, least = (array[both > of_one][0] for array in np.broadcast_arrays(both, of_one))
            raise ValueError(f"{wrong:g} papers are joint, more than the {least:g} of one of the two")


def _quotient(part: Floats, whole: Floats) -> Floats:
    """The quotient, NaN where it is divided by 0; a number where both are numbers."""
    part, whole = np.broadcast_arrays(part, whole)
    found = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole != 0)
    return np.asarray(found)[()]


def _factor(wanted: Floats, there: Floats) -> Floats:
    return np.divide(wanted, there, out=np.zeros_like(wanted), where=there > 0)


def _without_diagonal(joint: "Floats | pd.DataFrame") -> Floats:
    links = np.array(joint, dtype=float)
    if links.ndim != 2 or links.shape[0] != links.shape[1]:
        raise ValueError(f"a matrix of {' x '.join(map(str, links.shape))} is not square: one row and column for each")
    return _with_diagonal(links, 0.0)


def _with_diagonal(matrix: Floats, value: float) -> Floats:
    changed = matrix.copy()
    np.fill_diagonal(changed, value)
    return changed


def _like(given: Matrix, values: Floats) -> Matrix:
    if isinstance(given, pd.DataFrame):
        return pd.DataFrame(values, index=given.index, columns=given.columns)
    return values
