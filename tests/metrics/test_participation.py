"""Participation on a small university by hand, and on random ones against a count person by person."""

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.catalogue import INDICATORS
from metrics.diversity import gini
from metrics.headcount_measures import Headcount as HeadcountMeasure
from metrics.ledger import Ledger
from metrics.participation import (
    ANY,
    POPULATIONS,
    movement,
    number_of_targets,
    participation,
    share_of_each,
    share_trend,
    shares,
    taking_part,
    unevenness,
    unnamed_persons,
)
from metrics.tabulate import NO_DATA, NOT_APPLICABLE, OK, tabulate
from metrics.variety import variety
from metrics.view import Selection
from tests.metrics.building import Activity, Department, Headcount, Partner, frames
from tests.metrics.oracle import Cell, Oracle
from tests.metrics.strategies import University, universities
from vocabulary.activity_types import ACTIVITY_TYPES
from vocabulary.departments import UNIVERSITY

STEADY = settings(
    max_examples=25,
    deadline=None,  # two cores shared by all workers
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def did(kind: str, year: int, people: tuple[int, ...] = (), count: int | None = None, level: str = "") -> Activity:
    """An activity of ENG with Germany."""
    day = f"{year}-05-01"
    return Activity(
        kind=kind, start=day, departments="ENG", countries=("DE",), people=people, people_count=count, level=level
    )


@pytest.fixture(scope="module")
def eng() -> Ledger:
    """Who took part in ENG; ten researchers and twenty master's students on 1 May 2022.

    | FY   | research                          | education           | society                     |
    |------|-----------------------------------|---------------------|-----------------------------|
    | 2019 | papers of 1, 5, 8                 | 8 as a student      |                             |
    | 2021 | a paper of 1                      |                     |                             |
    | 2022 | papers of 1 and 2, of 1, of 8;    | class of 12 without | a project of 1;             |
    |      | a visit of 3 (faculty); an        | ids (master)        | training of 9, from abroad  |
    |      | agreement without people          |                     |                             |
    """
    rows = [
        *(did("publication", 2019, (1, 5, 8)), did("study_abroad_credit", 2019, (8,), level="master")),
        *(did("publication", 2021, (1,)), did("publication", 2022, (1, 2)), did("publication", 2022, (1,))),
        *(did("publication", 2022, (8,)), did("researcher_visit_outbound", 2022, (3,), level="faculty")),
        *(did("academic_agreement", 2022), did("intercultural_course", 2022, count=12, level="master")),
        *(did("global_issue_project", 2022, (1,)), did("capacity_building", 2022, (9,))),
        replace(did("publication", 2022, (4,)), countries=("JP",)),
    ]
    heads = [Headcount("ENG", "2022-05-01", name, "all", n) for name, n in (("researcher", 10), ("master", 20))]
    return Ledger.of(frames([Department("ENG"), Department("SCI")], rows, heads), today=date(2023, 6, 1))


def cell(table: pd.DataFrame, target: str = ANY, process: str = ANY) -> Mapping[Hashable, Any]:
    (row,) = table[(table["target"] == target) & (table["process"] == process)].to_dict("records")
    return row


def in_year(rows: pd.DataFrame, fiscal_year: int) -> list[float]:
    """The numbers of a year: who takes part, newcomers, those who return, leavers."""
    (row,) = rows[rows["fiscal_year"] == fiscal_year].drop(columns="fiscal_year").to_numpy().tolist()
    return [float(number) for number in row]


def test_a_person_counts_once_in_a_cell_and_once_in_all(eng: Ledger) -> None:
    table = shares(participation(eng, "ENG"), 2022, "researcher")
    assert len(table) == 15
    assert cell(table)["persons"] == 4  # 1, 2, 3, 8; no agreement, nobody received, nobody at home
    assert cell(table)["value"] == 0.4
    assert (cell(table)["low"], cell(table)["high"]) == pytest.approx((0.1682, 0.6873), abs=5e-5)  # Wilson, 4 of 10
    assert cell(table, "research", "deepening")["persons"] == 3
    assert cell(table, "research", "comprehensive")["persons"] == 1
    assert cell(table, "research")["persons"] == 4
    assert cell(table, "society", "deepening")["persons"] == 1


def test_where_no_record_tells_of_such_people_there_is_no_data_and_not_nobody(eng: Ledger) -> None:
    of = participation(eng, "ENG")
    table = shares(of, 2022, "researcher")
    assert cell(table, "education")["status"] == NO_DATA
    assert math.isnan(cell(table, "education")["value"])
    assert cell(table, "industry")["status"] == NO_DATA
    assert cell(shares(of, 2020, "researcher"), "research")["status"] == NO_DATA  # nobody counted that year
    assert cell(shares(of, 2022, "staff"))["status"] == NO_DATA
    each = share_of_each(of, 2022, ("researcher", "faculty", "master", "doctoral")).set_index("population")
    assert each["status"].to_dict() == {
        "researcher": OK,
        "faculty": NOT_APPLICABLE,  # never counted in ENG
        "master": OK,
        "doctoral": NO_DATA,
    }
    assert share_trend(of, "researcher")["status"].tolist() == [*[NO_DATA] * 3, OK, *[NO_DATA] * (len(of.years) - 4)]


def test_a_record_without_ids_adds_its_number_and_says_so(eng: Ledger) -> None:
    of = participation(eng, "ENG")
    row = cell(shares(of, 2022, "student"), "education", "comprehensive")
    assert (row["named"], row["unnamed"], row["persons"], row["value"]) == (0, 12, 12, 0.6)
    assert row["at_most"]
    assert math.isnan(row["low"])  # who may come again is no sample of persons
    assert unnamed_persons(of, 2022, "student") == 12
    assert unnamed_persons(of, 2022, "researcher") == 0


def test_more_participants_than_heads_are_a_share_above_1_without_an_interval() -> None:
    heads = [Headcount("ENG", "2022-05-01", "researcher", "all", 2)]
    ledger = Ledger.of(
        frames([Department("ENG")], [did("publication", 2022, (1, 2, 3))], heads), today=date(2023, 6, 1)
    )
    row = cell(shares(participation(ledger, "ENG"), 2022, "researcher"))
    assert (row["value"], row["status"]) == (1.5, OK)
    assert math.isnan(row["low"])
    assert math.isnan(row["high"])


def test_people_are_in_as_many_targets_as_they_take_part_in(eng: Ledger) -> None:
    of = participation(eng, "ENG")
    assert number_of_targets(of, 2022, "researcher") == {1: 3, 2: 1, 3: 0, 4: 0}  # 1 in research and society
    assert sum(number_of_targets(of, 2020, "researcher").values()) == 0


def test_participations_lie_unevenly_with_and_without_those_who_take_no_part(eng: Ledger) -> None:
    """Participations of 1, 2, 3, 8: 3 1 1 1; six researchers have none."""
    found = unevenness(participation(eng, "ENG"), 2022, "researcher")
    assert (found.people, found.participations) == (4, 6)
    assert found.gini_of_participants == pytest.approx(gini([3, 1, 1, 1]))
    assert found.gini_of_all == pytest.approx(gini([3, 1, 1, 1, 0, 0, 0, 0, 0, 0]))
    assert found.top_tenth == pytest.approx(0.4 * 3 / 6)  # a tenth of four is 0.4 of the first
    assert found.of_all is not None
    assert found.of_all.holders.tolist() == pytest.approx([0, 0.6, 0.7, 0.8, 0.9, 1])
    assert found.of_all.held.tolist() == pytest.approx([0, 0, 1 / 6, 2 / 6, 3 / 6, 1])
    nobody = unevenness(participation(eng, "SCI"), 2022, "researcher")
    assert (nobody.people, nobody.of_all, nobody.of_participants) == (0, None, None)
    assert math.isnan(nobody.gini_of_all)


def test_new_is_who_was_in_nothing_and_left_is_who_is_in_nothing_at_any_level(eng: Ledger) -> None:
    rows = movement(participation(eng, "ENG"), "researcher")
    assert in_year(rows, 2022) == [4, 2, 2, 1]  # new 2, 3; again 1, 8; 5 left
    for year, people in ((2019, 3), (2020, 0), (2021, 1)):
        assert in_year(rows, year) == pytest.approx([people, math.nan, math.nan, math.nan], nan_ok=True)
    as_students = movement(participation(eng, "ENG"), "master")
    assert in_year(as_students, 2022) == [0, 0, 0, 0]  # 8 is there still, as a researcher


def test_effective_numbers_count_an_activity_in_each_of_its_countries() -> None:
    berlin, bonn, kyoto = Partner(1, "DE"), Partner(2, "DE"), Partner(3, "JP")
    papers = [
        replace(did("publication", 2022), countries=("FR", "JP"), partners=(berlin, kyoto)),
        replace(did("publication", 2022), partners=(bonn,)),
        did("publication", 2021),
    ]
    rows = variety(Ledger.of(frames([Department("ENG")], papers), today=date(2023, 6, 1)), "ENG")
    found = {(row["of"], row["fiscal_year"]): row for row in rows.to_dict("records")}
    countries, partners = found["countries", 2022], found["partners", 2022]
    assert (countries["links"], countries["hill_0"]) == (3, 2)  # Germany twice, France once
    assert countries["hill_2"] == pytest.approx(1 / (4 / 9 + 1 / 9))
    assert countries["hill_1"] == pytest.approx(3 / 2 ** (2 / 3))  # exp(-(2/3 ln 2/3 + 1/3 ln 1/3))
    assert countries["rao_stirling"] == pytest.approx(2 * 2 / 9 / 3)  # both lie in Western Europe: 1/3 apart
    assert countries["true_diversity"] == pytest.approx(1 / (1 - 4 / 27))
    assert (partners["links"], partners["hill_0"], partners["hill_1"]) == (2, 2, pytest.approx(2))
    assert math.isnan(found["partners", 2021]["hill_0"])


# Against the oracle: person by person, without arrays


def lying_in(oracle: Oracle, unit: str, year: int, population: str) -> Iterator[Activity]:
    """The international activities of our own people of a population in a unit and year."""
    for activity in oracle.activities:
        if (
            activity.level in POPULATIONS[population].levels
            and oracle.counts_in(activity, year)
            and any(code in oracle.within(unit) for code in activity.shares)
            and all(oracle.meets(activity, name) for name in ("international", "own_people", "of_persons"))
        ):
            yield activity


def everyone(oracle: Oracle, unit: str, year: int, *populations: str) -> set[int]:
    return {p for name in populations for a in lying_in(oracle, unit, year, name) for p in a.people}


def numbers_only(activities: list[Activity]) -> int:
    return sum(1 if a.people_count is None else a.people_count for a in activities if not a.people)


@STEADY
@given(university=universities(), population=st.sampled_from(sorted(POPULATIONS)))
def test_shares_are_those_of_a_count_person_by_person(university: University, population: str) -> None:
    ledger, oracle = university.ledger(), university.oracle(Selection(), "whole")
    for unit in {ledger.units[0], ledger.units[1], ledger.units[-1]}:
        of = participation(ledger, unit)
        for year in of.years[-2:]:
            heads = [
                oracle.measured(head, Cell(department=unit, years=(year,)), ("research", "deepening"))
                for head in heads_of(population)
            ]
            there = [count for count in heads if count is not None]
            for row in shares(of, year, population).to_dict("records"):
                mine = [
                    a
                    for a in lying_in(oracle, unit, year, population)
                    if row["target"] in (ANY, ACTIVITY_TYPES[a.kind].target)
                    and row["process"] in (ANY, ACTIVITY_TYPES[a.kind].process)
                ]
                assert row["named"] == len({p for a in mine for p in a.people})
                assert row["unnamed"] == numbers_only(mine)
                assert row["heads"] == pytest.approx(sum(there) if there else math.nan, nan_ok=True)
                if row["status"] == OK:
                    assert row["value"] == pytest.approx((row["named"] + row["unnamed"]) / sum(there))
                else:
                    assert math.isnan(row["value"])
                    assert row["status"] == NO_DATA or not any(there)


def heads_of(population: str) -> list[HeadcountMeasure]:
    return [HeadcountMeasure(populations=(name,)) for name in POPULATIONS[population].heads]


@STEADY
@given(university=universities(), population=st.sampled_from(("researcher", "student", "everyone")))
def test_targets_unevenness_and_movement_are_those_of_a_count_person_by_person(
    university: University, population: str
) -> None:
    ledger, oracle = university.ledger(), university.oracle(Selection(), "whole")
    history = oracle.first_year(tuple(ACTIVITY_TYPES)) + 3
    for unit in ledger.units:
        of = participation(ledger, unit)
        assert of.history == history
        moves = movement(of, population)
        for year in of.years:
            mine = list(lying_in(oracle, unit, year, population))
            there = everyone(oracle, unit, year, population)
            places = {p: {ACTIVITY_TYPES[a.kind].target for a in mine if p in a.people} for p in there}
            by_number = [len(targets) for targets in places.values()]
            assert number_of_targets(of, year, population) == {n: by_number.count(n) for n in (1, 2, 3, 4)}
            each = [sum(p in a.people for a in mine) for p in there]
            found = unevenness(of, year, population)
            assert (found.people, found.participations) == (len(there), sum(each))
            assert found.gini_of_participants == pytest.approx(gini(each), nan_ok=True)
            all_levels = ("researcher", "staff", "student")
            before = range(year - 3, year)
            known = {p for y in before for p in everyone(oracle, unit, y, *all_levels)}
            were = {p for y in before for p in everyone(oracle, unit, y, population)}
            gone = were - everyone(oracle, unit, year, *all_levels)
            told = [len(there - known), len(there & known), len(gone)] if year >= history else [math.nan] * 3
            assert in_year(moves, year) == pytest.approx([len(there), *told], nan_ok=True)


@STEADY
@given(university=universities())
def test_the_page_and_the_catalogue_count_the_same_people(university: University) -> None:
    """Newcomers of all levels are those of `newcomer_share`."""
    ledger = university.ledger()
    table = tabulate(ledger, [INDICATORS["newcomer_share"]], selection=Selection(departments=(UNIVERSITY,)))
    of = participation(ledger, UNIVERSITY)
    people = [len(set(taking_part(of, year, "everyone")["person"])) for year in of.years]
    moves = movement(of, "everyone")
    assert table["denominator"].tolist() == people == moves["taking_part"].tolist()
    assert np.allclose(table["numerator"], moves["newcomers"], equal_nan=True)
