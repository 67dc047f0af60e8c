"""A watched browser: a test fails if its page asked for anything outside this machine or logged an error."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.end_to_end.watching import watched_page

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name of another machine is looked up. To refuse each request from here would leave the browser without a cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; one a module, because Playwright's event loop must not meet other tests' own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A page on a desktop."""
    with watched_page(browser, served, width=1440, height=900) as page:
        yield page


@pytest.fixture
def tablet(browser: Browser, served: str) -> Iterator[Page]:
    """A page on a tablet held upright."""
    with watched_page(browser, served, width=820, height=1180, touch=True) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, served: str) -> Iterator[Page]:
    """A page on a phone."""
    with watched_page(browser, served, width=390, height=844, touch=True) as page:
        yield page


def chromium() -> str:
    """Where Chromium is on this machine."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise FileNotFoundError(
            "chromium is not on the PATH; install it (Debian: apt-get install chromium) "
            "or run 'make test' as root, which does"
        )
    return found
