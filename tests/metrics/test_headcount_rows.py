"""The headcount rows behind a figure, worked out by hand on the small university (see `small`)."""

import pytest

from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.headcount_rows import headcount_rows
from metrics.ledger import Ledger
from metrics.measures import Measure
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests.metrics.asking import declared
from vocabulary.people import STUDENTS

ALL = Headcount(populations=STUDENTS)
INTERNATIONAL = Headcount(populations=STUDENTS, groups=("international",))
GERMANS = Selection(countries=frozenset({"DE"}))


def rows(
    ledger: Ledger, measure: Measure, department: str, selection: Selection | None = None
) -> list[tuple[str, str, int]]:
    asked = selection or Selection()
    found = headcount_rows(ledger, measure, department=department, fiscal_years=(2022,), selection=asked)
    return list(zip(found["department"], found["country"], found["sign"] * found["count"], strict=True))


def test_an_own_row_holds_and_without_one_those_below_are_added(small: Ledger) -> None:
    assert rows(small, ALL, "*") == [("*", "", 160)]
    assert rows(small, ALL, "FAC") == [("ENG", "", 100), ("SCI", "", 50)]
    assert rows(small, INTERNATIONAL, "*") == [("ENG", "", 20), ("LAW", "", 0), ("SCI", "", 5)]


def test_what_is_taken_away_has_its_sign(small: Ledger) -> None:
    assert rows(small, ALL - INTERNATIONAL, "ENG") == [("ENG", "", 100), ("ENG", "", -20)]


def test_of_a_country_only_its_rows_count_and_of_unknown_ones_what_is_left(small: Ledger) -> None:
    assert rows(small, INTERNATIONAL, "FAC", GERMANS) == [("ENG", "DE", 8)]
    unknown = Selection(country_rule="unknown")
    assert rows(small, INTERNATIONAL, "ENG", unknown) == [("ENG", "", 20), ("ENG", "DE", -8), ("ENG", "FR", -8)]


def test_origins_rest_on_the_rows_with_a_country(small: Ledger) -> None:
    origins = EffectiveOrigins(populations=STUDENTS, groups=("international",))
    assert rows(small, origins, "FAC") == [("ENG", "DE", 8), ("ENG", "FR", 8)]


def test_the_day_tells_which_row_of_the_year_was_taken(small: Ledger) -> None:
    year = Headcount(populations=("master",), groups=("whole_year",))
    found = headcount_rows(small, year, department="*", fiscal_years=(2022,), selection=Selection())
    assert [(f"{day:%Y-%m-%d}", count) for day, count in zip(found["as_of"], found["count"], strict=True)] == [
        ("2023-03-31", 24)  # not the 21 of 30 June
    ]


@pytest.mark.parametrize("department", ["*", "FAC", "ENG", "SCI", "LAW"])
@pytest.mark.parametrize("measure", [ALL, INTERNATIONAL, ALL - INTERNATIONAL], ids=["all", "some", "others"])
def test_the_rows_add_up_to_the_figure(small: Ledger, department: str, measure: Measure) -> None:
    asked = Selection(departments=(department,), fiscal_years=(2022,))
    figure = tabulate(small, [declared(measure)], ("department",), asked).iloc[0]["numerator"]
    assert sum(count for _, _, count in rows(small, measure, department)) == figure


def test_a_level_without_headcounts_has_no_rows(small: Ledger) -> None:
    assert rows(small, ALL, "*", Selection(levels=frozenset({"doctoral"}))) == []
