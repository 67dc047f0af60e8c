"""Tries the promises and prints one table: `make assure`, or `python -m assurance P5 P7` for some of them."""

import argparse
import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path

from assurance.every import PROMISES, tried
from assurance.promise import Outcome
from benchmarks import machine

TABLE = Path(__file__).resolve().parent.parent / "docs" / "assurance.md"
VERDICT = {True: "met", False: "**not met**", None: "not tried"}
HEAD = "| | promise | tried | result | | s |\n|---|---|---|---|---|---|"


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the promises of these codes (all by default) one after the other; 0 where each is met."""
    parser = argparse.ArgumentParser(prog="python -m assurance", description=__doc__)
    parser.add_argument("codes", nargs="*", metavar="P5", help="promises to try (default: all)")
    parser.add_argument("--write", action="store_true", help=f"write the table to {TABLE.parent.name}/{TABLE.name}")
    options = parser.parse_args(arguments)
    unknown = [code for code in options.codes if code not in PROMISES]
    if unknown:
        parser.error(f"there is no promise {unknown[0]}; there are {', '.join(PROMISES)}")
    told = [f"{machine.description()}\ndate      {datetime.now(UTC).date().isoformat()}", HEAD]
    print("\n".join(told), flush=True)
    verdicts = []
    for code in options.codes or PROMISES:
        row, kept = _row(code)
        told.append(row)
        verdicts.append(kept)
        print(row, flush=True)
    if options.write:
        TABLE.write_text(_page(told), "utf-8")
    return 0 if all(kept is not False for kept in verdicts) else 1


def _row(code: str) -> tuple[str, bool | None]:
    """One promise, tried in a process of its own, so that none helps or harms another."""
    start = time.monotonic()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        try:
            outcome = process.submit(tried, code).result()
        except BrokenProcessPool:
            outcome = Outcome("", "the attempt itself was killed", False)
    cells = (code, PROMISES[code].promise, outcome.tried, outcome.result, VERDICT[outcome.kept])
    seconds = f"{time.monotonic() - start:,.0f}"
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in (*cells, seconds)) + " |", outcome.kept


def _page(told: Sequence[str]) -> str:
    explained = "\n".join(f"- **{code}** {promise.explanation}" for code, promise in PROMISES.items())
    heading = "# What the monitor promises, and what came of trying it\n\n`make assure` writes this page.\n"
    return f"{heading}\n```\n{told[0]}\n```\n\n" + "\n".join(told[1:]) + f"\n\n{explained}\n"


if __name__ == "__main__":
    raise SystemExit(main())
