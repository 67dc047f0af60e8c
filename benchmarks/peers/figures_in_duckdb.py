"""Every figure in DuckDB, from tables of its own in memory.

Run in the peers' environment: `python -m benchmarks.peers.figures_in_duckdb FOLDER TIMES`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.peers.protocol import Asked, Columns, run, table

TABLES = ("activities", "activity_departments", "within", "people", "partners", "countries", "sdgs")
COUNTED = """
CREATE TABLE counted AS
SELECT unit, first_year + later AS year, activities.* EXCLUDE (first_year, span)
FROM (SELECT DISTINCT activity, unit FROM activity_departments JOIN within USING (department))
JOIN activities USING (activity), UNNEST(range(span)) AS years (later)
"""
ADDED = {"activities": "n", "yen": "yen", "persons": "anonymous"}
THINGS = {  # what is counted once, where it comes from, and which of it
    "persons": ("person", "JOIN people USING (activity)", ""),
    "partners": ("partner", "JOIN partners USING (activity)", "abroad"),
    "companies": ("partner", "JOIN partners USING (activity)", "abroad AND of_company"),
    "countries": ("country", "JOIN countries USING (activity)", "abroad"),
    "languages": ("language", "", "language >= 0"),
    "sdgs": ("goal", "JOIN sdgs USING (activity)", ""),
}


class DuckDB:
    """A database in memory with every table, and the activities in every unit and year in which they count."""

    def __init__(self, folder: Path) -> None:
        self._database = duckdb.connect()
        for name in TABLES:
            self._database.register("rows", pa.table(table(folder, name)))
            self._database.execute(f"CREATE TABLE {name} AS SELECT * FROM rows")
            self._database.unregister("rows")
        self._database.execute(COUNTED)

    def added(self, questions: Sequence[Asked]) -> Columns:
        """First what each combination of conditions holds, then what every question adds up of these few rows."""
        conditions = sorted({condition for one in questions for condition in one["only"]})
        kept = ", ".join(["unit", "year", "type", *conditions])
        few = f"SELECT {kept}, count(*) AS n, sum(yen) AS yen, sum(anonymous) AS anonymous FROM counted GROUP BY ALL"
        sums = ", ".join(f"sum({ADDED[one['of']]}) FILTER (WHERE {_met(one)}) AS {one['name']}" for one in questions)
        return self._rows(f"SELECT unit, year, {sums} FROM ({few}) GROUP BY unit, year")

    def distinct(self, questions: Sequence[Asked]) -> Iterator[Columns]:
        """Each question by itself, as its conditions then leave most rows out."""
        for one in questions:
            thing, source, of_kind = THINGS[one["of"]]
            where = " AND ".join(filter(None, [_met(one), of_kind]))
            yield self._rows(
                f"SELECT unit, year, count(DISTINCT {thing}) AS {one['name']} FROM counted {source} "
                f"WHERE {where} GROUP BY unit, year"
            )

    def _rows(self, statement: str) -> Columns:
        rows: Columns = self._database.execute(statement).fetchnumpy()
        return rows


def _met(one: Asked) -> str:
    types = [f"type IN ({', '.join(map(str, one['types']))})"] if one["types"] else []
    return " AND ".join([*types, *one["only"]]) or "true"


if __name__ == "__main__":
    run("DuckDB", duckdb.__version__, DuckDB)
