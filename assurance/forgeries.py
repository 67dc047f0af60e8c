"""States of widgets that no reader's browser would send: a value that was not offered, for every kind of widget."""

import json
import re
from collections.abc import Iterator, Sequence

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.house import HOME

_WORDS = re.compile(
    r"\b(?:choose(?:_many|_years|_rows)?|search|held|query_params\.get|address_word)\(\s*\"(\w+)\""
    r"|\"(\w+)\" in st\.query_params|word=\"(\w+)\""
)


def words_of_addresses() -> list[str]:
    """Every word that a page reads from its address, found in the code of the pages."""
    sources = [path.read_text("utf-8") for path in sorted((HOME / "pages").rglob("*.py"))]
    return sorted({word for source in sources for found in _WORDS.findall(source) for word in found if word})


def forged(number: str, element: Element, values: Sequence[str]) -> Iterator[WidgetState]:
    """States of one widget, each with a value of these that it did not offer, or as nobody can set it."""
    kind = element.WhichOneof("type") or ""
    for value in values:
        match kind:
            case "selectbox" | "radio" | "text_input" | "text_area" | "date_input" | "time_input" | "feedback":
                yield WidgetState(id=number, string_value=value)
            case "multiselect" | "button_group":
                yield _several(number, [value, value])
            case "slider":
                yield _several(number, [value, value])
            case _:
                pass
    yield from _of_any_value(number, kind)


def _of_any_value(number: str, kind: str) -> Iterator[WidgetState]:
    """Those whose forged value is the same whatever is asked for."""
    match kind:
        case "button" | "download_button":
            yield WidgetState(id=number, trigger_value=True)
        case "menu_button":
            state = WidgetState(id=number)
            state.string_trigger_value.data = "nobody offered this"
            yield state
        case "checkbox":
            yield WidgetState(id=number, bool_value=True)
        case "number_input":
            yield WidgetState(id=number, double_value=-1e300)
        case "slider":
            state = WidgetState(id=number)
            state.double_array_value.data.extend([-1e9, 1e9])
            yield state
        case "pagination":
            yield WidgetState(id=number, int_value=2**31 - 1)
        case "plotly_chart":
            point = {"point_index": 0, "curve_number": 0, "customdata": ["GSCI"], "x": 1, "y": 1}
            chosen = {"points": [point], "point_indices": [0], "box": [], "lasso": []}
            yield WidgetState(id=number, string_value=json.dumps({"selection": chosen}))
        case "dataframe":
            for rows in ([0], [10**6], [-1]):
                chosen = {"rows": rows, "columns": ["department"], "cells": []}
                yield WidgetState(id=number, string_value=json.dumps({"selection": chosen}))
            yield edited(number)
        case "file_uploader":
            state = WidgetState(id=number)
            info = state.file_uploader_state_value.uploaded_file_info.add()
            info.file_id, info.name, info.size = "forged", "forged.csv", 10
            info.file_urls.upload_url = info.file_urls.delete_url = "/_stcore/upload_file/forged/forged"
            yield state
        case _:
            pass


def edited(number: str) -> WidgetState:
    """What an editable table sends: a cell changed, a row added, a row deleted, whether it may or not."""
    change = {"edited_rows": {"0": {"title": "forged"}}, "added_rows": [{"title": "forged"}], "deleted_rows": [1]}
    return WidgetState(id=number, string_value=json.dumps(change))


def _several(number: str, values: Sequence[str]) -> WidgetState:
    state = WidgetState(id=number)
    state.string_array_value.data.extend(values)
    return state
