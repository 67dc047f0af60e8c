"""The monitor as one reader opens it page by page, without a browser, and every word that a page then shows."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pandas as pd
from google.protobuf.message import Message
from sqlalchemy import update
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Dataframe
from streamlit.util import calc_hash

from data_access.engine import connect
from data_access.tables import State
from pages.parts.frame import FIRST, PAGES

APP = Path(__file__).parents[2] / "app.py"
PATIENCE = 60  # seconds for one page, on a busy machine
JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")
ENGLISH = re.compile(r"[A-Za-z],? +[a-z]{2,}")  # two words, the second of them no name
UNSEEN = {
    *("id", "icon", "type", "tag", "page", "page_script_hash", "query_string", "url", "config", "theme", "format"),
    *("deferred_file_id", "form_id", "element_id", "code_text"),
}
WRITTEN_AS_JSON = {"spec", "columns"}
SEEN_IN_JSON = {"label", "text", "hovertext", "hovertemplate", "title", "name", "help", "placeholder"}


def as_demonstration(url: str) -> str:
    """The same database, marked as a demonstration, whose readers can be chosen."""
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(update(State).where(State.name == "demonstration").values(value="yes"))
    engine.dispose()
    return url


def begun(page: str, language: str, **address: str | list[str]) -> AppTest:
    """The monitor as a link with these codes opens it, in a session of its own, before its first run."""
    at = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    at.query_params.update({"language": language, **address})
    if page != FIRST:
        at._page_hash = calc_hash(page)  # `switch_page` finds a page once the first has been drawn, which takes long
    return at


def fresh(reader: str, language: str, page: str = FIRST, **address: str | list[str]) -> AppTest:
    """The monitor with this reader, in this language, on this page, in a session of its own."""
    at = begun(page, language, **address)
    at.session_state["reader"] = reader
    return ran(at)


opened = cache(fresh)  # the same session each time it is asked for


def go(at: AppTest, page: str, **address: str | list[str]) -> AppTest:
    """Another page of the same session, as a link with these codes opens it."""
    language = at.query_params["language"]
    at.query_params.clear()
    at.query_params.update({"language": language, **address})
    return ran(at.switch_page(PAGES[page].path))


def ran(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, [(error.message, *error.stack_trace[-3:]) for error in at.exception]
    return at


def words(at: AppTest) -> set[str]:
    """Every text of the page and the sidebar: labels, help, alt texts, options, charts and cells of tables."""
    return {word for block in (at.main, at.sidebar) for word in _of_block(block)}


def urls(at: AppTest) -> list[str]:
    """Every address that the page or the sidebar leads to or shows a picture from."""
    elements = [str(one.proto) for block in (at.main, at.sidebar) for one in block if isinstance(one.proto, Message)]
    return [url for element in elements for url in re.findall(r'url: "([^"]*)"', element)]


def _of_block(block: Block) -> Iterator[str]:
    for child in block.children.values():
        if isinstance(child.proto, Message):
            yield from _of_message(child.proto)
        if isinstance(child, Dataframe):
            yield from _of_cells(child.value)
        if isinstance(child, Block):
            yield from _of_block(child)


def _of_message(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in UNSEEN or (field.message_type and field.message_type.GetOptions().map_entry):
            continue
        for one in value if field.is_repeated else [value]:
            if isinstance(one, Message):
                yield from _of_message(one)
            elif isinstance(one, str) and one:
                yield from _of_json(json.loads(one)) if field.name in WRITTEN_AS_JSON else [one]


def _of_json(value: object, *, seen: bool = False) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _of_json(inner, seen=name in SEEN_IN_JSON)
    elif isinstance(value, list):
        for inner in value:
            yield from _of_json(inner, seen=seen)
    elif isinstance(value, str) and seen:
        yield value


def _of_cells(table: pd.DataFrame) -> Iterator[str]:
    for name in table.columns:
        for cell in table[name]:
            if isinstance(cell, str):
                yield cell
            elif isinstance(cell, list):
                yield from (inner for inner in cell if isinstance(inner, str))
