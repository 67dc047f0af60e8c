"""The fiscal years of many days at once, by the same rule as `vocabulary.calendar` has for one."""

import pandas as pd

from metrics.links import Ints, ints
from vocabulary.calendar import FIRST_MONTH


def fiscal_years(days: pd.Series, *, missing: int | None = None) -> Ints:
    """The fiscal year that each day falls in; a missing day is `missing`, and an error where that is not given."""
    day = pd.to_datetime(days)
    years = day.dt.year - (day.dt.month < FIRST_MONTH)
    return ints(years if missing is None else years.fillna(missing))
