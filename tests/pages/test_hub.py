"""The page of the hub: its sentences are the records' own, every reader gets what concerns them, nobody is named."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from data_access.records import Records
from data_access.tables import Person
from metrics.catalogue import INDICATORS
from metrics.country_reference import LESS, MORE, countries_beside, reference_of, sources
from metrics.dependence import dependence
from metrics.ledger import Ledger
from metrics.portfolio import Portfolio, Question
from pages.parts import data
from pages.parts.hub import kept
from pages.parts.ways import ABOUT_PARTNERS
from tests.pages.reading import fresh, go, words
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

YEARS = (2021, 2022, 2023, 2024, 2025)
HEAD = "head:GENG"
CHARTS = {"compared", "hub-network"}


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.info, at.subheader)
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")


def charts(at: AppTest) -> set[str]:
    return {name for chart in at.get("plotly_chart") for name in CHARTS if chart.proto.id.endswith(f"-{name}")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", ["president", HEAD])
def test_every_reader_reads_an_answer_and_its_evidence(reader: str, language: Language) -> None:
    at = fresh(reader, language, "hub")
    assert charts(at) == CHARTS
    assert len(at.dataframe) >= 4
    assert all(chart.proto.alt for chart in at.get("plotly_chart"))


def test_the_answer_is_that_of_the_records(whole_ledger: Ledger, every_record: Records) -> None:
    asked = Portfolio(whole_ledger, Question(fiscal_years=YEARS, types=("publication",)))
    found, matrix = dependence(asked), every_record.country_matrix()
    beside = countries_beside(asked, reference_of(matrix, YEARS, "JP", sources(matrix)[0]), "home")
    at = fresh("president", "en", "hub")
    text = said(at)
    assert f"the university had {found.activities:,} papers with partners abroad" in text
    assert f"half of them rest on {found.half:,} of {found.persons:,} persons" in text
    assert f"takes part in {found.country_share:.1%}"[:-1] in text
    verdicts = at.dataframe[0].value["word"].map(lambda word: word[0]).value_counts().to_dict()
    expected = beside["verdict"].value_counts().to_dict()
    assert (verdicts["more"], verdicts["fewer"]) == (expected[MORE], expected[LESS])
    assert at.dataframe[0].value["joint"].sum() == beside["joint"].sum()


def test_the_world_instead_of_japan_moves_what_is_expected() -> None:
    at = fresh("president", "en")
    home = go(at, "hub").dataframe[0].value.set_index("name")
    world = go(at, "hub", against="world").dataframe[0].value.set_index("name")
    assert home["joint"].loc["Thailand"] == world["joint"].loc["Thailand"]
    assert home["expected"].loc["Thailand"] != world["expected"].loc["Thailand"]


def test_few_partners_in_common_are_told_with_the_way_to_a_lower_limit() -> None:
    at = fresh("head:FAC", "en", "hub")
    assert charts(at) == {"compared"}
    assert "No two partner institutions share as much with us. A lower limit is under More filters." in said(at)


def test_a_country_narrows_the_page_and_leaves_what_is_expected(whole_ledger: Ledger) -> None:
    at = fresh("president", "en", "hub", country="TH")
    table = at.dataframe[0].value
    assert table["name"].to_list() == ["Thailand"]
    whole = fresh("president", "en", "hub").dataframe[0].value.set_index("name")
    assert table["expected"].iloc[0] == whole["expected"].loc["Thailand"]
    thai = Question(fiscal_years=YEARS, types=("publication",), countries=frozenset({"TH"}))
    assert f"had {dependence(Portfolio(whole_ledger, thai)).activities:,} papers" in said(at)


def test_other_activities_than_papers_are_compared_with_nothing() -> None:
    at = fresh("president", "en", "hub", what="education")
    assert "compared" not in charts(at)
    assert "What is expected is known of papers only" in said(at)
    assert "education activities with partners abroad" in said(at)


def test_countries_may_be_the_nodes() -> None:
    at = fresh("president", "ja", "hub", nodes="countries", linked="20", years="2025-2025")
    chart = next(chart for chart in at.get("plotly_chart") if chart.proto.id.endswith("-hub-network"))
    nodes = {hover.partition("<br>")[0] for hover in json.loads(chart.proto.spec)["data"][-1]["hovertext"]}
    assert {"アメリカ", "ドイツ"} <= nodes


def test_a_head_sees_totals_of_the_university_and_no_lists() -> None:
    at = fresh(HEAD, "en", "hub", department="*")
    assert at.metric
    assert not [*at.dataframe, *at.get("plotly_chart"), *at.get("link_button")]


def test_a_head_gets_the_own_department_for_the_asking_of_another() -> None:
    asked = said(fresh(HEAD, "en", "hub", department="GSCI"))
    assert "You may not read the department Graduate School of Science" in asked
    assert "the Graduate School of Engineering had" in asked


def test_the_network_of_another_department_is_refused_below_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    head = data.readers()[HEAD]
    monkeypatch.setattr(data, "reader", lambda: head)
    with pytest.raises(PermissionError, match="not entitled to the records of 'GSCI'"):
        kept.network(Question(fiscal_years=YEARS, department="GSCI"), "institutions", 3)


@pytest.mark.parametrize("reader", ["president", HEAD])
def test_no_person_is_named_anywhere(reader: str, every_record: Records) -> None:
    """Neither a pseudonym nor the number that stands for one: persons are counted."""
    pseudonyms = set(every_record.read(Person)["pseudonym"])
    assert len(pseudonyms) > 1000
    at = fresh(reader, "en", "hub", what="")
    shown = words(at)
    assert shown
    assert not {part for word in shown for part in re.findall(r"[\w-]+", word)} & pseudonyms
    assert not [name for table in at.dataframe for name in table.value.columns if "person_id" in str(name)]


def test_the_page_is_reached_from_what_it_explains() -> None:
    assert set(ABOUT_PARTNERS) <= set(INDICATORS)
    at = fresh("president", "en")
    assert ways(at, "partners") == 1
    assert ways(at, "partners", partner="https://ror.org/02kkvpp62") == 2
    assert ways(at, "targets", target="research", process="deepening", indicator="partner_countries") == 1
    assert ways(at, "targets", target="research", process="deepening", indicator="publications") == 0


def ways(at: AppTest, page: str, **address: str) -> int:
    """How many links on a page lead to the hub."""
    links = go(at, page, **address).main.get("page_link")
    return sum(link.proto.page == "hub" for link in links)


def test_without_a_matrix_the_page_says_so(every_record: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "country_matrix", lambda: every_record.country_matrix().iloc[:0])
    at = fresh("president", "en", "hub")
    assert "no matrix of countries has been imported" in said(at)
    assert charts(at) == {"hub-network"}
