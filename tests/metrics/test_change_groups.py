"""Groups add up to the figure under every counting rule, and what belongs to two of them is in the one place said."""

from collections import defaultdict
from math import isnan

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from metrics.catalogue import INDICATORS
from metrics.change_groups import by_level_and_department, groups, splits_offered
from metrics.headcount_measures import Headcount as OfPeople
from metrics.ledger import Ledger
from metrics.measures import Activities, Distinct, Measure, Money, Persons
from metrics.strata import OF_DEPARTMENTS
from metrics.tabulate import tabulate
from metrics.view import Counting, Selection
from tests.metrics.asking import declared
from tests.metrics.building import Activity, Department, Headcount, Partner, frames
from tests.metrics.oracle import Cell
from tests.metrics.strategies import TODAY, University, countings, universities
from tests.metrics.test_oracle import STEADY
from vocabulary.strata import Stratification

YEARS = (2021, 2023)
STUDENTS = ("undergraduate", "master", "doctoral")


PAPERS_COUNTED = Activities(types=("publication",))
PEOPLE = Persons(types=("publication",))


def counts(table: pd.DataFrame, side: str = "numerator_after") -> dict[str, float]:
    return dict(zip(table["group"], table[side], strict=True))


# A university of A and B, and C with two schools below it. FY2021: one paper of A. FY2023: four papers.
#   1 FY2021 A       person 1
#   2 FY2023 A       persons 1, 2
#   3 FY2023 A, B    persons 2, 3
#   4 FY2023 C1      person 4       partners 1 (DE)
#   5 FY2023 C1, C2  person 4       partners 1 (DE), 2 (FR)
DE, FR, US = Partner(1, "DE"), Partner(2, "FR"), Partner(3, "US")
DEPARTMENTS = (
    Department("A", discipline="science", kind="faculty"),
    Department("B", discipline="science", kind="institute"),
    Department("C", kind="group"),
    Department("C1", "C", discipline="humanities", kind="faculty"),
    Department("C2", "C", discipline="science", kind="faculty"),
)


def paper(start: str, departments: str, *people: int, partners: tuple[Partner, ...] = (), lead: str = "") -> Activity:
    return Activity(
        kind="publication", start=start, departments=departments, people=people, partners=partners, lead=lead
    )


PAPERS = (
    paper("2021-06-01", "A", 1, lead="A"),
    paper("2023-06-01", "A", 1, 2, lead="A"),
    paper("2023-06-01", "A:0.75;B:0.25", 2, 3, lead="B"),
    paper("2023-06-01", "C1", 4, partners=(DE,), lead="C1"),
    paper("2023-06-01", "C1;C2", 4, partners=(DE, FR), lead="external"),
)
HEADS = (
    Headcount("*", "2023-05-01", "researcher", "all", 100),
    Headcount("A", "2023-05-01", "researcher", "all", 50),
    Headcount("C1", "2023-05-01", "researcher", "all", 20),
    Headcount("C2", "2023-05-01", "researcher", "all", 10),
)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger.of(frames(DEPARTMENTS, PAPERS, HEADS), today=TODAY)


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        ("whole", {"A": 1, "C1": 1, "several": 2}),
        ("fractional", {"A": 1.75, "B": 0.25, "C1": 1.5, "C2": 0.5}),
        ("lead", {"A": 1, "B": 1, "C1": 1}),
    ],
)
def test_papers_of_two_departments_are_apart_or_shared_out_or_the_leaders(
    ledger: Ledger, counting: Counting, expected: dict[str, float]
) -> None:
    papers = declared(PAPERS_COUNTED, unit="count")
    found = groups(ledger, papers, "department", department="*", years=YEARS, counting=counting)
    assert {code: count for code, count in counts(found).items() if count} == pytest.approx(expected)
    assert counts(found, "numerator_before") == pytest.approx({**dict.fromkeys(counts(found), 0.0), "A": 1})
    assert found["denominator_before"].isna().all()


def test_papers_of_two_departments_of_one_field_are_of_that_field(ledger: Ledger) -> None:
    papers = declared(PAPERS_COUNTED, unit="count")
    found = counts(groups(ledger, papers, "field", department="*", years=YEARS))
    assert found == {"science": 2, "humanities": 1, "several": 1}


@pytest.mark.parametrize(
    ("counting", "expected"),
    [("whole", {"A": 1, "several": 3}), ("fractional", {"A": 2, "B": 1, "C1": 0.5, "C2": 0.5})],
)
def test_a_person_of_two_departments_counts_once_apart_or_in_equal_parts(
    ledger: Ledger, counting: Counting, expected: dict[str, float]
) -> None:
    """Person 1 is of A, 2 and 3 are of A and B, 4 is of C1 and C2: in parts A has 1 + 1/2 + 1/2, B 1/2 + 1/2."""
    people = declared(PEOPLE, OfPeople(populations=("researcher",)))
    found = groups(ledger, people, "department", department="*", years=YEARS, counting=counting)
    assert {code: count for code, count in counts(found).items() if count} == pytest.approx(expected)
    assert sum(counts(found, "denominator_after").values()) == 100
    assert counts(found, "denominator_after")[""] == 20  # what the university counts beyond A, C1 and C2


def test_a_partner_of_two_departments_is_in_neither_and_of_one_in_that(ledger: Ledger) -> None:
    """The one in Germany is a partner of C1 and C2, the one in France too; of A alone there is the one of paper 6."""
    alone = Ledger.of(frames(DEPARTMENTS, (*PAPERS, paper("2023-06-01", "A", partners=(US,)))), today=TODAY)
    partners = declared(Distinct(types=("publication",), of="partners"), unit="count")
    assert counts(groups(alone, partners, "department", department="*", years=YEARS)) == {"A": 1, "several": 2}
    twice = declared(Distinct(types=("publication",), of="partners", at_least=2), unit="count")
    assert counts(groups(alone, twice, "department", department="*", years=YEARS)) == {"several": 1}
    by_field = counts(groups(alone, partners, "field", department="*", years=YEARS))
    assert by_field == {"science": 1, "several": 2}


def test_a_partner_of_the_university_itself_is_of_none_of_its_departments() -> None:
    own = Ledger.of(frames(DEPARTMENTS, [paper("2023-06-01", "*", partners=(US,))]), today=TODAY)
    partners = declared(Distinct(types=("publication",), of="partners"), unit="count")
    assert counts(groups(own, partners, "department", department="*", years=YEARS)) == {"": 1}


def test_a_part_of_the_university_is_split_over_what_lies_below_it(ledger: Ledger) -> None:
    papers = declared(PAPERS_COUNTED, unit="count")
    assert counts(groups(ledger, papers, "department", department="C", years=YEARS)) == {"C1": 1, "several": 1}
    assert list(splits_offered(ledger, papers, department="A", years=YEARS)) == []


def test_different_partners_are_not_told_apart_by_level(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="different partners are not told apart by level"):
        groups(
            ledger,
            declared(Distinct(types=("publication",), of="partners"), unit="count"),
            "level",
            department="*",
            years=YEARS,
        )


MEASURES = (
    Activities(),
    Activities(types=("publication",), only=("international",)),
    Persons(),
    Money(),
    Distinct(of="partners"),
    Distinct(of="countries", at_least=2),
)


@settings(STEADY, max_examples=40, phases=(Phase.generate,))
@given(universities(), st.sampled_from(MEASURES), countings, st.sampled_from(OF_DEPARTMENTS))
def test_the_groups_of_any_university_add_up_to_its_figures(
    university: University, measure: Measure, counting: Counting, by: Stratification
) -> None:
    ledger = university.ledger()
    alone = isinstance(measure, Distinct)
    asked = declared(measure, None if alone else OfPeople(populations=("faculty", "staff")), unit="count")
    table = tabulate(ledger, [asked], selection=Selection(fiscal_years=YEARS), counting=counting)
    for row in table.to_dict("records"):
        found = groups(ledger, asked, by, department=row["department"], years=YEARS, counting=counting)
        when = "before" if row["fiscal_year"] == YEARS[0] else "after"
        for side in ("numerator", "denominator"):
            expected = 0.0 if isnan(row[side]) else row[side]
            assert found[f"{side}_{when}"].sum() == pytest.approx(expected, abs=1e-8), (row["department"], side)


@settings(STEADY, max_examples=40, phases=(Phase.generate,))
@given(universities())
def test_persons_are_shared_out_as_a_plain_count_over_the_records_does(university: University) -> None:
    university, year = university.at_leaves(), YEARS[1]
    seen_in: dict[int, set[str]] = {}
    expected: defaultdict[str, float] = defaultdict(float)
    for activity in university.oracle(Selection(), "whole").members(Persons(), Cell(department="*", years=(year,))):
        for person in activity.people:
            seen_in.setdefault(person, set()).update(activity.shares)
        for unit in () if activity.people else activity.shares:
            unnamed = 1 if activity.people_count is None else activity.people_count
            expected[unit] += unnamed / len(activity.shares)
    for units in seen_in.values():
        for unit in units:
            expected[unit] += 1 / len(units)
    asked = declared(Persons(), unit="persons")
    found = groups(university.ledger(), asked, "department", department="*", years=YEARS, counting="fractional")
    shared = {unit: count for unit, count in counts(found).items() if count}
    assert shared == pytest.approx({unit: count for unit, count in expected.items() if count})


def test_levels_are_told_apart_in_headcounts_of_students_alone(ledger: Ledger) -> None:
    people = (
        Headcount("A", "2021-05-01", "master", "all", 10),
        Headcount("A", "2021-05-01", "master", "international", 1),
        Headcount("B", "2023-05-01", "doctoral", "all", 4),
        Headcount("B", "2023-05-01", "doctoral", "international", 2),
    )
    students = Ledger.of(frames(DEPARTMENTS, PAPERS, people), today=TODAY)
    found = by_level_and_department(students, INDICATORS["international_student_share"], department="*", years=YEARS)
    assert found is not None
    rows = found.set_index(["level", "group"]).T.to_dict("list")
    assert rows == {("master", "A"): [1, 10, 0, 0], ("doctoral", "B"): [0, 0, 2, 4]}
    for key in ("international_copublication_share", "doctoral_international_share", "international_students_year"):
        assert by_level_and_department(students, INDICATORS[key], department="*", years=YEARS) is None
