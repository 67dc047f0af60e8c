"""Mobility: how evenly persons come and go, and how many do for the people there are."""

import numpy as np
from numpy.typing import ArrayLike

from metrics.links import Floats, floats


def balance(inbound: ArrayLike, outbound: ArrayLike) -> float | Floats:
    """(in - out) / (in + out): 1 where persons only come, -1 where they only go, 0 as many either way; NaN for nobody.

    As the European Tertiary Education Register and the evaluations of Erasmus compare flows.
    """
    return _ratio(net_flow(inbound, outbound), _counts(inbound) + _counts(outbound))


def reciprocity(inbound: ArrayLike, outbound: ArrayLike) -> float | Floats:
    """min(in, out) / max(in, out) of one partner, or of each: 1 for as many either way, 0 for one way; NaN for nobody.

    Symmetric, so it does not say who sends more: `balance` does. Our own definition.
    """
    come, go = _counts(inbound), _counts(outbound)
    return _ratio(np.minimum(come, go), np.maximum(come, go))


def mean_reciprocity(inbound: ArrayLike, outbound: ArrayLike) -> float:
    """The mean of `reciprocity` over the partners with anybody, each weighing the same; NaN without such a partner."""
    each = np.atleast_1d(reciprocity(inbound, outbound))
    there = each[~np.isnan(each)]
    return float(there.mean()) if there.size else float("nan")


def inbound_mobility_rate(inbound: ArrayLike, enrolment: ArrayLike) -> float | Floats:
    """Mobile students from abroad for 100 enrolled, in percent (UNESCO Institute for Statistics, UIS)."""
    return _ratio(100 * _counts(inbound), _counts(enrolment))


def outbound_mobility_ratio(outbound: ArrayLike, enrolment: ArrayLike) -> float | Floats:
    """Students of an origin who study abroad for 100 enrolled in that origin, in percent (UIS)."""
    return _ratio(100 * _counts(outbound), _counts(enrolment))


def net_flow(inbound: ArrayLike, outbound: ArrayLike) -> float | Floats:
    """Students who come less those who go (UIS, net flow of internationally mobile students)."""
    flow = _counts(inbound) - _counts(outbound)
    return float(flow) if flow.ndim == 0 else floats(flow)


def net_flow_ratio(inbound: ArrayLike, outbound: ArrayLike, enrolment: ArrayLike) -> float | Floats:
    """The net flow for 100 enrolled, in percent (UIS)."""
    return _ratio(100 * np.asarray(net_flow(inbound, outbound)), _counts(enrolment))


def _counts(values: ArrayLike) -> Floats:
    counts = np.asarray(values, dtype=np.float64)
    if np.any(counts < 0):
        raise ValueError(f"persons are counted from 0, not {counts.min()}")
    return counts


def _ratio(above: ArrayLike, below: Floats) -> float | Floats:
    """NaN where there is nothing to divide by."""
    top = np.asarray(above, dtype=np.float64)
    ratio = np.divide(top, below, out=np.full(np.broadcast(top, below).shape, np.nan), where=below > 0)
    return float(ratio) if ratio.ndim == 0 else floats(ratio)
