"""The benchmarks' tab speaks to a real Streamlit server and notices what went wrong on the page."""

from collections.abc import Iterator

import pytest

from benchmarks import machine
from benchmarks.tab import Change, Tab
from tests import serving

PAGE = """
import streamlit as st
box = st.selectbox("Box", ["a", "b", "c"], index=1, key="box")
st.segmented_control("Buttons", ["x", "y"], default="x", key="buttons")
first, last = st.select_slider("Years", [2019, 2020, 2021], (2019, 2021), key="years")
st.text(f"{box} {first} {last}")
if box == "c":
    raise ValueError("no such box")
"""


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("page")
    (folder / "page.py").write_text(PAGE)
    with serving.script(folder / "page.py", folder) as server, Tab.opened(server.address) as tab:
        yield tab


def texts(tab: Tab) -> list[str]:
    return [element.text.body for element in tab.elements() if element.WhichOneof("type") == "text"]


def offered(changes: list[Change]) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for change in changes:
        found.setdefault(change.widget.rpartition("-")[2], set()).add(change.value)
    return found


def test_a_redraw_after_a_change_of_a_filter_shows_the_changed_page(tab: Tab) -> None:
    redraw = tab.redraw()
    assert redraw.seconds > 0
    assert redraw.size > 100
    assert texts(tab) == ["b 2019 2021"]
    changes = tab.changes()
    assert offered(changes) == {
        "box": {("a",), ("c",)},
        "buttons": {("y",)},
        "years": {("2020", "2021"), ("2021", "2021")},
    }
    tab.redraw(next(change for change in changes if change.value == ("a",)))
    tab.redraw(next(change for change in changes if change.value == ("2020", "2021")))
    assert texts(tab) == ["a 2020 2021"]


def test_an_exception_on_the_page_is_no_redraw(tab: Tab) -> None:
    tab.redraw()
    broken = Change(next(c.widget for c in tab.changes() if c.widget.endswith("box")), "string_value", ("c",))
    with pytest.raises(RuntimeError, match="the page shows"):
        tab.redraw(broken)


def test_figures_come_with_the_machine_the_versions_and_the_revision() -> None:
    lines = machine.description().splitlines()
    assert [line.split()[0] for line in lines] == ["machine", "versions", "revision"]
