"""Small numbers: what of a table of figures a reader may see who is not entitled to the records behind it."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from metrics.disclosure.suppression import THRESHOLD
from metrics.indicator import Indicator
from metrics.tabulate import SUPPRESSED
from vocabulary.departments import UNIVERSITY

CELL = ("indicator", "fiscal_year", "target", "process", "country", "level")
WITHHELD = ("numerator", "denominator", "value", "low", "high", "known", "unknown")


def seen(figures: pd.DataFrame, indicators: Mapping[str, Indicator], entitled: Callable[[str], bool]) -> pd.DataFrame:
    """The university's rows and those of departments whose records the reader is `entitled` to.

    Elsewhere than in the latter, a protected indicator's cell of 1 to 4 persons has status `suppressed` and no
    numbers; so has one that leaves 1 to 4 persons when the reader's own are taken away (the table must then hold the
    own rows as well).
    """
    units = figures["department"]
    own = units.map({code: entitled(code) for code in units.unique()}).astype(bool)
    kept = figures[own | (units == UNIVERSITY)].copy()
    few = of_few(kept) | of_few(_without_own(kept, own[kept.index]))
    hidden = ~own[kept.index] & is_protected(kept, indicators) & few
    kept.loc[hidden, [name for name in WITHHELD if name in kept]] = np.nan
    kept.loc[hidden, "status"] = SUPPRESSED
    return kept


def _without_own(figures: pd.DataFrame, own: "pd.Series[bool]") -> pd.DataFrame:
    """What is left of each cell's counts when the reader's largest own unit is taken away."""
    counts = ["numerator", "denominator"]
    cell = [name for name in CELL if name in figures]
    most = figures[own].groupby(cell, as_index=False)[counts].max()
    mine = figures[cell].merge(most, on=cell, how="left").set_index(figures.index)
    return figures[counts] - mine[counts].fillna(0)


def of_few(figures: pd.DataFrame) -> "pd.Series[bool]":
    """Which cells rest on one to four persons, above or below the line."""
    few = (1, THRESHOLD - 1)
    return figures["numerator"].between(*few) | figures["denominator"].between(*few)


def is_protected(figures: pd.DataFrame, indicators: Mapping[str, Indicator]) -> "pd.Series[bool]":
    """Which rows are of an indicator on persons."""
    return figures["indicator"].map({key: indicator.protected for key, indicator in indicators.items()}).astype(bool)
