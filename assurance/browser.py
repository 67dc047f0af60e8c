"""Promises tried with a real browser: pages need no internet, and nothing in the data runs or leaves the machine."""

import socketserver
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Response, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from sqlalchemy import ColumnElement, Integer, String, case, cast, insert, literal, literal_column, update
from sqlalchemy.orm import InstrumentedAttribute

from assurance.demonstrated import demonstration_in
from assurance.promise import Outcome, Promise
from data_access.engine import as_whole, connect
from data_access.tables import (
    Account,
    Activity,
    Annotation,
    DeclaredIndicator,
    Department,
    Goal,
    Import,
    ImportRemark,
    Partner,
)
from pages.parts.frame import FIRST, PAGES
from serving.headers import POLICY
from tests import serving
from tests.end_to_end.conftest import CHROMIUM_ARGUMENTS, chromium
from tests.end_to_end.reading import SETTLES_WITHIN, open_page
from tests.end_to_end.watching import leaves_the_machine
from vocabulary.text import LANGUAGES, Language

PAYLOADS = (
    "<script>window.ran='script'</script>",
    "<img src=x onerror=\"window.ran='attribute'\">",
    "<svg onload=\"window.ran='svg'\"></svg>",
    "![picture]({elsewhere}/picture.png)",
    "[link](javascript:window.ran='link')",
    "<a href=\"javascript:window.ran='href'\">x</a>",
    '<iframe src="{elsewhere}/frame"></iframe>',
    '"><script src="{elsewhere}/script.js"></script>',
    "$\\href{{javascript:window.ran='math'}}{{x}}$",
    '<style>@import url("{elsewhere}/style.css")</style>',
    "javascript:window.ran='address'",
    '<base href="{elsewhere}/">',
    "<b>{elsewhere}/autolink.png</b> ![x][r]\n\n[r]: {elsewhere}/reference.png",
)
OFFICE = {"MONITOR_READERS": "local"}  # whoever opens a page is the International Strategy Office
LAND = "plot => [...plot.querySelectorAll('.geo .layer.land path')].some(path => path.getAttribute('d'))"
MAPS_DRAWN = f"() => [...document.querySelectorAll('.js-plotly-plot:has(.geo)')].every({LAND})"
DROPPED = f"""() => [...document.querySelectorAll('.js-plotly-plot')]
  .filter({LAND})
  .map(plot => plot.calcdata.flat().filter(one => !one.geojson && !(one.lonlat && isFinite(one.lonlat[0]))).length)"""
JAVASCRIPT = "() => [...document.querySelectorAll('a[href], area[href]')].filter(a => /^\\s*javascript:/i.test(a.href))"
FIELDS: tuple[InstrumentedAttribute[str], ...] = (
    *(Department.name_en, Department.name_ja, Activity.title, Partner.name_en, Annotation.text_en, Annotation.text_ja),
    *(
        DeclaredIndicator.name_en,
        DeclaredIndicator.name_ja,
        DeclaredIndicator.definition_en,
        DeclaredIndicator.definition_ja,
        Goal.note_en,
        Goal.note_ja,
    ),
    *(
        Goal.phase,
        Import.file_name,
        Import.importer,
        ImportRemark.message_en,
        ImportRemark.message_ja,
        ImportRemark.value,
    ),
    Account.name,
)


@dataclass
class Seen:
    """What the browser saw on all pages together."""

    pages: int = 0
    without_policy: int = 0
    ran: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    maps: int = 0
    dropped: int = 0


def works_offline(
    pages: Sequence[str] = tuple(PAGES), languages: Sequence[Language] = LANGUAGES, database: Path | None = None
) -> Outcome:
    """Every page with all requests to other machines refused and noted."""
    with tempfile.TemporaryDirectory() as folder:
        url = demonstration_in(Path(folder), database)
        with serving.monitor(url, Path(folder), OFFICE) as server:
            seen = _crawled(server.address, pages, languages)
    result = f"outside requests {len(seen.outside)}, maps drawn {seen.maps}, countries dropped {seen.dropped}"
    drawn = seen.maps > 0 or "partners" not in pages
    kept = not seen.outside and drawn and not seen.dropped and not seen.without_policy
    return Outcome(f"{seen.pages} pages in Chromium, in {len(languages)} languages", result, kept)


def does_nothing(
    pages: Sequence[str] = tuple(PAGES),
    languages: Sequence[Language] = LANGUAGES,
    altered: Sequence[str] = (),
    database: Path | None = None,
) -> Outcome:
    """Every page over a database whose every text field holds scripts, pictures of elsewhere and links that run."""
    with tempfile.TemporaryDirectory() as folder, _elsewhere() as (address, asked):
        url = demonstration_in(Path(folder), database)
        fields = _seed(url, [payload.format(elsewhere=address) for payload in PAYLOADS])
        program = ("tests.server.altered", *altered) if altered else ()
        with serving.monitor(url, Path(folder), OFFICE, program=program) as server:
            seen = _crawled(server.address, pages, languages)
    outside = len(seen.outside) + len(asked)
    tried = f"{len(PAYLOADS)} payloads in {fields} text fields, {seen.pages} pages in {len(languages)} languages"
    result = (
        f"scripts run {len(seen.ran)}, outside requests {outside}, breaches of the policy {len(seen.breaches)}, "
        f"pages without a policy {seen.without_policy}"
    )
    return Outcome(tried, result, not (seen.ran or outside or seen.breaches or seen.without_policy))


def _crawled(address: str, pages: Sequence[str], languages: Sequence[Language]) -> Seen:
    seen = Seen()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        for language in languages:
            _read(browser, address, pages, language, seen)
        browser.close()
    return seen


def _read(browser: Browser, address: str, pages: Sequence[str], language: Language, seen: Seen) -> None:
    """Each page in one language, in one tab of a desktop."""
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
    context.route(leaves_the_machine, lambda route: route.abort())
    page = context.new_page()
    _listen(page, urlsplit(address).port or 0, seen)
    for code in pages:
        open_page(page, "" if code == FIRST else code, language)
        page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())")
        page.wait_for_load_state("networkidle")
        with suppress(PlaywrightTimeoutError):  # a map that never comes is counted as none
            page.wait_for_function(MAPS_DRAWN, timeout=SETTLES_WITHIN)
        seen.pages += 1
        ran = page.evaluate("window.ran")
        seen.ran += [f"{code}: {ran}"] if ran else []
        seen.ran += [f"{code}: a link"] * len(page.evaluate(JAVASCRIPT))
        dropped = page.evaluate(DROPPED)
        seen.maps, seen.dropped = seen.maps + len(dropped), seen.dropped + sum(dropped)
    context.close()


def _listen(page: Page, port: int, seen: Seen) -> None:
    """Note what the page asks for elsewhere, what it breaches, and documents of ours that come without a policy."""

    def asked(url: str) -> None:
        if leaves_the_machine(url) or urlsplit(url).port not in (port, None):
            seen.outside.append(url)

    def logged(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            seen.breaches.append(message.text)

    def dismissed(dialog: Dialog) -> None:
        seen.ran.append("a dialog")
        dialog.dismiss()

    def answered(answer: Response) -> None:
        seen.without_policy += answer.request.resource_type == "document" and POLICY not in answer.headers

    page.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda socket: asked(socket.url))
    page.on("console", logged)
    page.on("dialog", dismissed)
    page.on("response", answered)


def _seed(url: str, payloads: Sequence[str]) -> int:
    """Put the payloads in turn into every row of every text field that data bring; gives how many fields."""
    engine = connect(url)
    row: ColumnElement[int] = literal_column("rowid", Integer)
    text = case(dict(enumerate(payloads)), value=row % len(payloads)) + literal(" ") + cast(row, String)
    with engine.begin() as connection:
        as_whole(connection)
        connection.execute(insert(Account), {"issuer": "https://idp.example", "subject": "1"})
        remark = {"import_id": 1, "severity": "notice", "column": "title", "message_en": "", "message_ja": ""}
        connection.execute(insert(ImportRemark), [remark] * len(payloads))
        for column in FIELDS:
            connection.execute(update(column.class_).values({column.key: text}))
    engine.dispose()
    return len(FIELDS)


@contextmanager
def _elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server of somebody else: its address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline().decode().split(" ")[1])
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


PROMISES = (
    Promise(
        number=8,
        promise="Every page works with no internet",
        explanation="Chromium opens every page in both languages with all requests to other machines refused and "
        "noted; every country of a map has its outline.",
        attempt=works_offline,
    ),
    Promise(
        number=9,
        promise="Scripts, links that run and pictures of elsewhere in the data do nothing",
        explanation="They stand in every text field that data bring: names of departments and partners, titles, notes, "
        "declared indicators, names of files, remarks, accounts; Chromium opens every page in both languages under the "
        "content policy, beside a server of somebody else that notes what it is asked for.",
        attempt=does_nothing,
    ),
)
