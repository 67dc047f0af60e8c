"""What `manage.py export` does: a file of one kind that `manage.py import` takes, with all that is stored of it."""

import argparse
import sys
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine

from commands.acting import operator
from data_access.audit import record
from data_access.engine import as_whole
from data_access.exports import EXPORTED, FORMATS, table_of
from data_access.files.spreadsheets import as_csv, as_xlsx
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY, Scope


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", choices=EXPORTED, help=f"one of {', '.join(EXPORTED)}")
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="of the file (%(default)s)")
    parser.add_argument("--file", type=Path, help="to write; it must not be there yet (KIND.csv or KIND.xlsx)")
    parser.add_argument("--department", metavar="CODE", help="only what its head may see: its records, without people")


def run(engine: Engine, options: argparse.Namespace) -> int:
    """Writes the file; 1 where it is there already, or the department is not."""
    records = Records(engine, WHOLE_UNIVERSITY)
    if options.department is not None:
        try:
            records = Records(engine, Scope(departments=records.subtree(options.department)))
        except LookupError as error:
            print(error, file=sys.stderr)
            return 1
    rows = list(table_of(records, options.kind))
    path = options.file or Path(f"{options.kind}.{options.format}")
    content = as_csv(iter(rows)) if options.format == "csv" else as_xlsx(iter(rows), options.kind)
    try:
        with engine.begin() as connection, path.open("xb") as file:
            file.write(content)
            told = {"kind": options.kind, "format": options.format}
            record(
                as_whole(connection),
                operator(),
                "export",
                object=options.kind,
                scope=records.scope.code,
                details=told,
                rows=len(rows) - 1,  # without the header
                sha256=sha256(content).hexdigest(),
            )
    except FileExistsError:
        print(f"{path} is there already. Name another file with --file.", file=sys.stderr)
        return 1
    print(path)
    return 0
