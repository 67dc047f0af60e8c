"""How the departments lie about the university's value: where half of them are, and which can be told apart from it."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from metrics.indicator import Indicator
from metrics.numbers import said
from metrics.tabulate import NO_DATA, OK, SUPPRESSED
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import NOTHING, Text

FEWEST_FOR_A_HALF = 4  # departments, below which quartiles say nothing
UNIVERSITY = Text("For the university, {name} stands at {value} ({year}).", "{year}の{name}は全学で{value}。")
NO_UNIVERSITY = Text("The university has no value of {name} ({year}).", "{year}の{name}には全学の値がない。")
HALF = Text(
    "Of {count} departments with a value, half lie between {low} and {high}; the middle one is at {median}.",
    "値のある{count}部局の半数は{low}から{high}の間にあり、中央値は{median}。",
)
RANGE = Text("{count} departments have a value, from {low} to {high}.", "値のあるのは{count}部局で、{low}から{high}。")
ONE = Text("One department has a value: {low}.", "値のあるのは1部局で、{low}。")
NONE = Text("No department has a value.", "値のある部局はない。")
APART = Text(
    "Clearly above the university: {above}; clearly below it: {below}; not to be told apart from it: {open}.",
    "全学より明らかに高いのは{above}部局、明らかに低いのは{below}部局。残る{open}部局は全学と差があるとはいえない。",
)
OWN = Text("{name}: {value}{sure}.", "{name}は{value}{sure}。")
OWN_ABOVE = Text(", clearly above the university", "で、全学より明らかに高い")
OWN_BELOW = Text(", clearly below the university", "で、全学より明らかに低い")
OWN_OPEN = Text(", which cannot be told apart from the university", "で、全学と差があるとはいえない")
TO_MEDIAN = {
    1: Text("It is above the departments' median of {median}.", "部局の中央値{median}より高い。"),
    0: Text("It is at the departments' median of {median}.", "部局の中央値{median}に等しい。"),
    -1: Text("It is below the departments' median of {median}.", "部局の中央値{median}より低い。"),
}
OWN_NONE = Text("{name} has no value: {reason}.", "{name}には値がない：{reason}。")
REASONS = {
    NO_DATA: Text("nothing was delivered for {year}", "{year}のデータが未提出"),
    SUPPRESSED: Text("too few people to show", "少人数のため非表示"),
}
NOTHING_TO_DIVIDE_BY = Text("there is nothing to divide by: {what}", "分母となる「{what}」がない")
NONE_OF_IT = Text("it has none of what the indicator counts", "指標の数える対象がない")
NOT_THERE = Text("it did not exist in {year}", "{year}には存在しない")


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Values of departments in one year, lowest first, and how many intervals lie wholly above or below a value."""

    ordered: tuple[float, ...]
    above: int = 0
    below: int = 0
    undecided: int = 0  # intervals that hold the university's value

    @classmethod
    def of(cls, rows: pd.DataFrame, university: float) -> "Spread":
        """Of figures, one row a department: `value`, and `low`, `high` where there is an interval."""
        known = rows.dropna(subset=["value"])
        above, below = int((known["low"] > university).sum()), int((known["high"] < university).sum())
        undecided = int(((known["low"] <= university) & (known["high"] >= university)).sum())
        values = tuple(sorted(known["value"].astype(float)))
        return cls(ordered=values, above=above, below=below, undecided=undecided)


def sentences(
    indicator: Indicator, fiscal_year: int, university: float, spread: Spread, own: Text | None = None
) -> list[Text]:
    """The university's value, what is said of the own department, and how the departments lie about it."""
    words = NO_UNIVERSITY if np.isnan(university) else UNIVERSITY
    value = said(university, indicator.unit)
    day = Text(f"1 May {fiscal_year}", f"{fiscal_year}年5月1日")
    opening = words.filled(
        year=day if indicator.is_stock else fiscal_year_name(fiscal_year), name=indicator.in_a_sentence, value=value
    )
    apart = [APART.filled(above=spread.above, below=spread.below, open=spread.undecided)] if _decided(spread) else []
    return [opening, *([own] if own else []), _where(indicator, spread.ordered), *apart]


def own_sentence(
    name: Text, indicator: Indicator, row: Mapping[Hashable, Any], university: float, reason: Text
) -> Text:
    """Where one department stands (its figure's columns), and whether its interval tells it from the university."""
    if row["status"] != OK:
        return OWN_NONE.filled(name=name, reason=reason)
    sure = NOTHING
    if not (np.isnan(row["low"]) or np.isnan(university)):
        sure = OWN_ABOVE if row["low"] > university else OWN_BELOW if row["high"] < university else OWN_OPEN
    return OWN.filled(name=name, value=said(float(row["value"]), indicator.unit), sure=sure)


def to_median(indicator: Indicator, value: float, ordered: Sequence[float]) -> Text | None:
    """Where a value stands to the middle department, the one that `sentences` names; None where there are too few."""
    if len(ordered) < FEWEST_FOR_A_HALF or np.isnan(value):
        return None
    median = float(np.percentile(ordered, 50, method="nearest"))
    shown = said(median, indicator.unit)
    side = 0 if said(value, indicator.unit) == shown else 1 if value > median else -1
    return TO_MEDIAN[side].filled(median=shown)


def reason(indicator: Indicator, status: str, fiscal_year: int, existed: bool) -> Text:
    """Why a department has no value of an indicator; empty where it has one."""
    year = fiscal_year_name(fiscal_year)
    if status == OK:
        return NOTHING
    if not existed:
        return NOT_THERE.filled(year=year)
    if status in REASONS:
        return REASONS[status].filled(year=year)
    if indicator.denominator is None:
        return NONE_OF_IT
    return NOTHING_TO_DIVIDE_BY.filled(what=indicator.denominator.text)


def _decided(spread: Spread) -> bool:
    return spread.above + spread.below + spread.undecided > 0


def _where(indicator: Indicator, values: Sequence[float]) -> Text:
    if not values:
        return NONE
    words = ONE if len(values) == 1 else RANGE if len(values) < FEWEST_FOR_A_HALF else HALF
    low, median, high = (
        np.percentile(values, [25, 50, 75], method="nearest") if words is HALF else (values[0], values[0], values[-1])
    )
    shown = {name: said(float(v), indicator.unit) for name, v in (("low", low), ("median", median), ("high", high))}
    return words.filled(count=len(values), **shown)
