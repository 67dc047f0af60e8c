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
    own = units.map({code: entitled(code) for code in units.unique()}).astype(bool)
    kinds = {key: _kind(indicators[key]) for key in map(str, keys.unique())}
    cut = ~own & (keys.map(kinds) != "public")
    gone = cut if set(SPARSE) & set(question.by) else np.zeros_like(cut)
    kept = figures[(own | (units == UNIVERSITY)) & ~gone].copy()
    kept[list(NUMBERS)] = kept[list(NUMBERS)].astype(np.float64)
    rows = kept[cut[kept.index]]
    published_at_all = {key: question.is_published(indicators[key]) for key in kinds}
    status = [
        _status(str(key), int(year), str(said), published) if published_at_all[str(key)] else SUPPRESSED
        for key, year, said in zip(rows["indicator"], _years(rows, question), rows["status"], strict=True)
    ]
    kept.loc[rows.index, list(NUMBERS)] = _told(rows, kinds, np.array(status, dtype=object), published.method)
    kept.loc[rows.index, "status"] = status
    return kept


def _kind(indicator: Indicator) -> Protection:
    """Its protection; an index is told shortly where anything of it is protected."""
    kind = protection(indicator)
    return "index" if kind == "mixed" and indicator.unit == "index" else kind


def _years(rows: pd.DataFrame, asked: Asked) -> Sequence[int]:
    years = asked.selection.fiscal_years or (0,)
    return rows["fiscal_year"].tolist() if "fiscal_year" in rows else [years[0]] * len(rows)


def _status(key: str, fiscal_year: int, said: str, published: Published) -> str:
    return said if said in (NO_DATA, NOT_APPLICABLE) else published.status(key, fiscal_year)


def _told(rows: pd.DataFrame, kinds: Mapping[str, Protection], status: np.ndarray, method: str) -> pd.DataFrame:
    """The numbers that are shown: of what is withheld none, and never how many records are of known country.

    These are often of one person each. Of an index only the value is told, as its lines would tell its counts.
    """
    told, kind = rows[list(NUMBERS)].copy(), rows["indicator"].map(kinds)
    told[["known", "unknown"]] = np.nan
    indices = kind.eq("index")
    told.loc[indices, ["numerator", "denominator", "low", "high"]] = np.nan
    told.loc[indices, "value"] = [_shortened(value) for value in told.loc[indices, "value"]]
    if method == "round":
        told[kind.eq("persons")] = _rounded(told[kind.eq("persons")])
    told.loc[status != OK] = np.nan
    return told


def _shortened(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _rounded(rows: pd.DataFrame) -> pd.DataFrame:
    """Both lines to the nearest five, and the value of these: that of the counts as they are would give them away."""
    top, bottom = (_nearest(rows[name].to_numpy(dtype=np.float64)) for name in ("numerator", "denominator"))
    has_bottom = ~np.isnan(bottom)
    value = np.where(has_bottom, top / np.where(has_bottom, bottom, 1), top)
    return rows.assign(numerator=top, denominator=bottom, value=value, low=np.nan, high=np.nan)


def _nearest(counts: Floats) -> Floats:
    return np.sign(counts) * hesa_round(np.abs(counts))
