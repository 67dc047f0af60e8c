"""The comparison names departments to the offices, and to a head nobody else's."""

import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests.pages.reading import fresh, go, opened, words
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

SHARE = "international_student_share"


def comparison(reader: str = "president", language: Language = "en", **address: str) -> AppTest:
    codes = {"indicator": SHARE, "year": "2025", "counting": "whole", "department": "", "kind": "all"}
    return go(opened(reader, language), "comparison", **{**codes, **address})


def shown(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in at.main.markdown).replace("\\", "")


def faculties_of(url: str) -> list[str]:
    rows = Records(connect(url), WHOLE_UNIVERSITY).departments()
    return list(rows.loc[rows["kind"] == "faculty", "code"])


def students(url: str, department: str, group: str) -> float:
    """Counted by hand from the headcounts of 1 May 2025."""
    rows = Records(connect(url), WHOLE_UNIVERSITY).populations()
    levels = rows["population"].isin(["undergraduate", "master", "doctoral"])
    asked = (rows["as_of"] == "2025-05-01") & (rows["group"] == group) & (rows["country"] == "") & levels
    return float(rows.loc[asked & (rows["department"] == department), "count"].sum())


def test_the_marked_department_and_the_university_are_told_with_their_values(demonstration_url: str) -> None:
    value = students(demonstration_url, "GENG", "international") / students(demonstration_url, "GENG", "all")
    said = shown(comparison(department="GENG"))
    assert f"Graduate School of Engineering: {100 * value:.1f} %, clearly above the university." in said


def test_the_table_has_the_31_departments_and_no_group_of_them() -> None:
    at = comparison(indicator="publications")
    (table,) = (one.value for one in at.main.dataframe)
    assert len(table) == 31
    assert "Faculties" not in set(table["name"])
    assert any("31 departments add up to" in str(one.value) for one in at.main.caption)


def test_one_kind_of_departments_can_be_shown_alone() -> None:
    (table,) = (one.value for one in comparison(kind="institute", indicator="publications").main.dataframe)
    assert len(table) == 6


def test_departments_of_a_kind_are_measured_against_their_kind(demonstration_url: str) -> None:
    faculties = faculties_of(demonstration_url)
    of, among = (
        sum(students(demonstration_url, code, group) for code in faculties) for group in ("international", "all")
    )
    at = comparison(kind="faculty")
    assert f"for 10 faculties together it is {100 * of / among:.1f} %" in shown(at)
    assert "Clearly above the faculties together" in shown(at)
    (line,) = (str(one.value) for one in at.main.caption if "add up to" in str(one.value))
    assert line.startswith(f"The 10 listed add up to {of:,.0f}")


def test_a_head_is_shown_the_own_kind_together_and_no_single_value() -> None:
    """The head reads the same sum of the faculties as the President, who sees every department."""
    at = fresh("head:LAW", "en", "comparison", indicator=SHARE, year="2025")
    (kinds,) = (one for one in at.main.segmented_control if str(one.key).startswith("kind"))
    assert (kinds.options, kinds.value) == (["All", "Faculties"], "faculty")
    assert "Values of single departments are not shown, to protect individuals and departments." in shown(at)
    # 8 of 667 students: Wilson's interval, 0.6 to 2.3 %, holds the faculties' 2.1 %.
    assert "Faculty of Law: 1.2 %, which cannot be told apart from the faculties together." in shown(at)


def test_departments_without_a_value_are_listed_with_the_reason() -> None:
    at = comparison()
    assert "There is nothing to divide by: all students" in shown(at)
    assert "Institute of Fluid Science" in shown(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_head_sees_the_own_value_among_others_without_a_name(language: Language, demonstration_url: str) -> None:
    every = Records(connect(demonstration_url), WHOLE_UNIVERSITY).departments()
    named = every[~every["code"].isin(["*", "IRIDES"]) & (every["kind"] != "group")]  # a kind is no department
    at = comparison("head:IRIDES", language, indicator="publications", department="GENG")
    refused = {str(line.value) for line in at.main.info}  # names the department that the address asked for, no more
    assert len(refused) == 1
    inside = words_of_main(at) - refused
    for column in ("name_en", "name_ja"):
        assert [name for name in named[column] if any(name in word for word in inside if len(name) > 3)] == []
    (table,) = (one.value for one in at.main.dataframe)
    assert len(table) == 1
    assert not any("add up to" in word for word in inside)


def words_of_main(at: AppTest) -> set[str]:
    """All words but those of the sidebar, which offers whose view to take."""
    return words(at) - {option for box in at.sidebar.selectbox for option in box.options}


def test_a_head_of_several_departments_sees_them_by_name() -> None:
    at = comparison("head:FAC", indicator="publications")
    (table,) = (one.value for one in at.main.dataframe)
    assert len(table) == 10
    assert len(at.get("plotly_chart")) == 2
    assert "Graduate School of Science" not in words_of_main(at)


def test_the_dots_are_no_league_table() -> None:
    at = comparison()
    assert any("no league table" in str(one.value) for one in at.main.caption)
    (table,) = (one.value for one in at.main.dataframe)
    assert not {"rank", "place"} & set(table.columns)
    assert list(table["value"].dropna()) != sorted(table["value"].dropna(), reverse=True)


def test_the_university_s_total_of_a_count_is_said_but_does_not_squeeze_the_departments() -> None:
    for key, drawn in (("publications", False), (SHARE, True)):
        at = comparison(indicator=key)
        assert any("total is not drawn" in str(one.value) for one in at.main.caption) is not drawn
        assert ('"type":"line"' in at.get("plotly_chart")[0].proto.spec) is drawn
