"""The table of promises: a row each, with what was tried, what came of it, and of which version when."""

import re
from collections.abc import Mapping
from pathlib import Path

from assurance.promise import Outcome, Promise

HEAD = "| | promise | tried | result | | seconds | load | version | date |\n|---|---|---|---|---|---|---|---|---|"
VERDICT = {True: "met", False: "**not met**", None: "not tried"}
INTRODUCTION = """# What the monitor promises, and what came of trying it

`make assure` tries every promise and writes this page; `make assure PROMISES="P5 P7"` tries some, and the rows of the
others stay as they were, with the version and the day of their own. *Load* is the machine's load average at the end
of the attempt: a number far above its cores means that other work ran beside it, and that its seconds say little.
"""
_ROW = re.compile(r"^\| (P\d+) \|.*$", re.MULTILINE)


def row(promise: Promise, outcome: Outcome, seconds: float, load: float, version: str, day: str) -> str:
    """One promise as a row of the table."""
    cells = (promise.code, promise.promise, outcome.tried, outcome.result, VERDICT[outcome.kept])
    when = (f"{seconds:,.0f}", f"{load:.1f}", version, day)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in (*cells, *when)) + " |"


def write(page: Path, rows: Mapping[str, str], promises: Mapping[str, Promise], machine: str) -> None:
    """Bring these rows of the page up to date, by the code of their promise; all others stay as they are."""
    kept = {found[1]: found[0] for found in _ROW.finditer(page.read_text("utf-8"))} if page.exists() else {}
    every = {**kept, **rows}
    table = "\n".join([HEAD, *(every[code] for code in promises if code in every)])
    explained = "\n".join(f"- **{code}** {promise.explanation}" for code, promise in promises.items())
    page.parent.mkdir(exist_ok=True)
    page.write_text(f"{INTRODUCTION}\nThe last attempt:\n\n```\n{machine}\n```\n\n{table}\n\n{explained}\n", "utf-8")
