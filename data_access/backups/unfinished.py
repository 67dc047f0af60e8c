"""A file is made in a hidden folder beside its place and moved there when it is whole: nobody ever finds half of it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from data_access.backups.errors import BackupError

SUFFIX = ".unfinished"
_LOCK = "lock"


@contextmanager
def made_beside(target: Path) -> Iterator[Path]:
    """An empty folder of this process's own beside `target`; gone at the end, whatever happens in the block.

    What a process that was killed left behind goes, too: whoever is at work holds a lock on its folder.
    """
    if not target.parent.is_dir():
        raise BackupError(
            f"There is no folder {target.parent}. Make it (install -d -m 0700 {target.parent}), or name another one."
        )
    folder = target.parent / f".{target.name}{SUFFIX}"
    try:
        with ExitStack() as held:
            with _alone_in(target.parent):
                _remove_left(target.parent)
                lock = held.enter_context(_made(folder, target))
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:  # from before there was anything: an interruption can come at once
        with _alone_in(target.parent):
            _remove_left(target.parent)


def move_into_place(made: Path, target: Path) -> None:
    """The file under its name, on the disk for good; BackupError where another one has come there meanwhile."""
    with made.open("rb") as file:
        os.fsync(file.fileno())
    if target.exists():
        raise BackupError(f"{target} is there already and is not overwritten. Name another file.")
    made.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone_in(parent: Path) -> Iterator[None]:
    """No other process makes or removes a hidden folder there meanwhile: one without a lock was left by a kill."""
    try:
        opened = os.open(parent, os.O_RDONLY)
    except OSError as error:
        raise BackupError(f"What is in {parent} cannot be read: {error.strerror}.") from error
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _made(folder: Path, target: Path) -> BinaryIO:
    """The file to lock in a new folder."""
    try:
        folder.mkdir(mode=0o700)
        return (folder / _LOCK).open("wb")
    except FileExistsError:
        raise BackupError(f"Another process is writing {target} right now. Nothing was done.") from None
    except OSError as error:
        raise BackupError(f"Nothing can be written into {target.parent}: {error.strerror}.") from error


def _remove_left(parent: Path) -> None:
    """Of the hidden folders there those that nobody is at work on."""
    for folder in parent.glob(f".*{SUFFIX}"):
        try:
            with (folder / _LOCK).open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            pass  # interrupted before it had a lock
        except (BlockingIOError, PermissionError):
            continue  # at work, or another account's, which sweeps it away itself
        shutil.rmtree(folder)
