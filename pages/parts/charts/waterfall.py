"""A waterfall: the parts of a change one after the other, each from where the one before ended, and their sum."""

from collections.abc import Sequence
from itertools import accumulate

from metrics.indicator import Unit
from metrics.numbers import change
from pages.parts.charts.bars import Bar, alt_of, name_of
from pages.parts.charts.chart import BEHIND, GRID, OWN, UNIVERSITY_LINE, Chart, Dict, axis_of, figure, line, wrapped
from pages.parts.language import say
from vocabulary.text import Text

ROW, LINE = 26, 12  # pixels of a row, and of each further line of a name
WIDE = 32  # letters of a line of a name
ROOM = 0.03  # of the width, beside the outermost bar


def waterfall(name: Text, unit: Unit, parts: Sequence[Bar], total: Bar, *, better: str = "neither") -> Chart:
    """The parts in the order given, from zero to their sum: to the right what rose, to the left what fell.

    Parts that go against `better` (higher or lower) have the colour of a warning; the signed number beside each name
    says so too. The sum is drawn from zero, below a dotted line.
    """
    rows = [*parts, total]
    values = [value for _, _, value in rows]
    ends = [*accumulate(values[:-1]), total[2]]
    starts = [0.0, *ends[:-2], 0.0] if parts else [0.0]
    axis = axis_of(unit, [*ends, *starts])
    wrong = {"higher": -1, "lower": 1}.get(better, 0)
    colours = [BEHIND if value * wrong > 0 else OWN for value in values[:-1]] + [UNIVERSITY_LINE]
    words = [wrapped(name_of(label), WIDE) for _, label, _ in rows]
    said = [say(change(value, 0.0, unit)) for value in values]
    trace: Dict = {
        "type": "bar",
        "orientation": "h",
        "base": [start / axis.divisor for start in starts],
        "x": [value / axis.divisor for value in values],
        "y": list(range(len(rows))),
        "marker": {"color": colours},
        "hovertext": [f"{w}<br>{s}" for w, s in zip(words, said, strict=True)],
        "customdata": [code for code, _, _ in rows],
        "cliponaxis": False,
    }
    shapes = [
        line(UNIVERSITY_LINE, x0=0, x1=0, y0=0, y1=1, yref="paper"),
        line(UNIVERSITY_LINE, x0=0, x1=1, xref="paper", y0=len(parts) - 0.5, y1=len(parts) - 0.5, dash="dot"),
        *(
            line(GRID, x0=end / axis.divisor, x1=end / axis.divisor, y0=place, y1=place + 1)
            for place, end in enumerate(ends[:-1])
        ),
    ]
    reached = [edge / axis.divisor for edge in (0.0, *starts, *ends)]
    room = (max(reached) - min(reached) or 1) * ROOM
    labels = [
        f"{w}  <b>{s}</b>" for w, s in zip(words, said, strict=True)
    ]  # beside the bars they would not fit a phone
    drawn = figure(
        [trace],
        height=24 + len(rows) * (ROW + LINE * max(word.count("<br>") for word in labels)),
        margin=(0, 8, 4, 4),
        x={"visible": False, "range": [min(reached) - room, max(reached) + room]},
        y={
            "tickvals": list(range(len(rows))),
            "ticktext": labels,
            "range": [len(rows) - 0.5, -0.5],
            "automargin": True,
            "showgrid": False,
        },
        shapes=shapes,
        bargap=0.35,
    )
    named = [(name_of(label), size) for (_, label, _), size in zip(rows, said, strict=True)]
    return Chart(figure=drawn, alt=alt_of(name, [named[-1], *named[:-1]]))
