"""Small numbers: a reader without right to the records sees no figure of one to four persons."""

import pandas as pd
import pytest

from metrics.catalogue import INDICATORS
from metrics.disclosure.seen import seen

PERSONS, PAPERS = "exchange_outbound_share", "publications"


def table(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["indicator", "department", "numerator", "denominator"])
    return frame.assign(
        value=frame["numerator"] / frame["denominator"], low=0.0, high=1.0, known=1, unknown=0, status="ok"
    )


def of_law(code: str) -> bool:
    return code == "LAW"


@pytest.mark.parametrize(("persons", "status"), [(0, "ok"), (1, "suppressed"), (4, "suppressed"), (5, "ok")])
def test_one_to_four_persons_of_the_university_are_withheld_from_a_head(persons: int, status: str) -> None:
    shown = seen(table((PERSONS, "*", persons, 100)), INDICATORS, of_law)
    assert list(shown["status"]) == [status]
    assert shown[["numerator", "denominator", "value", "low", "high"]].isna().all(axis=None) == (status == "suppressed")


def test_a_small_denominator_tells_as_much_as_a_small_numerator() -> None:
    assert list(seen(table((PERSONS, "*", 0, 3)), INDICATORS, of_law)["status"]) == ["suppressed"]


def test_a_head_sees_the_own_small_numbers_and_no_other_department() -> None:
    shown = seen(table((PERSONS, "LAW", 2, 9), (PERSONS, "ENG", 900, 990)), INDICATORS, of_law)
    assert list(shown["department"]) == ["LAW"]
    assert list(shown["status"]) == ["ok"]


def test_counts_of_papers_are_public_facts() -> None:
    assert list(seen(table((PAPERS, "*", 2, 9)), INDICATORS, of_law)["status"]) == ["ok"]


@pytest.mark.parametrize(("university", "status"), [(7, "ok"), (8, "suppressed"), (11, "suppressed"), (12, "ok")])
def test_what_the_others_leave_is_not_one_to_four_persons(university: int, status: str) -> None:
    # The own department has 7: of 8 to 11 at the university, 1 to 4 are others'.
    shown = seen(table((PERSONS, "*", university, 900), (PERSONS, "LAW", 7, 100)), INDICATORS, of_law)
    assert dict(zip(shown["department"], shown["status"], strict=True)) == {"*": status, "LAW": "ok"}
