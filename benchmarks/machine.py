"""What every figure of a benchmark was measured on and with, so that two runs can be compared or not."""

import importlib.metadata
import os
import platform
import subprocess
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
CALM, A_MOMENT, PATIENCE = 0.05, 0.5, 120.0  # of a processor; seconds
PACKAGES = ("streamlit", "sqlalchemy", "pandas", "numpy", "plotly")


def description() -> str:
    """Machine, versions and revision, a line each."""
    cores = len(os.sched_getaffinity(0))
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return "\n".join(
        [
            f"machine   {cores} cores, {_processor()}; load average {os.getloadavg()[0]:.1f} at the start",
            f"versions  Python {platform.python_version()}, {versions}",
            f"revision  {revision()}",
        ]
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def revision() -> str:
    """The commit of this checkout, `-dirty` where files were changed since."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "not a git repository"


def memory(process_id: int | str) -> float:
    """What a process (a number, or `self`) holds in memory, in megabytes."""
    pages = int(Path(f"/proc/{process_id}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def processor_seconds(process_id: int) -> float:
    """The seconds of processors that a process has used since its start."""
    fields = Path(f"/proc/{process_id}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_until_calm(process_id: int) -> None:
    """Until a process has next to nothing to do, as once all that is counted beside its first pages is counted."""
    used, until = processor_seconds(process_id), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        time.sleep(A_MOMENT)
        before, used = used, processor_seconds(process_id)
        if used - before < CALM * A_MOMENT:
            return
