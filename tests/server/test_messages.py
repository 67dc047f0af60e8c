"""What a tab may send over its websocket: what is dropped, what closes it, and that others do not notice."""

import contextlib
from collections.abc import Callable

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from serving.messages import ALLOWED, BYTES_AT_ONCE, LARGEST, MESSAGES_AT_ONCE, OPERATIONS, TokenBucket, refused_type
from tests.server.wire import ask, rerun, run, said, tab
from tests.serving import Server

KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
CUT_OFF = (1009, 1006)  # too big, or the server was gone before all was sent
PAYLOADS = [field.name for field in BackendOperationRequest.DESCRIPTOR.oneofs_by_name["payload"].fields]


def of_kind(kind: str) -> BackMsg:
    message = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(message, kind, True)
    else:
        getattr(message, kind).SetInParent()
    return message


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "backend_operation_request"])
def test_a_message_is_passed_on_only_where_a_readers_page_sends_it(kind: str) -> None:
    assert refused_type(of_kind(kind)) == ("" if kind in ALLOWED else kind)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_operation_is_passed_on_only_where_a_readers_page_asks_for_it(payload: str) -> None:
    message = BackMsg()
    getattr(message.backend_operation_request, payload).SetInParent()
    assert refused_type(message) == ("" if payload in OPERATIONS else payload)


def test_what_is_allowed_is_known_to_streamlit() -> None:
    assert set(KINDS) >= ALLOWED
    assert set(PAYLOADS) >= OPERATIONS
    assert refused_type(BackMsg()) == refused_type(of_kind("backend_operation_request")) == "empty"


def test_a_bucket_holds_so_much_and_gains_so_much_a_second() -> None:
    now = [100.0]
    bucket = TokenBucket(3, 2, clock=lambda: now[0])
    assert [bucket.take(1) for _ in range(4)] == [True, True, True, False]
    now[0] += 0.5
    assert [bucket.take(1) for _ in range(2)] == [True, False]
    now[0] += 1000
    assert [bucket.take(2) for _ in range(2)] == [True, False]  # it holds three, however long it waited


def runs_counted(messages: list[str]) -> int:
    (first, *_) = messages
    return int(first.removeprefix("run "))


def test_nobody_empties_the_caches_of_all(guarded: Server) -> None:
    with tab(guarded.address) as connection:
        before = runs_counted(said(run(connection)[0]))
        for kind in KINDS:
            if kind not in ALLOWED and kind != "backend_operation_request":
                connection.send(of_kind(kind).SerializeToString())
        assert runs_counted(said(run(connection)[0])) == before + 1
    assert '"message_type": "clear_cache"' in guarded.log.read_text()


def closed_by(address: str, send: Callable[[ClientConnection], object]) -> int:
    """The code with which the server closed the connection over which all this was sent."""
    with tab(address) as connection, contextlib.suppress(ConnectionClosed):
        send(connection)
        while True:
            connection.recv(timeout=60)
    return connection.close_code or 0


def test_what_is_no_message_closes_the_connection_and_leaves_no_trace_of_a_fault(guarded: Server) -> None:
    before = len(guarded.log.read_text())
    assert closed_by(guarded.address, lambda tab: tab.send("words")) == 1003
    assert closed_by(guarded.address, lambda tab: tab.send(b"\xff" * 40)) == 1002
    for size in (LARGEST + 1, 30 * 2**20):
        assert closed_by(guarded.address, lambda tab, size=size: tab.send(bytes(size))) in CUT_OFF  # type: ignore[misc]
    assert "Traceback" not in guarded.log.read_text()[before:]


def test_a_tab_that_sends_too_much_is_disconnected(guarded: Server) -> None:
    large = rerun(query="x" * (LARGEST - 1000)).SerializeToString()

    def send_often(connection: ClientConnection) -> None:
        for _ in range(int(BYTES_AT_ONCE // LARGEST) + 3):
            connection.send(large)

    assert closed_by(guarded.address, send_often) == 1008


def test_a_tab_that_storms_is_disconnected_and_the_others_go_on(guarded: Server) -> None:
    with tab(guarded.address) as other:
        before = runs_counted(said(run(other)[0]))
        message = rerun().SerializeToString()

        def storm(connection: ClientConnection) -> None:
            for _ in range(1000):
                connection.send(message)
                if connection.close_code:
                    break

        assert closed_by(guarded.address, storm) == 1008
        assert ask(guarded.address, "/_stcore/health").status == 200
        after = runs_counted(said(run(other)[0]))
    assert 1 < after - before <= MESSAGES_AT_ONCE + 30  # what was sent in some seconds, not the thousand


def test_a_reader_who_was_disconnected_goes_on_in_a_new_connection(guarded: Server) -> None:
    assert closed_by(guarded.address, lambda tab: tab.send("words")) == 1003
    with tab(guarded.address) as connection:
        assert said(run(connection)[0])
