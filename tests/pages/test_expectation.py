"""The fair comparison sets a department beside what its mix leads to expect, and a head beside nobody."""

import json
import zlib

import pytest
from streamlit.testing.v1 import AppTest

from data_access.records import Records
from metrics.fairness_words import VERDICTS
from tests.pages.reading import fresh, go, opened
from vocabulary.people import STUDENTS
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

SHARE = "international_student_share"
NO_SECRET = ("*", "FAC", "GRAD", "INST", "ENG")  # the university, what groups are called, and the head's own


def fair(reader: str = "president", language: Language = "en", **address: str) -> AppTest:
    codes = {"indicator": SHARE, "year": "2025", "counting": "whole", "department": "", "mix": "level"}
    return go(opened(reader, language), "expectation", **{**codes, "reference": "same", **address})


def said(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in at.main.markdown).replace("\\", "")


def dots(at: AppTest) -> list[str]:
    """The departments that the funnel draws, by code."""
    charts = [json.loads(one.proto.spec) for one in at.get("plotly_chart")]
    return [code for chart in charts for trace in chart["data"] for code in trace.get("customdata", [])]


def students(records: Records, department: str = "") -> dict[str, tuple[float, float]]:
    """International and all students by level on 1 May 2025, from the headcounts themselves."""
    rows = [
        row
        for row in records.populations().to_dict("records")
        if str(row["as_of"])[:10] == "2025-05-01" and not row["country"] and department in ("", row["department"])
    ]

    def counted(level: str, group: str) -> float:
        return float(sum(row["count"] for row in rows if (row["population"], row["group"]) == (level, group)))

    return {level: (counted(level, "international"), counted(level, "all")) for level in STUDENTS}


def test_a_department_is_set_beside_what_the_headcounts_lead_to_expect(every_record: Records) -> None:
    own, everyone = students(every_record, "GSCI"), students(every_record)
    counted, n = (sum(pair[place] for pair in own.values()) for place in (0, 1))
    expected = sum(pair[1] * everyone[level][0] / everyone[level][1] for level, pair in own.items())
    told = said(fair(department="GSCI"))
    assert (
        f"{100 * counted / n:.1f} % for the share “International students” in FY2025 ({counted:,.0f} of {n:,.0f})"
        in told
    )
    assert f"its mix of levels would lead one to expect {100 * expected / n:.1f} % ({expected:,.0f})" in told
    assert f"observed / expected {counted / expected:.2f}, 95 % interval" in told
    mix, verdicts, rates = (one.value for one in fair(department="GSCI").main.dataframe)
    assert mix["expected"].sum() == pytest.approx(expected)
    assert verdicts.loc[verdicts["name"] == "Graduate School of Science", "expected"].item() == pytest.approx(expected)
    assert len(rates) == len(verdicts)


def test_departments_stand_in_the_order_of_the_register_and_never_ranked(every_record: Records) -> None:
    register = list(every_record.departments()["name_en"])
    _, table, rates = (one.value for one in fair(department="GSCI").main.dataframe)
    for shown in (table, rates):
        places = [register.index(str(name)) for name in shown["name"]]
        assert places == sorted(places)
    assert set(table["verdict"]) <= {verdict.en for verdict in VERDICTS.values()}


def test_without_a_marked_department_those_beyond_the_limits_are_named() -> None:
    at = fair()
    (outside,) = (line for line in said(at).splitlines() if line.startswith("Higher than expected"))
    table = next(iter(at.main.dataframe)).value
    for name in table.loc[table["verdict"] == "higher than expected", "name"]:
        assert name in outside
    assert len(dots(at)) == len(table)
    assert any("①" in str(one.value) for one in at.main.caption)


def test_a_published_table_can_be_the_reference(every_record: Records) -> None:
    published = [
        row
        for row in every_record.references().to_dict("records")
        if (row["indicator"], row["dimension"], row["fiscal_year"]) == (SHARE, "level", 2024)
    ]
    rate = {str(row["stratum"]): row["numerator"] / row["denominator"] for row in published}
    expected = sum(n * rate[level] for level, (_, n) in students(every_record, "GSCI").items())
    number = zlib.crc32(str(published[0]["source"]).encode())
    told = said(fair(department="GSCI", reference=f"table-2024-{number:08x}"))
    assert f"({expected:,.0f})." in told
    assert "“DEMO" in told


def test_another_year_of_the_university_can_be_the_reference() -> None:
    told = said(fair(department="GSCI", reference="university-2020"))
    assert "the university in FY2020" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_head_is_shown_the_own_department_alone(every_record: Records, language: Language) -> None:
    at = fair("head:ENG", language, department="")
    names = {str(row["code"]): str(row[f"name_{language}"]) for row in every_record.departments().to_dict("records")}
    tables = [one.value for one in at.main.dataframe]
    assert [len(table) for table in tables] == [1, 1, 1]
    assert {name for table in tables[1:] for name in table["name"]} == {names["ENG"]}
    assert dots(at) == ["ENG"]
    spoken = [str(one.value) for one in (*at.main.markdown, *at.main.caption, *at.main.subheader)]
    told = "\n".join([*spoken, *(option for one in at.main.selectbox for option in one.options)]).replace("\\", "")
    told = told.replace(names["ENG"], "")
    assert not [name for code, name in names.items() if code not in NO_SECRET and name in told]


def test_a_head_is_not_told_of_a_field_that_hardly_anyone_else_has() -> None:
    at = fair("head:ENG", mix="field", department="")
    assert "would tell of few people or of single departments" in said(at)
    (mix, *_) = (one.value for one in at.main.dataframe)
    assert mix["reference_rate"].isna().all()
    assert dots(at) == []


def test_a_head_who_asks_for_another_department_is_shown_the_own_one() -> None:
    at = fair("head:ENG", department="GSCI")
    assert "School of Engineering: " in said(at)
    assert "Graduate School of Science: " not in said(at)


def ways_here(page: str, **address: str) -> list[str]:
    at = fresh("president", "en", page, year="2025", **address)  # no filters of what others have opened
    return [link.proto.query_string for link in at.main.get("page_link") if link.proto.page.endswith("expectation")]


def test_a_figure_leads_here_from_where_it_is_shown() -> None:
    for page in ("comparison", "targets"):
        ways = ways_here(page, indicator=SHARE, department="GSCI")
        assert any(f"indicator={SHARE}" in way and "department=GSCI" in way for way in ways), page
    assert any("department=GSCI" in way for way in ways_here("department", department="GSCI"))
    assert ways_here("comparison", indicator="publications") == []  # a number has no mix to be taken out
