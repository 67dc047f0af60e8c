"""What becomes of each nasty file, as `expected.json` holds it: `python -m tests.data_access.imports.corpus.outcomes`
writes that file anew, and who changes a message reads the difference.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine

from data_access.engine import connect
from data_access.imports import store_file
from data_access.tables import Activity, Goal
from tests.data_access.imports.conftest import INDICATORS, NAMES, add_departments, stored
from tests.data_access.imports.corpus import csv_files, tables, workbooks
from tests.data_access.imports.corpus.bombs import bombs
from tests.data_access.imports.corpus.nasty import Nasty
from tests.prepared import prepare_file

MOST = 8  # remarks that are compared
EXPECTED = Path(__file__).with_name("expected.json")
_KEPT = ("record_id", "activity_type", "title", "start_date", "people_count", "indicator", "value")
Outcome = Mapping[str, object]


def corpus() -> dict[str, Nasty]:
    """Every nasty file by what is nasty about it."""
    return csv_files.NASTIES | tables.NASTIES | workbooks.NASTIES | bombs()


def outcome(engine: Engine, folder: Path, nasty: Nasty) -> Outcome:
    """Imports a file: whether it was stored, its first remarks in both languages, and what is stored then."""
    path = folder / nasty.file_name
    path.write_bytes(nasty.content)
    report = store_file(engine, nasty.kind, path, indicators=INDICATORS, indicator_names=NAMES)
    path.unlink()
    rows = stored(engine, Goal if nasty.kind == "goals" else Activity)
    return {
        "status": report.status,
        "stored": [{name: str(row[name]) for name in _KEPT if name in row} for row in rows],
        "number_of_remarks": len(report.remarks),
        "remarks": [
            {
                "where": f"{r.severity} {r.row or '-'} {r.column}".strip(),
                "value": r.value,
                "en": r.message.en,
                "ja": r.message.ja,
            }
            for r in report.remarks[:MOST]
        ],
    }


def expected() -> dict[str, Outcome]:
    found: dict[str, Outcome] = json.loads(EXPECTED.read_text("utf-8"))
    return found


def differing() -> list[str]:
    """The files of which something else becomes than is expected."""
    found = outcomes()
    return [name for name in found | expected() if found.get(name) != expected().get(name)]


def outcomes() -> dict[str, Outcome]:
    """What becomes of every file, each in a database of its own."""
    found = {}
    with tempfile.TemporaryDirectory() as home:
        empty, folder = Path(home) / "empty.db", Path(home) / "files"
        folder.mkdir()
        _prepared(empty).dispose()
        for name, nasty in corpus().items():
            shutil.copy(empty, folder / "corpus.db")
            engine = connect(f"sqlite:///{folder / 'corpus.db'}")
            found[name] = outcome(engine, folder, nasty)
            engine.dispose()
    return found


def main() -> None:
    EXPECTED.write_text(json.dumps(outcomes(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _prepared(path: Path) -> Engine:
    engine = connect(prepare_file(path))
    add_departments(engine)
    return engine


if __name__ == "__main__":
    main()
