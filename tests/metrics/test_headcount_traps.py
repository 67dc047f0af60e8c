"""One test for each way to get a headcount, a census or a breadth wrong; the records are drawn at `small`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from metrics.breadth import ActiveDepartments, Departments, EffectiveCountries
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.ledger import Ledger
from metrics.measures import Persons
from metrics.view import COUNTINGS, Selection
from tests.metrics import building
from tests.metrics.asking import by_department, declared, figure, table_of
from tests.metrics.building import Activity, Department, frames
from vocabulary.people import STUDENTS

ALL = Headcount(populations=STUDENTS)
INTERNATIONAL = Headcount(populations=STUDENTS, groups=("international",))


def test_a_headcount_of_a_parent_is_the_sum_unless_it_has_a_row_of_its_own(small: Ledger) -> None:
    # FAC 100 + 50; the university says 160 itself, not 151; of international students it says nothing: 20 + 5 + 0.
    assert by_department(small, 2022, ALL) == {"ENG": 100, "SCI": 50, "FAC": 150, "LAW": 1, "*": 160}
    assert by_department(small, 2022, INTERNATIONAL) == {"ENG": 20, "SCI": 5, "FAC": 25, "*": 25}
    assert figure(small, "*", 2022, INTERNATIONAL, ALL)["value"] == 25 / 160


def test_a_headcount_of_another_day_is_not_used(small: Ledger) -> None:
    assert figure(small, "ENG", 2022, ALL)["value"] == 100  # 110 on 1 November


def test_a_headcount_of_the_day_that_is_the_census_is_used(small_frames: Mapping[str, pd.DataFrame]) -> None:
    november = Ledger.of(small_frames, census=(11, 1), today=date(2024, 1, 1))
    share = figure(november, "ENG", 2022, INTERNATIONAL, ALL)
    assert (share["numerator"], share["denominator"], share["value"]) == (33, 110, 0.3)


def test_a_headcount_of_a_census_in_march_belongs_to_the_fiscal_year_before() -> None:
    counted = [building.Headcount("ENG", f"{year}-03-01", "master", "all", year - 2000) for year in (2022, 2023)]
    march = Ledger.of(frames([Department("ENG")], populations=counted), census=(3, 1), today=date(2023, 3, 1))
    assert {year: figure(march, "ENG", year, ALL)["value"] for year in (2021, 2022)} == {2021: 22, 2022: 23}


def test_who_is_counted_over_the_year_is_read_from_the_last_day_of_the_year_that_says(small: Ledger) -> None:
    whole_year = Headcount(populations=("master",), groups=("whole_year",))
    assert by_department(small, 2022, whole_year) == {"ENG": 24, "FAC": 24, "*": 24}


def test_a_group_of_one_headcount(small: Ledger) -> None:
    one = figure(small, "LAW", 2023, INTERNATIONAL, ALL)
    assert (one["numerator"], one["denominator"], one["value"], one["status"]) == (1, 1, 1.0, "ok")


def test_zero_is_not_no_data_is_not_not_applicable(small: Ledger) -> None:
    status = {
        (unit, year): figure(small, unit, year, INTERNATIONAL, ALL)["status"]
        for unit, year in [("LAW", 2022), ("SCI", 2022), ("SCI", 2023), ("NEW", 2022)]
    }
    assert status == {
        ("LAW", 2022): "ok",  # 0 of 1
        ("SCI", 2022): "ok",
        ("SCI", 2023): "no data",  # students there were, and nobody counted them on 1 May 2023
        ("NEW", 2022): "not applicable",  # no students in any year
    }
    assert figure(small, "LAW", 2022, INTERNATIONAL, ALL)["value"] == 0


def test_what_is_left_of_a_headcount_by_country_is_of_unknown_country(small: Ledger) -> None:
    by_country = table_of(small, INTERNATIONAL, by=("department", "fiscal_year", "country"))
    shown = by_country[(by_country["department"] == "ENG") & (by_country["fiscal_year"] == 2022)]
    assert shown.set_index("country")["value"].to_dict() == {"DE": 8, "FR": 8, "": 4}


@pytest.mark.parametrize(("rule", "students"), [("any", 8), ("none", 8), ("unknown", 4)])
def test_country_filters_partition_a_headcount(small: Ledger, rule: str, students: int) -> None:
    countries = None if rule == "unknown" else frozenset({"DE"})
    selection = Selection(countries=countries, country_rule=rule)  # type: ignore[arg-type]  # one of the rules
    assert figure(small, "ENG", 2022, INTERNATIONAL, selection=selection)["numerator"] == students


def test_students_whose_countries_nobody_delivered_are_not_nobody(small: Ledger) -> None:
    # Of all students no row has a country: neither 0 of them are German, nor do 100 of 0 make a share.
    german = Selection(countries=frozenset({"DE"}))
    everyone = figure(small, "ENG", 2022, ALL, selection=german)
    assert (everyone["status"], np.isnan(everyone["numerator"])) == ("not applicable", True)
    assert figure(small, "ENG", 2022, INTERNATIONAL, ALL, selection=german)["status"] == "not applicable"
    others = figure(small, "ENG", 2022, INTERNATIONAL, ALL - INTERNATIONAL, selection=german)
    assert (others["status"], np.isnan(others["value"])) == ("not applicable", True)
    assert figure(small, "LAW", 2022, INTERNATIONAL, selection=german)["value"] == 0  # 0 of any country


def test_a_level_filter_keeps_the_population_of_the_level(small: Ledger) -> None:
    doctoral = Selection(levels=frozenset({"doctoral"}))
    assert figure(small, "ENG", 2022, ALL, selection=doctoral)["status"] == "not applicable"
    assert figure(small, "ENG", 2022, ALL, selection=replace(doctoral, levels=frozenset({"master"})))["value"] == 100


def test_two_equal_countries_are_two_effective_origins(small: Ledger) -> None:
    origins = EffectiveOrigins(populations=STUDENTS, groups=("international",))
    assert figure(small, "ENG", 2022, origins)["value"] == pytest.approx(2.0)  # 8 and 8; 4 are of unknown country


def test_no_students_come_from_nowhere_and_that_is_no_missing_data(small: Ledger) -> None:
    origins = EffectiveOrigins(populations=STUDENTS, groups=("international",))
    assert figure(small, "LAW", 2022, origins)["status"] == "not applicable"  # 0 international students


def test_the_effective_number_of_countries_weighs_them_by_what_is_done(small: Ledger) -> None:
    # Papers of FY2022: DE 2 (2, 6), FR 1 (2), US 1 (5); JP is home. p = 1/2, 1/4, 1/4: exp(1.5 ln 2) = 2.828.
    papers = EffectiveCountries(types=("publication",), of="activities")
    assert figure(small, "*", 2022, papers)["value"] == pytest.approx(2**1.5)
    # Persons sent: DE {1, 2, 3}, FR {2, 3}, US {3} and one without id = 2; nowhere: 5. p = 3/7, 2/7, 2/7.
    sent = EffectiveCountries(types=("student_exchange_outbound",), of="persons")
    p = np.array([3, 2, 2]) / 7
    assert figure(small, "*", 2022, sent)["value"] == pytest.approx(np.exp(-(p * np.log(p)).sum()))
    assert figure(small, "NEW", 2022, papers)["status"] == "not applicable"


def test_the_effective_number_of_countries_is_blind_to_counting_rules(small: Ledger) -> None:
    papers = EffectiveCountries(types=("publication",), of="activities")
    values = [figure(small, "SCI", 2022, papers, counting=c)["value"] for c in COUNTINGS]
    assert values == pytest.approx([3.0, 3.0, 3.0])  # DE, FR, US once each; by shares they would be .4, .4, .5
    assert not declared(papers, unit="index").follows_counting


def test_departments_are_those_without_departments_below_and_in_existence(small: Ledger) -> None:
    share = figure(small, "*", 2022, ActiveDepartments(types=("publication",)), Departments())
    assert (share["numerator"], share["denominator"]) == (3, 4)  # ENG, SCI, LAW of ENG, SCI, LAW, NEW; not FAC, OLD
    assert figure(small, "*", 2021, Departments())["value"] == 4  # ENG, SCI, LAW, OLD
    assert figure(small, "FAC", 2022, ActiveDepartments(types=("publication",)), Departments())["value"] == 1


def test_a_department_active_in_two_pooled_years_is_one_of_one() -> None:
    papers = [Activity(kind="publication", start=f"{year}-05-01", departments="ENG") for year in (2021, 2022)]
    university = Ledger.of(frames([Department("ENG")], papers), today=date(2022, 6, 1))
    share = table_of(university, ActiveDepartments(types=("publication",)), Departments(), by=("department",))
    assert list(share["value"]) == [1.0, 1.0]


def test_a_department_stays_active_through_a_window_of_years() -> None:
    papers = [
        Activity(kind="publication", start=f"{year}-05-01", departments=d) for year, d in [(2021, "ENG"), (2022, "LAW")]
    ]
    university = Ledger.of(frames([Department("ENG"), Department("LAW")], papers), today=date(2022, 6, 1))
    assert figure(university, "*", 2022, ActiveDepartments(types=("publication",), window=2))["value"] == 2


def test_persons_over_a_headcount_may_exceed_it_and_then_have_no_interval() -> None:
    sent = Activity(kind="student_exchange_outbound", start="2022-05-01", departments="ENG", people_count=3)
    counted = building.Headcount("ENG", "2022-05-01", "master", "all", 2)
    university = Ledger.of(frames([Department("ENG")], [sent], [counted]), today=date(2022, 6, 1))
    share = figure(university, "ENG", 2022, Persons(types=("student_exchange_outbound",)), ALL)
    assert share["value"] == 1.5
    assert np.isnan([share["low"], share["high"]]).all()
