"""Small numbers: what of a table of figures a reader may see who is not entitled to the records behind it."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from metrics.indicator import Indicator
from metrics.tabulate import SUPPRESSED
from vocabulary.departments import UNIVERSITY

FEWEST_SHOWN = 5  # persons; 1 to 4 are withheld, 0 is shown (Ofqual's rule)
WITHHELD = ("numerator", "denominator", "value", "low", "high", "known", "unknown")


def seen(
    figures: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    entitled: Callable[[str], bool],
    unit: str = UNIVERSITY,
) -> pd.DataFrame:
    """The university's rows and those of departments whose records the reader is `entitled` to.

    Elsewhere than in the latter, a protected indicator's cell of 1 to 4 persons has status `suppressed` and no
    numbers. `unit` is what a table without a column `department` describes.
    """
    units = figures["department"] if "department" in figures else pd.Series(unit, index=figures.index)
    own = units.map({code: entitled(code) for code in units.unique()}).astype(bool)
    kept = figures[own | (units == UNIVERSITY)].copy()
    hidden = ~own[kept.index] & is_protected(kept, indicators) & of_few(kept)
    kept.loc[hidden, [name for name in WITHHELD if name in kept]] = np.nan
    kept.loc[hidden, "status"] = SUPPRESSED
    return kept


def of_few(figures: pd.DataFrame) -> "pd.Series[bool]":
    """Which cells rest on one to four persons, above or below the line."""
    few = (1, FEWEST_SHOWN - 1)
    return figures["numerator"].between(*few) | figures["denominator"].between(*few)


def is_protected(figures: pd.DataFrame, indicators: Mapping[str, Indicator]) -> "pd.Series[bool]":
    """Which rows are of an indicator on persons."""
    return figures["indicator"].map({key: indicator.protected for key, indicator in indicators.items()}).astype(bool)
