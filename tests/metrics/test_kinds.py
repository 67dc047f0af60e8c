"""Departments of one kind added up by hand, and what a reader of one of them may know of the sum."""

import pandas as pd

from metrics.kinds import kind_name, large_kinds, others_name, together
from metrics.tabulate import OK

STUDENTS, PAPERS = "international_student_share", "led_international_share"
KINDS = {**dict.fromkeys(("LAW", "EDU", "DEN", "PHA"), "faculty"), **dict.fromkeys(("GLAW", "GEDU"), "graduate_school")}


def figures(counts: dict[str, tuple[int, int]], key: str = STUDENTS) -> pd.DataFrame:
    """One row a department: how many of how many."""
    rows = [(key, code, *numbers, OK) for code, numbers in counts.items()]
    return pd.DataFrame(rows, columns=["indicator", "department", "numerator", "denominator", "status"])


def test_a_kind_is_the_sum_of_its_departments_and_of_no_others() -> None:
    table = figures({"*": (900, 9000), "LAW": (10, 100), "EDU": (20, 300), "GLAW": (50, 60)})
    row = together(table, KINDS, "faculty").loc[STUDENTS]
    assert (row["numerator"], row["denominator"], row["departments"], row["withheld"]) == (30, 400, 2, False)
    assert together(table, KINDS, "faculty", without="LAW").loc[STUDENTS, "numerator"] == 20


def test_a_sum_that_is_not_told_is_withheld_and_not_worked_out_without_its_small_cells() -> None:
    row = together(figures({"LAW": (10, 100), "DEN": (3, 50)}), KINDS, "faculty", told={PAPERS}).loc[STUDENTS]
    assert row[["numerator", "denominator"]].isna().all()
    assert (row["departments"], row["withheld"]) == (2, True)


def test_a_kind_of_a_few_departments_is_none_to_be_compared_with() -> None:
    assert large_kinds(KINDS.values()) == ("faculty",)
    assert others_name("faculty").en == "the other faculties"
    assert others_name("").ja == "全学の他部局"
    assert kind_name("museum").en == "departments"
