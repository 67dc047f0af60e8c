"""A head signs in in a real browser, sees the own department and signs out: nothing brings the page back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.parts.signing_in import SIGN_IN, SIGN_OUT
from tests.conftest import CanaryUniversity
from tests.end_to_end.reading import open_page, screenshot, settle
from tests.end_to_end.watching import leaves_the_machine
from tests.signing_in import SignedInMonitor, give_role, signed_in_monitor

pytestmark = pytest.mark.browser
HEAD, DEPARTMENT = "s-head", "School of Engineering"


@pytest.fixture(scope="module")
def monitor(canary_university: CanaryUniversity, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignedInMonitor]:
    folder = tmp_path_factory.mktemp("signed_in")
    url = canary_university.copy_in(folder)
    with signed_in_monitor(url, folder) as made:
        give_role(url, made.issuer, HEAD, "head", "ENG")
        yield made


def test_what_a_head_saw_is_gone_after_sign_out(browser: Browser, monitor: SignedInMonitor) -> None:
    context = browser.new_context(base_url=monitor.address, locale="en-GB", viewport={"width": 1440, "height": 900})
    context.route(leaves_the_machine, lambda route: route.abort())
    page = context.new_page()
    open_page(page)
    turned_away(page)
    screenshot(page, "sign_in")
    page.get_by_role("button", name=SIGN_IN.en).click()
    page.get_by_placeholder("sub").fill(HEAD)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{monitor.address}/?language=en")
    settle(page)
    open_page(page, "department")
    expect(page.get_by_test_id("stSidebar")).to_contain_text(f"Head of the {DEPARTMENT}")
    assert f"People of {DEPARTMENT}" in page.content()
    screenshot(page, "signed_in")
    cookies = context.cookies(monitor.address)
    page.get_by_role("button", name=SIGN_OUT.en).click()
    page.get_by_role("button", name="End session").click()
    page.wait_for_url(f"{monitor.address}/?language=en")
    settle(page)
    turned_away(page)
    for _ in range(3):  # the provider's page, the page of the department, the one before
        page.go_back()
        page.wait_for_load_state()
        if page.url.startswith(monitor.address):
            settle(page)
            turned_away(page)
    context.close()
    thief = browser.new_context(base_url=monitor.address, locale="en-GB")
    thief.add_cookies([{**cookie} for cookie in cookies])  # type: ignore[typeddict-item]  # as they were taken
    page = thief.new_page()
    open_page(page, "department")
    turned_away(page)
    thief.close()


def turned_away(page: Page) -> None:
    """The sign-in page, and no word of the department anywhere in the document."""
    expect(page.get_by_role("button", name=SIGN_IN.en)).to_be_visible()
    assert DEPARTMENT not in page.content()
