"""Departments of one kind added up by hand, and what a reader of one of them may know of the sum."""

from math import isnan, nan

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
    assert together(table, KINDS, "faculty") == {STUDENTS: (30, 400, 2, False)}
    assert together(table, KINDS, "faculty", without="LAW") == {STUDENTS: (20, 300, 1, False)}


def test_of_a_number_there_is_no_denominator_and_of_what_no_department_has_no_sum() -> None:
    table = pd.concat([figures({"LAW": (10, 100), "EDU": (7, 80)}, PAPERS).assign(denominator=nan), figures({})])
    assert together(table, KINDS, "faculty")[PAPERS].numerator == 17
    assert isnan(together(table, KINDS, "faculty")[PAPERS].denominator)
    assert together(table.assign(status="no data"), KINDS, "faculty") == {}


def test_a_sum_that_is_not_told_is_withheld_and_not_worked_out_without_its_small_cells() -> None:
    row = together(figures({"LAW": (10, 100), "DEN": (3, 50)}), KINDS, "faculty", told={PAPERS})[STUDENTS]
    assert isnan(row.numerator)
    assert isnan(row.denominator)
    assert row[2:] == (2, True)


def test_a_kind_of_a_few_departments_is_none_to_be_compared_with() -> None:
    assert large_kinds(KINDS.values()) == ("faculty",)
    assert others_name("faculty").en == "the other faculties"
    assert others_name("").ja == "全学の他部局"
    assert kind_name("museum").en == "departments"
