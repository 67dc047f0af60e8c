"""The answer of the page in sentences, and the ways on to partners, definitions and records."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from metrics.catalogue import INDICATORS
from metrics.dependence import Dependence
from metrics.exchange import Exchange, years_of
from metrics.hub_findings import (
    exchange_sentence,
    largest_sentence,
    persons_sentence,
    preference_sentence,
    reach_sentence,
    ties_sentence,
)
from metrics.partner_network import PartnerNetwork
from pages.parts import data, filters
from pages.parts.hub.asked import PAPERS, Asked
from pages.parts.hub.partner_names import partner_names
from pages.parts.language import literal, say
from pages.parts.partners.asked import department_name
from vocabulary.text import Text

DEFINED = ("partner_countries", "partner_institutions", "international_copublication_share")


def show_answer(
    asked: Asked,
    compared: pd.DataFrame | None,
    rests: Dependence,
    by_partner: pd.DataFrame,
    mutual: Exchange,
    network: PartnerNetwork,
    names: Mapping[int, Text],
) -> None:
    """One sentence a question, each ending where its evidence begins below."""
    countries = data.country_names()
    years, who = asked.narrowed.fiscal_years, department_name(asked.narrowed)
    sentences = [reach_sentence(rests, years, who, asked.called)]
    if asked.what == PAPERS and rests.activities:
        empty = pd.DataFrame(columns=["verdict"])
        sentences.append(preference_sentence(empty if compared is None else compared, asked.against, countries))
    if rests.largest_partner >= 0:
        country, (partner,) = countries[rests.largest_country], partner_names([rests.largest_partner])
        sentences.append(largest_sentence(rests, country, partner))
    if rests.persons:
        sentences.append(persons_sentence(rests, by_partner))
    sentences.append(exchange_sentence(mutual, years_of(asked.portfolio)))
    sentences.append(ties_sentence(network, asked.of, asked.threshold, names))
    st.markdown("\n\n".join(literal(say(sentence)) for sentence in sentences))
    _ways_on(asked)


def _ways_on(asked: Asked) -> None:
    years = asked.narrowed.fiscal_years
    span = f"{min(years)}-{max(years)}"
    department = asked.narrowed.department
    with st.container(horizontal=True, gap="small"):
        filters.link(
            "partners",
            Text("Portfolio of partners", "連携先ポートフォリオ"),
            icon=":material/public:",
            department=department,
            years=span,
        )
        for key in DEFINED:
            filters.link("definitions", INDICATORS[key].name, icon=":material/menu_book:", indicator=key)
        filters.link(
            "records",
            Text("Records", "活動記録"),
            icon=":material/table_rows:",
            indicator="international_copublication_share" if asked.what == PAPERS else "partner_institutions",
            department=department,
            years=span,
        )
