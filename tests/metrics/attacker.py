"""An outsider who asks every question, writes down every number, and works out what follows from them.

Knows nothing of how figures are withheld. What a figure counts is found out by asking the same question of a university
where every class of persons has a department of its own: the figure of that department is how often the class counts.
"""

import itertools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from metrics.disclosure.seen import Asked
from metrics.indicator import Indicator
from metrics.intervals import wilson
from metrics.ledger import Ledger
from metrics.links import Floats
from metrics.tabulate import tabulate
from metrics.view import COUNTINGS, Dimension, Selection

Row = Mapping[Hashable, Any]  # a row of a table of figures
Forms = dict[tuple[object, ...], dict[str, Floats]]  # by cell and number, how often each class counts
Reading = Callable[[Asked], pd.DataFrame]  # a question, and the rows that the reader is given
NUMBERS = ("numerator", "denominator", "known", "unknown")
MOST = 60  # persons, of an interval that is turned back into the numbers that it is made of
MOST_OF_A_CLASS = 1000


def questions(years: Sequence[int], countries: Sequence[str], levels: Sequence[str]) -> Iterator[Asked]:
    """Every filter by countries, levels and counting rule, by year and pooled; and by country and level."""
    places: list[dict[str, object]] = [{}, {"country_rule": "unknown"}]
    for chosen in _subsets(countries):
        places += [{"countries": frozenset(chosen), "country_rule": rule} for rule in ("any", "none")]
    ranks: list[dict[str, object]] = [{}]
    ranks += [{"levels": frozenset(chosen)} for chosen in _subsets(levels)]
    pooled = [tuple(years[:1]), tuple(years)]
    for place, rank in itertools.product(places, ranks):
        for counting in COUNTINGS if not rank else COUNTINGS[:2]:
            yield Asked(selection=Selection(**place, **rank), counting=counting)  # type: ignore[arg-type]  # by name
        for together in pooled:
            yield Asked(by=("department",), selection=Selection(fiscal_years=together, **place, **rank))  # type: ignore[arg-type]
    by: tuple[Dimension, ...] = ("department", "fiscal_year")
    for rank in ranks:
        yield Asked(by=(*by, "country"), selection=Selection(**rank))  # type: ignore[arg-type]  # by name
    for place in places:
        yield Asked(by=(*by, "level"), selection=Selection(**place))  # type: ignore[arg-type]  # by name


def _subsets(codes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return itertools.chain.from_iterable(itertools.combinations(codes, size) for size in range(1, len(codes) + 1))


@dataclass
class Notebook:
    """What was found out: sums over the classes of persons in one fiscal year, each between two numbers."""

    forms: list[Floats] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    told: set[tuple[object, ...]] = field(default_factory=set)
    few: set[tuple[float, ...]] = field(default_factory=set)  # sums that are called fewer than 5

    def write(self, form: Floats, low: float, high: float) -> None:
        line = (*form.tolist(), round(low, 9), round(high, 9))
        if np.isfinite(form).all() and form.any() and line not in self.told:
            self.told.add(line)
            self.forms.append(form)
            self.low.append(low)
            self.high.append(high)

    def interval(self, form: Floats) -> tuple[int, int]:
        """The least and the largest whole number that a sum can have."""
        rules = LinearConstraint(np.array(self.forms), self.low, self.high) if self.forms else ()
        ends = []
        for sign in (1, -1):
            solved = milp(
                sign * form, integrality=[1] * len(form), bounds=Bounds(0, MOST_OF_A_CLASS), constraints=rules
            )
            assert solved.fun is not None, solved.message
            ends.append(round(sign * float(solved.fun)))
        return ends[0], ends[1]

    def differences(self, form: Floats) -> list[float]:
        """What a sum comes to as one told number, or as what two or three of them leave."""
        exact = {tuple(f): low for f, low, high in zip(self.forms, self.low, self.high, strict=True) if low == high}
        found = [exact[tuple(form)]] if tuple(form) in exact else []
        for first, value in exact.items():
            rest = tuple(np.array(first) - form)
            if rest in exact:
                found.append(value - exact[rest])
            for second, other in exact.items():
                last = tuple(np.array(rest) - np.array(second))
                if last in exact:
                    found.append(value - other - exact[last])
        return found


def forms_of(classes: Ledger, indicators: Sequence[Indicator], question: Asked) -> Forms:
    """For each figure and each of its numbers, how often each class of persons counts in it."""
    counts = tabulate(classes, indicators, question.by, question.selection, question.counting)
    names = [code for code in classes.units if code != "*"]
    labels = _labels(question)
    wide = counts[counts["department"] != "*"].pivot_table(
        index=labels, columns="department", values=list(NUMBERS), aggfunc="sum", observed=False
    )
    every = pd.MultiIndex.from_product([NUMBERS, names])
    cells = wide.reindex(columns=every).fillna(0).to_numpy().reshape(len(wide), len(NUMBERS), len(names))
    return {_tuple(label): dict(zip(NUMBERS, cell, strict=True)) for label, cell in zip(wide.index, cells, strict=True)}


def attack(
    reading: Reading, forms: Callable[[Asked], Forms], own: str, asked: Sequence[Asked], *, rounded: bool = False
) -> dict[int, Notebook]:
    """What the reader of the department `own` writes down, by fiscal year: of persons who are not the reader's.

    Of numbers that are `rounded` to the nearest five the reader knows between which they lie.
    """
    books: dict[int, Notebook] = {}
    for question in asked:
        rows, labels, table = reading(question), _labels(question), forms(question)
        cells = {
            (code, *_tuple(label)): row
            for code, label, row in zip(
                rows["department"], rows[labels].itertuples(index=False), rows.to_dict("records"), strict=True
            )
        }
        for (code, *label), row in cells.items():
            year = row.get("fiscal_year", _only(question.selection.fiscal_years))
            if code == "*" and year is not None and tuple(label) in table:
                sparse = bool({"country", "level"}.intersection(question.by))
                book = books.setdefault(int(year), Notebook())
                _note(book, row, table[tuple(label)], cells.get((own, *label), {}), sparse=sparse, off=2 * rounded)
    return books


def _labels(question: Asked) -> list[str]:
    return ["indicator", *(one for one in question.by if one != "department")]


def _tuple(label: object) -> tuple[object, ...]:
    return tuple(label) if isinstance(label, tuple) else (label,)


def _only(years: tuple[int, ...] | None) -> int | None:
    return years[0] if years is not None and len(years) == 1 else None


def _note(book: Notebook, row: Row, form: dict[str, Floats], mine: Row, *, sparse: bool, off: int) -> None:
    """The lines of a figure, the records behind it, its share and its interval; and what its status says."""
    own = {number: float(np.nan_to_num(mine.get(number, 0.0))) for number in NUMBERS}
    told = {number: float(row[number]) for number in NUMBERS}
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    if np.isnan(told["numerator"]) and not np.isnan(low) and not np.isnan(high):
        told["numerator"], told["denominator"] = _turned_back(low, high)
    for number, count in told.items():
        if not np.isnan(count):
            book.write(form[number], count - own[number] - off, count - own[number] + off)
    if not off and not np.isnan(value) and form["denominator"].any():
        of_share = value * own["denominator"] - own["numerator"]
        book.write(form["numerator"] - value * form["denominator"], of_share, of_share)
    if row["status"] == "fewer than 5":
        book.few.add(tuple(form["numerator"]))
        book.write(form["numerator"], 1 - own["numerator"], 4 - own["numerator"])
    if sparse:  # cells of nothing have no row
        book.write(form["numerator"] + form["denominator"], 1 - own["numerator"] - own["denominator"], np.inf)


def _turned_back(low: float, high: float) -> tuple[float, float]:
    """The count and the total whose interval this is."""
    of, count = np.meshgrid(np.arange(1, MOST), np.arange(0, MOST))
    lows, highs = wilson(count.ravel().astype(float), of.ravel().astype(float))
    found = np.flatnonzero((np.abs(lows - low) < 1e-12) & (np.abs(highs - high) < 1e-12))
    return (float(count.ravel()[found[0]]), float(of.ravel()[found[0]])) if len(found) == 1 else (np.nan, np.nan)
