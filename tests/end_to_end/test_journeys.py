"""The journeys that must work, made in a real browser against the served monitor."""

import re

import pytest
from playwright.sync_api import Page

from tests.end_to_end.reading import main_text, open_page, screenshot

KANA = re.compile(r"[぀-ヿ]")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_monitor_opens_in_the_language_of_the_address(page: Page, language: str) -> None:
    open_page(page, language=language)
    assert bool(KANA.search(main_text(page))) == (language == "ja")
    assert screenshot(page, f"first-page-{language}").stat().st_size > 10_000
