"""The policy on small numbers covers what the catalogue marks, and says what else it covers and why."""

import csv
from pathlib import Path

import pytest

from metrics.catalogue import INDICATORS
from metrics.disclosure.levels import published_as
from metrics.disclosure.policy import EXPLAINED, PROTECTIONS, explained, is_protected, protection
from metrics.disclosure.setting import UnknownMethodError, chosen_method

with (Path(__file__).parent / "catalogue_keys.csv").open(encoding="utf-8", newline="") as file:
    MARKED = {row["key"]: row["protected"] == "yes" for row in csv.DictReader(file)}

BEYOND_THE_MARK = {  # not marked in the common catalogue, and yet counts of persons, or worked out from them
    "exchange_balance": "persons",  # students received less students sent, of both: gives the two counts away
    "long_stay_share": "persons",  # a stay is what one researcher did
    "international_committee_rate": "persons",  # per 100 faculty: its lower line is a headcount
    "exchange_reciprocity": "index",  # of persons, partner by partner
    "exchange_countries_effective": "index",
    "origin_countries_effective": "index",
    "internship_countries_effective": "index",
    "partner_countries": "mixed",  # countries of anything, an exchange of one student among it
    "partner_institutions": "mixed",
    "overseas_companies": "mixed",
    "repeat_company_share": "mixed",
    "exchange_agreements_alive": "mixed",  # an agreement lives by a single student
    "sdg_coverage": "mixed",
    "industry_countries_effective": "mixed",  # contracts and internships
    "industry_departments_share": "mixed",
    "society_countries_effective": "mixed",  # projects and people trained
    "society_departments_share": "mixed",
}


@pytest.mark.parametrize("key", INDICATORS)
def test_what_counts_persons_is_protected_as_the_catalogue_marks_it(key: str) -> None:
    found = protection(INDICATORS[key])
    if MARKED.get(key, INDICATORS[key].protected):
        assert found in ("persons", "index")
    else:
        assert found == BEYOND_THE_MARK.get(key, "public")


@pytest.mark.parametrize("key", ["publications", "agreements_in_force", "industry_funding", "english_syllabus_share"])
def test_papers_agreements_money_and_courses_are_public_facts(key: str) -> None:
    assert not is_protected(INDICATORS[key])


def test_every_indicator_says_what_is_withheld_in_both_languages() -> None:
    assert PROTECTIONS.keys() == EXPLAINED.keys()
    words = explained(INDICATORS["exchange_outbound"])
    assert "no count of 1 to 4" in words.en
    assert "fewer than 23 persons" in words.en
    assert "1〜4人" in words.ja


@pytest.mark.parametrize(("word", "method"), [(None, "suppress"), ("", "suppress"), ("Round ", "round")])
def test_numbers_are_withheld_unless_the_setting_says_round(
    monkeypatch: pytest.MonkeyPatch, word: str | None, method: str
) -> None:
    monkeypatch.delenv("MONITOR_SMALL_NUMBERS", raising=False)
    if word is not None:
        monkeypatch.setenv("MONITOR_SMALL_NUMBERS", word)
    assert chosen_method() == method


def test_another_word_is_an_error_that_says_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_SMALL_NUMBERS", "hide")
    with pytest.raises(UnknownMethodError, match="MONITOR_SMALL_NUMBERS=hide: say one of suppress, round"):
        chosen_method()


def test_levels_are_told_where_they_are_figures_of_their_own() -> None:
    every = INDICATORS.values()
    assert published_as(INDICATORS["international_student_share"], every) == {
        "undergraduate": "undergraduate_international_share",
        "master": "master_international_share",
        "doctoral": "doctoral_international_share",
    }
    assert published_as(INDICATORS["foreign_national_student_share"], every) == {}  # nobody publishes its levels
    assert published_as(INDICATORS["exchange_outbound_share"], every) == {}
