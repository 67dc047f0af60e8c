"""The overview: which goals count under which rule and in which year, in words, on cards and in the table."""

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import HEADLINES, INDICATORS
from metrics.indicator import Indicator
from pages.parts.goal_table import columns
from pages.parts.standing import STATUSES
from tests.pages.reading import go, opened, words
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")


def seen(language: Language = "en", **address: str) -> AppTest:
    return go(opened("president", language), "overview", **{"year": "2025", "counting": "whole", **address})


def first_words(at: AppTest) -> str:
    return next(str(one.value) for one in at.markdown if str(one.value).startswith("**")).replace("\\", "")


def badges(at: AppTest) -> list[str]:
    return [str(one.value) for one in at.markdown if "-badge[" in str(one.value)]


def behind(at: AppTest) -> list[str]:
    return [str(name) for name in at.dataframe[0].value["name"]]


def test_the_first_words_tell_all_goals_and_how_many_on_track_would_miss_their_end() -> None:
    told = first_words(seen())
    assert told.startswith("**Of 43 goals, ")
    assert "would miss their final goal at the pace so far.**" in told


def test_the_goals_on_track_that_would_miss_their_end_are_a_click_away() -> None:
    at = seen()
    (way,) = (one for one in at.get("page_link") if "too slow" in str(one.proto.label))
    count = int(str(one_number(way.proto.label)))
    assert f", {count} would miss their final goal" in first_words(at)
    address = {name: codes[0] for name, codes in parse_qs(way.proto.query_string, keep_blank_values=True).items()}
    goals = go(opened("president", "en"), "goals", **{**address, "language": "en"})
    tables = [one.value for one in goals.table if str(one.value.columns[0]).startswith("Indicator")]
    assert sum(len(table) for table in tables if len(table.columns) == len(columns(2025))) == count


def one_number(words: str) -> str:
    return "".join(letter for letter in words if letter.isdigit())


def test_goals_set_for_whole_counting_do_not_judge_figures_counted_otherwise() -> None:
    share = INDICATORS[HEADLINES["research", "deepening"]]
    following = {indicator.name.en for indicator in INDICATORS.values() if indicator.follows_counting}
    at = seen(counting="whole")
    assert "on track" in sentence_on(share, at)
    assert following & set(behind(at))
    at = seen(counting="lead")
    assert "on track" not in sentence_on(share, at)
    assert "behind" not in sentence_on(share, at)
    assert "are set for whole counting and not compared with figures counted otherwise." in first_words(at)
    assert any("not compared" in one for one in badges(at))
    assert not following & set(behind(at))


def sentence_on(indicator: Indicator, at: AppTest) -> str:
    return next(line for line in first_words(at).split("\n\n") if line.startswith(indicator.name.en))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_before_the_plans_begin_raises_no_alarm(language: Language) -> None:
    at = seen(language, year="2014")
    later = STATUSES["not started"]
    cards = [one for one in badges(at) if later.words.said_in(language) in one]
    assert len(cards) == 7  # the eighth has too few goals
    assert not any("orange-badge" in one and "schedule" in one for one in badges(at))
    assert "0 are" not in first_words(at)
    assert "0件が" not in first_words(at)


def test_the_table_of_goals_behind_tells_value_and_plan_apart_and_counts_whole_items() -> None:
    rows = seen().dataframe[0].value
    assert (rows["value"] != rows["path"]).all()
    counts = rows["path"].str.fullmatch(r"[0-9,.]+")
    assert counts.any()
    assert not rows.loc[counts, "path"].str.contains(".", regex=False).any()
    assert not rows.loc[counts, "pace"].str.contains(".", regex=False).any()


def test_one_thing_has_one_name() -> None:
    said = words(seen())
    assert {"Value FY2025", "Planned", "Next milestone", "Needed a year", "Goal", "At this pace"} <= said
    assert not {"Target", "Path", "Now"} & said


def test_what_could_be_otherwise_with_what_is_missing_is_said_where_it_is_shown() -> None:
    """Least developed countries: 1.2 % where 1.6 % is planned, but between 1.2 % and 4.0 %; money could have risen."""
    at = seen()
    assert "with what is missing it could be on track: between 1.2 % and 4.0 %" in first_words(at)
    said = [str(one.value).replace("\\", "") for one in (*at.caption, *at.markdown)]
    (named,) = [one for one in said if "these could be on track: " in one]
    assert INDICATORS["least_developed_share"].name.en in named
    assert any("† between 33.2 % and 42.0 %" in one for one in said)
    assert any("it could have moved the other way: between ¥" in one for one in said)
