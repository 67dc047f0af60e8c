"""Sentences on figures and definitions: when they are read, what they are made of, and how they are found."""

import pytest

from metrics.catalogue import INDICATORS
from metrics.catalogue.lookalikes import LOOKALIKES, lookalikes_of
from metrics.figure_sentence import figure_sentence
from metrics.ledger import Ledger
from metrics.one_record import indicators_of
from metrics.search import matching
from metrics.sources import sources_of
from metrics.timing import timing, when_read
from vocabulary.text import Text

ENGINEERING = Text("School of Engineering", "工学部")


def sentence(key: str, status: str = "ok", numerator: float = 301, denominator: float = 822) -> Text:
    return figure_sentence(
        INDICATORS[key],
        ENGINEERING,
        (2025, 2025),
        "whole",
        status=status,
        value=numerator / denominator,
        numerator=numerator,
        denominator=denominator,
    )


def test_a_share_says_its_parts_its_year_and_its_rule() -> None:
    assert sentence("international_copublication_share") == (
        "International co-publications, School of Engineering, FY2025: 36.6 % (301 of 822; whole counting).",
        "2025年度の工学部の「国際共著論文率」は36.6%（822件のうち301件、整数カウント）。",
    )


def test_a_stock_says_its_census_day_and_no_rule() -> None:
    words = sentence("international_student_share", numerator=20, denominator=100)
    assert words.en.endswith("1 May 2025: 20.0 % (20 of 100).")
    assert words.ja.startswith("2025年5月1日の")


def test_what_is_counted_and_what_it_is_compared_with_have_their_own_units() -> None:
    words = sentence("international_committee_rate", numerator=30, denominator=200)
    assert "(30 compared with 200; whole counting)" in words.en
    assert "（200人に対し30件、整数カウント）" in words.ja


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("suppressed", "withheld to protect"),
        ("fewer than 5", "fewer than 5 persons"),
        ("no data", "nobody"),
        ("not applicable", "nothing"),
    ],
)
def test_a_figure_that_is_not_there_says_why_and_no_number(status: str, why: str) -> None:
    words = sentence("international_student_share", status, float("nan"), float("nan"))
    assert why in words.en
    assert "nan" not in words.en + words.ja


@pytest.mark.parametrize(
    ("key", "read", "when"),
    [
        ("publications", "flow", "FY2025"),
        ("agreements_in_force", "stock: what is in force", "1 May 2025"),
        ("international_student_share", "stock: headcounts", "1 May 2025"),
        ("international_students_year", "flow: headcount", "FY2025"),
        ("exchange_outbound_share", "compared with headcounts", "FY2025 (headcount of 1 May 2025)"),
        ("partner_countries", "what begins", "FY2025 (in force on 1 May 2025)"),
    ],
)
def test_when_an_indicator_is_read(key: str, read: str, when: str) -> None:
    assert read in timing(INDICATORS[key]).en
    assert when_read(INDICATORS[key], 2025, 2025).en == when


def test_years_taken_together_are_named_as_a_span() -> None:
    assert when_read(INDICATORS["international_student_share"], 2023, 2025).en == "FY2023 to FY2025"


@pytest.mark.parametrize("words", ["residence status Student", "在留資格", "JASSO", "international_student_share"])
def test_a_definition_is_found_by_words_of_either_language_its_source_or_its_key(words: str) -> None:
    assert "international_student_share" in [one.key for one in matching(INDICATORS.values(), words)]


def test_every_word_has_to_be_there_and_width_and_capitals_do_not_matter() -> None:
    assert matching(INDICATORS.values(), "ＪＡＳＳＯ annual") == (INDICATORS["international_students_year"],)
    assert matching(INDICATORS.values(), "jasso zebra") == ()
    assert len(matching(INDICATORS.values(), " ")) == len(INDICATORS)


def test_sources_are_named_without_their_numbers() -> None:
    assert sources_of(INDICATORS["exchange_outbound"]) == ("SGU", "IMPI")
    assert sources_of(INDICATORS["origin_countries_effective"]) == ("Hill 1973",)


def test_lookalikes_are_indicators_and_each_knows_its_families() -> None:
    for family in LOOKALIKES:
        assert len(set(family.keys)) == len(family.keys) > 1
        assert set(family.keys) <= set(INDICATORS)
        assert all(family in lookalikes_of(key) for key in family.keys)
    assert lookalikes_of("community_events") == ()


def test_a_record_says_which_figures_it_is_kept_out_of_and_for_want_of_what(small: Ledger) -> None:
    of_paper_4 = {one.indicator.key: [text.en for text in one.lacking] for one in indicators_of(small, 4)}
    assert of_paper_4["publications"] == []
    assert of_paper_4["international_copublication_share"] == ["country not known"]
    assert of_paper_4["partner_institutions"] == ["country not known"]
    of_paper_2 = {one.indicator.key: one.lacking for one in indicators_of(small, 2)}
    assert of_paper_2["international_copublication_share"] == of_paper_2["partner_institutions"] == ()
    assert "agreements_in_force" not in of_paper_2
