"""A chart with its words: slots of the theme's colours, the shared layout, axes with units, and how it is drawn.

Charts name slots of the theme (`.streamlit/config.toml`), never colours; Streamlit puts the colours of the light or
the dark theme in their place in the reader's browser.
"""

import html
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

import streamlit as st
from plotly.basedatatypes import BaseFigure

from metrics.indicator import Unit
from metrics.numbers import show, unit_name
from pages.parts.language import current_language, literal
from vocabulary.text import Language, Text

OWN, EDUCATION, RESEARCH, INDUSTRY, SOCIETY = "#000001", "#000002", "#000003", "#000004", "#000005"
UNIVERSITY_LINE, GOAL, BEHIND, PEERS, QUIET = "#000006", "#000007", "#000008", "#000009", "#000010"
OF_TARGET = {"education": EDUCATION, "research": RESEARCH, "industry": INDUSTRY, "society": SOCIETY}
SEQUENCE = tuple(f"#0000{slot}" for slot in range(11, 21))
TEXT, FAINT_TEXT, BACKGROUND, GRID = "#000037", "#000036", "#000038", "#000039"
SMALL = 11  # points; the theme's own size of chart text is 12

Dict = dict[str, Any]  # a Plotly figure, or a part of one
NO_TEMPLATE: Dict = {"data": {"scatter": [{"type": "scatter"}]}}  # what Plotly understands by "none"
SOLID: Dict = {"opacity": 1, "line": {"width": 0}}  # marks of several sizes are pale and outlined otherwise


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A figure and what it shows, said in a sentence. `left_out`: the codes that it could not draw.

    `below` are lines that stand under it: what its numbered marks are, and that an axis does not start at zero.
    """

    figure: Dict
    alt: str
    below: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    still: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)


class Axis(NamedTuple):
    """How the values of a unit stand on an axis: divided by `divisor`, with `prefix` and `suffix` on the ticks."""

    divisor: float = 1.0
    prefix: str = ""
    suffix: str = ""
    caption: Text = Text("", "")


NARROW = 0.2
NOT_FROM_ZERO = Text("The axis does not start at zero.", "軸は0から始まらない。")
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
    return Axis(caption=unit_name(unit))


def shown(value: float, unit: Unit) -> str:
    """A value as the reader's language writes it."""
    return show(value, unit, current_language())


def wrapped(words: str, width: int = 26) -> str:
    """Words from data as a label of a chart: no markup in them is carried out, long ones take several lines."""
    width = width if words.isascii() else width // 2
    fits = len(words) <= width and words == " ".join(words.split())  # which is found out thirty times as fast
    lines = [words] if fits else textwrap.wrap(words, width, break_on_hyphens=False) or [""]
    return "<br>".join(html.escape(line, quote=False) for line in lines)


def given(value: object) -> float | None:
    """A number, or None for one that is missing."""
    number = float("nan") if value is None else float(cast(float, value))
    return None if number != number else number


def ticks(axis: Axis, most: int = 6) -> Dict:
    settings = {"tickprefix": axis.prefix, "ticksuffix": axis.suffix, "tickformat": ",~r"}
    return {**settings, "nticks": most, "tickangle": 0}


def from_zero(values: Iterable[float]) -> bool:
    """The one rule of all axes: they start at zero, unless the values lie within a fifth of their level."""
    known = [value for value in values if value == value]
    if not known or min(known) <= 0:
        return True
    return max(known) - min(known) >= NARROW * max(known)


def scale(values: Iterable[float]) -> Dict:
    """The axis's part of the rule."""
    return {"rangemode": "tozero" if from_zero(values) else "normal"}


def not_from_zero(values: Iterable[float]) -> tuple[str, ...]:
    """What is said below a chart whose axis does not start at zero."""
    return () if from_zero(values) else (NOT_FROM_ZERO.said_in(current_language()),)


def caption(axis: Axis, shift: int = 0) -> list[Dict]:
    """The unit of the vertical axis, written above it."""
    words = axis.caption.said_in(current_language())
    place: Dict = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return [label(words, **place, yshift=shift)] if words else []


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
) -> Dict:
    """A figure in the house's layout; `margin` is left, right, top, bottom. Only hovering is possible, no zoom."""
    left, right, top, bottom = margin
    still = {"fixedrange": True, "zeroline": False}
    return {
        "data": [{"hoverinfo": "text", "showlegend": False, **trace} for trace in traces],
        "layout": {
            "template": NO_TEMPLATE,
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
    }


class Ready(BaseFigure):  # type: ignore[misc]  # Plotly has no types
    """A figure that is drawn as it is.

    Plotly would check and copy it, which takes ten times as long as to make it: the tests have it check all that pages
    draw.
    """

    def __init__(self, made: Dict) -> None:
        self._made = made

    def to_dict(self) -> Dict:
        return self._made


def draw(chart: Chart, key: str | None = None, *, choose: bool = False) -> tuple[str, ...]:
    """Draw a chart and the lines below it.

    With `choose`, a click on a mark reruns the page; gives the codes of the chosen marks.
    """
    settings = {"displayModeBar": False, "scrollZoom": False, "staticPlot": chart.still, **chart.settings}
    if not choose:
        st.plotly_chart(Ready(chart.figure), theme="streamlit", config=settings, alt=chart.alt, key=key)
        _write_below(chart)
        return ()
    state = st.plotly_chart(
        Ready(chart.figure),
        theme="streamlit",
        config=settings,
        alt=chart.alt,
        key=key,
        on_select="rerun",
        selection_mode="points",
    )
    _write_below(chart)
    points = cast(Mapping[str, Any], state).get("selection", {}).get("points", [])
    codes = (point.get("customdata") for point in points)
    return tuple(str(code[0] if isinstance(code, list | tuple) else code) for code in codes if code is not None)


def _write_below(chart: Chart) -> None:
    if chart.below:
        st.caption("  \n".join(literal(words) for words in chart.below))
