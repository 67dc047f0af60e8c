"""Cell suppression: small counts are withheld, and as many others that the small ones do not follow from what is shown.

A withheld count is safe where, of all that an outsider may think possible, the values from `LEAST_POSSIBLE` to the
threshold are: not even whether there is anybody can be told. Two withheld cells in a row and a column are not enough
for that (Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22, 2005, chapter IV), so it is
checked by linear programs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.disclosure.linear import Interval, Knowledge
from metrics.links import Bools, Floats, Ints, floats

THRESHOLD = 5  # persons: 1 to 4 are withheld, 0 is shown (Ofqual's rule)
LEAST_POSSIBLE = 0


def primary_suppression(counts: Floats, threshold: int = THRESHOLD) -> Bools:
    """Which counts are of few persons: at least one and fewer than the threshold. Missing ones (NaN) are not."""
    found = floats(counts)
    return np.asarray((found > 0) & (found < threshold))


def iterated_suppression(table: Floats, threshold: int = THRESHOLD) -> Bools:
    """Counts below the threshold (0 among them), and a row's total where it would give its only withheld cell away.

    `table` is a row of counts, or rows of them, without totals; the answer has one place more in each row, for the
    total. Column totals must not be published beside. Source: iNZightPlots, `suppression_matrix`, as its tests show it.
    """
    counts = floats(table)
    few = counts < threshold
    alone = few.sum(axis=-1, keepdims=True) == 1
    return np.concatenate([few, alone], axis=-1)


def feasible_intervals(
    table: Floats, suppressed: Bools, *, row_totals: bool = True, column_totals: bool = True
) -> Floats:
    """The least and the largest value that each cell of a table can have, to who sees the others and the totals.

    `table` is rows x columns without totals, `suppressed` says which cells are withheld; the answer is rows x columns x
    2. Shown cells have an interval of no width.
    """
    grid = _Grid.of(table, row_totals, column_totals)
    known = grid.known(np.asarray(suppressed, dtype=bool).ravel())
    return known.intervals(np.eye(grid.cells)).reshape(*grid.shape, 2)


def feasible_interval(
    table: Floats, suppressed: Bools, cell: tuple[int, int], *, row_totals: bool = True, column_totals: bool = True
) -> Interval:
    """The same of one cell (row and column, from 0)."""
    grid = _Grid.of(table, row_totals, column_totals)
    form = np.zeros(grid.shape)
    form[cell] = 1
    return grid.known(np.asarray(suppressed, dtype=bool).ravel()).interval(form.ravel())


def complementary_suppression(
    table: Floats,
    suppressed: Bools | None = None,
    threshold: int = THRESHOLD,
    *,
    row_totals: bool = True,
    column_totals: bool = True,
) -> Bools:
    """Which cells of a table are withheld so that no small count follows from the others and the totals.

    `suppressed` are the cells that have to be (by default those of 1 to threshold - 1); the smallest others are added
    until every one of them is safe, and those that turn out not to be needed are shown. ValueError where that cannot
    be as long as the totals are published (a total of few gives itself away).
    """
    grid = _Grid.of(table, row_totals, column_totals)
    must = primary_suppression(grid.table, threshold) if suppressed is None else np.asarray(suppressed, dtype=bool)
    rows = [
        Shown.sums(form[None, :], grid.table.ravel(), weight=float(form @ grid.table.ravel()))
        for form in np.eye(grid.cells)
    ]
    secrets = tuple(Secret(form=np.eye(grid.cells)[cell], high=threshold) for cell in np.flatnonzero(must.ravel()))
    totals = grid.known(np.ones(grid.cells, dtype=bool))
    hidden, unsafe = withhold(rows, must.ravel(), secrets, totals)
    if unsafe:
        cells = [tuple(int(i) for i in np.unravel_index(int(one.form.argmax()), grid.shape)) for one in unsafe]
        raise ValueError(f"the totals give cells {cells} away, whatever else is withheld; withhold totals as well")
    return hidden.reshape(grid.shape)


@dataclass(frozen=True, kw_only=True, eq=False)
class Shown:
    """Something that is shown as a whole or not at all: what it tells of the unknowns, and what is lost without it."""

    forms: Floats  # sums x unknowns
    low: Floats  # the sums as they are shown; where they are rounded, the least and the largest that they can be
    high: Floats
    weight: float

    @classmethod
    def sums(cls, forms: Floats, truth: Floats, weight: float) -> "Shown":
        """Sums that are shown as they are."""
        return cls(forms=forms, low=forms @ truth, high=forms @ truth, weight=weight)


@dataclass(frozen=True, kw_only=True, eq=False)
class Secret:
    """A sum over the unknowns that must not be told: outsiders have to think all from `low` to `high` possible."""

    form: Floats
    low: float = LEAST_POSSIBLE
    high: float = THRESHOLD
    wide: float = 0  # how far apart the least and the largest that they think possible must be

    def is_safe(self, known: Knowledge) -> bool:
        low, high = known.interval(self.form)
        return low <= self.low and high >= self.high and high - low >= self.wide


def withhold(
    rows: Sequence[Shown], hidden: Bools, secrets: Sequence[Secret], known: Knowledge
) -> tuple[Bools, list[Secret]]:
    """Which rows are withheld so that the secrets are safe, and the secrets that are not even then.

    `hidden` are the rows that are withheld in any case, `known` is what is known without any row. The same answer for
    the same question: rows are tried by weight, then by place.
    """
    chosen = hidden.copy()
    order = np.argsort([row.weight for row in rows], kind="stable")
    helped: list[Secret] = []
    safe: list[Secret] = []
    hopeless: list[Secret] = []
    for secret in secrets:  # what is safe stays so: the less is shown, the more is possible
        found = safe
        while not secret.is_safe(_with(rows, chosen, known)):
            found = helped
            taken = _best(rows, chosen, known, secret, order)
            if taken < 0:
                found = hopeless
                break
            chosen[taken] = True
        found.append(secret)
    for row in order[::-1]:  # what was taken on the way and is not needed in the end is shown
        if chosen[row] and not hidden[row]:
            chosen[row] = False
            chosen[row] = not all(secret.is_safe(_with(rows, chosen, known)) for secret in (*helped, *safe))
    return chosen, hopeless


def _best(rows: Sequence[Shown], chosen: Bools, known: Knowledge, unsafe: Secret, order: Ints) -> int:
    """The lightest row that makes a secret safe, those nearest to it first; else one that widens what may be thought.

    Else the lightest that has to do with it at all, as two together can help where none does alone; else -1.
    """
    before = _with(rows, chosen, known).interval(unsafe.form)
    shown = [int(row) for row in order if not chosen[row]]
    near = known.beside(unsafe.form)
    close = [row for row in shown if (rows[row].forms[:, near] != 0).any()]
    widest = -1
    for row in close:
        trial = chosen.copy()
        trial[row] = True
        after = _with(rows, trial, known)
        interval = after.interval(unsafe.form)
        if unsafe.is_safe(after):
            return row
        widest = row if widest < 0 and interval != before else widest
    if widest >= 0 or close:
        return widest if widest >= 0 else close[0]
    everything = known.and_also([row.forms for row in rows], [row.low for row in rows], [row.high for row in rows])
    touched = everything.touched(unsafe.form)
    return next((row for row in shown if (rows[row].forms[:, touched] != 0).any()), -1)


def _with(rows: Sequence[Shown], hidden: Bools, known: Knowledge) -> Knowledge:
    """What is known when the rows that are not hidden are shown."""
    shown = [row for row, hides in zip(rows, hidden, strict=True) if not hides]
    return known.and_also([row.forms for row in shown], [row.low for row in shown], [row.high for row in shown])


@dataclass(frozen=True, kw_only=True, eq=False)
class _Grid:
    """A table of rows and columns, its cells as unknowns, and whether totals are published."""

    table: Floats
    totals: Floats  # published totals x cells

    @classmethod
    def of(cls, table: Floats, row_totals: bool, column_totals: bool) -> "_Grid":
        counts = floats(table)
        if counts.ndim != 2:
            raise ValueError(f"a table has rows and columns; this one has {counts.ndim} dimension(s)")
        rows, columns = counts.shape
        by_row = np.kron(np.eye(rows), np.ones(columns))
        by_column = np.kron(np.ones(rows), np.eye(columns))
        return cls(
            table=counts, totals=np.concatenate([by_row[: rows * row_totals], by_column[: columns * column_totals]])
        )

    @property
    def shape(self) -> tuple[int, ...]:
        return self.table.shape

    @property
    def cells(self) -> int:
        return self.table.size

    def known(self, hidden: Bools) -> Knowledge:
        """What the totals and the cells that are not hidden say."""
        forms = np.concatenate([self.totals, np.eye(self.cells)[~hidden]])
        return Knowledge.of(forms, forms @ self.table.ravel())
