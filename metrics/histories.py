"""The years of one indicator of one department, found at once in a table of many."""

from math import inf, isnan

import pandas as pd


class Histories:
    """A table by department and fiscal year (as `tabulate` gives it), to be asked for many histories.

    Each column is read once: to compare all rows with a code again for each indicator takes a hundred times as long.
    """

    def __init__(self, figures: pd.DataFrame) -> None:
        self.figures = figures
        self._years, self._values = (figures[name].tolist() for name in ("fiscal_year", "value"))
        self._places: dict[tuple[str, str], list[int]] = {}
        codes = zip(figures["indicator"].tolist(), figures["department"].tolist(), strict=True)
        for place, code in enumerate(codes):
            self._places.setdefault(code, []).append(place)

    def of(self, indicator: str, department: str, since: float = -inf, until: float = inf) -> pd.DataFrame:
        """The rows of one history from one fiscal year to another, both included, in the order of the table."""
        found = self._found(indicator, department, since, until)
        if found and found[-1] - found[0] + 1 == len(found):
            return self.figures.iloc[found[0] : found[-1] + 1]  # a part of the table, not a copy
        return self.figures.iloc[found]

    def values(self, indicator: str, department: str, since: float = -inf, until: float = inf) -> list[float]:
        """The values that are known of it."""
        values = [self._values[place] for place in self._found(indicator, department, since, until)]
        return [value for value in values if not isnan(value)]

    def _found(self, indicator: str, department: str, since: float, until: float) -> list[int]:
        every = self._places.get((indicator, department), [])
        return [place for place in every if since <= self._years[place] <= until]
