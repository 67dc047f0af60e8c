"""Strata: the numerator and denominator of a figure by level, field, kind, department, partner or type of activity.

Each record falls into one stratum, so that the strata of a figure add up to it. What belongs to two (a paper with a
company and a university, a person in two fields) is in the stratum `several`; a person recorded at several levels in a
year counts at the last of them in the order of `LEVELS`. What the records do not say is in the stratum "".
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from metrics.codes import TYPE_CODES
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.links import Floats, Ints, Links, distinct, floats, ints
from metrics.measures import Activities, Measure, Money, Persons, Place, Sum
from metrics.tree import Tree
from metrics.view import Counting, Selection, View
from vocabulary.departments import UNIVERSITY
from vocabulary.partner_types import PARTNER_TYPES
from vocabulary.people import LEVELS
from vocabulary.strata import SEVERAL, UNKNOWN, Stratification

__all__ = ["SEVERAL", "UNKNOWN", "Stratification", "partner_kind", "strata"]

OF_DEPARTMENTS = ("field", "kind", "department")
BESIDES = "funder"  # what ROR calls most large organizations, besides what they are
DECIMALS = 9  # as figures are rounded: shares that add up to a whole number are that number


def strata(
    ledger: Ledger,
    indicator: Indicator,
    stratification: Stratification,
    *,
    selection: Selection | None = None,
    counting: Counting = "whole",
) -> pd.DataFrame:
    """An indicator by stratum: one row is one department in one fiscal year and one stratum that has something in it.

    Columns: `department`, `fiscal_year`, `stratum`, `numerator`, `denominator` (NaN for an indicator without one). Over
    the strata both add up to what `tabulate` gives for the department and year under the same counting rule and
    selection; a count that nobody delivered is NaN in each. ValueError for an indicator that cannot be split so.
    """
    for measure in indicator.measured:
        if not isinstance(measure, Activities | Persons | Money | Headcount):
            raise ValueError(f"{indicator.key}: {type(measure).__name__} counts nothing that adds up over strata")
    view = View(ledger=ledger, by=("department", "fiscal_year"), selection=selection or Selection(), counting=counting)
    cut = _Cut(view=view, indicator=indicator, stratification=stratification)
    top = cut.tally(indicator.numerator)
    bottom = cut.tally(indicator.denominator) if indicator.denominator else np.full_like(top, np.nan)
    cell, stratum = np.nonzero((top != 0) & ~np.isnan(top) | (bottom != 0) & ~np.isnan(bottom))
    unit, year = np.unravel_index(cell, view.shape)
    return pd.DataFrame(
        {
            "department": np.array(view.labels["department"], dtype=object)[unit],
            "fiscal_year": np.array(view.labels["fiscal_year"], dtype=np.int64)[year],
            "stratum": np.array(cut.strata, dtype=object)[stratum],
            "numerator": top[cell, stratum],
            "denominator": bottom[cell, stratum],
        }
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Cut:
    """One indicator cut into strata: every activity, person and headcount has the position of its stratum."""

    view: View
    indicator: Indicator
    stratification: Stratification

    @cached_property
    def strata(self) -> tuple[str, ...]:
        """The codes of the strata, the unknown one first and `several` last."""
        tree = self.view.ledger.tree
        named: dict[Stratification, tuple[str, ...]] = {
            "level": tuple(LEVELS),
            "field": tree.discipline[1:],
            "kind": tree.kind[1:],
            "department": tree.units[1:],
            "partner": tuple(PARTNER_TYPES),
            "activity_type": TYPE_CODES,
        }
        codes = dict.fromkeys(named[self.stratification])
        return (UNKNOWN, *(code for code in codes if code != UNKNOWN), SEVERAL)

    @cached_property
    def of_unit(self) -> Ints:
        """The stratum of each unit; the university itself is of none."""
        tree = self.view.ledger.tree
        said = {"field": tree.discipline, "kind": tree.kind, "department": tree.units}[self.stratification]
        return ints([0, *(self.strata.index(code) for code in said[1:])])

    @cached_property
    def of_activity(self) -> Ints:
        """The stratum of each activity."""
        ledger = self.view.ledger
        if self.stratification == "level":
            return ledger.level.whole
        if self.stratification == "activity_type":
            return ledger.kind.whole + 1
        if self.stratification == "partner":
            kinds = ints([self.strata.index(partner_kind(str(types))) for types in ledger.partner_table["types"]])
            return self._linked(ledger.partners, kinds)
        return self._linked(ledger.departments, self.of_unit)

    def _linked(self, links: Links, of_code: Ints) -> Ints:
        """The one stratum of all that an activity is linked with; `several` where these are of several."""
        row, code = links.pairs
        return self._one(row, of_code[code], len(links.starts) - 1)

    def _one(self, row: Ints, stratum: Ints, rows: int) -> Ints:
        """For each row the one known stratum among its own; 0 for none, `several` (for levels the last) for more."""
        known = stratum > 0
        last, first = np.zeros(rows, dtype=np.int64), np.full(rows, len(self.strata))
        np.maximum.at(last, row[known], stratum[known])
        np.minimum.at(first, row[known], stratum[known])
        if self.stratification == "level":
            return last
        return np.where((last > 0) & (first != last), len(self.strata) - 1, last)

    @cached_property
    def of_person(self) -> Ints:
        """The stratum of each person in each fiscal year shown (years x persons), from all that the indicator counts.

        It is the same in every department, so that strata of departments and of the university are of the same people.
        """
        everywhere = replace(self.view, selection=replace(self.view.selection, departments=(UNIVERSITY,)))
        found = [part.rows(everywhere) for part in self.indicator.measured if isinstance(part, Persons)]
        activity, year = (np.concatenate([getattr(rows, name) for rows in found]) for name in ("activity", "key"))
        row, person = self.view.ledger.people.joined(activity)
        years, people = self.view.shape[1], len(self.view.ledger.people.often)
        stratum = self._one(year[row] * people + person, self.of_activity[activity][row], years * people)
        return stratum.reshape(years, people)

    def tally(self, measure: Measure) -> Floats:
        """A measure by cell and stratum; NaN in all strata of a cell that no headcount tells of."""
        terms = measure.terms if isinstance(measure, Sum) else ((1, measure),)
        return floats(np.round(np.sum([sign * self._tally(part) for sign, part in terms], axis=0), DECIMALS))

    def _tally(self, part: Measure) -> Floats:
        if isinstance(part, Headcount):
            return self._headcount(part, self.indicator.place)
        if isinstance(part, Persons):
            return self._persons(part)
        if isinstance(part, Activities):
            rows = part.rows(self.view)
            return self._summed(rows.key, self.of_activity[rows.activity], rows.weight)
        if isinstance(part, Money):
            rows = part.rows(self.view)
            share = rows.share if self.view.counting == "fractional" else np.ones_like(rows.share)
            amount = np.nan_to_num(self.view.ledger.yen[rows.activity]) * share
            return self._summed(rows.key, self.of_activity[rows.activity], amount)
        raise TypeError(f"{type(part).__name__} counts nothing that adds up over strata")

    def _persons(self, part: Persons) -> Floats:
        rows, people = part.rows(self.view), self.view.ledger.people
        row, person = people.joined(rows.activity)
        width = self.of_person.shape[1]
        once = distinct(rows.key[row] * width + person)
        key, person = once // max(width, 1), once % max(width, 1)
        named = self._summed(key, self.of_person[key % self.view.shape[1], person], np.ones(len(once)))
        unnamed = self.view.ledger.anonymous[rows.activity]
        return named + self._summed(rows.key, self.of_activity[rows.activity], unnamed)

    def _headcount(self, part: Headcount, place: Place) -> Floats:
        if self.stratification in OF_DEPARTMENTS:
            counted = self._by_department(part, place)
        else:
            counted = np.zeros((self.view.size, len(self.strata)))
            for population in part.populations:
                stratum = self.strata.index(population) if population in self.strata else 0
                counted[:, stratum] += np.nan_to_num(replace(part, populations=(population,)).tally(self.view, place))
        untold = np.isnan(part.tally(self.view, place))
        return np.where(untold[:, None], np.nan, counted)

    def _by_department(self, part: Headcount, place: Place) -> Floats:
        tree = self.view.ledger.tree
        everyone = replace(self.view, selection=replace(self.view.selection, departments=tree.units))
        values = part.tally(everyone, place).reshape(len(tree.units), -1)
        split = _over_units(tree, values, self.of_unit, len(self.strata))
        shown = [self.view.ledger.unit_position[str(code)] for code in self.view.labels["department"]]
        return split[shown].reshape(self.view.size, -1)

    def _summed(self, key: Ints, stratum: Ints, amount: Floats) -> Floats:
        width = len(self.strata)
        flat = np.bincount(key * width + stratum, weights=amount, minlength=self.view.size * width)
        return flat.reshape(-1, width).astype(np.float64)


def partner_kind(types: str) -> str:
    """What an organization goes by that ROR gives several types (separated by `|`): the first in `PARTNER_TYPES`.

    That it is a funder, too, says nothing of it unless it is nothing else; of an unknown type it is "".
    """
    said = {*types.split("|")}
    kinds = [kind for kind in PARTNER_TYPES if kind in said]
    return next((kind for kind in kinds if kind != BESIDES), kinds[0] if kinds else UNKNOWN)


def _over_units(tree: Tree, values: Floats, of_unit: Ints, width: int) -> Floats:
    """Headcounts (units x years) by stratum (units x years x strata) from the departments that have none below them.

    What a unit's own row counts beyond those below it is of unknown stratum; so is all of it where they count more.
    """
    split = np.zeros((*values.shape, width))
    for unit in range(len(tree.units) - 1, -1, -1):
        total = np.nan_to_num(values[unit])
        below = np.flatnonzero(tree.parent == unit)
        if not len(below):
            split[unit, :, of_unit[unit]] = total
            continue
        parts = split[below].sum(axis=0)
        rest = total - parts.sum(axis=1)
        split[unit] = np.where(rest[:, None] < 0, 0, parts)
        split[unit, :, 0] += np.where(rest < 0, total, rest)
    return split
