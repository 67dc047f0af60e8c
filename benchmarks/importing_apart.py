"""One file stored by pandas or by us, in a process that loads what that needs: prints what it took.

`python -m benchmarks.importing_apart ours|pandas DATABASE FILE`: seconds, seconds of processors, megabytes at its peak.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    way, url, file = sys.argv[1:]
    print(json.dumps(_taken(_with_pandas if way == "pandas" else _with_us, url, Path(file))))


def _taken(way: Callable[[str, Path], float], url: str, file: Path) -> tuple[float, float, float]:
    start = _computed()
    seconds = way(url, file)
    return seconds, _computed() - start, _peak()


def _peak() -> float:
    """The most megabytes of this process; what `getrusage` says is also of the one that it was forked off."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def _computed() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _with_pandas(_url: str, file: Path) -> float:
    import pandas as pd
    from sqlalchemy import create_engine

    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'pandas.db'}")
        start = time.perf_counter()
        pd.read_csv(file, low_memory=False).to_sql("activities", engine, index=False)
        return time.perf_counter() - start


def _with_us(url: str, file: Path) -> float:
    """As in a server that has matched a name before."""
    from data_access.engine import connect
    from data_access.imports import store_file
    from data_access.matching import matcher

    matcher().match("Tohoku University", "JP")
    start = time.perf_counter()
    report = store_file(connect(url), "activities", file, indicators={})
    if report.status != "stored":
        raise RuntimeError(f"{report.status}: {report.remarks[:3]}")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
