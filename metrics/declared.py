"""Indicators that departments declare beside the common ones: what a row of the store says, as an indicator."""

from collections.abc import Collection, Iterable, Mapping
from math import isnan
from typing import NamedTuple, cast

import pandas as pd

from metrics.catalogue import INDICATORS
from metrics.conditions import CONDITIONS
from metrics.headcount_measures import Headcount
from metrics.indicator import Better, Indicator, Unit, counted_in
from metrics.measures import Activities, Distinct, Measure, Money, Persons
from metrics.tree import Tree
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.declarations import RATIOS, counts_persons
from vocabulary.people import GROUPS, POPULATIONS
from vocabulary.text import Text

IMPLIED: Mapping[str, frozenset[str]] = {name: frozenset() for name in CONDITIONS} | {
    "international": frozenset({"known_country"}),
    "partner_abroad": frozenset({"international", "known_country"}),
    "company_abroad": frozenset({"company", "partner_abroad", "international", "known_country"}),
    "company": frozenset({"known_country"}),
    "public_partner": frozenset({"known_country"}),
    "three_countries": frozenset({"international", "known_country"}),
    "least_developed": frozenset({"international", "known_country"}),
    "top_10_percent": frozenset({"with_percentile"}),
    "long_stay": frozenset({"stay"}),
}
"""Each condition, and those that every activity meets that meets it: what makes one count a part of another."""


class DeclarationError(ValueError):
    """A stored declaration that is no indicator (any more); says which and why."""


class Declared(NamedTuple):
    """The indicators that were declared, and of each declaration that cannot be read why; both by their keys."""

    indicators: dict[str, Indicator]
    unreadable: dict[str, str]


def declared(rows: pd.DataFrame) -> Declared:
    """The indicators of the rows of `Records.declared_indicators`, in their order."""
    found, unreadable = {}, {}
    for row in rows.to_dict("records"):
        try:
            indicator = indicator_of({str(name): value for name, value in row.items()})
        except DeclarationError as error:
            unreadable[str(row["key"])] = str(error)
        else:
            found[indicator.key] = indicator
    return Declared(found, unreadable)


def indicator_of(row: Mapping[str, object]) -> Indicator:
    """The indicator that one row declares (columns of the import file `indicators`; lists separated by `;`).

    Raises DeclarationError for a row that imports would not accept, as one stored by an earlier version may be: the
    common catalogue has its key by now, or a condition or type that it names is no more.
    """
    key, unit, since = str(row["key"]), str(row["unit"]), row["since"]
    if key in INDICATORS:
        raise DeclarationError(f"{key}, declared by {row['department']}: the common catalogue has this key now")
    try:
        return Indicator(
            key=key,
            name=Text(str(row["name_en"]), str(row["name_ja"])),
            definition=Text(str(row["definition_en"]), str(row["definition_ja"])),
            target=str(row["target"]),
            process=str(row["process"]),
            unit="share" if unit in RATIOS else _counter(str(row["counts"]), unit),
            better=cast(Better, row["better"]),
            numerator=_measure(row, ""),
            denominator=_measure(row, "per_") if row["per_counts"] else None,
            source=str(row["source"]),
            protected=any(_of_persons(row, prefix) for prefix in ("", "per_")),
            is_rate=unit == "rate",
            since=int(since) if isinstance(since, int | float) and not isnan(since) else None,
            declared_by=str(row["department"]),
        )
    except (KeyError, ValueError) as error:
        raise DeclarationError(f"{key}, declared by {row['department']}: {error.args[0]}") from error


def having(indicators: Iterable[Indicator], department: str, tree: Tree) -> dict[str, Indicator]:
    """Those whose figure exists for a department: the common ones, and what it or a unit above it declared."""
    declaring = ("", *tree.above(department))
    return {one.key: one for one in indicators if one.declared_by in declaring}


def where_it_exists(figures: pd.DataFrame, indicators: Mapping[str, Indicator], tree: Tree) -> pd.DataFrame:
    """A table of figures (with departments) without the rows of those that have no part in what others declared."""
    units = {
        key: [unit for unit in tree.units if one.declared_by in tree.above(unit)]
        for key, one in indicators.items()
        if one.declared_by
    }
    cells = zip(figures["indicator"], figures["department"], strict=True)
    return figures[[key not in units or unit in units[key] for key, unit in cells]]


def _measure(row: Mapping[str, object], prefix: str) -> Measure:
    counts = str(row[f"{prefix}counts"])
    types = _list(row, f"{prefix}activity_types", "activity type", ACTIVITY_TYPES)
    only = _list(row, f"{prefix}conditions", "condition", CONDITIONS)
    populations = _list(row, f"{prefix}populations", "population", POPULATIONS)
    groups = _list(row, f"{prefix}groups", "group", GROUPS)
    match counts:
        case "activities":
            return Activities(types=types, only=only)
        case "persons":
            return Persons(types=types, only=only)
        case "money":
            return Money(types=types, only=only)
        case "countries" | "partners" | "companies":
            return Distinct(of=counts, types=types, only=only)
        case "headcount":
            return Headcount(populations=populations, groups=groups or ("all",))
    raise DeclarationError(f"{counts!r} cannot be counted")


def _of_persons(row: Mapping[str, object], prefix: str) -> bool:
    populations = _list(row, f"{prefix}populations", "population", POPULATIONS)
    return counts_persons(str(row[f"{prefix}counts"]), populations)


def _counter(counts: str, unit: str) -> Unit:
    counters = {"countries": "か国・地域", "partners": "機関", "companies": "社"}
    return counted_in(counters[counts]) if counts in counters else cast(Unit, unit)


def _list(row: Mapping[str, object], column: str, thing: str, there: Collection[str]) -> tuple[str, ...]:
    found = tuple(part for part in str(row[column]).split(";") if part)
    strange = [code for code in found if code not in there]
    if strange:
        raise DeclarationError(f"no {thing} {strange[0]!r}; there are {', '.join(there)}")
    return found
