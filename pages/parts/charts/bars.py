"""Horizontal bars: quantities by category."""

from collections.abc import Sequence

from metrics.indicator import Unit
from pages.parts.charts.chart import (
    OWN,
    SMALL,
    TEXT,
    Chart,
    Dict,
    axis_of,
    figure,
    shown,
    wrapped,
)
from pages.parts.language import say
from vocabulary.text import Text

Bar = tuple[str, Text | str, float]  # code, name, value
ROOM = 0.32  # of the width
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


def _laid_out(trace: Dict, words: Sequence[str]) -> Dict:
    low, high = min([0, *trace["x"]]), max([0, *trace["x"]])
    room = (high - low or 1) * ROOM  # for the values beside the bars
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
