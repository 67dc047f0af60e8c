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
from tempfile import TemporaryDirectory

from assurance.demonstrated import demonstration_in
from assurance.promise import Outcome, Promise
from benchmarks import batches, machine, storm
from benchmarks.browsing import PAGES, ROLES, Browsed, browse, come_and_go, three_roles
from data_access.engine import connect
from data_access.records import Records
from data_access.scope import WHOLE_UNIVERSITY
from tests.serving import HOME
from tests.signing_in import Cookies, SignedInMonitor

THINK = 5.0  # seconds between an answer and the next change of a filter, on average
PROMISED = 1.0  # seconds, for 95 of 100 changes
TRIAL = 40.0  # seconds, to find out how many readers can be held
SETTLED = 65.0  # seconds after which the server forgets a session that is gone
GROWTH = 0.20


@contextmanager
def demonstrated(database: Path | None = None) -> Iterator[tuple[SignedInMonitor, list[Cookies]]]:
    """The demonstration (a copy of this file, if one is given) behind sign-in, and cookies of a reader of each role."""
    with TemporaryDirectory() as name, three_roles(demonstration_in(Path(name), database), Path(name)) as found:
        yield found


def hold_readers(
    candidates: Sequence[int] = (30, 20, 10), seconds: float = 300, trial: float = TRIAL, database: Path | None = None
) -> Outcome:
    """The largest of these numbers of readers that a short trial says can be held, tried for so many seconds."""
    with demonstrated(database) as (monitor, people):
        come_and_go(monitor.address, people, len(PAGES) * len(people))  # so that nothing is counted the first time
        for users in candidates:
            if users == min(candidates) or is_held(browse(monitor.address, people, users, trial, think=THINK)):
                break
        browsed = browse(monitor.address, people, users, seconds, think=THINK)
    tried = f"{users} readers in {len(ROLES)} roles, a filter each {THINK:.0f} s, for {seconds:.0f} s"
    return Outcome(tried, str(browsed), kept=is_held(browsed))


def upload_among_readers(rows: int = batches.ROWS, users: int = 10, database: Path | None = None) -> Outcome:
    """A file of so many activities is stored by the command while others read."""
    with TemporaryDirectory() as name, demonstrated(database) as (monitor, people):
        come_and_go(monitor.address, people, len(PAGES) * len(people))
        file, engine = Path(name) / "activities.csv", connect(monitor.database_url)
        batches.write(file, engine, rows)  # which lets go of the engine
        before, over = _activities(monitor.database_url), threading.Event()
        with ThreadPoolExecutor(1) as pool:
            browsing = pool.submit(browse, monitor.address, people, users, 3600, think=THINK, over=over)
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
    with demonstrated(database) as (monitor, people):
        come_and_go(monitor.address, people, warm)
        start = machine.memory(monitor.server.process_id)
        come_and_go(monitor.address, people, sessions, soak)
        time.sleep(settled)
        come_and_go(monitor.address, people, 2)  # what is over is freed as the next one ends
        end = machine.memory(monitor.server.process_id)
    spread = f"over {soak / 60:.0f} minutes" if soak else "one after the other; no soak of an hour"
    tried = f"{sessions:,} sessions opened and closed, {spread}"
    return Outcome(tried, f"RSS {start:.0f} MB, then {end:.0f} MB ({end / start - 1:+.0%})", end < start * (1 + GROWTH))


def is_held(browsed: Browsed) -> bool:
    return browsed.p95 < PROMISED and not browsed.errors


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
