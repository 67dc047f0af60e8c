"""Lorenz curves: how unevenly something lies on people, beside the line of equal parts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.diversity import Lorenz
from metrics.numbers import show
from pages.parts.charts.chart import OWN, QUIET, SMALL, TEXT, Chart, Dict, figure, line
from pages.parts.language import current_language, say
from vocabulary.text import Text

POINTS = 200  # of a curve, which may have one for each of thousands of people
TICKS = [0, 25, 50, 75, 100]
PER_CENT = Text(" %", "%")


@dataclass(frozen=True, kw_only=True)
class Curve:
    """One Lorenz curve and its Gini coefficient."""

    points: Lorenz
    gini: float
    name: Text
    colour: str = OWN
    dash: str = "solid"


def lorenz_curves(name: Text, curves: Sequence[Curve], *, across: Text, upward: Text) -> Chart:
    """The curves from none to all; `across` says what the people are, `upward` what they have."""
    axis: Dict = {
        "range": [0, 100],
        "tickvals": TICKS,
        "ticktext": [f"{tick}{say(PER_CENT)}" for tick in TICKS],
        "showgrid": True,
        "tickangle": 0,
    }
    equal = line(QUIET, x0=0, y0=0, x1=100, y1=100, dash="dot", width=1.5)
    return Chart(
        figure=figure(
            [_trace(curve) for curve in curves],
            height=360,
            margin=(0, 28, 64, 44),
            x={**axis, "title": {"text": say(across), "font": {"size": SMALL}, "standoff": 6}},
            y=axis,
            shapes=[equal],
            labels=[_above(say(upward))],
            legend={"orientation": "h", "x": 0, "y": 1.1, "yanchor": "bottom", "font": {"size": SMALL, "color": TEXT}},
        ),
        alt=_said(name, curves),
    )


def _trace(curve: Curve) -> Dict:
    holders, held = curve.points
    at = np.unique(np.linspace(0, len(holders) - 1, POINTS).round().astype(int))
    x, y = (holders[at] * 100).tolist(), (held[at] * 100).tolist()
    return {
        "type": "scatter",
        "mode": "lines",
        "name": say(curve.name),
        "showlegend": True,
        "x": x,
        "y": y,
        "line": {"color": curve.colour, "width": 2, "dash": curve.dash},
        "hovertext": [f"{a:.0f}{say(PER_CENT)} → {b:.0f}{say(PER_CENT)}" for a, b in zip(x, y, strict=True)],
    }


def _above(words: str) -> Dict:
    place: Dict = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {"text": words, "showarrow": False, "font": {"size": SMALL}, **place}


def _said(name: Text, curves: Sequence[Curve]) -> str:
    if not curves:
        return say(Text("{name}: no values.", "{name}：値なし。").filled(name=name))
    each = Text("{name}: Gini {gini}", "{name}はジニ係数{gini}")
    listed = [say(each.filled(name=c.name, gini=show(c.gini, "index", current_language()))) for c in curves]
    return f"{say(name)}{say(Text(': ', '：'))}{say(Text('; ', '、')).join(listed)}{say(Text('.', '。'))}"
