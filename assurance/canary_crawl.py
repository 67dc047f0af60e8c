"""P1: a reader never receives what is not his, in any byte: every page, widget, word of an address, file and fault."""

import itertools
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed

from assurance.canary_marks import BEGINS, text
from assurance.canary_readers import Prober
from assurance.canary_scan import Found, Scanner
from assurance.forgeries import forged, words_of_addresses
from assurance.probing_tab import ProbingTab
from pages.parts.frame import PAGES
from tests.server.wire import ask
from vocabulary.text import LANGUAGES

IN_ONE_TAB = 45  # probes: a connection may send sixty messages at once
OFFERED, FORGED = 6, 36  # values tried of the widgets of one page
NOT_THERE = "ZqNOTTHEREqZ"
WHO_READS = ("-reader:", "-language:", "sign", "-viewing:")  # widgets with which somebody becomes another reader
PATHS = (
    *("/", "/overview", "/records", "/imports", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics"),
    *("/_stcore/script-health-check", "/_stcore/agent/openapi.json", "/ready", "/media/0", "/media/..%2f..%2fdata"),
    *("/export/0", "/component/x/y", "/app/static/../data/monitor.db", "/app/static/%2e%2e/monitor.db", "/static/x"),
    *("/_stcore/upload_file/x/y", "/_stcore/stream", "/data/monitor.db", "/app.py", "/.streamlit/secrets.toml"),
)


@dataclass
class Crawled:
    """What came of probes: how many, whose canaries were found where they are foreign, and where they are own."""

    probes: Counter[str] = field(default_factory=Counter)  # by reader
    foreign: Counter[tuple[str, str, Found]] = field(default_factory=Counter)  # reader, what was asked for, canary
    own: Counter[str] = field(default_factory=Counter)  # canaries that a reader may see and saw: the search works
    failed: list[str] = field(default_factory=list)  # pages that said that they failed
    lock: threading.Lock = field(default_factory=threading.Lock)


class Crawl:
    """Probes one server as several readers."""

    def __init__(self, address: str, scanner: Scanner, *, of_a_page: int = FORGED) -> None:
        self.address, self.scanner, self.crawled, self._of_a_page = address, scanner, Crawled(), of_a_page
        self._files: list[tuple[str, str]] = []  # (whose, address) of files that pages offered

    def run(self, readers: Sequence[Prober], pages: Sequence[str], *, most: int | None = None) -> Crawled:
        """Every probe of every reader; of each reader at most so many, spread over all there are."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda reader: self._as_reader(reader, pages, most), readers))
        for reader in readers:
            self._files_of_others(reader)
            self._paths(reader)
        return self.crawled

    def _as_reader(self, reader: Prober, pages: Sequence[str], most: int | None) -> None:
        asked = list(addresses(pages))
        if reader.own is None:  # nothing is foreign to them: each page as it opens shows that the search finds
            asked = [one for one in asked if not one[1]]
        if most is not None:
            asked = asked[:: max(1, len(asked) // most)]
        while asked:
            with reader.opened() as tab:
                asked = self._in_one_tab(reader, tab, asked)

    def _in_one_tab(
        self, reader: Prober, tab: ProbingTab, asked: list[tuple[str, dict[str, str]]]
    ) -> list[tuple[str, dict[str, str]]]:
        """Probes as many as one connection may send; gives those that are left."""
        sent = 0
        try:
            while asked and sent < IN_ONE_TAB and not tab.echoes:
                page, parameters = asked.pop(0)
                sent += self._page(reader, tab, page, parameters)
        except (ConnectionClosed, TimeoutError):
            self._look(reader, f"{page}?{parameters} (hung up)", tab)
        return asked

    def _page(self, reader: Prober, tab: ProbingTab, page: str, parameters: Mapping[str, str]) -> int:
        """One page by its address; where it is opened without anything asked for, its widgets and files, too."""
        said = f"{page}?{urlencode(parameters)}"
        tab.go(page, urlencode({"language": "en", **parameters}))
        self._draw(reader, tab, said, [*parameters.values()])
        if set(parameters) - {"language"}:
            return 1
        sent = 1
        self._take(reader, tab, page)
        if reader.own is None:
            return sent
        widgets, offers = tab.widgets(), tab.changes(OFFERED)
        for offer in offers:
            tab.go(page, urlencode({"language": "en", **parameters}))
            tab.redraw(offer)
            self._look(reader, f"{said} {offer.widget.rpartition('-')[2]}={offer.value}", tab)
            sent += 1
        states = [state for number, element in widgets for state in forged(number, element, FOREIGN_VALUES)]
        states.sort(key=lambda state: BEGINS.encode() in state.SerializeToString())  # what may come back goes last
        for state in states[: self._of_a_page]:
            if any(one in state.id for one in WHO_READS):
                continue
            if tab.echoes:
                break
            tab.go(page, urlencode({"language": "en", **parameters}))
            tab.forge([state])
            self._draw(reader, tab, f"{said} forged {state.id.rpartition('-')[2]}", FOREIGN_VALUES)
            sent += 1
        return sent

    def _draw(self, reader: Prober, tab: ProbingTab, said: str, sent: Sequence[str]) -> None:
        tab.redraw()
        self._look(reader, said, tab, sent)

    def _look(self, reader: Prober, said: str, tab: ProbingTab, sent: Sequence[str] = ()) -> None:
        """Search what came; what was sent may come back."""
        came, tab.came = tab.came, []
        tab.echoes |= self._judge(reader, said, came, sent)
        if tab.failed:
            with self.crawled.lock:
                self.crawled.failed.append(f"{reader.name} {said}")

    def _judge(self, reader: Prober, said: str, came: Sequence[bytes], sent: Sequence[str] = ()) -> bool:
        """Count one probe and what was found in its answer; whether what was sent came back in it."""
        found = frozenset().union(*(self.scanner.found(one) for one in came))
        echoed = frozenset().union(*(self.scanner.found(one.encode()) for one in sent))
        with self.crawled.lock:
            self.crawled.probes[reader.name] += 1
            for one in found - echoed:
                if reader.is_foreign(one.owners):
                    self.crawled.foreign[reader.name, said, one] += 1
                else:
                    self.crawled.own[reader.name] += 1
        return not found.isdisjoint(echoed)

    def _take(self, reader: Prober, tab: ProbingTab, page: str) -> None:
        """The files that the page offers, as who was offered them."""
        for key, address in tab.files().items():
            if not address.startswith("/export/"):
                continue
            answer = ask(self.address, address, cookie=_cookie(reader.cookies))
            self._judge(reader, f"{page} file {key}", [answer.body])
            with self.crawled.lock:
                self._files.append((reader.name, address))

    def _files_of_others(self, reader: Prober) -> None:
        """Files that were offered to other readers, asked for with this one's cookies."""
        if not any(one != reader.name for one, _ in self._files) or not reader.cookies:
            return
        for whose, address in self._files[:40]:
            if whose != reader.name:
                answer = ask(self.address, address, cookie=_cookie(reader.cookies))
                self._judge(reader, f"file of {whose} ({answer.status})", [answer.body])

    def _paths(self, reader: Prober) -> None:
        for path in PATHS:
            answer = ask(self.address, path, cookie=_cookie(reader.cookies))
            headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
            self._judge(reader, path, [answer.body, headers.encode()])

    def chunks(self, owner: Prober, thief: Prober, page: str) -> None:
        """Parts of the tables of another reader's open tab, asked for by their ids, in both sessions' names."""
        with owner.opened() as theirs, thief.opened() as mine:
            theirs.go(page, "language=en")
            theirs.redraw()
            mine.redraw()
            for source, session in itertools.product([*theirs.tables(), "0"], (theirs.session, mine.session)):
                message = BackMsg()
                request = message.backend_operation_request
                request.request_id, request.session_id = "forged", session
                request.dataframe_chunk.source_id, request.dataframe_chunk.limit = source, 100
                mine.send(message)
                mine.redraw()
                self._look(thief, f"chunk of {source}", mine)


FOREIGN = "AGR"  # none of the readers' own
FOREIGN_VALUES = (FOREIGN, f"own_{FOREIGN.lower()}", text(FOREIGN))
OF_WORD: dict[str, tuple[str, ...]] = {
    "record": (
        f"{text(FOREIGN)}:{text(FOREIGN)}publication2025n1",
        f"{text(FOREIGN)}:{text(FOREIGN)}industry_contract2025n2",
    ),
    "import": tuple(str(number) for number in range(8, 40)),
    "partner": ("https://ror.org/02v51f717", "https://ror.org/03cve4549", f"{text(FOREIGN)} Company"),
    "department": (FOREIGN, "GRAD", "FAC", "*", "LET", "ENG", NOT_THERE),
    "source": (text(FOREIGN), "goals", NOT_THERE),
    "indicator": (f"own_{FOREIGN.lower()}", "industry_funding", "exchange_outbound", NOT_THERE),
    "year": ("2024", "1", NOT_THERE),
    "years": ("2023-2025", "1-2"),
}


def addresses(pages: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page as it opens, in both languages; then each with every word of addresses and values of others."""
    for page in pages:
        yield page, {}
        yield page, {"language": LANGUAGES[-1] if LANGUAGES[-1] != "en" else LANGUAGES[0]}
    for page, word in itertools.product(pages, words_of_addresses()):
        for value in OF_WORD.get(word, FOREIGN_VALUES):
            yield page, {word: value}
    for page, key in itertools.product(pages, ("industry_funding", "international_student_share", "publications")):
        yield page, {"indicator": key, "department": FOREIGN, "year": "2025"}


def _cookie(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


EVERY_PAGE = tuple(PAGES)
