"""Can a change from one year to the next be told from chance? In numbers, and in words that say no more than that."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isinf, isnan, nan
from typing import Literal, NamedTuple

from metrics.indicator import Indicator, Unit
from metrics.numbers import change, moved, points, signed
from metrics.pair_intervals import newcombe, ratio_interval
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import NOTHING, Text

Measured = Literal["difference", "ratio", "nothing"]
UNDECIDED = Text("no distinguishable change", "有意な変化とはいえない")
TOLD = Text("{change} since {before} (95 % interval {limits})", "{before}から{change}、95%信頼区間：{limits}")
NOT_TOLD = Text(
    "no distinguishable change since {before} ({change}; 95 % interval {limits})",
    "{before}からの変化は有意とはいえない：{change}、95%信頼区間：{limits}",
)
NONE_EITHER = Text("no distinguishable change since {before}", "{before}からの変化は有意とはいえない")
UNCHANGED = Text("unchanged since {before}", "{before}から増減なし")
SIZE = Text("{change} since {before}", "{before}比{change}")
BETWEEN = Text("{low} to {high}", "{low}〜{high}")
OR_MORE = Text("{low} or more", "{low}以上")
POINTS = Text("{low} to {high} points", "{low}〜{high}ポイント")
WITHOUT_DECIMAL = 10  # per cent, from here on


class Counted(NamedTuple):
    """What a figure of one year was made of; no denominator (NaN) for a number of events or persons."""

    numerator: float
    denominator: float = nan


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a change can be told from chance, and the 95 % interval that says so.

    `told` is None where no interval is known: then nothing is said about chance. The limits are those of the difference
    of two shares (fractions), or of the ratio of two numbers or rates (1: no change); NaN where nothing is known.
    """

    measured: Measured
    low: float = nan
    high: float = nan

    @property
    def told(self) -> bool | None:
        if self.measured == "nothing" or isnan(self.low) or isnan(self.high):
            return None
        none = 0.0 if self.measured == "difference" else 1.0
        return not self.low <= none <= self.high


UNJUDGED = Verdict(measured="nothing")


@lru_cache(maxsize=8192)
def change_of_share(
    count: float, total: float, count_before: float, total_before: float, confidence: float = 0.95
) -> Verdict:
    """Of the share count / total since the year before: Newcombe's interval of the difference (1998, method 10).

    Told from chance where 0 lies outside of it. Unjudged where either is no proportion.
    """
    low, high = newcombe(count, total, count_before, total_before, confidence)
    return Verdict(measured="difference", low=low, high=high)


@lru_cache(maxsize=8192)
def change_of_count(
    count: float, before: float, per: float = 1.0, per_before: float = 1.0, confidence: float = 0.95
) -> Verdict:
    """Of a number of events, or of a rate of events `per` something, since the year before: the ratio's exact interval.

    Told from chance where 1 lies outside of it. Conditional on the sum of both (Przyborowski and Wilenski 1940).
    """
    low, high = ratio_interval(count, before, per, per_before, confidence)
    return Verdict(measured="ratio", low=low, high=high)


def told_from_chance(indicator: Indicator, now: Counted, before: Counted, limits: Sequence[float]) -> Verdict:
    """The verdict on the change of an indicator between two years, which are taken for independent.

    `limits` are those of both years' figures (`low` of `tabulate`): where one is NaN, nothing is known of chance.
    """
    if any(isnan(limit) for limit in limits):
        return UNJUDGED
    if indicator.is_proportion:
        return change_of_share(*now, *before)
    if indicator.is_rate:
        return change_of_count(now.numerator, before.numerator, now.denominator, before.denominator)
    return change_of_count(now.numerator, before.numerator)


def since_words(value: float, before: float, unit: Unit, verdict: Verdict, year_before: int) -> Text:
    """The change with its interval: `up 0.5 points since FY2024 (95 % interval +0.1 to +0.9 points)`.

    Where it cannot be told from chance: `no distinguishable change since FY2024 (...)`; without a judgement only its
    size. In Japanese it stands in brackets behind the value, or alone.
    """
    since = {"before": fiscal_year_name(year_before)}
    if verdict.told is None:
        return (UNCHANGED if value == before else SIZE).filled(change=change(value, before, unit), **since)
    if not verdict.low and isinf(verdict.high):  # none in either year
        return NONE_EITHER.filled(**since)
    size = moved(value, before, unit) if verdict.told else change(value, before, unit)
    return (TOLD if verdict.told else NOT_TOLD).filled(change=size, limits=limits_words(verdict), **since)


def change_in_a_cell(value: float, before: float, unit: Unit, verdict: Verdict) -> Text:
    """For a column of changes: the size, in brackets where it cannot be told from chance."""
    size = change(value, before, unit)
    return Text(f"({size.en})", f"（{size.ja}）") if verdict.told is False else size


def limits_words(verdict: Verdict) -> Text:
    """The limits of a verdict: differences of shares in points, ratios as what they add in per cent."""
    if verdict.measured == "difference":
        return POINTS.filled(low=points(verdict.low), high=points(verdict.high))
    words = OR_MORE if isinf(verdict.high) else BETWEEN
    return words.filled(low=_percent(verdict.low), high=_percent(verdict.high))


def _percent(ratio: float) -> Text:
    """What a ratio adds: 1.21 is `+21 %`, 0.985 is `−1.5 %`."""
    if isinf(ratio):
        return NOTHING
    added = (ratio - 1) * 100
    number = signed(added, f"{abs(added):,.{0 if abs(added) >= WITHOUT_DECIMAL else 1}f}")
    return Text(f"{number} %", f"{number}%")
