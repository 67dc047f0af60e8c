"""Departments side by side: a sorted dot plot with the university's line, and a strip of values."""

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from metrics.indicator import Unit
from metrics.spread import Reference
from pages.parts.charts.chart import (
    BACKGROUND,
    GRID,
    OWN,
    PEERS,
    SOLID,
    UNIVERSITY_LINE,
    Axis,
    Chart,
    Dict,
    axis_of,
    figure,
    given,
    label,
    not_from_zero,
    shown,
    ticks,
    wrapped,
)
from pages.parts.charts.reference_lines import LABEL, lines, marked, reach, reference_said, side, university_said
from pages.parts.language import say
from vocabulary.text import Text

FEW_TICKS = 4  # a strip stands beside something
UNIVERSITY_NAME = Text("University", "全学")


def dots(
    name: Text,
    unit: Unit,
    rows: pd.DataFrame,
    *,
    university: float | None = None,
    reference: Reference | None = None,
    own: str | None = None,
) -> Chart:
    """Units sorted by value, each a dot with its interval; the own one in the accent colour, all peers alike.

    One row of `rows` is one unit: `code`, `name` (words), `value`, and `low`, `high` where there is an interval. Units
    without a value are given back in `left_out`. A click on a dot gives the unit's code (`draw(..., choose=True)`).
    A column `before` holds values of an earlier time, drawn as small hollow dots. Beside a `reference` of a kind of
    departments the university's value is the fainter mark.
    """
    there = rows.dropna(subset=["value"]).sort_values("value")
    seen = [*there["value"], *marked(university, reference)]
    axis = axis_of(unit, seen)
    mine = [code == own for code in there["code"]]
    names = [wrapped(str(words), 34) for words in there["name"]]
    trace: Dict = {
        "type": "scatter",
        "x": [float(value) / axis.divisor for value in there["value"]],
        "y": list(range(len(there))),
        "mode": "markers",
        "marker": {"size": [12 if m else 9 for m in mine], "color": [OWN if m else PEERS for m in mine], **SOLID},
        "hovertext": [_hover(row, unit) for row in there.to_dict("records")],
        "customdata": list(there["code"]),
        "cliponaxis": False,
    }
    shapes, labels = lines(university, reference, unit, axis, seen)
    drawn = [*seen, *(v for column in ("high", "before") if column in there for v in there[column].dropna())]
    most = max(drawn, default=0.0)
    labels += [_own_label(row, y, most, unit, axis) for y, row in enumerate(there.to_dict("records")) if mine[y]]
    return Chart(
        figure=figure(
            [*_intervals(there, axis), *_before(there, axis), trace],
            height=64 + len(there) * (32 if any("<br>" in words for words in names) else 24),
            margin=(0, 16, 12 + LABEL * len(shapes), 0),
            x={**ticks(axis), **reach(seen, drawn, axis), "showgrid": True, "gridcolor": GRID},
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
        alt=" ".join([_said(name, unit, there, university, reference, own), *not_from_zero(seen)]),
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
    reference: Reference | None = None,
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
    every = [*values, *marked(university, reference), *([] if own is None else [own])]
    shapes, labels = lines(university, reference, unit, axis, every)
    if own is not None:
        words = f"{wrapped(say(own_name))} {shown(own, unit)}" if own_name else shown(own, unit)
        place = {"x": own / axis.divisor, "y": 0, "yanchor": "top", "yshift": -12, "bgcolor": BACKGROUND}
        place["xanchor"] = side(own, [0.0, *every])
        labels.append(label(words, colour=OWN, **place))
    return Chart(
        figure=figure(
            traces,
            height=108 + LABEL * len(shapes),
            margin=(20, 20, 6 + LABEL * len(shapes), 0),
            x={**ticks(axis, FEW_TICKS), **reach([0.0, *every], every, axis)},
            y={"visible": False, "range": [-1.4, 0.9]},
            shapes=shapes,
            labels=labels,
        ),
        alt=_strip_said(name, unit, values, own, university, reference),
    )


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


def _own_label(row: Mapping[Hashable, object], y: int, most: float, unit: Unit, axis: Axis) -> Dict:
    """The own value beside its mark, in its row: right of all that is drawn there, or left of it near the edge."""
    value = given(row["value"]) or 0.0
    ends = [end for name in ("value", "low", "high", "before") if (end := given(row.get(name))) is not None]
    right = max(ends) < 0.75 * most
    place = {"xanchor": "left", "xshift": 10} if right else {"xanchor": "right", "xshift": -10}
    at = (max(ends) if right else min(ends)) / axis.divisor
    return label(f"<b>{shown(value, unit)}</b>", colour=OWN, x=at, y=y, bgcolor=BACKGROUND, **place)


def _hover(row: Mapping[Hashable, object], unit: Unit) -> str:
    value, low, high = (given(row.get(column)) for column in ("value", "low", "high"))
    words = f"{wrapped(str(row['name']), 60)}<br>{shown(value or 0.0, unit)}"
    return words if low is None or high is None else f"{words} ({shown(low, unit)} – {shown(high, unit)})"


def _said(
    name: Text,
    unit: Unit,
    rows: pd.DataFrame,
    university: float | None,
    reference: Reference | None,
    own: str | None,
) -> str:
    """The dot plot in a sentence: how many, between what, the university, the own unit and its place."""
    if rows.empty:
        return say(Text("{name}: no values.", "{name}：値なし。").filled(name=name))
    parts = [_range_said(name, unit, list(rows["value"]))]
    mine = rows[rows["code"] == own]
    if len(mine):
        words = f"{mine.iloc[0]['name']} {shown(float(mine.iloc[0]['value']), unit)}"
        parts.append(words)
    return _joined(parts, unit, university, reference)


def _strip_said(
    name: Text,
    unit: Unit,
    values: Sequence[float],
    own: float | None,
    university: float | None,
    reference: Reference | None,
) -> str:
    parts = (
        [_range_said(name, unit, values)]
        if values
        else [say(Text("{name}: no values", "{name}：値なし").filled(name=name))]
    )
    if own is not None:
        parts.append(say(Text("this unit {value}", "この部局 {value}")).format(value=shown(own, unit)))
    return _joined(parts, unit, university, reference)


def _joined(parts: list[str], unit: Unit, university: float | None, reference: Reference | None) -> str:
    lines = [reference_said(reference, unit)] if reference is not None else []
    lines += [university_said(university, unit)] if university is not None else []
    return say(Text("; ", "、")).join([*parts, *lines]) + say(Text(".", "。"))


def _range_said(name: Text, unit: Unit, values: Sequence[float]) -> str:
    words = Text("{name}: {n} departments between {low} and {high}", "{name}：{n}部局、{low}から{high}")
    return say(words.filled(name=name, n=len(values), low=shown(min(values), unit), high=shown(max(values), unit)))
