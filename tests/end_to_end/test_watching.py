"""The watched page notices what a page of the monitor must not do."""

import re

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.watching import leaves_the_machine, watched_page


@pytest.fixture(scope="module")
def address() -> str:
    return "http://127.0.0.1:9"  # nothing is fetched from it


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("await fetch('http://192.0.2.1/world.json').catch(() => {})", "asked for http://192.0.2.1/world.json"),
        (
            "await new Promise(end => { const i = new Image(); i.onerror = end; i.src = 'https://a.invalid/b.png' })",
            "asked for https://a.invalid/b.png",
        ),
        ("await new Promise(end => new WebSocket('ws://a.invalid/').onerror = end)", "asked for ws://a.invalid/"),
        ("console.error('no such mark')", "logged the error 'no such mark'"),
        ("setTimeout(() => { throw new Error('unplanned') })", "threw 'unplanned'"),
    ],
)
def test_a_misdeed_of_a_page_fails_its_test(browser: Browser, address: str, script: str, complaint: str) -> None:
    with (
        pytest.raises(AssertionError, match=re.escape(complaint)),
        watched_page(browser, address, width=800, height=600) as page,
    ):
        page.evaluate(f"async () => {{ {script} }}")
        page.evaluate("() => new Promise(done => setTimeout(done))")


def test_a_page_that_stays_on_the_machine_passes(browser: Browser, address: str) -> None:
    with watched_page(browser, address, width=800, height=600) as page:
        page.set_content("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>")
        page.evaluate("console.log('all is well')")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8501/", "ws://localhost:8501/_stcore/stream", "data:,x", "blob:x"])
def test_loopback_and_inline_addresses_stay_on_the_machine(url: str) -> None:
    assert not leaves_the_machine(url)
