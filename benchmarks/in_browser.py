"""Pages in Chromium, first visit and after a filter: when the last chart is drawn, what comes by wire, what jumps."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import CDPSession, Page, WebSocket, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.bars import Line
from benchmarks.pages import ASKED, PAGES
from benchmarks.tab import Tab
from pages.parts.frame import FIRST
from tests import serving
from tests.end_to_end.conftest import CHROMIUM_ARGUMENTS, chromium
from tests.end_to_end.reading import open_page, settle

DATA, CHART = 1_500_000, 300_000  # bytes of a page's data, and of its largest chart
STEADY = 0.1  # of layout shift on a visit: above, a reader sees a page jump (web.dev, Cumulative Layout Shift)
PATIENCE = 60_000  # milliseconds, on a busy machine
# When something in a chart last changed, and how much of what was on the screen moved, without and soon after a click.
WATCH = """() => {
  window.noted = {drawn: 0, moved: 0, after: 0};
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    window.noted[entry.hadRecentInput ? 'after' : 'moved'] += entry.value;
  })).observe({type: 'layout-shift', buffered: true});
  const chart = '.js-plotly-plot';
  const inside = node => node instanceof Element && (node.closest(chart) || node.querySelector(chart));
  new MutationObserver(changes => {
    if (changes.some(change => [change.target, ...change.addedNodes].some(inside)))
      window.noted.drawn = performance.now();
  }).observe(document, {childList: true, subtree: true, attributes: true, attributeFilter: ['d', 'transform']});
}"""


class Visit(NamedTuple):
    """Milliseconds to the last chart drawn, bytes of data and of everything, of the largest chart; what moved."""

    drawn: float
    data: int
    wire: int
    chart: int
    moved: float
    after: float


class Wire:
    """What a page receives: bytes by its websocket (data), by requests, and of the largest chart."""

    def __init__(self, page: Page, session: CDPSession) -> None:
        self.data = self.fetched = self.chart = 0
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._loaded)
        page.on("websocket", self._opened)

    def _loaded(self, event: dict[str, float]) -> None:
        self.fetched += int(event["encodedDataLength"])

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)

    def _received(self, frame: str | bytes) -> None:
        raw = frame if isinstance(frame, bytes) else frame.encode()
        self.data += len(raw)
        element = ForwardMsg.FromString(raw).delta.new_element
        if element.WhichOneof("type") == "plotly_chart":
            self.chart = max(self.chart, element.ByteSize())


def measure(database_url: str) -> Iterator[str]:
    """The lines of each page: a first visit with an empty cache, then another fiscal year is chosen."""
    with tempfile.TemporaryDirectory() as name, serving.monitor(database_url, Path(name)) as server:
        for page in PAGES:
            try:
                with Tab.opened(server.address, page, cookies=None, language="en", **ASKED.get(page, {})) as tab:
                    tab.redraw()  # what is counted once a start is told by bar 4
                for what, visit in zip(("first visit", "after a filter"), visits(server.address, page), strict=True):
                    yield from map(str, _lines(f"{page}, {what}", visit))
            except Exception as error:  # noqa: BLE001  a browser fails in many ways; the next page is tried all the same
                yield str(Line(6, page, "failed", f"{type(error).__name__}: {str(error).partition(chr(10))[0][:50]}"))


def _lines(what: str, visit: Visit) -> Iterator[Line]:
    wire = f"{visit.data / 1000:,.0f} kB of data, {visit.wire / 1000:,.0f} kB in all"
    met = visit.data < DATA
    yield Line(6, f"{what}: last chart drawn", f"{visit.drawn:,.0f} ms", wire, f"data under {DATA / 10**6} MB", met)
    limit = f"under {CHART // 1000} kB"
    yield Line(6, f"{what}: largest chart", f"{visit.chart / 1000:,.0f} kB", "", limit, visit.chart < CHART)
    moved = f"{visit.after:.3f} within 0.5 s of the click" if visit.after else ""
    steady = visit.moved < STEADY
    yield Line(6, f"{what}: layout shift", f"{visit.moved:.3f}", moved, f"no jump: under {STEADY}", steady)


def visits(address: str, name: str) -> Iterator[Visit]:
    """A first visit of a page, and what comes after another year is chosen there."""
    with _opened(address) as page:
        page.add_init_script(f"({WATCH})()")
        wire = Wire(page, page.context.new_cdp_session(page))
        open_page(page, "" if name == FIRST else name, **ASKED.get(name, {}))
        yield _noted(page, wire, since=0)
        wire.data = wire.fetched = wire.chart = 0
        page.evaluate("Object.assign(window.noted, {drawn: 0, moved: 0, after: 0})")
        page.locator("[class*=st-key-year-]").get_by_role("combobox").first.click()
        option = page.get_by_role("option").nth(1)  # the newest stands first, and is shown
        option.wait_for()
        clicked = page.evaluate("performance.now()")
        option.click()
        settle(page)
        yield _noted(page, wire, clicked)


def _noted(page: Page, wire: Wire, since: float) -> Visit:
    noted = page.evaluate("window.noted")
    drawn = max(noted["drawn"] - since, 0)
    return Visit(drawn, wire.data, wire.data + wire.fetched, wire.chart, noted["moved"], noted["after"])


@contextmanager
def _opened(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        try:
            page = browser.new_context(
                base_url=address, viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="Asia/Tokyo"
            ).new_page()
            page.set_default_timeout(PATIENCE)
            yield page
        finally:
            browser.close()
