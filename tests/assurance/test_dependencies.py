"""What is installed is what is locked; a version that is not, a hash that is missing and a changed file are found."""

from pathlib import Path

import pytest

from assurance import dependencies
from assurance.dependencies import LOCK, know_what_runs


def test_what_is_installed_is_what_is_locked_and_the_advisories_are_another_matter() -> None:
    outcome = know_what_runs(ask=False)
    assert outcome.kept is None
    assert outcome.result.startswith(
        "without hash 0, installed otherwise 0, files changed 0; vulnerabilities not asked"
    )


def test_another_version_and_a_missing_hash_are_found(tmp_path: Path) -> None:
    other = tmp_path / "other.lock"
    other.write_text(LOCK.read_text().replace("\nplotly==", "\nplotly==0") + "\npip-of-nobody==1\n")
    outcome = know_what_runs(other, ask=False)
    assert outcome.kept is False
    assert "without hash 1, installed otherwise 2, files changed 0; pip-of-nobody" in outcome.result


def test_a_file_that_was_changed_since_it_was_installed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "_digest", lambda _kind, _file: "of something else")
    assert "plotly/__init__.py" in set(dependencies.changed_files("plotly"))
