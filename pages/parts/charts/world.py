"""The world map, drawn without the internet from the outlines in `static/topojson`."""

from collections.abc import Collection, Sequence
from math import log10, sqrt
from typing import Literal

import streamlit as st

from metrics.indicator import Unit
from pages.parts.charts.chart import BACKGROUND, OWN, QUIET, SEQUENCE, TEXT, Chart, Dict, figure, shown, wrapped
from pages.parts.language import say
from vocabulary.text import Text

Part = Literal["world", "europe"]
Place = tuple[str, str, Text, float]  # alpha-2, alpha-3, name, value
WITHOUT_OUTLINE = frozenset({"IOT", "SMR", "UMI", "VAT", "WLF"})  # not in world_50m.json; plotly.js drops them silently
LARGEST = 40.0  # pixels across, the bubble of the largest value
HIGHLIGHTED, PALE = 0.7, 0.2  # opacity
MOST_NAMED = 5
WINDOWS: dict[Part, Dict] = {
    "world": {
        "projection": {"type": "natural earth"},
        "lataxis": {"range": [-56, 84]},
        "lonaxis": {"range": [-170, 190]},
    },
    "europe": {"projection": {"type": "mercator"}, "lataxis": {"range": [35, 66]}, "lonaxis": {"range": [-12, 34]}},
}
LARGEST_IS = Text(
    "Area is the number: the largest bubble, {name}, is {value}.", "円の面積が値を表す。最大の円（{name}）は{value}。"
)


def world_map(
    name: Text,
    unit: Unit,
    places: Sequence[Place],
    *,
    style: Literal["bubbles", "areas"] = "bubbles",
    part: Part = "world",
    height: int = 280,
    highlighted: Collection[str] = (),
) -> Chart:
    """Values by country: bubbles whose area is the value, or countries shaded on a logarithmic scale.

    Where bubbles are `highlighted` (alpha-2), the others are pale. Europe can be drawn by itself,
    its bubbles of the same sizes; below the map of the world stands how much the largest bubble is.

    Countries that the map has no outline for, and codes that are no country, are given back in `left_out` for the page
    to list. A click on a bubble gives the country's alpha-2 code; shaded countries cannot be clicked.
    """
    drawn = [place for place in places if len(place[1]) == 3 and place[1] not in WITHOUT_OUTLINE]
    drawn.sort(key=lambda place: -place[3])  # large bubbles below small ones
    shared: Dict = {
        "locations": [place[1] for place in drawn],
        "customdata": [place[0] for place in drawn],
        "hovertext": [f"{wrapped(say(place[2]), 40)}<br>{shown(place[3], unit)}" for place in drawn],
    }
    trace = (
        _bubbles([place[3] for place in drawn]) if style == "bubbles" else _areas([place[3] for place in drawn], unit)
    )
    if style == "bubbles" and highlighted:
        trace["marker"]["opacity"] = [HIGHLIGHTED if place[0] in highlighted else PALE for place in drawn]
    lost = {place[0] for place in places} - {place[0] for place in drawn}
    key = LARGEST_IS.filled(name=drawn[0][2], value=shown(drawn[0][3], unit)) if drawn else None
    return Chart(
        figure=figure([{**trace, **shared}], height=height, margin=(0, 0, 0, 0), geo=_geography(style, part)),
        alt=_said(name, unit, drawn, len(lost)),
        left_out=tuple(place[0] for place in places if place[0] in lost),
        settings={"topojsonURL": _outlines()},
        below=(say(key),) if key and style == "bubbles" and part == "world" else (),
    )


def _outlines() -> str:
    """Where the browser finds the outlines: below the base path that the monitor is served under."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/app/static/topojson/" if base else "/app/static/topojson/"


def _geography(style: str, part: Part) -> Dict:
    land, border = (QUIET, BACKGROUND) if style == "bubbles" else (BACKGROUND, QUIET)
    return {
        "resolution": 50,
        **WINDOWS[part],
        "showland": True,
        "landcolor": land,
        "showcountries": True,
        "countrycolor": border,
        "countrywidth": 0.5,
        "showcoastlines": style == "areas",
        "coastlinecolor": border,
        "coastlinewidth": 0.5,
        "showframe": False,
        "showocean": False,
        "showlakes": False,
        "bgcolor": "rgba(0,0,0,0)",
    }


def _bubbles(values: Sequence[float]) -> Dict:
    largest = max(values, default=0.0) or 1.0
    return {
        "type": "scattergeo",
        "mode": "markers",
        "marker": {
            "size": [max(4.0, LARGEST * sqrt(max(value, 0.0) / largest)) for value in values],
            "color": OWN,
            "opacity": 0.55,
            "line": {"color": OWN, "width": 1},
        },
    }


def _areas(values: Sequence[float], unit: Unit) -> Dict:
    positive = [value for value in values if value > 0]
    low, high = (min(positive), max(positive)) if positive else (1.0, 1.0)
    ends = [low, sqrt(low * high), high] if high > low else [low]
    return {
        "type": "choropleth",
        "z": [log10(value) if value > 0 else None for value in values],
        "colorscale": [[place / 9, slot] for place, slot in enumerate(SEQUENCE)],
        "marker": {"line": {"color": QUIET, "width": 0.5}},
        "colorbar": {
            "orientation": "h",
            "thickness": 8,
            "len": 0.4,
            "y": -0.08,
            "outlinewidth": 0,
            "tickvals": [log10(value) for value in ends],
            "ticktext": [shown(value if unit == "share" else round(value), unit) for value in ends],
            "tickfont": {"color": TEXT, "size": 11},
        },
    }


def _said(name: Text, unit: Unit, drawn: Sequence[Place], lost: int) -> str:
    """The map in a sentence: how many countries, the largest, and how many are not on it."""
    top = say(Text(", ", "、")).join(f"{say(place[2])} {shown(place[3], unit)}" for place in drawn[:MOST_NAMED])
    words = Text(
        "{name}: {n} countries on a world map; most: {top}.", "{name}：世界地図上の{n}か国・地域。上位：{top}。"
    )
    said = (
        say(words.filled(name=name, n=len(drawn), top=top))
        if drawn
        else say(Text("{name}: no country to show.", "{name}：表示できる国・地域なし。").filled(name=name))
    )
    if not lost:
        return said
    return said + say(Text(" {n} not on the map.", "地図にないもの{n}件。")).format(n=lost)


__all__ = ["Place", "world_map"]
