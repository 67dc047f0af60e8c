"""What was counted for one reader and is kept is not given to another who is not entitled to it."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from metrics.catalogue import INDICATORS
    from metrics.portfolio import Question
    from metrics.view import Selection
    from pages.parts import data
    from pages.parts.change.asked import Asked
    from pages.parts.participation.asked import ask
    from pages.parts.portfolios import portfolio_of

    key, department = "international_copublication_share", "SCI"
    figures = data.figures((key,), selection=Selection(departments=(department,)))
    change = Asked(
        indicator=INDICATORS[key], department=department, years=(2021, 2023), counting="whole", figures=figures
    )
    for counted in (
        lambda: change.splits,
        lambda: change.levels,
        lambda: ask(department, 2023).cells,
        lambda: portfolio_of(Question(fiscal_years=(2023,), department=department)).countries(),
    ):
        try:
            counted()
            st.text("counted")
        except PermissionError:
            st.text("refused")


def told(reader: str) -> list[str]:
    at = AppTest.from_function(page, default_timeout=120)
    at.session_state["reader"] = reader
    at.run()
    assert not at.exception, at.exception
    return [one.value for one in at.text]


@pytest.mark.usefixtures("demonstration")
def test_who_read_before_makes_no_difference() -> None:
    assert told("president") == ["counted"] * 4
    assert told("head:ENG") == ["refused"] * 4
    assert told("head:SCI") == ["counted"] * 4
    assert told("head:ENG") == ["refused"] * 4
