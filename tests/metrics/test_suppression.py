"""Cell suppression held against published tables: what follows from totals is found, and mended."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.disclosure.linear import Knowledge
from metrics.disclosure.suppression import (
    Secret,
    Shown,
    complementary_suppression,
    feasible_interval,
    feasible_intervals,
    iterated_suppression,
    primary_suppression,
    withhold,
)

# Counties by education, Statistical Policy Working Paper 22 (2005), chapter IV; totals 20 55 25 35 / 50 35 30 20.
COUNTIES = np.array([[15.0, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]])
# Two withheld cells in each row and column, and yet the table gives one of them away.
TWO_A_LINE = np.array([[0, 1, 1, 1], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1]], dtype=bool)


def test_two_withheld_cells_in_every_line_are_not_enough() -> None:
    """Row 1 + row 2 - column 2 - column 3 leaves 1 for the first county's last cell."""
    rows, columns = COUNTIES.sum(axis=1), COUNTIES.sum(axis=0)
    assert rows.tolist() == [20, 55, 25, 35]
    assert columns.tolist() == [50, 35, 30, 20]
    assert TWO_A_LINE.sum(axis=0).min() == TWO_A_LINE.sum(axis=1).min() == 2
    shown = np.where(TWO_A_LINE, 0, COUNTIES)
    left_of_rows = (rows - shown.sum(axis=1))[:2].sum()
    left_of_columns = (columns - shown.sum(axis=0))[1:3].sum()
    assert left_of_rows - left_of_columns == COUNTIES[0, 3] == 1
    assert feasible_interval(COUNTIES, TWO_A_LINE, (0, 3)) == (1, 1)


def test_complementary_suppression_mends_the_table_that_gives_a_cell_away() -> None:
    mended = complementary_suppression(COUNTIES, TWO_A_LINE)
    assert (mended >= TWO_A_LINE).all()
    few = primary_suppression(COUNTIES)
    intervals = feasible_intervals(COUNTIES, mended)[few]
    assert (intervals[:, 0] == 0).all()
    assert (intervals[:, 1] >= 5).all()


def test_what_is_not_needed_is_shown_again() -> None:
    """From the small cells alone: whichever of the others is shown, some small cell is no longer safe."""
    few = primary_suppression(COUNTIES)
    hidden = complementary_suppression(COUNTIES)
    for cell in np.argwhere(hidden & ~few):
        less = hidden.copy()
        less[tuple(cell)] = False
        intervals = feasible_intervals(COUNTIES, less)[few]
        assert ((intervals[:, 0] > 0) | (intervals[:, 1] < 5)).any()


def test_without_column_totals_less_is_withheld() -> None:
    hidden = complementary_suppression(COUNTIES, column_totals=False)
    assert hidden[1].sum() == 0  # the second county has nobody to protect
    assert hidden.sum() < complementary_suppression(COUNTIES).sum()


def test_a_total_of_few_gives_itself_away() -> None:
    with pytest.raises(ValueError, match="withhold totals as well"):
        complementary_suppression(np.array([[3.0, 0.0], [40.0, 50.0]]))


def test_shown_cells_have_no_width_and_a_table_has_two_dimensions() -> None:
    intervals = feasible_intervals(COUNTIES, TWO_A_LINE)
    np.testing.assert_array_equal(intervals[~TWO_A_LINE][:, 0], COUNTIES[~TWO_A_LINE])
    with pytest.raises(ValueError, match="1 dimension"):
        feasible_intervals(COUNTIES[0], TWO_A_LINE[0])


def test_iterated_suppression_withholds_the_total_of_a_row_with_one_small_cell() -> None:
    """Threshold 10, from iNZightPlots, test_privacy_controls.R."""
    assert iterated_suppression(np.array([20.0, 30, 5]), 10).tolist() == [False, False, True, True]
    matrix = np.column_stack([(20, 30, 5), (30, 40, 8), (5, 20, 40)])
    hidden = iterated_suppression(matrix, 10)
    assert hidden.sum(axis=1).tolist() == [2, 0, 2]
    shown = np.where(hidden, np.nan, np.column_stack([matrix, matrix.sum(axis=1)]))
    np.testing.assert_array_equal(shown[0], [20, 30, np.nan, np.nan])
    np.testing.assert_array_equal(shown[1], [30, 40, 20, 90])
    np.testing.assert_array_equal(shown[2], [np.nan, np.nan, 40, 53])


def test_zero_is_shown_and_one_to_four_are_not() -> None:
    assert primary_suppression(np.array([0.0, 1, 4, 5, np.nan])).tolist() == [False, True, True, False, False]


# Any sums, not only tables


def test_a_tree_and_several_tables_are_one_system_of_sums() -> None:
    """Faculty a + b, university = faculty + c; the university and c are published, and a + c in another table."""
    a, b, c = np.eye(3)
    known = Knowledge.of(np.array([a + b + c, c, a + c]), np.array([20.0, 9.0, 12.0]))
    assert known.intervals(np.eye(3)).tolist() == [[3, 3], [8, 8], [9, 9]]


def test_whole_persons_can_be_told_where_fractions_could_not() -> None:
    """2x + 3y = 7: fractions leave x from 0 to 3.5, which looks safe; whole persons leave 2 alone."""
    known = Knowledge.of(np.array([[2.0, 3.0]]), np.array([7.0]))
    x = np.array([1.0, 0.0])
    assert known.interval(x, integral=False) == (0, 3.5)
    assert known.interval(x) == (2, 2)


def test_what_nothing_bounds_is_unbounded_and_what_contradicts_itself_is_an_error() -> None:
    known = Knowledge.of(np.array([[1.0, -1.0]]), np.array([3.0]))
    assert known.interval(np.array([1.0, 0.0])) == (3, np.inf)
    with pytest.raises(ValueError, match="contradicts itself"):
        Knowledge.of(np.array([[1.0, 1.0]]), np.array([-1.0])).interval(np.array([1.0, 0.0]))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=6, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_intervals_are_those_of_trying_every_table(cells: list[int], withheld: list[bool]) -> None:
    """An independent answer: all tables of whole numbers with the same totals and shown cells are written out."""
    table, hidden = np.array(cells, dtype=float).reshape(2, 3), np.array(withheld).reshape(2, 3)
    places = np.argwhere(hidden)
    most = [int(min(table[row].sum(), table[:, column].sum())) for row, column in places]
    possible = []
    for values in itertools.product(*(range(one + 1) for one in most)):
        tried = table.copy()
        tried[tuple(places.T)] = values
        same = (tried.sum(axis=0) == table.sum(axis=0)).all() and (tried.sum(axis=1) == table.sum(axis=1)).all()
        possible += [tried] if same else []
    intervals = feasible_intervals(table, hidden)
    np.testing.assert_array_equal(intervals[..., 0], np.min(possible, axis=0))
    np.testing.assert_array_equal(intervals[..., 1], np.max(possible, axis=0))


def test_rounded_sums_that_meet_in_one_number_are_not_both_shown() -> None:
    """3 to 7 are 5 when rounded; a total of 10 (8 to 12) less the 9 that the reader knows leaves 3 at most: it is 3."""
    nothing = Knowledge.of(np.empty((0, 2)), np.empty(0))
    part = Shown(forms=np.array([[1.0, 0.0]]), low=np.array([3.0]), high=np.array([7.0]), weight=0)
    total = Shown(forms=np.array([[1.0, 1.0]]), low=np.array([-1.0]), high=np.array([3.0]), weight=0)
    exactly = Secret(form=np.array([1.0, 0.0]), low=3, high=3, wide=1)
    hidden, hopeless = withhold([part, total], np.zeros(2, dtype=bool), [exactly], nothing)
    assert (hidden.sum(), hopeless) == (1, [])
    told, _ = withhold([part, total], np.zeros(2, dtype=bool), [replace(exactly, wide=0)], nothing)
    assert told.sum() == 0
