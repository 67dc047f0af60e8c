"""In which figures one record counts, and in which it does not for want of what."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from metrics.breadth import EffectiveCountries
from metrics.catalogue import INDICATORS
from metrics.codes import TYPE_CODES
from metrics.conditions import CONDITIONS, met
from metrics.exchange_measures import Flows
from metrics.indicator import Indicator, parts
from metrics.ledger import Ledger
from metrics.measures import Distinct, Measure, OfActivities
from metrics.members import members
from metrics.partner_measures import NetworkIndex, WithLargest
from metrics.record_list import NO_COUNTRY
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

OF_COUNTRIES = (  # what nobody can say of a record whose country is not known
    *("known_country", "international", "partner_abroad", "company_abroad", "three_countries", "least_developed"),
)
NOT_SO = Text("not {condition}", "「{condition}」に当たらない")
NEEDED = {"countries": "international", "partners": "partner_abroad", "companies": "company_abroad", "sdgs": "sdg"}


class Counting(NamedTuple):
    """One indicator that takes records of this type: `lacking` is why this one is not in its numerator."""

    indicator: Indicator
    lacking: tuple[Text, ...]


def indicators_of(
    ledger: Ledger, activity_id: int, indicators: Iterable[Indicator] = INDICATORS.values()
) -> tuple[Counting, ...]:
    """The indicators whose numerator takes records of this record's type, those that count it first.

    One that a department declared takes records of that department, and those below it, alone.
    """
    place = int(np.flatnonzero(ledger.activity_ids == activity_id)[0])
    kind = TYPE_CODES[int(ledger.kind[place])]
    found = []
    for indicator in (one for one in indicators if _has_part(ledger, place, one)):
        taking = [p for p in parts(indicator.numerator) if isinstance(p, OfActivities) and kind in p.types]
        if taking:
            names = dict.fromkeys(name for part in taking for name in (*part.only, *_needs(part)))
            lacking = dict.fromkeys(_why(ledger, place, name) for name in names if not met(ledger, (name,))[place])
            if not lacking:
                lacking = dict.fromkeys(
                    part.otherwise for part in taking if part.otherwise and _left(ledger, place, part)
                )
            found.append(Counting(indicator, tuple(lacking)))
    return tuple(sorted(found, key=lambda counting: len(counting.lacking) > 0))


def _has_part(ledger: Ledger, place: int, indicator: Indicator) -> bool:
    """Whether a department of the record has part in what another may have declared for itself."""
    first, end = ledger.departments.starts[place : place + 2]
    within = ledger.tree.within[ledger.unit_position[indicator.declared_by or UNIVERSITY]]
    return bool(within[ledger.departments.codes[first:end]].any())


def _left(ledger: Ledger, place: int, measure: Measure) -> bool:
    """Whether the university's figure of the last year in which the record counts is made without it."""
    last = ledger.years[0] + int(ledger.first_year[place]) + int(ledger.span[place]) - 1
    year = min(last, ledger.fiscal_years[-1])
    return int(ledger.activity_ids[place]) not in members(ledger, measure, department=UNIVERSITY, fiscal_years=(year,))


def _why(ledger: Ledger, place: int, condition: str) -> Text:
    """Why a record does not meet a condition: its country is not known, or it is not so."""
    if condition in OF_COUNTRIES and ledger.countries.counts[place] == 0:
        return NO_COUNTRY
    words = CONDITIONS[condition].text
    return NOT_SO.filled(condition=Text(words.en, words.ja.removesuffix("の")))


def _needs(measure: OfActivities) -> tuple[str, ...]:
    """What a record needs for its links to count, beside the conditions of the measure."""
    if isinstance(measure, Flows | NetworkIndex | WithLargest):
        return (NEEDED["partners"],)
    if isinstance(measure, EffectiveCountries):
        return (NEEDED["countries"],)
    if isinstance(measure, Distinct) and measure.of in NEEDED:
        return (NEEDED[measure.of],)
    return ()
