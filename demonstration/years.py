"""The years of the demonstration and what happened in them."""

import numpy as np

from demonstration.chance import Chance, Whole

FIRST_YEAR = 2014
LAST_YEAR = 2025
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))

TRAVEL = (100, 100, 100, 100, 100, 92, 6, 16, 66, 94, 100, 100)
"""Per cent of what a year would have brought without COVID-19: nobody travelled in FY2020, few in FY2021."""
ONLINE = (10, 12, 15, 18, 24, 34, 90, 110, 105, 100, 100, 100)
"""The same for what went online in those years and stayed."""
STEADY = (100, 100, 100, 100, 100, 100, 88, 92, 98, 100, 100, 100)
COURSES = {"travel": TRAVEL, "online": ONLINE, "steady": STEADY}


def between_years(first: int, last: int, year: int) -> int:
    """A number that moves evenly from FY2014 to FY2025."""
    return first + (last - first) * (year - FIRST_YEAR) // (LAST_YEAR - FIRST_YEAR)


def first_day(year: int) -> int:
    """1 April of the fiscal year, as days since 1970."""
    return int(np.datetime64(f"{year}-04-01", "D").astype(np.int64))


def days_in(chance: Chance, year: int, size: int) -> Whole:
    """Days of one fiscal year, as days since 1970."""
    return first_day(year) + chance.between(0, first_day(year + 1) - first_day(year) - 1, size)


def written(days: Whole) -> list[str]:
    """Days since 1970 as ISO 8601."""
    return [str(day) for day in np.datetime_as_string(days.astype("datetime64[D]"))]
