"""The histories of a table, each as the table has it."""

import pandas as pd

from metrics.histories import Histories

NAN = float("nan")
ROWS = [
    ("papers", "ENG", 2023, 5.0),
    ("papers", "ENG", 2024, NAN),
    ("papers", "ENG", 2025, 7.0),
    ("papers", "LAW", 2025, 1.0),
    ("grants", "ENG", 2025, 2.0),
]
FIGURES = pd.DataFrame(ROWS, columns=["indicator", "department", "fiscal_year", "value"]).assign(
    low=[1.0, 2.0, 3.0, 4.0, 5.0], high=9.0, known=0.0, unknown=0.0
)


def test_a_history_is_the_rows_of_one_indicator_and_department() -> None:
    found = Histories(FIGURES)
    mine = pd.DataFrame(found.columns("papers", "ENG"))
    pd.testing.assert_frame_equal(mine, FIGURES.iloc[:3].drop(columns=["indicator", "department"]))
    assert found.columns("papers", "ENG", 2024, 2024)["fiscal_year"] == [2024]
    assert not found.columns("papers", "MED")["value"]


def test_rows_that_are_not_beside_each_other_make_the_same_history() -> None:
    mixed = FIGURES.iloc[[2, 3, 0, 4, 1]]
    assert Histories(mixed).columns("papers", "ENG", until=2024)["fiscal_year"] == [2023, 2024]


def test_values_are_those_that_are_known() -> None:
    assert Histories(FIGURES).values("papers", "ENG") == [5.0, 7.0]
    assert Histories(FIGURES).values("papers", "ENG", since=2024) == [7.0]
