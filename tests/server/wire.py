"""A browser's tab at its barest: any handshake, any bytes over the websocket, and all bytes that come back."""

import http.client
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from vocabulary.text import Text

PATIENCE = 60.0  # seconds for one run of a script, on a busy machine
XSRF = "00112233445566778899aabbccddeeff"  # a token against forged requests: any bytes, the same in cookie and page


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """What the server answers to a request with exactly these headers (`authorization=`, `host=`, ...)."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@contextmanager
def tab(
    address: str,
    *,
    origin: str | None = "same",
    host: str | None = None,
    cookies: Mapping[str, str] | None = None,
    token: str = XSRF,
    session: str = "",
) -> Iterator[ClientConnection]:
    """An open websocket to the monitor; raises `InvalidStatus` where the server refuses the handshake.

    `token` is the one against forged requests, which the page says and the cookie holds; `session` one to go on with.
    """
    server = urlsplit(address)
    held = {"_streamlit_xsrf": XSRF, **(cookies or {})}
    with connect(
        f"ws://{host or server.netloc}/_stcore/stream",
        sock=socket.create_connection((server.hostname, server.port), timeout=PATIENCE),
        origin=Origin(address if origin == "same" else origin) if origin else None,
        subprotocols=[Subprotocol(said) for said in ("streamlit", token, session) if said],
        additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())},
        max_size=None,
        proxy=None,
        open_timeout=PATIENCE,
    ) as connection:
        yield connection


def rerun(page: str = "", query: str = "") -> BackMsg:
    """The message that runs a page."""
    message = BackMsg()
    message.rerun_script.query_string, message.rerun_script.page_name = query, page
    message.rerun_script.context_info.url = f"http://127.0.0.1/{page}"
    return message


def press(widget: str) -> BackMsg:
    """The message that a click on this button sends."""
    message = rerun()
    message.rerun_script.widget_states.widgets.add(id=widget).trigger_value = True
    return message


def button(messages: list[ForwardMsg], words: Text) -> str:
    """The id of the button that is called so, in either language."""
    elements = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
    (found,) = [one.button.id for one in elements if one.WhichOneof("type") == "button" and one.button.label in words]
    return found


def run(connection: ClientConnection, message: BackMsg | None = None) -> tuple[list[ForwardMsg], bytes]:
    """Run the script once: the messages of that run, and all bytes as they came."""
    connection.send((message or rerun()).SerializeToString())
    messages: list[ForwardMsg] = []
    raw = b""
    while True:
        came = connection.recv(timeout=PATIENCE)
        assert isinstance(came, bytes)
        raw += came
        message = ForwardMsg.FromString(came)
        messages.append(message)
        over = message.WhichOneof("type") == "script_finished"
        if over and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return messages, raw


def said(messages: list[ForwardMsg]) -> list[str]:
    """What the alerts and the texts of a run say, in order."""
    elements = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
    return [words for element in elements if (words := element.alert.body or element.markdown.body)]


def wait_until(holds: Callable[[], bool]) -> None:
    """For what the server says or does within ten seconds of itself, as `/ready`, which keeps its answer for one."""
    for _ in range(100):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to that")
