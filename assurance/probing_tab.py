"""A tab that sends what no browser would, and keeps every byte that comes back."""

from collections.abc import Iterable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection

from benchmarks.tab import Tab

WIDGETS = (
    *("button", "button_group", "checkbox", "color_picker", "date_input", "download_button", "file_uploader"),
    *("multiselect", "number_input", "radio", "selectbox", "slider", "text_area", "text_input", "time_input"),
    *("plotly_chart", "dataframe", "chat_input", "menu_button", "pagination", "camera_input", "feedback"),
)


class ProbingTab(Tab):
    """A `Tab` with forged states of widgets; `came` are the messages as they came since it was last emptied."""

    def __init__(self, connection: ClientConnection, address: str, page: str, query: str) -> None:
        super().__init__(connection, address, page, query)
        self.came: list[bytes] = []
        self.forged: dict[str, WidgetState] = {}

    def go(self, page: str, query: str) -> None:
        """From now on another page, as its address opens it, with these query parameters and no forged states."""
        self._page, self._query, self._page_hash = page, query, ""
        self.forged = {}

    def widgets(self) -> list[tuple[str, Element]]:
        """Every widget of the page: its id, and the element."""
        found = []
        for element in self.elements():
            kind = element.WhichOneof("type") or ""
            number = getattr(getattr(element, kind), "id", "") if kind in WIDGETS else ""
            if number:
                found.append((number, element))
        return found

    def forge(self, states: Iterable[WidgetState]) -> None:
        """Send these states of widgets with every request from now on, in place of earlier ones of the same."""
        self.forged |= {state.id: state for state in states}

    def received(self, raw: bytes) -> None:
        self.came.append(raw)

    def _request(self) -> BackMsg:
        message = super()._request()
        message.rerun_script.widget_states.widgets.extend(self.forged.values())
        return message

    def _refuse_exceptions(self) -> None:
        """A page may fail at what is forged: it is for whoever probes to look at what came of it."""
