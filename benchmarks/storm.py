"""What other readers notice while one tab sends a thousand messages and one of 30 MB: the longest they wait."""

import contextlib
import logging
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from benchmarks.tab import Tab
from tests import serving

MESSAGES, FRAME = 1000, 30 * 10**6
PROMISE = 1000  # milliseconds at most, for a redraw of another reader and for the server's health
ROUNDS = 10


def measure(database_url: str) -> Iterator[str]:
    """The lines: how long another reader's redraws and the health check took, in quiet and in the storm."""
    with (
        tempfile.TemporaryDirectory() as name,
        serving.monitor(database_url, Path(name)) as server,
        Tab.opened(server.address, "overview", language="en") as other,
    ):
        other.redraw()
        yield _line("quiet", other, server.address)
        over = threading.Event()
        storm = threading.Thread(target=_storm, args=(server.address, over))
        storm.start()
        yield _line("storm", other, server.address)
        over.set()
        storm.join()
    yield f"Milliseconds that others waited at most, {ROUNDS} times each; promised: under {PROMISE} in the storm."


def _line(weather: str, other: Tab, address: str) -> str:
    redraws, health = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=60):  # noqa: S310  our own http address
            health.append(time.perf_counter() - start)
        redraws.append(other.redraw().seconds)
    return f"{weather:<12}redraw {max(redraws) * 1000:>8.1f}   health {max(health) * 1000:>8.1f}"


def _storm(address: str, over: threading.Event) -> None:
    """Tabs that send all of it, one after the other as each is cut off, until it is over."""
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # that a connection was cut off is the point of it
    while not over.is_set():
        with contextlib.suppress(ConnectionClosed), Tab.opened(address, "targets", language="en") as tab:
            tab.shout(MESSAGES)
        with contextlib.suppress(ConnectionClosed), Tab.opened(address) as tab:
            tab.send_bytes(bytes(FRAME))
