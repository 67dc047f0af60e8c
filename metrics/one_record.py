"""In which figures one record counts, and in which it does not for want of what."""

from typing import NamedTuple

import numpy as np

from metrics.breadth import EffectiveCountries
from metrics.catalogue import INDICATORS
from metrics.codes import TYPE_CODES
from metrics.conditions import CONDITIONS, met
from metrics.indicator import Indicator, parts
from metrics.ledger import Ledger
from metrics.measures import Distinct, OfActivities
from metrics.participation_measures import Newcomers
from metrics.record_list import NO_COUNTRY
from metrics.view import Selection, View
from vocabulary.text import Text

OF_COUNTRIES = (  # what nobody can say of a record whose country is not known
    *("known_country", "international", "partner_abroad", "company_abroad", "three_countries", "least_developed"),
)
NOBODY_NEW = Text("nobody in it is new", "新たに参加した者がいない")
NOT_SO = Text("not {condition}", "「{condition}」に当たらない")
NEEDED = {"countries": "international", "partners": "partner_abroad", "companies": "company_abroad", "sdgs": "sdg"}


class Counting(NamedTuple):
    """One indicator that takes records of this type: `lacking` is why this one is not in its numerator."""

    indicator: Indicator
    lacking: tuple[Text, ...]


def indicators_of(ledger: Ledger, activity_id: int) -> tuple[Counting, ...]:
    """The indicators whose numerator takes records of this record's type, those that count it first."""
    place = int(np.flatnonzero(ledger.activity_ids == activity_id)[0])
    kind = TYPE_CODES[int(ledger.kind[place])]
    found = []
    for indicator in INDICATORS.values():
        taking: list[OfActivities] = [
            p for p in parts(indicator.numerator) if isinstance(p, OfActivities) and kind in p.types
        ]
        if taking:
            names = dict.fromkeys(name for part in taking for name in (*part.only, *_needs(part)))
            lacking = dict.fromkeys(_why(ledger, place, name) for name in names if not met(ledger, (name,))[place])
            if not lacking and any(_nobody_new(ledger, place, part) for part in taking):
                lacking = {NOBODY_NEW: None}
            found.append(Counting(indicator, tuple(lacking)))
    return tuple(sorted(found, key=lambda counting: len(counting.lacking) > 0))


def _nobody_new(ledger: Ledger, place: int, measure: OfActivities) -> bool:
    """Whether a measure of newcomers does not take the record, as it names nobody who is new to the university's."""
    if not isinstance(measure, Newcomers):
        return False
    view = View(ledger=ledger, by=("fiscal_year",), selection=Selection(fiscal_years=ledger.years), counting="whole")
    return place not in measure.rows(view).activity


def _why(ledger: Ledger, place: int, condition: str) -> Text:
    """Why a record does not meet a condition: its country is not known, or it is not so."""
    if condition in OF_COUNTRIES and ledger.countries.counts[place] == 0:
        return NO_COUNTRY
    words = CONDITIONS[condition].text
    return NOT_SO.filled(condition=Text(words.en, words.ja.removesuffix("の")))


def _needs(measure: OfActivities) -> tuple[str, ...]:
    """What a record needs for its links to count, beside the conditions of the measure."""
    if isinstance(measure, EffectiveCountries):
        return (NEEDED["countries"],)
    if isinstance(measure, Distinct) and measure.of in NEEDED:
        return (NEEDED[measure.of],)
    return ()
