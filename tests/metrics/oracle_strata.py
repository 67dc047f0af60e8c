"""The oracle of strata: a figure worked out once more from the records, headcounts and people of one stratum alone."""

from collections.abc import Iterable
from dataclasses import replace

from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.measures import Measure, Persons, Sum
from tests.metrics.building import Activity
from tests.metrics.oracle import Cell, Number, Oracle, parts_of
from vocabulary.departments import UNIVERSITY
from vocabulary.people import LEVELS
from vocabulary.strata import SEVERAL, Stratification

KINDS_OF_PARTNERS = {"education|nonprofit": "education"}  # all others of the random universities are of one type


def stratum_of(oracle: Oracle, activity: Activity, by: Stratification) -> str:
    """The one stratum of an activity."""
    if by == "level":
        return activity.level
    if by == "activity_type":
        return activity.kind
    if by == "partner":
        return one({KINDS_OF_PARTNERS.get(partner.types, partner.types) for partner in activity.partners})
    return one({_of_unit(oracle, code, by) for code in activity.shares})


def one(strata: Iterable[str]) -> str:
    known = {*strata} - {""}
    return next(iter(known), "") if len(known) < 2 else SEVERAL


def of_stratum(
    oracle: Oracle, indicator: Indicator, measure: Measure, cell: Cell, by: Stratification
) -> dict[str, Number]:
    """What a measure counts in each stratum of a cell of one year."""
    if isinstance(measure, Sum):
        found = [(sign, of_stratum(oracle, indicator, part, cell, by)) for sign, part in measure.terms]
        codes = {code for _, counted in found for code in counted}
        return {code: _signed([(sign, counted.get(code, 0.0)) for sign, counted in found]) for code in codes}
    whole = oracle.measured(measure, cell, indicator.place)
    if isinstance(measure, Headcount):
        return _headcounts(oracle, indicator, measure, cell, by) if whole is not None else {"": None}
    strata = {stratum_of(oracle, activity, by) for activity in oracle.activities} | {SEVERAL}
    return {code: _activities(oracle, indicator, measure, cell, by, code) for code in strata}


def _signed(terms: list[tuple[int, Number]]) -> Number:
    return None if any(number is None for _, number in terms) else sum(sign * (number or 0) for sign, number in terms)


def _activities(
    oracle: Oracle, indicator: Indicator, measure: Measure, cell: Cell, by: Stratification, code: str
) -> Number:
    if not isinstance(measure, Persons):
        mine = [a for a in oracle.activities if stratum_of(oracle, a, by) == code]
        return replace(oracle, activities=mine).measured(measure, cell, indicator.place)
    mine = []
    for activity in oracle.activities:
        kept = tuple(p for p in activity.people if _of_person(oracle, indicator, p, cell, by) == code)
        if kept or (not activity.people and stratum_of(oracle, activity, by) == code):
            mine.append(replace(activity, people=kept))
    return replace(oracle, activities=mine).measured(measure, cell, indicator.place)


def _of_person(oracle: Oracle, indicator: Indicator, person: int, cell: Cell, by: Stratification) -> str:
    everywhere = replace(cell, department=UNIVERSITY)
    counted = [p for m in (indicator.numerator, indicator.denominator) for p in parts_of(m) if isinstance(p, Persons)]
    records = [a for part in counted for a in oracle.members(part, everywhere) if person in a.people]
    strata = {stratum_of(oracle, activity, by) for activity in records}
    if by == "level":
        return max(strata, key=["", *LEVELS].index, default="")
    return one(strata)


def _headcounts(
    oracle: Oracle, indicator: Indicator, measure: Headcount, cell: Cell, by: Stratification
) -> dict[str, Number]:
    if by == "level":
        found: dict[str, Number] = {}
        for population in measure.populations:
            code = population if population in LEVELS else ""
            counted = oracle.measured(replace(measure, populations=(population,)), cell, indicator.place)
            found[code] = (found.get(code) or 0) + (counted or 0)
        return found
    total = oracle.measured(measure, cell, indicator.place) or 0
    below = oracle.children(cell.department)
    if not below:
        return {_of_unit(oracle, cell.department, by): total}
    found = {}
    for child in below:
        inside = _headcounts(oracle, indicator, measure, replace(cell, department=child), by)
        for code, counted in inside.items():
            found[code] = (found.get(code) or 0) + (counted or 0)
    rest = total - sum(counted or 0 for counted in found.values())
    if rest < 0:
        return {"": total}
    return {**found, "": (found.get("") or 0) + rest}


def _of_unit(oracle: Oracle, code: str, by: Stratification) -> str:
    department = next((d for d in oracle.departments if d.code == code), None)
    if department is None:
        return ""
    if by == "department":
        return department.code
    return department.discipline if by == "field" else department.kind
