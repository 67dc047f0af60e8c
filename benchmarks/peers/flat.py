"""One flat table and three questions of it: a row is one activity with its department, year, country, partner, person.

Any engine can be asked them after a filter on countries; what comes of one is a number for each department and year.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

import numpy as np

from benchmarks.peers.protocol import Array, Floats, answer

QUESTIONS = ("one count", "eleven sums", "two distinct counts")
DISTINCT = ("person", "partner")
Ask = Callable[[str, Sequence[int]], Mapping[str, Array]]


class Flat(TypedDict):
    """What is asked: filters, of which the first warms up, the columns that are added up, and the answer's shape."""

    filters: list[list[int]]
    added: list[str]
    shape: tuple[int, int]  # departments and years


def asked(folder: Path) -> Flat:
    found: Flat = json.loads((folder / "flat.json").read_text("utf-8"))
    return found


def expressions(question: str, added: Sequence[str]) -> dict[str, str]:
    """The columns of an answer, in SQL."""
    return {
        "one count": {"n": "count(*)"},
        "eleven sums": {name: f"sum({name})" for name in added},
        "two distinct counts": {name: f"count(DISTINCT {name})" for name in DISTINCT},
    }[question]


def statement(question: str, added: Sequence[str], countries: Sequence[int]) -> str:
    """The question in SQL that every database reads."""
    columns = ", ".join(f"{expression} AS {name}" for name, expression in expressions(question, added).items())
    chosen = ", ".join(map(str, countries))
    return f"SELECT department, year, {columns} FROM flat WHERE country IN ({chosen}) GROUP BY department, year"


def answer_all(folder: Path, peer: str, version: str, ask: Ask) -> None:
    """Ask each question after each filter and write down the answers, and the median of the seconds of all but one."""
    questions = asked(folder)
    seconds, figures = {}, {}
    for question in QUESTIONS:
        taken = []
        for number, countries in enumerate(questions["filters"]):
            start = time.perf_counter()
            columns = ask(question, countries)
            taken.append(time.perf_counter() - start)
            for name in expressions(question, questions["added"]):
                figures[f"{name} {number}"] = _placed(questions["shape"], columns, name)
        seconds[question] = float(np.median(taken[1:]))
    answer(folder, peer, version, seconds, figures)


def _placed(shape: tuple[int, int], columns: Mapping[str, Array], name: str) -> Floats:
    found = np.zeros(shape)
    department, year = (np.asarray(columns[place], dtype=np.int64) for place in ("department", "year"))
    found[department, year] = np.ma.filled(np.ma.asarray(columns[name], dtype=np.float64), 0)
    return found
