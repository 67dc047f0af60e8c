"""What is being read survives a reload and can be sent as a link: the address keeps chosen rows, searches and parts."""

import pytest

from tests.pages.reading import fresh, ran

pytestmark = pytest.mark.usefixtures("demonstration")


def headings(at: object) -> list[str]:
    return [str(one.value).replace("\\", "") for one in at.subheader]  # type: ignore[attr-defined]


def test_a_chosen_definition_is_in_full_after_a_reload() -> None:
    at = fresh("president", "en", "definitions", chosen="publications")
    assert "Publications" in headings(at)
    assert ran(at).query_params["chosen"] in ("publications", ["publications"])
    assert "Publications" not in headings(fresh("president", "en", "definitions", chosen="nothing"))


def test_a_search_is_in_the_address() -> None:
    at = fresh("president", "en", "definitions")
    at.main.text_input[0].set_value("syllabi").run()
    assert at.query_params["search"] in ("syllabi", ["syllabi"])
    assert len(fresh("president", "en", "definitions", search="syllabi").dataframe[0].value) == 1


def test_a_chosen_record_is_in_full_after_a_reload() -> None:
    address = {"indicator": "joint_degree_programmes", "year": "2024"}
    at = fresh("president", "en", "records", **address)
    row = at.dataframe[0].value.iloc[1]
    at = fresh("president", "en", "records", **address, chosen=f"{row['source']}:{row['record_id']}")
    assert row["title"] in headings(at)


def test_a_chosen_import_is_shown_after_a_reload() -> None:
    at = fresh("president", "en", "imports")
    oldest = int(at.dataframe[0].value["import_id"].iloc[-1])
    at = fresh("president", "en", "imports", **{"import": str(oldest)})
    assert any(words.startswith(f"Import {oldest}:") for words in headings(at))


def test_the_part_of_a_target_is_in_the_address_and_said_in_words() -> None:
    at = fresh("president", "en", "targets", target="education", process="deepening")
    parts = next(one for one in at.segmented_control if str(one.key).startswith("part"))
    assert list(parts.options) == ["Indicators 1 to 5 of 12", "Indicators 6 to 10 of 12", "Indicators 11 to 12 of 12"]
    later = fresh("president", "en", "targets", target="education", process="deepening", part="education-deepening-6")
    assert not set(headings(at)[3:]) & set(headings(later)[3:])
