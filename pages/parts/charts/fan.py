"""A projection on a trend: its middle, dashed, and the area between the limits of its prediction interval."""

import pandas as pd

from metrics.indicator import Unit
from pages.parts.charts.chart import OWN, Axis, Dict, shown
from pages.parts.language import say
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

BELOW = Text(
    "Dashed: at the pace so far, shaded: its 80 % prediction interval.",
    "破線はこれまでのペースの延長、その網掛けは80%予測区間。",
)
HOVER = Text(
    "{year} at the pace so far<br>{value} ({low} to {high})", "{year} これまでのペース<br>{value}（{low}〜{high}）"
)
SAID = Text(
    "at the pace so far {value} in {year}, {low} to {high}", "これまでのペースなら{year}に{value}（{low}〜{high}）"
)


def fan_traces(rows: pd.DataFrame, unit: Unit, axis: Axis, colour: str = OWN) -> list[Dict]:
    """One row is one fiscal year: `fiscal_year`, `value`, `low`, `high`; the first is the last value that is known."""
    years = [int(year) for year in rows["fiscal_year"]]
    area: Dict = {
        "type": "scatter",
        "x": [*years, *reversed(years)],
        "y": [*(rows["low"] / axis.divisor), *(rows["high"] / axis.divisor)[::-1]],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": colour,
        "opacity": 0.12,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    middle: Dict = {
        "type": "scatter",
        "x": years,
        "y": list(rows["value"] / axis.divisor),
        "mode": "lines",
        "line": {"color": colour, "width": 1.5, "dash": "dash"},
        "hovertext": [_filled(HOVER, row, unit) for row in rows.to_dict("records")],
    }
    return [area, middle]


def fan_said(rows: pd.DataFrame, unit: Unit) -> str:
    """Where the projection ends, for the chart's alt text."""
    return _filled(SAID, rows.to_dict("records")[-1], unit)


def _filled(words: Text, row: dict[object, float], unit: Unit) -> str:
    numbers = {name: shown(float(row[name]), unit) for name in ("value", "low", "high")}
    return say(words.filled(year=fiscal_year_name(int(row["fiscal_year"])), **numbers))
