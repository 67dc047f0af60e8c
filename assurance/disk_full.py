"""P18: the disk is full: an import is refused in words, what was stored is whole, a backup leaves nothing."""

import contextlib
import io
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import manage
from assurance.databases import is_sound, university
from assurance.promise import Outcome, Promise
from tests.data_access.imports.conftest import KEY, csv_text
from tests.data_access.imports.faults import everything
from tests.data_access.imports.test_faults import give, some

DISK_MB = 16
ROWS = 3_000  # of the import that finds no room
SAID = ("full", "No space left")  # one of these is in the words on standard error


class Full(NamedTuple):
    """One attempt on a full disk: whether it was refused in words, and whether all was as before and sound."""

    told: bool
    intact: bool


@contextmanager
def small_disk() -> Iterator[Path]:
    """A disk of a few megabytes, in memory; PermissionError where this process may not mount one."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["/usr/bin/mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0700", "tmpfs", folder]
        if subprocess.run(mount, capture_output=True, check=False).returncode:  # noqa: S603
            raise PermissionError("only root may mount a small disk")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["/usr/bin/umount", "--lazy", folder], check=True)  # noqa: S603  whoever still holds a file open


def fill(disk: Path, leave: int) -> Path:
    """A file that takes all room but so many bytes."""
    ballast = disk / "ballast"
    left = os.statvfs(disk)
    ballast.write_bytes(b"\0" * max(0, left.f_bavail * left.f_frsize - leave))
    return ballast


def run(*command: str) -> tuple[int, str]:
    """The status of a command of `manage.py`, and all that it says."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        status = manage.main(command)
    return status, said.getvalue()


def run_full(leaves: tuple[int, ...]) -> Outcome:
    """Imports and backups with so many bytes left; then one with room."""
    try:
        with small_disk() as disk, tempfile.TemporaryDirectory() as elsewhere:
            return _on(disk, Path(elsewhere) / "rows.csv", leaves)
    except PermissionError as error:
        return Outcome("", str(error), None)


def _is_refused(status: int, said: str) -> bool:
    return status != 0 and any(word in said for word in SAID)


def _on(disk: Path, rows: Path, leaves: tuple[int, ...]) -> Outcome:
    url = f"sqlite:///{disk / 'monitor.db'}"
    os.environ |= {"DATABASE_URL": url, "MONITOR_PERSON_KEY": KEY.hex()}
    engine = university(url)
    give(engine, *some(30))
    before = {name: held for name, held in everything(engine).items() if name not in ("audit_events", "state")}
    rows.write_text(csv_text(some(ROWS, "more")), "utf-8")
    found = []
    for leave in leaves:
        engine.dispose()
        ballast = fill(disk, leave)
        found.append(Full(_is_refused(*run("import", "activities", str(rows))), True))
        status, said = run("backup", str(disk))
        made = list(disk.glob("*.backup*"))
        found.append(Full(len(made) == 1 if status == 0 else _is_refused(status, said) and not made, True))
        for file in (ballast, *made):  # a small one may have found room
            file.unlink()
        now = everything(engine)
        found.append(Full(True, all(now[name] == held for name, held in before.items()) and is_sound(engine)))
    status, _ = run("import", "activities", str(rows))
    stored = len(everything(engine)["activities"]) - len(before["activities"])
    engine.dispose()
    told, intact = sum(not one.told for one in found), sum(not one.intact for one in found)
    return Outcome(
        f"{2 * len(leaves)} imports of {ROWS:,} rows and backups on a disk of {DISK_MB} MB with "
        f"{min(leaves):,} to {max(leaves):,} bytes left",
        f"refused without words {told}, committed rows touched {intact}, rows stored once there is room {stored:,}",
        kept=not told and not intact and status == 0 and stored == ROWS,
    )


PROMISES = (
    Promise(
        number=18,
        promise="A full disk is said to be full, and costs nothing that was stored",
        explanation="On a small disk that is filled up to a few bytes, imports and backups are tried; every table is "
        "compared afterwards, no half file may be left, and with room the same import goes through.",
        attempt=lambda: run_full((0, 20_000, 100_000, 300_000, 600_000)),
    ),
)
