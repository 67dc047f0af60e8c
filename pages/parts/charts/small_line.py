"""A series of values as a line so small that it stands in the cell of a table."""

import base64
from collections.abc import Sequence

from pages.parts.language import say
from vocabulary.text import Text

WIDTH, HEIGHT, EDGE = 72, 20, 2  # pixels
ALT = Text("line of {n} values", "{n}個の値の折れ線")
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    '<polyline points="{points}" fill="none" stroke="gray" stroke-width="1.5"/></svg>'
)


def small_line(values: Sequence[float]) -> str:
    """Markdown of a picture of the values from the first to the last, lowest to highest; empty for under two."""
    if len(values) < 2:
        return ""
    low, span = min(values), max(values) - min(values)
    step = (WIDTH - 2 * EDGE) / (len(values) - 1)
    room = HEIGHT - 2 * EDGE
    heights = [0.5 if span == 0 else (value - low) / span for value in values]
    points = " ".join(f"{EDGE + step * i:.1f},{HEIGHT - EDGE - room * h:.1f}" for i, h in enumerate(heights))
    picture = PICTURE.format(width=WIDTH, height=HEIGHT, points=points)
    written = base64.b64encode(picture.encode()).decode()
    return f"![{say(ALT.filled(n=len(values)))}](data:image/svg+xml;base64,{written})"
