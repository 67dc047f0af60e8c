"""What of the university's figures on persons is published to a reader: decided once for all pages, files and commands.

To readers who are not entitled to the records only the university by fiscal year is published, unfiltered. Who could
choose what is counted could subtract one choice from another (any of two countries less any of one), so no other
combination is. Of the published cells some are withheld: those of few persons beside the reader's own, which the reader
knows; percentages of few; and as many more that linear programs find no small count that follows from the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.disclosure.audit import Audit
from metrics.disclosure.policy import protection
from metrics.disclosure.rounding import LEAST_DENOMINATOR
from metrics.disclosure.setting import METHODS, Method
from metrics.disclosure.unknowns import counted, terms
from metrics.headcount_measures import EffectiveOrigins
from metrics.indicator import Indicator
from metrics.ledger import UNIVERSITY, Ledger
from metrics.measures import Measure, OfActivities, Persons
from metrics.tabulate import OK, SUPPRESSED, tabulate
from metrics.view import Selection

Statuses = Mapping[tuple[str, int], str]  # by indicator and fiscal year


@dataclass(frozen=True, kw_only=True, eq=False)
class Published:
    """The status of each of the university's protected figures for one reader; what is not here is not published."""

    statuses: Statuses
    method: Method = METHODS[0]

    def status(self, indicator: str, fiscal_year: int) -> str:
        return self.statuses.get((indicator, fiscal_year), SUPPRESSED)


def published(
    ledger: Ledger, indicators: Iterable[Indicator], own: tuple[str, ...], method: Method = METHODS[0]
) -> Published:
    """What is published of these indicators, those of the common catalogue, to a reader of `own` departments."""
    by_protection: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        by_protection.setdefault(protection(indicator), []).append(indicator)
    persons = by_protection.get("persons", [])
    statuses = _of_indices(ledger, by_protection.get("index", []), own)
    statuses |= {(one.key, year): OK for one in by_protection.get("mixed", []) for year in ledger.fiscal_years}
    statuses |= _of_persons(ledger, persons, own, method)
    return Published(statuses=statuses, method=method)


def _of_indices(ledger: Ledger, indices: Sequence[Indicator], own: tuple[str, ...]) -> dict[tuple[str, int], str]:
    """An index is shown where it rests on enough persons beside the reader's own."""
    found = {}
    for indicator in indices:
        people = [_counted_by(part) for part in indicator.measured]
        elsewhere = counted(ledger, people) - np.nan_to_num(counted(ledger, people, own))
        for year, people_of_year in zip(ledger.fiscal_years, elsewhere, strict=True):
            found[indicator.key, year] = OK if (people_of_year >= LEAST_DENOMINATOR).all() else SUPPRESSED
    return found


def _counted_by(index: Measure) -> Measure:
    """The persons that an index is worked out from."""
    if isinstance(index, EffectiveOrigins):
        return index.counted
    if isinstance(index, OfActivities):
        return Persons(types=index.types, only=index.only, window=index.window)
    raise TypeError(f"an index of {type(index).__name__}: nothing says which persons it is worked out from")


def _of_persons(
    ledger: Ledger, indicators: Sequence[Indicator], own: tuple[str, ...], method: Method
) -> dict[tuple[str, int], str]:
    """Year by year: no count of persons is tied to that of another year."""
    unknowns = tuple(
        dict.fromkeys(one for indicator in indicators for part in indicator.measured for one in terms(part))
    )
    every, mine = counted(ledger, unknowns), np.nan_to_num(counted(ledger, unknowns, own))
    chosen = Selection(departments=(UNIVERSITY,))
    status = tabulate(ledger, indicators, selection=chosen).set_index(["indicator", "fiscal_year"])["status"]
    found = {}
    for place, year in enumerate(ledger.fiscal_years):
        told = [one for one in indicators if status[one.key, year] == OK]
        counts = np.nan_to_num(every[place])
        audit = Audit(indicators=told, unknowns=unknowns, every=counts, mine=mine[place], method=method)
        found.update({(key, year): said for key, said in audit.statuses.items()})
    return found
