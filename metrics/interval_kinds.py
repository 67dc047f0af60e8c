"""Which interval the figures of an indicator have, in numbers and in words, and why some have none."""

from typing import Literal

import numpy as np

from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator, parts
from metrics.intervals import Interval, poisson_interval, rate_interval, wilson
from metrics.links import Floats
from metrics.measures import Activities, Measure, Money, Persons, Sum
from metrics.view import Counting
from vocabulary.text import Text

Kind = Literal["wilson", "poisson", "rate", "none"]
METHODS: dict[Kind, Text] = {
    "wilson": Text("Wilson", "ウィルソン法"),
    "poisson": Text("Poisson", "ポアソン分布"),
    "rate": Text("Poisson", "ポアソン分布"),
}
SAID: dict[Kind, Text] = {
    "wilson": Text("95 % interval (Wilson)", "95%信頼区間（ウィルソン法）"),
    "poisson": Text(
        "95 % interval (Poisson: exact below 10, Byar's from 10)",
        "95%信頼区間（ポアソン分布。10未満は正確法、10以上はByar法）",
    ),
    "rate": Text(
        "95 % interval (Poisson, of the numerator: exact below 10, Byar's from 10)",
        "95%信頼区間（分子のポアソン分布。10未満は正確法、10以上はByar法）",
    ),
}
NONE = Text("None: {reason}", "なし（{reason}）")
STOCK = Text(
    "what is in force on 1 May is a full count, with no part of chance",
    "5月1日現在の全数であり、偶然による変動を想定しない",
)
MONEY = Text("amounts are no counts of independent events", "金額は独立した事象の件数ではない")
INDEX = Text("an index is no count and no share", "指数は件数でも割合でもない")
DIFFERENT = Text(
    "how many different ones there are is no count of independent events", "種類の数は独立した事象の件数ではない"
)


def interval_kind(indicator: Indicator, counting: Counting = "whole") -> Kind:
    """Which interval the indicator's figures have under a counting rule.

    Shares that count some of a whole have Wilson's, under fractional counting of the sums of shares (wider than need
    be, as no record weighs more than 1). Numbers of events and persons, and rates, are taken for Poisson counts: only
    whole numbers are, so under fractional counting they have none. A stock without a denominator is a full count of a
    register; money, indices and numbers of different things are no counts of independent events.
    """
    if indicator.is_proportion:
        return "wilson"
    whole = counting != "fractional" or not indicator.follows_counting
    if not whole or not _counts_events(indicator.numerator):
        return "none"
    if indicator.is_rate:
        return "rate"
    return "poisson" if indicator.unit in ("count", "persons") and not indicator.is_stock else "none"


def limits(kind: Kind, numerator: Floats, denominator: Floats) -> Interval[Floats]:
    """The 95 % limits of values with these numerators and denominators; NaN where there is no interval."""
    if kind == "wilson":
        return wilson(numerator, denominator)
    if kind == "poisson":
        return poisson_interval(numerator)
    if kind == "rate":
        return rate_interval(numerator, denominator)
    return Interval(np.full(len(numerator), np.nan), np.full(len(numerator), np.nan))


def said_kind(indicator: Indicator) -> Text:
    """The indicator's interval in words, or why it has none (counted whole)."""
    kind = interval_kind(indicator)
    return NONE.filled(reason=why_none(indicator)) if kind == "none" else SAID[kind]


def why_none(indicator: Indicator) -> Text:
    """Why an indicator has no interval by whole counting."""
    if any(isinstance(part, Money) for part in indicator.measured):
        return MONEY
    if indicator.unit not in ("count", "persons", "share"):
        return INDEX
    return STOCK if indicator.is_stock and _counts_events(indicator.numerator) else DIFFERENT


def _counts_events(measure: Measure) -> bool:
    """Whether the measure counts records or persons, each once, and takes none away."""
    signs = [sign for sign, _ in measure.terms] if isinstance(measure, Sum) else [1]
    return min(signs) > 0 and all(isinstance(part, Activities | Persons | Headcount) for part in parts(measure))
