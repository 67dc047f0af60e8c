"""The spread of an indicator over the departments, with their names for readers of the whole university only."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from metrics.tabulate import OK
from metrics.view import Selection
from pages.parts import data
from pages.parts.language import say
from pages.parts.narrowing import Narrowing


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The departments' values of one indicator in one year, lowest first, and their names where they may be told."""

    of_departments: tuple[float, ...]
    names: tuple[str, ...] | None = None


def spreads(keys: Sequence[str], narrowed: Narrowing) -> dict[str, Spread]:
    """The spread of each indicator over the departments that have no sub-departments, in the year that is read.

    Heads get it for the unfiltered figures only: the less is in a filtered one, the easier it tells whose it is.
    """
    if data.reader().scope.whole_university:
        return _named(keys, narrowed)
    if narrowed.is_part:
        return {}
    return {key: Spread(of_departments=data.peer_values(key, narrowed.year, narrowed.counting)) for key in keys}


def _named(keys: Sequence[str], narrowed: Narrowing) -> dict[str, Spread]:
    tree, names = data.ledger().tree, data.department_names()
    leaves = {code for code, leaf in zip(tree.units, tree.leaves, strict=True) if leaf}
    asked: Selection = narrowed.selection(fiscal_years=(narrowed.year,))
    table = data.figures(keys, selection=asked, counting=narrowed.counting)
    known: dict[str, list[tuple[float, str]]] = {key: [] for key in keys}
    columns = (table[name].tolist() for name in ("indicator", "department", "value", "status"))
    for key, code, value, status in zip(*columns, strict=True):
        if code in leaves and status == OK:
            known[key].append((value, say(names[code])))
    return {key: _in_order(mine) for key, mine in known.items()}


def _in_order(known: list[tuple[float, str]]) -> Spread:
    ordered = sorted(known, key=itemgetter(0))
    return Spread(of_departments=tuple(value for value, _ in ordered), names=tuple(name for _, name in ordered))
