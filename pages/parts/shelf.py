"""Files that pages offer to take along: for whom each is and how it is made, kept in this process until nobody can ask.

A file is made when it is asked for, of plain data that were cut to its reader when the page was drawn. A link holds
a number that cannot be guessed, signed by this process; it answers as long as the tab that shows it is open, and ten
minutes beyond. Who asks is judged anew each time (`serving.exports`).
"""

import hmac
import secrets
import threading
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from streamlit import config, runtime

LIFE = 600.0  # seconds after a page was drawn, where its tab is not open any more
MOST, MOST_BYTES = 4_000, 256 << 20  # of all readers together; what was offered longest ago goes first
LOOKED = 10.0  # seconds: to look at all of them for each link would hold up a page of many readers
OF_ONE_TAB = 60  # links of one tab: those of the page as it stands, and of the runs before
PLACE = "export"  # of the address: /export/TOKEN
_SIGNED = 32  # hexadecimal digits of a signature


@dataclass(frozen=True, kw_only=True)
class File:
    """One file to take along. `make` gives its bytes and knows no Streamlit; `size` is about what it holds, in bytes.

    `rows` is how many rows of data it has, where it has rows.
    """

    name: str
    mime: str
    make: Callable[[], bytes]
    size: int = 0
    rows: int | None = None


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file with what it is bound to: the reader it was drawn for (`owner`), the tab, and when that was."""

    file: File
    owner: object
    tab: str
    drawn: float


class Shelf:
    """Keeps the files; `is_open` says whether a tab is still there, by its session's id."""

    def __init__(
        self,
        is_open: Callable[[str], bool],
        *,
        life: float = LIFE,
        most: int = MOST,
        most_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.life = life
        self._is_open, self._most, self._most_bytes = is_open, most, most_bytes
        self._clock, self._key = clock, secrets.token_bytes(32)
        self._kept: OrderedDict[str, Kept] = OrderedDict()  # the oldest first
        self._of_tab: defaultdict[str, deque[str]] = defaultdict(deque)  # their numbers, the oldest first
        self._bytes, self._looked = 0, clock()
        self._lock = threading.Lock()

    def put(self, file: File, *, owner: object, tab: str) -> str:
        """The token under which the file can be asked for."""
        number = secrets.token_hex(16)
        with self._lock:
            self._kept[number] = Kept(file=file, owner=owner, tab=tab, drawn=self._clock())
            self._of_tab[tab].append(number)
            self._bytes += file.size
            self._clear(tab)
        return number + self._signature(number)

    def take(self, token: str) -> Kept | None:
        """The file of a token; None where it is altered, of another process, too old, or made room for others."""
        number, signature = token[:-_SIGNED], token[-_SIGNED:]
        if not hmac.compare_digest(self._signature(number).encode(), signature.encode()):
            return None
        with self._lock:
            kept = self._kept.get(number)
        return kept if kept is not None and self._lives(kept) else None

    def _signature(self, number: str) -> str:
        return hmac.new(self._key, number.encode(), "sha256").hexdigest()[:_SIGNED]

    def _lives(self, kept: Kept) -> bool:
        return self._clock() - kept.drawn < self.life or self._is_open(kept.tab)

    def _clear(self, tab: str) -> None:
        """Let go of what is too many or too large, and now and then of what is too old; what was put last stays."""
        if self._clock() - self._looked >= LOOKED:
            self._looked = self._clock()
            for number in [number for number, kept in self._kept.items() if not self._lives(kept)]:
                self._drop(number)
        while len(self._of_tab[tab]) > OF_ONE_TAB:
            self._drop(self._of_tab[tab][0])
        while len(self._kept) > 1 and (len(self._kept) > self._most or self._bytes > self._most_bytes):
            self._drop(next(iter(self._kept)))

    def _drop(self, number: str) -> None:
        gone = self._kept.pop(number)
        self._bytes -= gone.file.size
        self._of_tab[gone.tab].remove(number)
        if not self._of_tab[gone.tab]:
            del self._of_tab[gone.tab]


def _tab_is_open(session: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(session)


SHELF = Shelf(_tab_is_open)


def address(token: str) -> str:
    """Where a browser asks for a file, also behind a path of a proxy (`server.baseUrlPath`)."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{PLACE}/{token}" if base else f"/{PLACE}/{token}"
