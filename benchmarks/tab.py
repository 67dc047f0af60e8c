"""One browser tab without a browser: speaks Streamlit's own protocol, so that only the server's work is timed."""

import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import NamedTuple, Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from serving import faults

PATIENCE = 120.0  # seconds for one redraw
XSRF = "_streamlit_xsrf"


class Redraw(NamedTuple):
    """One run of a page: from the request on its way to the last message of the answer read."""

    seconds: float
    size: int  # bytes of the answer


class Change(NamedTuple):
    """One value that a reader can give to one filter."""

    widget: str  # Streamlit's id of the widget
    field: str  # which field of WidgetState carries the value
    value: tuple[str, ...]


class Tab:
    """A tab on one page ("" is the first). Every redraw is a full run of the page, as after a reader's click."""

    def __init__(self, connection: ClientConnection, address: str, page: str, query: str) -> None:
        self._connection, self._address, self._page, self._query = connection, address, page, query
        self._page_hash = ""
        self._values: dict[str, Change] = {}
        self._messages: dict[str, ForwardMsg] = {}  # what the server need not send again, by hash
        self._elements: dict[tuple[int, ...], Element] = {}
        self._failed = False

    @classmethod
    @contextmanager
    def opened(
        cls, address: str, page: str = "", *, cookies: Mapping[str, str] | None = None, **parameters: str
    ) -> Iterator[Self]:
        """A tab of its own session on the server at this address, of whose cookies these are; nothing is drawn yet."""
        token = _token(address)
        held = {XSRF: token, **(cookies or {})}
        with connect(
            f"ws://{urlsplit(address).netloc}/_stcore/stream",
            origin=Origin(address),
            subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())},
            max_size=None,
            proxy=None,
        ) as connection:
            yield cls(connection, address, page, urlencode(parameters))

    def redraw(self, change: Change | None = None) -> Redraw:
        """Run the page once more, after a change of a filter if one is given; raises if the page shows an exception."""
        if change is not None:
            self._values[change.widget] = change
        request = self._request().SerializeToString()
        start = time.perf_counter()
        self._connection.send(request)
        size = self._read_to_the_end()
        seconds = time.perf_counter() - start
        self._refuse_exceptions()
        return Redraw(seconds, size)

    def ask(self) -> None:
        """Ask for a redraw and read nothing of the answer."""
        self._connection.send(self._request().SerializeToString())

    def shout(self, times: int) -> None:
        """Ask for so many redraws at once and wait for none; `ConnectionClosed` when the server has had enough."""
        request = self._request().SerializeToString()
        for _ in range(times):
            self._connection.send(request)
        while True:
            self._connection.recv(timeout=PATIENCE)

    def send_bytes(self, data: bytes) -> None:
        """Send what is no message at all, and listen until the server hangs up (`ConnectionClosed`)."""
        self._connection.send(data)
        while True:
            self._connection.recv(timeout=PATIENCE)

    def elements(self) -> list[Element]:
        """What is on the page, in reading order: the body first, then the sidebar."""
        return [self._elements[path] for path in sorted(self._elements)]

    def files(self) -> dict[str, str]:
        """What the page offers to take along: the key of each link, and the address that it leads to."""
        links = [element.link_button for element in self.elements() if element.WhichOneof("type") == "link_button"]
        return {link.id.rpartition("-")[2]: link.url for link in links}

    def changes(self, at_most: int = 12) -> list[Change]:
        """Values that the filters of the page's body offer and do not show, a few of each filter in turn."""
        offers = [_offers(element) for path, element in sorted(self._elements.items()) if path[0] == 0]
        longest = max(map(len, offers), default=0)
        in_turn = [offer[place] for place in range(longest) for offer in offers if place < len(offer)]
        return in_turn[:at_most]

    def after(self, change: Change) -> frozenset[Change]:
        """What is chosen on the page once this change is made: whether that was seen before is for others to know."""
        return frozenset({**self._values, change.widget: change}.values())

    def received(self, raw: bytes) -> None:
        """Told of every message as it came; nothing is done with it here."""

    def _request(self) -> BackMsg:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash = self._query, self._page_hash
        if not self._page_hash:
            run.page_name = self._page
        run.context_info.url = f"{self._address}/{self._page}"
        run.context_info.timezone, run.context_info.locale = "Asia/Tokyo", "en-GB"
        run.cached_message_hashes.extend(self._messages)
        for change in self._values.values():
            state = run.widget_states.widgets.add(id=change.widget)
            if change.field == "string_value":
                state.string_value = change.value[0]
            else:
                getattr(state, change.field).data.extend(change.value)
        return message

    def _read_to_the_end(self) -> int:
        size = 0
        while True:
            raw = self._connection.recv(timeout=PATIENCE)
            size += len(raw)
            self.received(raw if isinstance(raw, bytes) else raw.encode())
            message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            if message.WhichOneof("type") == "ref_hash":
                message = self._messages[message.ref_hash]
            elif message.metadata.cacheable and message.hash:
                self._messages[message.hash] = message
            if self._take(message):
                return size

    def _take(self, message: ForwardMsg) -> bool:
        """Note what a message says; whether it was the last of the run."""
        match message.WhichOneof("type"):
            case "new_session":
                self._page_hash = message.new_session.page_script_hash or self._page_hash
                self._elements, self._failed = {}, False
            case "navigation":
                self._page_hash = message.navigation.page_script_hash or self._page_hash
            case "page_info_changed":
                self._query = message.page_info_changed.query_string
            case "delta" if f"-{faults.PLACE}-" in message.delta.add_block.id:
                self._failed = True
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._elements[tuple(message.metadata.delta_path)] = message.delta.new_element
            case "script_finished":
                return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            case _:
                pass
        return False

    def _refuse_exceptions(self) -> None:
        if self._failed:
            raise RuntimeError("the page shows that it failed; the server's log says at what")
        for element in self.elements():
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(f"the page shows {element.exception.type}: {element.exception.message}")


def _token(address: str) -> str:
    """The server's token against forged requests, which a browser holds as a cookie."""
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=10) as answer:  # noqa: S310  our own http address
        cookie = SimpleCookie(answer.headers.get("Set-Cookie", ""))
    if XSRF not in cookie:
        raise ValueError(f"{address} set no cookie {XSRF}; is its protection against forged requests switched off?")
    return cookie[XSRF].value


def _offers(element: Element) -> list[Change]:
    """The values of one element that a reader can choose and that it does not show; none if it is no filter."""
    match element.WhichOneof("type"):
        case "selectbox":
            box = element.selectbox
            shown = {box.raw_value} if box.set_value else {box.options[box.default]} if box.options else set()
            return [Change(box.id, "string_value", (option,)) for option in box.options if option not in shown]
        case "multiselect":
            several = element.multiselect
            return [Change(several.id, "string_array_value", (option,)) for option in several.options]
        case "button_group":
            group = element.button_group
            labels = [option.content for option in group.options]
            shown = set(group.raw_values) if group.set_value else {labels[place] for place in group.default}
            return [Change(group.id, "string_array_value", (label,)) for label in labels if label not in shown]
        case "slider" if element.slider.options and len(element.slider.default) == 2:
            span, last = element.slider, element.slider.options[-1]
            return [Change(span.id, "string_array_value", (first, last)) for first in span.options[1:]]
        case _:
            return []
