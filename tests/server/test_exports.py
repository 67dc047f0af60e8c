"""Files to take along: whom the route answers, with what, and what is written down of it."""

import asyncio
import csv
import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.schema import DropTable
from starlette.requests import Request
from starlette.responses import Response

from benchmarks.tab import Tab
from data_access.audit import verify
from data_access.engine import as_whole, connect, prepare
from data_access.readers import NO_READER, OFFICES, Reader
from data_access.scope import NOBODY, Scope
from data_access.tables import AuditEvent
from pages.parts.shelf import File, Shelf
from serving.exports import GONE, Exports
from serving.messages import TokenBucket
from tests import serving
from tests.server.wire import ask
from vocabulary.text import Text

PRESIDENT, OFFICE = OFFICES
CONTENT = "部局,=1\r\n".encode()


class Door(NamedTuple):
    """The route over a shelf and an empty database of its own; `asks` is who asks."""

    shelf: Shelf
    engine: Engine
    exports: Exports
    asks: list[Reader | None]

    def token(self, owner: Reader = OFFICE, make: Callable[[], bytes] = lambda: CONTENT) -> str:
        file = File(name='活動 "a".csv', mime="text/csv", make=make, rows=1)
        return self.shelf.put(file, owner=owner, tab="tab")

    def get(self, token: str, method: str = "GET") -> Response:
        request = Request({"type": "http", "method": method, "path_params": {"token": token}, "headers": []})
        return asyncio.run(self.exports.answer(request))

    def written_down(self) -> list[RowMapping]:
        with self.engine.connect() as connection:
            as_whole(connection)
            return list(connection.execute(select(AuditEvent.__table__)).mappings())


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    engine = connect(url)
    prepare(engine)
    asks: list[Reader | None] = [None]

    def who(_request: Request, _engine: Engine) -> Reader | None:
        return asks[0]

    shelf = Shelf(lambda _tab: True)
    return Door(shelf, engine, Exports(shelf, who), asks)


def test_a_file_comes_whole_under_its_name_and_stays_in_no_cache(door: Door) -> None:
    answer = door.get(door.token())
    assert (answer.status_code, answer.body) == (200, CONTENT)
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"____a_.csv\"; filename*=UTF-8''%E6%B4%BB%E5%8B%95%20%22a%22.csv"
    )
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_two_large_files_that_differ_in_one_byte_are_not_mistaken_for_each_other(door: Door) -> None:
    mine = bytes(range(256)) * 6_000
    other = mine[:400_000] + b"\0" + mine[400_001:]
    assert len(mine) > 1 << 20
    assert mine != other
    tokens = {door.token(make=partial(bytes, content)): content for content in (mine, other)}
    assert all(door.get(token).body == content for token, content in tokens.items())


HEAD = Reader(
    code="account:7", name=Text("A", "A"), scope=Scope(departments=frozenset({"ENG"})), role="head", account=7
)
SEEN = HEAD.seen_through(replace(OFFICE, code="account:1", account=1))
WHO: dict[str, tuple[Reader, Reader | None, bool]] = {
    "whoever it was drawn for": (HEAD, HEAD, True),
    "the same account under another name": (HEAD, replace(HEAD, name=Text("B", "B")), True),
    "another account of the same role and scope": (HEAD, replace(HEAD, account=8, code="account:8"), False),
    "nobody": (HEAD, NO_READER, False),
    "an account whose role was taken away": (HEAD, replace(HEAD, scope=NOBODY, role="nobody"), False),
    "an account of less scope": (HEAD, replace(HEAD, scope=Scope(departments=frozenset({"SCI"}))), False),
    "an account of another role": (HEAD, replace(HEAD, role="deputy"), False),
    "whoever looked through another's eyes": (SEEN, replace(OFFICE, account=1), True),
    "one who may not look through others' eyes any more": (SEEN, replace(PRESIDENT, account=1), False),
    "the one through whose eyes another looked": (SEEN, HEAD, False),
    "nobody in particular, where readers sign in": (OFFICE, replace(OFFICE, account=1), False),
    "whoever has the link, where nobody signs in": (OFFICE, None, True),
    "whoever has the link of one who signed in": (HEAD, None, False),
}


@pytest.mark.parametrize("who", WHO)
def test_a_file_is_for(who: str, door: Door) -> None:
    owner, door.asks[0], given = WHO[who]
    assert door.get(door.token(owner)).status_code == (200 if given else 403)


def test_a_link_that_leads_nowhere_says_so_in_both_languages(door: Door) -> None:
    token = door.token()
    answer = door.get(token[:-1] + ("1" if token[-1] == "0" else "0"))
    assert answer.status_code == 410
    assert bytes(answer.body).decode() == f"{GONE.en}\n{GONE.ja}\n"


def test_what_went_with_its_tab_is_gone(door: Door) -> None:
    def make() -> bytes:
        raise FileNotFoundError

    assert door.get(door.token(make=make)).status_code == 410


def test_a_file_is_not_made_for_its_headers(door: Door) -> None:
    assert door.get(door.token(), "HEAD").status_code == 405
    assert door.written_down() == []


def test_what_is_taken_and_what_is_refused_is_written_down(door: Door) -> None:
    door.get(door.token())
    door.asks[0] = PRESIDENT
    assert door.get(door.token()).status_code == 403
    assert door.get("0" * 64).status_code == 410
    columns = ("actor", "action", "rows", "sha256", "outcome")
    assert [tuple(event[column] for column in columns) for event in door.written_down()] == [
        ("office", "download", 1, sha256(CONTENT).hexdigest(), "done"),
        ("president", "download", None, "", "refused"),
        ("president", "download", None, "", "refused"),
    ]
    assert [event["object"] for event in door.written_down()] == ['活動 "a".csv', '活動 "a".csv', ""]
    assert verify(door.engine).is_whole


def test_whoever_guesses_links_does_not_fill_the_audit_log(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.exports, "_guesses", TokenBucket(3, 0))
    assert {door.get("0" * 64).status_code for _ in range(5)} == {410}
    assert len(door.written_down()) == 3


def test_what_cannot_be_written_down_is_not_given_out(door: Door) -> None:
    with door.engine.begin() as connection:
        as_whole(connection)
        connection.execute(DropTable(AuditEvent.metadata.tables["audit_events"]))
    with pytest.raises(Exception, match="no such table"):
        door.get(door.token())


def test_a_page_offers_its_table_to_whoever_has_the_link(served: str) -> None:
    with Tab.opened(served, "definitions", language="ja") as tab:
        tab.redraw()
        files = tab.files()
        answer = ask(served, files["download:definitions:csv"])
        assert answer.status == 200
        rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
        assert {"デモデータ", "絞り込み"} <= set(rows[0])
        assert len(rows) > 30
        assert answer.headers["content-disposition"].startswith('attachment; filename="definitions.csv"')
        assert ask(served, files["download:definitions:xlsx"]).body[:2] == b"PK"
        assert ask(served, files["download:definitions:csv"] + "0").status == 410


STORED_BY_STREAMLIT = """
import streamlit as st

st.download_button("CSV", data="the secret is CANARY-93417", file_name="a.csv")
st.markdown("all of it is there")
"""


def test_nobody_fetches_what_a_page_put_into_streamlits_own_store(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    script = tmp_path / "script.py"
    script.write_text(STORED_BY_STREAMLIT)
    with serving.guarded(script, tmp_path) as server, Tab.opened(server.address) as tab:
        tab.redraw()
        (url,) = [one.download_button.url for one in tab.elements() if one.WhichOneof("type") == "download_button"]
        assert url.startswith("/media/")
        assert ask(server.address, url).status == 403
