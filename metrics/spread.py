"""How departments lie about the value that they are measured against: where half of them are, and which differ."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from metrics.figure_sentence import in_full
from metrics.indicator import Indicator
from metrics.kinds import kind_name, together_name
from metrics.numbers import said
from metrics.tabulate import NO_DATA, OK, SUPPRESSED
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import NOTHING, Text

FEWEST_FOR_A_HALF = 4  # departments, below which quartiles say nothing
THE_UNIVERSITY = Text("the university", "全学")
UNIVERSITY = Text(
    "For the university, {name} stands at {value} ({year}){kind}.", "{year}の{name}は全学で{value}{kind}。"
)
NO_UNIVERSITY = Text(
    "The university has no value of {name} ({year}){kind}.", "{year}の{name}には全学の値がない{kind}。"
)
OF_KIND = Text("; for {count} {kinds} together it is {value}", "、{kinds}{count}部局全体で{value}")
NOT_TOLD = Text(
    "; for the {kinds} together it is withheld, as it would tell of fewer than 5 persons",
    "（{kinds}全体の値は、5人未満の人数がわかるため非表示）",
)
HALF = Text(
    "Of {count} {kinds} with a value, half lie between {low} and {high}; the middle one is at {median}.",
    "値のある{kinds}{count}部局の半数は{low}から{high}の間にあり、中央値は{median}。",
)
RANGE = Text("{count} {kinds} have a value, from {low} to {high}.", "値のある{kinds}は{count}部局で、{low}から{high}。")
ONE = Text("One department has a value: {low}.", "値のあるのは1部局で、{low}。")
NONE = Text("No department has a value.", "値のある部局はない。")
DRAWN = Text(
    "Drawn are {shown} of the {count}; {withheld} withheld (fewer than 5 persons).",
    "図に示すのは{count}部局のうち{shown}部局で、{withheld}部局は5人未満のため非表示。",
)
LEFT_OUT = Text(
    "These are {shown} of {count}; {withheld} withheld (fewer than 5 persons).",
    "以上は{count}部局のうち{shown}部局についてのもので、{withheld}部局は5人未満のため非表示。",
)
APART = Text(
    "Clearly above {reference}: {above}; clearly below: {below}; not to be told apart: {open}.",
    "{reference}より明らかに高いのは{above}部局、明らかに低いのは{below}部局。残る{open}部局は{reference}と差があるとはいえない。",
)
OWN = Text("{name}: {value}{sure}.", "{name}は{value}{sure}。")
OWN_ABOVE = Text(", clearly above {reference}", "で、{reference}より明らかに高い")
OWN_BELOW = Text(", clearly below {reference}", "で、{reference}より明らかに低い")
OWN_OPEN = Text(", which cannot be told apart from {reference}", "で、{reference}と差があるとはいえない")
TO_MEDIAN = {
    1: Text("It is above the {kinds}' median of {median}.", "{kinds}の中央値{median}より高い。"),
    0: Text("It is at the {kinds}' median of {median}.", "{kinds}の中央値{median}に等しい。"),
    -1: Text("It is below the {kinds}' median of {median}.", "{kinds}の中央値{median}より低い。"),
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
class Reference:
    """What departments are measured against: the university, or those of one kind taken together (NaN: no value)."""

    value: float
    kind: str = ""
    departments: int = 0  # of the kind, that are in the value
    withheld: int = 0  # of the kind, which the value would give away: it is not told

    @property
    def name(self) -> Text:
        return together_name(self.kind) if self.kind else THE_UNIVERSITY


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Values of departments in one year, lowest first, and how many intervals lie wholly above or below a value."""

    ordered: tuple[float, ...]
    above: int = 0
    below: int = 0
    undecided: int = 0  # intervals that hold the value
    withheld: int = 0  # departments with a value that the reader may not see
    quartiles: tuple[float, ...] = ()  # lower, middle, upper; none of too few
    of_all: bool = True  # whether the quartiles are those of all, the withheld among them

    @classmethod
    def of(cls, rows: pd.DataFrame, reference: float) -> "Spread":
        """Of figures, one row a department: `value`, and `low`, `high` where there is an interval."""
        known = rows.dropna(subset=["value"])
        above, below = int((known["low"] > reference).sum()), int((known["high"] < reference).sum())
        undecided = int(((known["low"] <= reference) & (known["high"] >= reference)).sum())
        seen = cls.of_values(known["value"].astype(float).tolist(), [False] * len(known))
        return cls(ordered=seen.ordered, quartiles=seen.quartiles, above=above, below=below, undecided=undecided)

    @classmethod
    def of_values(cls, values: Sequence[float], hidden: Sequence[bool]) -> "Spread":
        """Of values some of which the reader may not see.

        The quartiles are those of all where each is a value that the reader sees; else of what the reader sees.
        """
        every = sorted(zip(values, hidden, strict=True))
        shown = [(value, hides) for value, hides in every if not hides]
        places = _quartiles(every)
        of_all = not any(hides for _, hides in places)
        return cls(
            ordered=tuple(value for value, _ in shown),
            withheld=len(every) - len(shown),
            quartiles=tuple(value for value, _ in (places if of_all else _quartiles(shown))),
            of_all=of_all,
        )


def sentences(
    indicator: Indicator,
    fiscal_year: int,
    university: float,
    spread: Spread,
    reference: Reference | None = None,
    own: Text | None = None,
    kind: str = "",
) -> list[Text]:
    """The university's value and that of the kind, what is said of the own department, and how the others lie."""
    measure = reference or Reference(value=university)
    words = NO_UNIVERSITY if np.isnan(university) else UNIVERSITY
    day = Text(f"1 May {fiscal_year}", f"{fiscal_year}年5月1日")
    opening = words.filled(
        year=day if indicator.is_stock else fiscal_year_name(fiscal_year),
        name=indicator.in_a_sentence,
        value=said(university, indicator.unit),
        kind=_of_kind(indicator, measure),
    )
    counts = {"above": spread.above, "below": spread.below, "open": spread.undecided}
    apart = [APART.filled(reference=measure.name, **counts)] if _decided(spread) else []
    return [opening, *([own] if own else []), *_where(indicator, spread, kind), *apart]


def own_sentence(
    name: Text, indicator: Indicator, row: Mapping[Hashable, Any], reference: Reference, reason: Text
) -> Text:
    """Where one department stands (its figure's columns), and whether its interval tells it from the reference."""
    if row["status"] != OK:
        return OWN_NONE.filled(name=name, reason=reason)
    sure = NOTHING
    if not (np.isnan(row["low"]) or np.isnan(reference.value)):
        above, below = row["low"] > reference.value, row["high"] < reference.value
        sure = (OWN_ABOVE if above else OWN_BELOW if below else OWN_OPEN).filled(reference=reference.name)
    value = in_full(indicator, *(float(row[part]) for part in ("value", "numerator", "denominator")))
    return OWN.filled(name=name, value=value, sure=sure)


def to_median(indicator: Indicator, value: float, spread: Spread, kind: str = "") -> Text | None:
    """Where a value stands to the middle department, the one that `sentences` names; None where there are too few."""
    if not spread.quartiles or np.isnan(value):
        return None
    median = spread.quartiles[1]
    shown = said(median, indicator.unit)
    side = 0 if said(value, indicator.unit) == shown else 1 if value > median else -1
    return TO_MEDIAN[side].filled(median=shown, kinds=kind_name(kind))


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


def _quartiles(every: Sequence[tuple[float, bool]]) -> list[tuple[float, bool]]:
    if len(every) < FEWEST_FOR_A_HALF:
        return []
    return [every[int(place)] for place in np.percentile(range(len(every)), [25, 50, 75], method="nearest")]


def _decided(spread: Spread) -> bool:
    return spread.above + spread.below + spread.undecided > 0


def _of_kind(indicator: Indicator, reference: Reference) -> Text:
    if reference.withheld:
        return NOT_TOLD.filled(kinds=kind_name(reference.kind))
    if not reference.kind:
        return NOTHING
    return OF_KIND.filled(
        count=reference.departments,
        kinds=kind_name(reference.kind),
        value=said(reference.value, indicator.unit),
    )


def _where(indicator: Indicator, spread: Spread, kind: str) -> list[Text]:
    values, every = spread.ordered, len(spread.ordered) + spread.withheld
    if not every:
        return [NONE]
    halves = bool(spread.quartiles)
    words = HALF if halves else RANGE if len(values) > 1 else ONE if values else NONE
    low, median, high = spread.quartiles if halves else (values[0], values[0], values[-1]) if values else [np.nan] * 3
    shown = {name: said(float(v), indicator.unit) for name, v in (("low", low), ("median", median), ("high", high))}
    count = every if halves and spread.of_all else len(values)
    told = [words.filled(count=count, kinds=kind_name(kind), **shown)]
    if spread.withheld:
        rest = DRAWN if halves and spread.of_all else LEFT_OUT
        told.append(rest.filled(shown=len(values), count=every, withheld=spread.withheld))
    return told
