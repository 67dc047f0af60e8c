"""Starting the server of the monitor, in this process."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import bootstrap

from serving import log
from serving.app import SCRIPT, application
from serving.messages import LARGEST

STOPS_WITHIN = 5  # seconds, however many tabs are open


def start(address: str, port: int, hosts: Sequence[str], *, script: Path = SCRIPT, policy: bool = True) -> int:
    """Serve until stopped, under these names of hosts; gives the exit status.

    A test serves a `script` of its own, or leaves out the content `policy` to prove that it is needed.
    """
    sys.argv = ["streamlit", "run", str(script)]  # Streamlit tells its version of this to the script
    settings = {"server.address": address, "server.port": port, "server.allowedHosts": list(hosts)}
    bootstrap.load_config_options(settings)
    # Until st.navigation has run once, Streamlit takes the folder pages/ for its old kind of pages, and the first
    # reader who comes by a link would be told that there is no such page.
    PagesManager.uses_pages_directory = False
    log.begin()
    tls = os.environ.get("MONITOR_TLS", "") == "yes"
    app = application(
        hosts=hosts, tls=tls, metrics_token=os.environ.get("MONITOR_METRICS_TOKEN", ""), script=script, policy=policy
    )
    uvicorn.run(
        app,
        host=address,
        port=port,
        loop="auto",  # uvloop
        ws="websockets-sansio",
        ws_max_size=LARGEST,
        ws_per_message_deflate=bool(config.get_option("server.enableWebsocketCompression")),
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=STOPS_WITHIN,
    )
    return 0
