"""P19: the server is stopped under load and started again: how long it takes, who comes back, what is still there."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from websockets.exceptions import WebSocketException

from assurance.databases import seeing_all
from assurance.promise import Outcome, Promise
from data_access.engine import connect
from data_access.imports import store_rows
from data_access.tables import Rate
from tests.server import test_database_lost as lost
from tests.server.wire import ask, tab
from tests.serving import HOME, STARTS_WITHIN, free_port

STOPS_WITHIN = 10.0  # seconds, which a service manager grants before it kills
LOADED = 2.0  # seconds under load before the stop


class Stop(NamedTuple):
    """One stop and start: seconds until the process was gone, its status, and how many readers came back."""

    seconds: float
    status: int
    back: int


class Readers:
    """Tabs that redraw one after the other all the time, and connect again when they are cut off."""

    def __init__(self, address: str, number: int) -> None:
        self._address, self._over = address, threading.Event()
        self.drawn = [0] * number  # redraws of each since the last start
        self._threads = [threading.Thread(target=self._read, args=(place,)) for place in range(number)]

    @contextmanager
    def reading(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in self._threads:
                thread.join()

    def _read(self, place: int) -> None:
        while not self._over.is_set():
            with suppress(OSError, WebSocketException, TimeoutError, EOFError), tab(self._address) as connection:
                while not self._over.is_set():
                    if not lost.shown(connection)[0]:
                        self.drawn[place] += 1
                    time.sleep(0.2)
            time.sleep(0.2)


def restart(times: int, readers: int) -> Outcome:
    """So many stops with so many readers and one who imports all the while."""
    with tempfile.TemporaryDirectory() as folder:
        url = lost.with_rates(f"sqlite:///{Path(folder) / 'monitor.db'}")
        port, over, acknowledged = free_port(), threading.Event(), set[str]()
        writer = threading.Thread(target=_write, args=(url, over, acknowledged))
        load = Readers(f"http://127.0.0.1:{port}", readers)
        process = _start(url, port, Path(folder))
        try:
            writer.start()
            with load.reading():
                stops = []
                for _ in range(times):
                    time.sleep(LOADED)
                    process, stop = _stop_and_start(process, url, port, Path(folder), load)
                    stops.append(stop)
        finally:
            over.set()
            writer.join()
            process.terminate()
            process.wait()
        there = _stored(url)
    missing, back = len(acknowledged - there), sum(stop.back for stop in stops)
    longest = max(stop.seconds for stop in stops)
    return Outcome(
        f"{times} stops (SIGTERM) under {readers} readers, {len(acknowledged):,} imports acknowledged meanwhile",
        f"stopped within {longest:.1f} s, readers back {back} of {times * readers}, imports lost {missing}",
        kept=longest < STOPS_WITHIN and back == times * readers and not missing and bool(acknowledged),
    )


def _stop_and_start(
    process: "subprocess.Popen[bytes]", url: str, port: int, folder: Path, load: Readers
) -> tuple["subprocess.Popen[bytes]", Stop]:
    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    status = process.wait()
    seconds = time.monotonic() - start
    load.drawn[:] = [0] * len(load.drawn)
    process = _start(url, port, folder)
    end = time.monotonic() + STARTS_WITHIN
    while not all(load.drawn) and time.monotonic() < end:
        time.sleep(0.1)
    return process, Stop(seconds, status, sum(number > 0 for number in load.drawn))


def _start(url: str, port: int, folder: Path) -> "subprocess.Popen[bytes]":
    """The monitor at this port, from its first answer on."""
    command = [sys.executable, str(HOME / "manage.py"), "serve", "--port", str(port)]
    with (folder / "monitor.log").open("ab") as log:
        environment = {**os.environ, "DATABASE_URL": url, **lost.LOCAL}
        process = subprocess.Popen(command, cwd=HOME, env=environment, stdout=log, stderr=log)  # noqa: S603
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            if ask(f"http://127.0.0.1:{port}", "/live").status == 200:
                return process
        time.sleep(0.1)
    process.kill()
    raise TimeoutError("the server did not start")


def _write(url: str, over: threading.Event, acknowledged: set[str]) -> None:
    """Imports one rate after the other, each of a year of its own."""
    engine = connect(url)
    for number in count(1900):
        if over.is_set():
            break
        rate = {"currency": "USD", "fiscal_year": str(number), "jpy": "100"}
        if store_rows(engine, "rates", [rate], name="rates.csv", indicators={}).status == "stored":
            acknowledged.add(str(number))
        time.sleep(0.05)
    engine.dispose()


def _stored(url: str) -> set[str]:
    engine = connect(url)
    with seeing_all(engine) as connection:
        found = {str(year) for year in connection.scalars(select(Rate.fiscal_year).where(Rate.currency == "USD"))}
    engine.dispose()
    return found


PROMISES = (
    Promise(
        number=19,
        promise="A restart loses nothing that was saved, and readers come back by themselves",
        explanation="The server gets SIGTERM while tabs redraw and imports are stored, and is started again; each tab "
        "has to draw its page again, in a session that is cleanly new, and every import acknowledged has to be there.",
        attempt=lambda: restart(5, 8),
    ),
)
