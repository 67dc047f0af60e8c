"""The environments that peers live in: made once, kept apart from the monitor's own, thrown away by `make clean`."""

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.machine import HOME

WHERE = HOME / ".venv-peers"
REQUIREMENTS = Path(__file__).parent


class NotInstalledError(RuntimeError):
    """The peers could not be installed; the message is pip's last line."""


def python(requirements: str = "requirements") -> Path:
    """The interpreter of an environment with what this file of ours pins, made where it is not there yet."""
    wanted = (REQUIREMENTS / f"{requirements}.txt").read_text("utf-8")
    home = WHERE / requirements
    stamp, interpreter = home / "installed.txt", home / "bin" / "python"
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        _run(sys.executable, "-m", "venv", "--clear", str(home))
        file = str(REQUIREMENTS / f"{requirements}.txt")
        _run(str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", file)
        stamp.write_text(wanted, "utf-8")
    return interpreter


def run(interpreter: Path | str, module: str, *arguments: str, seconds: float) -> None:
    """Run one of our modules there; RuntimeError with its last line where it fails, TimeoutError where it is slow."""
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    command = [str(interpreter), "-m", module, *arguments]
    try:
        done = subprocess.run(
            command, cwd=HOME, env=environment, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired as late:
        raise TimeoutError(f"not done within {seconds:,.0f} s") from late
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"ended with code {done.returncode}"]
        raise RuntimeError(lines[-1])


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise NotInstalledError(lines[-1] if lines else f"{command[0]} ended with code {done.returncode}")
