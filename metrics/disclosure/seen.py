"""What of a table of figures a reader sees who is not entitled to all records: the door of pages, files, commands."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.disclosure.policy import Protection, protection
from metrics.disclosure.published import Published
from metrics.disclosure.rounding import hesa_round
from metrics.indicator import Indicator
from metrics.ledger import UNIVERSITY
from metrics.links import Floats
from metrics.tabulate import COLUMNS, NO_DATA, NOT_APPLICABLE, OK, SPARSE, SUPPRESSED
from metrics.view import Counting, Dimension, Selection

NUMBERS = tuple(name for name in COLUMNS if name not in ("status", "left_out"))
DIGITS = 2  # of an index of persons: more would tell its counts
Entitled = Callable[[str], bool]


class Asked(NamedTuple):
    """The question that a table of figures answers."""

    by: tuple[Dimension, ...] = ("department", "fiscal_year")
    selection: Selection = Selection()
    counting: Counting = "whole"

    def is_published(self, indicator: Indicator) -> bool:
        """Whether it asks for what is published at all of protected figures: the university by year, unfiltered."""
        chosen, years = self.selection, self.selection.fiscal_years
        cut = chosen.by_country or chosen.levels is not None or not {"department", "fiscal_year"}.issuperset(self.by)
        pooled = "fiscal_year" not in self.by and (years is None or len(years) != 1)
        return not (cut or pooled or (self.counting != "whole" and indicator.follows(self.counting)))


def seen(
    figures: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    entitled: Entitled,
    published: Published,
    asked: Asked | None = None,
) -> pd.DataFrame:
    """The rows of departments whose records the reader is `entitled` to in full, and the university's as published.

    `figures` are those that `asked` asks for (by default by department and fiscal year, unfiltered). What is withheld
    has no numbers and the status `suppressed`, or `fewer than 5` where that is so. Rows of a protected indicator by
    country, level, target or process are left out: that a row is there would tell that somebody is.
    """
    question = asked or Asked()
    units, keys = figures["department"], figures["indicator"]
    own = units.map({code: entitled(code) for code in units.unique()}).to_numpy(dtype=bool)
    kinds = {key: _kind(indicators[key]) for key in map(str, keys.unique())}
    cut = ~own & (keys.map(kinds) != "public").to_numpy(dtype=bool)
    gone = cut if set(SPARSE) & set(question.by) else np.zeros_like(cut)
    shown = np.flatnonzero((own | (units == UNIVERSITY).to_numpy(dtype=bool)) & ~gone)
    kept, cut_at = figures.take(shown), np.flatnonzero(cut[shown])
    rows = kept.take(cut_at)
    published_at_all = {key: question.is_published(indicators[key]) for key in kinds}
    said = kept["status"].to_numpy(dtype=object, copy=True)
    said[cut_at] = [
        _status(str(key), int(year), str(said), published) if published_at_all[str(key)] else SUPPRESSED
        for key, year, said in zip(rows["indicator"], _years(rows, question), rows["status"], strict=True)
    ]
    numbers = {name: kept[name].to_numpy(dtype=np.float64, copy=True) for name in NUMBERS}
    for name, told in _told(rows, kinds, said[cut_at], published.method).items():
        numbers[name][cut_at] = told
    return kept.assign(**numbers, status=said)


def _kind(indicator: Indicator) -> Protection:
    """Its protection; an index is told shortly where anything of it is protected."""
    kind = protection(indicator)
    return "index" if kind == "mixed" and indicator.unit == "index" else kind


def _years(rows: pd.DataFrame, asked: Asked) -> Sequence[int]:
    years = asked.selection.fiscal_years or (0,)
    return rows["fiscal_year"].tolist() if "fiscal_year" in rows else [years[0]] * len(rows)


def _status(key: str, fiscal_year: int, said: str, published: Published) -> str:
    return said if said in (NO_DATA, NOT_APPLICABLE) else published.status(key, fiscal_year)


def _told(rows: pd.DataFrame, kinds: Mapping[str, Protection], status: np.ndarray, method: str) -> dict[str, Floats]:
    """The numbers that are shown, by column: of what is withheld none, and never how many are of known country.

    These are often of one person each. Of an index only the value is told, as its lines would tell its counts.
    """
    told = {name: rows[name].to_numpy(dtype=np.float64, copy=True) for name in NUMBERS}
    kind = np.array([kinds[key] for key in rows["indicator"].tolist()], dtype=object)
    told["known"][:] = told["unknown"][:] = np.nan
    index, persons = kind == "index", kind == "persons"
    for name in ("numerator", "denominator", "low", "high"):
        told[name][index] = np.nan
    told["value"][index] = [_shortened(value) for value in told["value"][index]]
    if method == "round":
        for name, rounded in _rounded({name: column[persons] for name, column in told.items()}).items():
            told[name][persons] = rounded
    for column in told.values():
        column[status != OK] = np.nan
    return told


def _shortened(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _rounded(numbers: Mapping[str, Floats]) -> dict[str, Floats]:
    """Both lines to the nearest five, and the value of these: that of the counts as they are would give them away."""
    top, bottom = (_nearest(numbers[name]) for name in ("numerator", "denominator"))
    has_bottom = ~np.isnan(bottom)
    value = np.where(has_bottom, top / np.where(has_bottom, bottom, 1), top)
    nothing = np.full(len(top), np.nan)
    return {"numerator": top, "denominator": bottom, "value": value, "low": nothing, "high": nothing}


def _nearest(counts: Floats) -> Floats:
    return np.sign(counts) * hesa_round(np.abs(counts))
