"""Departments of one kind: what they are called, what they come to together, and what of that a reader may know.

Faculties have undergraduates only and graduate schools none, so like is compared with like.
"""

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from metrics.disclosure.seen import is_protected, of_few
from metrics.indicator import Indicator
from metrics.tabulate import OK
from vocabulary.departments import KIND_GROUPS
from vocabulary.text import Text

FEWEST_OF_A_KIND = 4  # departments: among fewer, the others of the kind are hardly more than one's neighbour
TOGETHER = Text("the {kinds} together", "{kinds}全体")
OTHERS = Text("the other {kinds}", "他の{kinds}")
REST = Text("the rest of the university", "全学の他部局")


def kind_name(kind: str) -> Text:
    """The departments of a kind in a sentence: `graduate schools`; of one without a name, or of all: `departments`."""
    name = KIND_GROUPS.get(kind, Text("departments", "部局"))
    return Text(name.en.lower(), name.ja)


def together_name(kind: str) -> Text:
    """All departments of a kind as one: `the faculties together`."""
    return TOGETHER.filled(kinds=kind_name(kind))


def others_name(kind: str) -> Text:
    """What a department of a kind is measured against: `the other faculties`; without a kind the rest of all."""
    return OTHERS.filled(kinds=kind_name(kind)) if kind else REST


def large_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """The kinds that enough departments are of, in the order in which they come. One kind is one department's."""
    every = list(kinds)
    return tuple(kind for kind in dict.fromkeys(every) if kind and every.count(kind) >= FEWEST_OF_A_KIND)


def withheld(
    figures: pd.DataFrame, indicators: Mapping[str, Indicator], entitled: Callable[[str], bool]
) -> "pd.Series[bool]":
    """Which cells of departments rest on one to four persons, to a reader who is not entitled to the records."""
    own = figures["department"].map({code: entitled(code) for code in figures["department"].unique()}).astype(bool)
    return ~own & is_protected(figures, indicators) & of_few(figures)


def together(
    figures: pd.DataFrame, kinds: Mapping[str, str], kind: str, hidden: "pd.Series[bool]", without: str = ""
) -> pd.DataFrame:
    """The departments of a kind added up, one row an indicator: `numerator`, `denominator`, `departments`, `withheld`.

    `figures` are by department, of one fiscal year; `kinds` are those of the departments that have none below them.
    What several departments share counts in each of them, as it does in their own figures. `hidden` cells are in the
    sums; where these would give one away there is no sum (NaN), and `withheld` is how many cells are the reason. A sum
    without them would be wrong: small cells are what rare things are made of.
    """
    there = (figures["status"] == OK) & figures["department"].isin(kinds) & (figures["department"] != without)
    known = figures[there].assign(kind=figures["department"].map(kinds), hidden=hidden)
    mine = known[known["kind"] == kind]
    rows = mine.groupby("indicator")
    sums = rows[["numerator", "denominator"]].sum(min_count=1).assign(departments=rows.size())
    silent = pd.Series(sums.index.isin(_told_by_sums(known[known["hidden"]])), sums.index)
    sums[["numerator", "denominator"]] = sums[["numerator", "denominator"]].mask(silent)
    return sums.assign(withheld=rows["hidden"].sum().where(silent, 0))


def _told_by_sums(hidden: pd.DataFrame) -> set[object]:
    """The indicators of which a sum less what is shown would leave a single cell, or few persons, in any kind."""
    cells = hidden.groupby(["indicator", "kind"])
    left = cells[["numerator", "denominator"]].sum()
    return set(left.index[of_few(left) | (cells.size() == 1)].get_level_values("indicator"))
