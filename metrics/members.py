"""The records behind a figure: which activities its numerator and its denominator count."""

import numpy as np

from metrics.indicator import Indicator, headcounts_in, parts
from metrics.ledger import Ledger
from metrics.links import Ints, distinct
from metrics.measures import Activities, Measure, OfActivities
from metrics.view import Counting, Selection, View


def members(
    ledger: Ledger,
    measure: Measure,
    *,
    department: str,
    fiscal_years: tuple[int, ...],
    selection: Selection | None = None,
    counting: Counting = "whole",
) -> Ints:
    """Ids (`activity_id`, sorted) of the activities that a measure counts in a department and fiscal years.

    Under lead counting the activities that a department does not lead are no members of a count of activities.
    Headcounts have no members: their rows are read from the populations themselves.
    """
    chosen = selection or Selection()
    view = View(
        ledger=ledger,
        by=("department",),
        selection=Selection(
            fiscal_years=fiscal_years,
            departments=(department,),
            countries=chosen.countries,
            country_rule=chosen.country_rule,
            levels=chosen.levels,
        ),
        counting=counting,
    )
    found = [_activities(view, part) for part in parts(measure) if isinstance(part, OfActivities)]
    return distinct(ledger.activity_ids[np.concatenate(found)]) if found else np.empty(0, dtype=np.int64)


def _activities(view: View, measure: OfActivities) -> Ints:
    rows = measure.rows(view)
    return rows.activity[rows.weight > 0] if isinstance(measure, Activities) else rows.activity


def headcounts_behind(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """The (population, group) pairs that an indicator reads from the headcounts."""
    found: dict[tuple[str, str], None] = {}
    for measure in (indicator.numerator, indicator.denominator):
        for counted in headcounts_in(measure) if measure else ():
            found.update(dict.fromkeys((p, g) for p in counted.populations for g in counted.groups))
    return tuple(found)
