"""Arrays kept in a file from one start of the monitor to the next, beside the database that they were made from.

A file that cannot be read, was made by other code or from another state of the data is none: whatever is kept can be
made again, so nothing depends on it. It holds what the database holds, and like it nobody but its owner reads it.
"""

import json
import logging
import os
import secrets
import time
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import make_url

from data_access.engine import HOME

FOLDER = "MONITOR_KEPT"  # the variable that names the folder; `no` keeps nothing
SUFFIX = ".kept"
_ABOUT = "about"
_WORKS_OUT = ("vocabulary", "data_access", "metrics", "pages/parts")
_COUNTS_WITH = ("numpy", "pandas", "scipy")
_LEFT = 600  # seconds, after which whoever was writing was ended
_LOG = logging.getLogger(__name__)
Array = NDArray[Any]
What = Literal["ledger", "figures", "figures_fractional", "figures_lead"]


class Kept(NamedTuple):
    """What was kept: facts on it, and the arrays by name."""

    about: Mapping[str, Any]
    arrays: Mapping[str, Array]


def place_of(url: str, what: What) -> Path | None:
    """The file that is kept for a database: in the folder `MONITOR_KEPT`, else beside the file of SQLite, else none."""
    named, database = os.environ.get(FOLDER, ""), make_url(url).database
    of_sqlite = url.startswith("sqlite") and database not in (None, "", ":memory:")
    if named == "no":
        return None
    if named:
        return Path(named) / f"{sha256(url.encode()).hexdigest()[:16]}.{what}{SUFFIX}"
    return Path(f"{database}.{what}{SUFFIX}") if of_sqlite else None


def keep(file: Path, about: Mapping[str, object], arrays: Mapping[str, Array]) -> bool:
    """Write the file, whole or not at all; whether it was written."""
    unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        for other in file.parent.glob(f".{file.name}.*"):
            if time.time() - other.stat().st_mtime > _LEFT:
                other.unlink()
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as opened:
            np.savez(opened, allow_pickle=False, **{_ABOUT: np.array(json.dumps([about, [*arrays]]))}, **arrays)
        unfinished.replace(file)
    except OSError as error:
        _LOG.warning("nothing was kept for the next start: %s", error.strerror)
        unfinished.unlink(missing_ok=True)
        return False
    return True


def kept(file: Path) -> Kept | None:
    """What is kept in a file; None where there is none that can be read whole."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        about, names = json.loads(str(arrays.pop(_ABOUT)))
        return Kept(about, arrays) if names == [*arrays] else None  # each part of the file is checked, its name is not
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, BadZipFile) as error:
        _LOG.warning("what was kept at the last start cannot be read: %s", error)
        return None


def forget(url: str) -> None:
    """Delete what is kept of a database, where somebody is to be erased from it for good."""
    for what in get_args(What):
        file = place_of(url, what)
        if file is not None:
            file.unlink(missing_ok=True)


def code_mark() -> str:
    """A mark of the code that works out what is kept, and of what it counts with: what other code kept is no use."""
    found = sha256(" ".join(version(name) for name in _COUNTS_WITH).encode())
    for package in _WORKS_OUT:
        for file in sorted((HOME / package).rglob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()[:16]
