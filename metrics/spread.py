"""How departments lie about the value that they are measured against: where half of them are, and which differ."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from metrics.disclosure.groups import FEWEST_OTHERS
from metrics.disclosure.words import FEWER, WITHHELD
from metrics.figure_sentence import in_full
from metrics.indicator import Indicator
from metrics.kinds import kind_name, together_name
from metrics.numbers import said
from metrics.tabulate import FEW, NO_DATA, OK, SUPPRESSED
from vocabulary.calendar import fiscal_year_name
from vocabulary.departments import KINDS, word
from vocabulary.text import NOTHING, Text

FEWEST_FOR_A_HALF = 4  # departments, below which quartiles say nothing
THE_UNIVERSITY = Text("the university", "全学")
UNIVERSITY = Text(
    "For the university, {name} stands at {value} ({year}){kind}.", "{year}の{name}は全学で{value}{kind}。"
)
WITHHELD_UNIVERSITY = Text(
    "What {name} is for the university ({year}) is withheld to protect individuals{kind}.",
    "{year}の{name}の全学の値は、個人の特定を防ぐため秘匿している{kind}。",
)
NO_UNIVERSITY = Text(
    "The university has no value of {name} ({year}){kind}.", "{year}の{name}には全学の値がない{kind}。"
)
OF_KIND = Text("; for {count} {kinds} together it is {value}", "、{kinds}{count}部局全体で{value}")
NOT_TOLD = Text(
    "; for the {kinds} together it is withheld, as it rests on fewer than {few} others with a value, or would tell "
    "what one of them or a few persons come to",
    "（{kinds}全体の値は、値のある他の{kinds}が{few}部局未満であるか、特定の部局や少人数の値がわかるため秘匿）",
)
OF_ONE = Text("; for the one {kind} with a value it is {value}", "、値のある{kind}は1部局で{value}")
HALF = Text(
    "Of {count} {kinds} with a value, half lie between {low} and {high}; the middle one is at {median}.",
    "値のある{kinds}{count}部局の半数は{low}から{high}の間にあり、中央値は{median}。",
)
RANGE = Text("{count} {kinds} have a value, from {low} to {high}.", "値のある{kinds}は{count}部局で、{low}から{high}。")
ONE = Text("One department has a value: {low}.", "値のあるのは1部局で、{low}。")
NONE = Text("No department has a value.", "値のある部局はない。")
HALF_ABOUT = Text(
    "Of {count} {kinds} with enough people to be shown, half lie between about {low} and {high}; the middle one is at "
    "about {median}.",
    "人数が十分にある{kinds}{count}部局の半数はおよそ{low}から{high}の間にあり、中央値はおよそ{median}。",
)
UNLISTED = Text(
    "Values of single departments are not shown, to protect individuals and departments.",
    "個人や部局の特定を防ぐため、部局ごとの値は示さない。",
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
    FEW: FEWER,
    SUPPRESSED: WITHHELD,
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
    withheld: bool = False  # it would give a few persons of the kind away, or a department

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
    quartiles: tuple[float, ...] = ()  # lower, middle, upper; none of too few
    unlisted: int | None = None  # departments that the quartiles are of where single values are not told

    @classmethod
    def of(cls, rows: pd.DataFrame, reference: float) -> "Spread":
        """Of figures, one row a department: `value`, and `low`, `high` where there is an interval."""
        known = rows.dropna(subset=["value"])
        above, below = int((known["low"] > reference).sum()), int((known["high"] < reference).sum())
        undecided = int(((known["low"] <= reference) & (known["high"] >= reference)).sum())
        seen = cls.of_values(known["value"].astype(float).tolist())
        return replace(seen, above=above, below=below, undecided=undecided)

    @classmethod
    def of_values(cls, values: Iterable[float]) -> "Spread":
        """Of values without intervals."""
        ordered = tuple(sorted(values))
        return cls(ordered=ordered, quartiles=quartiles(ordered))


def sentences(
    indicator: Indicator,
    fiscal_year: int,
    university: float,
    spread: Spread,
    reference: Reference | None = None,
    own: Text | None = None,
    kind: str = "",
    *,
    withheld: bool = False,
) -> list[Text]:
    """The university's value (or that it is withheld), the kind's, the own department's, and how the others lie."""
    measure = reference or Reference(value=university)
    words = UNIVERSITY if not np.isnan(university) else WITHHELD_UNIVERSITY if withheld else NO_UNIVERSITY
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
    """Where a value stands to the middle department, as `sentences` names it; None for too few or rounded ones."""
    if not spread.quartiles or spread.unlisted is not None or np.isnan(value):
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


def quartiles(ordered: Sequence[float]) -> tuple[float, ...]:
    """The lower, middle and upper quartile of values in order, each a value that is there; none of too few."""
    if len(ordered) < FEWEST_FOR_A_HALF:
        return ()
    return tuple(ordered[int(place)] for place in np.percentile(range(len(ordered)), [25, 50, 75], method="nearest"))


def _decided(spread: Spread) -> bool:
    return spread.above + spread.below + spread.undecided > 0


def _of_kind(indicator: Indicator, reference: Reference) -> Text:
    if reference.withheld:
        return NOT_TOLD.filled(kinds=kind_name(reference.kind), few=FEWEST_OTHERS)
    if not reference.kind:
        return NOTHING
    if reference.departments == 1:
        return OF_ONE.filled(kind=word(reference.kind, KINDS), value=said(reference.value, indicator.unit))
    return OF_KIND.filled(
        count=reference.departments,
        kinds=kind_name(reference.kind),
        value=said(reference.value, indicator.unit),
    )


def _where(indicator: Indicator, spread: Spread, kind: str) -> list[Text]:
    values, names = spread.ordered, {"kinds": kind_name(kind)}
    if spread.unlisted is not None:
        about = (
            [HALF_ABOUT.filled(count=spread.unlisted, **names, **_half(indicator, spread))] if spread.quartiles else []
        )
        return [*about, UNLISTED]
    if spread.quartiles:
        return [HALF.filled(count=len(values), **names, **_half(indicator, spread))]
    if not values:
        return [NONE]
    low, high = (said(value, indicator.unit) for value in (values[0], values[-1]))
    return [(RANGE if len(values) > 1 else ONE).filled(count=len(values), low=low, high=high, **names)]


def _half(indicator: Indicator, spread: Spread) -> dict[str, Text]:
    return {
        name: said(value, indicator.unit)
        for name, value in zip(("low", "median", "high"), spread.quartiles, strict=True)
    }
