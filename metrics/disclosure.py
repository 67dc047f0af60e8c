"""Small numbers: figures on few persons are not shown to readers who are not entitled to the records."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from metrics.indicator import Indicator
from metrics.tabulate import OK, SUPPRESSED

FEWEST_SHOWN = 5  # persons; 1 to 4 are withheld, 0 is shown (Ofqual's rule)
WITHHELD = ["numerator", "value", "low", "high"]


def protect(
    figures: pd.DataFrame, indicators: Mapping[str, Indicator], entitled: Callable[[str], bool]
) -> pd.DataFrame:
    """The figures with those of 1 to 4 persons withheld: status `suppressed`, numerator, value and limits empty.

    It touches protected indicators only, and no department whose records the reader is `entitled` to.
    """
    is_protected = figures["indicator"].map({key: i.protected for key, i in indicators.items()}).astype(bool)
    foreign = ~figures["department"].map({unit: entitled(unit) for unit in figures["department"].unique()}).astype(bool)
    few = (figures["numerator"] > 0) & (figures["numerator"] < FEWEST_SHOWN) & (figures["status"] == OK)
    hidden = is_protected & foreign & few
    shown = figures.copy()
    shown.loc[hidden, WITHHELD] = np.nan
    shown.loc[hidden, "status"] = SUPPRESSED
    return shown
