"""The years of one indicator of one department, found at once in a table of many."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf, isnan
from types import MappingProxyType
from typing import Any

import pandas as pd

DRAWN = ("fiscal_year", "value", "low", "high", "known", "unknown")
NOWHERE: Mapping[int, int] = MappingProxyType({})


class Histories:
    """A table by department and fiscal year (as `tabulate` gives it), to be asked for many histories.

    Each column is read once: to compare all rows with a code again for each indicator takes a hundred times as long.
    """

    def __init__(self, figures: pd.DataFrame) -> None:
        self.figures = figures
        self._columns: dict[str, Sequence[Any]] = {}
        self._places: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        codes = zip(self.column("indicator"), self.column("department"), strict=True)
        for place, (code, year) in enumerate(zip(codes, self.column("fiscal_year"), strict=True)):
            self._places[code][year] = place

    def column(self, name: str) -> Sequence[Any]:
        """A column of the table, each value as Python has it; of numbers none is made before it is asked for."""
        if name not in self._columns:
            values = self.figures[name].to_numpy()
            self._columns[name] = values.tolist() if values.dtype == object else values.data
        return self._columns[name]

    def places(self, indicator: str, department: str) -> Mapping[int, int]:
        """Where in the table each fiscal year of a history stands."""
        return self._places.get((indicator, department), NOWHERE)

    def columns(self, indicator: str, department: str, since: float = -inf, until: float = inf) -> dict[str, list[Any]]:
        """One history from one fiscal year to another, both included, in the order of the table: what is drawn of it.

        Lists, as a frame of ten rows takes longer than its chart.
        """
        found = self._found(indicator, department, since, until)
        return {name: [self.column(name)[place] for place in found] for name in DRAWN}

    def values(self, indicator: str, department: str, since: float = -inf, until: float = inf) -> list[float]:
        """The values that are known of it."""
        values = self.column("value")
        found = self._found(indicator, department, since, until)
        return [values[place] for place in found if not isnan(values[place])]

    def _found(self, indicator: str, department: str, since: float, until: float) -> list[int]:
        return [place for year, place in self.places(indicator, department).items() if since <= year <= until]
