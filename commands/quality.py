"""`manage.py quality`: what is wrong or missing in the records, whose it is to mend, the same as on the page."""

import argparse
import sys

import numpy as np
import pandas as pd
from sqlalchemy import Engine

from commands.output import write_out
from data_access.files.spreadsheets import as_csv, as_xlsx, rows_of
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.ledger import FRAMES
from metrics.quality.check import SEVERITIES
from metrics.quality.holdings import Holdings
from metrics.quality.listed import listed
from metrics.quality.registry import CHECKS, findings, within
from vocabulary.text import Language


class NotThereError(LookupError):
    """A code was asked for that does not exist; the message says what there is instead."""


def add_options(parser: argparse.ArgumentParser, language: Language) -> None:
    parser.add_argument("--check", nargs="+", metavar="CHECK", help=f"only these: {', '.join(CHECKS)}")
    parser.add_argument("--department", metavar="CODE", help="only of this department and those below it")
    parser.add_argument("--source", metavar="SOURCE", help="only of this source (populations: the headcounts)")
    parser.add_argument("--year", type=int, metavar="YEAR", help="only of this fiscal year (2025 = FY2025)")
    parser.add_argument("--format", choices=("text", "csv", "json", "xlsx"), default="text", help="(%(default)s)")
    parser.add_argument("--language", choices=("en", "ja"), default=language, help="of the words (%(default)s)")
    parser.add_argument("--output", metavar="FILE", help="write to a file instead of standard output")


def run(engine: Engine, options: argparse.Namespace) -> int:
    """Print (or write) the findings; 0 however many there are, 1 for a code that does not exist."""
    with Records(engine, WHOLE_UNIVERSITY).at_one_moment() as records:
        held = Holdings.of({name: getattr(records, name)() for name in FRAMES})
    try:
        found = asked(held, options)
    except NotThereError as error:
        print(error, file=sys.stderr)
        return 1
    rows = listed(held, found, options.language)
    content = _text(rows, options.language) if options.format == "text" else written(rows, options.format)
    return write_out(content, options.output, "findings")


def asked(held: Holdings, options: argparse.Namespace) -> pd.DataFrame:
    """The findings that the options ask for."""
    ledger = held.ledger
    for what, codes, there in (
        ("check", options.check or [], CHECKS),
        ("department", [options.department] if options.department else [], ledger.unit_position),
        ("source", [options.source] if options.source else [], [*held.sources, "populations"]),
    ):
        missing = [code for code in codes if code not in there]
        if missing:
            raise NotThereError(f"no {what} {', '.join(missing)}; there are: {', '.join(there)}")
    found = findings(held, [CHECKS[key] for key in options.check or CHECKS])
    kept = np.ones(len(found), dtype=bool)
    if options.department:
        kept &= within(found, ledger, ledger.tree.within[ledger.unit_position[options.department]])
    if options.source:
        kept &= (found["source"] == options.source).to_numpy()
    if options.year is not None:
        kept &= (found["fiscal_year"] == options.year).to_numpy()
    return found[kept]


def written(rows: pd.DataFrame, form: str) -> bytes:
    """The findings as CSV (UTF-8), JSON (a list of rows) or XLSX."""
    if form == "json":
        return (str(rows.to_json(orient="records", force_ascii=False)) + "\n").encode()
    return as_csv(rows_of(rows), mark=False) if form == "csv" else as_xlsx(rows_of(rows), "quality")


def _text(rows: pd.DataFrame, language: Language) -> bytes:
    """One block a check, the gravest first: how many, the rule, how to mend, then a line a finding."""
    lines: list[str] = []
    for key, mine in rows.groupby("check", sort=False):
        check = CHECKS[str(key)]
        severity = SEVERITIES[check.severity].name
        lines.append(f"{check.name.said_in(language)} ({severity.said_in(language)}, {key}): {len(mine):,}")
        lines += [f"  {text.said_in(language)}" for text in (check.rule, check.mend)]
        lines += [_line({str(name): value for name, value in row.items()}) for row in mine.to_dict("records")]
        lines.append("")
    return "\n".join(lines).encode()


def _line(row: dict[str, object]) -> str:
    what = row["record_id"] or row["counted"]
    named = f"{row['source']}:{what}" if what else str(row["source"])
    return f"  - {row['department']} FY{row['fiscal_year']} {named}: {row['wrong']}"
