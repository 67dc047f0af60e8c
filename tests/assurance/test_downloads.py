"""The promise on files to take along is kept in small, and is not kept where anybody may take them."""

from pathlib import Path

from assurance.downloads import take_files


def test_a_file_is_for_whoever_it_was_drawn_for(demonstration_file: Path) -> None:
    outcome = take_files(("records",), database=demonstration_file)
    assert outcome.kept, outcome


def test_the_promise_is_broken_where_the_binding_is_switched_off(demonstration_file: Path) -> None:
    outcome = take_files(("records",), ("anybody_takes",), demonstration_file)
    assert not outcome.kept
    assert "another reader 200" in outcome.result
