"""Runs the benchmarks over the demonstration's data, or over DATABASE_URL: `make bench`."""

import os
import tempfile
from pathlib import Path

import demonstration
from benchmarks import batches, machine, matching, reading, redraw, steps, storm
from data_access.engine import connect, prepare


def main() -> None:
    """Print what was measured on, then each benchmark's table."""
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'demonstration.db'}"
        engine = connect(url)
        prepare(engine)
        if "DATABASE_URL" not in os.environ:
            demonstration.load(engine)
        print(machine.description())
        print(redraw.rows(engine), flush=True)
        for line in steps.measure(engine):
            print(line, flush=True)
        for line in matching.measure():
            print(line, flush=True)
        for line in reading.measure():
            print(line, flush=True)
        engine.dispose()
        for lines in (batches.measure(url), redraw.measure(url), storm.measure(url)):
            for line in lines:
                print(line, flush=True)


if __name__ == "__main__":
    main()
