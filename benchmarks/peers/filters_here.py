"""The flat table in our ledger, in SQLite and in PostgreSQL.

`python -m benchmarks.peers.filters_here FOLDER PEER SIZE DATABASE`; `ours` writes the table for all others.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import psycopg
from pandas import DataFrame
from sqlalchemy import Connection, create_engine

from benchmarks import scaled
from benchmarks.peers.flat import Ask, Flat, answer_all, asked, statement
from benchmarks.peers.protocol import Array, put, table
from metrics.catalogue import INDICATORS
from metrics.conditions import met
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.measures import Activities, Distinct, Measure, Money, Persons
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests import postgresql

CONDITIONS = (
    *("partner_abroad", "company", "company_abroad", "public_partner", "led_here"),
    *("least_developed", "top_10_percent", "with_percentile", "sdg", "not_students"),
)
FILTERS = 6
CHOSEN = 8  # countries of a filter


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("peer", choices=("ours", "SQLite", "PostgreSQL"))
    parser.add_argument("size", type=int)
    parser.add_argument("database")
    options = parser.parse_args()
    if options.peer == "ours":
        ledger = flat_ledger(options.database, options.size)
        write(ledger, options.folder)
        answer_all(options.folder, "ours", "", in_our_ledger(ledger))
    elif options.peer == "SQLite":
        with create_engine(f"sqlite:///{options.folder / 'flat.db'}").connect() as connection:
            answer_all(options.folder, "SQLite", *in_sqlite(connection, options.folder))
    else:
        with filled_postgresql(options.folder) as connection:
            answer_all(options.folder, "PostgreSQL", *in_postgresql(connection, options.folder))


def flat_ledger(database: str, size: int) -> Ledger:
    return Ledger.of(scaled.grown(scaled.frames_of(database), size, flat=True))


def write(ledger: Ledger, folder: Path) -> None:
    """The flat table and what is asked of it: other countries abroad in each filter."""
    first = ledger.fiscal_years[0] - ledger.years[0]
    columns: dict[str, Array] = {
        "department": ledger.departments.codes.whole.astype(np.int16),
        "year": (ledger.first_year.whole - first).astype(np.int16),
        "country": ledger.countries.codes.whole.astype(np.int16),
        "person": ledger.people.codes.whole.astype(np.int32),
        "partner": ledger.partners.codes.whole.astype(np.int32),
        "yen": np.nan_to_num(ledger.yen.whole),
        **{name: met(ledger, (name,)).astype(np.int8) for name in CONDITIONS},
    }
    abroad = np.unique(ledger.countries.codes.whole)
    abroad = abroad[ledger.foreign[abroad]]
    chance = np.random.default_rng(1)
    chosen = min(CHOSEN, len(abroad))
    said: Flat = {
        "filters": [np.sort(chance.choice(abroad, chosen, replace=False)).tolist() for _ in range(FILTERS)],
        "added": [*CONDITIONS, "yen"],
        "shape": (len(ledger.units), len(ledger.fiscal_years)),
    }
    put(folder, {"flat": columns}, flat=said)


def in_our_ledger(ledger: Ledger) -> Ask:
    """The same questions to `tabulate`, which counts for faculties and the university as well: these are left out."""
    measures: dict[str, dict[str, Measure]] = {
        "one count": {"n": Activities()},
        "eleven sums": {**{name: Activities(only=(name,)) for name in CONDITIONS}, "yen": Money()},
        "two distinct counts": {"person": Persons(), "partner": Distinct(of="partners")},
    }
    leaf, shape = ledger.tree.leaves, (len(ledger.units), len(ledger.fiscal_years))
    department, year = np.nonzero(np.repeat(leaf[:, None], shape[1], axis=1))

    def ask(question: str, countries: Sequence[int]) -> Mapping[str, Array]:
        chosen = Selection(countries=frozenset(ledger.country_codes[code] for code in countries))
        table = tabulate(ledger, [_counting(*one) for one in measures[question].items()], selection=chosen)
        numbers = table["numerator"].to_numpy(dtype=np.float64).reshape(len(measures[question]), *shape)
        found = {name: numbers[place][leaf].ravel() for place, name in enumerate(measures[question])}
        return {"department": department, "year": year, **found}

    return ask


def _counting(name: str, measure: Measure) -> Indicator:
    return replace(INDICATORS["publications"], key=name, numerator=measure)


def in_sqlite(connection: Connection, folder: Path) -> tuple[str, Ask]:
    columns, added = table(folder, "flat"), asked(folder)["added"]
    connection.exec_driver_sql(f"CREATE TABLE flat ({', '.join(columns)})")
    rows = list(zip(*(column.tolist() for column in columns.values()), strict=True))
    connection.exec_driver_sql(f"INSERT INTO flat VALUES ({', '.join('?' * len(columns))})", rows)
    connection.commit()
    version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar())

    def ask(question: str, countries: Sequence[int]) -> Mapping[str, Array]:
        found = connection.exec_driver_sql(statement(question, added, countries))
        return _columns(list(found.keys()), found.all())

    return version, ask


@contextmanager
def filled_postgresql(folder: Path) -> Iterator[psycopg.Connection]:
    """A server of our own with the flat table; nobody else reaches it."""
    with postgresql.cluster() as cluster, psycopg.connect(cluster.fresh_database(), autocommit=True) as connection:
        fill(connection, folder)
        yield connection


def fill(connection: psycopg.Connection, folder: Path) -> None:
    """Make the flat table and copy the rows into it."""
    columns = table(folder, "flat")
    kinds = {"f": "double precision", "i": "integer"}
    typed = ", ".join(f"{name} {kinds[column.dtype.kind]}" for name, column in columns.items())
    connection.execute(f"CREATE TABLE flat ({typed})".encode())
    with connection.cursor().copy("COPY flat FROM STDIN WITH (FORMAT csv)") as copy:
        copy.write(DataFrame(columns).to_csv(index=False, header=False))
    connection.execute("VACUUM ANALYZE flat")


def in_postgresql(connection: psycopg.Connection, folder: Path) -> tuple[str, Ask]:
    added = asked(folder)["added"]

    def ask(question: str, countries: Sequence[int]) -> Mapping[str, Array]:
        found = connection.execute(statement(question, added, countries).encode())
        return _columns([column.name for column in found.description or ()], found.fetchall())

    return f"{connection.info.server_version // 10_000}", ask


def _columns(names: Sequence[str], rows: Sequence[Sequence[float]]) -> Mapping[str, Array]:
    return {name: np.array([row[place] for row in rows]) for place, name in enumerate(names)}


if __name__ == "__main__":
    main()
