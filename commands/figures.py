"""`manage.py figures`: the table of figures, from the same function and cut by the same rule as every page."""

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from math import isnan

import pandas as pd
from sqlalchemy import Engine

from commands.output import write_out
from data_access.files.spreadsheets import as_csv, as_xlsx, rows_of
from data_access.readers import Reader, demonstration_readers
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from metrics.declared import declared, where_it_exists
from metrics.disclosure.published import Published, published
from metrics.disclosure.seen import Asked, seen
from metrics.disclosure.setting import chosen_method
from metrics.ledger import FRAMES, Census, Ledger
from metrics.tabulate import tabulate
from metrics.view import COUNTINGS, Selection

COLUMNS = [
    *("indicator", "department", "fiscal_year", "numerator", "denominator", "value"),
    *("low", "high", "known", "unknown", "status"),
]
CENSUS_DAY: Census = (5, 1)
COUNTS = ["numerator", "denominator", "known", "unknown"]


class NotThereError(LookupError):
    """A code was asked for that does not exist; the message says what there is instead."""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--indicator", nargs="+", metavar="KEY", help="only these indicators")
    parser.add_argument("--department", nargs="+", metavar="CODE", help="only these departments (* = the university)")
    parser.add_argument("--from", dest="first", type=int, metavar="YEAR", help="first fiscal year (2025 = FY2025)")
    parser.add_argument("--to", dest="last", type=int, metavar="YEAR", help="last fiscal year")
    parser.add_argument("--counting", choices=COUNTINGS, default="whole", help="how activities count (%(default)s)")
    parser.add_argument(
        "--census", type=_month_and_day, default=CENSUS_DAY, metavar="MM-DD", help="day of stock figures (05-01)"
    )
    parser.add_argument("--reader", metavar="READER", help="exactly what that reader may see (default: everything)")
    parser.add_argument("--format", choices=("csv", "json", "xlsx"), default="csv", help="(%(default)s)")
    parser.add_argument("--output", metavar="FILE", help="write to a file instead of standard output")


def run(engine: Engine, options: argparse.Namespace) -> int:
    """Print (or write) the figures; notes on what they leave out go to standard error."""
    everything = Records(engine, WHOLE_UNIVERSITY)
    try:
        figures = figures_for(engine, options)
    except NotThereError as error:
        print(error, file=sys.stderr)
        return 1
    for note in _notes(everything, figures, of_one_reader=options.reader is not None):
        print(note, file=sys.stderr)
    content = written(figures[COLUMNS], options.format)
    return write_out(content, options.output, "figures")


def figures_for(engine: Engine, options: argparse.Namespace) -> pd.DataFrame:
    """The figures that the options ask for, cut to what their reader may see.

    An indicator that a department declared has rows for it and those below it; for others where they are asked for.
    """
    everything = Records(engine, WHOLE_UNIVERSITY)
    reader = _reader(everything, options.reader)
    with everything.at_one_moment() as records:
        ledger = Ledger.of({name: getattr(records, name)() for name in FRAMES}, census=options.census)
    own_records = Records(engine, reader.scope) if reader else everything
    catalogue = INDICATORS | declared(own_records.declared_indicators()).indicators
    indicators = [catalogue[key] for key in _existing("indicator", options.indicator, catalogue) or catalogue]
    years = _years(ledger, options.first, options.last)
    departments = _existing("department", options.department, ledger.unit_position)
    selection = Selection(fiscal_years=years, departments=departments)
    figures = tabulate(ledger, indicators, selection=selection, counting=options.counting)
    if reader is not None and not reader.scope.whole_university:
        asked = Asked(selection=selection, counting=options.counting)
        figures = seen(figures, catalogue, reader.scope.covers, _published(ledger, options, reader), asked)
    return where_it_exists(figures, catalogue, ledger.tree) if departments is None else figures


def _published(ledger: Ledger, options: argparse.Namespace, reader: Reader) -> Published:
    """What of the university's figures on persons is published to a reader: of the common census day only.

    Of another day other figures could be withheld, and one table would give away what the other does not.
    """
    own = tuple(sorted(reader.scope.departments))
    common = options.census == CENSUS_DAY
    return published(ledger, INDICATORS.values() if common else (), own, chosen_method())


def _years(ledger: Ledger, first: int | None, last: int | None) -> tuple[int, ...]:
    """The fiscal years from the first to the last that is asked for; by default those that have records.

    NotThereError for a year before or after these: a slip such as 25 for 2025 would give a row for each in between.
    """
    earliest, latest = ledger.fiscal_years[0], ledger.fiscal_years[-1]
    first = earliest if first is None else first
    last = latest if last is None else last
    if not earliest <= first <= last <= latest:
        here = f"FY{earliest} to FY{latest}"
        raise NotThereError(f"no fiscal year from {first} to {last}; there are records of {here}")
    return tuple(range(first, last + 1))


def written(figures: pd.DataFrame, form: str) -> bytes:
    """The table as CSV (UTF-8), JSON (a list of rows) or XLSX; counts without a fraction are whole numbers."""
    table = figures.copy()
    for name in COUNTS:
        table[name] = pd.Series([_number(value) for value in table[name]], index=table.index, dtype=object)
    if form == "json":
        return (str(table.to_json(orient="records", force_ascii=False, double_precision=15)) + "\n").encode()
    return as_csv(rows_of(table), mark=False) if form == "csv" else as_xlsx(rows_of(table), "figures")


def _number(count: float) -> int | float | None:
    if isnan(count):
        return None
    return int(count) if float(count).is_integer() else round(float(count), 9)


def _notes(records: Records, figures: pd.DataFrame, *, of_one_reader: bool) -> list[str]:
    notes = []
    if records.is_demonstration():
        notes.append("demonstration data: these figures are synthetic, calibrated to published ones")
    if not of_one_reader:
        notes += [f"not read: {why}" for why in declared(records.declared_indicators()).unreadable.values()]
    if records.imports().empty:
        notes.append("nothing was imported yet: no figure has a value")
    incomplete = figures[figures["left_out"] > 0]
    for (key, year), rows in incomplete.groupby(["indicator", "fiscal_year"], sort=False):
        counts = ", ".join(f"{row.department} {row.left_out:.0f}" for row in rows.itertuples())
        notes.append(f"{key} FY{year}: records left out, no rate for their currency: {counts}")
    return notes


def _reader(records: Records, code: str | None) -> Reader | None:
    if code is None:
        return None
    readers = demonstration_readers(records) if records.is_demonstration() else {}
    if code not in readers:
        raise NotThereError(
            f"no reader {code!r}; there are: {', '.join(readers) or 'none yet (demonstration data only)'}"
        )
    return readers[code]


def _existing(what: str, codes: list[str] | None, there: Mapping[str, object]) -> tuple[str, ...] | None:
    missing = [code for code in codes or () if code not in there]
    if missing:
        raise NotThereError(f"no {what} {', '.join(missing)}; there are: {', '.join(there)}")
    return tuple(dict.fromkeys(codes)) if codes else None


def _month_and_day(words: str) -> Census:
    month, _, day = words.partition("-")
    try:
        date(2023, int(month), int(day))  # a day of every year: not 29 February
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{words!r} is not a day of the year; write MM-DD, as 05-01 for 1 May"
        ) from None
    return int(month), int(day)
