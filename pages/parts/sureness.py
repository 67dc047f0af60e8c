"""How sure a figure is, in the words of its block: its interval, its stability, whether its change can be chance."""

from math import isnan

from metrics.assessment import Standing
from metrics.interval_kinds import METHODS, interval_kind, why_none
from metrics.numbers import limits_said, said
from metrics.stability import is_publication_share, stability_of
from metrics.tabulate import OK
from pages.parts import data
from pages.parts.language import say
from pages.parts.narrowing import Narrowing
from vocabulary.text import Text

INTERVAL = Text("95 % interval {low} to {high} ({method}).", "95%信頼区間{low}〜{high}（{method}）。")
STABILITY = Text(
    "Stability interval {low} to {high} (1,000 draws of its publications).",
    "安定性区間{low}〜{high}（論文の再抽出1,000回）。",
)
CHANGE = Text("{change}.", "{change}。")
NOT_JUDGED = Text("Not judged against chance: {reason}.", "偶然との区別は判定しない（{reason}）。")
IN_FRACTIONS = Text("sums of shares are no whole numbers of events", "分数カウントの値は件数ではない")


def sureness(standing: Standing, narrowed: Narrowing) -> list[str]:
    """A line each: the interval, the stability interval of a publication share, the change since the year before."""
    if standing.status != OK:
        return []
    lines = [*_interval(standing, narrowed), *_stability(standing, narrowed)]
    if not isnan(standing.before):
        moved = standing.moved
        lines.append(CHANGE.filled(change=Text(moved.en[0].upper() + moved.en[1:], moved.ja)))
    return [say(line) for line in lines]


def _interval(standing: Standing, narrowed: Narrowing) -> list[Text]:
    indicator = standing.indicator
    kind = interval_kind(indicator, narrowed.counting)
    if kind == "none":
        whole = interval_kind(indicator) == "none"
        return [NOT_JUDGED.filled(reason=why_none(indicator) if whole else IN_FRACTIONS)]
    if isnan(standing.low):
        return []
    low, high = limits_said(standing.low, standing.high, indicator.unit)
    return [INTERVAL.filled(low=low, high=high, method=METHODS[kind])]


def _stability(standing: Standing, narrowed: Narrowing) -> list[Text]:
    if not is_publication_share(standing.indicator):
        return []
    low, high = stability_of(
        data.ledger(),
        standing.indicator,
        department=standing.department,
        fiscal_year=standing.fiscal_year,
        counting=narrowed.counting,
        selection=narrowed.selection(),
    )
    return [STABILITY.filled(low=said(low, "share"), high=said(high, "share"))]
