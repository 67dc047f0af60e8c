"""What the page of quality is asked for: whose records, of which year and source; codes in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.quality.holdings import HEADCOUNTS
from metrics.quality.registry import CHECKS
from pages.parts import data
from pages.parts.filters import choose
from pages.parts.quality.kept import Seen, seen, sources
from vocabulary.calendar import fiscal_year_name
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

EVERY_YEAR = ""  # as an address says that nothing is chosen
ALL_YEARS = Text("All years", "全年度")
ALL_SOURCES = Text("All sources", "すべての情報源")
HEADCOUNTS_NAME = Text("headcounts", "人数")


@dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """The findings that are asked for, and of what."""

    department: str
    year: int | None  # None: all years
    source: str  # nothing: all sources
    seen: Seen

    @property
    def who(self) -> Text:
        """The department in a sentence; what a head sees of the university are the own departments."""
        if self.department != UNIVERSITY:
            return data.department_names()[self.department]
        if data.reader().scope.whole_university:
            return Text("the university", "全学")
        return Text("the departments that you answer for", "所管部局")

    @property
    def year_name(self) -> Text:
        """The fiscal year, or all of them."""
        return ALL_YEARS if self.year is None else fiscal_year_name(self.year)

    @property
    def found(self) -> pd.DataFrame:
        """The findings, narrowed to the year and the source."""
        rows = self.seen.found
        if self.year is not None:
            rows = rows[rows["fiscal_year"] == self.year]
        return rows[rows["source"] == self.source] if self.source else rows


def choose_year() -> int | None:
    """One fiscal year (the latest unless asked otherwise), or all."""
    latest = data.fiscal_years()[-1]
    years: Mapping[str, Text] = {EVERY_YEAR: ALL_YEARS} | {
        str(year): fiscal_year_name(year) for year in reversed(data.fiscal_years())
    }
    chosen = choose("year", Text("Fiscal year", "年度"), years, str(latest), width=130)
    return None if chosen == EVERY_YEAR else int(chosen)


def choose_source() -> str:
    """One source, the headcounts, or all ("")."""
    named = {code: source_name(code) for code in [*sources(), HEADCOUNTS]}
    return choose("source", Text("Source", "情報源"), {"": ALL_SOURCES} | named, width=190)


def ask(department: str, year: int | None, source: str) -> Asked:
    """The findings of these filters."""
    return Asked(department=department, year=year, source=source, seen=seen(department))


def source_name(code: str) -> Text:
    """What a source is called: as it was written, but the headcounts."""
    return HEADCOUNTS_NAME if code == HEADCOUNTS else Text(code, code)


def checks_in(found: pd.DataFrame) -> list[str]:
    """The keys of the checks that found something, the gravest first."""
    there = set(found["check"])
    return [key for key in CHECKS if key in there]
