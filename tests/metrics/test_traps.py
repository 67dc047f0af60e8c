"""One test for each way to get a number of activities, persons or money wrong; the records are drawn at `small`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from metrics.ledger import Ledger
from metrics.measures import Activities, Distinct, Money, Persons
from metrics.view import Selection
from tests.metrics.asking import by_department, figure, table_of
from tests.metrics.building import Activity, Department, Partner, frames

PAPERS = Activities(types=("publication",))
INTERNATIONAL = Activities(types=("publication",), only=("international",))
KNOWN = Activities(types=("publication",), only=("known_country",))
AGREEMENTS = Activities(types=("academic_agreement",))
SENT = Persons(types=("student_exchange_outbound",))
CONTRACTS = Money(types=("industry_contract",))
ENG = Department("ENG")


def test_a_paper_of_two_departments_counts_in_each_and_once_above_them(small: Ledger) -> None:
    # ENG 2, 3; SCI 2, 4, 5; LAW 3, 5, 6; FAC = ENG or SCI: 2, 3, 4, 5; the university 2 to 6, not 2 + 3 + 3 = 8.
    assert by_department(small, 2022, PAPERS) == {"ENG": 2, "SCI": 3, "LAW": 3, "FAC": 4, "*": 5}


def test_fractional_counting_follows_the_shares_and_equal_shares_where_none_are_written(small: Ledger) -> None:
    # ENG .6 (paper 2) + .5 (paper 3); SCI .4 + 1 + .5; LAW .5 + .5 + 1; FAC 1.1 + 1.9; the university 3 + 2.
    expected = {"ENG": 1.1, "SCI": 1.9, "LAW": 2.0, "FAC": 3.0, "*": 5.0}
    assert by_department(small, 2022, PAPERS, counting="fractional") == pytest.approx(expected)


def test_lead_counting_counts_at_the_leader_and_above_and_nowhere_else(small: Ledger) -> None:
    # 2: several, blank: nobody; 3: ENG (and FAC); 4: led by a partner; 5: LAW; 6: LAW, the only department.
    assert by_department(small, 2022, PAPERS, counting="lead") == {"ENG": 1, "FAC": 1, "LAW": 2, "*": 3}


def test_a_department_and_its_parent_on_one_paper_are_one_paper_and_shares_are_added_as_written() -> None:
    university = Ledger.of(
        frames(
            [Department("FAC"), Department("ENG", "FAC")],
            [
                Activity(kind="publication", start="2022-05-01", departments="FAC:0.5;ENG:0.5"),
                Activity(kind="publication", start="2022-05-01", departments="FAC:0.5005;ENG:0.5"),  # within 0.001
            ],
        ),
        today=date(2022, 6, 1),
    )
    assert by_department(university, 2022, PAPERS) == {"ENG": 2, "FAC": 2, "*": 2}
    fractional = by_department(university, 2022, PAPERS, counting="fractional")
    assert fractional == {"ENG": 1.0, "FAC": 2.0005, "*": 2.0005}


def test_a_rate_is_over_the_papers_of_known_country_and_tells_the_unknown(small: Ledger) -> None:
    # Known 2, 3 (home only), 5, 6; of them abroad 2, 5, 6; paper 4 is unknown. Over all it would be 3 / 5.
    rate = figure(small, "*", 2022, INTERNATIONAL, KNOWN)
    assert (rate["numerator"], rate["denominator"], rate["value"]) == (3, 4, 0.75)
    assert (rate["known"], rate["unknown"]) == (4, 1)


def test_a_rate_over_all_papers_takes_the_unknown_for_not_international(small: Ledger) -> None:
    rate = figure(small, "*", 2022, INTERNATIONAL, PAPERS)
    assert (rate["value"], rate["known"], rate["unknown"]) == (0.6, 4, 1)


def test_the_home_country_alone_is_known_but_not_international(small: Ledger) -> None:
    home = Selection(countries=frozenset({"JP"}))
    assert figure(small, "*", 2022, PAPERS, selection=home)["value"] == 1  # paper 3
    assert figure(small, "*", 2022, INTERNATIONAL, selection=home)["value"] == 0


def test_what_is_abroad_depends_on_the_home_country(small_frames: Mapping[str, pd.DataFrame]) -> None:
    german = Ledger.of(small_frames, home="DE", today=date(2024, 1, 1))
    # 2 has FR, 3 has JP, 5 has US; 6 has DE alone.
    assert figure(german, "*", 2022, INTERNATIONAL)["value"] == 3


def test_a_rate_in_fractional_counting_is_made_of_shares(small: Ledger) -> None:
    # ENG: .6 of paper 2 abroad, over .6 + .5 of known country: 54.5 %, where whole counting says 1 of 2.
    rate = figure(small, "ENG", 2022, INTERNATIONAL, KNOWN, counting="fractional")
    assert rate["value"] == pytest.approx(0.6 / 1.1)
    assert figure(small, "ENG", 2022, INTERNATIONAL, KNOWN)["value"] == 0.5


def test_two_countries_of_one_region_are_two_countries_and_one_paper(small: Ledger) -> None:
    # Paper 2 has DE twice (partner and written) and FR; with 5 (US) and 6 (DE) three countries abroad.
    assert figure(small, "*", 2022, Distinct(types=("publication",), of="countries"))["value"] == 3
    both = Selection(countries=frozenset({"DE", "FR"}))
    assert figure(small, "*", 2022, PAPERS, selection=both)["value"] == 2  # 2 and 6
    by_country = table_of(small, PAPERS, by=("fiscal_year", "country"))
    shown = by_country[by_country["fiscal_year"] == 2022].set_index("country")["value"]
    assert shown.to_dict() == {"DE": 2, "FR": 1, "JP": 1, "US": 1, "": 1}


def test_three_countries_are_home_and_two_abroad(small: Ledger) -> None:
    three = Activities(types=("publication",), only=("three_countries",))
    assert by_department(small, 2022, three) == {"ENG": 1, "SCI": 1, "FAC": 1, "*": 1}  # paper 2


def test_the_fiscal_year_turns_between_31_march_and_1_april(small: Ledger) -> None:
    assert figure(small, "ENG", 2021, PAPERS)["value"] == 1  # paper 1, of 31 March 2022
    # Paper 6, of 31 March 2023, still is FY2022; paper 2, of 1 April 2022, already is.
    assert figure(small, "LAW", 2022, PAPERS)["value"] == 3
    assert figure(small, "*", 2023, PAPERS)["numerator"] == 0


def test_an_agreement_is_in_force_on_every_census_day_it_spans(small: Ledger) -> None:
    # 7 starts on the census day of 2021 and ends the day before that of 2022; 8 starts the day after that of 2020
    # and ends on that of 2022; 9 is open; 10 lies between two census days.
    in_force = {year: figure(small, "LAW", year, AGREEMENTS)["value"] for year in (2021, 2022, 2023)}
    assert in_force == {2021: 2, 2022: 2, 2023: 1}


def test_an_agreement_of_several_departments_is_one_agreement_of_the_university() -> None:
    signed = Activity(kind="academic_agreement", start="2020-05-01", end="2022-05-01", departments="ENG;LAW")
    university = Ledger.of(frames([ENG, Department("LAW")], [signed]), today=date(2023, 5, 1))
    asked = Selection(fiscal_years=(2020, 2021, 2022, 2023))
    for year in (2020, 2021, 2022):
        assert by_department(university, year, AGREEMENTS, selection=asked) == {"ENG": 1, "LAW": 1, "*": 1}
    assert figure(university, "*", 2023, AGREEMENTS, selection=asked)["value"] == 0


def test_pooled_years_count_what_is_in_force_in_several_of_them_once(small: Ledger) -> None:
    three_years = Selection(fiscal_years=(2021, 2022, 2023))
    pooled = table_of(small, AGREEMENTS, by=("department",), selection=three_years).set_index("department")["value"]
    assert (pooled["LAW"], pooled["*"]) == (3, 3)  # 7, 8 and 9, not 2 + 2 + 1
    papers = table_of(small, PAPERS, by=(), selection=three_years)
    assert list(papers["value"]) == [6]


def test_a_census_in_march_belongs_to_the_fiscal_year_before(small_frames: Mapping[str, pd.DataFrame]) -> None:
    march = Ledger.of(small_frames, census=(3, 1), today=date(2024, 1, 1))
    # 1 March 2021 (FY2020): 8; 1 March 2022 (FY2021): 7, 8, 9; 1 March 2023 (FY2022): 9, 10; FY2023: 9.
    years = (2020, 2021, 2022, 2023)
    counted = [figure(march, "LAW", y, AGREEMENTS, selection=Selection(fiscal_years=years))["value"] for y in years]
    assert counted == [1, 3, 2, 1]


def test_a_person_is_counted_once_at_the_asked_for_grain(small: Ledger) -> None:
    # ENG {1, 2} and {2, 3}; SCI {3} and 5 without ids; FAC {1, 2, 3} and 5; LAW says nothing: one person.
    expected = {"ENG": 3, "SCI": 6, "FAC": 8, "LAW": 1, "*": 9}
    assert by_department(small, 2022, SENT) == expected
    for counting in ("fractional", "lead"):
        assert by_department(small, 2022, SENT, counting=counting) == expected, f"{counting} is no rule for persons"


def test_a_number_of_people_beside_their_ids_is_not_added() -> None:
    both = Activity(
        kind="student_exchange_outbound", start="2022-05-01", departments="ENG", people=(1, 2), people_count=7
    )
    nobody = replace(both, people=(), people_count=0)
    university = Ledger.of(frames([ENG], [both, nobody]), today=date(2022, 6, 1))
    assert figure(university, "ENG", 2022, SENT)["value"] == 2


def test_persons_of_pooled_years_are_distinct_over_the_years() -> None:
    sent = [
        Activity(kind="student_exchange_outbound", start=start, departments="ENG", people=(1,))
        for start in ("2021-05-01", "2022-05-01")
    ]
    university = Ledger.of(frames([ENG], sent), today=date(2023, 3, 1))
    assert by_department(university, 2021, SENT) == by_department(university, 2022, SENT) == {"ENG": 1, "*": 1}
    assert list(table_of(university, SENT, by=("department",))["value"]) == [1, 1]


def test_a_group_of_one_is_counted_with_the_interval_of_one() -> None:
    lone = [
        Activity(kind="publication", start="2022-05-01", departments="ENG", countries=("FR",)),
    ]
    university = Ledger.of(frames([ENG], lone), today=date(2022, 6, 1))
    one = figure(university, "ENG", 2022, INTERNATIONAL, KNOWN)
    assert (one["numerator"], one["denominator"], one["value"], one["status"]) == (1, 1, 1.0, "ok")
    assert (one["low"], one["high"]) == (pytest.approx(0.206549, abs=1e-6), 1.0)  # 1 / (1 + 1.96^2)


def test_money_goes_whole_to_each_department_and_once_to_the_university(small: Ledger) -> None:
    # ENG 1,000,000 + 10,000 USD at 130; LAW the same million; SCI 200,000; EUR has no rate in FY2022.
    expected = {"ENG": 2_300_000, "LAW": 1_000_000, "SCI": 200_000, "FAC": 2_500_000, "*": 2_500_000}
    assert by_department(small, 2022, CONTRACTS) == expected
    assert by_department(small, 2022, CONTRACTS, counting="lead") == expected, "lead is a rule for activities"


def test_money_follows_the_shares_in_fractional_counting(small: Ledger) -> None:
    expected = {"ENG": 2_050_000, "LAW": 250_000, "SCI": 200_000, "FAC": 2_250_000, "*": 2_500_000}
    assert by_department(small, 2022, CONTRACTS, counting="fractional") == expected


def test_money_without_a_rate_for_its_year_is_left_out_and_said(small: Ledger) -> None:
    left_out = {unit: figure(small, unit, 2022, CONTRACTS)["left_out"] for unit in ("*", "FAC", "SCI", "ENG", "LAW")}
    assert left_out == {"*": 1, "FAC": 1, "SCI": 1, "ENG": 0, "LAW": 0}
    abroad = Money(types=("industry_contract",), only=("company_abroad",))
    assert figure(small, "*", 2022, abroad, CONTRACTS)["value"] == 2_300_000 / 2_500_000


def test_money_has_no_interval(small: Ledger) -> None:
    abroad = Money(types=("industry_contract",), only=("company_abroad",))
    share = figure(small, "*", 2022, abroad, CONTRACTS)
    assert pd.isna(share["low"])
    assert pd.isna(share["high"])


def test_partners_and_companies_are_those_abroad(small: Ledger) -> None:
    partners = Distinct(types=("publication", "industry_contract"), of="partners")
    assert figure(small, "*", 2022, partners)["value"] == 3  # Bonn, Berlin, Boston; not Sendai
    assert figure(small, "*", 2022, replace(partners, of="companies"))["value"] == 2  # not Bonn


def test_a_sustained_partner_has_three_papers_within_five_years() -> None:
    often, seldom = Partner(1, "DE"), Partner(2, "FR")
    papers = [
        Activity(kind="publication", start=f"{year}-05-01", departments=departments, partners=partners)
        for year, departments, partners in [
            (2016, "ENG", (often, seldom)),
            (2018, "ENG;LAW", (often,)),
            (2020, "LAW", (often, seldom)),
            (2021, "ENG", (seldom,)),
        ]
    ]
    university = Ledger.of(frames([ENG, Department("LAW")], papers), today=date(2022, 3, 1))
    sustained = Distinct(types=("publication",), of="partners", window=5, at_least=3)
    counted = {year: by_department(university, year, sustained) for year in range(2016, 2022)}
    # FY2020 looks at FY2016 to FY2020: DE 3 papers at the university (2 at ENG, 2 at LAW); FR 2.
    # FY2021 looks at FY2017 to FY2021: DE 2 papers, FR 2.
    assert {year: found for year, found in counted.items() if found} == {2020: {"*": 1}}


def test_an_agreement_in_force_all_through_a_window_of_years_is_one_agreement() -> None:
    signed = Activity(
        kind="academic_agreement", start="2019-05-01", end="2021-05-01", departments="ENG", partners=(Partner(1, "DE"),)
    )
    university = Ledger.of(frames([ENG], [signed]), today=date(2022, 3, 1))
    asked = Selection(fiscal_years=(2019, 2020, 2021))
    three_years = replace(AGREEMENTS, window=3)
    for year in (2019, 2020, 2021):
        assert by_department(university, year, three_years, selection=asked) == {"ENG": 1, "*": 1}
    thrice = Distinct(types=("academic_agreement",), of="partners", window=3, at_least=3)
    assert by_department(university, 2021, thrice, selection=asked) == {}


def test_the_known_and_unknown_of_a_window_are_those_of_the_window() -> None:
    papers = [
        Activity(kind="publication", start="2020-05-01", departments="ENG", countries=("DE",)),
        Activity(kind="publication", start="2021-05-01", departments="ENG"),
    ]
    university = Ledger.of(frames([ENG], papers), today=date(2022, 3, 1))
    countries = Distinct(types=("publication",), of="countries", window=2)
    two_years = figure(university, "ENG", 2021, countries)
    assert (two_years["value"], two_years["known"], two_years["unknown"]) == (1, 1, 1)


def test_the_known_and_unknown_of_a_balance_are_those_of_both_directions() -> None:
    moved = [
        Activity(kind="student_exchange_outbound", start="2022-05-01", departments="ENG", people_count=3),
        Activity(
            kind="student_exchange_inbound", start="2022-05-01", departments="ENG", countries=("DE",), people_count=5
        ),
    ]
    university = Ledger.of(frames([ENG], moved), today=date(2022, 6, 1))
    received = Persons(types=("student_exchange_inbound",))
    balance = figure(university, "ENG", 2022, received - SENT, received + SENT)
    assert (balance["numerator"], balance["denominator"], balance["value"]) == (2, 8, 0.25)
    assert (balance["known"], balance["unknown"]) == (1, 1)


@pytest.mark.parametrize(
    ("rule", "papers"),
    [
        ("any", {"ENG": 1, "SCI": 1, "LAW": 1, "FAC": 1, "*": 2}),
        ("none", {"ENG": 1, "SCI": 1, "LAW": 2, "FAC": 2, "*": 2}),
    ],
)
def test_a_country_filter_keeps_activities_with_or_without_the_country(
    small: Ledger, rule: str, papers: dict[str, int]
) -> None:
    # Any of DE: 2 and 6. None of DE, of known country: 3 and 5.
    selection = Selection(countries=frozenset({"DE"}), country_rule=rule)  # type: ignore[arg-type]  # one of the rules
    assert by_department(small, 2022, PAPERS, selection=selection) == papers


def test_the_unknown_country_is_a_filter_of_its_own(small: Ledger) -> None:
    unknown = Selection(country_rule="unknown")
    assert by_department(small, 2022, PAPERS, selection=unknown) == {"SCI": 1, "FAC": 1, "*": 1}  # paper 4


def test_under_a_country_filter_only_what_lies_in_the_country_is_distinct(small: Ledger) -> None:
    # Paper 2 is kept for its DE; its FR is no country of the selection.
    german = Selection(countries=frozenset({"DE"}))
    assert figure(small, "*", 2022, Distinct(types=("publication",), of="countries"), selection=german)["value"] == 1
    contracts = Distinct(types=("publication", "industry_contract"), of="partners")
    assert figure(small, "*", 2022, contracts, selection=german)["value"] == 2  # Bonn, Berlin; not Boston


def test_a_level_filter_keeps_the_level_and_drops_the_unknown_level(small: Ledger) -> None:
    masters = Selection(levels=frozenset({"master"}))
    assert by_department(small, 2022, SENT, selection=masters) == {"ENG": 3, "FAC": 3, "*": 3}
    table = table_of(small, SENT, by=("fiscal_year", "level"))
    shown = table[table["fiscal_year"] == 2022].set_index("level")["value"]
    assert shown.to_dict() == {"undergraduate": 1, "master": 3, "doctoral": 1, "": 5}


def test_a_department_that_does_not_exist_selects_nothing(small: Ledger) -> None:
    assert table_of(small, PAPERS, selection=Selection(departments=("XYZ",))).empty
    assert table_of(small, PAPERS, selection=Selection(departments=())).empty
    assert table_of(small, PAPERS, selection=Selection(fiscal_years=())).empty


def test_a_closed_department_has_figures_until_it_closed_and_a_new_one_since_it_opened(small: Ledger) -> None:
    status = {
        (unit, year): figure(small, unit, year, PAPERS)["status"] for unit in ("OLD", "NEW") for year in (2021, 2022)
    }
    assert status == {
        ("OLD", 2021): "ok",
        ("OLD", 2022): "not applicable",
        ("NEW", 2021): "not applicable",
        ("NEW", 2022): "ok",
    }


def test_none_is_zero_within_the_records_and_no_data_outside_them(small: Ledger) -> None:
    asked = Selection(fiscal_years=(2020, 2021, 2022, 2023))
    zero = figure(small, "LAW", 2021, PAPERS, selection=asked)
    assert (zero["value"], zero["status"]) == (0, "ok")  # the papers of FY2021 were delivered: LAW has none
    for year in (2020, 2023):
        nobody_said = figure(small, "LAW", year, PAPERS, selection=asked)
        assert (nobody_said["status"], pd.isna(nobody_said["value"])) == ("no data", True)
    patents = figure(small, "LAW", 2022, Activities(types=("patent_filing",)), selection=asked)
    assert patents["status"] == "no data"


def test_nothing_to_divide_by_is_not_applicable(small: Ledger) -> None:
    rate = figure(small, "LAW", 2021, INTERNATIONAL, KNOWN)
    assert (rate["denominator"], rate["status"], pd.isna(rate["value"])) == (0, "not applicable", True)


def test_agreements_alone_are_shown_until_today() -> None:
    agreement = Activity(kind="academic_agreement", start="2018-04-01", end="", departments="ENG")
    university = Ledger.of(frames([Department("ENG")], [agreement]), today=date(2024, 6, 1))
    assert university.fiscal_years == tuple(range(2018, 2025))


def test_a_date_in_the_future_moves_no_page() -> None:
    papers = [Activity(kind="publication", start=start, departments="ENG") for start in ("2022-05-01", "2035-04-01")]
    university = Ledger.of(frames([Department("ENG")], papers), today=date(2024, 6, 1))
    assert university.fiscal_years == (2022, 2023, 2024)
    assert university.years[-1] == 2035  # it can be asked for
