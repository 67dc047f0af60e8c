"""Strata: every record is in one of them, and together they are the figure."""

import math

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from metrics.catalogue import INDICATORS
from metrics.headcount_measures import Headcount
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.measures import Activities, Distinct, Money, Persons
from metrics.strata import partner_kind, strata
from metrics.strata_words import stratifications, stratum_name, why_not
from metrics.tabulate import tabulate
from metrics.view import Counting, Selection
from tests.metrics.asking import declared
from tests.metrics.building import Activity, Department, Partner, frames
from tests.metrics.building import Headcount as Row
from tests.metrics.oracle import Cell
from tests.metrics.oracle_strata import of_stratum
from tests.metrics.strategies import TODAY, University, countings, selections, universities
from tests.metrics.test_oracle import STEADY
from vocabulary.departments import UNIVERSITY
from vocabulary.people import STUDENTS
from vocabulary.strata import STRATA, STRATIFICATIONS, Stratification
from vocabulary.text import Text

DEPARTMENTS = (
    Department("ENG", kind="faculty", discipline="engineering"),
    Department("SCI", kind="faculty", discipline="science"),
)
UNI, FIRM = Partner(1, "DE", "education|funder"), Partner(2, "DE", "company")
OTHER_UNI = Partner(3, "FR")
PAPERS = Activities(types=("publication",))
STAYS = Persons(types=("study_abroad_credit",))


def indicators_of(university: University) -> list[Indicator]:
    kinds = tuple(sorted(university.kinds))
    populations = tuple(sorted({row.population for row in university.populations}))
    every = [
        declared(Activities(types=kinds, only=("international",)), Activities(types=kinds)),
        declared(Persons(types=kinds, only=("international",)), Persons(types=kinds)),
        declared(Persons(types=kinds[:1]) - Persons(types=kinds[1:]), unit="index"),
        declared(Money(types=kinds)),
    ]
    if populations:
        every.append(declared(Headcount(populations=populations, groups=("all",)) - Headcount(populations=populations)))
        every.append(declared(Persons(types=kinds), Headcount(populations=populations)))
    return every


@settings(STEADY, max_examples=30, phases=(Phase.generate,))
@given(university=universities(), selection=selections, counting=countings, by=st.sampled_from(STRATIFICATIONS))
def test_each_stratum_holds_what_the_oracle_counts_and_together_they_are_the_figure(
    university: University, selection: Selection, counting: Counting, by: Stratification
) -> None:
    ledger, oracle = university.ledger(), university.oracle(selection, counting)
    for indicator in indicators_of(university):
        table = strata(ledger, indicator, by, selection=selection, counting=counting)
        assert not table.duplicated(["department", "fiscal_year", "stratum"]).any()
        for row in tabulate(ledger, [indicator], selection=selection, counting=counting).to_dict("records"):
            mine = table[(table["department"] == row["department"]) & (table["fiscal_year"] == row["fiscal_year"])]
            cell = Cell(department=row["department"], years=(row["fiscal_year"],))
            for name, measure in (("numerator", indicator.numerator), ("denominator", indicator.denominator)):
                if measure is None or math.isnan(row[name]):
                    assert mine[name].isna().all()
                    continue
                found = dict(zip(mine["stratum"], mine[name], strict=True))
                counted = of_stratum(oracle, indicator, measure, cell, by)
                wanted = {code: number for code, number in counted.items() if number}
                assert {code: n for code, n in found.items() if n} == pytest.approx(wanted), (indicator, cell, name)
                assert mine[name].sum() == pytest.approx(row[name]), (indicator, cell, name)


def test_a_paper_with_several_kinds_of_partners_is_in_a_stratum_of_its_own() -> None:
    papers = [
        Activity(kind="publication", start="2022-06-01", departments="ENG", partners=partners)
        for partners in ((UNI,), (UNI, OTHER_UNI), (FIRM,), (UNI, FIRM), ())
    ]
    assert of(papers, declared(PAPERS), "partner") == {
        "education": (2.0, None),
        "company": (1.0, None),
        "several": (1.0, None),
        "": (1.0, None),
    }


def test_a_person_at_two_levels_counts_at_the_later_one_and_in_two_fields_as_several() -> None:
    stays = [
        stay("ENG", (1,), "master"),
        stay("ENG", (1, 2), "doctoral"),
        stay("SCI", (2, 3), "undergraduate"),
        stay("SCI", (3,), ""),
        stay("SCI", (), "master"),
    ]
    assert of(stays, declared(STAYS), "level") == {
        "doctoral": (2.0, None),  # 1 and 2
        "undergraduate": (1.0, None),  # 3, whose other record has no level
        "master": (1.0, None),  # the one without an id
    }
    assert of(stays, declared(STAYS), "field") == {
        "engineering": (1.0, None),
        "science": (2.0, None),
        "several": (1.0, None),
    }
    mine = of(stays, declared(STAYS), "field", department="ENG")
    assert mine == {"engineering": (1.0, None), "several": (1.0, None)}  # the same people as in the university


def test_headcounts_beyond_those_of_the_departments_are_of_unknown_field() -> None:
    rows = [
        *(Row(code, "2022-05-01", "master", "all", 40) for code in ("ENG", "SCI")),
        Row(UNIVERSITY, "2022-05-01", "master", "all", 100),
        *(Row(code, "2023-05-01", "master", "all", 40) for code in ("ENG", "SCI")),
        Row(UNIVERSITY, "2023-05-01", "master", "all", 70),
    ]
    masters = declared(Headcount(populations=("master",)))
    assert of([], masters, "field", rows=rows) == {
        "engineering": (40.0, None),
        "science": (40.0, None),
        "": (20.0, None),
    }
    less = of([], masters, "field", rows=rows, year=2023)
    assert less == {"": (70.0, None)}  # the departments count more than the university: nothing says whose they are


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ("education|funder", "education"),
        ("funder", "funder"),
        ("company|healthcare", "company"),
        ("government|facility", "facility"),
        ("", ""),
        ("unheard of", ""),
    ],
)
def test_an_organization_of_several_types_goes_by_one(types: str, kind: str) -> None:
    assert partner_kind(types) == kind


def test_what_cannot_be_split_is_refused_with_a_reason(small: Ledger) -> None:
    partners = declared(Distinct(of="partners"))
    assert stratifications(small, partners) == ()
    reason = why_not(small, partners, "field")
    assert reason is not None
    assert "do not add up" in reason.en
    with pytest.raises(ValueError, match="Distinct counts nothing that adds up"):
        strata(small, partners, "field")


def test_a_split_is_offered_only_where_both_parts_of_a_share_have_it(small: Ledger) -> None:
    masters = declared(STAYS, Headcount(populations=("master",)))
    students = declared(STAYS, Headcount(populations=STUDENTS))
    courses = declared(STAYS, Headcount(populations=("course",)))
    firms = declared(Activities(types=("publication",), only=("company",)), PAPERS)
    said = {name: why_not(small, one, "level") for name, one in (("m", masters), ("s", students), ("c", courses))}
    assert said["s"] is None
    assert "one level" in str(said["m"])
    assert "no levels" in str(said["c"])
    assert "do not say" in str(why_not(small, declared(PAPERS), "level"))
    assert "neither partners" in str(why_not(small, students, "partner"))
    assert "what kind the partners" in str(why_not(small, firms, "partner"))
    assert "one type" in str(why_not(small, declared(PAPERS), "activity_type"))
    assert "register" in str(why_not(small, students, "field"))  # the small university has no fields


def test_every_indicator_of_the_catalogue_is_split_or_says_why_not() -> None:
    ledger = Ledger.of(frames(DEPARTMENTS, [stay("ENG", (1,), "master")]), today=TODAY)
    for indicator in INDICATORS.values():
        for by in STRATIFICATIONS:
            if why_not(ledger, indicator, by) is None:
                strata(ledger, indicator, by)
    assert "field" in stratifications(ledger, INDICATORS["international_student_share"])


def test_every_stratum_has_a_name_in_both_languages() -> None:
    for by in STRATIFICATIONS:
        names = [stratum_name(by, code) for code in ("", "several", *STRATA.get(by, ()))]
        assert all(name.en and name.ja for name in names)
        assert len(set(names)) == len(names), by
    assert stratum_name("department", "ENG", {"ENG": Text("Engineering", "工学部")}).ja == "工学部"


def stay(departments: str, people: tuple[int, ...], level: str) -> Activity:
    return Activity(kind="study_abroad_credit", start="2022-09-01", departments=departments, people=people, level=level)


def of(
    activities: list[Activity],
    indicator: Indicator,
    by: Stratification,
    *,
    department: str = UNIVERSITY,
    year: int = 2022,
    rows: list[Row] | None = None,
) -> dict[str, tuple[float, float | None]]:
    """Numerator and denominator of each stratum of one department and year."""
    table = strata(Ledger.of(frames(DEPARTMENTS, activities, rows or ()), today=TODAY), indicator, by)
    mine = table[(table["department"] == department) & (table["fiscal_year"] == year)]
    return {
        str(row["stratum"]): (row["numerator"], None if math.isnan(row["denominator"]) else row["denominator"])
        for row in mine.to_dict("records")
    }
