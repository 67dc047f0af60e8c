"""Portfolios of partners, kept for each state of the data and each question, for who is entitled to the department."""

import streamlit as st

from metrics.portfolio import Portfolio, Question
from pages.parts import data
from pages.parts.departments import own_ledger
from pages.parts.one_run import once


def portfolio_of(question: Question) -> Portfolio:
    """What the question is about. PermissionError for a department that is not the reader's."""
    own_ledger(question.department)
    return once(question, lambda: portfolio_in(store=data.store(), question=question))


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=data.AS_WRITTEN)
def portfolio_in(store: data.Store, question: Question) -> Portfolio:
    """The same of one state of the data, whoever reads: for what is kept by it and was asked for by who may."""
    return Portfolio(data.ledger_of(store), question)
