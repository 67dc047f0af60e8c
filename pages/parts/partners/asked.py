"""The filters of the portfolio, and their question: never of a department that the reader does not cover."""

from dataclasses import replace

import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.ledger import UNIVERSITY
from metrics.portfolio import Question
from pages.parts import data, filters
from pages.parts.language import literal, say
from pages.parts.narrowing import countries_abroad, countries_within
from pages.parts.tables import file_name
from vocabulary.activity_types import TARGETS
from vocabulary.partner_types import PARTNER_TYPES
from vocabulary.regions import REGIONS
from vocabulary.text import Text

Codes = tuple[str, ...]
ALL = {"": filters.ALL}
RECENT = 3  # fiscal years that the page opens with: as many as an agreement may be silent
YEARS, TARGET, REGION = Text("Fiscal years", "年度"), Text("Target", "目標"), Text("Region", "地域")
COUNTRY, KIND = Text("Country or region", "国・地域"), Text("Type of partner", "相手機関の種別")


def choose(department: str) -> tuple[Question, Question]:
    """What the reader asks of a department's partners: without the countries that are chosen, and with them.

    The first is what the map and the list of countries show, so that a country can be chosen there; the second is what
    all the rest shows. A country that is chosen adds to the regions that are.
    """
    years = data.fiscal_years()
    recent = (years[max(0, len(years) - RECENT)], years[-1])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width=300):
            first, last = filters.choose_years("years", YEARS, years, default=recent)
        with st.popover(say(Text("More filters", "その他の絞り込み")), icon=":material/tune:"):
            target = filters.choose("target", TARGET, ALL | TARGETS)
            regions = filters.choose_many("region", REGION, REGIONS)
            countries = filters.choose_many("country", COUNTRY, countries_abroad())
            kind = filters.choose("partner_type", KIND, ALL | PARTNER_TYPES)
        _show_narrowing(target, regions, countries, kind)
    asked = Question(
        department=department,
        fiscal_years=tuple(range(first, last + 1)),
        target=target or None,
        partner_type=kind or None,
    )
    within = countries_within(regions, countries)
    return replace(asked, countries=within if regions else None), replace(asked, countries=within)


def _show_narrowing(target: str, regions: Codes, countries: Codes, kind: str) -> None:
    """What the page is narrowed to, and the way back to everything; nothing where it is not."""
    names = data.country_names()
    words = [TARGETS[target]] if target else []
    words += [REGIONS[code] for code in regions] + [names[code] for code in countries]
    words += [PARTNER_TYPES[kind]] if kind else []
    if not words:
        return
    told = say(Text(", ", "、")).join(say(one) for one in words)
    st.badge(literal(told), icon=":material/filter_alt:", color="violet")
    if st.button(say(Text("Show all", "絞り込みを解除")), icon=":material/close:", type="tertiary", key="show-all"):
        filters.move(target=("",), region=(), country=(), partner_type=("",))


def covered(department: str) -> bool:
    """Whether the reader may see whom a department works with."""
    return data.reader().scope.covers(department)


def department_name(question: Question) -> Text:
    """Who is asked about, in a sentence."""
    if question.department == UNIVERSITY:
        return Text("the university", "本学")
    return data.department_names()[question.department]


def in_words(question: Question) -> dict[Text, str]:
    """The filters as a download states them."""
    years = question.fiscal_years
    said = {
        Text("Department", "部局"): say(data.department_names()[question.department]),
        YEARS: f"{min(years)}-{max(years)}",
    }
    if question.target:
        said[TARGET] = say(TARGETS[question.target])
    if question.countries is not None:
        said[COUNTRY] = " ".join(sorted(question.countries))
    if question.partner_type:
        said[KIND] = say(PARTNER_TYPES[question.partner_type])
    return said


def file_of(what: str, question: Question) -> str:
    """How the name of a file begins: what it lists, of which department and fiscal years."""
    return file_name(what, question.department, min(question.fiscal_years), max(question.fiscal_years))


def show_ways_on(question: Question) -> None:
    """Links to the definitions of what is counted, and to the records behind it."""
    years = question.fiscal_years
    span = f"{min(years)}-{max(years)}"
    with st.container(horizontal=True, gap="small"):
        words = Text("The university as a hub", "国際連携のハブ")
        filters.link("hub", words, icon=":material/hub:", department=question.department, years=span)
        for key in ("partner_countries", "partner_institutions"):
            filters.link("definitions", INDICATORS[key].name, icon=":material/menu_book:", indicator=key)
        filters.link(
            "records",
            Text("Records", "活動記録"),
            icon=":material/table_rows:",
            indicator="partner_institutions",
            department=question.department,
            years=span,
        )
