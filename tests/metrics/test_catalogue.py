"""The catalogue: common keys and names as agreed, both languages everywhere, every cell of the matrix measured."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from metrics.catalogue import HEADLINES, INDICATORS, by_key, of_cell, of_target
from metrics.conditions import CONDITIONS
from metrics.indicator import Indicator
from metrics.measures import Activities, Measure, OfActivities, Sum
from metrics.references import SCHEMES, Reference
from metrics.search import matching
from metrics.sources import source_text
from vocabulary.activity_types import ACTIVITY_TYPES, PROCESSES, TARGETS
from vocabulary.text import Text

CELLS = [(target, process) for target in TARGETS for process in PROCESSES]
JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
KEPT_FOR_GOOD = {
    "international_student_share",
    "undergraduate_international_share",
    "master_international_share",
    "doctoral_international_share",
    "exchange_outbound",
    "exchange_inbound",
    "exchange_balance",
    "agreements_in_force",
    "publications",
    "international_copublication_share",
    "industry_copublication_share",
    "partner_countries",
    "partner_institutions",
    "overseas_industry_funding",
    "global_issue_projects",
}

with (Path(__file__).parent / "catalogue_keys.csv").open(encoding="utf-8", newline="") as file:
    AGREED = {row["key"]: row for row in csv.DictReader(file)}  # the common catalogue; a university may add its own

COMMON = [key for key in INDICATORS if key in AGREED]
every_indicator = pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)


def parts_of(indicator: Indicator) -> Iterator[Measure]:
    for measure in (indicator.numerator, indicator.denominator):
        if isinstance(measure, Sum):
            yield from (term for _, term in measure.terms)
        elif measure is not None:
            yield measure


@pytest.mark.parametrize("key", COMMON)
def test_an_indicator_of_the_common_catalogue_is_declared_as_agreed(key: str) -> None:
    indicator = INDICATORS[key]
    declared = {
        "key": indicator.key,
        "en": indicator.name.en,
        "ja": indicator.name.ja,
        "target": indicator.target,
        "process": indicator.process,
        "unit": indicator.unit,
        "better": indicator.better,
        "protected": "yes" if indicator.protected else "no",
    }
    assert declared == AGREED[key], f"{key} means something else here than agreed: give an own indicator an own key"


def test_the_indicators_of_the_common_catalogue_stand_in_the_agreed_order() -> None:
    assert [key for key in AGREED if key in INDICATORS] == COMMON


def test_the_keys_that_others_rely_on_are_there() -> None:
    assert set(INDICATORS) >= KEPT_FOR_GOOD


@pytest.mark.parametrize(("target", "process"), CELLS)
def test_every_cell_of_the_matrix_is_measured_and_has_a_headline(target: str, process: str) -> None:
    keys = [indicator.key for indicator in of_cell(target, process)]
    assert len(keys) >= 5
    assert HEADLINES[target, process] in keys


def test_the_cells_make_up_the_targets_and_the_targets_the_catalogue() -> None:
    for target in TARGETS:
        assert of_target(target) == tuple(i for process in PROCESSES for i in of_cell(target, process))
    assert [i for target in TARGETS for i in of_target(target)] == list(INDICATORS.values())
    assert set(HEADLINES) == set(CELLS)


@every_indicator
def test_every_text_is_said_in_its_own_language(indicator: Indicator) -> None:
    for text in (indicator.name, indicator.definition, indicator.formula):
        assert text.en
        assert not JAPANESE.search(text.en), text.en
        assert JAPANESE.search(text.ja), text.ja
        for said in text:
            assert said == said.strip()
            assert not re.search(r"[{}]|\.\.\.|\bTODO\b", said)
    assert indicator.definition.en.endswith(".")
    assert indicator.definition.ja.endswith("。")
    assert indicator.source


@every_indicator
def test_a_definition_says_when_things_are_counted(indicator: Indicator) -> None:
    parts = list(parts_of(indicator))
    counted = {ACTIVITY_TYPES[kind].counted for part in parts for kind in part.types}
    groups = {group for part in parts for group in getattr(part, "groups", ())}
    en, ja = indicator.definition
    if "event" in counted or "whole_year" in groups:
        assert "fiscal year" in en
        assert "年度" in ja
    if "in force" in counted or groups - {"whole_year"}:
        assert "1 May" in en
        assert "5月1日" in ja


@every_indicator
def test_conditions_and_activity_types_exist(indicator: Indicator) -> None:
    for part in parts_of(indicator):
        assert set(part.types) <= set(ACTIVITY_TYPES)
        if isinstance(part, OfActivities):
            assert part.types
            assert set(part.only) <= set(CONDITIONS)


def test_the_whole_common_catalogue_is_declared() -> None:
    assert [key for key in AGREED if key not in INDICATORS] == []


@every_indicator
def test_references_say_their_scheme_and_number_in_both_languages(indicator: Indicator) -> None:
    for reference in indicator.references:
        name = SCHEMES[reference.scheme].name
        assert reference.text.en.startswith(f"{name.en} {reference.number}".strip())
        assert reference.text.ja.startswith(name.ja)
        assert reference.number in reference.text.ja
        assert source_text(indicator).en.count(reference.text.en) >= 1


def test_each_of_the_ten_numbers_of_the_ministry_is_answered() -> None:
    answered = {r.number for one in INDICATORS.values() for r in one.references if r.scheme == "SGU"}
    assert {str(number) for number in range(1, 11)} <= answered


def test_a_reference_is_written_as_its_readers_know_it() -> None:
    assert source_text(INDICATORS["exchange_outbound"]) == (
        "MEXT Top Global University 4, persons; IMPI 01009",
        "スーパーグローバル大学創成支援事業 指標4「人数」；IMPI 01009",
    )


@pytest.mark.parametrize(
    ("words", "key"),
    [("IMPI 01005", "joint_degree_share"), ("sgu 9", "mixed_housing_share"), ("PP(<100 km)", "short_distance_share")],
)
def test_an_indicator_is_found_by_its_number_elsewhere(words: str, key: str) -> None:
    assert key in [one.key for one in matching(INDICATORS.values(), words)]


@pytest.mark.parametrize("words", ["UNESCO prior education", "入学前の教育"])
def test_who_looks_for_prior_education_finds_what_is_collected_instead(words: str) -> None:
    assert "international_student_share" in [one.key for one in matching(INDICATORS.values(), words)]


@pytest.mark.parametrize(("scheme", "number"), [("SGU", "11"), ("SGU", "one"), ("SHANGHAI", "")])
def test_a_reference_to_what_is_not_there_is_refused(scheme: str, number: str) -> None:
    with pytest.raises(ValueError, match=scheme):
        replace(INDICATORS["publications"], references=(Reference(scheme, number),))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"unit": "percent"}, "publications: no unit 'percent'; there are share, count, persons, yen, index"),
        ({"better": "more"}, "publications: no better 'more'; there are higher, lower, neither"),
        ({"numerator": Activities(only="company_abroad")}, "only is the word 'company_abroad' where a tuple is meant"),  # type: ignore[arg-type]
        ({"numerator": Activities(types="publication")}, "types is the word 'publication' where a tuple is meant"),  # type: ignore[arg-type]
        ({"numerator": Activities(types=("paper",))}, "publications: types: no 'paper'; there are "),
        ({"numerator": Activities(only=("abroad",))}, "publications: only: no 'abroad'; there are international"),
        ({"references": ("IMPI 01005",)}, "'IMPI 01005' is no Reference; write a tuple of those that metrics/"),
        ({"references": Reference("IMPI", "01005")}, "'IMPI' is no Reference"),
    ],
)  # fmt: skip
def test_a_slip_in_a_declaration_is_refused_with_what_there_is(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        replace(INDICATORS["publications"], **wrong)  # type: ignore[arg-type]


def test_two_indicators_of_one_key_are_refused() -> None:
    publications = INDICATORS["publications"]
    with pytest.raises(ValueError, match="'publications'"):
        by_key((publications, INDICATORS["startups"], publications))


def test_a_missing_language_is_refused() -> None:
    publications = INDICATORS["publications"]
    with pytest.raises(ValueError, match="publications: a text lacks a language"):
        Indicator(
            key="publications", name=publications.name, definition=Text("Publications of the fiscal year.", ""),
            target="research", process="deepening", unit="count", better="higher", numerator=publications.numerator,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "en", "ja"),
    [
        (
            "society_participation",
            "the share “People who take part in tackling social issues with the world”",
            "「社会課題の国際活動に参加する教職員」の割合",
        ),
        ("international_student_share", "the share “International students”", "「外国人留学生比率」"),
        ("joint_degree_share", "“Share of degree programmes run jointly”", "「共同学位の割合」"),
        ("publications", "“Publications”", "「論文数」"),
    ],
)
def test_a_name_in_a_sentence_is_quoted_and_a_share_called_one(key: str, en: str, ja: str) -> None:
    assert INDICATORS[key].in_a_sentence == (en, ja)
