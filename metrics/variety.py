"""Variety: over how many countries and partners abroad the activities spread, and how far these lie apart, by year."""

import numpy as np
import pandas as pd

from metrics.diversity import distance_by_region, hill_numbers, rao_stirling, true_diversity
from metrics.ledger import Ledger
from metrics.links import Floats
from metrics.measures import Distinct
from metrics.view import Selection, View

ORDERS = (0, 1, 2)
KINDS = {"countries": Distinct(of="countries"), "partners": Distinct(of="partners")}


def variety(ledger: Ledger, department: str) -> pd.DataFrame:
    """Effective numbers of countries and partners abroad of a department's activities (or the university's).

    One row is `of` (countries or partners) in a fiscal year. `hill_0`, `hill_1`, `hill_2`: Hill numbers of order 0, 1
    and 2 (see `metrics.diversity`) of activities by country or partner, an activity counting in each of its own.
    `links`: how many such there are. Of countries also `rao_stirling` (over ordered pairs, distances of UN M49's tree)
    and `true_diversity`, the effective number of countries that differ entirely. NaN in a year without any.
    """
    view = View(ledger=ledger, by=("fiscal_year",), selection=Selection(departments=(department,)), counting="whole")
    tables = []
    for of, links in KINDS.items():
        counts = _counts(view, links)
        table = pd.DataFrame({"of": of, "fiscal_year": view.labels["fiscal_year"], "links": counts.sum(axis=1)})
        for order in ORDERS:
            table[f"hill_{order}"] = hill_numbers(counts, order)
        if of == "countries":
            table["rao_stirling"], table["true_diversity"] = _apart(ledger, counts)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def _counts(view: View, links: Distinct) -> Floats:
    """Activities by year and country (or partner); those of nobody in any year are left out."""
    key, code = links.pairs(view)
    width = int(code.max(initial=0)) + 1
    return np.bincount(key * width + code, minlength=view.size * width).reshape(view.size, width).astype(np.float64)


def _apart(ledger: Ledger, counts: Floats) -> tuple[list[float], list[float]]:
    table = ledger.country_table.iloc[: counts.shape[1]]
    distance = distance_by_region(table["region"].tolist(), table["subregion"].tolist())
    return [rao_stirling(row, distance) for row in counts], [true_diversity(row, distance) for row in counts]
