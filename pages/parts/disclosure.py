"""What of a table of figures a scope may see: whose rows, and which cells rest on too few people."""

import pandas as pd

from data_access.scope import Scope
from metrics.catalogue import INDICATORS
from metrics.view import Selection

UNIVERSITY = "*"
FEWEST = 5  # a cell of fewer people than this, elsewhere than in the reader's own departments, is not shown
WORKED_OUT = ("numerator", "denominator", "value", "low", "high", "known", "unknown")


def seen_by(scope: Scope, table: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """The rows of a table of figures that a scope may see, with small cells elsewhere suppressed.

    A table without the column `department` describes the one unit that was selected, else the university.
    """
    if scope.whole_university:
        return table
    if "department" in table:
        unit = table["department"]
    else:
        unit = pd.Series((selection.departments or (UNIVERSITY,))[0], index=table.index)
    own = unit.map(scope.covers).astype(bool)
    kept = table[own | (unit == UNIVERSITY)].copy()
    protected = kept["indicator"].map(lambda key: INDICATORS[key].protected).astype(bool)
    hidden = protected & of_few(kept) & ~own.loc[kept.index]
    kept.loc[hidden, [column for column in WORKED_OUT if column in kept]] = float("nan")
    kept.loc[hidden, "status"] = "suppressed"
    return kept


def of_few(table: pd.DataFrame) -> "pd.Series[bool]":
    """Which cells rest on one to four persons, above or below the line."""
    few = (1, FEWEST - 1)
    return table["numerator"].between(*few) | table["denominator"].between(*few)
