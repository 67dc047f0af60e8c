"""Which figure's records are asked for: indicator, department, years, and what the list is narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from metrics.coverage import unknown_of
from metrics.disclosure.policy import is_protected
from metrics.indicator import Indicator
from metrics.ledger import UNIVERSITY
from metrics.measures import Activities, Measure
from metrics.view import Selection
from pages.parts import data
from pages.parts.filters import EMPTY, choose, choose_years, link
from pages.parts.language import current_language, say
from pages.parts.narrowing import Narrowing, choose_department, choose_more, choose_year, in_words
from vocabulary.calendar import fiscal_years_name
from vocabulary.counting_rules import COUNTING_RULES
from vocabulary.text import Text

ALL_RECORDS = Text("All records", "すべての活動記録")
PARTS = {"numerator": Text("Numerator", "分子"), "denominator": Text("Denominator", "分母")}
THE_FIGURE = Text("figure", "値")
UNKNOWN = "unknown"  # the part that lists what is neither above nor below the line: records of unknown country
OF_UNKNOWN = Text("Of unknown country", "国が不明のもの")
NUMBER_OF_UNKNOWN = Text("number of those of unknown country", "国が不明の件数")
EVERYTHING = Activities()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A figure and one part of it; without an indicator every record of the department."""

    indicator: Indicator | None
    narrowed: Narrowing
    years: tuple[int, int]
    partner: int | None = None  # position in the ledger's table of partners
    import_id: int | None = None

    @property
    def department(self) -> str:
        return self.narrowed.department

    @property
    def fiscal_years(self) -> tuple[int, ...]:
        return tuple(range(self.years[0], self.years[1] + 1))

    @property
    def selection(self) -> Selection:
        return self.narrowed.selection(self.department, fiscal_years=self.fiscal_years)

    @property
    def who(self) -> Text:
        """The department in a sentence."""
        if self.department == UNIVERSITY:
            return Text("the university", "全学")
        return data.department_names()[self.department]

    @property
    def of_rows(self) -> tuple[str, ...]:
        """The departments whose records are listed: of the university's a head gets the own ones alone."""
        reader = data.reader()
        return (self.department,) if reader.scope.covers(self.department) else reader.departments

    @property
    def is_of_others(self) -> bool:
        """Whether it is of persons in records of which the reader may not even know how many there are."""
        mine = data.reader().scope.covers(self.department)
        return not mine and (self.indicator is None or is_protected(self.indicator))

    def measure(self, part: str) -> Measure:
        """What the part counts."""
        if self.indicator is None:
            return EVERYTHING
        below, unknown = self.indicator.denominator, unknown_of(self.indicator)
        if part == UNKNOWN and unknown is not None:
            return unknown
        return below if part == "denominator" and below is not None else self.indicator.numerator

    def part_name(self, part: str) -> Text:
        """The part in a sentence; what has no denominator is the figure itself."""
        if part == UNKNOWN:
            return NUMBER_OF_UNKNOWN
        if self.indicator is None or self.indicator.denominator is None:
            return THE_FIGURE
        return Text(PARTS[part].en.lower(), PARTS[part].ja)

    def link_here(self, label: Text, icon: str, part: str | None = None) -> None:
        """A link to this page that keeps the figure and its filters, and drops what the list alone is narrowed to."""
        span = f"{self.years[0]}-{self.years[1]}" if self.years[0] != self.years[1] else None
        link(
            "records",
            label,
            icon=icon,
            indicator=self.indicator.key if self.indicator else "",
            department=self.department,
            year=self.years[1],
            years=span,
            counting=self.narrowed.counting,
            region=self.narrowed.regions or EMPTY,
            country=self.narrowed.countries or EMPTY,
            level=self.narrowed.levels or EMPTY,
            part=part,
            missing=None if part is None else "",
        )


def choose_whose() -> tuple[str, tuple[int, int]]:
    """The department and the fiscal years: one, or a range where the address that led here asks for one."""
    department = choose_department(width=200)
    if "years" in st.query_params:
        return department, choose_years("years", Text("Fiscal years", "年度"), data.fiscal_years())
    year = choose_year()
    return department, (year, year)


def choose_figure(department: str, years: tuple[int, int]) -> Asked:
    """The indicator and the filters that are rarely used."""
    there = data.indicators_of(department)
    names: Mapping[str, Text] = {"": ALL_RECORDS} | {key: one.name for key, one in there.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = choose("indicator", Text("Records of", "対象の指標"), names, width=460)
        narrowed = choose_more(department, years[1], trends=False)
    return Asked(
        indicator=there.get(key),
        narrowed=narrowed,
        years=years,
        partner=_partner(st.query_params.get("partner")),
        import_id=_number(st.query_params.get("import")),
    )


def choose_part(asked: Asked, *, unknown: bool) -> str:
    """Above or below the line, or of `unknown` country if any is; there is no choice where there is but the figure."""
    parts = {code: name for code, name in parts_of(asked.indicator).items() if unknown or code != UNKNOWN}
    if len(parts) < 2:
        return "numerator"
    return choose("part", Text("Part", "分子・分母"), parts, style="buttons", label_visibility="collapsed")


def parts_of(indicator: Indicator | None) -> Mapping[str, Text]:
    """The parts whose records can be listed."""
    if indicator is None:
        return {"numerator": ALL_RECORDS}
    parts = PARTS if indicator.denominator is not None else {"numerator": Text("Counted", "計上されたもの")}
    return parts if unknown_of(indicator) is None else {**parts, UNKNOWN: OF_UNKNOWN}


def said_filters(asked: Asked, part: str) -> dict[Text, str]:
    """What a download was narrowed to, in words."""
    name = asked.indicator.name if asked.indicator else ALL_RECORDS
    words = {
        Text("Records of", "対象の指標"): say(name),
        Text("Part", "分子・分母"): say(parts_of(asked.indicator)[part]),
        Text("Department", "部局"): say(whose_rows(asked)),
        Text("Fiscal years", "年度"): say(fiscal_years_name(*asked.years)),
    }
    if len(parts_of(asked.indicator)) < 2:
        del words[Text("Part", "分子・分母")]
    words[Text("Counting", "計数方法")] = say(COUNTING_RULES[asked.narrowed.counting])
    words |= {label: say(value) for label, value in in_words(asked.narrowed).items()}
    if asked.partner is not None:
        words[Text("Partner", "連携機関")] = partner_name(asked.partner)
    if asked.import_id is not None:
        words[Text("Import", "取り込み")] = str(asked.import_id)
    return words


def whose_rows(asked: Asked) -> Text:
    """The departments whose records are listed, in words."""
    if asked.of_rows == (asked.department,):
        return asked.who
    names = [data.department_names()[code] for code in asked.of_rows]
    return Text(", ".join(name.en for name in names), "、".join(name.ja for name in names))


def partner_name(partner: int) -> str:
    """What a partner (position in the ledger's table) is called."""
    row = data.ledger().partner_table.iloc[partner]
    return str((current_language() == "ja" and row["name_ja"]) or row["name_en"])


def _partner(ror_id: str | None) -> int | None:
    """The partner of an id, where a record that the reader may read names it."""
    if not ror_id or ror_id not in set(data.records().partners()["ror_id"]):
        return None
    return int((data.ledger().partner_table["ror_id"] == ror_id).to_numpy().argmax())


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else None
