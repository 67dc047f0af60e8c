"""What lines over fiscal years are drawn from: a frame of few rows, or its columns as lists."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

Columns = Mapping[str, Sequence[Any]]
Series = pd.DataFrame | Columns  # one row is one fiscal year
USED = ("fiscal_year", "value", "low", "high", "kind")


def column(rows: Series, name: str) -> list[Any]:
    """The values of a column."""
    return rows[name].tolist() if isinstance(rows, pd.DataFrame) else list(rows[name])


def in_order(rows: Series) -> dict[str, list[Any]]:
    """The columns that are drawn, by fiscal year: to read a frame anew for each trace takes longer than to draw it."""
    columns = {name: column(rows, name) for name in USED if name in rows}
    years = columns["fiscal_year"]
    order = sorted(range(len(years)), key=years.__getitem__)
    return columns if order == [*range(len(years))] else {n: [c[i] for i in order] for n, c in columns.items()}
