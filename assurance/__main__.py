"""Tries the promises and prints one table: `make assure`, or `python -m assurance P5 P7` for some of them."""

import argparse
import multiprocessing
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path

from assurance import table
from assurance.every import PROMISES, tried
from assurance.promise import Outcome
from benchmarks import machine

TABLE = Path(__file__).resolve().parent.parent / "docs" / "assurance.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the promises of these codes (all by default) one after the other; 0 where each is met."""
    parser = argparse.ArgumentParser(prog="python -m assurance", description=__doc__)
    parser.add_argument("codes", nargs="*", metavar="P5", help="promises to try (default: all)")
    parser.add_argument("--keep-page", action="store_true", help=f"leave {TABLE.parent.name}/{TABLE.name} as it is")
    options = parser.parse_args(arguments)
    unknown = [code for code in options.codes if code not in PROMISES]
    if unknown:
        parser.error(f"there is no promise {unknown[0]}; there are {', '.join(PROMISES)}")
    print(f"{machine.description()}\n{table.HEAD}", flush=True)
    rows, kept = {}, []
    for code in options.codes or PROMISES:
        rows[code], outcome = _tried(code)
        kept.append(outcome.kept)
        print(rows[code], flush=True)
        if not options.keep_page:
            table.write(TABLE, rows, PROMISES, machine.description())
    return 1 if False in kept else 0


def _tried(code: str) -> tuple[str, Outcome]:
    """One promise, tried in a process of its own, so that none helps or harms another, as a row."""
    start = time.monotonic()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        try:
            outcome = process.submit(tried, code).result()
        except BrokenProcessPool:
            outcome = Outcome("", "the attempt itself was killed", False)
    seconds, day = time.monotonic() - start, datetime.now(UTC).date().isoformat()
    return table.row(PROMISES[code], outcome, seconds, os.getloadavg()[1], machine.revision(), day), outcome


if __name__ == "__main__":
    raise SystemExit(main())
