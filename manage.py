"""The operator's command line: `python manage.py COMMAND`, one function per command.

A command is a function that adds itself to the parser and names the function that runs it (which returns the exit
status). What a command alone needs is imported when it runs, so that each starts quickly.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from commands.databases import found_database, new_or_found_database, over_database
from data_access.engine import UnusableDatabaseError, default_url
from data_access.migrations import NewerSchemaError
from data_access.person_keys import PersonKeyError
from data_access.roles import RoleError, let_work
from metrics.disclosure.setting import UnknownMethodError, chosen_method

if TYPE_CHECKING:
    from vocabulary.text import Language

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # argparse has no other name for it

HOME = Path(__file__).resolve().parent
# NumPy asks Linux for huge pages for every large array; to find and clear them for arrays that live a moment takes
# longer than to count with these (https://numpy.org/doc/stable/reference/global_state.html). Read when it is imported.
ORDINARY_PAGES = ("NUMPY_MADVISE_HUGEPAGE", "0")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what was asked."""
    os.environ.setdefault(*ORDINARY_PAGES)
    parser = argparse.ArgumentParser(prog="manage.py", description="The International Strategy Monitor.")
    parser.epilog = "DATABASE_URL names the database of every command (default: the one in the folder data/)."
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    words = sys.argv[1:] if arguments is None else arguments
    every = dict.fromkeys(COMMANDS.values())  # each once
    for add in (COMMANDS[words[0]],) if words and words[0] in COMMANDS else every:
        add(commands)
    options = parser.parse_args(words)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        if run is not run_serve:  # which says of every setting what is wrong, in one form
            chosen_method()
        return run(options)
    except (UnusableDatabaseError, NewerSchemaError, UnknownMethodError, PersonKeyError, RoleError) as error:
        print(error, file=sys.stderr)
    except DatabaseError as error:
        if type(error) not in (DatabaseError, OperationalError):  # a fault of ours, to be seen whole
            raise
        print(_no_answer(error, getattr(options, "into", None) or default_url()), file=sys.stderr)
    return 1


def _no_answer(error: DatabaseError, url: str) -> str:
    """What a database said that cannot be opened, reached or written to, and what to do; no password is told."""
    said = str(error.orig).strip().splitlines()[0]
    advice = "make room for it, then try again" if " full" in said else "see DATABASE_URL"
    advice = f"{advice}; `manage.py prepare` makes a new one" if "not where it was" in said else advice
    advice = "another program is writing to it: try again" if "locked" in said else advice
    address = make_url(url).render_as_string()
    return f"The database {address} gave no answer: {said} ({advice}). Nothing was stored."


def add_prepare(commands: "Commands") -> None:
    parser = commands.add_parser("prepare", help="create the database or bring its schema up to date")
    parser.add_argument("--app-role", metavar="NAME", help="of PostgreSQL, that serves: gets the rights it needs")
    parser.set_defaults(run=run_prepare)


def run_prepare(options: argparse.Namespace) -> int:
    engine = new_or_found_database()
    if options.app_role:
        let_work(engine, options.app_role)
    engine.dispose()
    return 0


def add_serve(commands: "Commands") -> None:
    parser = commands.add_parser("serve", help="serve the monitor")
    parser.add_argument("--address", default=os.environ.get("ADDRESS", "127.0.0.1"), help="to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8501"), help="to listen on (%(default)s)")
    parser.add_argument("--demonstration", action="store_true", help="as MONITOR_READERS=demonstration says it")
    parser.set_defaults(run=run_serve)


def run_serve(options: argparse.Namespace) -> int:
    from commands import serving

    return serving.run(options, _told_on_terminal, _language())


def add_import(commands: "Commands") -> None:
    from commands import importing

    parser = commands.add_parser("import", help="check files and store them whole", description=importing.DESCRIPTION)
    importing.add_options(parser, _language())
    parser.set_defaults(run=run_import, refuse=parser.error)


def run_import(options: argparse.Namespace) -> int:
    from commands import fetching, importing, recognising

    if wrong := recognising.check_options(options) or fetching.check_options(options):
        options.refuse(wrong)
    engine = new_or_found_database()
    try:
        return importing.run(engine, options, _told_on_terminal)
    finally:
        engine.dispose()


def add_template(commands: "Commands") -> None:
    from commands import templates

    parser = commands.add_parser("template", help="write a workbook to fill in for a kind of file")
    templates.add_options(parser, _language())
    parser.set_defaults(run=lambda options: templates.run(found_database(), options))


def add_roll_back(commands: "Commands") -> None:
    from commands.acting import add_who_and_language

    parser = commands.add_parser(
        "roll-back",
        help="undo one import: what it replaced or withdrew is there again, what it added is gone",
        description="Undo one import in one transaction; exit status 1, with what stands in its way, if it cannot.",
    )
    parser.add_argument("import_id", metavar="IMPORT_ID", type=int, help="its number, as `import` and the page say it")
    add_who_and_language(parser, _language())
    parser.set_defaults(run=run_batches)


def add_history(commands: "Commands") -> None:
    from commands.acting import add_who_and_language
    from data_access.batches.stored_as import KEYS

    parser = commands.add_parser("history", help="print every version of one record, newest first")
    parser.add_argument("kind", metavar="KIND", choices=list(KEYS), help=f"one of {', '.join(KEYS)}")
    parser.add_argument("key", metavar="KEY", nargs="+", help="what names the record, as activities SOURCE RECORD_ID")
    add_who_and_language(parser, _language())
    parser.set_defaults(run=run_batches)


def run_batches(options: argparse.Namespace) -> int:
    from commands import batches

    return batches.run(found_database(), options)


def add_export(commands: "Commands") -> None:
    from commands import exporting

    parser = commands.add_parser(
        "export",
        help="write a file of one kind with all that is stored of it, which can be imported again",
        description="The columns are those of the format. In CSV an apostrophe stands before a text that a "
        "spreadsheet would calculate; the import takes it off.",
    )
    exporting.add_options(parser)
    parser.set_defaults(run=run_export)


def run_export(options: argparse.Namespace) -> int:
    from commands import exporting

    return over_database(exporting.run, options)


def add_demo(commands: "Commands") -> None:
    parser = commands.add_parser(
        "demo",
        help="fill the database with demonstration data",
        description="Store synthetic records of real departments and partners, calibrated to published figures. "
        "Exit status 1 when the database holds records that are not demonstration data.",
    )
    parser.set_defaults(run=run_demo)


def run_demo(_options: argparse.Namespace) -> int:
    import demonstration

    engine = new_or_found_database()
    try:
        counts = demonstration.load(engine, progress=_told_on_terminal)
    except demonstration.NotEmptyError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        engine.dispose()
    print("demonstration data: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()))
    return 0


def add_figures(commands: "Commands") -> None:
    from commands import figures

    parser = commands.add_parser(
        "figures",
        help="print the figures: one row per indicator, department and fiscal year",
        description="The figures of the catalogue, the same numbers as on every page. The university is department *.",
    )
    figures.add_options(parser)
    parser.set_defaults(run=run_figures)


def run_figures(options: argparse.Namespace) -> int:
    from commands import figures

    return over_database(figures.run, options)


def add_quality(commands: "Commands") -> None:
    from commands import quality

    parser = commands.add_parser(
        "quality",
        help="print what is wrong or missing in the records, whose it is to mend, and how",
        description="The findings of all checks, as the page Quality shows them. Exit status 0 however many there are.",
    )
    quality.add_options(parser, _language())
    parser.set_defaults(run=run_quality)


def run_quality(options: argparse.Namespace) -> int:
    from commands import quality

    return over_database(quality.run, options)


def add_match(commands: "Commands") -> None:
    parser = commands.add_parser(
        "match",
        help="say which organization of the registry (ROR) each name or affiliation of a file means",
        description="One row of CSV for each text: what it surely means, or the likeliest that a person may look at.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="one text a line, or a CSV or XLSX table")
    parser.add_argument("--column", help="of a table: the column that holds the texts (default: the first)")
    parser.add_argument("--country-column", help="of a table: the column with each text's country (ISO 3166 alpha-2)")
    parser.add_argument("--output", metavar="FILE", type=Path, help="write to a file instead of standard output")
    parser.set_defaults(run=run_match)


def run_match(options: argparse.Namespace) -> int:
    from commands import matching

    return matching.run(options)


def add_backups(commands: "Commands") -> None:
    from commands import backups

    backups.add_commands(commands)


def add_of(module: str) -> Callable[["Commands"], None]:
    """What adds the commands of a module that works on the database that is there."""

    def add(commands: "Commands") -> None:
        import_module(f"commands.{module}").add_commands(commands, found_database, _language())

    return add


def _told_on_terminal(done: float) -> None:
    """The part done, on one line that is written over; nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r{done:4.0%}", end="\n" if done >= 1 else "", file=sys.stderr, flush=True)


def _language() -> "Language":
    return "ja" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("ja") else "en"


COMMANDS = {  # what adds each: only that is imported which is asked for
    "prepare": add_prepare,
    "serve": add_serve,
    "import": add_import,
    "template": add_template,
    "roll-back": add_roll_back,
    "history": add_history,
    "export": add_export,
    "demo": add_demo,
    "figures": add_figures,
    "quality": add_quality,
    "match": add_match,
    **dict.fromkeys(("backup", "restore", "compare"), add_backups),
    **dict.fromkeys(("grant", "revoke", "grants"), add_of("access")),
    "audit": add_of("audit"),
    **dict.fromkeys(("erase-person", "correct-person", "erase-account", "retention"), add_of("persons")),
}

if __name__ == "__main__":
    sys.exit(main())
