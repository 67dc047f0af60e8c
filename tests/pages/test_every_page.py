"""Every page, for every kind of reader, in both languages: it opens, says whose data it shows, and is not empty.

Every reader opens every page, and both languages; the office, a head and a head of two open each page in each.
"""

import re

import pytest
from streamlit.testing.v1 import AppTest

from data_access.engine import connect, reading
from data_access.imports import KINDS
from data_access.partner_names.waiting import waiting_names
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.catalogue import INDICATORS
from pages.parts.frame import DEMONSTRATION, MONITOR, PAGES
from pages.parts.language import LABEL, NAMES, literal
from pages.parts.signing_in import SIGN_IN, WHO_ENTERS
from tests.pages.reading import ENGLISH, JAPANESE, fresh, go, opened, ran, urls, words
from vocabulary.text import LANGUAGES, Language

pytestmark = pytest.mark.usefixtures("demonstration")

OFFICES = ("president", "office", "auditor")
HEADS = (  # of a faculty, a graduate school, an institute, a group, of two; a deputy
    *("head:ENG", "head:GENG", "head:IMR", "head:FAC", "head:LET+GLET", "deputy:LET"),
)
JAPANESE_HEADERS = {column.name_ja for kind in KINDS.values() for column in kind.columns}  # as files may have them
IN_EACH = ("office", "head:ENG", "head:LET+GLET")  # in each language; all others in one, the next page in the other
READERS = [*OFFICES, *HEADS]
EVERY = [
    (page, reader, language)
    for number, reader in enumerate(READERS)
    for place, page in enumerate(PAGES)
    for turn, language in enumerate(LANGUAGES)
    if reader in IN_EACH or (number + place + turn) % len(LANGUAGES) == 0
]


@pytest.fixture(scope="module")
def names(demonstration_url: str) -> tuple[set[str], "re.Pattern[str]"]:
    """What has one language only: titles of records; of partners, places, plans; sources of definitions and tables."""
    records = Records(connect(demonstration_url), WHOLE_UNIVERSITY)
    partners, titles = records.partners(), records.activities(columns=("title",))["title"]
    sources = {indicator.source for indicator in INDICATORS.values()} | set(records.country_matrix()["source"])
    sources |= {reference.detail.ja for indicator in INDICATORS.values() for reference in indicator.references}
    inside = {*partners["name_en"], *partners["city"], *records.goals()["phase"], *sources}
    inside |= set(records.references()["source"])
    importers = set(records.imports()["importer"])  # a command, as `manage.py demo`
    inside |= importers | set(map(literal, importers))
    with reading(connect(demonstration_url)) as connection:
        candidates = [one for name in waiting_names(connection) for one in name.candidates]
    inside |= {told for one in candidates for told in (one.name, one.written, one.organization.name_en)}
    inside |= {told for one in candidates for told in (one.organization.city, one.organization.name_ja)}
    longest_first = sorted((re.escape(name) for name in inside if name), key=len, reverse=True)
    return set(titles), re.compile("|".join([r"`[^`]*`", *longest_first]))  # commands are what they are, too


@pytest.mark.parametrize(("page", "reader", "language"), EVERY)
def test_a_page_opens_with_its_title_its_mark_and_something_to_read_in_one_language(
    page: str, reader: str, language: Language, names: tuple[set[str], "re.Pattern[str]"]
) -> None:
    at = go(opened(reader, language), page)
    (title,) = (one.value for one in at.title)
    assert bool(JAPANESE.search(title)) == (language == "ja"), title
    shown = words(at)
    assert any("-badge[" in word and DEMONSTRATION.said_in(language) in word for word in shown)
    assert not at.error
    there = [*at.metric, *at.dataframe, *at.table, *at.get("plotly_chart")]
    assert there or at.info or at.warning, "neither a figure nor the reason why there is none"
    titles, inside = names
    one_language = titles | set(NAMES.values()) | JAPANESE_HEADERS
    other = ENGLISH if language == "ja" else JAPANESE
    lines = {word.replace("<br>", " ") for word in shown - one_language}  # charts break long names
    assert [line for line in lines if other.search(line) and other.search(inside.sub("", line))] == []


def page_of_words() -> None:
    import pandas as pd
    import streamlit as st

    st.metric("of a metric", 1, help="of a help")
    st.dataframe(pd.DataFrame({"a": ["of a cell"]}), column_config={"a": st.column_config.TextColumn("of a column")})
    st.expander("of an expander").selectbox("of a filter", ["of an option"])
    st.tabs(["of a tab"])
    chart = {"data": [{"hovertext": ["of a mark"]}], "layout": {"title": {"text": "of a chart"}}}
    st.plotly_chart(chart, alt="of an alt text")


def test_every_word_is_read_wherever_it_stands() -> None:
    places = ("metric", "help", "cell", "column", "expander", "filter", "option", "tab", "mark", "chart", "alt text")
    shown = words(ran(AppTest.from_function(page_of_words)))
    assert {f"of a {place}" for place in places} <= {word.replace("of an ", "of a ") for word in shown}
    assert all(ENGLISH.search(word) for word in shown if word.startswith("of a"))


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_shown_nothing_even_on_a_page_that_was_open(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = fresh("president", "en", page)
    monkeypatch.setenv("MONITOR_READERS", "sign-in")
    ran(at)
    assert [one.value for one in at.title] == [MONITOR.en]
    assert [one.label for one in at.button] == [SIGN_IN.en]
    assert words(at) == {MONITOR.en, SIGN_IN.en, WHO_ENTERS.en, LABEL.en, *NAMES.values()}
    assert not [*at.metric, *at.dataframe, *at.table, *at.get("plotly_chart"), *at.get("link_button")]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_puts_anything_where_everybody_fetches_it(page: str) -> None:
    """Streamlit's own store of media asks nobody who he is; files to take along are the shelf's."""
    at = go(opened("office", "en"), page)
    assert not [url for url in urls(at) if "/media/" in url]
    assert not at.get("download_button")


FILTERS = {"target": "industry", "process": "comprehensive", "year": "2022", "counting": "fractional"}


def test_the_switch_of_languages_keeps_the_page_and_its_filters() -> None:
    at = fresh("president", "en", "targets", **FILTERS)
    at.sidebar.button_group[0].set_value("ja")
    assert JAPANESE.search(ran(at).title[0].value)
    assert at.query_params == FILTERS | {"language": "ja"}


def test_the_switch_of_readers_keeps_the_page_and_its_filters() -> None:
    at = fresh("president", "en", "targets", **FILTERS)
    title = at.title[0].value
    at.sidebar.selectbox[0].set_value("head:GENG")
    assert ran(at).session_state["reader"] == "head:GENG"
    assert at.title[0].value == title
    assert at.query_params == FILTERS | {"language": "en"}
