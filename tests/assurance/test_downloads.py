"""The promise on files to take along is kept in small, and is not kept where anybody may take them."""

from assurance.downloads import take_files
from tests.conftest import CanaryUniversity


def test_a_file_is_for_whoever_it_was_drawn_for(canary_university: CanaryUniversity) -> None:
    outcome = take_files(("records",), database=canary_university.file)
    assert outcome.kept, outcome


def test_the_promise_is_broken_where_the_binding_is_switched_off(canary_university: CanaryUniversity) -> None:
    outcome = take_files(("records",), ("anybody_takes",), canary_university.file)
    assert not outcome.kept
    assert "another reader 200" in outcome.result
