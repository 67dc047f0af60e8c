"""How much of a rate is known: the same rate over the records of known country and over all of them."""

from dataclasses import dataclass, replace
from math import isnan

from metrics.indicator import Indicator
from metrics.measures import Activities
from metrics.numbers import said, show
from vocabulary.text import Text


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Of one figure: records of its kind with a known country and without; the rate over all where it is over known."""

    known: float
    unknown: float
    over_known: float  # NaN where the figure is no rate over known countries
    over_all: float

    @property
    def text(self) -> Text:
        """One line for the figure; it says nothing that is not so."""
        count, of = (_plain(number) for number in (self.unknown, self.known + self.unknown))
        words = _UNKNOWN.filled(unknown=count, all=of)
        if isnan(self.over_all):
            return words
        rates = _RATES.filled(known=said(self.over_known, "share"), all=said(self.over_all, "share"))
        return Text(f"{rates.en}. {words.en}", f"{rates.ja}。{words.ja}")


def coverage(
    indicator: Indicator, numerator: float, denominator: float, known: float, unknown: float
) -> Coverage | None:
    """None where no record of the figure is of unknown country, or where countries do not matter to it."""
    if isnan(unknown) or unknown <= 0:
        return None
    bottom = indicator.denominator
    rate = isinstance(bottom, Activities) and "known_country" in bottom.only and denominator > 0
    return Coverage(
        known=known,
        unknown=unknown,
        over_known=numerator / denominator if rate else float("nan"),
        over_all=numerator / (denominator + unknown) if rate else float("nan"),
    )


def unknown_of(indicator: Indicator) -> Activities | None:
    """The records of its kind that a rate over known countries leaves out: those of unknown country."""
    base = indicator.country_base
    return None if base is None else replace(base, only=(*base.only, "unknown_country"))


def _plain(number: float) -> str:
    return show(number, "count", "en")


_RATES = Text("Over known countries {known}, over all {all}", "国が判明したもので{known}、全体で{all}")
_UNKNOWN = Text("Country unknown for {unknown} of {all} records.", "{all}件中{unknown}件は国が不明。")
