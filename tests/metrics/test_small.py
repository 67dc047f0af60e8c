"""What is kept in few bytes is read as if it had been kept in 64 bits: nothing is cut off, and nothing overflows."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.links import Floats, Ints, Links
from metrics.small import BLOCK, NARROW, Coded, Column, Marks, Patches, Small, Steps, narrowest
from tests.metrics.test_oracle import STEADY

LENGTHS = (0, 1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7)
RISING: dict[str, Callable[[int], Ints]] = {
    "few each": lambda n: np.arange(n) // 3,
    "none": lambda n: np.zeros(n, dtype=np.int64),
    "very many each": lambda n: np.arange(n) * 70_000,
    "more than 32 bits": lambda n: np.arange(n) * 2**33,
}


@pytest.mark.parametrize("kind", NARROW)
def test_the_edges_of_a_type_are_kept_in_it_and_what_is_beyond_them_in_a_wider_one(kind: type[np.integer]) -> None:
    least, most = np.iinfo(kind).min, np.iinfo(kind).max
    assert narrowest(np.array([least, most])).dtype == kind
    for beyond in ([least, most + 1], [min(least, 0) - 1, most]) if kind is not np.int64 else ():
        kept = narrowest(np.array(beyond))
        assert kept.tolist() == beyond
        assert kept.itemsize > np.dtype(kind).itemsize


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
@STEADY
def test_any_whole_numbers_come_back_as_they_were(values: list[int]) -> None:
    written = np.array(values, dtype=np.int64)
    _is_read_as(Column.of(written), written)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("rise", RISING)
def test_where_links_begin_comes_back_as_it_was(rise: str, length: int) -> None:
    written = RISING[rise](length).astype(np.int64)
    kept = Steps.of(written)
    _is_read_as(kept, written)
    if length and rise != "more than 32 bits":
        assert kept.sizes.tolist() == np.diff(written).tolist()


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("common", [0.0, np.nan])
@pytest.mark.parametrize("others", [0.0, 0.01, 1.0])
def test_numbers_come_back_as_they_were(common: float, others: float, length: int) -> None:
    chance = np.random.default_rng(length)
    written = np.where(chance.random(length) < others, chance.random(length), common)
    _is_read_as(Patches.of(written, common), written)
    _is_read_as(Coded.of(written), written)


def test_blocks_that_hold_nothing_else_are_kept_once() -> None:
    written = np.full(100 * BLOCK, np.nan)
    written[50 * BLOCK] = 1.0
    assert len(Patches.of(written, np.nan).values) == 2 * BLOCK


SUMS: dict[str, Callable[[Small[np.int64]], Ints]] = {
    "times as many": lambda column: column[np.array([0, 1])] * 1000,
    "taken by a mask": lambda column: column[np.array([True, True])] * 1000,
    "a part": lambda column: column[:2] * 1000,
    "all of it": lambda column: column * 1000,
    "less": lambda column: 0 - column,
    "added up": lambda column: column + column,
    "as an array": lambda column: np.asarray(column) * 1000,
}


@pytest.mark.parametrize("what", SUMS)
def test_what_is_counted_with_narrow_numbers_does_not_overflow(what: str) -> None:
    written = np.array([200, 255])
    column = Column.of(written)
    assert column.narrow.dtype == np.uint8
    found = SUMS[what](column)
    assert found.dtype == np.int64
    expected = {"less": -written, "added up": 2 * written}.get(what, 1000 * written)
    assert found.tolist() == expected.tolist()
    assert column[1] * 1000 == 255_000


def test_codes_that_need_all_their_bits_are_joined_and_found() -> None:
    """So many links in one block that where they begin needs 32 bits, and codes at the edges of 8 and 16."""
    codes = np.array([0, 255, 256, 65_535, 65_536])
    activity = np.repeat(np.arange(4), len(codes))
    links = Links.of(activity, np.tile(codes, 4), 5)
    row, code = links.joined(np.array([3, 4, 1]))
    assert (row.tolist(), code.tolist()) == ([0] * 5 + [2] * 5, codes.tolist() * 2)
    assert (code * 2**32 // 2**32).tolist() == code.tolist()
    assert links.counts.tolist() == [5, 5, 5, 5, 0]
    for wanted in codes:
        assert links.any_of(np.arange(65_537) == wanted).tolist() == [True] * 4 + [False]
    assert links.any_of(np.ones(65_537, dtype=bool)).tolist() == [True] * 4 + [False]
    assert links.count_of(np.arange(65_537) > 255).tolist() == [3, 3, 3, 3, 0]


def test_answers_are_kept_eight_to_a_byte() -> None:
    chance = np.random.default_rng(1)
    answers = {str(n): chance.random(50) < 0.7 for n in range(19)}
    marks = Marks(50)
    for name, holds in answers.items():
        assert name not in marks
        marks.add(name, holds)
        marks.add(name, ~holds)  # the first one stays
    for names in (("0",), ("7", "8"), ("18", "2", "3"), tuple(answers)):
        expected = np.logical_and.reduce([answers[name] for name in names])
        assert marks.hold(names).tolist() == expected.tolist()
        assert marks.hold(names, np.array([3, 0])).tolist() == expected[[3, 0]].tolist()
        assert marks.hold(names, 5) == expected[5]


def _is_read_as(kept: Small[np.int64] | Small[np.float64], written: Ints | Floats) -> None:
    length = len(written)
    assert len(kept) == length
    some = np.array([*range(0, length, 7)], dtype=np.int64)
    for index in (slice(None), slice(1, -1), slice(length // 2, length // 2 + 2), some, written == written):
        np.testing.assert_array_equal(kept[index], written[index], strict=True)
    np.testing.assert_array_equal(np.asarray(kept), written, strict=True)
    np.testing.assert_array_equal(kept.whole, written, strict=True)
    np.testing.assert_array_equal(kept.tolist(), written.tolist())
    for place in {0, length // 2, length - 1, -1} if length else ():
        np.testing.assert_array_equal(kept[place], written[place])
    for place in (length, -length - 1):
        with pytest.raises(IndexError):
            kept[place]
