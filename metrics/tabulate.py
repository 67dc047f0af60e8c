"""The one function that turns records into figures: pages, downloads, command line and tests all call `tabulate`."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from metrics.cells import Cells
from metrics.conditions import can_be_told
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.indicator import Indicator, headcounts_in, parts
from metrics.interval_kinds import interval_kind, limits
from metrics.intervals import Interval
from metrics.ledger import Ledger
from metrics.links import Bools, Floats, Ints
from metrics.measures import Measure, Money, OfActivities, Place
from metrics.participation_measures import Newcomers
from metrics.splitting import unsplit
from metrics.view import DECIMALS, Counting, Dimension, Selection, View

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
    if not indicators:
        return pd.DataFrame(columns=["indicator", *by, *COLUMNS])
    cells = Cells(view)
    tables = [_figures(cells, indicator) for indicator in indicators]
    found = {name: np.concatenate([one[name] for one in tables]) for name in tables[0]}
    rows = [len(one["cell"]) for one in tables]
    found["low"], found["high"] = _intervals(indicators, rows, counting, found)
    places = np.unravel_index(found["cell"], view.shape) if by else ()
    labels: dict[str, np.ndarray] = {
        dimension: pd.Series(view.labels[dimension]).take(place).to_numpy()
        for dimension, place in zip(by, places, strict=True)
    }
    keys = np.repeat([indicator.key for indicator in indicators], rows)
    columns = {name: found[name] for name in COLUMNS}
    return pd.DataFrame({"indicator": keys, **labels, **columns})


def _intervals(
    indicators: Sequence[Indicator], rows: Sequence[int], counting: Counting, found: Mapping[str, np.ndarray]
) -> Interval[Floats]:
    """The limits of all figures, of each kind of interval at once; NaN where there is no value or no interval."""
    kinds = [interval_kind(indicator, counting) for indicator in indicators]
    of_row = np.repeat(np.array(kinds), rows)
    low, high = np.full(len(of_row), np.nan), np.full(len(of_row), np.nan)
    for kind in set(kinds):
        mine = (of_row == kind) & (found["status"] == OK)
        low[mine], high[mine] = limits(kind, found["numerator"][mine], found["denominator"][mine])
    return Interval(low, high)


def _figures(cells: Cells, indicator: Indicator) -> dict[str, np.ndarray]:
    """The columns of one indicator but its interval, and in `cell` the cells that they are of."""
    view = cells.view
    numerator = _counted(view, indicator.numerator, indicator.place)
    bottom = indicator.denominator
    denominator = _counted(view, bottom, indicator.place) if bottom else np.full(view.size, np.nan)
    if indicator.declared_by:  # others have no part in what a department declared
        numerator[~cells.within(indicator.declared_by)] = np.nan
        denominator[~cells.within(indicator.declared_by)] = np.nan
    status = _status(cells, indicator, numerator, denominator)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (numerator / denominator if bottom else numerator) * np.where(status == OK, 1.0, np.nan)
    known, unknown = _country_base(view, indicator)
    columns = {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "known": known,
        "unknown": unknown,
        "status": status,
        "left_out": _left_out(view, indicator),
    }
    if indicator.declared_by:
        elsewhere = ~cells.within(indicator.declared_by)
        columns |= {name: np.where(elsewhere, np.nan, columns[name]) for name in ("known", "unknown")}
        columns["left_out"] = np.where(elsewhere, 0, columns["left_out"])
    kept = _kept(view, numerator, denominator)
    return {"cell": kept, **{name: column[kept] for name, column in columns.items()}}


def _counted(view: View, measure: Measure, place: Place) -> Floats:
    """A measure's count in each cell; shares that add up to a whole number are that number (no digits of noise)."""
    if not all(_can_be_told(view, part) for part in parts(measure)):
        return np.full(view.size, np.nan)
    return np.round(measure.tally(view, place), DECIMALS)


def _can_be_told(view: View, part: Measure) -> bool:
    """Whether what the measure asks of records is known at all, as where the university is for distances."""
    return not isinstance(part, OfActivities) or can_be_told(view.ledger, part.only)


def _kept(view: View, numerator: Floats, denominator: Floats) -> Ints:
    if not set(SPARSE) & set(view.by):
        return np.arange(view.size)
    return np.flatnonzero(~(_is_nothing(numerator) & _is_nothing(denominator)))


def _is_nothing(count: Floats) -> Bools:
    return np.asarray(np.isnan(count) | (count == 0))


def _status(cells: Cells, indicator: Indicator, numerator: Floats, denominator: Floats) -> np.ndarray:
    """Why a cell has a value or not, the weightier reason last.

    `no data`: nobody delivered what the cell is made of. `not applicable`: there is nothing it could describe
    (a department that does not exist or has no such people; nothing to divide by; not computable; a headcount
    whose countries or levels nobody delivered, asked for by these; what a filter cannot split, see `splitting`;
    a year before the definition holds; what another department declared). Records of a department outside its life
    count: nothing is hidden.
    """
    view = cells.view
    status = np.full(view.size, OK, dtype=object)
    status[np.isnan(numerator)] = NOT_APPLICABLE
    if indicator.denominator:
        status[np.isnan(denominator) | (denominator == 0)] = NOT_APPLICABLE
    for part in indicator.measured:
        for types in (part.types, part.read_with) if isinstance(part, OfActivities) else (part.types,):
            status[~cells.covered(types)] = NO_DATA
        if not _can_be_told(view, part):
            status[:] = NO_DATA
        if isinstance(part, Newcomers):  # records that do not reach back far enough
            status[np.isnan(numerator)] = NO_DATA
    for part in indicator.measured:
        for headcount in headcounts_in(part):
            missing = np.isnan(headcount.tally(view, indicator.place))
            if not missing.any() and not isinstance(part, EffectiveOrigins):
                continue
            in_all, ever = _in_all(view, headcount, indicator.place), cells.counted_ever(headcount.populations)
            status[missing & ever] = NO_DATA
            status[missing & (~ever | ~np.isnan(in_all))] = NOT_APPLICABLE
            if isinstance(part, EffectiveOrigins):
                status[np.isnan(numerator) & (in_all > 0)] = NO_DATA
    if unsplit(view.ledger, indicator, view.selection):
        status[status == OK] = NOT_APPLICABLE
    status[_is_nothing(numerator) & _is_nothing(denominator) & ~cells.exist] = NOT_APPLICABLE
    if indicator.since is not None:
        status[cells.first_and_last_year[0] < indicator.since] = NOT_APPLICABLE
    if indicator.declared_by:
        status[~cells.within(indicator.declared_by)] = NOT_APPLICABLE
    return status


def _in_all(view: View, headcount: Headcount, place: Place) -> Floats:
    """The headcount of the cell's department and year, without splits and filters that few headcounts can answer."""
    everyone = view.unfiltered
    return headcount.tally(everyone, place)[view.cell_in(everyone.by)]


def _country_base(view: View, indicator: Indicator) -> tuple[Floats, Floats]:
    base = indicator.country_base
    if base is None:
        return np.full(view.size, np.nan), np.full(view.size, np.nan)
    if not indicator.follows(view.counting):
        view = view.whole
    everything = view.number(base.types, base.only, base.window)
    known = view.number(base.types, (*base.only, "known_country"), base.window)
    return np.round(known, DECIMALS), np.round(everything - known, DECIMALS)


def _left_out(view: View, indicator: Indicator) -> Floats:
    out = np.zeros(view.size)
    for part in indicator.measured:
        if isinstance(part, Money):
            out = np.maximum(out, part.left_out(view))
    return out
