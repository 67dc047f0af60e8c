"""The benchmarks of many readers and whole pages do what they say, with few readers for a moment."""

from pathlib import Path

import pytest

from benchmarks import browsing, in_browser, many_readers, pages, starting
from tests import serving
from tests.conftest import CanaryUniversity


def test_readers_of_two_processes_behind_the_proxy_of_deploy_change_filters(
    canary_university: CanaryUniversity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_readers, "AT_ONCE", 3)
    monkeypatch.setattr(many_readers, "PAGES", browsing.PAGES[:1])
    (line,) = many_readers.several(canary_university.copy_in(tmp_path), seconds=1, processes=(2,))
    assert "2 processes behind nginx" in line.what
    assert float(line.ours) > 0


def test_a_page_is_drawn_after_filters_that_it_has_not_shown(
    canary_university: CanaryUniversity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGES", ("targets",))
    monkeypatch.setattr(pages, "REDRAWS", 3)
    lines = list(pages.of_database(f"sqlite:///{canary_university.file}", "canaries", (1e-9, None)))
    assert [line.met for line in lines] == [False, None, None]
    assert "median of 3" in lines[0].what


def test_an_import_is_shown_by_a_page_while_others_read(
    canary_university: CanaryUniversity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "ROWS", 5)
    monkeypatch.setattr(starting, "READERS", 1)
    monkeypatch.setattr(starting, "THINK", 0.1)
    lines = list(starting.import_shown(canary_university.copy_in(tmp_path), "canaries"))
    assert [line.what for line in lines] == [
        "canaries: import of 5 rows by command, stored",
        "canaries: from stored to shown by a page",
        "canaries: p95 of 1 readers meanwhile",
    ]
    assert "[]" in lines[-1].beside


@pytest.mark.browser
def test_a_browser_tells_when_charts_are_drawn_and_what_came(
    canary_university: CanaryUniversity, tmp_path: Path
) -> None:
    with serving.monitor(canary_university.copy_in(tmp_path), tmp_path) as server:
        first, after = in_browser.visits(server.address, "targets")
    assert first.wire > first.data > first.chart > 0 < first.drawn
    assert after.data > 0
