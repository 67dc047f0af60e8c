"""A server on this machine that answers as the OpenAlex API is documented to, and goes wrong when it is told to."""

import base64
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

HOME = {"ror": "https://ror.org/01dq60k83", "id": "https://openalex.org/I1"}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What goes wrong with one request: an error, a connection cut in mid-body, no JSON, the page before once more."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b'{"error": "x", "message": "y"}'
    kind: Literal["answer", "cut", "garbage", "repeat", "circle"] = "answer"


@dataclass
class OpenAlexReplay:
    """The works served, the faults that wait for the coming requests to /works (None: all is well), what was asked."""

    works: list[dict[str, object]]
    per_page: int = 2
    home: dict[str, str] = field(default_factory=lambda: dict(HOME))  # the institution it knows
    faults: list[Fault | None] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    epoch: str = "a"  # of the cursors: those of another one are refused
    key: str = ""  # that is wanted; empty: none
    count: int | None = None  # that the server says, where that is not the truth
    api: str = ""

    def cursor(self, place: int) -> str:
        return base64.urlsafe_b64encode(f"{self.epoch}:{place}".encode()).decode()

    def place(self, cursor: str) -> int | None:
        """Where a cursor leads; None where it is no longer accepted."""
        if cursor == "*":
            return 0
        epoch, _, place = base64.urlsafe_b64decode(cursor).decode().partition(":")
        return int(place) if epoch == self.epoch else None

    def page(self, place: int) -> dict[str, object]:
        works = self.works[place : place + self.per_page]
        following = self.cursor(place + len(works)) if works else None
        count = len(self.works) if self.count is None else self.count
        return {"meta": {"count": count, "per_page": self.per_page, "next_cursor": following}, "results": works}


@contextmanager
def serving(works: Sequence[dict[str, object]]) -> Iterator[OpenAlexReplay]:
    """The server, on a free port of this machine; `api` is its address."""
    replay = OpenAlexReplay(list(works))

    class Handler(_Handler):
        of = replay

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        replay.api = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield replay
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    of: OpenAlexReplay

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        parameters = dict(parse_qsl(address.query))
        self.of.agents.append(self.headers["User-Agent"])
        if self.of.key and parameters.get("api_key") != self.of.key:
            self._answer(401, {"error": "Unauthorized", "message": f"bad api_key {parameters.get('api_key')}"})
        elif address.path.startswith("/institutions/ror:"):
            known = address.path.removeprefix("/institutions/ror:") == self.of.home["ror"]
            self._answer(200, {"id": self.of.home["id"]}) if known else self._raw(
                404, b"<!doctype html><title>404</title>"
            )
        elif address.path == "/works":
            self.of.asked.append(parameters)
            self._works(parameters, self.of.faults.pop(0) if self.of.faults else None)
        else:
            self._raw(404, b"<!doctype html><title>404</title>")

    def _works(self, parameters: dict[str, str], fault: Fault | None) -> None:
        place = self.of.place(parameters["cursor"])
        if place is None:
            self._answer(400, {"error": "Pagination error.", "message": "Cursor value is invalid."})
            return
        page = json.dumps(self.of.page(place)).encode()
        match fault.kind if fault else "":
            case "cut":
                self.send_response(200)
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page[: len(page) // 2])
                self.close_connection = True
            case "garbage":
                self._raw(200, page[:-2])
            case "repeat":
                before = self.of.page(max(0, place - self.of.per_page))
                self._answer(200, {**before, "meta": self.of.page(place)["meta"]} | {"results": before["results"]})
            case "circle":
                self._answer(200, {**self.of.page(place), "meta": {"count": 2, "next_cursor": parameters["cursor"]}})
            case "answer" if fault:
                self._raw(fault.status, fault.body, fault.headers)
            case _:
                self._raw(200, page)

    def _answer(self, status: int, document: dict[str, object]) -> None:
        self._raw(status, json.dumps(document).encode())

    def _raw(self, status: int, body: bytes, headers: Sequence[tuple[str, str]] = ()) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Nothing: the tests look at `asked`."""
