"""Columns by fiscal year: parts that add up above zero, and what was lost below it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from metrics.indicator import Unit
from pages.parts.charts.chart import (
    OWN,
    SMALL,
    TEXT,
    UNIVERSITY_LINE,
    Chart,
    Dict,
    axis_of,
    caption,
    figure,
    given,
    line,
    shown,
    ticks,
)
from pages.parts.language import say
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

MOST_NAMED = 6  # years that are written in full below the columns


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the columns: the column of the rows that holds it, its name, and whether it lies below zero."""

    column: str
    name: Text
    colour: str = OWN
    below: bool = False


def columns(name: Text, unit: Unit, rows: pd.DataFrame, parts: Sequence[Part]) -> Chart:
    """One column a fiscal year, made of parts. Years of which a part is not known (NaN) are left empty."""
    known = rows.dropna(subset=[part.column for part in parts])
    axis = axis_of(unit, [value for part in parts for value in known[part.column]])
    years = [int(year) for year in rows["fiscal_year"]]
    traces = [_trace(part, rows, unit, axis.divisor) for part in parts]
    words = [say(fiscal_year_name(year)) if year == years[0] else str(year) for year in years]
    step = max(1, -(-len(years) // MOST_NAMED))
    last_first = list(range(len(years) - 1, -1, -step))
    return Chart(
        figure=figure(
            traces,
            height=300,
            margin=(0, 12, 56, 0),
            x={"tickvals": [years[at] for at in last_first], "ticktext": [words[at] for at in last_first]},
            y={**ticks(axis), "showgrid": True, "tickformat": ",~r"},
            shapes=[line(UNIVERSITY_LINE, x0=0, x1=1, xref="paper", y0=0, y1=0)],
            labels=caption(axis),
            barmode="relative",
            bargap=0.35,
            legend={"orientation": "h", "x": 0, "y": 1.08, "yanchor": "bottom", "font": {"size": SMALL, "color": TEXT}},
        ),
        alt=_said(name, unit, known, parts),
    )


def _trace(part: Part, rows: pd.DataFrame, unit: Unit, divisor: float) -> Dict:
    sign = -1 if part.below else 1
    values = [given(value) for value in rows[part.column]]
    return {
        "type": "bar",
        "name": say(part.name),
        "showlegend": True,
        "x": [int(year) for year in rows["fiscal_year"]],
        "y": [None if value is None else sign * value / divisor for value in values],
        "marker": {"color": part.colour},
        "hovertext": [
            "" if value is None else f"{say(fiscal_year_name(int(year)))}<br>{say(part.name)}: {shown(value, unit)}"
            for year, value in zip(rows["fiscal_year"], values, strict=True)
        ],
    }


def _said(name: Text, unit: Unit, known: pd.DataFrame, parts: Sequence[Part]) -> str:
    """The last year read out."""
    if known.empty:
        return say(Text("{name}: no values.", "{name}：値なし。").filled(name=name))
    last = known.iloc[-1]
    listed = [f"{say(part.name)} {shown(float(last[part.column]), unit)}" for part in parts]
    words = Text("{name}, {first} to {last}; in {last}: {listed}.", "{name}、{first}から{last}。{last}は{listed}。")
    first, end = (fiscal_year_name(int(known.iloc[place]["fiscal_year"])) for place in (0, -1))
    return say(words.filled(name=name, first=first, last=end, listed=say(Text(", ", "、")).join(listed)))
