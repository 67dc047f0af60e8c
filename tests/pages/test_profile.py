"""The profile of a department says what the records say, to those who may read them."""

import sqlite3
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests.pages.reading import fresh, go, opened, ran, words
from vocabulary.people import STUDENTS
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

GENG = {"department": "GENG", "year": "2025"}


@cache
def records(url: str) -> Records:
    return Records(connect(url), WHOLE_UNIVERSITY)


def profile(reader: str = "president", language: Language = "en", **address: str) -> AppTest:
    return go(opened(reader, language), "department", **{**GENG, "counting": "whole", **address})


def in_a_new_session(reader: str = "president", **address: str) -> AppTest:
    """The same in a session of the test's own: what a reader chose before is not carried over."""
    return fresh(reader, "en", "department", **{**GENG, **address})


def answer(at: AppTest) -> str:
    """The sentences at the top, without the marks that keep Markdown out."""
    (said,) = (one.value for one in at.main.markdown if "1 May 20" in one.value or "年5月1日" in one.value)
    return str(said).replace("\\", "")


def told(at: AppTest) -> list[str]:
    """The notes of the page, without those marks."""
    return [one.value.replace("\\", "") for one in at.info]


def heads(url: str, department: str, group: str = "all") -> int:
    """Students of a department (or all) on 1 May 2025, added up from the headcounts as they were delivered."""
    rows = records(url).populations()
    asked = (rows["as_of"] == "2025-05-01") & (rows["group"] == group) & (rows["country"] == "")
    of = rows["department"] == department
    return int(rows.loc[asked & of & rows["population"].isin(STUDENTS), "count"].sum())


def test_the_answer_says_headcounts_goals_and_what_is_most_unusual(demonstration_url: str) -> None:
    said, students = answer(profile()), heads(demonstration_url, "GENG")
    goals = records(demonstration_url).goals()
    own = goals.loc[goals["department"] == "GENG", "indicator"].nunique()
    assert f"A graduate school in engineering, with {students:,} students" in said
    assert f"Its {own} goals: " in said
    assert "of the other graduate schools (n = " in said
    assert "Students of foreign nationality" not in said  # 28 % are, as in other graduate schools


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("department", ["IMR", "FAC", "LAW"])
def test_departments_of_every_kind_are_told(department: str, language: Language) -> None:
    at = profile(language=language, department=department)
    assert len(at.metric) == 8
    assert answer(at).count("\n") == 2


def test_an_institute_has_no_students_and_says_so_instead_of_a_zero() -> None:
    at = profile(department="IMR")
    assert "no students of its own" in answer(at)
    assert "not applicable" in {one.value for one in at.metric}


def test_all_indicators_are_in_the_table_with_the_university_beside(demonstration_url: str) -> None:
    rows = next(one.value for one in profile().dataframe if "university" in one.value)
    students = heads(demonstration_url, "GENG")
    of = rows.loc[rows["name"] == "International students"].iloc[0]
    here = heads(demonstration_url, "GENG", "international")
    assert of["of"] == f"{here:,} / {students:,} (1 May)"
    assert of["value"] == f"{here / students:.1%}".replace("%", " %")
    assert set(rows["place"]) >= {"Education · deepening", "Social issues · comprehensive"}


def test_goals_are_not_compared_with_figures_counted_in_another_way() -> None:
    said = answer(profile(counting="lead"))
    assert "for figures counted whole and not compared with these" in said


def test_every_headline_leads_to_its_definition_and_its_records() -> None:
    led = [(link.proto.page, link.proto.query_string) for link in profile().main.get("page_link")]
    there = "indicator=exchange_outbound&department=GENG&year=2025"
    assert any(page.endswith("records.py") or "records" in page for page, query in led if there in query)
    assert any("indicator=exchange_outbound" in query for page, query in led if "definitions" in page)


def test_a_parent_says_how_its_departments_add_up() -> None:
    shown = words(profile(department="FAC"))
    assert any("10 departments add up to" in word for word in shown)
    assert not any("departments add up to" in word for word in words(profile()))


def test_nothing_is_shown_before_a_department_is_chosen_and_a_head_opens_the_own() -> None:
    at = in_a_new_session(department="")
    assert not at.metric
    assert any("choose whose" in one for one in told(at))
    next(button for button in at.button if button.label == "Faculty of Law").click()
    assert len(ran(at).metric) == 8
    assert "A faculty in the social sciences" in answer(at)
    assert "A faculty in the social sciences" in answer(in_a_new_session("head:LAW", department=""))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["There is no department ZZZ.", "There are no figures for a fiscal year 1999."]),
        ("ja", ["部局「ZZZ」は登録されていない。", "「1999」年度の値はない。"]),
    ],
)
def test_what_is_not_there_is_said(language: Language, said: list[str]) -> None:
    at = fresh("president", language, "department", department="ZZZ", year="1999")
    assert told(at)[:2] == said
    instead = fresh("head:LAW", language, "department", department="ZZZ", year="1999")
    assert told(instead)[0].startswith(said[0])
    assert len(instead.metric) == 8


def test_a_file_of_the_indicators_holds_numbers_and_codes(demonstration_url: str) -> None:
    def page() -> None:
        import pandas as pd
        import streamlit as st

        from metrics.tree import UNIVERSITY
        from pages.parts.departments import departments
        from pages.parts.profile import indicators
        from pages.parts.profile.figures import Profile

        profile = Profile(department=departments()["GENG"], year=2025, counting="whole")
        found = pd.DataFrame(indicators.file_of(profile))
        st.session_state["file"] = found[found["department"] != UNIVERSITY].set_index("indicator")

    at = AppTest.from_function(page, default_timeout=60)
    at.session_state["reader"] = "president"
    rows = at.run().session_state["file"]
    students = heads(demonstration_url, "GENG"), heads(demonstration_url, "GENG", "international")
    row = rows.loc["international_student_share"]
    assert (row["denominator"], row["numerator"]) == students
    assert row["value"] == students[1] / students[0]
    assert set(rows["goal_status"].dropna()) <= {"on path", "behind", "reached", "no data", "not started"}


def test_a_head_is_offered_the_own_departments_and_gets_no_other_by_its_address() -> None:
    at = in_a_new_session("head:FAC", department="GENG")
    (offered,) = (box.options for box in at.main.selectbox if str(box.key).startswith("department"))
    assert len(offered) == 11
    assert "10 departments taken together" in answer(at)
    assert "Graduate School of Engineering" not in words(at)


def test_the_records_of_another_department_are_not_counted_for_a_head() -> None:
    def page() -> None:
        import streamlit as st

        from pages.parts.departments import own_ledger

        try:
            st.text(len(own_ledger("GENG").units))
        except PermissionError as refusal:
            st.error(str(refusal))

    at = AppTest.from_function(page, default_timeout=60)
    at.session_state["reader"] = "head:IMR"
    assert [one.value for one in at.run().error] == ["head:IMR is not entitled to the records of 'GENG'"]
    at.session_state["reader"] = "head:GENG"
    assert [one.value for one in at.run().text] == ["35"]


def test_a_department_that_did_not_exist_and_has_no_records_says_so(
    demonstration_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(Path(demonstration_copy.removeprefix("sqlite:///"))) as database:
        database.execute(
            "INSERT INTO departments (code, parent_code, name_en, name_ja, kind, discipline, opened) "
            "VALUES ('NEW', '*', 'New School', '新研究科', '', '', '2026-04-01')"
        )
    monkeypatch.setenv("DATABASE_URL", demonstration_copy)
    at = in_a_new_session(department="NEW")
    assert told(at) == ["New School did not exist in FY2025: it opened on 1 April 2026."]
    assert not at.metric


def test_records_dated_after_a_department_closed_are_shown_and_told(
    demonstration_copy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(Path(demonstration_copy.removeprefix("sqlite:///"))) as database:
        database.execute("UPDATE departments SET closed = '2023-03-31' WHERE code = 'GENG'")
    monkeypatch.setenv("DATABASE_URL", demonstration_copy)
    at = in_a_new_session()
    assert told(at) == [
        "Graduate School of Engineering closed on 31 March 2023; the figures of FY2025 below come from records dated "
        "later or still in force."
    ]
    assert len(at.metric) == 8 + 1  # the headlines, and what it declared for itself


def test_a_row_that_is_chosen_opens_with_its_trend() -> None:
    at = profile()
    table = next(one for one in at.main.dataframe if "university" in one.value)
    assert isinstance(table.value, pd.DataFrame)
    before = len(at.get("plotly_chart"))  # of what the department declared for itself
    assert len(in_a_new_session(chosen="publications").get("plotly_chart")) == before + 1


def test_of_institutions_and_countries_that_it_works_with_those_are_drawn_that_one_looks_at() -> None:
    at = profile()
    institutions, countries = at.tabs
    assert "country" in institutions.dataframe[0].value
    assert not countries.dataframe
    at.session_state["ties:Institutions"] = "Countries"
    at.run()
    institutions, countries = at.tabs
    assert not institutions.dataframe
    assert "China" in set(countries.dataframe[0].value["name"])
