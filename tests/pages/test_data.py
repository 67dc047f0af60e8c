"""What a reader gets: figures of the whole university cut to the reader, whoever filled the cache before."""

import pytest
from streamlit.testing.v1 import AppTest

FOREIGN = "SCI"


def figures_page() -> None:
    import streamlit as st

    from metrics.catalogue import INDICATORS
    from metrics.view import Selection
    from pages.parts import data

    foreign = Selection(departments=("SCI",), fiscal_years=(2023,))
    one = ("exchange_outbound",)
    seen = data.figures(INDICATORS)
    st.session_state["units"] = sorted(set(seen["department"]))
    st.session_state["suppressed"] = sorted(set(seen.loc[seen["status"] == "suppressed", "department"]))
    st.session_state["foreign"] = len(data.figures(one, selection=foreign))
    st.session_state["foreign_by_year"] = len(data.figures(one, by=("fiscal_year",), selection=foreign))
    st.session_state["records"] = len(data.activities_behind("exchange_outbound", "SCI", (2023,)))
    st.session_state["peers"] = data.peer_values("international_copublication_share", 2023)
    st.session_state["persons"] = data.peers("international_student_share", 2023)
    st.session_state["papers"] = data.peer_values("publications", 2023)


@pytest.fixture
def store(demonstration_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", demonstration_url)
    monkeypatch.setenv("MONITOR_READERS", "demonstration")


def seen_by(reader: str) -> AppTest:
    at = AppTest.from_function(figures_page, default_timeout=120)
    at.session_state["reader"] = reader
    at.run()
    assert not at.exception, at.exception
    return at


@pytest.mark.usefixtures("store")
def test_a_head_sees_the_university_and_the_own_department_whoever_read_before() -> None:
    whole, head = seen_by("president").session_state, seen_by("head:ENG").session_state
    assert {"*", "ENG", FOREIGN} <= set(whole["units"])
    assert head["units"] == ["*", "ENG"]
    assert seen_by("president").session_state["units"] == whole["units"]


@pytest.mark.usefixtures("store")
def test_a_head_gets_nothing_of_another_department_by_asking_for_it() -> None:
    whole, head = seen_by("office").session_state, seen_by("head:ENG").session_state
    assert whole["foreign"] == 1
    assert whole["foreign_by_year"] == 1
    assert whole["records"] > 0
    assert (head["foreign"], head["foreign_by_year"], head["records"]) == (0, 0, 0)


@pytest.mark.usefixtures("store")
def test_few_people_are_withheld_from_a_head_in_the_university_s_figures_only() -> None:
    assert seen_by("president").session_state["suppressed"] == []
    assert set(seen_by("head:ENG").session_state["suppressed"]) == {"*"}


@pytest.mark.usefixtures("store")
def test_peers_are_values_without_names_in_order() -> None:
    peers = seen_by("head:ENG").session_state["peers"]
    assert len(peers) > 10
    assert list(peers) == sorted(peers)
    assert all(isinstance(value, float) for value in peers)


@pytest.mark.usefixtures("store")
def test_of_persons_a_head_is_told_the_middle_of_the_others_about_and_no_single_value() -> None:
    told, all_of_it = (seen_by(reader).session_state["persons"] for reader in ("head:ENG", "president"))
    assert (told.ordered, len(told.quartiles)) == ((), 3)
    assert all(abs(value * 100 - round(value * 100)) < 1e-9 for value in told.quartiles)
    assert (len(all_of_it.ordered), all_of_it.unlisted) == (25, None)
    assert told.unlisted < 25


@pytest.mark.usefixtures("store")
def test_a_parent_is_no_peer_of_the_departments_below_it() -> None:
    """The demonstration has 31 departments in three groups; each has a number of publications, if only 0."""
    assert len(seen_by("head:ENG").session_state["papers"]) == 31


@pytest.mark.usefixtures("store")
def test_without_readers_to_choose_nobody_sees_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_READERS", "sign-in")
    at = seen_by("president").session_state
    assert (at["units"], at["foreign"], at["foreign_by_year"], at["records"], at["peers"]) == ([], 0, 0, 0, ())


@pytest.mark.usefixtures("store")
def test_departments_together_never_tell_of_one() -> None:
    """By leaving one out of a sum, or by asking for the sum of a kind that one department is of."""

    def page() -> None:
        import streamlit as st

        from pages.parts import data

        for kind, without in (("faculty", "ENG"), ("faculty", "SCI"), ("museum", "")):
            try:
                rows = data.of_kind(("publications",), 2023, kind, without=without)
                st.text(rows["publications"].departments)
            except (LookupError, PermissionError) as refusal:
                st.error(type(refusal).__name__)

    at = AppTest.from_function(page, default_timeout=60)
    at.session_state["reader"] = "head:ENG"
    at.run()
    assert [one.value for one in at.text] == ["9"]
    assert [one.value for one in at.error] == ["PermissionError", "LookupError"]
