"""The promises on load, tried with few readers for a few seconds; how long they wait is for `make assure` to say."""

import pytest

from assurance import load
from benchmarks.browsing import browse
from tests.conftest import CanaryUniversity


def test_readers_of_three_roles_change_filters_while_a_file_is_stored(
    canary_university: CanaryUniversity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "THINK", 0.1)
    outcome = load.upload_among_readers(rows=200, users=3, database=canary_university.file)
    assert outcome.kept, outcome
    assert "200 stored" in outcome.result
    assert "errors 0" in outcome.result


def test_an_error_that_a_reader_sees_breaks_the_promise() -> None:
    nobody_listens = "http://127.0.0.1:9"
    browsed = browse(nobody_listens, [{}], users=2, seconds=1, think=1)
    assert len(browsed.errors) == 2
    assert not load.is_held(browsed)
