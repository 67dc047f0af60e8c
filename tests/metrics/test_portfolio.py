"""Who the partners abroad are, what is done with them, and which agreements live: against a hand-worked university."""

from datetime import date

import pandas as pd
import pytest

from metrics.agreements import agreements, life
from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.partnership import by_department, by_year
from metrics.portfolio import Portfolio, Question, share_of_largest
from metrics.tabulate import tabulate
from metrics.view import Selection
from tests.metrics.building import Activity, Department, Partner, frames

BONN, LYON, ULM = Partner(10, "DE"), Partner(11, "FR"), Partner(12, "DE", "company|funder")
BOSTON, SENDAI = Partner(13, "US", ""), Partner(14, "JP", "company")
NAMES = {10: "Bonn", 11: "Lyon", 12: "Ulm Motors", 13: "Boston Lab", 14: "Sendai Steel"}
WITHOUT_ROR = 13
_SAID = ["activities", "first_year", "last_year", "agreements"]


def _did(kind: str, start: str, departments: str, *partners: Partner, **more: object) -> Activity:
    return Activity(kind=kind, start=start, departments=departments, partners=partners, **more)  # type: ignore[arg-type]  # handed on


ACTIVITIES = (
    _did("publication", "2022-05-01", "ENG;SCI", BONN, LYON, people=(1, 2)),  # 1
    _did("publication", "2022-06-01", "ENG", BONN, SENDAI, people=(2, 3)),  # 2
    _did("student_exchange_outbound", "2022-09-01", "LAW", countries=("US",), people_count=4),  # 3
    _did("industry_contract", "2021-06-01", "ENG", ULM, people=(1,)),  # 4
    _did("publication", "2019-06-01", "SCI", BOSTON, people=(9,)),  # 5
    _did("publication", "2022-07-01", "SCI", SENDAI, people=(5,)),  # 6: at home only
    _did("academic_agreement", "2019-04-01", "ENG", BONN),  # 7: ENG itself publishes with Bonn
    _did("academic_agreement", "2020-04-01", "LAW", LYON),  # 8: ENG and SCI publish with Lyon, LAW does not
    _did("student_exchange_agreement", "2018-04-01", "SCI", BOSTON),  # 9: nothing since FY2019
    _did("academic_agreement", "2021-04-01", "LAW", countries=("US",)),  # 10: no partner written
    _did("academic_agreement", "2015-04-01", "ENG", LYON, end="2022-04-30"),  # 11: ended the day before the census
    _did("academic_agreement", "2016-04-01", "*", LYON),  # 12: of the university itself
)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """A faculty of two departments beside another one; each activity's number is written behind it."""
    departments = (Department("FAC"), Department("ENG", "FAC"), Department("SCI", "FAC"), Department("LAW"))
    made = dict(frames(departments, ACTIVITIES))
    number = made["partners"]["partner_id"]
    ror = pd.Series([None if n == WITHOUT_ROR else f"https://ror.org/{n}" for n in number], dtype=object)
    made["partners"] = made["partners"].assign(name_en=number.map(NAMES), name_ja="", city="", ror_id=ror)
    return Ledger.of(made, today=date(2023, 1, 1))


def _asked(ledger: Ledger, *fiscal_years: int, **narrowed: object) -> Portfolio:
    return Portfolio(ledger, Question(fiscal_years=fiscal_years, **narrowed))  # type: ignore[arg-type]  # handed on


def _column(frame: pd.DataFrame, key: str, value: str) -> dict[object, object]:
    return dict(zip(frame[key], frame[value], strict=True))


def test_countries_are_abroad_and_whole_in_each(ledger: Ledger) -> None:
    countries = _asked(ledger, 2022).countries()
    # DE: 1, 2 and agreement 7; FR: 1, 8, 12; US: exchange 3, agreements 9 and 10
    assert _column(countries, "country", "activities") == {"DE": 3, "FR": 3, "US": 3}
    assert _column(countries, "country", "research") == {"DE": 3, "FR": 3, "US": 1}
    assert _column(countries, "country", "education") == {"DE": 0, "FR": 0, "US": 2}


def test_institutions_of_a_country_need_a_name_and_countries_do_not(ledger: Ledger) -> None:
    countries = _asked(ledger, 2022, department="LAW").countries()
    assert _column(countries, "country", "activities") == {"FR": 1, "US": 2}
    assert _column(countries, "country", "institutions") == {"FR": 1, "US": 0}


def test_a_person_counts_once_a_country_and_a_mere_number_of_persons_not(ledger: Ledger) -> None:
    persons = _column(_asked(ledger, 2022).countries(), "country", "persons")
    assert persons == {"DE": 3, "FR": 2, "US": 0}


def test_institutions_say_since_when_until_when_and_whether_an_agreement_holds(ledger: Ledger) -> None:
    institutions = _asked(ledger, 2021, 2022).institutions().set_index("name_en")
    assert list(institutions.index) == ["Lyon", "Bonn", "Boston Lab", "Ulm Motors"]
    assert _row(institutions, "Bonn") == (3, 2019, 2022, 1)
    assert _row(institutions, "Lyon") == (4, 2015, 2022, 2)
    assert _row(institutions, "Ulm Motors") == (1, 2021, 2021, 0)
    assert _row(institutions, "Boston Lab") == (1, 2018, 2022, 1)


def _row(institutions: pd.DataFrame, name: str) -> tuple[object, ...]:
    return next(institutions.loc[[name], _SAID].itertuples(index=False, name=None))


def test_a_target_a_country_and_a_type_of_partner_narrow_the_portfolio(ledger: Ledger) -> None:
    years = (2019, 2020, 2021, 2022)
    assert set(_asked(ledger, *years, target="industry").institutions()["name_en"]) == {"Ulm Motors"}
    assert set(_asked(ledger, *years, countries=frozenset({"DE"})).institutions()["name_en"]) == {"Bonn", "Ulm Motors"}
    companies = _asked(ledger, *years, partner_type="company")
    assert set(companies.institutions()["name_en"]) == {"Ulm Motors"}
    assert _column(companies.countries(), "country", "activities") == {"DE": 1}
    assert companies.totals().activities == 1


def test_totals_count_each_activity_once(ledger: Ledger) -> None:
    totals = _asked(ledger, 2022).totals()
    # abroad: 1, 2, 3, 7, 8, 9, 10, 12, all of them in one of three countries
    assert totals == (8, 3, 3, 1, 8)
    assert share_of_largest(totals) == 1.0


def test_nothing_abroad_is_a_portfolio_too(ledger: Ledger) -> None:
    empty = _asked(ledger, 2022, department="LAW", target="industry")
    assert empty.totals() == (0, 0, 0, 0, 0)
    assert pd.isna(share_of_largest(empty.totals()))
    assert [len(frame) for frame in (empty.countries(), empty.institutions(), empty.kinds())] == [0, 0, 0]


def test_kinds_name_what_is_done_with_each_partner_most_first(ledger: Ledger) -> None:
    asked = _asked(ledger, 2022)
    kinds = asked.kinds()
    kinds = kinds[kinds["partner"] == _place(asked, "Lyon")]
    assert list(zip(kinds["activity_type"], kinds["activities"], strict=True)) == [
        ("academic_agreement", 2),
        ("publication", 1),
    ]


def _place(portfolio: Portfolio, name: str) -> int:
    names = portfolio.ledger.partner_table["name_en"]
    return int(names[names == name].index[0])


@pytest.mark.parametrize(
    ("key", "part"), [("partner_countries", "countries"), ("partner_institutions", "institutions")]
)
def test_countries_and_institutions_are_those_of_the_catalogue_s_figures(ledger: Ledger, key: str, part: str) -> None:
    figures = tabulate(ledger, [INDICATORS[key]])
    assert figures["numerator"].max() >= 3
    for unit, year, number in zip(figures["department"], figures["fiscal_year"], figures["numerator"], strict=True):
        asked = _asked(ledger, year, department=unit)
        assert getattr(asked.totals(), part) == len(getattr(asked, part)()) == number


def test_pooled_years_and_chosen_countries_are_counted_as_the_catalogue_counts_them(ledger: Ledger) -> None:
    years, german = (2021, 2022), frozenset({"DE"})
    selection = Selection(fiscal_years=years, countries=german)
    figure = tabulate(ledger, [INDICATORS["partner_institutions"]], (), selection).iloc[0]
    assert _asked(ledger, *years, countries=german).totals().institutions == figure["numerator"] == 2


def test_agreements_in_force_are_those_of_the_catalogue_s_figure(ledger: Ledger) -> None:
    figures = tabulate(ledger, [INDICATORS["agreements_in_force"]])
    for unit, year, number in zip(figures["department"], figures["fiscal_year"], figures["numerator"], strict=True):
        assert len(agreements(_asked(ledger, year, department=unit))) == number


def _states(portfolio: Portfolio) -> dict[object, object]:
    return _column(agreements(portfolio), "activity_id", "state")


def test_an_agreement_lives_where_those_who_carry_it_do_something_with_the_partner(ledger: Ledger) -> None:
    asked = _asked(ledger, 2020, 2021, 2022)
    assert _states(asked) == {7: "alive", 8: "elsewhere", 9: "dormant", 10: "no partner", 12: "alive"}
    assert life(agreements(asked)) == (5, 2, 1, 1, 1)


def test_an_agreement_is_dormant_after_three_fiscal_years_of_silence(ledger: Ledger) -> None:
    assert _states(_asked(ledger, 2021))[9] == "alive"
    assert _states(_asked(ledger, 2022))[9] == "dormant"
    assert _column(agreements(_asked(ledger, 2022)), "activity_id", "last_year")[9] == 2019


def test_a_department_learns_nothing_of_what_others_do_with_its_partners(ledger: Ledger) -> None:
    assert _states(_asked(ledger, 2022, department="LAW")) == {8: "dormant", 10: "no partner"}
    assert agreements(_asked(ledger, 2022, department="LAW"))["last_year"].isna().all()


def test_a_partner_s_years_and_departments(ledger: Ledger) -> None:
    asked = _asked(ledger, 2022)
    lyon = _place(asked, "Lyon")
    years = by_year(asked, lyon, (2015, 2016, 2021, 2022))
    assert list(years.loc["academic_agreement"]) == [1, 2, 3, 2]
    assert list(years.loc["publication"]) == [0, 0, 0, 1]
    assert len(years) == 2
    everyone = by_department(asked, lyon, lambda code: True)
    assert _column(everyone, "department", "activities") == {"*": 1, "ENG": 1, "SCI": 1, "LAW": 1}
    assert by_department(asked, lyon, lambda code: code == "SCI")["department"].to_list() == ["SCI"]
