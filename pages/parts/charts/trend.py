"""Values over fiscal years: the trend of an indicator against its goal's path, and a small one for cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import pandas as pd

from metrics.indicator import Unit
from metrics.numbers import planned
from pages.parts.charts.bands import BELOW, band_ends, band_traces, band_words
from pages.parts.charts.chart import (
    GOAL,
    OWN,
    QUIET,
    SMALL,
    SOLID,
    TEXT,
    Axis,
    Chart,
    Dict,
    axis_of,
    caption,
    figure,
    given,
    line,
    not_from_zero,
    scale,
    shown,
    ticks,
    wrapped,
)
from pages.parts.charts.fan import BELOW as FAN_BELOW
from pages.parts.charts.fan import fan_said, fan_traces
from pages.parts.charts.notes import note_labels, notes_in
from pages.parts.charts.series import Columns, Series, column, in_order
from pages.parts.charts.sides import Point, point_sides, points, sides, start_side
from pages.parts.language import say
from vocabulary.calendar import fiscal_year_name
from vocabulary.text import Text

MOST_TICKS, FEW_TICKS = 6, 4  # of years
LOW = 330  # pixels: charts up to this height stand beside something and are narrow
SPACE = "\u00a0"  # between a mark and its words
POINTS = {
    "baseline": Text("Baseline {year}", "{year} 基準値"),
    "path": Text("Planned {year}", "{year} 計画値"),
    "milestone": Text("Milestone {year}", "{year} 中間目標"),
    "target": Text("Goal {year}", "{year} 最終目標"),
}
AIMS = {
    "milestone": Text("milestone {value} by {year}", "中間目標は{year}に{value}"),
    "target": Text("goal {value} by {year}", "最終目標は{year}に{value}"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a trend. One row of `rows` is one fiscal year: `fiscal_year`, `value`; `low`, `high` for a band."""

    rows: Series
    name: Text | None = None
    colour: str = OWN
    band: bool = False


def trend(
    name: Text,
    unit: Unit,
    lines: Sequence[Line],
    *,
    path: Series | None = None,
    ahead: pd.DataFrame | None = None,
    notes: pd.DataFrame | None = None,
    height: int = 280,
    milestones: bool = False,
) -> Chart:
    """Values by fiscal year. Years without a value are gaps; first and last values are written beside the line.

    The axis starts at zero unless the values lie close together (`chart.from_zero`); that is said below.

    `path` holds the goal's rows (`fiscal_year`, `value`, `kind`), drawn dotted; `milestones` writes all its points.
    `ahead` holds a projection of the last line (see `fan_traces`).
    `notes` holds the annotations (`date`, `text_en`, `text_ja`), drawn as thin vertical lines with numbers above; what
    the numbers mean stands below the chart.
    """
    rows = [in_order(one.rows) for one in lines]
    goal = in_order(path) if path is not None and column(path, "value") else None
    every = [*rows, *(frame for frame in (goal, ahead) if frame is not None)]
    values = [value for one in every for value in column(one, "value")]
    limits = band_ends([frame for one, frame in zip(lines, rows, strict=True) if one.band])
    seen = [*values, *limits]
    axis = axis_of(unit, [value for value in values if value == value])
    years = sorted({int(year) for one in every for year in column(one, "fiscal_year")})
    traces = [
        trace
        for one, frame, side in zip(lines, rows, sides(rows, goal), strict=True)
        for trace in _traces(one, frame, unit, axis, *side)
    ]
    if ahead is not None:
        traces = [*fan_traces(ahead, unit, axis, lines[-1].colour), *traces]
    if goal is not None:
        traces.append(_path(goal, unit, axis, point_sides(goal, rows), every=milestones))
    notes_here = notes_in(notes, years)
    projected = [] if ahead is None else [say(FAN_BELOW)]
    said = (*([say(BELOW)] if limits else []), *projected, *not_from_zero(seen))
    return Chart(
        figure=figure(
            traces,
            height=height,
            margin=(0, 84 if len(lines) > 1 or goal is not None else 60, 38 if notes_here else 24, 0),
            x=_years(years, MOST_TICKS if height > LOW else FEW_TICKS),
            y={**ticks(axis), **scale(seen)},
            shapes=[line(QUIET, x0=x, x1=x, y0=0, y1=1, yref="paper") for x in sorted({n.year for n in notes_here})],
            labels=[*caption(axis, shift=16 if notes_here else 0), *note_labels(notes_here)],
        ),
        alt=" ".join([_said(name, unit, lines, rows, goal, ahead), *said]),
        below=(*(note.line for note in notes_here), *said),
    )


def spark(name: Text, unit: Unit, values: Series, *, colour: str = OWN, path: Series | None = None) -> Chart:
    """A trend for a card: a line and its first value (the last stands beside it), the goal's path dotted, no axes."""
    rows = in_order(values)
    axis = axis_of(unit, [value for _, value in points(rows)])
    traces = _traces(Line(rows=rows, colour=colour), rows, unit, axis, "middle left")
    first = next((place for place, word in enumerate(traces[-1]["text"]) if word), None)
    traces[-1]["text"] = [word if place == first else "" for place, word in enumerate(traces[-1]["text"])]
    last = rows["fiscal_year"][-1]
    goal = [] if path is None else [(year, value) for year, value in points(in_order(path)) if year <= last]
    if len(goal) > 1:
        years, planned_values = zip(*goal, strict=True)
        scaled = [value / axis.divisor for value in planned_values]
        dots = {"color": GOAL, "width": 1.5, "dash": "dot"}
        traces.append({"type": "scatter", "x": years, "y": scaled, "mode": "lines", "line": dots})
    hidden: Dict = {"visible": False}
    seen = [*rows["value"], *(value for _, value in goal)]
    return Chart(
        figure=figure(traces, height=56, margin=(56, 10, 8, 8), x=hidden, y={**hidden, **scale(seen)}),
        alt=" ".join([_said(name, unit, [Line(rows=rows)], [rows], None), *not_from_zero(seen)]),
        still=True,
    )


def _traces(
    one: Line, frame: Columns, unit: Unit, axis: Axis, start: str | None = None, end: str = "middle right"
) -> list[Dict]:
    x = [int(year) for year in frame["fiscal_year"]]
    values = [given(value) for value in frame["value"]]
    there = [place for place, value in enumerate(values) if value is not None]
    ends = {there[0], there[-1]} if there else set()
    words = [shown(v, unit) if v is not None else "" for v in values]
    sure = band_words(frame, unit) if one.band else {}
    name = f"{wrapped(say(one.name))}<br>" if one.name else ""
    texts = [words[i] if i in ends else "" for i in range(len(words))]
    if there and one.name:
        texts[there[-1]] = f"{name}{words[there[-1]]}"
    texts = [f"{SPACE}{text}".replace("<br>", f"<br>{SPACE}") if text else "" for text in texts]
    known = [value for value in values if value is not None]
    start = start or start_side(known)
    side = [start if there and i == there[0] else end for i in range(len(x))]
    drawn: Dict = {
        "type": "scatter",
        "x": x,
        "y": [None if v is None else v / axis.divisor for v in values],
        "mode": "lines+markers+text",
        "line": {"color": one.colour, "width": 2.5},
        "marker": {"color": one.colour, "size": [8 if i in ends else 4 for i in range(len(x))], **SOLID},
        "text": texts,
        "textposition": side,
        "textfont": {"size": SMALL + 1, "color": one.colour if one.name else TEXT},
        "cliponaxis": False,
        "hovertext": [
            "<br>".join([f"{name}{say(fiscal_year_name(year))}", w, *([sure[year]] if year in sure else [])])
            for year, w in zip(x, words, strict=True)
        ],
    }
    return [*band_traces(frame, one.colour, axis), drawn] if one.band else [drawn]


def _path(goal: Columns, unit: Unit, axis: Axis, where: Sequence[str], *, every: bool) -> Dict:
    years = [int(year) for year in goal["fiscal_year"]]
    rises = bool(goal["value"][-1] >= goal["value"][0])
    words = [shown(planned(float(value), unit, upward=rises), unit) for value in goal["value"]]
    names = [_of_goal(kind, year) for kind, year in zip(goal["kind"], years, strict=True)]
    return {
        "type": "scatter",
        "x": years,
        "y": [float(value) / axis.divisor for value in goal["value"]],
        "mode": "lines+markers+text",
        "line": {"color": GOAL, "width": 2, "dash": "dot"},
        "marker": {"color": GOAL, "size": 8, "symbol": "diamond-open"},
        "text": [
            *(f"{SPACE}{word}{SPACE}" if every else "" for word in words[:-1]),
            SPACE + wrapped(f"{names[-1]} {words[-1]}", 12).replace("<br>", f"<br>{SPACE}"),
        ],
        "textposition": [*where[:-1], "middle right"],
        "textfont": {"size": SMALL + 1, "color": GOAL},
        "cliponaxis": False,
        "hovertext": [f"{name}<br>{word}" for name, word in zip(names, words, strict=True)],
    }


def _of_goal(kind: str, year: int) -> str:
    """What a point of a goal's path is called: `Milestone FY2027`, `2027年度 中間目標`."""
    return say(POINTS[kind].filled(year=fiscal_year_name(year)))


def _years(years: Sequence[int], most: int) -> Dict:
    """Ticks at the first and the last year and some between; only the first says what they are, for want of room."""
    if not years:
        return {}
    first, last = years[0], years[-1]
    step = max(1, ceil((last - first) / (most - 1)))
    between = [year for year in range(last - step, first, -step) if year - first >= step]
    at = sorted({first, last, *between})
    words = [say(fiscal_year_name(y)) if y == first else str(y) for y in at]
    return {"tickvals": at, "ticktext": words, "tickangle": 0, "range": [first - 0.5, last + 0.4]}


def _said(
    name: Text,
    unit: Unit,
    lines: Sequence[Line],
    rows: Sequence[Columns],
    goal: Columns | None,
    ahead: pd.DataFrame | None = None,
) -> str:
    """The chart in a sentence for each line: where it began, where it is, and the goal."""
    parts = []
    for one, frame in zip(lines, rows, strict=True):
        known = points(frame)
        who = name if one.name is None else Text(f"{name.en}, {one.name.en}", f"{name.ja}（{one.name.ja}）")
        if not known:
            parts.append(say(Text("{who}: no values", "{who}：値なし").filled(who=who)))
            continue
        ends = _ends(known[0], known[-1], unit)
        parts.append(say(_FROM_TO.filled(who=who, **ends, sure=_sure(one, frame, known[-1][0], unit))))
    if goal is not None:
        words = AIMS.get(str(goal["kind"][-1]), AIMS["target"])
        year = fiscal_year_name(int(goal["fiscal_year"][-1]))
        parts.append(say(words.filled(value=shown(float(goal["value"][-1]), unit), year=year)))
    if ahead is not None:
        parts.append(fan_said(ahead, unit))
    return say(Text("{all}.", "{all}。")).format(all=say(Text("; ", "、")).join(parts))


def _ends(start: Point, end: Point, unit: Unit) -> dict[str, Text | str]:
    return {
        "start": shown(start[1], unit),
        "end": shown(end[1], unit),
        "first": fiscal_year_name(start[0]),
        "last": fiscal_year_name(end[0]),
    }


def _sure(one: Line, frame: Columns, year: int, unit: Unit) -> str:
    """The interval of the last value, in brackets, where a band is drawn."""
    words = band_words(frame, unit).get(year) if one.band else None
    return say(Text(" ({words})", "（{words}）")).format(words=words) if words else ""


# No word of rising or falling: whether a change can be told from chance is said beside the figure.
_FROM_TO = Text("{who}: {start} in {first}, {end}{sure} in {last}", "{who}は{first}に{start}、{last}に{end}{sure}")
