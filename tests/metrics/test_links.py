"""What activities are linked with: looked up for many rows some at a time, and answers that are kept."""

import numpy as np
import pytest

from metrics import links
from metrics.links import Links, ints

CODES: tuple[list[int], ...] = ([2, 0], [], [1], [0, 1, 2], [], [], [2])  # of each activity
ASKED = ints([3, 1, 0, 6, 3, 4, 2, 5])


def linked() -> Links:
    pairs = [(activity, code) for activity, codes in enumerate(CODES) for code in codes]
    activity, code = (ints(column) for column in zip(*pairs, strict=True))
    return Links.of(activity, code, len(CODES))


@pytest.mark.parametrize("at_once", [1, 2, 3, 7, 8, 100])
def test_however_many_rows_are_looked_up_together_each_has_its_links(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "AT_ONCE", at_once)
    row, code = linked().joined(ASKED)
    wanted = [(place, one) for place, activity in enumerate(ASKED.tolist()) for one in sorted(CODES[activity])]
    assert list(zip(row.tolist(), code.tolist(), strict=True)) == wanted


def test_an_answer_that_is_kept_is_that_of_its_question() -> None:
    asked = linked()
    for _ in range(2):
        for number in range(2**3):  # more questions than answers are kept
            wanted = np.array([bool(number >> code & 1) for code in range(3)])
            told = [any(wanted[code] for code in codes) for codes in CODES]
            assert asked.any_of(wanted).tolist() == told
