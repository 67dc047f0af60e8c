"""The page of definitions: the catalogue as it is declared, found and filtered, and one indicator in full."""

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import INDICATORS, of_cell
from metrics.catalogue.lookalikes import LOOKALIKES, lookalikes_of
from metrics.counted_from import counted_from
from metrics.ledger import Ledger
from metrics.numbers import said as written
from metrics.numbers import show
from metrics.references import SCHEMES
from metrics.sources import source_text, sources_of
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests.pages.reading import go, opened
from vocabulary.counting_rules import COUNTING_EXPLAINED
from vocabulary.text import LANGUAGES, Language

DECLARED = ("geng_companies_abroad", "gmed_long_stays_abroad", "irides_public_cooperation")
pytestmark = pytest.mark.usefixtures("demonstration")

UNFILTERED = {"target": "", "process": "", "unit": "", "source": "", "department": "*", "year": "", "counting": "whole"}


def seen(reader: str = "president", /, *, language: Language = "en", **address: str) -> AppTest:
    return go(opened(reader, language), "definitions", **{**UNFILTERED, **address})


def said(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in [*at.markdown, *at.caption, *at.subheader]).replace("\\", "")


def keys(at: AppTest) -> list[str]:
    (frame,) = (one.value for one in at.dataframe)
    return list(frame["key"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_catalogue_is_there_with_the_rules_that_hold_for_all(language: Language) -> None:
    at = seen(language=language)
    assert [key for key in keys(at) if key not in DECLARED] == list(INDICATORS)
    assert keys(at)[len(INDICATORS) :] == list(DECLARED)
    assert all(words.said_in(language) in said(at) for words in COUNTING_EXPLAINED.values())


def test_filters_narrow_the_catalogue_as_it_is_declared() -> None:
    assert keys(seen(target="society", process="comprehensive")) == [
        one.key for one in of_cell("society", "comprehensive")
    ]
    assert keys(seen(unit="yen")) == [key for key, one in INDICATORS.items() if one.unit == "yen"]
    assert "exchange_outbound" in keys(seen(source="IMPI"))


@pytest.mark.parametrize(("words", "found"), [("在留資格 JASSO", "international_student_share"), ("jasso", "")])
def test_a_search_in_either_language(words: str, found: str) -> None:
    at = seen(language="en")
    at.main.text_input[0].set_value(words).run()
    assert not at.exception
    assert (found or "international_students_year") in keys(at)
    at.main.text_input[0].set_value("zebra").run()
    assert not at.dataframe
    assert at.info
    at.main.text_input[0].set_value("").run()


@pytest.mark.parametrize("reader", ["president", "head:IMR"])
def test_a_definition_keeps_the_department_it_was_reached_with(reader: str, whole_ledger: Ledger) -> None:
    one = INDICATORS["international_copublication_share"]
    at = seen(reader, indicator=one.key, department="IMR", year="2024", counting="fractional")
    asked = Selection(departments=("IMR", "*"), fiscal_years=(2024,))
    found = tabulate(whole_ledger, [one], selection=asked, counting="fractional").set_index("department")["value"]
    assert at.metric[0].value == show(float(found["IMR"]), one.unit, "en")
    assert at.metric[0].label == "Institute for Materials Research, FY2024"
    assert f"The university, FY2024: {show(float(found['*']), one.unit, 'en')}" in said(at)


@pytest.mark.parametrize("key", INDICATORS)
def test_every_indicator_in_full_says_what_is_declared_and_its_latest_value(key: str, whole_ledger: Ledger) -> None:
    one = INDICATORS[key]
    at = seen(indicator=key)
    words = said(at)
    assert all(text in words for text in (one.name.en, one.name.ja, one.definition.en, one.key))
    for item in ("Formula", "Counted from", "Read when", "Counting", "Small numbers", "References", "Holds since"):
        assert item.casefold() in words.casefold(), item
    assert source_text(one).en in words
    assert counted_from(one).en in words
    history = tabulate(whole_ledger, [one], selection=Selection(departments=("*",)))
    latest = history[history["status"] == "ok"].iloc[-1]
    top, bottom, value = (float(latest[name]) for name in ("numerator", "denominator", "value"))
    few = one.is_proportion and (bottom < 30 or top < 5) and top <= bottom
    assert at.metric[0].value == (f"{top:,.0f} of {bottom:,.0f}" if few else show(value, one.unit, "en"))
    assert str(int(latest["fiscal_year"])) in at.metric[0].label
    for family in lookalikes_of(key):
        assert family.difference.en in words
        assert all(INDICATORS[other].definition.en in words for other in family.keys)


@pytest.mark.parametrize("reader", ["head:IMR", "head:FAC"])
def test_a_head_reads_a_definition_in_either_language(reader: str) -> None:
    for language in LANGUAGES:
        assert INDICATORS["foreign_faculty_share"].definition.said_in(language) in said(
            seen(reader, language=language, indicator="foreign_faculty_share")
        )


def test_an_indicator_that_does_not_exist_opens_the_catalogue() -> None:
    assert keys(seen(indicator="nothing")) == [*INDICATORS, *DECLARED]


def rows_said(at: AppTest, first: str) -> list[list[str]]:
    """The rows of tables that are read whose first cell begins so, without what keeps words in one line."""
    rows = [[str(cell) for cell in row] for one in at.table for row in one.value.to_numpy().tolist()]
    plain = [[cell.replace("\u00a0", " ").replace("\\", "") for cell in row] for row in rows]
    return [row for row in plain if row[0].startswith(first)]


@pytest.mark.parametrize("reader", ["president", "head:ENG"])
def test_two_definitions_are_shown_with_their_values_of_one_year(reader: str, whole_ledger: Ledger) -> None:
    at = seen(reader, indicator="foreign_faculty_share", department="ENG", year="2024")
    asked = Selection(departments=("ENG",), fiscal_years=(2024,))
    for key in ("foreign_faculty_share", "foreign_and_trained_abroad_share", "foreign_researcher_share"):
        one = INDICATORS[key]
        row = tabulate(whole_ledger, [one], selection=asked).iloc[0]
        (shown,) = rows_said(at, one.name.en)
        made_of = f"{row['numerator']:,.0f} of {row['denominator']:,.0f}"
        assert shown[1:] == [written(float(row["value"]), "share").en, made_of, "1 May 2024"]


def test_what_is_not_collected_is_said_where_it_would_be_looked_for() -> None:
    (family,) = (one for one in LOOKALIKES if one.not_collected.en)
    for key in family.keys:
        at = seen(indicator=key)
        assert [one.value.replace("\\", "") for one in at.info] == [family.not_collected.en]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_others_ask_for_is_one_table_with_our_values(scheme: str, whole_ledger: Ledger) -> None:
    at = seen(source=scheme, year="2024")
    (frame,) = (one.value for one in at.dataframe)
    asked = [one for one in INDICATORS.values() if scheme in sources_of(one)]
    assert sorted(frame["name"]) == sorted(one.name.en for one in asked)
    values = tabulate(whole_ledger, asked, selection=Selection(departments=("*",), fiscal_years=(2024,)))
    for one, row in zip(asked, values.to_dict("records"), strict=True):
        shown = frame.loc[frame["name"] == one.name.en, "value_words"].item()
        assert shown.removesuffix(" persons") == written(float(row["value"]), one.unit).en
    assert len(at.get("link_button")) == 2


def test_the_ten_indicators_of_the_ministry_come_in_their_order() -> None:
    (frame,) = (one.value for one in seen(source="SGU").dataframe)
    numbers = [int(place.split()[0]) for place in frame["place"] if place[0].isdigit()]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 11))


def test_a_head_reads_the_collection_of_the_own_department() -> None:
    at = seen("head:ENG", source="SGU", department="ENG", year="2024")
    (frame,) = (one.value for one in at.dataframe)
    assert (frame["value_words"] != "").all()
    refused = seen("head:ENG", source="SGU", department="SCI", year="2024")
    assert any("Records of" in one.value or "SCI" in one.value or "Science" in one.value for one in refused.info)
