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
FIGURES = pd.DataFrame(ROWS, columns=["indicator", "department", "fiscal_year", "value"])


def test_a_history_is_the_rows_of_one_indicator_and_department() -> None:
    found = Histories(FIGURES)
    pd.testing.assert_frame_equal(found.of("papers", "ENG"), FIGURES.iloc[:3])
    assert found.of("papers", "ENG", 2024, 2024)["fiscal_year"].tolist() == [2024]
    assert found.of("papers", "MED").empty


def test_rows_that_are_not_beside_each_other_make_the_same_history() -> None:
    mixed = FIGURES.iloc[[2, 3, 0, 4, 1]]
    assert Histories(mixed).of("papers", "ENG", until=2024)["fiscal_year"].tolist() == [2023, 2024]


def test_values_are_those_that_are_known() -> None:
    assert Histories(FIGURES).values("papers", "ENG") == [5.0, 7.0]
    assert Histories(FIGURES).values("papers", "ENG", since=2024) == [7.0]
