"""On which side of a line its values are written, so that they do not cross it, the goal's path or each other."""

from collections.abc import Sequence

import numpy as np

from pages.parts.charts.series import Series, column

ROOM = 0.25  # of the axis: words of two lines fit between them
Point = tuple[int, float]  # fiscal year and value
BOTTOM, FLAT = 0.1, 0.3  # of the largest value: a start that low, and the years after it no higher
NEAR = 0.99  # of a value: the line as good as goes through it


def sides(rows: Sequence[Series], goal: Series | None) -> list[tuple[str | None, str]]:
    """Where the first and the last value of each line are written (None: where the line leaves room).

    Of two lines above the higher and below the lower; of one line away from the goal's path.
    """
    known = [points(frame) for frame in rows]
    if len(known) == 2:
        first, second = (line[-1][1] if line else 0.0 for line in known)
        ends = ("top right", "bottom right") if first > second else ("bottom right", "top right")
        return [*zip(_starts(known), ends, strict=True)]
    if len(known) == 1 and goal is not None and known[0]:
        year, value = known[0][-1]
        if year > column(goal, "fiscal_year")[-1]:
            return [(None, "middle right")]
        above, rises = value >= _on_path(goal, year), _rises(goal)
        if above:  # the path goes on to the right: upwards it would run through words on that side
            return [(None, "top left" if rises else "top right")]
        return [(None, "bottom right" if rises else "bottom left")]
    return [(None, "middle right")] * len(rows)


def start_side(values: Sequence[float]) -> str:
    """Where the first value of a line alone is written: off the line, beside whose next three years the words stand.

    Below a line that rises, unless it begins at the bottom and stays there so long: below that are the axis' words.
    """
    soon = values[1:4]
    if not soon or max(soon) <= values[0]:
        return "top right"
    stays_low = values[0] < BOTTOM * max(values) and max(soon) < FLAT * max(values)
    return "top right" if stays_low else "bottom right"


def point_sides(goal: Series, rows: Sequence[Series]) -> list[str]:
    """Where the values of a path's points are written: away from the line where it runs beside them."""
    rises = _rises(goal)
    free = "top left" if rises else "bottom left"
    known = points(rows[0]) if len(rows) == 1 else []
    if not known:
        return [free] * len(column(goal, "value"))
    years, values = zip(*known, strict=True)
    found = []
    for year, value in zip(column(goal, "fiscal_year"), column(goal, "value"), strict=True):
        line = float(np.interp(year, years, values))
        beside = years[0] <= year <= years[-1]
        found.append(free if not beside else "bottom right" if line >= value * NEAR else "top left")
    return found


def points(rows: Series) -> list[Point]:
    """The fiscal years that have a value, each with it."""
    every = zip(column(rows, "fiscal_year"), column(rows, "value"), strict=True)
    return [(int(year), value) for year, value in every if value == value]


def _starts(lines: Sequence[Sequence[Point]]) -> list[str | None]:
    """Where the first values of two lines are written: above and below, or between the lines where there is room.

    A line that rises runs through words above its beginning, and one that falls through words below it.
    """
    known = [[value for _, value in line] for line in lines]
    if not all(known):
        return [None] * len(known)
    room = abs(known[0][0] - known[1][0]) >= ROOM * max(map(max, known))
    higher = known[0][0] >= known[1][0]
    found: list[str | None] = []
    for values, above in ((known[0], higher), (known[1], not higher)):
        rises, falls = max(values[:3]) > values[0], min(values[:3]) < values[0]  # the words reach over two years
        crossed = rises and not falls if above else falls and not rises
        found.append("top right" if above != (room and crossed) else "bottom right")
    return found


def _on_path(goal: Series, year: int) -> float:
    return float(np.interp(year, column(goal, "fiscal_year"), column(goal, "value")))


def _rises(goal: Series) -> bool:
    values = column(goal, "value")
    return bool(values[-1] >= values[0])
