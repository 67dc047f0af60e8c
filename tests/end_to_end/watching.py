"""A page of the browser that notes whatever it should not do: leave the machine, or log an error."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Opened by a link, Streamlit looks for its server below the page's own address first, and then where it is.
LOOKED_FOR = re.compile(r"http://127\.0\.0\.1:\d+/[a-z_]+/_stcore/(health|host-config)")
WIRE = frozenset({"http", "https", "ws", "wss"})


def leaves_the_machine(url: str) -> bool:
    """Whether fetching this address would open a connection to another machine (data: and blob: do not)."""
    parts = urlsplit(url)
    return parts.scheme in WIRE and parts.hostname not in LOOPBACK


@contextmanager
def watched_page(browser: Browser, address: str, *, width: int, height: int, touch: bool = False) -> Iterator[Page]:
    """A fresh page whose `goto` takes paths of the server at this address.

    At the end of the block each request to another machine, each error on the console and each uncaught exception of
    a script is an AssertionError.
    """
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        has_touch=touch,
        locale="en-GB",
        timezone_id="Asia/Tokyo",
    )
    page = context.new_page()
    complaints = _complaints_about(page)
    yield page
    context.close()
    assert not complaints, "the page " + "; the page ".join(complaints)


def _complaints_about(page: Page) -> list[str]:
    """The list to which the page's misdeeds will be added."""
    complaints: list[str] = []

    def ask(url: str) -> None:
        if leaves_the_machine(url):
            complaints.append(f"asked for {url}")

    def log(message: ConsoleMessage) -> None:
        url = message.location["url"]
        if message.type == "error" and not ("404" in message.text and LOOKED_FOR.fullmatch(url)):
            complaints.append(f"logged the error {message.text!r} ({url})")

    page.on("request", lambda request: ask(request.url))
    page.on("websocket", lambda socket: ask(socket.url))
    page.on("console", log)
    page.on("pageerror", lambda error: complaints.append(f"threw {error.message!r}"))
    return complaints
