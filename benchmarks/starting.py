"""From the start of the server to its first figure, cold and warm; and an import of 1,000 rows until pages show it."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from benchmarks import batches, scaled
from benchmarks.bars import Line
from benchmarks.browsing import browse
from benchmarks.machine import HOME, memory
from benchmarks.tab import Tab
from data_access.engine import connect
from tests import serving

WARM, COLD = 3.0, 15.0  # seconds to the first figure
ROWS = 1_000
SHOWN = 2.0  # seconds from the end of the import to a page that shows it
READERS, THINK, STALLED = 5, 1.0, 0.500  # seconds that 95 of 100 changes may take during an import
SETTLED = 10  # changes of each reader before it
PAGE = "targets"


def measure(grown: str, size: int) -> Iterator[str]:
    """The lines, over a database of so many activities, of which a copy is imported into."""
    yield from map(str, starts(grown, f"{size:,}"))
    with tempfile.TemporaryDirectory() as folder:
        yield from map(str, import_shown(scaled.copy_of(grown, Path(folder) / "imported.db"), f"{size:,}"))


def starts(url: str, what: str) -> Iterator[Line]:
    """Seconds from the command to the end of the first page, of a copy that no server has seen, then once more.

    Cold: the database and the packages are not in the memory of the machine, as far as nobody else uses them.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = scaled.copy_of(url, folder / "started.db")
        for temperature, bar in (("cold", COLD), ("warm", WARM)):
            if temperature == "cold":
                _forget(folder, HOME / ".venv")
            start = perf_counter()
            with serving.monitor(copy, folder) as server, Tab.opened(server.address, "overview", language="en") as tab:
                healthy = perf_counter() - start
                tab.redraw()
                taken = perf_counter() - start
                beside = f"answers after {healthy:.1f} s, {memory(server.process_id):,.0f} MB"
            said = f"{what}: start to first figure, {temperature}"
            yield Line(4, said, f"{taken:.1f} s", beside, f"under {bar:.0f} s", taken < bar)


def _forget(*folders: Path) -> None:
    """Ask the system to drop these folders' files from memory."""
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file():
                with file.open("rb") as opened:
                    os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def import_shown(url: str, what: str) -> Iterator[Line]:
    """An import by the command while a few readers change filters: when a page shows it, what the readers wait."""
    with tempfile.TemporaryDirectory() as name, serving.monitor(url, Path(name)) as server:
        file, engine, over = Path(name) / "rows.csv", connect(url), threading.Event()
        batches.write(file, engine, ROWS)
        with Tab.opened(server.address, PAGE, language="en") as tab, ThreadPoolExecutor(1) as pool:
            tab.redraw()
            browse(server.address, [{}], READERS, THINK * SETTLED, think=THINK)  # nothing is drawn the first time
            reading = pool.submit(browse, server.address, [{}], READERS, 3600, think=THINK, over=over)
            try:
                before = _shown(tab)
                start = perf_counter()
                imported(file, url)
                stored = perf_counter() - start
                while _shown(tab) == before:
                    if perf_counter() - start > stored + serving.STARTS_WITHIN:
                        raise TimeoutError("the page does not show what was imported")
                shown = perf_counter() - start - stored
            finally:
                over.set()
            browsed = reading.result()
    yield Line(4, f"{what}: import of {ROWS:,} rows by command, stored", f"{stored:.1f} s")
    said = f"{what}: from stored to shown by a page"
    yield Line(4, said, f"{shown:.1f} s", "", f"under {SHOWN:.0f} s", shown < SHOWN)
    said, counted = (
        f"{what}: p95 of {READERS} readers meanwhile",
        f"{len(browsed.seconds)} changes, {browsed.errors[:1]}",
    )
    met = browsed.p95 < STALLED and not browsed.errors
    yield Line(4, said, f"{browsed.p95:.2f} s", counted, f"under {STALLED:.1f} s, 0 errors", met)


def imported(file: Path, url: str) -> None:
    command = [sys.executable, "manage.py", "import", "activities", str(file)]
    variables = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(command, cwd=HOME, env=variables, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError((done.stderr or done.stdout).strip()[:200])


def _shown(tab: Tab) -> list[bytes]:
    """What the page shows once it is redrawn."""
    tab.redraw()
    return [element.SerializeToString() for element in tab.elements()]
