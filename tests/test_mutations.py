"""Formulas changed one by one, as a slip of the pen would: each change makes a test of its module fail."""

import shutil
import subprocess
import sys
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
    Slip("intervals", '_of_proportion("wilson", count', '_of_proportion("agresti_coull", count', "test_intervals"),
    Slip("intervals", 'method="newcomb"', 'method="agresti-caffo"', "test_intervals"),
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


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the formulas and their tests need, where it can be changed."""
    folder = tmp_path_factory.mktemp("slips")
    for room in ("metrics", "vocabulary", "tests"):
        shutil.copytree(HOME / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests" / "conftest.py").unlink()  # what it shares are databases and servers
    shutil.copy(HOME / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.module}: {slip.wrong}")
def test_a_slip_in_a_formula_is_noticed(slip: Slip, copied: Path) -> None:
    changed, source = copied / slip.path, (HOME / slip.path).read_text("utf-8")
    assert source.count(slip.right) == 1, f"{slip.path} no longer says {slip.right!r} once: name the line as it is"
    changed.write_text(source.replace(slip.right, slip.wrong), "utf-8")
    try:
        run = _tested(copied, slip.tests)
    finally:
        changed.write_text(source, "utf-8")
    assert run.returncode == 1, f"no test noticed:\n{run.stdout}{run.stderr}"
    assert "AssertionError" in run.stdout or "assert " in run.stdout


def test_without_a_slip_the_same_tests_pass(copied: Path) -> None:
    run = _tested(copied, *sorted({slip.tests for slip in SLIPS}))
    assert run.returncode == 0, run.stdout


def _tested(folder: Path, *tests: str) -> "subprocess.CompletedProcess[str]":
    paths = [f"tests/metrics/{name}.py" for name in tests]
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *paths]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)
