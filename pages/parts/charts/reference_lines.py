"""What departments are measured against on a chart: vertical lines with their values above, and the axis below them."""

from collections.abc import Iterable, Sequence

from metrics.indicator import Unit
from metrics.spread import Reference
from pages.parts.charts.chart import FAINT_TEXT, TEXT, UNIVERSITY_LINE, Axis, Dict, from_zero, label, line, scale, shown
from pages.parts.language import say
from vocabulary.text import Text

UNIVERSITY_VALUE = Text("University {value}", "全学 {value}")
REFERENCE_VALUE = Text("{name} {value}", "{name} {value}")
LABEL = 16  # pixels that a label above the marks takes
EDGE = 0.03  # of the axis, left free at either end


def marked(university: float | None, reference: Reference | None) -> list[float]:
    """The values that are lines."""
    return [value for value in (university, reference.value if reference else None) if value is not None]


def lines(
    university: float | None, reference: Reference | None, unit: Unit, axis: Axis, every: Sequence[float]
) -> tuple[list[Dict], list[Dict]]:
    """The university's value as a line with its number above; beside a reference, which is higher up, fainter."""
    faint = reference is not None
    found = [(university, university_said(university, unit), faint)] if university is not None else []
    if reference is not None:
        found.append((reference.value, reference_said(reference, unit), False))
    shapes, labels = [], []
    for row, (value, words, pale) in enumerate(found):
        at = value / axis.divisor
        style: Dict = {"width": 1, "dash": "dot"} if pale else {"width": 1.5, "dash": "dash"}
        shapes.append(line(UNIVERSITY_LINE, x0=at, x1=at, y0=0, y1=1, yref="paper", **style))
        place = {"x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": LABEL * row}
        labels.append(label(words, colour=FAINT_TEXT if pale else TEXT, **place, xanchor=side(value, [0.0, *every])))
    return shapes, labels


def university_said(value: float, unit: Unit) -> str:
    return say(UNIVERSITY_VALUE).format(value=shown(value, unit))


def reference_said(reference: Reference, unit: Unit) -> str:
    words = say(REFERENCE_VALUE).format(
        name=say(reference.name).removeprefix("the "), value=shown(reference.value, unit)
    )
    return words[:1].upper() + words[1:]


def reach(seen: Sequence[float], drawn: Iterable[float], axis: Axis) -> Dict:
    """From a little below zero, so that a mark at zero is whole; where the axis does not start there, as it comes."""
    high = max([value for value in drawn if value == value], default=0.0) / axis.divisor
    if not from_zero(seen) or high <= 0 or min(seen) < 0:
        return scale(seen)
    return {"range": [-EDGE * high, (1 + EDGE) * high]}


def side(value: float, every: Sequence[float]) -> str:
    """The side of a label that its mark is at, so that it stays on the chart near either end."""
    low, high = min(every), max(every)
    place = (value - low) / (high - low) if high > low else 0.5
    return "left" if place < 0.25 else "right" if place > 0.75 else "center"
