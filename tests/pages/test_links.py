"""Every link of every page opens what its address names: no code in it is one that the page it leads to ignores."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1.element_tree import Block

from pages.parts.frame import PAGES
from tests.pages.reading import go, opened

pytestmark = pytest.mark.usefixtures("demonstration")

Link = tuple[str, dict[str, list[str]]]
OPENED_WITH = {
    "comparison": {"indicator": "publications"},
    "records": {"indicator": "exchange_outbound", "year": "2024"},
}


def links(block: Block) -> Iterator[Link]:
    for child in block.children.values():
        if isinstance(child, Block):
            yield from links(child)
        elif isinstance(child.proto, Message) and child.proto.DESCRIPTOR.name == "PageLink":
            yield child.proto.page, parse_qs(child.proto.query_string, keep_blank_values=True)


@pytest.mark.parametrize("reader", ["president", "head:ENG"])
@pytest.mark.parametrize("page", PAGES)
def test_every_link_opens_what_it_names(page: str, reader: str) -> None:
    at = go(opened(reader, "en"), page, **OPENED_WITH.get(page, {}))
    kinds = {(there or "overview", *sorted(codes)): (there or "overview", codes) for there, codes in links(at.main)}
    for there, codes in kinds.values():
        named = {key: values for key, values in codes.items() if key != "language"}
        reached = go(at, there, **named).query_params
        held = {key: values if isinstance(values, list) else [values] for key, values in reached.items()}
        assert {key: held.get(key) for key in named} == named, f"{page} leads to {there}"
