"""The filters of the fair comparison: the indicator, the mix that is taken out, and what is compared with."""

import zlib
from typing import NamedTuple

import pandas as pd

from metrics.catalogue import HEADLINES, INDICATORS
from metrics.indicator import Indicator
from metrics.strata_words import mixes
from pages.parts import data
from pages.parts.comparison.choices import OF_TARGET
from pages.parts.filters import choose
from vocabulary.activity_types import TARGETS
from vocabulary.calendar import fiscal_year_name
from vocabulary.strata import NAMES, Stratification
from vocabulary.text import Text

SAME_YEAR = "same"
UNIVERSITY_NOW = Text("The university, same year", "全学（同じ年度）")
UNIVERSITY_THEN = Text("The university, {year}", "全学（{year}）")
TABLE = Text("{source} ({year})", "{source}（{year}）")


class Reference(NamedTuple):
    """What departments are compared with: the university in a year, or a published table."""

    code: str
    name: Text  # in a sentence: `the university in FY2020`
    year: int
    source: str = ""  # of a published table


def choose_indicator() -> Indicator:
    """A share or rate that can be split by something; the list is in the order of the catalogue."""
    names = {
        key: OF_TARGET.filled(target=TARGETS[indicator.target], name=indicator.name)
        for key, indicator in INDICATORS.items()
        if mixes(data.ledger(), indicator)
    }
    return INDICATORS[choose("indicator", Text("Indicator", "指標"), names, HEADLINES["education", "comprehensive"])]


def choose_mix(indicator: Indicator) -> Stratification:
    """What is taken out: levels where the indicator has them, else the first of what it has."""
    possible = mixes(data.ledger(), indicator)
    chosen = choose(
        "mix", Text("Taking out the mix of", "そろえる条件"), {mix: NAMES[mix] for mix in possible}, style="buttons"
    )
    return next(mix for mix in possible if mix == chosen)


def choose_reference(indicator: Indicator, mix: Stratification, year: int) -> Reference:
    """The university in this year or another, or a published table of the indicator by this mix."""
    found = {reference.code: reference for reference in (*_university(year), *_tables(indicator, mix))}
    names = {code: _label(reference, year) for code, reference in found.items()}
    return found[choose("reference", Text("Compared with", "比較の基準"), names, SAME_YEAR)]


def _university(year: int) -> list[Reference]:
    others = [other for other in reversed(data.fiscal_years()) if other != year]
    then = Text("the university in {year}", "{year}の全学")
    return [
        Reference(SAME_YEAR, Text("the university", "全学"), year),
        *(Reference(f"university-{other}", then.filled(year=fiscal_year_name(other)), other) for other in others),
    ]


def _tables(indicator: Indicator, mix: Stratification) -> list[Reference]:
    rows = data.records().references()
    mine = rows[(rows["indicator"] == indicator.key) & (rows["dimension"] == mix)]
    found = (
        mine[["source", "fiscal_year"]]
        .drop_duplicates()
        .sort_values(["source", "fiscal_year"], ascending=[True, False])
    )
    return [_table(str(source), int(year)) for source, year in found.to_numpy().tolist()]


def _table(source: str, year: int) -> Reference:
    number = zlib.crc32(source.encode())  # a short code of a long text, the same on every machine
    return Reference(f"table-{year}-{number:08x}", Text(f"“{source}”", f"「{source}」"), year, source)


def _label(reference: Reference, year: int) -> Text:
    if reference.source:
        return TABLE.filled(source=reference.source, year=fiscal_year_name(reference.year))
    return UNIVERSITY_NOW if reference.year == year else UNIVERSITY_THEN.filled(year=fiscal_year_name(reference.year))


def rows_of(reference: Reference, indicator: Indicator, mix: Stratification) -> pd.DataFrame:
    """The strata of a published table: `stratum`, `numerator`, `denominator`."""
    rows = data.records().references()
    mine = (rows["indicator"] == indicator.key) & (rows["dimension"] == mix) & (rows["source"] == reference.source)
    return rows.loc[mine & (rows["fiscal_year"] == reference.year), ["stratum", "numerator", "denominator"]]
