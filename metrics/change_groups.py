"""The groups that a change is split over: an indicator's numerator and denominator in two fiscal years, by group.

The groups of a figure add up to it exactly, under the counting rule that it is read with. Under whole counting what two
departments share is no department's alone: it stands in the group `SEVERAL`. Under fractional counting it is shared
out (a person seen in several departments in equal parts, which leaves the university's figure as it is), and under
lead counting it is the leader's. What the whole counts beyond its departments is in the group "".
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from metrics.breadth import ActiveDepartments, Departments
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.links import Floats, Ints, distinct
from metrics.measures import Activities, Distinct, Measure, Money, Persons, Sum
from metrics.strata import OF_DEPARTMENTS, strata
from metrics.strata_words import NOT_ADDITIVE, why_not
from metrics.tree import Tree
from metrics.view import Counting, Selection, View
from vocabulary.departments import UNIVERSITY
from vocabulary.people import LEVELS
from vocabulary.strata import SEVERAL, UNKNOWN, Stratification

COLUMNS = ["group", "numerator_before", "denominator_before", "numerator_after", "denominator_after"]
IN_ORDER: tuple[Stratification, ...] = ("department", "field", "kind", "level", "partner", "activity_type")
NOISE = 1e-9  # of sums of shares that add up to a whole number
FEWEST = 2  # named groups, for a split to say anything


def groups(
    ledger: Ledger,
    indicator: Indicator,
    stratification: Stratification,
    *,
    department: str,
    years: tuple[int, int],
    counting: Counting = "whole",
    levels: frozenset[str] | None = None,
) -> pd.DataFrame:
    """One row is one group with something in one of the two years: `group` and the counts before and after.

    Columns: see `COLUMNS`; denominators are NaN for an indicator without one. The sums of each column are what
    `tabulate` gives for the department and the year. ValueError for an indicator that does not add up over groups.
    """
    selection = Selection(departments=(department,), fiscal_years=tuple(dict.fromkeys(years)), levels=levels)
    if isinstance(indicator.numerator, Distinct) and indicator.denominator is None:
        found = _of_distinct(ledger, indicator.numerator, stratification, selection)
    elif stratification in OF_DEPARTMENTS and all(_hands_out(part, counting) for part in indicator.measured):
        found = _of_units(ledger, indicator, stratification, selection, counting)
    else:
        found = strata(ledger, indicator, stratification, selection=selection, counting=counting)
    return _side_by_side(found.rename(columns={"stratum": "group"}), years, indicator.denominator is not None)


def splits_offered(
    ledger: Ledger, indicator: Indicator, *, department: str, years: tuple[int, int], counting: Counting = "whole"
) -> dict[Stratification, pd.DataFrame]:
    """The stratifications that tell groups of this figure apart, with their groups; none where it does not add up.

    Of a ratio the denominator has to be known by at least two groups, else rates of groups would be made up.
    """
    offered: dict[Stratification, pd.DataFrame] = {}
    for stratification in IN_ORDER:
        if why_not(ledger, indicator, stratification) not in (None, NOT_ADDITIVE):
            continue
        try:
            found = groups(ledger, indicator, stratification, department=department, years=years, counting=counting)
        except ValueError:
            continue
        base = "numerator" if indicator.denominator is None else "denominator"
        named = found[~found["group"].isin((UNKNOWN, SEVERAL))]
        if ((named[f"{base}_before"] != 0) | (named[f"{base}_after"] != 0)).sum() >= FEWEST:
            offered[stratification] = found
    return offered


def by_level_and_department(
    ledger: Ledger, indicator: Indicator, *, department: str, years: tuple[int, int]
) -> pd.DataFrame | None:
    """The groups by level and, within it, by department (columns `level` and those of `groups`).

    None where persons are not counted by level in headcounts alone, or where only one level is.
    """
    counted = [part for part in indicator.measured if isinstance(part, Headcount)]
    populations = tuple(dict.fromkeys(code for part in counted for code in part.populations))
    of_levels = len(counted) == len(indicator.measured) and set(populations) <= set(LEVELS)
    if indicator.denominator is None or not of_levels or len(populations) < FEWEST:
        return None
    tables = []
    for level in populations:
        only = frozenset((level,))
        found = groups(ledger, indicator, "department", department=department, years=years, levels=only)
        tables.append(found.assign(level=level))
    return pd.concat(tables, ignore_index=True)


def _hands_out(part: Measure, counting: Counting) -> bool:
    """Whether the rule gives each department its own, nothing counted in two of them."""
    if isinstance(part, Activities):
        return counting != "whole"
    if isinstance(part, Money | Persons):
        return counting == "fractional"
    return isinstance(part, Headcount | ActiveDepartments | Departments)


def _of_units(
    ledger: Ledger, indicator: Indicator, stratification: Stratification, asked: Selection, counting: Counting
) -> pd.DataFrame:
    """Each unit's own, added up over the units of a group."""
    tree, root, label = ledger.tree, _root(ledger, asked), _labels(ledger, stratification)
    inside = np.flatnonzero(tree.within[root])
    selection = replace(asked, departments=tuple(tree.units[unit] for unit in inside))
    view = View(ledger=ledger, by=("department", "fiscal_year"), selection=selection, counting=counting)
    labels = [UNKNOWN if unit == root and len(inside) > 1 else label[unit] for unit in inside]
    years = view.labels["fiscal_year"]
    found = pd.DataFrame({"group": np.repeat(labels, len(years)), "fiscal_year": np.tile(np.array(years), len(inside))})
    for side, measure in (("numerator", indicator.numerator), ("denominator", indicator.denominator)):
        terms = measure.terms if isinstance(measure, Sum) else ((1, measure),)
        own = [sign * _own(view, part, indicator.place, inside) for sign, part in terms if part is not None]
        found[side] = np.sum(own, axis=0).ravel() if own else np.nan
    added = found.groupby(["group", "fiscal_year"], as_index=False, sort=False).sum(min_count=1)
    for side in ("numerator", "denominator"):
        whole = added[side].round()
        added[side] = whole.where((added[side] - whole).abs() < NOISE, added[side])
    return added


def _own(view: View, part: Measure, place: tuple[str, str], inside: Ints) -> Floats:
    """What each unit (units x years) counts that no unit below it does."""
    if isinstance(part, Persons):
        return _shared_out(view, part, inside)
    tree = view.ledger.tree
    whole = np.nan_to_num(part.tally(view, place)).reshape(view.shape)
    own = whole.copy()
    for unit in range(1, len(inside)):
        own[np.flatnonzero(inside == tree.parent[inside[unit]])] -= whole[unit]
    return own


def _shared_out(view: View, part: Persons, inside: Ints) -> Floats:
    """Persons of the first unit in equal parts to the departments that recorded them; of records without ids likewise.

    The parts add up to the distinct persons of that unit.
    """
    ledger, years = view.ledger, view.shape[1]
    rows = part.rows(view)
    rows = rows.at(rows.key // years == int(np.flatnonzero(view.unit_slot[inside] == 0)[0]))
    year = rows.key % years
    slot = np.full(len(ledger.units), -1, dtype=np.int64)
    slot[inside] = np.arange(len(inside))
    row, linked = ledger.departments.joined(rows.activity)
    row, unit = row[slot[linked] >= 0], slot[linked[slot[linked] >= 0]]
    named, person = ledger.people.joined(rows.activity[row])
    width = int(person.max(initial=0)) + 1
    once = distinct((unit[named] * years + year[row[named]]) * width + person)
    cell, who = once // width, once % width
    pair = (cell % years) * width + who
    share = 1 / np.bincount(pair)[pair] if len(pair) else np.empty(0)
    unnamed = ledger.anonymous[rows.activity[row]] / np.maximum(np.bincount(row), 1)[row] if len(row) else np.empty(0)
    parts = view.summed(cell, share) + view.summed(unit * years + year[row], unnamed)
    return parts.reshape(view.shape)


def _of_distinct(ledger: Ledger, measure: Distinct, stratification: Stratification, asked: Selection) -> pd.DataFrame:
    """Different things (countries, partners ...) by the one group that has to do with each; `SEVERAL` where more do."""
    if stratification not in OF_DEPARTMENTS:
        raise ValueError(f"different {measure.of} are not told apart by {stratification}")
    root, tree, label = _root(ledger, asked), ledger.tree, _labels(ledger, stratification)
    inside = np.flatnonzero(tree.within[root] & (tree.leaves | (np.arange(len(tree.units)) == root)))
    selection = replace(asked, departments=tuple(tree.units[unit] for unit in inside))
    view = View(ledger=ledger, by=("department", "fiscal_year"), selection=selection, counting="whole")
    key, code = measure.pairs(view)
    place, year = np.unravel_index(key, view.shape)
    links = pd.DataFrame({"unit": inside[place], "year": year, "code": code})
    records = links[links["unit"] == root].value_counts(["year", "code"])
    counted = records[records >= measure.at_least].index
    parts = links[links["unit"] != root] if len(inside) > 1 else links
    group = pd.Series([label[unit] for unit in parts["unit"]], index=parts.index, dtype="str")  # of none as well
    owned = parts.assign(group=group).drop_duplicates(["year", "code", "group"])
    owners = owned.groupby(["year", "code"])["group"]
    one = owners.first().mask(owners.size() > 1, SEVERAL).reindex(counted, fill_value=UNKNOWN)
    rows = one.rename("group").reset_index().value_counts(["year", "group"]).rename("numerator").reset_index()
    years = [view.labels["fiscal_year"][place] for place in rows["year"]]
    return rows.assign(fiscal_year=years, denominator=np.nan)


def _root(ledger: Ledger, asked: Selection) -> int:
    """The position of the one department asked for."""
    (department,) = asked.departments or (UNIVERSITY,)
    return ledger.unit_position[department]


def _labels(ledger: Ledger, stratification: Stratification) -> tuple[str, ...]:
    """The group of each unit."""
    tree: Tree = ledger.tree
    named = {"field": tree.discipline, "kind": tree.kind, "department": tree.units}
    return named[stratification]


def _side_by_side(found: pd.DataFrame, years: Sequence[int], ratio: bool) -> pd.DataFrame:
    """The counts of both years beside each other; a group without a row counts nothing."""
    place, codes = pd.factorize(found["group"])
    year = found["fiscal_year"].to_numpy()
    counts = np.zeros((len(codes), len(COLUMNS) - 1))
    for column, name in enumerate(COLUMNS[1:]):
        side, when = name.split("_")
        rows = year == years[0 if when == "before" else 1]
        values = np.nan_to_num(found[side].to_numpy(dtype=np.float64)[rows])
        counts[:, column] = np.bincount(place[rows], values, len(codes))
    there = (counts != 0).any(axis=1)
    if not ratio:
        counts[:, 1::2] = np.nan
    table = pd.DataFrame(counts[there], columns=COLUMNS[1:])
    table.insert(0, "group", np.asarray(codes, dtype=object)[there])
    return table
