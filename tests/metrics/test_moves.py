"""Which figures move when records change: every one that differs, none that does not, the largest first.

Two tables of three figures, written out:     before         after
    publications     ENG  2024                 10             12        1/6 of the larger
    publications     SCI  2024                  0              1        a value from 0 moves whole
    publications     *    2024                 40             41        1/41
    international_student_share  *  2024        0.20           0.25     1/5
    amount of money  ENG  2024                  no data        1e6      comes
    partner_countries ENG 2024                  7              no data  goes
    publications     ENG  2023                  5              5        stays
"""

import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.moves import moves
from metrics.tabulate import NO_DATA, OK

COLUMNS = ["indicator", "department", "fiscal_year", "value", "status"]
MONEY = next(key for key, indicator in INDICATORS.items() if indicator.unit == "yen")
NAN = float("nan")


def table(*rows: tuple[str, str, int, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


BEFORE = table(
    ("publications", "*", 2024, 40, OK),
    ("publications", "ENG", 2023, 5, OK),
    ("publications", "ENG", 2024, 10, OK),
    ("publications", "SCI", 2024, 0, OK),
    ("international_student_share", "*", 2024, 0.20, OK),
    (MONEY, "ENG", 2024, NAN, NO_DATA),
    ("partner_countries", "ENG", 2024, 7, OK),
)
AFTER = table(
    ("publications", "*", 2024, 41, OK),
    ("publications", "ENG", 2023, 5, OK),
    ("publications", "ENG", 2024, 12, OK),
    ("publications", "SCI", 2024, 1, OK),
    ("international_student_share", "*", 2024, 0.25, OK),
    (MONEY, "ENG", 2024, 1e6, OK),
    ("partner_countries", "ENG", 2024, NAN, NO_DATA),
)


def test_every_figure_that_differs_is_there_the_largest_first() -> None:
    found = moves(BEFORE, AFTER, INDICATORS)
    cells = list(zip(found["indicator"], found["department"], found["fiscal_year"], strict=True))
    assert cells == [
        *[("publications", "SCI", 2024), (MONEY, "ENG", 2024), ("partner_countries", "ENG", 2024)],
        *[("international_student_share", "*", 2024), ("publications", "ENG", 2024), ("publications", "*", 2024)],
    ]
    assert list(found["unit"][:4]) == [INDICATORS[key].unit for key in found["indicator"][:4]]
    assert list(found["difference"].dropna()) == pytest.approx([1, 0.05, 2, 1])
    assert list(found["status_before"]) == [OK, NO_DATA, OK, OK, OK, OK]
    assert list(found["status_after"]) == [OK, OK, NO_DATA, OK, OK, OK]
    assert found["before"].isna().tolist() == [False, True, False, False, False, False]


def test_nothing_moves_between_a_table_and_itself() -> None:
    assert moves(BEFORE, BEFORE, INDICATORS).empty
    assert moves(BEFORE, BEFORE.sample(frac=1, random_state=1), INDICATORS).empty


def test_a_cell_that_one_table_does_not_have_has_no_data_there() -> None:
    (row,) = moves(BEFORE.iloc[:2], BEFORE.iloc[:3], INDICATORS).to_dict("records")
    assert (row["indicator"], row["department"], row["status_before"], row["after"]) == (
        *("publications", "ENG", NO_DATA, 10),
    )
    assert moves(BEFORE.iloc[6:], BEFORE.iloc[5:], INDICATORS).empty  # no data is no data, listed or not


def test_the_last_digit_is_a_move() -> None:
    one = table(("international_student_share", "*", 2024, 0.1 + 0.2, OK))
    other = table(("international_student_share", "*", 2024, 0.3, OK))
    assert len(moves(one, other, INDICATORS)) == 1
