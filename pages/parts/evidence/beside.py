"""Indicators beside each other: their values of one unit and year, what each rests on, and when it is read."""

from collections.abc import Hashable, Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from metrics.figure_sentence import made_of
from metrics.indicator import Indicator
from metrics.numbers import said
from metrics.tabulate import NO_DATA, OK
from metrics.timing import when_read
from metrics.view import Counting, Selection
from pages.parts import data
from pages.parts.language import say
from pages.parts.reading import figures_table
from pages.parts.tables import STATUS, Column
from vocabulary.text import NOTHING, Text

COLUMNS = {
    "name": Column(name=Text("Indicator", "指標")),
    "value_words": Column(name=Text("Value", "値")),
    "made_of": Column(name=Text("Made of", "内訳")),
    "when": Column(name=Text("As of", "時点")),
}
ALT = Text("Values side by side", "値の比較")
THIS = Text("{name} (this one)", "{name}（この指標）")


def beside(
    indicators: Sequence[Indicator], department: str, year: int, counting: Counting, narrowed: Selection | None = None
) -> pd.DataFrame:
    """One row is one indicator, in the order given: `key`, numbers as counted, and the same as words are read.

    `value_words` is the value with its unit, else why there is none; `made_of` what it rests on; `when` its day or
    year. `narrowed` are the countries and levels that the figures are narrowed to.
    """
    chosen = narrowed or Selection()
    asked = Selection(
        fiscal_years=(year,),
        departments=(department,),
        countries=chosen.countries,
        country_rule=chosen.country_rule,
        levels=chosen.levels,
    )
    table = data.figures([one.key for one in indicators], selection=asked, counting=counting)
    rows = {row["indicator"]: row for row in table.to_dict("records") if row["department"] == department}
    return pd.DataFrame([_row(one, year, rows.get(one.key)) for one in indicators])


def beside_table(rows: pd.DataFrame, own: str = "") -> None:
    """The rows of `beside` to be read; the one with the key `own` is marked."""
    names = [
        say(THIS).format(name=name) if key == own else name for key, name in zip(rows["key"], rows["name"], strict=True)
    ]
    figures_table(rows.assign(name=names), COLUMNS, alt=ALT)


def latest_with_all(indicators: Sequence[Indicator], department: str, counting: Counting) -> int:
    """The last fiscal year in which all of them have a value in a department; else the last that most have."""
    asked = Selection(departments=(department,))
    table = data.figures([one.key for one in indicators], selection=asked, counting=counting)
    there = table[(table["status"] == OK) & (table["department"] == department)]["fiscal_year"].value_counts()
    return int(max(there[there == there.max()].index)) if len(there) else data.fiscal_years()[-1]


def _with_unit(value: float, indicator: Indicator) -> Text:
    """The value; in English a number of persons with what it counts, which Japanese says anyway."""
    words = said(value, indicator.unit)
    return Text(f"{words.en} persons", words.ja) if indicator.unit == "persons" else words


def _row(indicator: Indicator, year: int, found: Mapping[Hashable, Any] | None) -> dict[str, object]:
    status = NO_DATA if found is None else str(found["status"])
    names = ("value", "numerator", "denominator")
    numbers = {name: float("nan") if found is None or status != OK else float(found[name]) for name in names}
    words = _with_unit(numbers["value"], indicator) if status == OK else STATUS[status]
    above, below = numbers["numerator"], numbers["denominator"]
    parts = NOTHING if isnan(below) else made_of(indicator, above, below)
    return {
        "key": indicator.key,
        "name": say(indicator.name),
        **numbers,
        "status": say(STATUS[status]),
        "value_words": say(words),
        "made_of": say(parts),
        "when": say(when_read(indicator, year, year)),
    }
