"""Starting Streamlit's server on the monitor, in this process."""

import sys
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

APP = Path(__file__).resolve().parent.parent / "app.py"


def serve(address: str, port: int, *, on_loopback: bool) -> int:
    """Serve until stopped; gives Streamlit's exit status."""
    # Until st.navigation has run once, Streamlit takes the folder pages/ for its old kind of pages, and the first
    # reader who comes by a link would be told that there is no such page.
    PagesManager.uses_pages_directory = False
    settings = [f"--server.address={address}", f"--server.port={port}"]
    if not on_loopback:
        settings.append("--server.allowedHosts=*")  # whoever listens on a network is reached by names of its own
    sys.argv = ["streamlit", "run", str(APP), *settings]  # Streamlit tells its version of this to the script
    cli.main(sys.argv[1:], standalone_mode=False)
    return 0
