"""The headcount rows behind a figure: which rows of `populations` it adds up, and how they roll up."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.headcounts import Headcounts
from metrics.ledger import Ledger
from metrics.links import Bools, Ints
from metrics.measures import Measure, Sum
from metrics.participation_measures import Concentration
from metrics.view import Selection

EVERY_COUNTRY = -1  # the position of the row without a country
KEYS = ["department", "as_of", "population", "group", "country"]


def headcount_rows(
    ledger: Ledger, measure: Measure, *, department: str, fiscal_years: tuple[int, ...], selection: Selection
) -> pd.DataFrame:
    """The headcounts that a measure adds up: one row is one row of `populations`.

    Columns: department, as_of, population, group, country (empty: all countries), sign (-1 where the measure takes
    them away), count. A department's own row holds; without one, those of its sub-departments do.
    """
    terms = measure.terms if isinstance(measure, Sum) else ((1, measure),)
    read = [(sign, part.counted if isinstance(part, Concentration) else part) for sign, part in terms]
    years = [ledger.years.index(year) for year in fiscal_years if year in ledger.years]
    unit = ledger.unit_position[department]
    found = [
        _behind(ledger, population, group, unit, years, _countries(ledger, part, selection)).assign(sign=sign)
        for sign, part in read
        if isinstance(part, Headcount | EffectiveOrigins)
        for population in part.populations
        for group in part.groups
        if selection.levels is None or population in selection.levels
    ]
    if not found:
        return pd.DataFrame(columns=[*KEYS, "sign", "count"])
    rows = pd.concat(found, ignore_index=True)
    if selection.country_rule == "unknown":
        rows["sign"] *= np.where(rows["country"] < 0, 1, -1)
    named = rows.assign(
        department=np.array(ledger.units, dtype=object)[rows["unit"].to_numpy()],
        country=np.array([*ledger.country_codes, ""], dtype=object)[rows["country"].to_numpy()],
    )
    return named.sort_values(KEYS, ignore_index=True)[[*KEYS, "sign", "count"]]


def _countries(ledger: Ledger, part: Headcount | EffectiveOrigins, selection: Selection) -> Bools:
    """Which countries' rows a measure reads, the row without a country last."""
    chosen = np.array([code in (selection.countries or ()) for code in ledger.country_codes], dtype=bool)
    every = np.ones_like(chosen)
    if selection.country_rule == "unknown":
        return np.append(every, True)  # the row without a country, less those with one
    if selection.countries is not None:
        return np.append(chosen if selection.country_rule == "any" else ~chosen, False)
    return np.append(every, False) if isinstance(part, EffectiveOrigins) else np.append(~every, True)


def _behind(
    ledger: Ledger, population: str, group: str, unit: int, years: Iterable[int], countries: Bools
) -> pd.DataFrame:
    headcounts: Headcounts = ledger.headcounts
    rows = headcounts.rows
    delivered: pd.DataFrame = rows[
        (rows["population"] == population) & (rows["group"] == group) & rows["year"].isin(list(years))
    ]
    mine: pd.DataFrame = delivered[countries[delivered["country"].to_numpy()]]
    held = _cells(delivered)
    cells = {(year, country) for _, year, country in _cells(mine)}
    used = {(u, year, country) for year, country in cells for u in _holding(ledger, unit, year, country, held)}
    keys = zip(mine["unit"], mine["year"], mine["country"], strict=True)
    return mine.loc[[(int(u), int(y), int(c)) in used for u, y, c in keys]]


def _cells(rows: pd.DataFrame) -> set[tuple[int, int, int]]:
    """Unit, year and country (positions) of each row."""
    return {(int(u), int(y), int(c)) for u, y, c in zip(rows["unit"], rows["year"], rows["country"], strict=True)}


def _holding(ledger: Ledger, unit: int, year: int, country: int, held: set[tuple[int, int, int]]) -> list[int]:
    """The units whose own rows make up a unit's headcount: itself, else those below it that hold."""
    if (unit, year, country) in held:
        return [unit]
    if (unit, year, EVERY_COUNTRY) in held:
        return []  # its own row holds, and says nothing of that country
    below: Ints = np.flatnonzero(ledger.tree.parent == unit)
    return [one for child in below for one in _holding(ledger, int(child), year, country, held)]
