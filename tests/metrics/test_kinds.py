"""Departments of one kind added up by hand, and what a reader of one of them may know of the sum."""

import pandas as pd

from metrics.catalogue import INDICATORS
from metrics.kinds import kind_name, large_kinds, others_name, together, withheld
from metrics.tabulate import OK

STUDENTS, PAPERS = "international_student_share", "led_international_share"
NOT_TOLD = -1
KINDS = {**dict.fromkeys(("LAW", "EDU", "DEN", "PHA"), "faculty"), **dict.fromkeys(("GLAW", "GEDU"), "graduate_school")}


def figures(counts: dict[str, tuple[int, int]], key: str = STUDENTS) -> pd.DataFrame:
    """One row a department: how many of how many."""
    rows = [(key, code, *numbers, OK) for code, numbers in counts.items()]
    return pd.DataFrame(rows, columns=["indicator", "department", "numerator", "denominator", "status"])


def added(
    counts: dict[str, tuple[int, int]], head: str = "", key: str = STUDENTS, without: str = ""
) -> tuple[int, ...]:
    """Above and below the line, how many departments, how many withheld: of the faculties, to a head (or to all)."""
    table = figures(counts, key)
    hidden = withheld(table, INDICATORS, lambda code: not head or code == head)
    row = together(table, KINDS, "faculty", hidden, without).loc[[key]].fillna(NOT_TOLD)
    return tuple(row[["numerator", "denominator", "departments", "withheld"]].astype(int).iloc[0].tolist())


def test_a_kind_is_the_sum_of_its_departments_and_of_no_others() -> None:
    counts = {"*": (900, 9000), "LAW": (10, 100), "EDU": (20, 300), "GLAW": (50, 60)}
    assert added(counts) == (30, 400, 2, 0)
    assert added(counts, without="LAW") == (20, 300, 1, 0)


def test_a_sum_that_would_give_a_single_small_cell_away_is_not_told() -> None:
    """A head of LAW sees 10, 20 and not the 3: 33 less what is shown would tell it. The office sees all."""
    counts = {"LAW": (10, 100), "EDU": (20, 300), "DEN": (3, 50)}
    assert added(counts) == (33, 450, 3, 0)
    assert added(counts, head="LAW") == (NOT_TOLD, NOT_TOLD, 3, 1)


def test_two_small_cells_of_five_persons_or_more_are_in_the_sum() -> None:
    """3 and 2 are 5 together; 2 and 2 are 4, which is too few to tell."""
    counts = {"LAW": (10, 100), "DEN": (3, 50), "PHA": (2, 60)}
    assert added(counts, head="LAW") == (15, 210, 3, 0)
    assert added(counts | {"DEN": (2, 50)}, head="LAW") == (NOT_TOLD, NOT_TOLD, 3, 2)


def test_a_cell_of_another_kind_that_the_university_s_sum_would_give_away_counts_too() -> None:
    """The faculties' 5 withheld persons, taken from the university's 7, would tell the 2 of a graduate school."""
    counts = {"LAW": (10, 100), "DEN": (3, 50), "PHA": (2, 60), "GLAW": (2, 70)}
    assert added(counts, head="LAW") == (NOT_TOLD, NOT_TOLD, 3, 2)


def test_the_own_small_cell_and_papers_are_no_secret() -> None:
    counts = {"LAW": (3, 100), "EDU": (20, 300)}
    assert added(counts, head="LAW") == (23, 400, 2, 0)
    assert added(counts, head="EDU", key=PAPERS) == (23, 400, 2, 0)


def test_a_kind_of_a_few_departments_is_none_to_be_compared_with() -> None:
    assert large_kinds(KINDS.values()) == ("faculty",)
    assert others_name("faculty").en == "the other faculties"
    assert others_name("").ja == "全学の他部局"
    assert kind_name("museum").en == "departments"
