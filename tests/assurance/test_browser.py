"""The promises tried with a browser are kept in small, and are not kept where the content policy is left out."""

from pathlib import Path

from assurance.browser import does_nothing, works_offline
from tests.conftest import CanaryUniversity


def test_a_page_with_maps_needs_no_internet(demonstration_file: Path) -> None:
    outcome = works_offline(("partners",), ("en",), demonstration_file)
    assert outcome.kept, outcome
    assert "maps drawn 0" not in outcome.result


def test_what_the_data_bring_does_nothing(canary_university: CanaryUniversity) -> None:
    outcome = does_nothing(("quality",), ("ja",), database=canary_university.file)
    assert outcome.kept, outcome


def test_the_promise_is_broken_where_the_policy_is_left_out(canary_university: CanaryUniversity) -> None:
    outcome = does_nothing(("definitions",), ("en",), ("without_policy",), canary_university.file)
    assert not outcome.kept
    assert "pages without a policy 0" not in outcome.result
