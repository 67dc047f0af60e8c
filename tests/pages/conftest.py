"""What tests of pages share: the demonstration with its readers, and its records as no page has touched them."""

import json
from collections.abc import Iterator
from functools import cache

import plotly.graph_objects as go
import plotly.io
import plotly.tools
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner

from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from metrics.ledger import FRAMES, Ledger
from pages.parts.charts.chart import Ready


@pytest.fixture(scope="session", autouse=True)
def charts_checked() -> Iterator[None]:
    """Plotly checks each chart that a page draws; where the monitor runs it does not, as that takes long."""
    drawn, found_right = plotly.tools.return_figure_from_figure_or_data, set()

    def checked(figure: object, validate_figure: bool) -> object:
        if isinstance(figure, Ready) and (written := plotly.io.to_json(figure, validate=False)) not in found_right:
            found_right.add(written)
            made = json.loads(written)
            layout = {name: value for name, value in made["layout"].items() if value != []}
            taken = json.loads(go.Figure(made).to_json())
            assert taken == made | {"layout": layout}, "Plotly takes it for something else"
        return drawn(figure, validate_figure)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plotly.tools, "return_figure_from_figure_or_data", checked)
        yield


@pytest.fixture(scope="session", autouse=True)
def waited_for() -> Iterator[None]:
    """Who waits for a page sleeps until it is done, instead of asking a thousand times a second whether it is."""
    ask = local_script_runner.require_widgets_deltas

    def wait(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
        if runner._script_thread is not None:
            runner._script_thread.join(timeout)
        if not runner.script_stopped():
            ask(runner, 0)  # which stops it and says so

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


@pytest.fixture(scope="session", autouse=True)
def installed_components() -> Iterator[None]:
    """What is installed is looked through for components once, as a server does, and not for every session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="module")
def demonstration(demonstration_url: str) -> Iterator[None]:
    """Pages show the demonstration, to any of its readers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", demonstration_url)
        patch.setenv("MONITOR_READERS", "demonstration")
        yield


@pytest.fixture(scope="session")
def every_record(demonstration_url: str) -> Records:
    """All records of the demonstration."""
    return Records(connect(demonstration_url), WHOLE_UNIVERSITY)


@pytest.fixture(scope="session")
def whole_ledger(every_record: Records) -> Ledger:
    """The ledger of all of them, to recompute by itself what a page says."""
    return Ledger.of({name: getattr(every_record, name)() for name in FRAMES})
