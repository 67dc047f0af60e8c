"""The 95 % intervals of a trend: an area behind its line, in words where a reader points, and below the chart."""

from collections.abc import Sequence
from typing import NamedTuple

from metrics.indicator import Unit
from metrics.numbers import limits_said
from pages.parts.charts.chart import Axis, Dict
from pages.parts.charts.series import Series, column
from pages.parts.language import say
from vocabulary.text import Text

BELOW = Text("Shaded: 95 % interval.", "網掛けは95%信頼区間。")
BETWEEN = Text("95 % interval {low} to {high}", "95%信頼区間{low}〜{high}")


class Sure(NamedTuple):
    """A fiscal year that has an interval, and its limits."""

    year: int
    low: float
    high: float


def known(frame: Series) -> list[Sure]:
    """The years that have an interval."""
    if "low" not in frame or "high" not in frame:
        return []
    rows = zip(*(column(frame, name) for name in ("fiscal_year", "low", "high")), strict=True)
    return [Sure(*row) for row in rows if row[1] == row[1] and row[2] == row[2]]


def band_traces(frame: Series, colour: str, axis: Axis) -> list[Dict]:
    """One area for each unbroken run of years with an interval."""
    runs: list[list[Sure]] = []
    for one in known(frame):
        if not runs or one.year - runs[-1][-1].year != 1:
            runs.append([])
        runs[-1].append(one)
    return [
        {
            "type": "scatter",
            "x": [one.year for one in [*part, *reversed(part)]],
            "y": [*(one.low / axis.divisor for one in part), *(one.high / axis.divisor for one in reversed(part))],
            "mode": "lines",
            "fill": "toself",
            "fillcolor": colour,
            "opacity": 0.16,
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
        for part in runs
    ]


def band_ends(frames: Sequence[Series]) -> list[float]:
    """The limits that the axis must hold."""
    return [end for frame in frames for one in known(frame) for end in (one.low, one.high)]


def band_words(frame: Series, unit: Unit) -> dict[int, str]:
    """The interval of each fiscal year that has one, in words."""
    said = {one.year: limits_said(one.low, one.high, unit) for one in known(frame)}
    return {year: say(BETWEEN.filled(low=low, high=high)) for year, (low, high) in said.items()}
