"""Departments of one kind: what they are called, what they come to together, and what of that a reader may know.

Faculties have undergraduates only and graduate schools none, so like is compared with like.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from math import fsum, isnan, nan
from typing import NamedTuple

import pandas as pd

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


class Sum(NamedTuple):
    """What the departments of a kind come to in one indicator: NaN where none of them says, or it is `withheld`."""

    numerator: float
    denominator: float
    departments: int
    withheld: bool


def together(
    figures: pd.DataFrame, kinds: Mapping[str, str], kind: str, told: Collection[str] | None = None, without: str = ""
) -> dict[str, Sum]:
    """The departments of a kind added up, by indicator, of each that at least one of them has a value of.

    `figures` are by department, of one fiscal year; `kinds` are those of the departments that have none below them.
    What several departments share counts in each of them, as it does in their own figures. Indicators that are not
    `told` have no sum (NaN) and are `withheld`; None: all are told. A sum without the small cells would be wrong: small
    cells are what rare things are made of.
    """
    rows: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    columns = (figures[name].tolist() for name in ("indicator", "department", "status", "numerator", "denominator"))
    for key, code, status, numerator, denominator in zip(*columns, strict=True):
        if status == OK and kinds.get(code) == kind and code != without:
            rows[key].append((numerator, denominator))
    sums = {}
    for key, found in rows.items():
        withheld = told is not None and key not in told
        numerator, denominator = (nan, nan) if withheld else map(_added, zip(*found, strict=True))
        sums[key] = Sum(numerator, denominator, len(found), withheld)
    return sums


def _added(numbers: Iterable[float]) -> float:
    """The sum of the numbers that are known; NaN where none is."""
    known = [number for number in numbers if not isnan(number)]
    return fsum(known) if known else nan
