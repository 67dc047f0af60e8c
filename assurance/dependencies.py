"""The promise on what the monitor is made of: locked by hash, installed as locked, known vulnerabilities asked for."""

import base64
import csv
import hashlib
import importlib.metadata
import io
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from assurance.promise import Outcome, Promise
from tests.house import HOME

LOCK = HOME / "requirements-dev.lock"
AUDITOR = HOME / ".venv" / "audit" / "bin" / "pip-audit"
_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?P<marker> ;[^\\]*)?", re.MULTILINE)
_OF_OTHERS = "sys_platform == 'win32'"


def know_what_runs(lock: Path = LOCK, *, ask: bool = True) -> Outcome:
    """Every locked package has hashes, is installed as locked and unchanged since; and no advisory is about it."""
    locked = versions(lock)
    without = [name for name, hashes in hashes_of(lock).items() if not hashes]
    unlike = [name for name, version in locked.items() if _installed(name) != version]
    changed = [path for name in locked for path in changed_files(name)]
    today = datetime.now(UTC).date().isoformat()
    found, why_not = _vulnerable() if ask else ([], "not asked")
    tried = f"{len(locked)} packages, {sum(map(len, hashes_of(lock).values())):,} hashes, advisories of {today}"
    offline = f"without hash {len(without)}, installed otherwise {len(unlike)}, files changed {len(changed)}"
    if without or unlike or changed:
        return Outcome(tried, "; ".join([offline, *without[:3], *unlike[:3], *changed[:3]]), kept=False)
    if why_not:
        return Outcome(tried, f"{offline}; vulnerabilities not asked for on {today}: {why_not}", kept=None)
    return Outcome(tried, "; ".join([offline, f"known vulnerabilities {len(found)}", *found[:3]]), not found)


def versions(lock: Path) -> Mapping[str, str]:
    """The version of each package that this system installs."""
    return {
        one["name"]: one["version"]
        for one in _LOCKED.finditer(lock.read_text("utf-8"))
        if _OF_OTHERS not in (one["marker"] or "")
    }


def hashes_of(lock: Path) -> Mapping[str, list[str]]:
    """The hashes of the files of each package, of whatever system."""
    parts = re.split(r"\n(?=\S)", lock.read_text("utf-8"))
    packages = [part for part in parts if _LOCKED.match(part)]
    return {part.partition("==")[0]: re.findall(r"--hash=sha256:([0-9a-f]{64})\b", part) for part in packages}


def changed_files(name: str) -> Iterator[str]:
    """The files of an installed package that are not as they were installed."""
    try:
        package = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return
    for path, told, _size in csv.reader(io.StringIO(package.read_text("RECORD") or "")):
        kind, _, digest = told.partition("=")
        file = Path(str(package.locate_file(path)))
        if kind and (not file.exists() or _digest(kind, file) != digest):
            yield path


def _digest(kind: str, file: Path) -> str:
    digest = hashlib.new(kind, file.read_bytes(), usedforsecurity=False).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _vulnerable() -> tuple[list[str], str]:
    """The known vulnerabilities, each with its package; or why nobody could be asked."""
    command = ["make", "--silent", "audit", "AUDIT=" + " ".join((*_OPTIONS, f"--requirement {LOCK.name}"))]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)  # noqa: S603
    start = done.stdout.find("{")
    if start < 0:
        said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("make")]
        return [], (said or ["the auditor says nothing"])[-1].strip()[:160]
    told = json.JSONDecoder().raw_decode(done.stdout[start:])[0]
    skipped = [one["name"] for one in told["dependencies"] if "skip_reason" in one]
    if skipped:
        return [], f"{len(skipped)} packages were skipped, {skipped[0]} among them"
    return [f"{one['name']} {flaw['id']}" for one in told["dependencies"] for flaw in one["vulns"]], ""


_OPTIONS = ("--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json")

PROMISES = (
    Promise(
        number=29,
        promise="What the monitor is made of is locked by hash, and has no known vulnerability",
        explanation="Every package is locked with the SHA-256 of its files and installed with `--require-hashes`; what "
        "is installed is compared with the lock, file by file, and pip-audit asks for advisories (over the internet).",
        attempt=know_what_runs,
    ),
)
