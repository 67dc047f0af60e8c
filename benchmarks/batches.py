"""How long 100,000 rows take: tried with the figures that move, stored, rolled back; and whoever reads meanwhile."""

import csv
import multiprocessing
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from pandas import DataFrame
from sqlalchemy import Connection, Engine

from data_access.batches.roll_back import roll_back
from data_access.engine import connect
from data_access.imports import preview_files, store_file
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.ledger import FRAMES
from metrics.moves import every_figure, moves

ROWS = 100_000
HEADER = (
    *("record_id", "source", "activity_type", "title", "start_date"),
    *("departments", "partners", "countries", "people"),
)
PARTNERS = 300
HEAD = (
    f"{'a file of ' + format(ROWS, ',') + ' activities':<38}"
    f"{'seconds':>10}{'rows/s':>10}{'peak MB':>10}{'reader s':>10}"
)


def measure(url: str) -> Iterator[str]:
    """The lines of the table; works on a copy of an SQLite database.

    `peak MB`: of the process that does it and of the one that reads the file for it, whichever is larger; `reader s`:
    the slowest of the reads of another process meanwhile, of the version of the data and one source's activities.
    """
    database = connect(url).url.database
    if not url.startswith("sqlite") or not database:
        yield "batches: measured on SQLite only"
        return
    with tempfile.TemporaryDirectory() as folder:
        copy, file = shutil.copy(database, Path(folder) / "copy.db"), Path(folder) / "activities.csv"
        write(file, connect(f"sqlite:///{copy}"))
        yield HEAD
        for step in ("tried, with the figures that move", "checked, resolved and stored", "rolled back"):
            seconds, peak, slowest = _measured(step, f"sqlite:///{copy}", file)
            yield f"{step:<38}{seconds:>10.1f}{ROWS / seconds:>10,.0f}{peak:>10,.0f}{slowest:>10.2f}"


def write(file: Path, engine: Engine, rows_wanted: int = ROWS) -> None:
    """A CSV of activities of all departments, each with two partners of the registry, a country and two people."""
    records, chance = Records(engine, WHOLE_UNIVERSITY), random.Random(1)  # noqa: S311
    departments = [code for code in records.departments()["code"] if code != "*"]
    partners = list(records.partners()["ror_id"].dropna())[:PARTNERS]
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(HEADER)
        for number in range(rows_wanted):
            day = f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02}-15"
            people = f"b{chance.randrange(20_000)};c{chance.randrange(20_000)}"
            named = ";".join(chance.sample(partners, 2))
            codes = ";".join(chance.sample(departments, chance.randint(1, 2)))
            rows.writerow(
                (f"B{number}", "benchmark", "publication", f"Paper {number}", day, codes, named, "DE", people)
            )
    engine.dispose()


def _measured(step: str, url: str, file: Path) -> tuple[float, float, float]:
    """Seconds and peak memory (MB) of a step in a process of its own, and the slowest read meanwhile (seconds)."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(step, url, str(file), there))
    process.start()
    engine = connect(url)
    records, slowest = Records(engine, WHOLE_UNIVERSITY), 0.0
    while not here.poll(0.05):
        started = time.perf_counter()
        records.data_version()
        records.activities(source="mobility")
        slowest = max(slowest, time.perf_counter() - started)
    engine.dispose()
    seconds, peak = here.recv()
    process.join()
    return seconds, peak, slowest


def _work(step: str, url: str, file: str, pipe: Pipe) -> None:
    engine, started = connect(url), time.perf_counter()
    if step.startswith("tried"):
        _try(engine, Path(file))
    elif step.startswith("checked"):
        report = store_file(engine, "activities", Path(file), indicators={})
        if report.rows_new != ROWS:
            raise RuntimeError(f"stored {report.rows_new} of {ROWS} rows: {report.remarks[:3]}")
    else:
        last = int(Records(engine, WHOLE_UNIVERSITY).imports()["import_id"].max())
        if roll_back(engine, last, importer="benchmark").counts.removed != ROWS:
            raise RuntimeError("the import is not rolled back")
    seconds = time.perf_counter() - started
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    pipe.send((seconds, max(used) / 1024))


def _try(engine: Engine, file: Path) -> None:
    with Records(engine, WHOLE_UNIVERSITY).at_one_moment() as records:
        before = _frames(records)
    old = every_figure(before, before["declared_indicators"])
    del before  # as the command does

    def look(connection: Connection) -> dict[str, DataFrame]:
        return _frames(Records.on(connection, WHOLE_UNIVERSITY))

    preview = preview_files(engine, "activities", [file], look=look, indicators={})
    if preview.seen is None:
        raise RuntimeError(f"refused: {preview.reports[0].remarks[:3]}")
    new = every_figure(preview.seen, preview.seen["declared_indicators"])
    if moves(old.table, new.table, {**old.indicators, **new.indicators}).empty:
        raise RuntimeError("no figure moves")


def _frames(records: Records) -> dict[str, DataFrame]:
    return {name: getattr(records, name)() for name in (*FRAMES, "declared_indicators")}
