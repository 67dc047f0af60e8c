"""One small script behind the monitor's guards: it counts its runs, and fails in each way that it is asked to."""

from collections.abc import Iterator

import pytest

from tests import serving

SCRIPT = """
import streamlit as st

@st.cache_resource
def runs():
    return []

def fail():
    raise ValueError("the secret is CANARY-93417")

runs().append(1)
st.markdown(f"run {len(runs())}")
match st.query_params.get("fail"):
    case "script":
        fail()
    case "fragment":
        st.fragment(fail)()
    case "column":
        with st.columns(2)[1]:
            fail()
st.button("press", on_click=fail, key="press")
"""


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Server]:
    folder = tmp_path_factory.mktemp("guarded")
    script = folder / "script.py"
    script.write_text(SCRIPT)
    (folder / "static").mkdir()
    with serving.guarded(script, folder) as server:
        yield server
