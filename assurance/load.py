"""Load: many readers at once, a large upload among them, a tab that misbehaves, sessions that come and go."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple

from assurance.demonstrated import demonstration_in
from assurance.promise import Outcome, Promise
from benchmarks import batches, storm
from benchmarks.tab import Tab
from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests.serving import HOME
from tests.signing_in import Cookies, SignedInMonitor, cookies_of, give_role, signed_in_monitor

ROLES = {"president": (), "office": (), "head": ("ENG",)}
PAGES = ("overview", "targets", "department", "comparison")
THINK = 5.0  # seconds between an answer and the next change of a filter, on average
PROMISED = 1.0  # seconds, for 95 of 100 changes
TRIAL = 40.0  # seconds, to find out how many readers can be held
SETTLED = 65.0  # seconds after which the server forgets a session that is gone
GROWTH = 0.20


class Browsed(NamedTuple):
    """How long each change of a filter took, in seconds, and what went wrong."""

    seconds: list[float]
    errors: list[str]

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20, method="inclusive")[-1] if len(self.seconds) > 1 else float("inf")

    def __str__(self) -> str:
        first = f" ({self.errors[0]})" if self.errors else ""
        return f"p95 {self.p95:.2f} s of {len(self.seconds):,} changes of a filter, errors {len(self.errors)}{first}"


@contextmanager
def three_roles(database: Path | None = None) -> Iterator[tuple[SignedInMonitor, list[Cookies]]]:
    """The demonstration (a copy of this file, if one is given) behind sign-in, and cookies of a reader of each role."""
    with (
        TemporaryDirectory() as name,
        signed_in_monitor(demonstration_in(Path(name), database), Path(name)) as monitor,
    ):
        for role, departments in ROLES.items():
            give_role(monitor.database_url, monitor.issuer, role, role, *departments)
        yield monitor, [cookies_of(monitor, role) for role in ROLES]


def hold_readers(
    candidates: Sequence[int] = (30, 20, 10), seconds: float = 300, trial: float = TRIAL, database: Path | None = None
) -> Outcome:
    """The largest of these numbers of readers that a short trial says can be held, tried for so many seconds."""
    with three_roles(database) as (monitor, people):
        _sessions(monitor.address, people, len(PAGES) * len(people))  # so that nothing is counted the first time
        for users in candidates:
            if users == min(candidates) or is_held(browse(monitor.address, people, users, trial)):
                break
        browsed = browse(monitor.address, people, users, seconds)
    tried = f"{users} readers in {len(ROLES)} roles, a filter each {THINK:.0f} s, for {seconds:.0f} s"
    return Outcome(tried, str(browsed), kept=is_held(browsed))


def upload_among_readers(rows: int = batches.ROWS, users: int = 10, database: Path | None = None) -> Outcome:
    """A file of so many activities is stored by the command while others read."""
    with TemporaryDirectory() as name, three_roles(database) as (monitor, people):
        _sessions(monitor.address, people, len(PAGES) * len(people))
        file, engine = Path(name) / "activities.csv", connect(monitor.database_url)
        batches.write(file, engine, rows)  # which lets go of the engine
        before, over = _activities(monitor.database_url), threading.Event()
        with ThreadPoolExecutor(1) as pool:
            browsing = pool.submit(browse, monitor.address, people, users, 3600, over)
            start = time.monotonic()
            command = [sys.executable, "manage.py", "import", "activities", str(file)]
            variables = {**os.environ, "DATABASE_URL": monitor.database_url}
            done = subprocess.run(command, cwd=HOME, env=variables, capture_output=True, text=True)  # noqa: S603
            taken = time.monotonic() - start
            over.set()
            browsed = browsing.result()
        stored = _activities(monitor.database_url) - before
    why = "" if stored == rows else f" ({(done.stderr or done.stdout).strip()[:80]})"
    result = f"{stored:,} stored in {taken:.0f} s{why}; {browsed}"
    tried = f"{rows:,} rows by command, {users} readers meanwhile"
    return Outcome(tried, result, kept=stored == rows and bool(browsed.seconds) and not browsed.errors)


def withstand_a_storm(rounds: int = storm.ROUNDS) -> Outcome:
    """Tabs that send a thousand messages at once, frames of 30 MB, and that read no answer; what others wait."""
    with TemporaryDirectory() as name:
        _, waited = storm.quiet_and_storm(demonstration_in(Path(name)), rounds)
    tried = f"{storm.MESSAGES:,} messages at once, frames of {storm.FRAME // 10**6} MB, a tab that reads nothing"
    result = f"longest health {waited.health:.0f} ms, another reader's redraw {waited.redraw:.0f} ms"
    return Outcome(tried, result, kept=max(waited) < storm.PROMISE)


def give_memory_back(
    sessions: int = 1000, warm: int = 60, settled: float = SETTLED, database: Path | None = None, soak: float = 0
) -> Outcome:
    """Sessions opened, drawn and closed, spread over `soak` seconds; the server's memory after the first, and after."""
    with three_roles(database) as (monitor, people):
        _sessions(monitor.address, people, warm)
        start = _memory(monitor.server.process_id)
        _sessions(monitor.address, people, sessions, soak)
        time.sleep(settled)
        _sessions(monitor.address, people, 2)  # what is over is freed as the next one ends
        end = _memory(monitor.server.process_id)
    spread = f"over {soak / 60:.0f} minutes" if soak else "one after the other; no soak of an hour"
    tried = f"{sessions:,} sessions opened and closed, {spread}"
    return Outcome(tried, f"RSS {start:.0f} MB, then {end:.0f} MB ({end / start - 1:+.0%})", end < start * (1 + GROWTH))


def is_held(browsed: Browsed) -> bool:
    return browsed.p95 < PROMISED and not browsed.errors


def browse(
    address: str, people: Sequence[Cookies], users: int, seconds: float, over: threading.Event | None = None
) -> Browsed:
    """So many readers, each in a tab of one of these people, who change filters until the time or `over` comes."""
    found, over = Browsed([], []), over or threading.Event()
    with ThreadPoolExecutor(users) as pool:
        for number in range(users):
            pool.submit(_read, address, people[number % len(people)], number, over, found)
        over.wait(seconds)
        over.set()
    return found


def _read(address: str, cookies: Cookies, number: int, over: threading.Event, found: Browsed) -> None:
    chance = Random(number)  # noqa: S311
    page = PAGES[number // len(ROLES) % len(PAGES)]
    try:
        with Tab.opened(address, page, cookies=cookies, language="en") as tab:
            tab.redraw()
            while not over.wait(chance.uniform(0.5, 1.5) * THINK):
                changes = tab.changes()
                found.seconds.append(tab.redraw(chance.choice(changes) if changes else None).seconds)
    except Exception as error:  # noqa: BLE001  whatever it is, the reader has seen it
        found.errors.append(f"{type(error).__name__} on {page}: {error}".partition("\n")[0])


def _sessions(address: str, people: Sequence[Cookies], count: int, soak: float = 0) -> None:
    start = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, start + soak * number / count - time.monotonic()))
        page = PAGES[number // len(people) % len(PAGES)]
        with Tab.opened(address, page, cookies=people[number % len(people)], language="en") as tab:
            tab.redraw()


def _memory(process_id: int) -> float:
    """What a process holds in memory, in megabytes."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _activities(url: str) -> int:
    engine = connect(url)
    count = len(Records(engine, WHOLE_UNIVERSITY).activities(columns=("title",)))
    engine.dispose()
    return count


PROMISES = (
    Promise(
        number=13,
        promise="A file of 100,000 rows is stored while others read",
        explanation="The command stores a file of 100,000 activities while readers of three roles change filters; "
        "every row has to be there and no reader may see an error.",
        attempt=upload_among_readers,
    ),
    Promise(
        number=14,
        promise="A change of a filter is answered within a second for 95 of 100",
        explanation="Readers of three roles, signed in at a real provider, change a filter every five seconds for "
        "five minutes, all on one process of one machine that they share with the server; of 30, 20 and 10 readers "
        "the largest number that a short trial holds is tried in full.",
        attempt=hold_readers,
    ),
    Promise(
        number=15,
        promise="One misbehaving tab does not stop the rest",
        explanation="Tabs send a thousand redraws at once and frames of 30 MB, one reads no answer, and meanwhile "
        "neither the health check nor another reader's redraw may take a second.",
        attempt=withstand_a_storm,
    ),
    Promise(
        number=16,
        promise="Memory returns when sessions end",
        explanation="A thousand sessions of three roles are opened, drawn and closed; what the server holds in memory "
        "may not be a fifth more than after the first sixty. `SOAK_SECONDS=3600 make assure PROMISES=P16` spreads them "
        "over an hour.",
        attempt=lambda: give_memory_back(soak=float(os.environ.get("SOAK_SECONDS", "0"))),
    ),
)
