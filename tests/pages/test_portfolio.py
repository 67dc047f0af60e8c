"""The page of partners: the catalogue's figures in words, for every reader, and nothing of other people's."""

import json
from functools import cache

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from metrics.ledger import FRAMES, Ledger
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests.house import HOME
from vocabulary.text import LANGUAGES

YEARS = (2023, 2024, 2025)
MUNICH = "https://ror.org/02kkvpp62"
READERS = ("president", "office", "head:GENG", "head:FAC", "head:IRIDES")


@pytest.fixture(autouse=True)
def store(demonstration_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    monkeypatch.setenv("MONITOR_READERS", "demonstration")
    monkeypatch.setattr("pages.parts.frame.FIRST", "partners")  # the page that the monitor opens with
    return demonstration_url


def opened(reader: str = "president", **address: str | list[str]) -> AppTest:
    at = AppTest.from_file(str(HOME / "app.py"), default_timeout=120)
    at.session_state["reader"] = reader
    for key, value in ({"language": "en"} | address).items():
        at.query_params[key] = value
    at.run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    """All texts of the page, without the marks that keep them literal."""
    texts = [element.value for kind in (at.markdown, at.caption, at.info, at.subheader) for element in kind]
    return "\n".join(str(text) for text in texts).replace("\\", "")


def tables(at: AppTest) -> list[pd.DataFrame]:
    return [element.value for element in at.dataframe]


@cache
def ledger(url: str) -> Ledger:
    records = Records(connect(url), WHOLE_UNIVERSITY)
    return Ledger.of({name: getattr(records, name)() for name in FRAMES})


def counted(url: str, key: str, **narrowed: object) -> int:
    """A figure of the catalogue over the years that the page opens with, pooled."""
    selection = Selection(fiscal_years=YEARS, **narrowed)  # type: ignore[arg-type]  # handed on
    return int(tabulate(ledger(url), [INDICATORS[key]], (), selection)["numerator"].iloc[0])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_can_open_it_in_both_languages(reader: str, language: str) -> None:
    at = opened(reader, language=language)
    assert ("agreements in force" in said(at)) == (language == "en")
    assert len(tables(at)) >= 2


def test_the_answer_is_the_catalogue_s_figure(store: str) -> None:
    countries, institutions = counted(store, "partner_countries"), counted(store, "partner_institutions")
    assert countries > 50
    assert f"worked with {institutions} institutions in {countries} countries and regions abroad" in said(opened())
    assert f"海外{countries}か国・地域の{institutions}機関と" in said(opened(language="ja"))


def test_a_department_and_a_country_narrow_the_answer(store: str) -> None:
    asked = {"departments": ("GENG",), "countries": frozenset({"DE"})}
    institutions = counted(store, "partner_institutions", **asked)
    words = said(opened(department="GENG", country="DE"))
    assert f"Graduate School of Engineering worked with {institutions} institutions in Germany" in words


def test_agreements_in_force_are_the_catalogue_s_and_their_states_add_up(store: str) -> None:
    figure = tabulate(ledger(store), [INDICATORS["agreements_in_force"]], (), Selection(fiscal_years=(2025,)))
    at = opened()
    assert f"Of {int(figure['numerator'].iloc[0])} agreements in force on 1 May 2025" in said(at)
    assert sum(int(str(metric.value).replace(",", "")) for metric in at.metric) == figure["numerator"].iloc[0]


def test_the_list_of_countries_keeps_all_of_them_when_one_is_chosen() -> None:
    assert len(tables(opened(country="DE"))[0]) == len(tables(opened())[0])
    assert set(tables(opened(country="DE"))[1]["place"]) == {"Germany"}


def test_an_institution_opens_its_profile_in_either_language() -> None:
    assert "Technical University of Munich" in said(opened(partner=MUNICH))
    assert "年度別の活動件数" in said(opened(partner=MUNICH, language="ja"))
    assert "Choose an institution" in said(opened(partner="https://ror.org/nobody"))


def test_a_head_sees_only_departments_of_the_own_in_the_profile_of_an_institution() -> None:
    assert {"GENG", "IMR"} <= departments_in_profile(opened(partner=MUNICH))
    assert departments_in_profile(opened("head:GENG", partner=MUNICH)) == {"GENG"}


def departments_in_profile(at: AppTest) -> set[str]:
    """The codes behind the bars of the profile's departments."""
    chart = next(
        json.loads(chart.proto.spec) for chart in at.get("plotly_chart") if "partner-departments" in chart.proto.id
    )
    return set(chart["data"][0]["customdata"])


def test_a_head_gets_the_own_department_for_the_asking_of_another() -> None:
    asked, own = said(opened("head:GENG", department="GSCI")), said(opened("head:GENG"))
    refused = [line for line in asked.split("\n") if line not in own.split("\n")]
    assert len(refused) == 1
    assert "Graduate School of Science" in refused[0]  # said, and nothing else changes
    assert [line for line in asked.split("\n") if line not in refused] == own.split("\n")


def test_a_head_sees_totals_of_the_university_and_no_lists(store: str) -> None:
    at = opened("head:GENG", department="*", partner=MUNICH, country="DE")
    figure = tabulate(ledger(store), [INDICATORS["partner_institutions"]], (), Selection(fiscal_years=(2025,)))
    assert str(int(figure["numerator"].iloc[0])) in [metric.value for metric in at.metric]
    assert tables(at) == []
    assert not at.get("plotly_chart")


@pytest.mark.parametrize(
    "address",
    [
        {"department": "LAW", "target": "industry", "region": "Africa"},
        {"department": "IRIDES", "years": "2014-2014", "partner_type": "archive"},
        {"department": "INST", "years": "2025-2025", "country": ["DE", "VA"]},
        {"country": "JP", "target": "nothing", "years": "1990-2040", "partner_type": "x"},
    ],
)
def test_no_filter_leaves_the_page_without_words(address: dict[str, str | list[str]]) -> None:
    for language in LANGUAGES:
        words = said(opened("president", **({"language": language} | address)))
        assert "2025" in words or "2014" in words


def test_the_map_and_the_list_of_names_without_a_ror_id_agree_with_the_lists() -> None:
    at = opened()
    institutions = tables(at)[1]
    without = int((institutions["ror_id"] == "").sum())
    assert without > 0
    assert len(tables(at)[-1]) == without
    assert any(f"{without} of {len(institutions)} institutions" in block.label for block in at.expander)
