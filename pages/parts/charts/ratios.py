"""Ratios to what is expected with their intervals, on a scale on which half and double are as far from 1."""

from collections.abc import Sequence
from math import isnan, log10
from typing import NamedTuple

from pages.parts.charts.chart import BEHIND, GRID, OWN, PEERS, SOLID, TEXT, Chart, Dict, figure, label, line, wrapped
from pages.parts.language import say
from vocabulary.text import Text

SYMBOLS = {"more": "triangle-up", "less": "triangle-down", "as expected": "circle"}
COLOURS = {"more": OWN, "less": BEHIND, "as expected": PEERS}
MARKS = (0.1, 0.2, 0.5, 1, 2, 5, 10)
NARROWEST = 0.4  # of the axis, to the left of 1, so that small differences do not look large
EXPECTED = Text("as expected", "見込みどおり")
HOVER = Text("{name}<br>{ratio} ({low} – {high})", "{name}<br>{ratio}（{low}〜{high}）")
ALT = Text(
    "{name}: {n}, of which {more} are above what is expected and {less} below, beyond chance.",
    "{name}：{n}か国・地域。偶然の範囲を超えて見込みより多いのは{more}、少ないのは{less}。",
)


class Ratio(NamedTuple):
    """One row of the chart."""

    name: Text
    ratio: float
    low: float
    high: float
    verdict: str  # more, less, as expected


def ratios(name: Text, rows: Sequence[Ratio]) -> Chart:
    """Each row a mark with its interval beside the line at 1; the form of a mark says what its colour says."""
    there = [row for row in rows if not isnan(row.ratio)]
    low = min([NARROWEST, *(max(row.low, 0.05) for row in there)])
    high = max([1 / NARROWEST, *(min(row.high, 20) for row in there)])
    words = [wrapped(say(row.name), 30) for row in there]
    marks = [mark for mark in MARKS if low <= mark <= high]
    return Chart(
        figure=figure(
            [_intervals(there, low), *(_of(verdict, there, low) for verdict in SYMBOLS)],
            height=64 + 24 * len(there) + 12 * sum("<br>" in word for word in words),
            margin=(0, 16, 24, 0),
            x={
                "type": "log",
                "range": [log10(low) - 0.03, log10(high) + 0.03],
                "tickvals": marks,
                "ticktext": [f"×{mark:g}" for mark in marks],
                "tickangle": 0,
                "showgrid": True,
                "gridcolor": GRID,
            },
            y={
                "tickvals": list(range(len(there))),
                "ticktext": words,
                "range": [len(there) - 0.5, -0.5],
                "automargin": True,
                "showgrid": False,
            },
            shapes=[line(TEXT, x0=1, x1=1, y0=0, y1=1, yref="paper", width=1.5)],
            labels=[label(say(EXPECTED), x=0, y=1, yref="paper", yanchor="bottom", colour=TEXT)],
        ),
        alt=say(ALT.filled(name=name, n=len(there), more=_number(there, "more"), less=_number(there, "less"))),
    )


def _number(rows: Sequence[Ratio], verdict: str) -> int:
    return sum(row.verdict == verdict for row in rows)


def _of(verdict: str, rows: Sequence[Ratio], low: float) -> Dict:
    places = [place for place, row in enumerate(rows) if row.verdict == verdict]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [max(rows[place].ratio, low) for place in places],
        "y": places,
        "marker": {"size": 10, "symbol": SYMBOLS[verdict], "color": COLOURS[verdict], **SOLID},
        "hovertext": [_hover(rows[place]) for place in places],
        "cliponaxis": False,
    }


def _intervals(rows: Sequence[Ratio], low: float) -> Dict:
    x: list[float | None] = []
    y: list[float | None] = []
    for place, row in enumerate(rows):
        x += [max(row.low, low), row.high, None]
        y += [place, place, None]
    thin = {"color": PEERS, "width": 1.5}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": thin, "opacity": 0.7, "hoverinfo": "skip"}


def _hover(row: Ratio) -> str:
    numbers = {part: f"{getattr(row, part):.2f}" for part in ("ratio", "low", "high")}
    return say(HOVER).format(name=wrapped(say(row.name), 60), **numbers)
