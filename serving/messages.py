"""What a browser's tab may send over its websocket: which messages, how many, how much."""

import logging
import time
from collections.abc import Callable

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

LARGEST = 5 * 10**6  # bytes of one message, as Streamlit's maxWidgetStateSize; uploads come by another way
# A reader's hand makes five messages a second at most, and each carries the state of all widgets of the page.
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 60.0, 6.0
BYTES_AT_ONCE, BYTES_A_SECOND = 4.0 * LARGEST, 2.0**20

ALLOWED = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"})
OPERATIONS = frozenset({"dataframe_chunk"})  # of `backend_operation_request`
_MALFORMED, _TEXT, _TOO_MUCH, _TOO_BIG = 1002, 1003, 1008, 1009  # codes that close a websocket (RFC 6455)

_log = logging.getLogger(__name__)


class TokenBucket:
    """Holds `at_once` tokens and gains `a_second` of them each second, never more than it holds."""

    def __init__(self, at_once: float, a_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._holds, self._gains, self._clock = at_once, a_second, clock
        self._tokens, self._seen = at_once, clock()

    def take(self, tokens: float) -> bool:
        """Whether so many were there; they are gone then."""
        now = self._clock()
        self._tokens = min(self._holds, self._tokens + (now - self._seen) * self._gains)
        self._seen = now
        if tokens > self._tokens:
            return False
        self._tokens -= tokens
        return True


class MessageGuard:
    """Stands before Streamlit's websocket and passes on only what a reader's page sends.

    A message that no page of the monitor sends (such as the one that empties everybody's caches) is dropped and
    logged. A tab that sends too many messages, too much, or what is no message, is disconnected; a browser connects
    again by itself and goes on in its session.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        connection = _Connection(receive, send)
        await self._app(scope, connection.receive, connection.send)


class _Connection:
    """One websocket: what came over it so far, and whether we closed it."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._messages = TokenBucket(MESSAGES_AT_ONCE, MESSAGES_A_SECOND)
        self._bytes = TokenBucket(BYTES_AT_ONCE, BYTES_A_SECOND)
        self._dropped: set[str] = set()
        self._closed = False

    async def receive(self) -> Message:
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            code, why = self._judged(message.get("bytes"))
            if code:
                return await self._close(code, why)
            if not why:
                return message
            if why not in self._dropped:  # once a connection, or whoever sends it fills the log
                self._dropped.add(why)
                _log.warning("a message was dropped", extra={"event": "message_dropped", "message_type": why})

    async def send(self, message: Message) -> None:
        if not self._closed:
            await self._send(message)

    def _judged(self, data: bytes | None) -> tuple[int, str]:
        """(0, "") to pass it on; (0, its type) to drop it; (code, reason) to close the connection."""
        if data is None:
            return _TEXT, "text"
        if len(data) > LARGEST:
            return _TOO_BIG, "a message too big"
        if not self._messages.take(1):
            return _TOO_MUCH, "too many messages"
        if not self._bytes.take(len(data)):
            return _TOO_MUCH, "too many bytes"
        try:
            return 0, refused_type(BackMsg.FromString(data))
        except DecodeError:
            return _MALFORMED, "no message of Streamlit's"

    async def _close(self, code: int, why: str) -> Message:
        """Close the connection towards the browser, and tell Streamlit that the browser has gone."""
        _log.warning("a connection was closed", extra={"event": "connection_closed", "reason": why})
        await self._send({"type": "websocket.close", "code": code, "reason": why})
        self._closed = True
        return {"type": "websocket.disconnect", "code": code}


def refused_type(message: BackMsg) -> str:
    """The type of a message that no reader's page sends, or "" for one that it does."""
    kind = message.WhichOneof("type") or "empty"
    if kind == "backend_operation_request":
        operation = message.backend_operation_request.WhichOneof("payload") or "empty"
        return "" if operation in OPERATIONS else operation
    return "" if kind in ALLOWED else kind
