"""Every figure in Polars, from frames in memory.

Run in the peers' environment: `python -m benchmarks.peers.figures_in_polars FOLDER TIMES`.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from benchmarks.peers.protocol import Asked, Columns, run, table

ADDED = {"yen": "yen", "persons": "anonymous"}
THINGS = {  # what is counted once, the frame it comes from, and which of it
    "persons": ("person", "people", pl.lit(True)),
    "partners": ("partner", "partners", pl.col("abroad")),
    "companies": ("partner", "partners", pl.col("abroad") & pl.col("of_company")),
    "countries": ("country", "countries", pl.col("abroad")),
    "languages": ("language", "", pl.col("language") >= 0),
    "sdgs": ("goal", "sdgs", pl.lit(True)),
}


class Polars:
    """Frames of links, and the activities in every unit and year in which they count."""

    def __init__(self, folder: Path) -> None:
        frames = {name: pl.DataFrame(table(folder, name)) for name in ("activities", "activity_departments", "within")}
        within = frames["within"].cast({"department": pl.Int32})
        pairs = frames["activity_departments"].join(within, on="department").select("activity", "unit").unique()
        year = (pl.col("first_year") + pl.col("later")).cast(pl.Int16)
        rows = pairs.join(frames["activities"].filter(pl.col("span") > 0), on="activity")
        rows = rows.with_columns(later=pl.int_ranges(0, pl.col("span"))).explode("later").with_columns(year=year)
        self._counted = rows.drop("later", "span", "first_year")
        self._links = {name: pl.DataFrame(table(folder, name)) for _, name, _ in THINGS.values() if name}

    def added(self, questions: Sequence[Asked]) -> Columns:
        sums = [_added(one).alias(one["name"]) for one in questions]
        return _columns(self._counted.lazy().group_by("unit", "year").agg(sums).collect())

    def distinct(self, questions: Sequence[Asked]) -> Iterable[Columns]:
        """All questions at once, each over what its conditions leave."""
        return [_columns(frame) for frame in pl.collect_all([self._distinct(one) for one in questions])]

    def _distinct(self, one: Asked) -> pl.LazyFrame:
        thing, links, of_kind = THINGS[one["of"]]
        rows = self._counted.lazy().filter(_met(one))
        if links:
            linked = self._links[links].lazy().filter(of_kind).select("activity", thing)
            rows = rows.select("activity", "unit", "year").join(linked, on="activity")
        else:
            rows = rows.filter(of_kind)
        return rows.group_by("unit", "year").agg(pl.col(thing).n_unique().alias(one["name"]))


def _added(one: Asked) -> pl.Expr:
    return _met(one).sum() if one["of"] == "activities" else pl.col(ADDED[one["of"]]).filter(_met(one)).sum()


def _met(one: Asked) -> pl.Expr:
    met = pl.col("type").is_in(one["types"]) if one["types"] else pl.col("type") >= 0
    for name in one["only"]:
        met = met & pl.col(name)
    return met


def _columns(frame: pl.DataFrame) -> Columns:
    return {name: frame[name].to_numpy() for name in frame.columns}


if __name__ == "__main__":
    run("Polars", pl.__version__, Polars)
