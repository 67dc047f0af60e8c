"""Starting the server of the monitor, in this process."""

import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import click
import uvicorn
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import bootstrap, cli

from serving import cycles, log
from serving.app import SCRIPT, application
from serving.messages import LARGEST
from serving.settings import is_yes

_LOG = logging.getLogger(__name__)
STOPS_WITHIN = 5  # seconds, however many tabs are open


@click.command()
@cli.configurator_options
def _read_options(**options: object) -> None:
    """As `streamlit run` reads them: alone, Streamlit's configuration leaves most of the environment out."""
    bootstrap.load_config_options(options)


def configure(address: str, port: int, hosts: Sequence[str], script: Path = SCRIPT) -> None:
    """Read Streamlit's options: its files, over them the environment, over that what is given here."""
    given = [f"--server.address={address}", f"--server.port={port}"]
    given += [f"--server.allowedHosts={host}" for host in hosts]
    # Beside the script, wherever the command is called from: Streamlit itself looks into the folder one stands in.
    config._main_script_path = str(SCRIPT)
    sys.argv = ["streamlit", "run", str(script), *given]  # Streamlit tells its version of this to the script
    _read_options.main(given, prog_name="manage.py serve", standalone_mode=False)


def start(address: str, port: int, hosts: Sequence[str], *, script: Path = SCRIPT, policy: bool = True) -> int:
    """Serve until stopped, under these names of hosts; gives the exit status.

    A test serves a `script` of its own, or leaves out the content `policy` to prove that it is needed.
    """
    configure(address, port, hosts, script)
    # Until st.navigation has run once, Streamlit takes the folder pages/ for its old kind of pages, and the first
    # reader who comes by a link would be told that there is no such page.
    PagesManager.uses_pages_directory = False
    log.begin()
    cycles.hold_memory()
    cycles.search_seldom()
    threading.Thread(target=_count_ahead, name="count ahead", daemon=True).start()
    app = application(
        hosts=hosts,
        tls=is_yes(os.environ, "MONITOR_TLS") or bool(config.get_option("server.sslCertFile")),
        metrics_token=os.environ.get("MONITOR_METRICS_TOKEN", ""),
        script=script,
        policy=policy,
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
        ssl_certfile=config.get_option("server.sslCertFile"),
        ssl_keyfile=config.get_option("server.sslKeyFile"),
    )
    return 0


def _count_ahead() -> None:
    """Whatever is wrong with the database, the server starts: its pages and `/ready` say what it is."""
    from pages.parts.ahead import count_ahead

    try:
        count_ahead()
    except Exception as error:  # noqa: BLE001
        _LOG.warning("nothing was counted ahead: %s", type(error).__name__)
