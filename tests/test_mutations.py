"""Formulas changed one by one, as a slip of the pen would: each change makes a test of its module fail."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house import HOME


class Slip(NamedTuple):
    """A line of a formula, what it becomes, and the tests that must notice."""

    module: str
    right: str
    wrong: str
    tests: str

    @property
    def path(self) -> Path:
        return Path("metrics") / f"{self.module}.py"


SLIPS = (
    Slip("intervals", "1 - 1 / (9 * seen) - z", "1 - 1 / (3 * seen) - z", "test_intervals"),
    Slip("intervals", "_of_proportion(_score, count", "_of_proportion(_exact, count", "test_intervals"),
    Slip("pair_intervals", "(here - low, high2 - there), (", "(high - here, there - low2), (", "test_intervals"),
    Slip("decomposition", "(r1 - r0) * (w0 + w1) / 2", "(r1 - r0) * w0", "test_decomposition"),
    Slip("decomposition", "(high - low) / np.log1p((high - low) / low)", "(high + low) / 2", "test_decomposition"),
    Slip("diversity", "b=(p > 0)) / (1 - order)", "b=(p > 0)) / (order - 1)", "test_diversity"),
    Slip("diversity", "found * n / (n - 1) if corrected", "found * (n - 1) / n if corrected", "test_diversity"),
    Slip("collaboration", "_quotient(of_y - both, of_world - of_x)", "_quotient(of_y, of_world)", "test_collaboration"),
    Slip("collaboration", "of_x + of_y - both", "of_x + of_y", "test_collaboration"),
    Slip("network", "normalized=False", "normalized=True", "test_network"),
    Slip("mobility", "np.minimum(come, go)", "come", "test_mobility"),
    Slip("projection", "ahead * (1 + ahead / found.over)", "ahead", "test_projection"),
    Slip("what_if", "missing / moves", "moves / missing", "test_projection"),
)


# Imports once what takes long, then tries the tests of each line that it is sent in a copy of itself.
WARM = """
import os, sys
import networkx, pandas, pytest, scipy.stats, statsmodels.stats.proportion
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        said = os.open("said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1), os.dup2(said, 2)
        status = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *line.split()])
        sys.stdout.flush()
        os._exit(status)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

# That an example fails is enough: a smaller one that does is not looked for.
FIRST_FAILURE = """
from hypothesis import Phase, settings
settings.register_profile("first failure", phases=(Phase.explicit, Phase.generate))
settings.load_profile("first failure")
"""


class Copied(NamedTuple):
    """What the formulas and their tests need, where it can be changed, and a process that runs these tests there."""

    folder: Path
    warm: "subprocess.Popen[str]"

    def tested(self, *tests: str) -> tuple[int, str]:
        """The exit status of pytest, and what it said."""
        assert self.warm.stdin
        assert self.warm.stdout
        print(*(f"tests/metrics/{name}.py" for name in tests), file=self.warm.stdin, flush=True)
        status = int(self.warm.stdout.readline())
        return status, (self.folder / "said.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copied]:
    folder = tmp_path_factory.mktemp("slips")
    for room in ("metrics", "vocabulary", "tests"):
        shutil.copytree(HOME / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests" / "conftest.py").write_text(FIRST_FAILURE)  # ours shares databases and servers
    shutil.copy(HOME / "pyproject.toml", folder)
    command, pipe = [sys.executable, "-B", "-c", WARM], subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, text=True) as warm:
        yield Copied(folder, warm)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.module}: {slip.wrong}")
def test_a_slip_in_a_formula_is_noticed(slip: Slip, copied: Copied) -> None:
    changed, source = copied.folder / slip.path, (HOME / slip.path).read_text("utf-8")
    assert source.count(slip.right) == 1, f"{slip.path} no longer says {slip.right!r} once: name the line as it is"
    changed.write_text(source.replace(slip.right, slip.wrong), "utf-8")
    try:
        status, said = copied.tested(slip.tests)
    finally:
        changed.write_text(source, "utf-8")
    assert status == 1, f"no test noticed:\n{said}"
    assert "AssertionError" in said or "assert " in said


def test_without_a_slip_the_same_tests_pass(copied: Copied) -> None:
    status, said = copied.tested(*sorted({slip.tests for slip in SLIPS}))
    assert status == 0, said
