"""The operator's command line: `python manage.py COMMAND`, one function per command.

A command is a function that adds itself to the parser and names the function that runs it (which returns the exit
status). What a command alone needs is imported when it runs, so that each starts quickly.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data_access.engine import connect, default_url, prepare

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from data_access.imports import ImportReport
    from vocabulary.text import Language

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # argparse has no other name for it

HOME = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what was asked."""
    parser = argparse.ArgumentParser(prog="manage.py", description="The International Strategy Monitor.")
    parser.epilog = "DATABASE_URL names the database of every command (default: the one in the folder data/)."
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in COMMANDS:
        add(commands)
    options = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    return run(options)


def prepared_database() -> "Engine":
    """The database of `DATABASE_URL`, its schema created or brought up to date first."""
    engine = connect(default_url())
    prepare(engine)
    return engine


def add_prepare(commands: "Commands") -> None:
    parser = commands.add_parser("prepare", help="create the database or bring its schema up to date")
    parser.set_defaults(run=run_prepare)


def run_prepare(_options: argparse.Namespace) -> int:
    prepared_database().dispose()
    return 0


def add_import(commands: "Commands") -> None:
    from data_access.imports import HOME_ROR, KINDS

    parser = commands.add_parser(
        "import",
        help="check files and store them, all or nothing",
        description="Check every row of the files, then store all of them or, when one is refused, none. "
        "Exit status 0 when all was stored (or said nothing new), 1 with the report on standard error when not.",
    )
    parser.add_argument("kind", metavar="KIND", choices=list(KINDS), help=f"one of {', '.join(KINDS)}")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="CSV or XLSX; JSON or JSONL for works")
    parser.add_argument("--home-ror", default=HOME_ROR, help="the university's own ROR id (for works; %(default)s)")
    parser.add_argument("--language", choices=("en", "ja"), default=_language(), help="of the report (%(default)s)")
    parser.set_defaults(run=run_import)


def run_import(options: argparse.Namespace) -> int:
    from data_access.imports import store_files
    from metrics.catalogue import INDICATORS

    engine = prepared_database()
    shares = {key: indicator.unit == "share" for key, indicator in INDICATORS.items()}
    reports = store_files(engine, options.kind, options.files, indicators=shares, home_ror=options.home_ror)
    engine.dispose()
    refused = any(report.status == "refused" for report in reports)
    for report in reports:
        print("\n".join(described(report, options.language)), file=sys.stderr if refused else sys.stdout)
    return 1 if refused else 0


def described(report: "ImportReport", language: "Language") -> list[str]:
    """A report in lines: what became of the file, then each remark with its place."""
    counts = f"{report.rows_read} read, {report.rows_new} new, {report.rows_changed} changed"
    counts += f", {report.rows_unchanged} unchanged, {report.rows_refused} refused"
    lines = [f"{report.file_name}: {report.status} (rows: {counts})"]
    for remark in report.remarks:
        place = [f"row {remark.row}"] if remark.row is not None else []
        place += [f"column {remark.column}"] if remark.column else []
        place += [f'value "{remark.value}"'] if remark.value else []
        where = f"{', '.join(place)}: " if place else ""
        lines.append(f"  {remark.severity}: {where}{remark.message.said_in(language)}")
    return lines


def _language() -> "Language":
    return "ja" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("ja") else "en"


COMMANDS = (add_prepare, add_import)

if __name__ == "__main__":
    sys.exit(main())
