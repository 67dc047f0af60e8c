"""The 95 % intervals of a trend: an area behind its line, in words where a reader points, and below the chart."""

from collections.abc import Sequence

import pandas as pd

from metrics.indicator import Unit
from metrics.numbers import limits_said
from pages.parts.charts.chart import Axis, Dict
from pages.parts.language import say
from vocabulary.text import Text

BELOW = Text("Shaded: 95 % interval.", "網掛けは95%信頼区間。")
BETWEEN = Text("95 % interval {low} to {high}", "95%信頼区間{low}〜{high}")


def known(frame: pd.DataFrame) -> pd.DataFrame:
    """The years that have an interval."""
    if "low" not in frame or "high" not in frame:
        return frame.iloc[:0]
    return frame[(frame["low"].notna() & frame["high"].notna()).to_numpy()]


def band_traces(frame: pd.DataFrame, colour: str, axis: Axis) -> list[Dict]:
    """One area for each unbroken run of years with an interval."""
    sure = known(frame)
    run = (sure["fiscal_year"].diff() != 1).cumsum()
    return [
        {
            "type": "scatter",
            "x": [*part["fiscal_year"], *part["fiscal_year"][::-1]],
            "y": [*(part["low"] / axis.divisor), *(part["high"] / axis.divisor)[::-1]],
            "mode": "lines",
            "fill": "toself",
            "fillcolor": colour,
            "opacity": 0.16,
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
        for _, part in sure.groupby(run)
    ]


def band_ends(frames: Sequence[pd.DataFrame]) -> list[float]:
    """The limits that the axis must hold."""
    return [float(end) for sure in map(known, frames) for name in ("low", "high") for end in sure.get(name, [])]


def band_words(frame: pd.DataFrame, unit: Unit) -> dict[int, str]:
    """The interval of each fiscal year that has one, in words."""
    rows = known(frame)
    return {
        int(year): say(BETWEEN.filled(**dict(zip(("low", "high"), limits_said(low, high, unit), strict=True))))
        for year, low, high in zip(*(rows.get(name, []) for name in ("fiscal_year", "low", "high")), strict=True)
    }
