"""Sums over kinds of departments: which of them, taken from the university's, leave no other department's figure.

A reader knows the own figures, the university's, and the sums that are told. What of the university's is in none of
these is a sum, too, though it is never printed: it rests on as many departments as one that is.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from metrics.disclosure.groups import FEWEST_OTHERS, Kinds
from metrics.disclosure.policy import is_protected
from metrics.indicator import Indicator
from metrics.links import Floats
from metrics.tabulate import OK

P_PERCENT = (
    0.10  # of the largest contribution, which the others have to come to: whoever takes it for all is that wrong
)


def safe_sums(
    figures: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    kinds: Kinds,
    told: Iterable[tuple[str, str]],
) -> frozenset[tuple[str, str]]:
    """Those of the sums (kind, indicator) `told` that give no other department's value away, alone or with the rest.

    `figures` are those of the departments in one fiscal year. A sum without the reader's own, and what all sums leave
    of the university, rest on at least three departments with a value, and of what persons did none of them holds
    nearly all (p % rule: Hundepool et al., Statistical Disclosure Control, 2012, 4.2). Where the rest would not, the
    sum over the fewest departments is withheld, too. Sums of the reader's own alone tell of nobody.
    """
    asked, others = frozenset(told), figures["department"].map(kinds.kinds)
    there = others.notna() & ~figures["department"].isin(kinds.own)
    has_value = (figures["status"] == OK) & (figures["denominator"].fillna(1) > 0)
    found = {(kind, key) for kind, key in asked if kind in kinds.all_own}
    rows = figures.assign(kind=others)[there & has_value]
    of_kind, lines = rows["kind"].to_numpy(), rows[["numerator", "denominator"]].to_numpy(dtype=np.float64)
    for name, places in rows.groupby("indicator").indices.items():
        key = str(name)
        persons, mine, values = is_protected(indicators[key]), of_kind[places], lines[places]
        kept = [kind for kind in dict.fromkeys(mine) if (kind, key) in asked]
        kept = [kind for kind in kept if _is_safe(values[mine == kind], persons, alone=True)]
        kept.sort(key=lambda kind: np.count_nonzero(mine == kind), reverse=True)
        while kept and not _is_safe(values[~np.isin(mine, kept)], persons):
            kept.pop()
        found |= {(kind, key) for kind in kept}
    return frozenset(found)


def listed_kinds(departments: Iterable[str], kinds: Kinds) -> frozenset[str]:
    """The kinds whose values can be listed without names, beside a list of all, where `departments` have a value.

    As with sums, a list rests on three departments that are not the reader's, and so does what is only in that of all.
    """
    others = pd.Series([kinds.kinds.get(code, "") for code in departments if code not in kinds.own], dtype=object)
    numbers = others.value_counts()
    listed = [str(kind) for kind, number in numbers.items() if kind != "" and number >= FEWEST_OTHERS]
    if listed and 0 < len(others) - numbers[listed].sum() < FEWEST_OTHERS:
        listed.pop()
    return frozenset(listed) | kinds.all_own


def _is_safe(values: Floats, persons: bool, *, alone: bool = False) -> bool:
    """Whether a sum over other departments (rows of numerator and denominator) gives none away.

    One over nobody tells nothing; one that is told `alone` and comes to nobody, or to all, tells that of each.
    """
    if not len(values):
        return True
    each = np.nan_to_num(np.abs(values))
    sums, largest = each.sum(axis=0), each.max(axis=0)
    dominated = bool((sums - largest < P_PERCENT * largest).any())
    each_known = alone and bool(np.isclose(sums[0], 0) or np.isclose(sums[0], sums[1]))
    return len(values) >= FEWEST_OTHERS and not (persons and (dominated or each_known))
