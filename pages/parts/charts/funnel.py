"""A funnel: departments by size and by observed / expected, and the limits within which chance would leave them."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.expectation import FunnelLimits, funnel_limits
from metrics.fairness import HIGHER, LOWER
from metrics.fairness_words import ratio_said
from metrics.links import Floats
from pages.parts.charts.chart import (
    GRID,
    OWN,
    PEERS,
    SMALL,
    SOLID,
    TEXT,
    UNIVERSITY_LINE,
    Chart,
    Dict,
    figure,
    label,
    line,
    wrapped,
)
from pages.parts.charts.notes import NUMBERS
from pages.parts.language import say
from vocabulary.text import NOTHING, Text

POINTS = 80
ROOM = 1.6  # of the axis beyond the smallest and the largest
ROOM_OF_ONE = 6.0
NUMBERED = (*NUMBERS, *(f"({number})" for number in range(len(NUMBERS) + 1, 100)))
WIDE, HIGH = 700, 350  # of the plot in pixels, about: what labels are kept apart for
AWAY, DOT = 7, 5  # pixels between a dot and its label, and around the middle of a dot
SIZE = Text("effective n (larger: chance matters less)", "実効n（大きいほど偶然の影響が小さい）")
RATIO = Text("observed / expected", "観測値÷見込み")
LINES = Text(
    "Lines: what chance leaves, 95 % solid and 99.8 % dashed{wider}. The line at 1 is what the mix leads to expect.",
    "線は偶然の範囲で、実線が95%、破線が99.8%{wider}。1の線が構成から見込まれる水準。",
)
WIDER = Text(
    "; dotted and dash-dotted, the same widened by how much departments commonly differ",
    "。点線と一点鎖線は、部局間に通常みられる差の分だけ広げた95%と99.8%",
)
SAID = Text(
    "Funnel of {n} departments: observed / expected from {low} to {high}; outside the limits: {names}.",
    "{n}部局のファンネルプロット：観測値÷見込みは{low}～{high}。限界の外：{names}。",
)
ONE = Text("Funnel with one department at {value}.", "1部局のファンネルプロット：{value}。")
EMPTY = Text("Funnel without a department.", "部局のないファンネルプロット。")
NONE = Text("none", "なし")


class _Box(NamedTuple):
    left: float
    low: float
    right: float
    high: float

    def meets(self, other: "_Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.low < other.high and other.low < self.high

    def among(self, others: list["_Box"]) -> int:
        return sum(self.meets(other) for other in others)


class _Place(NamedTuple):
    """On which side of its dot a label stands: 1, 0 or -1 each."""

    right: int
    up: int

    @property
    def anchors(self) -> Dict:
        return {
            "xanchor": {1: "left", 0: "center", -1: "right"}[self.right],
            "yanchor": {1: "bottom", 0: "middle", -1: "top"}[self.up],
            "xshift": AWAY * self.right,
            "yshift": AWAY * self.up,
        }


PLACES = (_Place(0, 1), _Place(0, -1), _Place(1, 0), _Place(-1, 0), _Place(1, 1), _Place(-1, -1))


def funnel(rows: pd.DataFrame, baseline: float, tau2: float, *, proportion: bool, own: str | None = None) -> Chart:
    """Departments as dots over the limits of 95 % and 99.8 %, and where `tau2` is above 0 also the widened ones.

    One row of `rows` is one department: `code`, `name`, `effective_n`, `ratio`, `verdict`, `hover` (words). Those that
    are higher or lower than expected are numbered, and named below; the own one has its name.
    """
    there = rows.dropna(subset=["ratio", "effective_n"])
    sizes = np.geomspace(*_ends(there["effective_n"]), POINTS)
    plain = funnel_limits(baseline, sizes, proportion=proportion)
    wide = funnel_limits(baseline, sizes, proportion=proportion, tau2=tau2 * baseline**2)
    traces = [
        *_limits(sizes, plain, baseline, PEERS, ("solid", "dash")),
        *(_limits(sizes, wide, baseline, UNIVERSITY_LINE, ("dot", "dashdot")) if tau2 > 0 else []),
        _dots(there, own),
    ]
    named = there[there["verdict"].isin((HIGHER, LOWER)) | (there["code"] == own)]
    top = max([2.0, *(1.15 * there["ratio"])])
    return Chart(
        figure=figure(
            traces,
            height=420,
            margin=(0, 8, 24, 0),
            x={
                "type": "log",
                "range": [float(np.log10(end)) for end in (sizes[0], sizes[-1])],
                "tickvals": _ticks(sizes[0], sizes[-1]),
                "tickformat": ",d",
                "title": {"text": say(SIZE), "font": {"size": SMALL + 1}},
                "automargin": True,
            },
            y={"range": [0, top], "showgrid": True, "gridcolor": GRID, "automargin": True, "nticks": 6},
            shapes=[line(UNIVERSITY_LINE, x0=0, x1=1, xref="paper", y0=1, y1=1, width=1.5)],
            labels=[
                label(say(RATIO), x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom"),
                *_labels(named, there, own, traces[:-1], top),
            ],
        ),
        alt=_said(there),
        below=(*_named(named, own), say(LINES.filled(wider=WIDER if tau2 > 0 else NOTHING))),
    )


def _limits(sizes: Floats, limits: FunnelLimits, baseline: float, colour: str, dashes: tuple[str, str]) -> list[Dict]:
    """The pairs of limits as lines of observed / expected."""
    pairs = ((limits.low_95, limits.high_95), (limits.low_998, limits.high_998))
    return [
        {
            "type": "scatter",
            "x": [float(size) for size in sizes],
            "y": [float(value) / baseline for value in edge],
            "mode": "lines",
            "line": {"color": colour, "width": 1.2, "dash": dash},
            "hoverinfo": "skip",
        }
        for pair, dash in zip(pairs, dashes, strict=True)
        for edge in pair
    ]


def _dots(rows: pd.DataFrame, own: str | None) -> Dict:
    mine = [code == own for code in rows["code"]]
    return {
        "type": "scatter",
        "x": [float(size) for size in rows["effective_n"]],
        "y": [float(ratio) for ratio in rows["ratio"]],
        "mode": "markers",
        "marker": {"size": [13 if m else 9 for m in mine], "color": [OWN if m else PEERS for m in mine], **SOLID},
        "hovertext": [str(words) for words in rows["hover"]],
        "customdata": [str(code) for code in rows["code"]],
        "cliponaxis": False,
    }


def _numbers(rows: pd.DataFrame, own: str | None) -> dict[str, str]:
    """The number of each department beside the own one, by code."""
    others = [str(code) for code in rows["code"] if code != own]
    return dict(zip(others, NUMBERED, strict=False))


def _labels(rows: pd.DataFrame, every: pd.DataFrame, own: str | None, lines: list[Dict], top: float) -> list[Dict]:
    """The numbers beside the dots that the lines below explain, and the own department's name; none over another.

    Each stands above its dot, below or beside it: where the fewest labels and dots are, then the least of the lines.
    """
    numbers, labels = _numbers(rows, own), []
    wide = WIDE / np.log10(lines[0]["x"][-1] / lines[0]["x"][0])
    drawn = [
        _Box(x, y, x, y)
        for limit in lines
        for x, y in zip(np.log10(limit["x"]) * wide, np.array(limit["y"]) / top * HIGH, strict=True)
    ]
    taken = [
        _Box(x - DOT, y - DOT, x + DOT, y + DOT)
        for x, y in zip(np.log10(every["effective_n"]) * wide, every["ratio"] / top * HIGH, strict=True)
    ]
    for row in sorted(rows.to_dict("records"), key=lambda row: row["code"] != own):
        mine = row["code"] == own
        words = wrapped(str(row["name"]), 40) if mine else numbers.get(str(row["code"]), "")
        x, y = float(np.log10(row["effective_n"])), float(row["ratio"])  # as logarithmic axes have it
        boxes = [_box(words, x * wide, y / top * HIGH, place) for place in PLACES]
        best = min(range(len(PLACES)), key=lambda at: (boxes[at].among(taken), boxes[at].among(drawn)))
        taken.append(boxes[best])
        labels.append(label(words, colour=OWN if mine else TEXT, x=x, y=y, **PLACES[best].anchors))
    return labels


def _box(words: str, x: float, y: float, place: _Place) -> _Box:
    """What a label takes beside a dot at `x` and `y`, in pixels."""
    lines = words.split("<br>")
    wide = max(sum(7 if letter.isascii() else 13 for letter in text) for text in lines)
    high = 16 * len(lines)
    left, low = x + place.right * (AWAY + wide / 2) - wide / 2, y + place.up * (AWAY + high / 2) - high / 2
    return _Box(left, low, left + wide, low + high)


def _named(rows: pd.DataFrame, own: str | None) -> tuple[str, ...]:
    """What the numbers are, in a line."""
    names = dict(zip(map(str, rows["code"]), map(str, rows["name"]), strict=True))
    told = [f"{number} {names[code]}" for code, number in _numbers(rows, own).items()]
    return (say(Text(", ", "、")).join(told),) if told else ()


def _said(rows: pd.DataFrame) -> str:
    """The funnel in a sentence."""
    values = [ratio_said(float(ratio)) for ratio in rows["ratio"].sort_values()]
    if len(values) < 2:
        return say(ONE.filled(value=values[0])) if values else say(EMPTY)
    outside = rows.loc[rows["verdict"].isin((HIGHER, LOWER)), "name"]
    names = say(Text(", ", "、")).join(map(str, outside)) or say(NONE)
    return say(SAID.filled(n=len(values), low=values[0], high=values[-1], names=names))


def _ends(sizes: pd.Series) -> tuple[float, float]:
    if sizes.empty:
        return 10.0, 1000.0
    room = ROOM if len(sizes) > 1 else ROOM_OF_ONE
    return max(float(sizes.min()) / room, 1.0), max(float(sizes.max()) * room, 10.0)


def _ticks(low: float, high: float) -> list[float]:
    steps = [digit * 10.0**power for power in range(8) for digit in (1, 2, 5)]
    return [step for step in steps if low <= step <= high]
