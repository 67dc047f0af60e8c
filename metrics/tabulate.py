"""The one function that turns records into figures: pages, downloads, command line and tests all call `tabulate`."""

from collections.abc import Iterable
import numpy as np
import pandas as pd

from metrics.codes import TYPE_CODES
from metrics.conditions import can_be_told
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.indicator import Indicator, headcounts_in, parts
from metrics.interval_kinds import limits
from metrics.ledger import Ledger
from metrics.links import Bools, Floats, Ints
from metrics.measures import Measure, Money, OfActivities, Place
from metrics.participation_measures import Newcomers
from metrics.splitting import unsplit
from metrics.view import Counting, Dimension, Selection, View
from vocabulary.departments import UNIVERSITY

COLUMNS = ("numerator", "denominator", "value", "low", "high", "known", "unknown", "status", "left_out")
OK, NO_DATA, NOT_APPLICABLE = "ok", "no data", "not applicable"
FEW, SUPPRESSED = "fewer than 5", "suppressed"  # of metrics.disclosure: nothing else makes a figure one of these
SPARSE: tuple[Dimension, ...] = ("country", "level", "target", "process")  # cells of nothing are left out


def tabulate(
    ledger: Ledger,
    indicators: Iterable[Indicator],
    by: tuple[Dimension, ...] = ("department", "fiscal_year"),
    selection: Selection | None = None,
    counting: Counting = "whole",
) -> pd.DataFrame:
    """Figures of the indicators: one row is one indicator in one cell of `by`.

    Columns: `indicator`, those of `by`, `numerator`, `denominator` (NaN where there is none), `value` (a share is
    a fraction, money is yen; NaN unless `status` is ok), `low`, `high` (95 % interval, see `interval_kinds`),
    `known`, `unknown` (activities of the denominator's kind with and without a known country), `status`, `left_out`
    (records whose currency has no rate). Ratios are made of counts at the asked-for grain. By country, level, target
    or process only cells with something in them are listed.
    """
    indicators = tuple(indicators)
    view = View(ledger=ledger, by=by, selection=selection or Selection(), counting=counting)
    tables = [_figures(view, indicator) for indicator in indicators]
    if not tables:
        return pd.DataFrame(columns=["indicator", *by, *COLUMNS])
    kept = [table.pop("cell") for table in tables]
    table = pd.DataFrame({name: np.concatenate([one[name] for one in tables]) for name in COLUMNS})
    places = np.unravel_index(np.concatenate(kept), view.shape) if by else ()
    for number, (dimension, place) in enumerate(zip(by, places, strict=True)):
        table.insert(number, dimension, pd.Series(view.labels[dimension]).take(place).to_numpy())
    table.insert(0, "indicator", np.repeat([indicator.key for indicator in indicators], [len(one) for one in kept]))
    return table


def _figures(view: View, indicator: Indicator) -> dict[str, np.ndarray]:
    """The columns of one indicator, and in `cell` the cells that they are of."""
    numerator = _counted(view, indicator.numerator, indicator.place)
    bottom = indicator.denominator
    denominator = _counted(view, bottom, indicator.place) if bottom else np.full(view.size, np.nan)
    elsewhere = _elsewhere(view, indicator)
    numerator[elsewhere] = denominator[elsewhere] = np.nan
    status = _status(view, indicator, numerator, denominator)
    status[elsewhere] = NOT_APPLICABLE
    shown = np.where(status == OK, 1.0, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (numerator / denominator if bottom else numerator) * shown
    low, high = limits(indicator, view.counting, numerator, denominator)
    known, unknown = (np.where(elsewhere, np.nan, count) for count in _country_base(view, indicator))
    numbers = (
        numerator,
        denominator,
        value,
        low * shown,
        high * shown,
        known,
        unknown,
        status,
        np.where(elsewhere, 0, _left_out(view, indicator)),
    )
    kept = _kept(view, numerator, denominator)
    columns = {name: column[kept] for name, column in zip(COLUMNS, numbers, strict=True)}
    return {"cell": np.flatnonzero(kept), **columns}


def _counted(view: View, measure: Measure, place: Place) -> Floats:
    """A measure's count in each cell; shares that add up to a whole number are that number (no digits of noise)."""
    if not all(_can_be_told(view, part) for part in parts(measure)):
        return np.full(view.size, np.nan)
    return np.round(measure.tally(view, place), 9)


def _can_be_told(view: View, part: Measure) -> bool:
    """Whether what the measure asks of records is known at all, as where the university is for distances."""
    return not isinstance(part, OfActivities) or can_be_told(view.ledger, part.only)


def _kept(view: View, numerator: Floats, denominator: Floats) -> Bools:
    if not set(SPARSE) & set(view.by):
        return np.ones(view.size, dtype=bool)
    return np.asarray((np.nan_to_num(numerator) != 0) | (np.nan_to_num(denominator) != 0))


def _status(view: View, indicator: Indicator, numerator: Floats, denominator: Floats) -> np.ndarray:
    """Why a cell has a value or not, the weightier reason last.

    `no data`: nobody delivered what the cell is made of. `not applicable`: there is nothing it could describe
    (a department that does not exist or has no such people; nothing to divide by; not computable; a headcount
    whose countries or levels nobody delivered, asked for by these; what a filter cannot split, see `splitting`;
    a year before the definition holds). Records of a department outside its life count: nothing is hidden.
    """
    status = np.full(view.size, OK, dtype=object)
    status[np.isnan(numerator)] = NOT_APPLICABLE
    if indicator.denominator:
        status[np.isnan(denominator) | (denominator == 0)] = NOT_APPLICABLE
    for part in indicator.measured:
        for types in (part.types, part.read_with) if isinstance(part, OfActivities) else (part.types,):
            status[~_covered(view, types)] = NO_DATA
        if not _can_be_told(view, part):
            status[:] = NO_DATA
        if isinstance(part, Newcomers):  # records that do not reach back far enough
            status[np.isnan(numerator)] = NO_DATA
    for part in indicator.measured:
        for headcount in headcounts_in(part):
            counted, in_all = headcount.tally(view, indicator.place), _in_all(view, headcount, indicator.place)
            missing, ever = np.isnan(counted), _counted_ever(view, headcount.populations)
            status[missing & ever] = NO_DATA
            status[missing & (~ever | ~np.isnan(in_all))] = NOT_APPLICABLE
            if isinstance(part, EffectiveOrigins):
                status[np.isnan(numerator) & (in_all > 0)] = NO_DATA
    if unsplit(view.ledger, indicator, view.selection):
        status[status == OK] = NOT_APPLICABLE
    nothing = (np.nan_to_num(numerator) == 0) & (np.nan_to_num(denominator) == 0)
    status[nothing & ~_exists(view)] = NOT_APPLICABLE
    if indicator.since is not None:
        status[_first_and_last_year(view)[0] < indicator.since] = NOT_APPLICABLE
    return status


def _in_all(view: View, headcount: Headcount, place: Place) -> Floats:
    """The headcount of the cell's department and year, without splits and filters that few headcounts can answer."""
    everyone = view.unfiltered
    return headcount.tally(everyone, place)[view.cell_in(everyone.by)]


def _covered(view: View, types: tuple[str, ...]) -> Bools:
    """Whether the records of some types reach over the cell's year (from the first to the last that has any)."""
    if not types:
        return np.ones(view.size, dtype=bool)
    first, last = view.ledger.coverage
    year = np.arange(len(view.ledger.years))[:, None]
    kinds = [TYPE_CODES.index(kind) for kind in types]
    covered = np.any((first[kinds] <= year) & (year <= last[kinds]), axis=1)
    return _by_year(view, np.atleast_1d(covered))


def _by_year(view: View, holds: Bools) -> Bools:
    """What holds per year of the ledger, in the cells of the view; pooled years need it in one of them."""
    slots = view.year_slot
    width = len(view.labels["fiscal_year"]) if "fiscal_year" in view.by else 1
    by_slot = np.zeros(width, dtype=bool)
    by_slot[slots[(slots >= 0) & holds]] = True
    return by_slot[_place(view, "fiscal_year")]


def _place(view: View, dimension: Dimension) -> Ints:
    """The place of each cell along a dimension (0 where the view does not have it)."""
    if dimension not in view.by:
        return np.zeros(view.size, dtype=np.int64)
    return np.unravel_index(np.arange(view.size), view.shape)[view.by.index(dimension)]


def _unit_of_cell(view: View) -> Ints:
    shown = np.flatnonzero(view.unit_slot >= 0)
    return shown[np.argsort(view.unit_slot[shown])][_place(view, "department")]


def _first_and_last_year(view: View) -> tuple[Ints, Ints]:
    """The fiscal years that each cell reaches over: one, or all those pooled."""
    chosen = np.array(view.labels.get("fiscal_year") or (view.selection.fiscal_years or view.ledger.fiscal_years))
    if "fiscal_year" not in view.by:
        return np.full(view.size, chosen.min()), np.full(view.size, chosen.max())
    year = chosen[_place(view, "fiscal_year")]
    return year, year


def _exists(view: View) -> Bools:
    """Whether the department exists at some time in the cell's years."""
    return view.ledger.tree.exist(_unit_of_cell(view), *_first_and_last_year(view))


def _elsewhere(view: View, indicator: Indicator) -> Bools:
    """Which cells are of departments that have no part in what another department declared."""
    if not indicator.declared_by:
        return np.zeros(view.size, dtype=bool)
    tree, owner = view.ledger.tree, view.ledger.unit_position[indicator.declared_by]
    return np.asarray(~tree.within[owner][_unit_of_cell(view)])


def _counted_ever(view: View, populations: tuple[str, ...]) -> Bools:
    """Whether the cell's department has a headcount of one of the populations on any day (the university should)."""
    ever = view.ledger.headcounts.ever_counted(populations)
    ever[view.ledger.unit_position[UNIVERSITY]] = True
    return ever[_unit_of_cell(view)]


def _country_base(view: View, indicator: Indicator) -> tuple[Floats, Floats]:
    base = indicator.country_base
    if base is None:
        return np.full(view.size, np.nan), np.full(view.size, np.nan)
    if not indicator.follows(view.counting):
        view = view.whole
    everything = view.number(base.types, base.only, base.window)
    known = view.number(base.types, (*base.only, "known_country"), base.window)
    return known, everything - known


def _left_out(view: View, indicator: Indicator) -> Floats:
    out = np.zeros(view.size)
    for part in indicator.measured:
        if isinstance(part, Money):
            out = np.maximum(out, part.left_out(view))
    return out
