"""Every figure in pandas, from frames in memory.

Run in the peers' environment: `python -m benchmarks.peers.figures_in_pandas FOLDER TIMES`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from benchmarks.peers.protocol import Asked, Columns, run, table

CELL = ["unit", "year"]
ADDED = {"yen": "yen", "persons": "anonymous"}
THINGS = {  # what is counted once, the frame it comes from, and which of it
    "persons": ("person", "people", []),
    "partners": ("partner", "partners", ["abroad"]),
    "companies": ("partner", "partners", ["abroad", "of_company"]),
    "countries": ("country", "countries", ["abroad"]),
    "languages": ("language", "", []),
    "sdgs": ("goal", "sdgs", []),
}


class Pandas:
    """Frames of links, and the activities in every unit and year in which they count."""

    def __init__(self, folder: Path) -> None:
        frames = {name: pd.DataFrame(table(folder, name)) for name in ("activities", "activity_departments", "within")}
        pairs = frames["activity_departments"].merge(frames["within"])[["activity", "unit"]].drop_duplicates()
        rows = pairs.merge(frames["activities"])
        rows = rows.loc[rows.index.repeat(rows["span"])]
        year = rows["first_year"] + rows.groupby(level=0).cumcount()
        self._counted = rows.assign(year=year).drop(columns=["span", "first_year"]).reset_index(drop=True)
        self._links = {name: pd.DataFrame(table(folder, name)) for _, name, _ in THINGS.values() if name}

    def added(self, questions: Sequence[Asked]) -> Columns:
        found = {one["name"]: self._added(one) for one in questions}
        return _columns(pd.DataFrame(found).reset_index())

    def _added(self, one: Asked) -> pd.Series:
        cells = self._met(one).groupby(CELL)
        return cells.size() if one["of"] == "activities" else cells[ADDED[one["of"]]].sum()

    def distinct(self, questions: Sequence[Asked]) -> Iterator[Columns]:
        for one in questions:
            thing, links, kinds = THINGS[one["of"]]
            rows = self._met(one)
            if links:
                linked = self._links[links]
                for kind in kinds:
                    linked = linked[linked[kind]]
                rows = rows[["activity", *CELL]].merge(linked[["activity", thing]])
            else:
                rows = rows[rows[thing] >= 0]
            once = rows[[*CELL, thing]].drop_duplicates()
            yield _columns(once.groupby(CELL).size().rename(one["name"]).reset_index())

    def _met(self, one: Asked) -> pd.DataFrame:
        rows = self._counted
        if one["types"]:
            rows = rows[rows["type"].isin(one["types"])]
        for name in one["only"]:
            rows = rows[rows[name]]
        return rows


def _columns(frame: pd.DataFrame) -> Columns:
    return {str(name): frame[name].to_numpy() for name in frame}


if __name__ == "__main__":
    run("pandas", pd.__version__, Pandas)
