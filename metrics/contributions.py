"""What each record adds to a figure, so that a list of records can be added up to it."""

from dataclasses import dataclass, replace
from typing import Literal, TypedDict

import numpy as np

from metrics.breadth import ActiveDepartments, EffectiveCountries
from metrics.exchange_measures import Flows
from metrics.ledger import Ledger
from metrics.links import Bools, Floats, Ints, floats
from metrics.measures import Activities, Distinct, Measure, Money, OfActivities, Persons, Place, Sum
from metrics.participation_measures import Concentration, Newcomers
from metrics.view import Counting, Selection, View
from vocabulary.text import NOTHING, Text

Counted = Literal["activities", "persons", "yen", "things", "departments", "worked out", "concentration", "nothing"]


class ThingsCounted(TypedDict, total=False):
    """What a measure of different things counts."""

    things: Text
    at_least: int


PLACE: Place = ("research", "deepening")  # without a dimension of target or process, no figure depends on it


@dataclass(frozen=True, kw_only=True, eq=False)
class Contributions:
    """One position is one activity behind a measure: its id and what it adds to the figure."""

    counted: Counted
    activity_ids: Ints  # sorted
    counts_as: Floats  # activities, persons, yen, or links with countries, partners, ...
    figure: float  # what the measure says of all of them
    signed: bool = False  # whether some are taken away
    without_amount: Bools  # records of money that add nothing: no amount, or no rate for its currency
    things: Text = NOTHING  # what is counted of links: countries abroad, SDGs, ...
    at_least: int = 1  # records that a thing must come in to be counted
    how: Text = NOTHING  # how a figure that is no sum is worked out

    @property
    def total(self) -> float:
        return float(self.counts_as.sum())

    @property
    def adds_up(self) -> bool:
        """Whether the column comes to the figure: not where persons or partners come again in several records."""
        return bool(np.isclose(self.total, self.figure, rtol=1e-9, atol=1e-6))

    def of(self, activity_ids: Ints) -> Floats:
        """What these activities add; each has to be one of ours."""
        return self.counts_as[np.searchsorted(self.activity_ids, activity_ids)]


def contributions(
    ledger: Ledger,
    measure: Measure,
    *,
    department: str,
    fiscal_years: tuple[int, ...],
    selection: Selection | None = None,
    counting: Counting = "whole",
) -> Contributions:
    """What each activity adds to a measure in one department, over fiscal years taken together."""
    asked = replace(selection or Selection(), departments=(department,), fiscal_years=fiscal_years)
    view = View(ledger=ledger, by=("department",), selection=asked, counting=counting)
    terms = measure.terms if isinstance(measure, Sum) else ((1, measure),)
    counted = [(sign, part) for sign, part in terms if isinstance(part, OfActivities)]
    found = [_added(view, part) for _, part in counted]
    signs = [np.full(len(activity), sign) for (sign, _), (activity, _) in zip(counted, found, strict=True)]
    none = np.empty(0, dtype=np.int64)
    activity, place = np.unique(np.concatenate([none, *(a for a, _ in found)]), return_inverse=True)
    amounts = np.concatenate([none, *(amount for _, amount in found)]) * np.concatenate([none, *signs])
    ids = ledger.activity_ids[activity]
    order = np.argsort(ids)
    return Contributions(
        counted=_kind(counted[0][1]) if counted else "nothing",
        activity_ids=ids[order],
        counts_as=floats(np.bincount(place, weights=amounts, minlength=len(activity)))[order],
        figure=float(measure.tally(view, PLACE)[0]),
        signed=any(sign < 0 for sign, _ in terms),
        without_amount=np.isnan(ledger.yen[activity])[order],
        **_things(counted[0][1] if counted else None),
        how=measure.text if counted else NOTHING,
    )


def _things(measure: OfActivities | None) -> ThingsCounted:
    if not isinstance(measure, Distinct):
        return {}
    return {"things": measure.things, "at_least": measure.at_least}


def _kind(measure: OfActivities) -> Counted:
    kinds: dict[type[OfActivities], Counted] = {
        Activities: "activities",
        Persons: "persons",
        Money: "yen",
        Distinct: "things",
        ActiveDepartments: "departments",
        Newcomers: "persons",
        Concentration: "concentration",
    }
    return next((kind for of, kind in kinds.items() if isinstance(measure, of)), "worked out")


def _added(view: View, measure: OfActivities) -> tuple[Ints, Floats]:
    """Positions of the activities behind a measure, each once, and what each adds."""
    ledger = view.ledger
    if isinstance(measure, Distinct):
        rows, row, _ = measure.linked(view)
        return rows.activity, np.bincount(row, minlength=len(rows.activity)).astype(np.float64)
    if isinstance(measure, Newcomers):
        found = measure.naming(view)
        new = np.bincount(found.row, minlength=len(found.rows.activity))
        return found.rows.activity[new > 0], floats(new[new > 0])
    rows = measure.rows(view)
    if isinstance(measure, Activities):
        rows = rows.at(rows.weight > 0)
        return rows.activity, rows.weight
    if isinstance(measure, Money):
        part = rows.share if view.counting == "fractional" else np.ones_like(rows.share)
        return rows.activity, np.nan_to_num(ledger.yen[rows.activity]) * part
    if isinstance(measure, Concentration):
        return rows.activity, floats(ledger.people.counts[rows.activity])
    of_persons = isinstance(measure, EffectiveCountries) and measure.of == "persons"
    if isinstance(measure, Persons | Flows) or of_persons:
        return rows.activity, ledger.people.counts[rows.activity] + ledger.anonymous[rows.activity]
    return rows.activity, np.ones(len(rows.activity))
