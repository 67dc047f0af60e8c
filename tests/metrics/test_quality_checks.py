"""Each check finds the weakness that was put there, and nothing else; its formula is the published one."""

from math import log, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from metrics.catalogue import INDICATORS
from metrics.quality import consistency, coverage, duplicates, headcount_cube, headcounts, sources
from metrics.quality.holdings import COLUMNS, NOBODY, Holdings
from metrics.quality.registry import CHECKS, Touched, findings, told, within
from tests.metrics.building import Activity, Department, Headcount, frames
from tests.metrics.quality_holdings import BONN, counted, holdings, lecture, paper
from vocabulary.text import Text

RECORDS: dict[str, set[str]] = {
    "unknown_country": {"country"},
    "unmatched_partner": {"name"},
    "without_people": {"nobody"},
    "without_lead": {"nolead"},
    "without_amount": {"noamount"},
    "without_rate": {"norate"},
    "without_percentile": {"unranked"},
    "without_goal": {"nogoal"},
    "same_doi": {"doi2"},
    "across_sources": {"two2"},
    "within_source": {"again2"},
    "shares": {"shares"},
    "end_before_start": {"ended"},
    "outside_life": {"early", "late"},
    "long_in_force": {"thirty"},
    "in_the_future": {"future"},
    "crowded_days": {f"day{n}" for n in range(1, 7)},
    "amounts": {"thousand"},
}
DEPARTMENT_ROWS = {
    "above_all": {
        ("ENG", "master/international", "101", "100"),
        (
            "ENG",
            FACULTY := "faculty/foreign_national+overseas_degree+overseas_experience_1y+overseas_experience_3y",
            "11",
            "10",
        ),
    },
    "countries_above_total": {("SCI", "master/international", "11", "10")},
    "parent_differs": {("FAC", "master/all", "149", "150")},
    "group_without_all": {("LAW", "staff/foreign_national", "3", "0")},
    "headcount_not_delivered": {("LAW", "researcher/foreign_national", "0", "4"), ("SCI", "faculty/all", "0", "30")},
}


@pytest.fixture(scope="module")
def held() -> Holdings:
    from tests.metrics.quality_holdings import ACTIVITIES

    return holdings((*ACTIVITIES, paper("unranked", citation_percentile=None, title="Unranked")))


@pytest.fixture(scope="module")
def found(held: Holdings) -> pd.DataFrame:
    return findings(held)


def test_the_drawn_university_holds_every_check_of_records_and_headcounts() -> None:
    elsewhere = {"silent_department", "stale_source", "headcount_jump"}  # these take many years: further down
    drawn = {*RECORDS, *DEPARTMENT_ROWS} | elsewhere
    assert set(CHECKS) <= drawn, (
        f"No record shows that these checks find anything: {', '.join(sorted(set(CHECKS) - drawn))}. Draw one with "
        "that weakness in tests/metrics/quality_holdings.py, and write what is found into RECORDS or DEPARTMENT_ROWS."
    )
    assert drawn <= set(CHECKS), f"There are no such checks any more: {', '.join(sorted(drawn - set(CHECKS)))}."


@pytest.mark.parametrize("key", RECORDS)
def test_a_check_finds_the_records_with_its_weakness_and_no_others(
    key: str, held: Holdings, found: pd.DataFrame
) -> None:
    rows = found[found["check"] == key]
    assert set(held.activities["record_id"].iloc[rows["activity"]]) == RECORDS[key]
    assert len(rows) == len(RECORDS[key])  # one row is one record


@pytest.mark.parametrize("key", DEPARTMENT_ROWS)
def test_a_check_finds_the_headcounts_with_its_weakness_and_no_others(
    key: str, held: Holdings, found: pd.DataFrame
) -> None:
    rows = found[found["check"] == key]
    told_of = zip(
        [held.ledger.units[u] for u in rows["unit"]], rows["subject"], rows["value"], rows["beside"], strict=True
    )
    assert set(told_of) == DEPARTMENT_ROWS[key]
    assert set(rows["fiscal_year"]) == {2022}


def test_every_check_finds_frames_of_the_same_columns(held: Holdings) -> None:
    for check in CHECKS.values():
        rows = check.find(held)
        assert tuple(rows.columns) == COLUMNS, check.key
        assert ((rows["activity"] == NOBODY) != (rows["unit"] == NOBODY)).all(), check.key


def test_a_university_without_any_record_has_no_findings() -> None:
    assert findings(Holdings.of(frames([Department("ENG")]))).empty


def test_what_is_wrong_is_said_with_its_numbers(found: pd.DataFrame) -> None:
    row = found[found["check"] == "amounts"].iloc[0]
    words = told(CHECKS["amounts"], row["value"], row["beside"], Text("", ""))
    assert words == Text("¥10,000; usual for the type is ¥10,000,000.", "10,000円（同種の中央値は10,000,000円）。")


def test_a_duplicate_names_the_record_that_was_there_first(held: Holdings, found: pd.DataFrame) -> None:
    for key, first in (("same_doi", "doi1"), ("across_sources", "two1"), ("within_source", "again1")):
        other = found.loc[found["check"] == key, "other"].iloc[0]
        assert held.activities["record_id"].iloc[other] == first


def test_a_department_is_concerned_by_its_records_and_its_headcounts(held: Holdings, found: pd.DataFrame) -> None:
    law = np.array([unit == "LAW" for unit in held.ledger.units])
    mine = found[within(found, held.ledger, law)]
    assert {*RECORDS} & {*mine["check"]} == {
        *("without_people", "without_goal", "across_sources", "within_source", "end_before_start"),
        *("long_in_force", "in_the_future", "crowded_days"),
    }
    assert set(mine.loc[mine["unit"] != NOBODY, "subject"]) == {"staff/foreign_national", "researcher/foreign_national"}


def test_a_finding_touches_the_indicators_that_ask_for_what_it_breaks(held: Holdings, found: pd.DataFrame) -> None:
    def touched(key: str) -> set[str]:
        return set(Touched(held, found[found["check"] == key]).by(CHECKS[key], INDICATORS.values()))

    assert "international_copublication_share" in touched("unknown_country")
    assert "publications" not in touched("unknown_country")  # counts papers whatever their country
    assert "publications" in touched("same_doi")
    assert "industry_copublication_share" in touched("unmatched_partner")
    assert touched("without_amount") <= touched("without_rate") | touched("amounts")
    assert "top_10_percent_share" in touched("without_percentile")
    assert "exchange_outbound" not in touched("without_people")  # no exchange lacks its people here
    assert "master_international_share" in touched("above_all")
    assert "publications" not in touched("above_all")


# Deliveries


def yearly(department: str, counts: dict[int, int], source: str = "mobility") -> list[Activity]:
    return [
        Activity(
            kind="student_exchange_outbound",
            start=f"{year}-09-{1 + n % 28:02d}",
            departments=department,
            record_id=f"{department}-{source}-{year}-{n}",
            countries=("DE",),
            people=(n,),
            source=source,
            title=f"{department} {source} {year} {n}",
        )
        for year, count in counts.items()
        for n in range(count)
    ]


def delivered(*records: list[Activity], imported: tuple[str, ...] = ("2023-06-15",)) -> Holdings:
    departments = [Department("ENG"), Department("SCI"), Department("LAW"), Department("NEW", opened="2021-04-01")]
    return Holdings.of(frames(departments, [one for some in records for one in some], imported=imported))


def test_a_department_that_falls_silent_while_others_go_on_is_found() -> None:
    others = yearly("SCI", {2019: 20, 2020: 20, 2021: 20, 2022: 20})
    rows = coverage.find_silent(delivered(others, yearly("ENG", {2019: 10, 2020: 12, 2021: 11})))
    assert rows[["fiscal_year", "source", "value", "beside"]].to_dict("records") == [
        {"fiscal_year": 2022, "source": "mobility", "value": "0", "beside": "11"}  # 33 x 20 / 60
    ]


def test_a_fall_that_all_departments_share_is_nobodys() -> None:
    years = {2017: 40, 2018: 40, 2019: 40, 2020: 2, 2021: 4}
    assert coverage.find_silent(delivered(yearly("ENG", years), yearly("SCI", years), yearly("LAW", years))).empty


def test_a_small_department_may_have_nothing_in_a_year() -> None:
    others = yearly("SCI", {2019: 20, 2020: 20, 2021: 20, 2022: 20})
    """Of 12 in three years 4 are expected; nothing at all comes by chance once in thirty times: 0.75 to the 12th."""
    assert coverage.find_silent(delivered(others, yearly("LAW", {2019: 4, 2020: 4, 2021: 4}))).empty


def test_what_a_department_gave_up_years_ago_is_not_asked_for_for_ever() -> None:
    others = yearly("SCI", dict.fromkeys(range(2014, 2023), 20))
    rows = coverage.find_silent(delivered(others, yearly("ENG", dict.fromkeys(range(2014, 2018), 20))))
    assert rows["fiscal_year"].to_list() == [2018, 2019]  # in 2020 the three years before hold 20 records of its own


def test_a_department_is_not_asked_for_years_in_which_it_was_not_there() -> None:
    others = yearly("SCI", dict.fromkeys(range(2019, 2023), 20))
    assert coverage.find_silent(delivered(others, yearly("NEW", {2019: 30, 2020: 30, 2021: 30}))).empty


@settings(max_examples=60, deadline=None)
@given(
    now=st.integers(0, 30), before=st.integers(1, 90), others_now=st.integers(1, 200), others_before=st.integers(1, 400)
)
def test_the_chance_of_so_few_is_that_of_fishers_exact_test(
    now: int, before: int, others_now: int, others_before: int
) -> None:
    records = np.zeros((1, 2, 2), dtype=np.int64)
    records[0, 0], records[0, 1] = (before, now), (others_before, others_now)
    expected, chance = coverage._by_chance(records)
    assert expected[0, 0, 1] == pytest.approx(before * others_now / others_before)
    if now < coverage.PART * expected[0, 0, 1]:
        p = fisher_exact(np.array([[now, before], [others_now, others_before]]), alternative="less").pvalue
        assert chance[0, 0, 1] == pytest.approx(p, rel=1e-6)


def test_a_source_is_late_by_its_own_rhythm() -> None:
    monthly = [lecture(f"m{month}", f"2021-{month:02d}-10", (month,), source="monthly") for month in range(1, 13)]
    yearly_round = yearly("ENG", {2019: 1, 2020: 1, 2021: 1}, source="yearly")
    # Newest records 2021-12 and 2021-09. Waited for: 12 + 1 + 3 months, and 12 + 12 + 3.
    assert sources.find_stale(delivered(monthly, yearly_round, imported=("2023-04-30",))).empty
    rows = sources.find_stale(delivered(monthly, yearly_round, imported=("2023-05-01",)))
    assert rows[["source", "fiscal_year", "value", "beside"]].to_numpy().tolist() == [
        ["monthly", 2022, "2021-12-10", "16"]
    ]
    rows = sources.find_stale(delivered(monthly, yearly_round, imported=("2024-01-01",)))
    assert rows["source"].to_list() == ["monthly", "yearly"]  # 27 months after September 2021 were over


def test_a_source_that_delivers_every_month_is_late_sooner() -> None:
    records = [lecture(f"m{n}", f"2022-{n:02d}-10", (n,), source="monthly") for n in range(1, 5)]
    base = frames([Department("LAW")], records, imported=["2022-02-01", "2022-03-01", "2022-04-01", "2022-10-01"])
    base["activities"]["import_id"] = [1, 2, 3, 3]
    # Round 1 month + usual pause 1 + 3: expected within 5 months of April, that is September.
    assert sources.find_stale(Holdings.of(base))["beside"].to_list() == ["5"]


@pytest.mark.parametrize(("newest", "missing"), [("2023-07-31", []), ("2023-08-01", ["populations"])])
def test_headcounts_are_expected_within_three_months_of_the_first_of_may(newest: str, missing: list[str]) -> None:
    rows = [Headcount("ENG", "2022-05-01", "master", "all", 10)]
    held = Holdings.of(frames([Department("ENG")], populations=rows, imported=[newest]))
    assert sources.find_stale(held)["source"].to_list() == missing


# Headcounts


def series(*counts: int, department: str = "ENG", first: int = 2015) -> tuple[Headcount, ...]:
    return tuple(counted(department, first + n, "master", "all", count) for n, count in enumerate(counts))


def jumps(*counts: int) -> list[int]:
    return headcounts.find_jumps(holdings((paper("good"),), series(*counts)))["fiscal_year"].to_list()


def test_a_headcount_that_doubles_out_of_the_blue_jumps() -> None:
    assert jumps(100, 102, 101, 103, 102, 104, 210) == [2021]


def test_the_way_back_from_a_slip_is_not_told_as_a_second_jump() -> None:
    assert jumps(100, 102, 101, 1030, 102, 104, 103, 105) == [2018]


def test_a_headcount_that_always_changes_much_does_not_jump() -> None:
    assert jumps(100, 180, 95, 170, 90, 175, 92) == []


def test_small_numbers_and_short_series_are_left_alone() -> None:
    assert jumps(3, 4, 3, 4, 3, 4, 12) == []
    assert jumps(100, 101, 300) == []


def test_a_tenth_more_is_no_jump_however_steady_it_was_before() -> None:
    assert jumps(10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 11_500) == []


def test_the_score_is_the_published_one() -> None:
    """Of changes by 0.00, 0.02, 0.01, 0.03, 0.01 the median is 0.01; one of 0.5 scores 0.6745 x 0.5 / 0.01."""
    change = np.array([[0.00, 0.02, -0.01, 0.03, 0.01, 0.5]])
    assert headcounts._scores(change, np.zeros_like(change))[0, 5] == pytest.approx(0.6745 * 0.5 / 0.01)
    by_chance = sqrt(1 / 100 + 1 / 160)
    score = headcounts._scores(np.array([[0.0] * 5 + [log(1.6)]]), np.full((1, 6), by_chance))
    assert score[0, 5] == pytest.approx(log(1.6) / by_chance)


def test_a_day_that_nobody_delivered_for_is_told_of_the_source_and_not_of_each_department() -> None:
    rows = tuple(counted(code, 2021, "master", "all", 10) for code in ("ENG", "SCI", "LAW"))
    assert headcounts.find_not_delivered(holdings((paper("good"),), rows)).empty


def test_a_group_whose_all_is_missing_too_is_told_once() -> None:
    rows = (
        *(counted("ENG", year, "master", "all", 10) for year in (2021, 2022)),
        counted("SCI", 2021, "master", "all", 20),
        counted("SCI", 2021, "master", "international", 5),
    )
    found = headcounts.find_not_delivered(holdings((paper("good"),), rows))
    assert found["subject"].to_list() == ["master/all"]


def test_a_parent_may_be_more_than_its_departments() -> None:
    rows = (counted("ENG", 2022, "staff", "all", 5), counted("SCI", 2022, "staff", "all", 5))
    held = holdings((paper("good"),), (*rows, counted("FAC", 2022, "staff", "all", 12)))
    assert headcounts.find_parents_that_differ(held).empty


def test_the_cube_holds_what_the_rows_say() -> None:
    cube = headcount_cube.Cube(holdings((paper("good"),), series(10, 20)))
    assert np.nansum(cube.counts) == 30
    assert np.nansum(cube.all_of_row) == 30


# Duplicates


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://doi.org/10.1038/S41586-020-2649-2", "10.1038/s41586-020-2649-2"),
        ("http://dx.doi.org/10.1002%2F(SICI)1097-0258(19980430)17:8", "10.1002/(sici)1097-0258(19980430)17:8"),
        ("https://example.org/view?doi=10.5555/abc&lang=en", "10.5555/abc"),
        ("https://doi.org/10.5555/abc.", "10.5555/abc"),
        ("https://doi.org/10.5555/abc/", "10.5555/abc"),
        ("https://example.org/papers/10.html", ""),
        ("", ""),
    ],
)
def test_a_doi_is_read_from_an_address(url: str, expected: str) -> None:
    assert duplicates.doi(url) == expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Asia today", "ASIA  TODAY!", "Ａｓｉａ today", "Europe", ""]),
            st.frozensets(st.integers(1, 3), max_size=2),
            st.sampled_from([2021, 2022]),
            st.sampled_from(["outreach", "portal"]),
            st.sampled_from(["", "https://doi.org/10.5555/A", "https://doi.org/10.5555/a", "https://example.org"]),
        ),
        max_size=14,
    )
)
def test_duplicates_are_those_of_comparing_every_pair(
    rows: list[tuple[str, frozenset[int], int, str, str]],
) -> None:
    def folded(title: str) -> str:
        return {"Asia today": "a", "ASIA  TODAY!": "a", "Ａｓｉａ today": "a", "Europe": "e"}.get(title, "")

    held = delivered(
        [
            Activity(
                kind="multilingual_outreach",
                start=f"{year}-06-01",
                departments="ENG",
                record_id=str(number),
                people=tuple(people),
                source=source,
                title=title,
                url=url,
            )
            for number, (title, people, year, source, url) in enumerate(rows)
        ]
    )
    doi: set[str] = set()
    across: set[str] = set()
    inside: set[str] = set()
    for number, (title, people, year, source, url) in enumerate(rows):
        earlier = rows[:number]
        if url.lower().endswith("10.5555/a") and any(one[4].lower() == url.lower() for one in earlier):
            doi.add(str(number))
        same = [one for one in earlier if folded(one[0]) == folded(title) and (one[1], one[2]) == (people, year)]
        if same and people and folded(title):
            (inside if same[0][3] == source else across).add(str(number))
    ids = held.activities["record_id"]
    for find, expected in (
        (duplicates.find_same_doi, doi),
        (duplicates.find_across_sources, across),
        (duplicates.find_within_source, inside),
    ):
        assert set(ids.iloc[find(held)["activity"]]) == expected, find.__name__


def test_the_number_of_a_set_tells_sets_apart_and_not_orders() -> None:
    held = delivered(
        [lecture("a", "2022-05-01", (1, 2)), lecture("b", "2022-05-01", (2, 1)), lecture("c", "2022-05-01", (3,))]
    )
    first, second, third = duplicates.set_codes(held.ledger.people)
    assert first == second != third


# Consistency


def test_shares_may_be_off_by_a_thousandth() -> None:
    third = "ENG:0.333;SCI:0.333;LAW:0.333"
    assert consistency.find_shares(holdings((paper("thirds", third),), ())).empty
    assert len(consistency.find_shares(holdings((paper("off", "ENG:0.333;SCI:0.333;LAW:0.332"),), ()))) == 1


def test_amounts_of_another_size_that_a_thousand_does_not_explain_are_left_alone() -> None:
    usual = [
        Activity(
            kind="industry_contract",
            start="2022-10-01",
            departments="ENG",
            record_id=str(n),
            partners=(BONN,),
            amount=n * 1e6,
            title=str(n),
        )
        for n in range(1, 31)
    ]
    large = Activity(
        kind="industry_contract",
        start="2022-10-01",
        departments="ENG",
        record_id="large",
        amount=5e12,
        partners=(BONN,),
    )
    assert consistency.find_amounts(holdings((*usual, large), ())).empty
    times = Activity(
        kind="industry_contract",
        start="2022-10-01",
        departments="ENG",
        record_id="times",
        amount=12e9,
        partners=(BONN,),
    )
    held = holdings((*usual, times), ())
    assert held.activities["record_id"].iloc[consistency.find_amounts(held)["activity"]].to_list() == ["times"]
