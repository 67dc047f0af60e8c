"""The filters of the page: which activities, of which years and countries, measured by what, linked from when on."""

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from metrics.country_reference import Against, sources
from metrics.hub_findings import AGAINST, OF
from metrics.partner_network import Of
from metrics.portfolio import Portfolio, Question
from pages.parts import data, filters
from pages.parts.hub import kept
from pages.parts.language import literal, say
from pages.parts.narrowing import countries_abroad, countries_within
from pages.parts.partners.asked import COUNTRY, REGION, YEARS, in_words
from pages.parts.portfolios import portfolio_of
from vocabulary.activity_types import ACTIVITY_TYPES, TARGETS
from vocabulary.regions import REGIONS
from vocabulary.text import Text

PAPERS = "publication"
RECENT = 5  # fiscal years that the page opens with, as many as a matrix of countries usually has
THRESHOLDS = (2, 3, 5, 10, 20)
SUSTAINED = 3  # joint papers from which a partnership is sustained (QS)
WHAT, MEASURED = Text("Activities", "対象の活動"), Text("Measured by", "比較の基準")
SOURCE = Text("Matrix of countries", "国際共著行列")
NODES, LINKED = Text("Network of", "ネットワークの対象"), Text("Linked from", "結び付きの下限")
LEAST = Text("{n} in common", "共有{n}件以上")
CALLED: dict[str, Text] = {
    PAPERS: Text("papers", "共著論文"),
    "": Text("activities", "活動"),
    **{code: Text(f"{name.en.lower()} activities", f"{name.ja}分野の活動") for code, name in TARGETS.items()},
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the page shows: `wide` without the countries chosen, which its shares are of; `narrowed` with them."""

    what: str  # publication, a target, or nothing for all
    wide: Question
    narrowed: Question
    against: Against
    source: str  # of the matrix; nothing where none was imported
    of: Of
    threshold: int

    @property
    def portfolio(self) -> Portfolio:
        return portfolio_of(self.narrowed)

    @property
    def called(self) -> Text:
        """`papers`, `education activities`."""
        return CALLED[self.what]


def choose(department: str) -> Asked:
    """The filters, those that are rarely used in one popover."""
    years, found = data.fiscal_years(), sources(kept.country_matrix())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width=300):
            recent = (years[max(0, len(years) - RECENT)], years[-1])
            first, last = filters.choose_years("years", YEARS, years, default=recent)
        what = filters.choose("what", WHAT, _whats(), width=220)
        with st.popover(say(Text("More filters", "その他の絞り込み")), icon=":material/tune:"):
            regions = filters.choose_many("region", REGION, REGIONS)
            countries = filters.choose_many("country", COUNTRY, countries_abroad())
            against = filters.choose("against", MEASURED, {"home": AGAINST["home"], "world": AGAINST["world"]})
            source = filters.choose("matrix", SOURCE, {str(n): name for n, name in enumerate(found)}) if found else ""
            of = filters.choose("nodes", NODES, OF)
            links = {str(n): LEAST.filled(n=n) for n in THRESHOLDS}
            threshold = filters.choose("linked", LINKED, links, str(SUSTAINED))
        _show_narrowing(regions, countries)
    wide = Question(
        department=department,
        fiscal_years=tuple(range(first, last + 1)),
        target=what if what in TARGETS else None,
        types=(PAPERS,) if what == PAPERS else None,
    )
    return Asked(
        what=what,
        wide=wide,
        narrowed=replace(wide, countries=countries_within(regions, countries)),
        against=cast(Against, against),
        source=found[int(source)] if source else "",
        of=cast(Of, of),
        threshold=int(threshold),
    )


def told(asked: Asked) -> dict[Text, str]:
    """The filters as a download states them."""
    words = in_words(asked.narrowed) | {WHAT: say(asked.called)}
    if asked.source:
        words |= {MEASURED: say(AGAINST[asked.against]), SOURCE: asked.source}
    return words | {NODES: say(OF[asked.of]), LINKED: say(LEAST.filled(n=asked.threshold))}


def _whats() -> dict[str, Text | str]:
    return {PAPERS: ACTIVITY_TYPES[PAPERS].name, **TARGETS, "": filters.ALL}


def _show_narrowing(regions: filters.Codes, countries: filters.Codes) -> None:
    """The countries that the page is narrowed to, and the way back to all."""
    names = data.country_names()
    words = [REGIONS[code] for code in regions] + [names[code] for code in countries]
    if words:
        told = say(Text(", ", "、")).join(say(one) for one in words)
        st.badge(literal(told), icon=":material/filter_alt:", color="violet")
        if st.button(say(Text("Show all", "絞り込みを解除")), icon=":material/close:", type="tertiary", key="show-all"):
            filters.move(region=(), country=())
