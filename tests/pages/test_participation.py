"""The page of participation: what was counted, in words and tables; a head reads nothing of other people's."""

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from metrics.ledger import FRAMES, Ledger
from metrics.participation import Participation, movement, number_of_targets, participation, share_trend, unevenness
from metrics.tabulate import tabulate
from metrics.view import Selection
from pages.parts.participation.university import PUBLISHED
from tests.pages.reading import fresh, go, opened
from vocabulary.departments import UNIVERSITY
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")
YEAR = 2025
RESEARCHERS = {"population": "researcher", "year": str(YEAR)}


@pytest.fixture(scope="module")
def ledger(demonstration_url: str) -> Ledger:
    records = Records(connect(demonstration_url), WHOLE_UNIVERSITY)
    return Ledger.of({name: getattr(records, name)() for name in FRAMES})


@pytest.fixture(scope="module")
def everyone(ledger: Ledger) -> Participation:
    return participation(ledger, UNIVERSITY)


def seen(reader: str = "president", /, *, language: Language = "en", **address: str) -> AppTest:
    return go(opened(reader, language), "participation", **{"department": UNIVERSITY, **RESEARCHERS, **address})


def said(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in [*at.markdown, *at.caption, *at.info]).replace("\\", "")


def tables(at: AppTest) -> list[pd.DataFrame]:
    return [one.value for one in at.table]


def say_name(key: str) -> str:
    return INDICATORS[key].name.en


def links(at: AppTest) -> list[Any]:
    return [link.proto for link in at.get("page_link")]


def test_the_answer_holds_the_numbers_that_were_counted(everyone: Participation) -> None:
    words = said(seen())
    (row,) = (one for one in share_trend(everyone, "researcher").to_dict("records") if one["fiscal_year"] == YEAR)
    assert f"{row['persons']:,.0f} of {row['heads']:,.0f} researchers of the university ({row['value']:.1%}" in (
        words.replace(" %", "%")
    )
    by_number = number_of_targets(everyone, YEAR, "researcher")
    found = unevenness(everyone, YEAR, "researcher")
    assert f"Of {found.people:,} whom records name, {sum(by_number.values()) - by_number[1]:,} took part" in words
    assert f"{found.top_tenth:.1%}" in words.replace(" %", "%")
    assert f"{found.gini_of_participants:.2f} among those who take part" in words
    (moved,) = (one for one in movement(everyone, "researcher").to_dict("records") if one["fiscal_year"] == YEAR)
    assert f"{moved['newcomers']:,.0f} of them are new" in words
    assert f"{moved['leavers']:,.0f} who took part in those years did not" in words


def test_the_cell_of_research_is_the_indicator_of_the_catalogue(ledger: Ledger) -> None:
    one = INDICATORS["research_participation"]
    row = tabulate(ledger, [one], selection=Selection(departments=(UNIVERSITY,), fiscal_years=(YEAR,))).iloc[0]
    matrix = tables(seen())[0]
    cell = str(matrix.iloc[1, 3]).replace("\u200b", "").replace("\u00a0", " ").replace("\\", "")
    assert cell == f"{row['value'] * 100:.1f} % ({row['numerator']:,.0f})"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("population", ["researcher", "staff", "student", "everyone"])
def test_every_population_can_be_asked_for_and_every_chart_has_words(population: str, language: Language) -> None:
    at = seen(language=language, population=population)
    charts = at.get("plotly_chart")
    assert len(charts) >= 3
    assert all(chart.proto.alt for chart in charts)
    assert len(tables(at)) == 2


def test_a_head_reads_of_the_university_what_is_published_and_no_more(everyone: Participation) -> None:
    at = seen("head:ENG")
    assert not at.table
    assert not at.get("plotly_chart")
    assert [metric.label.split(" · ")[0] for metric in at.metric] == [say_name(key) for key in PUBLISHED]
    assert f"{unevenness(everyone, YEAR, 'researcher').people:,}" not in said(at)


@pytest.mark.parametrize(("reader", "asked"), [("head:ENG", "LAW"), ("head:ENG", "GENG"), ("head:IMR", "FAC")])
def test_a_head_asking_for_another_department_gets_the_own(reader: str, asked: str) -> None:
    own = reader.removeprefix("head:")
    at = fresh(reader, "en", "participation", department=asked, **RESEARCHERS)
    assert "You may not read the department" in said(at)
    filters = [box for box in at.selectbox if box.label == "Department"]
    assert [box.value for box in filters] == [own]
    assert len(tables(at)) == 2


def test_a_head_reads_the_own_department_in_full(ledger: Ledger) -> None:
    words = said(seen("head:GENG", department="GENG"))
    found = unevenness(participation(ledger, "GENG"), YEAR, "researcher")
    assert f"Of {found.people:,} whom records name" in words


def test_the_page_leads_to_definitions_and_records_and_figures_lead_to_it() -> None:
    there = {(link.page, link.query_string) for link in links(seen())}
    for page, words in (("definitions", "indicator=newcomer_share"), ("records", "indicator=newcomer_share")):
        assert any(page in link and words in query for link, query in there), (page, words)
    target = go(
        opened("president", "en"), "targets", target="society", indicator="society_participation", year=str(YEAR)
    )
    assert any("participation" in link.page and "population=researcher" in link.query_string for link in links(target))
    profile = go(opened("president", "en"), "department", department="GENG", year=str(YEAR))
    assert any(
        link.page.endswith("participation") and "department=GENG" in link.query_string for link in links(profile)
    )
