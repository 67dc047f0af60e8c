"""Indicators that a department declared: on its pages with value, goal, definition, records; on nobody else's."""

import pytest
from streamlit.testing.v1 import AppTest

from data_access.records import Records
from metrics.declared import declared
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.numbers import show
from metrics.tabulate import tabulate
from metrics.view import Selection
from pages.parts.frame import PAGES
from tests.pages.reading import go, opened, words
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

KEY, OWNER, YEAR = "geng_companies_abroad", "GENG", "2025"
WHO_SEES = ("president", "office", "head:GENG")
WHO_DOES_NOT = ("head:GMED", "head:ENG", "head:FAC")
FILTERS = {"year": YEAR, "department": OWNER, "counting": "whole", "region": "", "country": "", "level": ""}


@pytest.fixture(scope="module")
def own(every_record: Records) -> Indicator:
    return declared(every_record.declared_indicators()).indicators[KEY]


@pytest.fixture(scope="module")
def value(own: Indicator, whole_ledger: Ledger) -> str:
    asked = Selection(departments=(OWNER,), fiscal_years=(int(YEAR),))
    (figure,) = tabulate(whole_ledger, [own], selection=asked)["value"]
    return show(figure, own.unit, "en")


def said(at: AppTest) -> str:
    shown = [*at.markdown, *at.caption, *at.subheader, *at.info]
    return "\n".join(str(one.value) for one in shown).replace("\\", "")


def metrics(at: AppTest) -> list[str]:
    return [str(one.value) for one in at.metric]


@pytest.mark.parametrize("reader", WHO_SEES)
def test_the_profile_shows_it_in_a_section_of_its_own_with_value_goal_and_ways_on(
    reader: str, own: Indicator, value: str
) -> None:
    at = go(opened(reader, "en"), "department", **FILTERS)
    text = said(at)
    section = text[text.index("Declared by the Graduate School of Engineering beside the common ones") :]
    assert own.definition.en in section
    assert value in metrics(at)
    assert "Planned for FY2025: 6." in section
    assert "Others have no figure to compare with." in section
    links = {str(one.proto.query_string) for one in at.get("page_link") if f"indicator={KEY}" in one.proto.query_string}
    assert len(links) >= 2
    assert not any("comparison" in link for link in links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_target_goal_definition_and_records_of_the_department_show_it(
    language: Language, own: Indicator, whole_ledger: Ledger
) -> None:
    at, name = opened("head:GENG", language), own.name.said_in(language)
    target = go(at, "targets", target="industry", process="deepening", indicator=KEY, **FILTERS)
    assert name in said(target)
    assert own.definition.said_in(language) in said(target)
    assert name in said(go(at, "goals", indicator=KEY, department=OWNER, year=YEAR))
    definition = said(go(at, "definitions", indicator=KEY, **FILTERS))
    assert own.definition.said_in(language) in definition
    assert KEY in definition
    records = go(at, "records", indicator=KEY, **FILTERS)
    assert name in said(records)
    assert len(records.dataframe[0].value) > 0


def test_the_definition_shows_the_figure_of_its_department_to_whoever_reads_of_the_university(value: str) -> None:
    at = go(opened("president", "en"), "definitions", indicator=KEY, year=YEAR, department="*", counting="whole")
    assert value in metrics(at)
    assert "| Declared by | Graduate School of Engineering |" in said(at)


def test_goals_of_the_university_do_not_count_it_and_those_of_the_department_do() -> None:
    at = opened("president", "en")
    assert KEY not in words(go(at, "goals", department="*", year=YEAR))
    shown = said(go(at, "goals", department=OWNER, year=YEAR, indicator=KEY))
    assert "FY2025: 7. Planned: 6." in shown


def test_the_comparison_says_that_there_is_nothing_to_compare() -> None:
    shown = said(go(opened("president", "en"), "comparison", indicator=KEY, year=YEAR))
    assert (
        "was declared by the Graduate School of Engineering for itself; there is nothing to compare it with." in shown
    )


@pytest.mark.parametrize(("reader", "department"), [("head:GMED", OWNER), ("head:FAC", "*")])
def test_no_page_tells_another_head_of_it(reader: str, department: str, own: Indicator) -> None:
    """By asking for it in the address."""
    secrets, at = {*own.name, *own.definition}, opened(reader, "en")
    for page in PAGES:
        shown = words(go(at, page, indicator=KEY, target=own.target, year=YEAR, department=department))
        assert not [word for word in shown for secret in secrets if secret in word], page


def test_a_key_that_another_department_declared_is_one_that_does_not_exist() -> None:
    asked, nothing = (
        said(go(opened("head:GMED", "en"), "records", indicator=key, year=YEAR, department="GMED"))
        for key in (KEY, "said_by_nobody")
    )
    assert f"There is no indicator {KEY}." in asked
    assert asked.replace(KEY, "said_by_nobody") == nothing


def test_the_same_pages_tell_its_own_head_of_it(own: Indicator) -> None:
    """Without this, the test above would pass on pages that show nothing."""
    at, telling = opened("head:GENG", "en"), []
    for page in PAGES:
        shown = words(go(at, page, indicator=KEY, target=own.target, year=YEAR, department=OWNER))
        if any(own.name.en in word for word in shown):
            telling.append(page)
    assert {"targets", "goals", "department", "records", "definitions"} <= set(telling)


def asking_page() -> None:
    import streamlit as st

    from pages.parts import data

    key = "geng_companies_abroad"
    st.session_state["keys"] = [one for one in data.indicators() if one == key]
    st.session_state["has"] = [code for code in ("GENG", "GMED", "*") if key in data.indicators_of(code)]
    for ask in (
        lambda: data.figures((key,)),
        lambda: data.university_figures((key,)),
        lambda: data.peer_values(key, 2025),
        lambda: data.of_kind((key,), 2025, data.kinds()["GENG"]),
        lambda: data.activities_behind(key, "GENG", (2025,)),
    ):
        try:
            ask()
            st.text("given")
        except LookupError:
            st.error("refused")


def asked_by(reader: str) -> AppTest:
    at = AppTest.from_function(asking_page, default_timeout=60)
    at.session_state["reader"] = reader
    at.run()
    assert not at.exception, at.exception
    return at


def test_whoever_may_not_see_it_gets_nothing_by_asking_for_its_key_whoever_asked_before() -> None:
    for reader in WHO_SEES:
        seen = asked_by(reader)
        assert (seen.session_state["keys"], seen.session_state["has"]) == ([KEY], ["GENG"])
        assert len(seen.text) == 5
    for reader in WHO_DOES_NOT:
        hidden = asked_by(reader)
        assert (hidden.session_state["keys"], hidden.session_state["has"]) == ([], [])
        assert [one.value for one in hidden.error] == ["refused"] * 5


def test_of_other_departments_there_is_no_number_even_for_the_whole_university() -> None:
    def page() -> None:
        import streamlit as st

        from pages.parts import data

        rows = data.figures(("geng_companies_abroad",))
        others = rows[rows["department"] != "GENG"]
        st.session_state["statuses"] = sorted(set(others["status"]))
        st.session_state["numbers"] = int(others[["numerator", "denominator", "value", "known"]].notna().sum().sum())

    at = AppTest.from_function(page, default_timeout=60)
    at.session_state["reader"] = "president"
    at.run()
    assert not at.exception
    assert (at.session_state["statuses"], at.session_state["numbers"]) == (["not applicable"], 0)
