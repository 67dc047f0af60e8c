"""What other readers notice while one tab sends a thousand messages and one of 30 MB: the longest they wait."""

import contextlib
import logging
import multiprocessing
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from multiprocessing.synchronize import Event, Semaphore
from pathlib import Path
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed

from benchmarks.tab import Tab
from tests import serving

MESSAGES, FRAME = 1000, 30 * 10**6
PROMISE = 1000  # milliseconds at most, for a redraw of another reader and for the server's health
ROUNDS = 30


class Waits(NamedTuple):
    """The longest that another reader waited for a redraw, and that the health check took; in milliseconds."""

    redraw: float
    health: float


def measure(database_url: str) -> Iterator[str]:
    """The lines: how long another reader's redraws and the health check took, in quiet and in the storm."""
    for weather, waited in zip(("quiet", "storm"), quiet_and_storm(database_url), strict=True):
        yield f"{weather:<12}redraw {waited.redraw:>8.1f}   health {waited.health:>8.1f}"
    yield f"Milliseconds that others waited at most, {ROUNDS} times each; promised: under {PROMISE} in the storm."


def quiet_and_storm(database_url: str, rounds: int = ROUNDS) -> tuple[Waits, Waits]:
    """What others waited while nothing else happened, and while other tabs did what no browser does."""
    with (
        tempfile.TemporaryDirectory() as name,
        serving.monitor(database_url, Path(name)) as server,
        Tab.opened(server.address, "overview", language="en") as other,
    ):
        other.redraw()
        apart = multiprocessing.get_context("spawn")  # who waits and is measured shares no interpreter
        quiet, over, raging = _waits(other, server.address, rounds), apart.Event(), apart.Semaphore(0)
        tabs = (_storm, _slow_reader)
        storms = [apart.Process(target=storm, args=(server.address, over, raging)) for storm in tabs]
        for storm in storms:
            storm.start()
        try:
            for _ in storms:
                raging.acquire(timeout=60)
            return quiet, _waits(other, server.address, rounds)
        finally:
            over.set()
            for storm in storms:
                storm.join()


def _waits(other: Tab, address: str, rounds: int) -> Waits:
    redraws, health = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=60):  # noqa: S310  our own http address
            health.append(time.perf_counter() - start)
        redraws.append(other.redraw().seconds)
    return Waits(max(redraws) * 1000, max(health) * 1000)


def _storm(address: str, over: Event, raging: Semaphore) -> None:
    """Tabs that send all of it, one after the other as each is cut off, until it is over."""
    logging.getLogger("websockets").setLevel(logging.CRITICAL)  # that a connection was cut off is the point of it
    raging.release()
    while not over.is_set():
        with contextlib.suppress(ConnectionClosed), Tab.opened(address, "targets", language="en") as tab:
            tab.shout(MESSAGES)
        with contextlib.suppress(ConnectionClosed), Tab.opened(address) as tab:
            tab.send_bytes(bytes(FRAME))


def _slow_reader(address: str, over: Event, raging: Semaphore) -> None:
    """A tab that asks for a redraw each second and reads no answer."""
    with contextlib.suppress(ConnectionClosed), Tab.opened(address, "targets", language="en") as tab:
        raging.release()
        while not over.wait(1):
            tab.ask()
