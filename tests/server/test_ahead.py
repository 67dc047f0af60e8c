"""The page names what it will need, and only what there is; what is not the page passes as it is."""

import asyncio
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from serving.ahead import Ahead, parts, with_parts
from serving.headers import INDEX
from tests.server.wire import ask

SCRIPTS = INDEX.parent / "static" / "js"
BROWSER = [(b"accept", b"text/html,*/*;q=0.8"), (b"accept-encoding", b"gzip")]


def test_a_part_comes_with_all_that_it_loads_in_turn(tmp_path: Path) -> None:
    (tmp_path / "Chart.a1.js").write_text('import{a}from"./axis.b2.js";import "./ink.c3.js";import("./late.d4.js");x()')
    (tmp_path / "axis.b2.js").write_text('import{t}from"./tick.e5.js";export{a}')
    for name in ("ink.c3.js", "tick.e5.js", "late.d4.js", "Charter.f6.js"):
        (tmp_path / name).write_text('import{a}from"./axis.b2.js"')
    assert parts(tmp_path, ["Chart"]) == ["Chart.a1.js", "axis.b2.js", "ink.c3.js", "tick.e5.js"]


def test_every_part_of_the_installed_streamlit_is_found() -> None:
    found = parts(SCRIPTS)
    for name in ("ButtonGroup", "Selectbox", "PageLink", "Metric", "Table", "LinkButton", "PlotlyChart", "DataFrame"):
        assert sum(file.startswith(f"{name}.") for file in found) == 1, name
    assert all((SCRIPTS / file).is_file() for file in found)


@pytest.mark.parametrize("path", ["/", "/targets"])
def test_the_page_names_its_parts_once(served: str, path: str) -> None:
    page = ask(served, path, Accept="text/html", **{"Accept-Encoding": "gzip"}).body.decode()
    assert {page.count(f'"./static/js/{name}"') for name in parts(SCRIPTS)} == {1}
    assert page == with_parts(INDEX.read_text("utf-8"), SCRIPTS)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"<html>another page</html>", 200, "text/html"),
        (INDEX.read_bytes(), 404, "text/html"),
        (INDEX.read_bytes(), 200, "text/plain"),
    ],
)
def test_what_is_not_the_page_passes_as_it_is(body: bytes, status: int, kind: str) -> None:
    assert b"".join(message.get("body", b"") for message in _answered(body, status, kind)) == body


def test_the_page_is_as_long_as_it_says() -> None:
    start, *bodies = _answered(INDEX.read_bytes(), 200, "text/html")
    length = dict(start["headers"])[b"content-length"]
    assert int(length) == sum(len(message["body"]) for message in bodies) > len(INDEX.read_bytes())


def _answered(body: bytes, status: int, kind: str) -> list[Message]:
    sent: list[Message] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        assert b"accept-encoding" not in dict(scope["headers"])  # a page that is packed could not be told
        await Response(body, status, {"etag": "1"}, kind)(scope, receive, send)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": BROWSER}
    asyncio.run(Ahead(answer, INDEX)(scope, receive, send))
    return sent
