"""Opening a page of the monitor and waiting until all of it is drawn, without a fixed pause anywhere."""

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from serving import faults

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


def settle(page: Page) -> None:
    """Wait until Streamlit has run and everything is drawn; fails on a page that shows an exception."""
    page.evaluate("window.looksSettled = 0")
    page.wait_for_function(SETTLED, polling=100, timeout=SETTLES_WITHIN)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator(FAULT)).to_have_count(0)


def main_text(page: Page) -> str:
    """What the page says, without the sidebar and the header."""
    return page.get_by_test_id("stMain").inner_text()


def screenshot(page: Page, name: str) -> Path:
    """The whole page as a picture in `test-results/` (or the folder that SCREENSHOTS names)."""
    folder = Path(os.environ.get("SCREENSHOTS", "test-results"))
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / f"{name}.png"
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    viewport = page.viewport_size
    assert viewport is not None
    page.set_viewport_size({"width": viewport["width"], "height": max(viewport["height"], height)})
    settle(page)
    page.screenshot(path=picture)
    page.set_viewport_size(viewport)
    return picture
