"""On which side of a line its first and last values are written, so that they do not cross it or each other."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def sides(rows: Sequence[pd.DataFrame], goal: pd.DataFrame | None) -> list[tuple[str | None, str]]:
    """Where the first and the last value of each line are written (None: where the line leaves room).

    Of two lines above the higher and below the lower; of one line off the goal's path.
    """
    last = [frame.dropna(subset=["value"]).tail(1) for frame in rows]
    values = [float(row["value"].sum()) for row in last]
    if len(rows) == 2:
        high, low = ("top right", "top right"), ("bottom right", "bottom right")
        return [high, low] if values[0] > values[1] else [low, high]
    if len(rows) == 1 and goal is not None and len(last[0]):
        path = np.interp(last[0]["fiscal_year"].iloc[0], goal["fiscal_year"], goal["value"])
        return [(None, "bottom right" if (values[0] < path) == (goal["value"].iloc[-1] >= path) else "top right")]
    return [(None, "middle right")] * len(rows)
