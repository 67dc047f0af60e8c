"""Servers on loopback for tests and benchmarks: the monitor itself, or any Streamlit script beside it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError

HOME = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 300  # seconds, on a busy machine


class Server(NamedTuple):
    """A running server."""

    address: str  # http://127.0.0.1:PORT
    process_id: int
    log: Path


@contextmanager
def monitor(
    database_url: str,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    *,
    called_from: Path = HOME,
    program: Sequence[str] = (),
) -> Iterator[Server]:
    """The monitor over this database, a demonstration unless told otherwise; its log is written into the folder.

    `program` serves it instead of `manage.py serve`: a module and its arguments, as `tests.server.altered`.
    """
    command = [sys.executable, str(HOME / "manage.py"), "serve", "--address", "127.0.0.1", "--port"]
    variables = {"DATABASE_URL": database_url, "MONITOR_READERS": "demonstration", **(environment or {})}
    if program:
        command, variables = [sys.executable, "-m", *program], {**variables, "PYTHONPATH": str(HOME)}
    with _running(command, folder / "monitor.log", variables, called_from) as server:
        yield server


@contextmanager
def script(path: Path, folder: Path) -> Iterator[Server]:
    """One Streamlit script with the monitor's configuration; its log is written into the folder."""
    command = [sys.executable, "-m", "streamlit", "run", str(path), "--server.port"]
    with _running(command, folder / f"{path.stem}.log", {}) as server:
        yield server


@contextmanager
def guarded(path: Path, folder: Path, *switches: str) -> Iterator[Server]:
    """One Streamlit script with everything around it that the monitor has; see `tests/server/one_script.py`."""
    command = [sys.executable, "-m", "tests.server.one_script", str(path), *switches]
    with _running(command, folder / f"{path.stem}.log", {}) as server:
        yield server


@contextmanager
def _running(
    command: Sequence[str], log: Path, environment: Mapping[str, str], called_from: Path = HOME
) -> Iterator[Server]:
    """The command with a free port as its last argument, from its first healthy answer to the end of the block."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, str(port)], cwd=called_from, env={**os.environ, **environment}, stdout=output, stderr=output
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_healthy(process, address, log)
        yield Server(address, process.pid, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode} before it answered:\n{_tail(log)}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310  our own http address
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(f"the server did not answer within {STARTS_WITHIN} s:\n{_tail(log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-30:])
