"""What a filter cannot split: figures that a choice of countries or levels would leave without meaning, and why."""

from typing import Literal

import numpy as np

from metrics.codes import TYPE_CODES
from metrics.indicator import Indicator, headcounts_in
from metrics.ledger import Ledger
from metrics.links import Bools
from metrics.measures import OfActivities
from metrics.view import Selection

Unsplit = Literal["country", "level", "headcount"]


def unsplit(ledger: Ledger, indicator: Indicator, selection: Selection) -> Unsplit | None:
    """Why the selection cannot cut the indicator to a part; None where it can, or where headcounts are the reason.

    `country`: what the numerator asks of the records is implied by the countries chosen, so that the share would be
    100 % whatever was done. `level`: no record of its types carries a level.
    """
    if _implied(ledger, indicator, selection):
        return "country"
    if selection.levels is not None and any(without_levels(ledger, part) for part in indicator.measured):
        return "level"
    return None


def why_unsplit(ledger: Ledger, indicator: Indicator, selection: Selection) -> Unsplit | None:
    """The same for a figure that is not applicable: `headcount` where it rests on people who are not known by it."""
    found = unsplit(ledger, indicator, selection)
    if found is None and any(headcounts_in(part) for part in indicator.measured):
        return "headcount"
    return found


def _implied(ledger: Ledger, indicator: Indicator, selection: Selection) -> bool:
    """Whether the numerator counts all that the denominator counts, because of the countries chosen alone."""
    top, bottom = indicator.numerator, indicator.denominator
    if not isinstance(top, OfActivities) or type(bottom) is not type(top) or not isinstance(bottom, OfActivities):
        return False
    if top.types != bottom.types or top.window != bottom.window or set(top.only) == set(bottom.only):
        return False
    met = _conditions_of(ledger, selection)
    return set(top.only) - met == set(bottom.only) - met


def _conditions_of(ledger: Ledger, selection: Selection) -> set[str]:
    """The conditions that every activity with one of the chosen countries meets."""
    if selection.countries is None or selection.country_rule != "any":
        return set()
    chosen: Bools = np.array([code in selection.countries for code in ledger.country_codes], dtype=bool)
    met = {"known_country"}
    if ledger.foreign[chosen].all():
        met.add("international")
    if not any(code in ledger.developed for code in selection.countries):
        met.add("least_developed")
    return met


def without_levels(ledger: Ledger, part: object) -> bool:
    """Whether a measure counts records, none of which says of what level its people are."""
    if not isinstance(part, OfActivities):
        return False
    kinds = [TYPE_CODES.index(kind) for kind in part.types]
    records, with_level = (counts[kinds] for counts in ledger.levels_of_types)
    return bool(records.any()) and not bool(with_level.any())
