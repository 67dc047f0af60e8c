"""The promise on configurations: an unsafe one does not start, or starts in the safe way, and says how to mend it."""

import re
import sqlite3
import tempfile
from pathlib import Path

from assurance.promise import Outcome, Promise
from data_access.engine import connect, journal_mode_for
from serving.gate import Stored, refusals, refusals_of_data
from tests.server.test_gate import NAMED, UNSAFE, start

FAULTY, MENDED = (3, 40, 1), (3, 51, 3)  # versions of SQLite


def refuse_to_start() -> Outcome:
    """Every unsafe configuration by itself, then the databases that a safe one may not serve, then the journal."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        starts = [any(mend in why.en for why in refusals(unsafe(home))) for unsafe, mend in UNSAFE]
        both = [_in_both_languages(why) for unsafe, _ in UNSAFE for why in refusals(unsafe(home))]
        open_to_all = home / "monitor.db"
        open_to_all.touch(mode=0o604)
        open_to_all.chmod(0o604)
        data = [
            refusals_of_data(start(), Stored(real=True)),
            refusals_of_data(start("127.0.0.1", NAMED), Stored(real=False, own_files=True)),
            refusals_of_data(start(environment={"MONITOR_READERS": "sign-in"}), Stored(real=True, file=open_to_all)),
        ]
        journal = _journal_is_safe(home)
    refused, tried = sum(starts) + sum(map(bool, data)), len(starts) + len(data)
    said = "with the way to mend it, in both languages" if all(both) else "and not all say how to mend it"
    safe = "DELETE where SQLite is faulty" if journal else "not safe"
    result = f"{refused} of {tried} refused {said}; journal {safe} (here {sqlite3.sqlite_version})"
    return Outcome(f"{tried} unsafe configurations, 1 journal", result, refused == tried and all(both) and journal)


def _in_both_languages(why: tuple[str, str]) -> bool:
    return bool(why[0]) and re.search("[ぁ-ん]", why[1]) is not None


def _journal_is_safe(home: Path) -> bool:
    """Whether a version with the WAL-reset fault gets another journal than one without, and this one what it needs."""
    engine = connect(f"sqlite:///{home / 'journal.db'}")
    with engine.connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    engine.dispose()
    wanted = journal_mode_for(sqlite3.sqlite_version_info[:3])
    return (journal_mode_for(FAULTY), journal_mode_for(MENDED), mode) == ("delete", "wal", wanted)


PROMISES = (
    Promise(
        number=26,
        promise="An unsafe configuration does not start, and says how to mend it",
        explanation="Each protection switched off, each setting misspelt, each secret that can be guessed, each file "
        "that others read and each database that would be shown to whoever comes, one by one; SQLite with the "
        "WAL-reset fault is journalled with DELETE instead.",
        attempt=refuse_to_start,
    ),
)
