"""What tests of promises share: a small university of canaries, built once a run."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from assurance.canary_marks import Canaries
from assurance.canary_university import build


class CanaryUniversity(NamedTuple):
    """A database with canaries, and the marks that stand in it."""

    file: Path
    marks: Canaries

    def copy_in(self, folder: Path) -> str:
        """The address of a copy that may be changed."""
        return f"sqlite:///{shutil.copy(self.file, folder / 'monitor.db')}"


@pytest.fixture(scope="session")
def canary_university(tmp_path_factory: pytest.TempPathFactory) -> CanaryUniversity:
    file = tmp_path_factory.mktemp("canaries") / "monitor.db"
    return CanaryUniversity(file, build(f"sqlite:///{file}", ("ENG", "ENGM", "AGR")))
