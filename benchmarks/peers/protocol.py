"""What a peer is asked and what it answers: tables as arrays in a folder, questions in JSON, answers as arrays.

A peer runs in an environment of its own, which holds NumPy and itself, and nothing of the monitor's.
"""

import argparse
import json
import resource
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypedDict, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]
Floats = NDArray[np.float64]
Found = TypeVar("Found")
Columns = Mapping[str, Array]  # unit, year, and a column for each question


class Asked(TypedDict):
    """One number for each unit and year: how many activities, yen or things, of some types and conditions."""

    name: str
    of: str  # activities, yen; or persons, partners, companies, countries, languages, sdgs
    types: list[int]  # nothing: all
    only: list[str]  # columns of the activities that hold


class Questions(TypedDict):
    """What is asked of every figure: the shape of the answers, what adds up, and what is counted once."""

    shape: tuple[int, int]  # units and years
    added: list[Asked]
    distinct: list[Asked]
    terms: dict[str, list[tuple[int, str]]]  # each figure of ours as the questions it is made of, with their signs
    shown: list[int]  # positions of the years that ours are of


class Peer(Protocol):
    """Answers questions from tables of its own in memory. Of `persons`, what adds up is those without an id."""

    def added(self, questions: Sequence[Asked]) -> Columns: ...

    def distinct(self, questions: Sequence[Asked]) -> Iterable[Columns]: ...


class Answer(NamedTuple):
    """What a peer is called, how long each step took (the fastest of several), and units x years for each question."""

    version: str
    seconds: dict[str, float]
    figures: dict[str, Floats]
    megabytes: float  # the most that its process held


def put(folder: Path, tables: Mapping[str, Mapping[str, Array]], **said: Mapping[str, object]) -> None:
    """Write tables (a file a column), and what is said of them as JSON under its name, for peers to read."""
    for name, columns in tables.items():
        (folder / name).mkdir(parents=True)
        for column, values in columns.items():
            np.save(folder / name / f"{column}.npy", values)
    for name, content in said.items():
        (folder / f"{name}.json").write_text(json.dumps(content), "utf-8")


def table(folder: Path, name: str) -> dict[str, Array]:
    """The columns of a table by name."""
    return {file.stem: np.load(file) for file in sorted((folder / name).glob("*.npy"))}


def asked(folder: Path) -> Questions:
    """What was written for peers to answer."""
    found: Questions = json.loads((folder / "asked.json").read_text("utf-8"))
    return found


def run(peer: str, version: str, ready: Callable[[Path], Peer]) -> None:
    """Answer every question as often as asked for and write down answers and times: what a peer's program does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("times", type=int)
    options = parser.parse_args()
    questions = asked(options.folder)
    start = time.perf_counter()
    made = ready(options.folder)
    seconds = {"ready": time.perf_counter() - start}
    added, distinct = questions["added"], questions["distinct"]
    nameless = [one for one in distinct if one["of"] == "persons"]
    seconds["added"], sums = timed(lambda: made.added(added), options.times)
    seconds["distinct"], (rest, counts) = timed(
        lambda: (made.added(nameless), list(made.distinct(distinct))), options.times
    )
    figures = {one["name"]: np.zeros(questions["shape"]) for one in [*added, *distinct]}
    for columns in (sums, rest, *counts):
        unit, year = columns["unit"].astype(np.int64), columns["year"].astype(np.int64)
        for name in columns.keys() & figures.keys():
            figures[name][unit, year] += np.nan_to_num(np.ma.filled(columns[name].astype(np.float64), 0))
    answer(options.folder, peer, version, seconds, figures)


def answer(folder: Path, peer: str, version: str, seconds: Mapping[str, float], figures: Mapping[str, Floats]) -> None:
    """Write down what somebody found, and how fast."""
    np.savez(folder / f"{peer}.npz", **figures)  # type: ignore[arg-type]  # none is called allow_pickle
    said = {"version": version, "seconds": dict(seconds), "megabytes": most_memory()}
    (folder / f"{peer}.json").write_text(json.dumps(said), "utf-8")


def answered(folder: Path, peer: str) -> Answer:
    """Read what a peer found."""
    said = json.loads((folder / f"{peer}.json").read_text("utf-8"))
    with np.load(folder / f"{peer}.npz") as arrays:
        figures = {name: arrays[name] for name in arrays.files}
    return Answer(said["version"], said["seconds"], figures, said["megabytes"])


def timed(step: Callable[[], Found], times: int = 1) -> tuple[float, Found]:
    """Seconds that a step takes, the fastest of some times, and what came of it."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        found = step()
        taken.append(time.perf_counter() - start)
    return min(taken), found


def most_memory() -> float:
    """The most megabytes that this process held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
