"""Portfolios of partners, kept for each state of the data and each question, for who is entitled to the department."""

import streamlit as st

from metrics.portfolio import Portfolio, Question
from pages.parts import data
from pages.parts.departments import own_ledger


def portfolio_of(question: Question) -> Portfolio:
    """What the question is about. PermissionError for a department that is not the reader's."""
    own_ledger(question.department)
    return _portfolio(data.store(), question)


@st.cache_resource(max_entries=64, show_spinner=False)
def _portfolio(store: data.Store, question: Question) -> Portfolio:  # the state is what it is kept for
    return Portfolio(data.ledger(), question)
