"""Opening a page of the monitor and waiting until all of it is drawn, without a fixed pause anywhere."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from pages.parts.frame import FIRST, PAGES
from serving import faults
from vocabulary.text import Language, Text

READING_AS = Text("Reading as", "閲覧者")
SETTLES_WITHIN = 60_000  # milliseconds, on a busy machine
FAULT = f"[class*=st-key-{faults.PLACE}-]"

# Streamlit writes the state of the run on its outermost element. A page is settled when the run is over, nothing on it
# is stale or a placeholder, every visible chart has its drawing, and all that was so at three looks in a row.
SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const waiting = ['[data-stale="true"]', '[data-testid="stSkeleton"]', '[data-testid="stAppSkeleton"]',
                   '[data-testid="stSpinner"]', '[data-testid="stStatusWidget"]'].join(', ');
  const drawn = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .filter(chart => chart.getClientRects().length > 0)
    .every(chart => chart.querySelector('svg.main-svg'));
  const settled = app !== null
    && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]') !== null
    && document.querySelector(waiting) === null
    && document.fonts.status === 'loaded'
    && drawn;
  window.looksSettled = settled ? (window.looksSettled || 0) + 1 : 0;
  return window.looksSettled >= 3;
}"""


def open_page(page: Page, path: str = "", language: str = "en", **parameters: str) -> None:
    """Open a page of the monitor ("targets", "" for the first) in a language, with filters, and wait for all of it."""
    query = "&".join(f"{key}={value}" for key, value in {"language": language, **parameters}.items())
    page.goto(f"/{path}?{query}")
    settle(page)


def read_as(page: Page, reader: Text, language: Language) -> None:
    """In a demonstration, choose whose view to take."""
    page.get_by_role("combobox", name=READING_AS.said_in(language)).fill(reader.said_in(language))
    page.get_by_role("option", name=reader.said_in(language), exact=True).click()
    settle(page)


def choose_page(page: Page, code: str, language: Language) -> None:
    """Choose a page in the navigation, and wait for all of it."""
    page.get_by_test_id("stSidebarNav").get_by_role(
        "link", name=PAGES[code].title.said_in(language), exact=True
    ).click()
    page.wait_for_url(re.compile(rf"/{'' if code == FIRST else code}(\?|$)"))  # which Streamlit writes as it runs
    settle(page)


def settle(page: Page) -> None:
    """Wait until Streamlit has run and everything is drawn; fails on a page that shows an exception."""
    page.evaluate("window.looksSettled = 0")
    page.wait_for_function(SETTLED, polling=100, timeout=SETTLES_WITHIN)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator(FAULT)).to_have_count(0)


def main_text(page: Page) -> str:
    """What the page says, without the sidebar and the header."""
    return page.get_by_test_id("stMain").inner_text()


def screenshot(page: Page, name: str) -> None:
    """The whole page as a picture in the folder that SCREENSHOTS names; without one, nobody waits for pictures."""
    if "SCREENSHOTS" not in os.environ:
        return
    folder = Path(os.environ["SCREENSHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    viewport = page.viewport_size
    assert viewport is not None
    page.set_viewport_size({"width": viewport["width"], "height": max(viewport["height"], height)})
    settle(page)
    page.screenshot(path=folder / f"{name}.png")
    page.set_viewport_size(viewport)
