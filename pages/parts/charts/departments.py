"""Departments side by side: a sorted dot plot with the university's line, and a strip of values."""

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from metrics.indicator import Unit
from pages.parts.charts.chart import (
    BACKGROUND,
    GRID,
    OWN,
    PEERS,
    SMALL,
    SOLID,
    TEXT,
    UNIVERSITY_LINE,
    Axis,
    Chart,
    Dict,
    axis_of,
    figure,
    given,
    label,
    line,
    not_from_zero,
    scale,
    shown,
    ticks,
    wrapped,
)
from pages.parts.language import say
from vocabulary.text import Text

FEW_TICKS = 4  # a strip stands beside something
UNIVERSITY_NAME = Text("University", "全学")
UNIVERSITY_VALUE = Text("University {value}", "全学 {value}")


def dots(
    name: Text, unit: Unit, rows: pd.DataFrame, *, university: float | None = None, own: str | None = None
) -> Chart:
    """Units sorted by value, each a dot with its interval; the own one in the accent colour, all peers alike.

    One row of `rows` is one unit: `code`, `name` (words), `value`, and `low`, `high` where there is an interval. Units
    without a value are given back in `left_out`. A click on a dot gives the unit's code (`draw(..., choose=True)`).
    A column `before` holds values of an earlier time, drawn as small hollow dots.
    """
    there = rows.dropna(subset=["value"]).sort_values("value")
    seen = [*there["value"], *([university] if university is not None else [])]
    axis = axis_of(unit, seen)
    mine = [code == own for code in there["code"]]
    names = [wrapped(str(words), 34) for words in there["name"]]
    trace: Dict = {
        "type": "scatter",
        "x": [float(value) / axis.divisor for value in there["value"]],
        "y": list(range(len(there))),
        "mode": "markers+text",
        "marker": {"size": [12 if m else 9 for m in mine], "color": [OWN if m else PEERS for m in mine], **SOLID},
        "text": [f"<b>{shown(float(v), unit)}</b>" if m else "" for v, m in zip(there["value"], mine, strict=True)],
        "textposition": "top center",
        "textfont": {"size": SMALL + 1, "color": OWN},
        "hovertext": [_hover(row, unit) for row in there.to_dict("records")],
        "customdata": list(there["code"]),
        "cliponaxis": False,
    }
    shapes, labels = _university(university, unit, axis)
    return Chart(
        figure=figure(
            [*_intervals(there, axis), *_before(there, axis), trace],
            height=64 + len(there) * (32 if any("<br>" in words for words in names) else 24),
            margin=(0, 16, 26, 0),
            x={**ticks(axis), **scale(seen), "showgrid": True, "gridcolor": GRID},
            y={
                "tickvals": list(range(len(there))),
                "ticktext": [f"<b>{words}</b>" if m else words for words, m in zip(names, mine, strict=True)],
                "range": [-0.7, len(there) - 0.3],
                "automargin": True,
                "showgrid": False,
            },
            shapes=shapes,
            labels=labels,
        ),
        alt=" ".join([_said(name, unit, there, university, own), *not_from_zero(seen)]),
        below=not_from_zero(seen),
        left_out=tuple(rows.loc[rows["value"].isna(), "code"].astype(str)),
    )


def strip(
    name: Text,
    unit: Unit,
    values: Sequence[float],
    *,
    own: float | None = None,
    own_name: Text | None = None,
    university: float | None = None,
    names: Sequence[str] | None = None,
) -> Chart:
    """The spread of the departments' values, each a tick, with the own value and the university's.

    `names`, beside the values, are said where a reader points at a tick; without them a tick says only its value.
    """
    axis = axis_of(unit, values)
    peers: Dict = {
        "type": "scatter",
        "x": [value / axis.divisor for value in values],
        "y": [0] * len(values),
        "mode": "markers",
        "marker": {"symbol": "line-ns", "size": 20, "color": PEERS, "line": {"width": 2, "color": PEERS}},
        "hovertext": _named(values, unit, names),
    }
    traces = [peers]
    if own is not None:
        traces.append(
            {
                "type": "scatter",
                "x": [own / axis.divisor],
                "y": [0],
                "mode": "markers",
                "marker": {"size": 13, "color": OWN},
                "hovertext": [shown(own, unit)],
            }
        )
    shapes, labels = _university(university, unit, axis)
    if own is not None:
        words = f"{wrapped(say(own_name))} {shown(own, unit)}" if own_name else shown(own, unit)
        place = {"x": own / axis.divisor, "y": 0, "yanchor": "top", "yshift": -12, "bgcolor": BACKGROUND}
        place["xanchor"] = _side(own, [0.0, own, *values, *([] if university is None else [university])])
        labels.append(label(words, colour=OWN, **place))
    return Chart(
        figure=figure(
            traces,
            height=124,
            margin=(20, 20, 22, 0),
            x={**ticks(axis, FEW_TICKS), "rangemode": "tozero"},
            y={"visible": False, "range": [-1.4, 0.9]},
            shapes=shapes,
            labels=labels,
        ),
        alt=_strip_said(name, unit, values, own, university),
    )


def _side(value: float, every: Sequence[float]) -> str:
    """The side of a label that its mark is at, so that it stays on the chart near either end."""
    low, high = min(every), max(every)
    place = (value - low) / (high - low) if high > low else 0.5
    return "left" if place < 0.25 else "right" if place > 0.75 else "center"


def _named(values: Sequence[float], unit: Unit, names: Sequence[str] | None) -> list[str]:
    words = [shown(value, unit) for value in values]
    return words if names is None else [f"{wrapped(n, 60)}<br>{w}" for n, w in zip(names, words, strict=True)]


def _intervals(rows: pd.DataFrame, axis: Axis) -> list[Dict]:
    """The intervals as thin lines behind the dots."""
    if not {"low", "high"} <= set(rows.columns):
        return []
    x: list[float | None] = []
    y: list[float | None] = []
    for place, (low, high) in enumerate(zip(rows["low"], rows["high"], strict=True)):
        if given(low) is not None and given(high) is not None:
            x += [low / axis.divisor, high / axis.divisor, None]
            y += [place, place, None]
    thin = {"color": PEERS, "width": 1.5}
    return [{"type": "scatter", "x": x, "y": y, "mode": "lines", "line": thin, "opacity": 0.6, "hoverinfo": "skip"}]


def _before(rows: pd.DataFrame, axis: Axis) -> list[Dict]:
    """Where each unit stood earlier, as small hollow dots behind the others."""
    if "before" not in rows.columns:
        return []
    x = [None if (number := given(value)) is None else number / axis.divisor for value in rows["before"]]
    hollow = {"symbol": "circle-open", "size": 7, "color": UNIVERSITY_LINE, "opacity": 0.7, "line": {"width": 1}}
    y = list(range(len(rows)))
    return [{"type": "scatter", "x": x, "y": y, "mode": "markers", "marker": hollow, "hoverinfo": "skip"}]


def _university(value: float | None, unit: Unit, axis: Axis) -> tuple[list[Dict], list[Dict]]:
    """The university's value as a line with its number above."""
    if value is None:
        return [], []
    at = value / axis.divisor
    words = say(UNIVERSITY_VALUE).format(value=shown(value, unit))
    return (
        [line(UNIVERSITY_LINE, x0=at, x1=at, y0=0, y1=1, yref="paper", width=1.5, dash="dash")],
        [label(words, colour=TEXT, x=at, y=1, yref="paper", yanchor="bottom")],
    )


def _hover(row: Mapping[Hashable, object], unit: Unit) -> str:
    value, low, high = (given(row.get(column)) for column in ("value", "low", "high"))
    words = f"{wrapped(str(row['name']), 60)}<br>{shown(value or 0.0, unit)}"
    return words if low is None or high is None else f"{words} ({shown(low, unit)} – {shown(high, unit)})"


def _said(name: Text, unit: Unit, rows: pd.DataFrame, university: float | None, own: str | None) -> str:
    """The dot plot in a sentence: how many, between what, the university, the own unit and its place."""
    if rows.empty:
        return say(Text("{name}: no values.", "{name}：値なし。").filled(name=name))
    parts = [_range_said(name, unit, list(rows["value"]))]
    mine = rows[rows["code"] == own]
    if len(mine):
        words = f"{mine.iloc[0]['name']} {shown(float(mine.iloc[0]['value']), unit)}"
        parts.append(words)
    if university is not None:
        parts.append(say(UNIVERSITY_VALUE).format(value=shown(university, unit)))
    return say(Text("; ", "、")).join(parts) + say(Text(".", "。"))


def _strip_said(name: Text, unit: Unit, values: Sequence[float], own: float | None, university: float | None) -> str:
    parts = (
        [_range_said(name, unit, values)]
        if values
        else [say(Text("{name}: no values", "{name}：値なし").filled(name=name))]
    )
    if own is not None:
        parts.append(say(Text("this unit {value}", "この部局 {value}")).format(value=shown(own, unit)))
    if university is not None:
        parts.append(say(UNIVERSITY_VALUE).format(value=shown(university, unit)))
    return say(Text("; ", "、")).join(parts) + say(Text(".", "。"))


def _range_said(name: Text, unit: Unit, values: Sequence[float]) -> str:
    words = Text("{name}: {n} departments between {low} and {high}", "{name}：{n}部局、{low}から{high}")
    return say(words.filled(name=name, n=len(values), low=shown(min(values), unit), high=shown(max(values), unit)))
