"""What comes late finds its room: the outline of the page beside the sidebar, a filter before its part is there."""

import pytest
from playwright.sync_api import Locator, Page, Route

from tests.end_to_end.reading import open_page, settle

SIDEBAR = 300  # pixels


def outline(page: Page) -> float:
    """Where the outline of a page begins, whose connection says nothing yet."""
    page.route_web_socket("**/_stcore/stream", lambda _: None)
    page.goto("/targets")
    there = page.get_by_test_id("stAppSkeleton").bounding_box()
    assert there is not None
    return there["x"]


def test_the_outline_stands_beside_where_the_sidebar_will_be(page: Page) -> None:
    assert outline(page) > SIDEBAR


def test_on_a_phone_the_outline_takes_the_whole_width(phone: Page) -> None:
    assert outline(phone) < SIDEBAR / 3


def heights(page: Page, part: str, address: str, place: Locator, below: Locator) -> tuple[float, float]:
    """Pixels of a place of a page before a part of Streamlit's scripts is there, and after; all of it is there then."""
    held: list[Route] = []
    page.route(f"**/{part}.*.js", lambda route: held.append(route))
    page.goto(address)
    place.get_by_test_id("stSkeleton").first.wait_for(state="attached")
    below.wait_for()
    before = place.bounding_box()
    for route in held:
        route.continue_()
    page.unroute(f"**/{part}.*.js")
    place.get_by_test_id("stSkeleton").first.wait_for(state="detached")
    settle(page)
    after = place.bounding_box()
    assert before is not None
    assert after is not None
    return before["height"], after["height"]


@pytest.mark.parametrize(("part", "name"), [("Selectbox", "year"), ("ButtonGroup", "target")])
def test_a_filter_is_as_high_before_its_part_is_there_as_after(page: Page, part: str, name: str) -> None:
    chosen = page.get_by_test_id("stMain").locator(f"[class*=st-key-{name}-]")
    before, after = heights(page, part, "/targets", chosen, page.get_by_test_id("stTable").first)
    assert before == after


def test_links_beside_each_other_are_as_high_before_their_part_is_there_as_after(page: Page) -> None:
    changes = page.get_by_test_id("stVerticalBlock").filter(has_text="What changed since").last
    before, after = heights(page, "PageLink", "/", changes, page.get_by_test_id("stDataFrame"))
    assert before == after


def test_who_has_no_sidebar_loses_no_room(page: Page) -> None:
    open_page(page, "")
    page.evaluate("""() => {
      const [sidebar, main] = ['stSidebar', 'stMain'].map(name => document.querySelector(`[data-testid="${name}"]`));
      sidebar.remove();
      main.insertAdjacentHTML('beforeend', '<i class="st-key-language-en">');
    }""")
    there = page.get_by_test_id("stMain").bounding_box()
    assert there is not None
    assert there["x"] == 0
