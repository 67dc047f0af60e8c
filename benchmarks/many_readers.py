"""Many readers of one process and of several behind a proxy: how long they wait, how many are held, what they cost."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from threading import Timer
from time import perf_counter, process_time
from typing import NamedTuple

from benchmarks import scaled
from benchmarks.bars import Line, milliseconds
from benchmarks.browsing import PAGES, ROLES, Browsed, browse, come_and_go, people, three_roles
from benchmarks.machine import HOME, memory, processor_seconds
from tests.nginx import serving_site
from tests.serving import free_port
from tests.signing_in import SignedInMonitor, monitor_of, provider

USERS, THINK = 30, 3.0  # seconds between an answer and the next change of a filter, on average
PROMISED, HELD = 0.300, 1.0  # seconds, for 95 of 100 changes
SETTLED = 1 / 5  # of the time: then all who read have their sessions, and the caches what these began with
FLAT = 1.10  # what the memory may grow by from then on
STEPS = (30, 45, 60, 80, 100, 130, 160, 200)
AT_ONCE = 12  # users who do not stop to think: as much as the processes can do
NO_THINK = 0.05
PROCESSES = (1, 2, 4)
SCALES = 1.7


class Proxy(NamedTuple):
    """A proxy, and the processes behind it."""

    address: str
    servers: list[SignedInMonitor]

    @property
    def used(self) -> float:
        """The seconds of processors that the processes have used."""
        return sum(processor_seconds(one.server.process_id) for one in self.servers)


class Spent(NamedTuple):
    """Changes a second that were answered, and milliseconds of processor for each: of the servers, and of who asks."""

    rate: float
    servers: float
    asking: float


def measure(database_url: str, *, long: bool) -> Iterator[str]:
    """The lines; short trials, or `long` ones as the bars ask for. Who asks shares the processors with the servers."""
    with tempfile.TemporaryDirectory() as folder:  # roles are given in a copy
        copy = scaled.copy_of(database_url, Path(folder) / "read.db")
        yield from map(str, thirty(copy, 300 if long else 30))
        yield from map(str, held(copy, 40 if long else 10))
        yield from map(str, several(copy, 40 if long else 10))


def thirty(database_url: str, seconds: float) -> Iterator[Line]:
    """Thirty users, each a change every three seconds, in three roles, on one process."""
    with tempfile.TemporaryDirectory() as name, three_roles(database_url, Path(name)) as (monitor, readers):
        come_and_go(monitor.address, readers, len(PAGES) * len(readers))
        held: list[float] = [memory(monitor.server.process_id)]
        settled = Timer(seconds * SETTLED, lambda: held.append(memory(monitor.server.process_id)))
        settled.start()
        browsed = browse(monitor.address, readers, USERS, seconds, think=THINK)
        settled.join()
        before, begun, end = *held, memory(monitor.server.process_id)
    met = browsed.p95 < PROMISED and not browsed.errors
    said = f"{USERS} users, {len(ROLES)} roles, a change every {THINK:.0f} s for {seconds:.0f} s: p95"
    what = f"{len(browsed.seconds):,} changes, {len(browsed.errors)} errors"
    yield Line(3, said, milliseconds(browsed.p95), what, f"under {milliseconds(PROMISED)}, 0 errors", met)
    what = f"{begun:,.0f} MB after {seconds * SETTLED:.0f} s, {before:,.0f} MB before they came"
    yield Line(3, "memory of the process at the end", f"{end:,.0f} MB", what, "flat", end < begun * FLAT)
    if browsed.errors:
        yield Line(3, "the first error", "", browsed.errors[0])


def held(database_url: str, seconds: float, steps: Sequence[int] = STEPS) -> Iterator[Line]:
    """The most users of these numbers whom one process answers within a second, for 95 of 100 changes."""
    most, last = 0, Browsed([], [])
    with tempfile.TemporaryDirectory() as name, three_roles(database_url, Path(name)) as (monitor, readers):
        come_and_go(monitor.address, readers, len(PAGES) * len(readers))
        for users in steps:
            last = browse(monitor.address, readers, users, seconds, think=THINK)
            if last.p95 >= HELD or last.errors:
                break
            most = users
    beside = f"then {milliseconds(last.p95)}, {len(last.errors)} errors" if most != steps[-1] else "no more tried"
    yield Line(3, f"users of one process, p95 under {HELD:.0f} s, {seconds:.0f} s each", f"{most}", beside, "stated")


def several(database_url: str, seconds: float, processes: Sequence[int] = PROCESSES) -> Iterator[Line]:
    """Changes a second by as many processes behind a proxy, and what each costs of the processors."""
    rates: dict[int, Spent] = {}
    for number in processes:
        with tempfile.TemporaryDirectory() as name, behind_proxy(database_url, Path(name), number) as proxy:
            rates[number] = spent = _saturated(proxy, seconds)
        what = f"changes a second of {number} process{'es' if number > 1 else ''} behind nginx, {AT_ONCE} users"
        cost = f"server {spent.servers:.0f} ms, asking {spent.asking:.0f} ms each"
        scaled = spent.rate / rates[processes[0]].rate
        promised, met = (f"{scaled:.2f}x, at least {SCALES}x", scaled >= SCALES) if number > 1 else ("", None)
        yield Line(3, what, f"{spent.rate:.1f}", cost, promised, met)


def _saturated(proxy: Proxy, seconds: float) -> Spent:
    readers = people(proxy.servers[0].database_url, proxy.servers[0].issuer, proxy)
    come_and_go(proxy.address, readers, len(PAGES) * len(readers) * len(proxy.servers))
    used, own, start = proxy.used, process_time(), perf_counter()
    browsed = browse(proxy.address, readers, AT_ONCE, seconds, think=NO_THINK)
    taken, changes = perf_counter() - start, max(len(browsed.seconds), 1)
    if browsed.errors:
        raise RuntimeError(browsed.errors[0])
    return Spent(changes / taken, (proxy.used - used) / changes * 1000, (process_time() - own) / changes * 1000)


@contextmanager
def behind_proxy(database_url: str, folder: Path, number: int) -> Iterator[Proxy]:
    """So many processes of the monitor behind nginx with the file of `deploy/`.

    Without TLS and its limits, and readers go to whom has least to do: here all come from one address.
    """
    secret, port = token_hex(32), free_port()
    environment, address = {"STREAMLIT_SERVER_COOKIE_SECRET": secret}, f"http://127.0.0.1:{port}"
    with ExitStack() as running:
        asked = running.enter_context(provider(folder))
        servers = []
        for place in range(number):
            (home := folder / str(place)).mkdir()
            one = monitor_of(
                asked, database_url, home, cookie_secret=secret, environment=environment, reached_at=address
            )
            servers.append(running.enter_context(one))
        running.enter_context(serving_site(folder, site([one.address for one in servers], port), port))
        yield Proxy(address, servers)


def site(addresses: Sequence[str], port: int) -> str:
    """The site of `deploy/nginx.conf` for these processes, on a port of loopback."""
    file = (HOME / "deploy" / "nginx.conf").read_text("utf-8")
    upstream, connection, _, tls, *_ = re.findall(r"^(?:upstream|map|server) .*?^}", file, re.MULTILINE | re.DOTALL)
    processes = "".join(f"    server {address.removeprefix('http://')};\n" for address in addresses)
    upstream = re.sub(r"^    server .*\n", "", upstream, flags=re.MULTILINE).replace(
        "ip_hash;\n", f"least_conn;\n{processes}"
    )
    dropped = r"^\s*(?:ssl_\w+|limit_\w+|server_name) .*\n"
    tls = re.sub(dropped, "", tls, flags=re.MULTILINE).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    return "\n".join([upstream, connection, tls])
