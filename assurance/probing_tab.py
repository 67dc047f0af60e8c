"""A tab that sends what no browser would, and keeps every byte that comes back."""

from collections.abc import Iterable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection

from benchmarks.tab import Change, Tab

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
        self.echoes = False  # a text that was sent has come back, and may do so again on any page of this tab
        self._session = ""

    def go(self, page: str, query: str) -> None:
        """From now on another page, as its address opens it, with these query parameters and no forged states."""
        self._page, self._query, self._page_hash = page, query, ""
        self.forged = {}

    @property
    def failed(self) -> bool:
        """Whether the page said that it failed."""
        return self._failed

    def send(self, message: BackMsg) -> None:
        """One message, whatever it is; no answer is waited for."""
        self._connection.send(message.SerializeToString())

    @property
    def session(self) -> str:
        """The id of the session, as the server names it."""
        return self._session

    def tables(self) -> list[str]:
        """The ids of the tables whose rows are fetched as they are scrolled to."""
        frames = [one.dataframe for one in self.elements() if one.WhichOneof("type") == "dataframe"]
        return [one.lazy_data.source_id for one in frames if one.HasField("lazy_data")]

    def send_raw(self, data: bytes) -> None:
        """Bytes, whether they are a message or not."""
        self._connection.send(data)

    def request(self) -> BackMsg:
        """What asks for the page as it is now, with the states of its widgets."""
        return self._request()

    def keep(self, change: Change) -> None:
        """Send this value with every request, without asking for the page now."""
        self._values[change.widget] = change

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
        message = ForwardMsg.FromString(raw)
        if message.WhichOneof("type") == "new_session":
            self._session = message.new_session.initialize.session_id

    def _request(self) -> BackMsg:
        message = super()._request()
        message.rerun_script.widget_states.widgets.extend(self.forged.values())
        return message

    def _refuse_exceptions(self) -> None:
        """A page may fail at what is forged: it is for whoever probes to look at what came of it."""
