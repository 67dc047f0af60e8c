"""What takes long to work out for the page, kept for each state of the database, and given to whom it may concern."""

import pandas as pd
import streamlit as st

from metrics.partner_network import Of, PartnerNetwork, Picture, partner_network, picture
from metrics.portfolio import Question
from pages.parts import data
from pages.parts.portfolios import portfolio_in


def country_matrix() -> pd.DataFrame:
    """The imported matrices of countries."""
    return data.public("country_matrix")


def network(question: Question, of: Of, threshold: int) -> tuple[PartnerNetwork, Picture]:
    """The network of one question's partners, and what is drawn of it.

    PermissionError for a department that is not the reader's.
    """
    if not data.reader().scope.covers(question.department):
        raise PermissionError(f"{data.reader().code} is not entitled to the records of {question.department!r}")
    data.ledger()  # with its sign of progress, outside the cached function
    return _network(data.store(), question, of, threshold)


@st.cache_data(max_entries=64, show_spinner=False)
def _network(state: data.Store, question: Question, of: Of, threshold: int) -> tuple[PartnerNetwork, Picture]:
    found = partner_network(portfolio_in(state, question), of, threshold)
    return found, picture(found)
