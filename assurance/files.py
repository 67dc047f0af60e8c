"""Promises on files: what goes out comes in again as it was and is calculated by nobody; bad files are refused."""

import tempfile
from pathlib import Path

from sqlalchemy import Engine

from assurance.promise import Outcome, Promise
from benchmarks.reading import MUTATIONS, corpus_read
from data_access.engine import connect
from data_access.exports import EXPORTED, FORMATS, table_of
from data_access.files.formula_text import escaped
from data_access.files.spreadsheets import as_csv, as_xlsx
from data_access.imports import store_file
from data_access.imports.looks_like import no_value
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from metrics.declared import IMPLIED
from tests.data_access.files.meaning import known_for, tally
from tests.data_access.imports.conftest import add_departments, contents, csv_text
from tests.data_access.imports.corpus.outcomes import differing
from tests.data_access.payloads import PAYLOADS, calculated, fields, formulas, rows_with
from tests.prepared import prepare_file

ORIGIN = ("import_id", "file_row")  # where a row came from, and not what it says
NOT_RECORDS = ("state", "audit_events", "versions")


def bring_back(payloads: tuple[str, ...] = PAYLOADS) -> Outcome:
    """Payloads in every text field of every kind, exported in both formats, opened, and imported elsewhere."""
    let_in = tuple(text for text in payloads if no_value(text, names_the_record=True) is None)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        first = _university(home / "first.db")
        for kind, rows in rows_with(let_in):
            _taken_in(
                first,
                kind,
                home / "given.csv",
                csv_text([{name: escaped(cell) for name, cell in row.items()} for row in rows]).encode(),
            )
        opened, bad, differences, rows_seen = 0, 0, 0, 0
        for ending in FORMATS:
            second = _university(home / f"second-{ending}.db")
            for kind in sorted(EXPORTED, key=lambda kind: kind != "departments"):
                content = _exported(first, kind, ending)
                opened += 1
                bad += len(calculated(content, ending)) + (formulas(content) if ending == "xlsx" else 0)
                _taken_in(second, kind, home / f"{kind}.{ending}", content)
            mine, other = _said(first), _said(second)
            rows_seen += sum(map(len, mine.values()))
            differences += sum(mine[name] != other[name] for name in mine)
            second.dispose()
        first.dispose()
    tried = (
        f"{len(let_in)} payloads in each of {fields()} text fields ({len(payloads) - len(let_in)} more the import "
        f"refuses), {opened} files in {' and '.join(FORMATS)}, {rows_seen:,} rows brought back"
    )
    return Outcome(tried, f"cells calculated {bad}, tables that differ {differences}", bad == differences == 0)


def refuse_bad_files(mutations: int = MUTATIONS) -> Outcome:
    """The corpus of nasty files and mutations of a good one, each read in a process of its own or cell by cell."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        read = corpus_read(home)
        unexpected = differing()
        known = known_for(home / "mutations.db")
        tallies = [tally(known, ending, range(mutations)) for ending in (".csv", ".xlsx")]
    different = [one for of in tallies for one in of.different]
    tried = f"{read.files} nasty files, {2 * mutations:,} mutations of a good one"
    refused, accepted = sum(of.refused for of in tallies), sum(of.accepted for of in tallies)
    result = (
        f"nasty files not treated as expected {len(unexpected)}, mutations refused {refused:,}, accepted {accepted:,}, "
        f"accepted but different {len(different)}; peak {read.peak} MB, longest {read.longest:.1f} s"
    )
    return Outcome(tried, result, not unexpected and not different and read.peak < 300 and read.longest < 5)


def _university(file: Path) -> Engine:
    engine = connect(prepare_file(file))
    add_departments(engine)
    return engine


def _taken_in(engine: Engine, kind: str, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    shares = {key: indicator.unit == "share" for key, indicator in INDICATORS.items()}
    report = store_file(engine, kind, path, indicators=shares, conditions=IMPLIED)
    if report.status == "refused":
        raise ValueError(f"{path.name} of {kind} was refused: {[remark.message.en for remark in report.remarks[:2]]}")


def _exported(engine: Engine, kind: str, ending: str) -> bytes:
    rows = table_of(Records(engine, WHOLE_UNIVERSITY), kind)
    return as_csv(rows) if ending == "csv" else as_xlsx(rows, kind)


def _said(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """Every row of every table of records, without the place in a file that it came from."""
    tables = {name: rows for name, rows in contents(engine).items() if name not in NOT_RECORDS}
    return {name: [{k: v for k, v in row.items() if k not in ORIGIN} for row in rows] for name, rows in tables.items()}


PROMISES = (
    Promise(
        number=6,
        promise="Export, then import, gives the same records, and no spreadsheet calculates a text",
        explanation="Texts that spreadsheets take for formulas, quotation marks and separators stand in every text "
        "field; what is exported is opened with csv (split at commas, semicolons and tabs) and openpyxl, imported into "
        "an empty database, and all tables are compared.",
        attempt=bring_back,
    ),
    Promise(
        number=12,
        promise="Bad files are refused with the place named, and nothing that is accepted means something else",
        explanation="Bombs, damaged workbooks and lists that lie, each with the outcome that is expected of it, and "
        "seeded mutations of a good file, whose accepted cells are compared with what another reader says; less than "
        "300 MB and 5 s each.",
        attempt=refuse_bad_files,
    ),
)
