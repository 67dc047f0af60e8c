"""The flat table in DuckDB, Polars or pandas: `python -m benchmarks.peers.filters_there FOLDER PEER` in their own."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from benchmarks.peers.flat import DISTINCT, Ask, answer_all, asked, statement
from benchmarks.peers.protocol import Array, table

CELL = ["department", "year"]


def in_duckdb(columns: Mapping[str, Array], added: Sequence[str]) -> Ask:
    database = duckdb.connect()
    database.register("rows", pa.table(dict(columns)))
    database.execute("CREATE TABLE flat AS SELECT * FROM rows")

    def ask(question: str, countries: Sequence[int]) -> Mapping[str, Array]:
        rows: Mapping[str, Array] = database.execute(statement(question, added, countries)).fetchnumpy()
        return rows

    return ask


def in_polars(columns: Mapping[str, Array], added: Sequence[str]) -> Ask:
    frame = pl.DataFrame(dict(columns))
    found = {
        "one count": [pl.len().alias("n")],
        "eleven sums": [pl.col(name).cast(pl.Float64 if name == "yen" else pl.Int64).sum() for name in added],
        "two distinct counts": [pl.col(name).n_unique() for name in DISTINCT],
    }

    def ask(question: str, countries: Sequence[int]) -> Mapping[str, Array]:
        kept = frame.lazy().filter(pl.col("country").is_in(list(countries)))
        rows = kept.group_by(CELL).agg(found[question]).collect()
        return {name: rows[name].to_numpy() for name in rows.columns}

    return ask


def in_pandas(columns: Mapping[str, Array], added: Sequence[str]) -> Ask:
    frame = pd.DataFrame(dict(columns))

    def ask(question: str, countries: Sequence[int]) -> Mapping[str, Array]:
        cells = frame[frame["country"].isin(countries)].groupby(CELL)
        rows = {
            "one count": lambda: cells.size().rename("n").to_frame(),
            "eleven sums": lambda: cells[list(added)].sum(),
            "two distinct counts": lambda: cells[list(DISTINCT)].nunique(),
        }[question]().reset_index()
        return {str(name): rows[name].to_numpy() for name in rows}

    return ask


PEERS = {
    "DuckDB": (duckdb.__version__, in_duckdb),
    "Polars": (pl.__version__, in_polars),
    "pandas": (pd.__version__, in_pandas),
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("peer", choices=PEERS)
    options = parser.parse_args()
    version, made = PEERS[options.peer]
    ask = made(table(options.folder, "flat"), asked(options.folder)["added"])
    answer_all(options.folder, options.peer, version, ask)


if __name__ == "__main__":
    main()
