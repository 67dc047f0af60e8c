"""What the server of the monitor answers to strangers: headers on everything, shut doors, forged handshakes."""

import asyncio
import re

import pytest
from starlette.responses import Response
from starlette.types import ASGIApp, Message
from websockets.exceptions import InvalidStatus

from serving.closed import Closed
from serving.headers import CONSTANT, INDEX, POLICY, SecurityHeaders, content_policy
from tests.server.wire import ask, run, tab

ANSWERS = (
    *("/", "/targets", "/_stcore/health", "/_stcore/host-config", "/app/static/topojson/world_50m.json"),
    *("/favicon.png", "/media/nothing.csv", "/component/none/index.html", "/_stcore/metrics", "/nothing/here.js"),
)


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_carries_every_header(served: str, path: str) -> None:
    headers = ask(served, path).headers
    assert {name: headers.get(name) for name in CONSTANT} == CONSTANT
    assert f"connect-src 'self' ws://{served[7:]} wss://" in headers[POLICY]
    assert "strict-transport-security" not in headers
    assert "server" not in headers


def test_a_refused_host_is_told_the_same_and_is_not_named_in_the_policy(served: str) -> None:
    answer = ask(served, "/", host="monitor.example; script-src *")
    assert answer.status == 400
    assert "monitor.example" not in answer.headers[POLICY]


def test_the_only_scripts_that_run_are_the_servers_files_and_the_one_in_the_installed_page() -> None:
    scripts = re.findall(r"script-src [^;]*", content_policy(INDEX.read_text("utf-8")))
    assert re.fullmatch(r"script-src 'self' 'sha256-[A-Za-z0-9+/]{43}='", *scripts)


def test_a_script_that_a_new_version_of_the_page_holds_gets_a_hash_of_its_own() -> None:
    # The hash is the example of the W3C's Content Security Policy Level 3, section 8.3.
    assert "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='" in content_policy(
        "<script>alert('Hello, world.');</script>"
    )


@pytest.mark.parametrize(
    "path",
    [
        *("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/agent/mcp"),
        *("/media/nothing.csv", "/media/static/media/nothing.csv", "/static/media//media/nothing.csv"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_servers_own_doors_are_shut(served: str, path: str, method: str) -> None:
    assert ask(served, path, method).status == 403
    assert ask(served, path, method, authorization="Bearer ").status == 403


def through(app: ASGIApp, path: str, **headers: str) -> tuple[int, dict[bytes, bytes]]:
    """Status and headers of an answer of these guards, with nothing behind them but an empty 200."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }

    async def answer() -> None:
        await app(scope, receive, send)

    asyncio.run(answer())
    return sent[0]["status"], dict(sent[0]["headers"])


@pytest.mark.parametrize(
    ("said", "status"), [("Bearer " + "s" * 40, 200), ("Bearer " + "t" * 40, 403), ("s" * 40, 403), ("", 403)]
)
def test_the_metrics_are_for_whoever_has_the_token(said: str, status: int) -> None:
    assert through(Closed(Response(), "s" * 40), "/base/_stcore/metrics", authorization=said)[0] == status
    assert through(Closed(Response(), ""), "/_stcore/metrics", authorization="Bearer ")[0] == 403


def test_browsers_are_told_to_come_by_tls_only_where_readers_do() -> None:
    name = b"strict-transport-security"
    assert through(SecurityHeaders(Response(), None, tls=True), "/")[1][name] == b"max-age=31536000"
    assert name not in through(SecurityHeaders(Response(), None, tls=False), "/")[1]


@pytest.mark.parametrize(
    "path",
    [
        *("/../app.py", "/static/../../app.py", "/%2e%2e/app.py", "/app/static/../app.py", "/app/static/%2e%2e/app.py"),
        *("/app/static/..%2fapp.py", "/media/../app.py", "/media/%2e%2e%2fapp.py", "//etc/passwd"),
        *("/app/static//etc/passwd", "/app/static/%2fetc%2fpasswd", "/component/../app.py", "/static/%5c..%5capp.py"),
    ],
)
def test_no_path_leads_out_of_what_is_served(served: str, path: str) -> None:
    answer = ask(served, path)
    assert answer.status in (400, 403, 404) or b'<div id="root">' in answer.body
    assert b"import streamlit" not in answer.body
    assert b"root:" not in answer.body


def test_a_tab_of_our_own_page_is_let_in(served: str) -> None:
    with tab(served) as connection:
        messages, _ = run(connection)
    assert messages


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", None),
        ("http://evil.example", "evil.example"),  # DNS rebinding: both say the attacker's name
        (None, "evil.example"),
        ("null", None),
    ],
)
def test_a_handshake_of_another_site_is_refused(served: str, origin: str | None, host: str | None) -> None:
    with pytest.raises(InvalidStatus) as refusal, tab(served, origin=origin, host=host):
        pytest.fail("another site's handshake was let in")
    assert refusal.value.response.status_code in (400, 403)


def test_an_upload_without_the_pages_token_is_refused(served: str) -> None:
    assert ask(served, "/_stcore/upload_file/one/two", "PUT").status == 403
