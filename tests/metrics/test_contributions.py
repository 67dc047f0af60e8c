"""What each record adds to a figure, worked out by hand on the small university (see `small`)."""

from dataclasses import replace

import numpy as np
import pytest

from metrics.adding_up import how_it_adds_up, only_some
from metrics.breadth import ActiveDepartments, EffectiveCountries
from metrics.catalogue import INDICATORS
from metrics.contributions import Contributions, contributions
from metrics.ledger import Ledger
from metrics.measures import Activities, Distinct, Measure, Money, Persons
from metrics.members import members
from metrics.tabulate import tabulate
from metrics.view import COUNTINGS, Counting, Selection
from vocabulary.text import Text

PAPERS = Activities(types=("publication",))
SENT = Persons(types=("student_exchange_outbound",))
MONEY = Money(types=("industry_contract",))
COUNTRIES = Distinct(types=("publication",), of="countries")
NUMERATOR = Text("numerator", "分子")


def added(
    ledger: Ledger, measure: Measure, department: str, *years: int, counting: Counting = "whole"
) -> dict[int, float]:
    found = behind(ledger, measure, department, *years, counting=counting)
    return dict(zip(found.activity_ids.tolist(), found.counts_as.tolist(), strict=True))


def behind(
    ledger: Ledger, measure: Measure, department: str, *years: int, counting: Counting = "whole"
) -> Contributions:
    return contributions(ledger, measure, department=department, fiscal_years=years or (2022,), counting=counting)


def test_a_record_counts_one_its_share_or_for_its_leader_alone(small: Ledger) -> None:
    assert added(small, PAPERS, "ENG") == {2: 1, 3: 1}
    assert added(small, PAPERS, "ENG", counting="fractional") == {2: 0.6, 3: 0.5}
    assert added(small, PAPERS, "ENG", counting="lead") == {3: 1}  # of 2 nobody is named


def test_a_record_of_two_departments_counts_once_above_them(small: Ledger) -> None:
    assert added(small, PAPERS, "FAC") == {2: 1, 3: 1, 4: 1, 5: 1}
    assert added(small, PAPERS, "FAC", counting="fractional") == {2: 1, 3: 0.5, 4: 1, 5: 0.5}


def test_a_record_in_force_in_several_years_is_listed_once(small: Ledger) -> None:
    agreements = Activities(types=("academic_agreement",))
    assert added(small, agreements, "LAW", 2021, 2022) == {7: 1, 8: 1, 9: 1}  # 10 has no census day


def test_persons_of_several_records_are_added_as_participants_and_told_apart(small: Ledger) -> None:
    found = behind(small, SENT, "FAC")
    assert (found.total, found.figure, found.adds_up) == (10, 8, False)  # 1 2 | 2 3 | 3 | five without ids
    assert how_it_adds_up(found, NUMERATOR, "whole") == (
        "4 records name 10 participants; who is in several of them counts once: 8 persons. "
        "So the list below does not add up to the numerator.",
        "4件の記録の参加者は延べ10人。複数の記録に出る者は1人と数え、実人数は8人。このため、下の一覧の合計は分子と一致しない。",
    )
    assert behind(small, SENT, "SCI").adds_up


def test_money_without_a_rate_adds_nothing_and_is_told(small: Ledger) -> None:
    assert added(small, MONEY, "ENG") == {16: 1_000_000, 17: 1_300_000}
    assert added(small, MONEY, "ENG", counting="fractional") == {16: 750_000, 17: 1_300_000}
    words = how_it_adds_up(behind(small, MONEY, "SCI"), NUMERATOR, "whole").en
    assert words.startswith("2 records add up to ¥200 k. 1 of them add nothing")


def test_countries_that_come_again_do_not_add_up(small: Ledger) -> None:
    found = behind(small, COUNTRIES, "*")  # 2: DE FR, 5: US, 6: DE
    assert (added(small, COUNTRIES, "*"), found.figure) == ({2: 2, 3: 0, 4: 0, 5: 1, 6: 1}, 3)
    words = how_it_adds_up(found, NUMERATOR, "whole")
    assert words.en.startswith("5 records have 4 countries abroad between them; what comes again")


@pytest.mark.parametrize("measure", [ActiveDepartments(types=("publication",)), EffectiveCountries(of="activities")])
def test_what_is_no_sum_never_claims_to_be_one(small: Ledger, measure: Measure) -> None:
    assert "does not add up" in how_it_adds_up(behind(small, measure, "LAW"), NUMERATOR, "whole").en


def test_of_a_list_with_hidden_records_no_sum_is_claimed(small: Ledger) -> None:
    found = behind(small, PAPERS, "*")
    assert how_it_adds_up(found, NUMERATOR, "whole", complete=False).en == "5 records, each counts 1: together 5."
    assert only_some(found, 3).en.startswith("2 of the 5 records are of departments whose records you may not read")


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize("department", ["*", "FAC", "ENG", "LAW"])
def test_every_indicator_has_the_figure_and_the_records_of_the_other_ways_to_ask(
    small: Ledger, department: str, counting: Counting
) -> None:
    years = (2021, 2022)
    asked = Selection(departments=(department,), fiscal_years=years)
    for key, indicator in INDICATORS.items():
        row = tabulate(small, [indicator], ("department",), asked, counting).iloc[0]
        for name, measure in (("numerator", indicator.numerator), ("denominator", indicator.denominator)):
            if measure is not None:
                found = contributions(small, measure, department=department, fiscal_years=years, counting=counting)
                assert np.isclose(found.figure, row[name], equal_nan=True), (key, name)
                ids = members(small, measure, department=department, fiscal_years=years, counting=counting)
                assert found.activity_ids.tolist() == ids.tolist(), (key, name)
                assert found.adds_up or found.counted not in ("activities", "yen"), (key, name)


def test_a_wrong_contribution_would_not_add_up(small: Ledger) -> None:
    found = behind(small, PAPERS, "ENG", counting="fractional")
    assert found.adds_up
    assert not replace(found, counts_as=found.counts_as * 2).adds_up
