"""Asks for figures of single measures, so that a test reads: of whom, when, what, and what comes out."""

import pandas as pd

from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.measures import Measure
from metrics.tabulate import tabulate
from vocabulary.text import Text


def declared(numerator: Measure, denominator: Measure | None = None, unit: str = "") -> Indicator:
    """An indicator that is nothing but its measures; a share where it has a denominator."""
    return Indicator(
        key="tried",
        name=Text("tried", "試行"),
        definition=Text("tried", "試行"),
        target="research",
        process="deepening",
        unit=unit or ("share" if denominator else "count"),  # type: ignore[arg-type]  # tests name any unit
        better="higher",
        numerator=numerator,
        denominator=denominator,
    )


def table_of(ledger: Ledger, numerator: Measure, denominator: Measure | None = None, **asked: object) -> pd.DataFrame:
    """The figures of one indicator made of these measures; `asked` goes to `tabulate`."""
    return tabulate(ledger, [declared(numerator, denominator)], **asked)  # type: ignore[arg-type]  # handed on


def figure(
    ledger: Ledger,
    department: str,
    fiscal_year: int,
    numerator: Measure,
    denominator: Measure | None = None,
    **asked: object,
) -> pd.Series:
    """The one figure of a department and fiscal year."""
    table = table_of(ledger, numerator, denominator, **asked)
    row = table[(table["department"] == department) & (table["fiscal_year"] == fiscal_year)]
    assert len(row) == 1, f"{len(row)} rows for {department} FY{fiscal_year} in\n{table}"
    return row.iloc[0]


def by_department(
    ledger: Ledger, fiscal_year: int, numerator: Measure, denominator: Measure | None = None, **asked: object
) -> dict[str, float]:
    """The values of all departments in one fiscal year, those that are nothing left out."""
    table = table_of(ledger, numerator, denominator, **asked)
    table = table[(table["fiscal_year"] == fiscal_year) & (table["value"].fillna(0) != 0)]
    return {str(code): float(value) for code, value in zip(table["department"], table["value"], strict=True)}
