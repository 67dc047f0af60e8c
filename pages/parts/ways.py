"""Ways from a figure that is narrowed by nothing: to its definition, its records, and where all departments stand."""

from typing import Literal

from metrics.catalogue import INDICATORS
from metrics.indicator import Indicator
from metrics.strata_words import mixes
from pages.parts import data
from pages.parts.filters import chosen_before, link
from vocabulary.departments import UNIVERSITY
from vocabulary.text import Text

DEFINITION, RECORDS, COMPARISON = (
    Text("Definition", "定義"),
    Text("Records", "活動記録"),
    Text("All departments", "全部局"),
)
OF_ITS_KIND = Text("Comparison", "部局比較")
FAIR = Text("Fair comparison", "条件をそろえた比較")
EXPECTED_OF_IT = Text("What its mix leads to expect: Fair comparison", "構成からの見込み：条件をそろえた比較")
EXPECTED_OF_ALL = Text("What their mix leads to expect: Fair comparison", "構成からの見込み：条件をそろえた比較")
WHY = Text("Why it moved", "なぜ動いたか")
TREND = Text("Trend and goal", "推移と目標")
HUB = Text("As a hub", "ハブとして")
UNKNOWN_COUNTRY = Text("Those of unknown country", "国が不明の活動記録")
PARTICIPATION = {  # indicators on who takes part, and the people whom the page of participation then shows
    **dict.fromkeys(("research_participation", "research_concentration", "industry_participation"), "researcher"),
    "society_participation": "researcher",
    "student_society_share": "student",
    "newcomer_share": "everyone",
}
ALL_RECORDS = ""  # what the page of the records takes for every record of a department

ABOUT_PARTNERS = {  # indicators that the page of the hub explains, and the activities that it then shows
    **dict.fromkeys(("partner_countries", "partner_institutions", "sustained_partners"), "publication"),
    **dict.fromkeys(("research_network_index", "top_partner_dependence"), "publication"),
    **dict.fromkeys(("international_copublication_share", "long_distance_share"), "publication"),
    **dict.fromkeys(("exchange_balance", "exchange_reciprocity", "exchange_countries_effective"), "education"),
    "overseas_companies": "industry",
}


def to_definition(indicator: str) -> None:
    """The definition of an indicator, which a reader can also point at."""
    definition = data.indicators()[indicator].definition
    link("definitions", DEFINITION, icon=":material/menu_book:", tip=definition, indicator=indicator)


def to_records(
    indicator: str,
    department: str,
    year: int,
    label: Text = RECORDS,
    part: Literal["numerator", "denominator", "unknown"] | None = None,
    level: str | tuple[str, ...] = "",
) -> None:
    """The records behind a figure of one department and year, under the counting rule that the reader has chosen.

    A `part` lists them whole: those that it counts, or those of unknown country.
    """
    link(
        "records",
        label,
        icon=":material/table_rows:",
        indicator=indicator,
        department=department,
        year=year,
        region="",
        country="",
        level=level,
        part=part,
        missing=None if part is None else "",
    )


def to_participation(indicator: str, department: str, year: int) -> None:
    """Who takes part, and whether they are the same few; nothing for an indicator on anything else."""
    if indicator in PARTICIPATION:
        population = PARTICIPATION[indicator]
        words = Text("Who takes part", "参加の広がり")
        link("participation", words, icon=None, department=department, year=year, population=population)


def to_change(indicator: str, department: str, year: int, since: int | None = None, label: Text = WHY) -> None:
    """What made the indicator move up to a year, since another (none: since the one that the reader last chose).

    Nothing is drawn for a department whose records the reader may not read: no split of it is shown.
    """
    if not data.reader().scope.covers(department):
        return
    link(
        "change",
        label,
        icon=":material/call_split:",
        indicator=indicator,
        department=department,
        year=year,
        since=since,
        counting=chosen_before("counting"),  # a page that has to add it to its address is one step more back
    )


def to_trend(indicator: Indicator, year: int) -> None:
    """The indicator of the university on the page of its target, with its trend and goal."""
    link(
        "targets",
        TREND,
        icon=":material/flag:",
        target=indicator.target,
        process=indicator.process,
        indicator=indicator.key,
        year=year,
    )


def to_comparison(indicator: str, department: str, year: int, kind: str = "") -> None:
    """The same indicator over all departments, or those of one kind, with this one marked."""
    link(
        "comparison",
        OF_ITS_KIND if kind else COMPARISON,
        icon=":material/compare_arrows:",
        indicator=indicator,
        department=department,
        year=year,
        kind=kind or "all",
    )


def to_expectation(indicator: str, department: str, year: int, label: Text = FAIR) -> None:
    """The indicator beside what a department's mix leads to expect; nothing where it cannot be split by anything."""
    if indicator in INDICATORS and mixes(data.ledger(), INDICATORS[indicator]):
        nobody = "" if data.reader().scope.whole_university else None  # a head's page marks the own department
        marked = nobody if department == UNIVERSITY else department
        link("expectation", label, icon=":material/balance:", indicator=indicator, department=marked, year=year)


def to_hub(indicator: str, department: str) -> None:
    """Where an indicator is about partners: whom they are tied to, and on whom they depend."""
    if indicator in ABOUT_PARTNERS:
        link("hub", HUB, icon=":material/hub:", department=department, what=ABOUT_PARTNERS[indicator])
