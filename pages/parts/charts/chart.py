"""A chart with its words: slots of the theme's colours, the shared layout, axes with units, and how it is drawn.

Charts name slots of the theme (`.streamlit/config.toml`), never colours; Streamlit puts the colours of the light or
the dark theme in their place in the reader's browser.
"""

import html
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import plotly.graph_objects as go
import streamlit as st

from metrics.indicator import Unit
from metrics.numbers import show
from pages.parts.language import current_language
from vocabulary.text import Language, Text

OWN, EDUCATION, RESEARCH, INDUSTRY, SOCIETY = "#000001", "#000002", "#000003", "#000004", "#000005"
UNIVERSITY_LINE, GOAL, BEHIND, PEERS, QUIET = "#000006", "#000007", "#000008", "#000009", "#000010"
OF_TARGET = {"education": EDUCATION, "research": RESEARCH, "industry": INDUSTRY, "society": SOCIETY}
SEQUENCE = tuple(f"#0000{slot}" for slot in range(11, 21))
TEXT, FAINT_TEXT, BACKGROUND, GRID = "#000037", "#000036", "#000038", "#000039"
SMALL = 11  # points; the theme's own size of chart text is 12

Figure = go.Figure
Dict = dict[str, Any]  # a part of a Plotly figure
SOLID: Dict = {"opacity": 1, "line": {"width": 0}}  # marks of several sizes are pale and outlined otherwise


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A figure and what it shows, said in a sentence. `left_out`: the codes that it could not draw."""

    figure: go.Figure
    alt: str
    left_out: tuple[str, ...] = ()
    still: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)


class Axis(NamedTuple):
    """How the values of a unit stand on an axis: divided by `divisor`, with `prefix` and `suffix` on the ticks."""

    divisor: float = 1.0
    prefix: str = ""
    suffix: str = ""
    caption: Text = Text("", "")


CAPTIONS = {"persons": Text("persons", "人"), "count": Text("number", "件数"), "index": Text("index", "指数")}
MONEY: dict[Language, tuple[tuple[float, str, str], ...]] = {
    "en": ((1e9, "¥", " bn"), (1e6, "¥", " m"), (1.0, "¥", "")),
    "ja": ((1e8, "", "億円"), (1e4, "", "万円"), (1.0, "", "円")),
}


def axis_of(unit: Unit, values: Iterable[float]) -> Axis:
    """The axis for values of a unit: shares in per cent, money in the largest round unit that fits."""
    if unit == "share":
        return Axis(divisor=0.01, suffix=Text(" %", "%").said_in(current_language()))
    if unit == "yen":
        largest = max((abs(value) for value in values), default=0.0)
        for divisor, prefix, suffix in MONEY[current_language()]:
            if largest >= divisor or divisor == 1.0:
                return Axis(divisor, prefix, suffix)
    return Axis(caption=CAPTIONS.get(unit, Text("", "")))


def shown(value: float, unit: Unit) -> str:
    """A value as the reader's language writes it."""
    return show(value, unit, current_language())


def wrapped(words: str, width: int = 26) -> str:
    """Words from data as a label of a chart: no markup in them is carried out, long ones take several lines."""
    width = width if words.isascii() else width // 2
    lines = textwrap.wrap(words, width, break_on_hyphens=False) or [""]
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def given(value: object) -> float | None:
    """A number, or None for one that is missing."""
    number = float("nan") if value is None else float(cast(float, value))
    return None if number != number else number


def ticks(axis: Axis) -> Dict:
    return {"tickprefix": axis.prefix, "ticksuffix": axis.suffix, "tickformat": ",~r", "nticks": 6}


def caption(axis: Axis) -> list[Dict]:
    """The unit of the vertical axis, written above it."""
    words = axis.caption.said_in(current_language())
    return [label(words, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom")] if words else []


def label(words: str, *, colour: str = FAINT_TEXT, **place: object) -> Dict:
    """A text on a chart, without an arrow."""
    return {"text": words, "showarrow": False, "font": {"size": SMALL, "color": colour}, **place}


def line(colour: str, *, dash: str = "solid", width: float = 1, **place: object) -> Dict:
    """A straight line on a chart, below its marks."""
    return {"type": "line", "layer": "below", "line": {"color": colour, "width": width, "dash": dash}, **place}


def figure(
    traces: Sequence[Dict],
    *,
    height: int,
    margin: tuple[int, int, int, int],
    x: Dict | None = None,
    y: Dict | None = None,
    shapes: Sequence[Dict] = (),
    labels: Sequence[Dict] = (),
    **layout: object,
) -> go.Figure:
    """A figure in the house's layout; `margin` is left, right, top, bottom. Only hovering is possible, no zoom."""
    left, right, top, bottom = margin
    still = {"fixedrange": True, "zeroline": False}
    return go.Figure(
        data=[{"hoverinfo": "text", "showlegend": False, **trace} for trace in traces],
        layout={
            "template": "none",
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 4},
            "dragmode": False,
            "hovermode": "closest",
            "xaxis": {**still, "showgrid": False, **(x or {})},
            "yaxis": {**still, **(y or {})},
            "shapes": list(shapes),
            "annotations": list(labels),
            **layout,
        },
    )


def draw(chart: Chart, key: str | None = None, *, choose: bool = False) -> tuple[str, ...]:
    """Draw a chart. With `choose`, a click on a mark reruns the page; gives the codes of the chosen marks."""
    settings = {"displayModeBar": False, "scrollZoom": False, "staticPlot": chart.still, **chart.settings}
    if not choose:
        st.plotly_chart(chart.figure, theme="streamlit", config=settings, alt=chart.alt, key=key)
        return ()
    state = st.plotly_chart(
        chart.figure,
        theme="streamlit",
        config=settings,
        alt=chart.alt,
        key=key,
        on_select="rerun",
        selection_mode="points",
    )
    points = cast(Mapping[str, Any], state).get("selection", {}).get("points", [])
    codes = (point.get("customdata") for point in points)
    return tuple(str(code[0] if isinstance(code, list | tuple) else code) for code in codes if code is not None)
