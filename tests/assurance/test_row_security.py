"""Each of the two walls holds without the other; with both off readers get what is not theirs."""

import pytest

from assurance import row_security
from assurance.canary_marks import Canaries
from data_access.engine import connect, prepare
from tests.data_access import small_university
from tests.postgresql import Cluster


def small(url: str) -> Canaries:
    """The small university, whose rows say themselves whose they are."""
    engine = connect(url)
    prepare(engine)
    small_university.fill(engine)
    engine.dispose()
    return Canaries()


@pytest.mark.parametrize(("first", "second"), [(False, True), (True, False)])
def test_each_wall_holds_without_the_other(postgres: Cluster, first: bool, second: bool) -> None:
    outcome = row_security.hold(small, first=first, second=second, most=4, on=postgres)
    assert outcome.kept, outcome.result
    assert "foreign rows 0," in outcome.result


def test_with_both_walls_off_readers_get_what_is_not_theirs(postgres: Cluster) -> None:
    outcome = row_security.hold(small, first=False, second=False, most=4, on=postgres)
    assert not outcome.kept
    assert "foreign rows 0," not in outcome.result
