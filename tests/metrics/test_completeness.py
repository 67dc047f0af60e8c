"""Figures say what they lack: bounds are those of every way to fill the gaps, late departments are counted."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.catalogue import INDICATORS
from metrics.ledger import Ledger
from metrics.quality.bounds import Bounds, bounds
from metrics.quality.completeness import Completeness
from metrics.quality.holdings import Holdings
from metrics.quality.incomplete import Incomplete
from metrics.tabulate import tabulate
from metrics.view import Selection, View
from tests.metrics.building import Activity, Department, Headcount, Partner, frames
from vocabulary.text import Text

BONN = Partner(10, "DE")
FILLED = (("JP",), ("DE",), ("DE", "NP"))  # at home; abroad; in two countries abroad, one of them least developed
DEPARTMENTS = (Department("ENG"), Department("SCI"), Department("LAW"))


def held(activities: list[Activity], populations: tuple[Headcount, ...] = ()) -> Holdings:
    return Holdings.of(frames(DEPARTMENTS, activities, populations, imported=["2023-06-15"]))


def paper(departments: str = "ENG", country: str = "", year: int = 2022, **more: object) -> Activity:
    countries = tuple(country.split(";")) if country else ()
    return Activity(kind="publication", start=f"{year}-06-01", departments=departments, countries=countries, **more)  # type: ignore[arg-type]


def test_a_share_of_known_country_lies_between_none_and_all_of_the_unknown() -> None:
    """5 papers: 2 abroad, 2 at home, 1 unknown. 50 % of those known; 2/5 to 3/5 when its country is found."""
    papers = [paper(country="DE"), paper(country="DE"), paper(country="JP"), paper(country="JP"), paper()]
    found = Completeness.of(held(papers), INDICATORS.values()).of_figure("international_copublication_share", "*", 2022)
    assert found is not None
    assert (found.unknown, found.of, found.low, found.high) == (1, 5, 0.4, 0.6)
    assert found.text == Text(
        "1 of 5 records has no known country: the value lies between 40.0 % and 60.0 %.",
        "5件中1件は国が不明。値は40.0%から60.0%の間にある。",
    )
    assert found.check == "unknown_country"


def test_a_figure_with_nothing_missing_says_nothing() -> None:
    found = Completeness.of(held([paper(country="DE"), paper(country="JP")]), INDICATORS.values())
    assert found.of_figure("international_copublication_share", "*", 2022) is None
    assert found.of_figure("publications", "*", 2022) is None


def test_what_moves_a_share_by_less_than_half_a_point_is_not_told() -> None:
    """1 unknown of 201: 100/200 = 50 %, 49.75 % to 50.25 %; of 101: 50/100, 49.50 % to 50.50 %."""

    def told(each: int) -> bool:
        papers = [*(paper(country="DE") for _ in range(each)), *(paper(country="JP") for _ in range(each)), paper()]
        found = Completeness.of(held(papers), [INDICATORS["international_copublication_share"]])
        return found.of_figure("international_copublication_share", "*", 2022) is not None

    assert not told(100)
    assert not told(50)
    assert told(49)


CHOSEN = (
    *("international_copublication_share", "led_international_share", "multilateral_share", "least_developed_share"),
    *("top_10_percent_international_share", "joint_research_projects"),
)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["publication", "joint_research_project"]),
            st.sampled_from(["", "", "JP", "DE", "DE;NP"]),
            st.sampled_from(["ENG", "SCI", "ENG;SCI"]),
            st.sampled_from([None, 50.0, 95.0]),
        ),
        min_size=1,
        max_size=7,
    )
)
def test_bounds_are_the_extremes_of_all_ways_to_fill_the_countries(
    rows: list[tuple[str, str, str, float | None]],
) -> None:
    """An independent answer: every gap filled in every way, the figures counted anew each time."""
    records = [
        replace(paper(departments, country, citation_percentile=ranked), kind=kind)
        for kind, country, departments, ranked in rows
    ]
    gaps = [place for place, record in enumerate(records) if not record.countries]
    if len(gaps) > 3:
        return
    values = []
    for filling in product(FILLED, repeat=len(gaps)):
        filled = list(records)
        for place, countries in zip(gaps, filling, strict=True):
            filled[place] = replace(filled[place], countries=countries)
        values.append(figures(filled))
    every = np.array(values)
    never = np.isnan(every).all(axis=0)
    low, high = (
        np.where(never, np.nan, best(np.where(np.isnan(every), none, every), axis=0))
        for best, none in ((np.min, np.inf), (np.max, -np.inf))
    )
    for place, found in enumerate(limits(records)):
        there = ~np.isnan(found.value) & (found.unknown > 0)  # what has no value has no limits
        np.testing.assert_allclose(found.low[there], low[place][there], err_msg=CHOSEN[place])
        np.testing.assert_allclose(found.high[there], high[place][there], err_msg=CHOSEN[place])


def figures(records: list[Activity]) -> np.ndarray:
    """Values of the chosen indicators, one row each, units x the one year."""
    ledger = Ledger.of(frames(DEPARTMENTS, records))
    asked = Selection(fiscal_years=(2022,))
    table = tabulate(ledger, [INDICATORS[key] for key in CHOSEN], selection=asked)
    return table["value"].to_numpy().reshape(len(CHOSEN), -1)


def limits(records: list[Activity]) -> list[Bounds]:
    ledger = Ledger.of(frames(DEPARTMENTS, records))
    asked = Selection(fiscal_years=(2022,))
    view = View(ledger=ledger, by=("department", "fiscal_year"), selection=asked, counting="whole")
    found = [bounds(view, INDICATORS[key]) for key in CHOSEN]
    return [one for one in found if one is not None]


def test_every_chosen_indicator_has_bounds() -> None:
    assert len(limits([paper()])) == len(CHOSEN)


def test_money_of_unknown_country_could_all_be_from_abroad() -> None:
    """Contracts: 3 m yen abroad, 2 m at home, 5 m unknown. 30 % of 10 m from abroad, or up to 80 %."""
    contracts = [
        Activity(
            kind="industry_contract",
            start="2022-06-01",
            departments="ENG",
            partners=(partner,) if partner else (),
            amount=amount,
        )
        for partner, amount in ((Partner(1, "DE", "company"), 3e6), (Partner(2, "JP", "company"), 2e6), (None, 5e6))
    ]
    found = Completeness.of(held(contracts), INDICATORS.values())
    share, money = (
        found.of_figure(key, "ENG", 2022) for key in ("overseas_funding_share", "overseas_industry_funding")
    )
    assert share is not None
    assert money is not None
    assert [share.low, share.high] == pytest.approx([0.3, 0.8])
    assert (money.low, money.high, money.unknown, money.of) == (3e6, 8e6, 1, 3)


def test_amounts_without_a_rate_are_said_to_be_left_out() -> None:
    contract = Activity(
        kind="industry_contract",
        start="2022-06-01",
        departments="ENG",
        partners=(Partner(1, "DE", "company"),),
        amount=10,
        currency="EUR",
    )
    found = Completeness.of(held([contract]), INDICATORS.values()).of_figure("industry_funding", "*", 2022)
    assert found is not None
    assert found.text.en == "1 record is without an amount in yen, left out of the sum."
    assert found.check == "without_rate"


def test_papers_without_a_percentile_are_told_from_a_tenth_on() -> None:
    def unranked(without: int) -> Incomplete | None:
        ranked = [paper(country="JP", citation_percentile=50.0) for _ in range(9)]
        papers = [*ranked, *(paper(country="JP") for _ in range(without))]
        return Completeness.of(held(papers), INDICATORS.values()).of_figure("top_10_percent_share", "*", 2022)

    assert unranked(1) is None  # exactly a tenth
    found = unranked(2)
    assert found is not None
    assert (found.unranked, found.papers) == (2, 11)


def years(department: str, **counts: int) -> list[Activity]:
    return [
        Activity(kind="student_exchange_outbound", start=f"{year[1:]}-09-01", departments=department, countries=("DE",))
        for year, count in counts.items()
        for _ in range(count)
    ]


def test_a_department_that_did_not_deliver_is_counted_above_it_and_named_by_nobody() -> None:
    records = [*years("ENG", y2019=20, y2020=20, y2021=20), *years("SCI", y2019=20, y2020=20, y2021=20, y2022=20)]
    found = Completeness.of(held(records), INDICATORS.values())
    whole, itself = (found.of_figure("exchange_outbound", code, 2022) for code in ("*", "ENG"))
    assert whole is not None
    assert itself is not None
    assert whole.text.en == "1 of 2 departments has delivered nothing, or far less than expected."
    assert itself.text.en == "The department has delivered nothing, or far less than expected."
    assert whole.check == "silent_department"
    assert found.of_figure("exchange_outbound", "SCI", 2022) is None
    assert found.of_figure("agreements_in_force", "*", 2022) is None


def test_what_is_in_force_stays_so_without_news() -> None:
    records = [
        Activity(kind="academic_agreement", start=f"{year}-04-10", departments=department, countries=("DE",))
        for department, last in (("ENG", 2021), ("SCI", 2022))
        for year in range(2019, last + 1)
        for _ in range(20)
    ]
    found = Completeness.of(held(records), INDICATORS.values())
    assert found.of_figure("agreements_in_force", "*", 2022) is None


def counted(department: str, year: int, count: int, group: str = "all") -> Headcount:
    return Headcount(department, f"{year}-05-01", "master", group, count)


def test_a_group_that_was_not_delivered_is_told_where_its_denominator_stays() -> None:
    rows = [counted(code, year, 100) for code in ("ENG", "SCI") for year in (2021, 2022)]
    rows += [counted("ENG", 2021, 10, "international"), counted("SCI", 2021, 10, "international")]
    rows += [counted("ENG", 2022, 10, "international")]
    found = Completeness.of(held([], tuple(rows)), INDICATORS.values())
    whole = found.of_figure("master_international_share", "*", 2022)
    assert whole is not None
    assert (whole.late, whole.departments, whole.check) == (1, 2, "headcount_not_delivered")
    assert found.of_figure("master_international_share", "ENG", 2022) is None


def test_a_parent_with_a_headcount_of_its_own_waits_for_nobody() -> None:
    rows = [
        counted(code, year, 100) for code in ("ENG", "SCI") for year in (2021, 2022) if (code, year) != ("SCI", 2022)
    ]
    rows += [counted("*", year, 200) for year in (2021, 2022)]
    rows += [counted("*", year, 20, "international") for year in (2021, 2022)]
    found = Completeness.of(held([], tuple(rows)), INDICATORS.values())
    assert found.of_figure("master_international_share", "*", 2022) is None
    assert found.of_figure("master_international_share", "SCI", 2022) is not None


def test_of_figures_on_persons_only_who_did_not_deliver_may_be_told() -> None:
    late = Incomplete(unit="persons", unknown=3, of=9, low=1, high=4, late=2, departments=5)
    told = late.without_counts()
    assert told is not None
    assert told.text.en == "2 of 5 departments have delivered nothing, or far less than expected."
    assert Incomplete(unit="persons", unknown=3, of=9, low=1, high=4).without_counts() is None
