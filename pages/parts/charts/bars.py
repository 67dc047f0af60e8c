"""Horizontal bars: quantities by category, and the parts that a change is made of."""

from collections.abc import Sequence

from metrics.indicator import Unit
from metrics.numbers import change
from pages.parts.charts.chart import (
    BEHIND,
    OWN,
    SMALL,
    TEXT,
    UNIVERSITY_LINE,
    Chart,
    Dict,
    Figure,
    axis_of,
    figure,
    line,
    shown,
    wrapped,
)
from pages.parts.language import say
from vocabulary.text import Text

Bar = tuple[str, Text | str, float]  # code, name, value
MOST_NAMED = 6  # bars that an alt text reads out


def bars(name: Text, unit: Unit, rows: Sequence[Bar], *, colour: str = OWN, highlighted: str | None = None) -> Chart:
    """Horizontal bars from zero in the order given, each with its value. A click gives the bar's code."""
    axis = axis_of(unit, [value for _, _, value in rows])
    words = [wrapped(name_of(label)) for _, label, _ in rows]
    trace: Dict = {
        "type": "bar",
        "orientation": "h",
        "x": [value / axis.divisor for _, _, value in rows],
        "y": list(range(len(rows))),
        "marker": {"color": colour, "opacity": [1.0 if highlighted in (None, code) else 0.45 for code, _, _ in rows]},
        "text": [shown(value, unit) for _, _, value in rows],
        "textposition": "outside",
        "textfont": {"size": SMALL + 1, "color": TEXT},
        "hovertext": [f"{w}<br>{shown(v, unit)}" for w, (_, _, v) in zip(words, rows, strict=True)],
        "customdata": [code for code, _, _ in rows],
        "cliponaxis": False,
    }
    return Chart(figure=_laid_out(trace, words), alt=alt_of(name, [(name_of(n), shown(v, unit)) for _, n, v in rows]))


def changes(name: Text, unit: Unit, parts: Sequence[Bar], total: Bar, *, better: str = "neither") -> Chart:
    """The parts of a change and their sum, each a bar from zero: to the right what rose, to the left what fell.

    Parts that go against `better` (higher or lower) have the colour of a warning, and their sign says so too.
    """
    rows = [*parts, total]
    axis = axis_of(unit, [value for _, _, value in rows])
    wrong = {"higher": -1, "lower": 1}.get(better, 0)
    colours = [BEHIND if value * wrong > 0 else OWN for _, _, value in parts] + [UNIVERSITY_LINE]
    words = [wrapped(name_of(label)) for _, label, _ in rows]
    said = [say(change(value, 0.0, unit)) for _, _, value in rows]
    trace: Dict = {
        "type": "bar",
        "orientation": "h",
        "x": [value / axis.divisor for _, _, value in rows],
        "y": list(range(len(rows))),
        "marker": {"color": colours},
        "hovertext": [f"{w}<br>{s}" for w, s in zip(words, said, strict=True)],
        "customdata": [code for code, _, _ in rows],
        "cliponaxis": False,
    }
    words = [f"{w}  <b>{s}</b>" for w, s in zip(words, said, strict=True)]  # beside the bars they would not fit a phone
    shapes = [
        line(UNIVERSITY_LINE, x0=0, x1=0, y0=0, y1=1, yref="paper"),
        line(UNIVERSITY_LINE, x0=0, x1=1, xref="paper", y0=len(parts) - 0.5, y1=len(parts) - 0.5, dash="dot"),
    ]
    named = [(name_of(n), s) for (_, n, _), s in zip(rows, said, strict=True)]
    return Chart(figure=_laid_out(trace, words, shapes, room=0.03), alt=alt_of(name, [named[-1], *named[:-1]]))


def _laid_out(trace: Dict, words: Sequence[str], shapes: Sequence[Dict] = (), room: float = 0.32) -> Figure:
    low, high = min([0, *trace["x"]]), max([0, *trace["x"]])
    room = (high - low or 1) * room  # for the values beside the bars
    return figure(
        [trace],
        height=24 + 28 * len(words) + 12 * sum("<br>" in word for word in words),
        margin=(0, 8, 4, 4),
        x={"visible": False, "range": [low - (room if low < 0 else 0), high + (room if high > 0 else 0)]},
        y={
            "tickvals": list(range(len(words))),
            "ticktext": list(words),
            "range": [len(words) - 0.5, -0.5],
            "automargin": True,
            "showgrid": False,
        },
        shapes=shapes,
        bargap=0.35,
    )


def name_of(label: Text | str) -> str:
    return say(label) if isinstance(label, Text) else label


def alt_of(name: Text, rows: Sequence[tuple[str, str]]) -> str:
    """The bars read out, the first ones by name."""
    if not rows:
        return say(Text("{name}: no values.", "{name}：値なし。").filled(name=name))
    parts = [f"{label} {value}" for label, value in rows[:MOST_NAMED]]
    if len(rows) > MOST_NAMED:
        parts.append(say(Text("and {n} more", "ほか{n}件")).format(n=len(rows) - MOST_NAMED))
    listed = say(Text(", ", "、")).join(parts)
    return say(Text("{name}: {listed}.", "{name}：{listed}。").filled(name=name, listed=listed))
