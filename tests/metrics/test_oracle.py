"""On random universities the tabulation equals a plain-Python oracle, filters partition, and sums reconcile."""

import math
from collections.abc import Hashable
from dataclasses import replace
from itertools import product
from typing import Any, Literal

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.breadth import ActiveDepartments, Departments
from metrics.catalogue import INDICATORS
from metrics.codes import PROCESS_CODES, TARGET_CODES
from metrics.conditions import CONDITIONS
from metrics.exchange_measures import FlowPartners, Reciprocity
from metrics.headcount_measures import EffectiveOrigins, Headcount
from metrics.indicator import Indicator, headcounts_in
from metrics.ledger import Ledger
from metrics.measures import Activities, Distinct, Money, Persons
from metrics.members import members
from metrics.participation_measures import Concentration, Newcomers
from metrics.partner_measures import Alive, NetworkIndex, Repeating, WithLargest
from metrics.tabulate import tabulate
from metrics.view import Counting, Dimension, Selection
from tests.metrics.asking import declared
from tests.metrics.building import COUNTRIES
from tests.metrics.oracle import Cell, Oracle
from tests.metrics.oracle_intervals import limits
from tests.metrics.strategies import CODES, STOCKS, University, countings, selections, some, universities
from vocabulary.departments import UNIVERSITY
from vocabulary.people import LEVELS

OfPartners = NetworkIndex | Reciprocity | FlowPartners
Counted = Activities | Persons | Money | Distinct | ActiveDepartments | Newcomers | OfPartners
Thing = Literal["countries", "partners", "companies", "languages", "sdgs"]
Row = dict[Hashable, Any]  # of a table of figures
GRAINS: tuple[tuple[Dimension, ...], ...] = (
    ("department", "fiscal_year"),
    ("fiscal_year",),
    ("department",),
    (),
    ("fiscal_year", "country"),
    ("department", "level"),
    ("department", "fiscal_year", "target", "process"),
    ("level", "country"),
)
PARTS = 4  # each example asks a fourth of the catalogue that concerns it: more universities in the same time
NUMBERS = ("numerator", "denominator", "known", "unknown", "left_out")
STEADY = settings(
    max_examples=40,
    deadline=None,  # two cores shared by all workers
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PLAIN = (Activities, Persons, Money, Distinct, ActiveDepartments)
YEARS = (2020, 2021, 2022, 2023, 2024)


ADDITIVE = [
    indicator
    for indicator in INDICATORS.values()
    if all(isinstance(part, Activities | Money) and not isinstance(part, WithLargest) for part in indicator.measured)
]


def own_measures(university: University) -> list[tuple[Counted, Counted | None]]:
    """What the catalogue does not ask: windows, every kind of distinct thing, all measures of the types at hand."""
    kinds = tuple(sorted(university.kinds))
    things: tuple[Thing, ...] = ("countries", "partners", "companies", "languages", "sdgs")
    return [
        (Activities(types=kinds, window=2), None),
        *((Activities(types=kinds, only=(condition,)), None) for condition in CONDITIONS),
        (Persons(types=kinds, only=("student",)), Persons(types=kinds)),
        (Money(types=kinds, only=("international",)), Money(types=kinds)),
        *((Distinct(types=kinds, of=thing), None) for thing in things),
        (Distinct(types=kinds, of="partners", window=3, at_least=2), None),
        (ActiveDepartments(types=kinds, window=2), None),
        (Newcomers(types=kinds), Persons(types=kinds, only=("named",))),
        *measures_of_partners(university),
    ]


def measures_of_partners(university: University) -> list[tuple[Counted, Counted | None]]:
    """Measures of partners whose numbers are small enough for a few records: the two largest, two joint activities."""
    kinds = tuple(sorted(university.kinds))
    stocks = tuple(kind for kind in kinds if kind in STOCKS)
    ways = (kinds[0], kinds[-1])
    return [
        (Alive(types=stocks, through=kinds[:1], years=2), Activities(types=stocks)),
        (WithLargest(types=kinds, only=("international",), most=2), Activities(types=kinds, only=("international",))),
        (Repeating(of="companies", types=kinds, window=3, in_years=2), None),
        (Repeating(of="partners", types=kinds, window=2), Distinct(of="partners", types=kinds, window=2)),
        (NetworkIndex(types=kinds, window=2, at_least=2), None),
        (Reciprocity(types=ways, window=2), FlowPartners(types=ways, window=2)),
    ]


def own_indicators(university: University) -> list[Indicator]:
    """Indicators made of `own_measures`, and of all headcounts at hand."""
    indicators = [declared(top, bottom) for top, bottom in own_measures(university)]
    indicators.append(declared(ActiveDepartments(types=tuple(sorted(university.kinds))), Departments()))
    populations = tuple(sorted({row.population for row in university.populations}))
    if populations:
        indicators.append(
            declared(Concentration(types=tuple(sorted(university.kinds)), among=populations), unit="index")
        )
    for group in sorted({row.group for row in university.populations}):
        some_of = Headcount(populations=populations, groups=(group,))
        indicators.append(declared(some_of, Headcount(populations=populations)))
        indicators.append(declared(EffectiveOrigins(populations=populations, groups=(group,)), unit="index"))
    return [replace(indicator, key=f"own_{place}") for place, indicator in enumerate(indicators)]


def concerning(university: University) -> list[Indicator]:
    """The indicators of the catalogue that count activities of the types or populations at hand."""
    counted = {row.population for row in university.populations}
    return [
        indicator
        for indicator in INDICATORS.values()
        if university.kinds & {*indicator.types}
        or any(counted & {*headcount.populations} for part in indicator.measured for headcount in headcounts_in(part))
    ]


def cells(labels: dict[Dimension, tuple[str | int, ...]], years: tuple[int, ...]) -> dict[tuple[str | int, ...], Cell]:
    """Every cell of a grain, by its codes."""
    found = {}
    for codes in product(*labels.values()):
        at = dict(zip(labels, codes, strict=True))
        unit, year = str(at.pop("department", UNIVERSITY)), at.pop("fiscal_year", None)
        pooled = years if year is None else (int(year),)
        found[codes] = Cell(department=unit, years=pooled, **at)  # type: ignore[arg-type]  # country, level ... are text
    return found


def labels_of(
    ledger: Ledger, by: tuple[Dimension, ...], years: tuple[int, ...]
) -> dict[Dimension, tuple[str | int, ...]]:
    every: dict[Dimension, tuple[str | int, ...]] = {
        "department": ledger.units,
        "fiscal_year": years,
        "country": (*(country.code for country in COUNTRIES), ""),
        "level": (*LEVELS, ""),
        "target": TARGET_CODES,
        "process": PROCESS_CODES,
    }
    return {dimension: every[dimension] for dimension in by}


def assert_equal(
    indicator: Indicator, oracle: Oracle, wanted: dict[tuple[str | int, ...], Cell], rows: dict[Hashable, Row]
) -> None:
    for codes, cell in wanted.items():
        expected = oracle.figure(indicator, cell)
        if codes not in rows:
            assert not expected["numerator"], f"{indicator.key} {cell} is missing: {expected}"
            assert not expected["denominator"], f"{indicator.key} {cell} is missing: {expected}"
            continue
        row = rows.pop(codes)
        said = {name: row[name] for name in (*NUMBERS, "value")}
        for name in NUMBERS:
            assert is_close(said[name], number(expected[name])), (indicator, cell, name, expected, said)
        if row["status"] == "ok":
            assert expected["value"] is not None, (indicator, cell, said)
            assert is_close(said["value"], expected["value"]), (indicator, cell, expected, said)
            bounds = limits(indicator, oracle.counting, expected["numerator"], expected["denominator"])
            wanted_limits = (math.nan, math.nan) if bounds is None else bounds
            found_limits = (row["low"], row["high"])
            assert found_limits == pytest.approx(wanted_limits, abs=1e-9, rel=1e-9, nan_ok=True), (indicator, cell)
        else:
            assert math.isnan(said["value"]), (indicator, cell, row)
            assert math.isnan(row["low"]), (indicator, cell, row)
            assert math.isnan(row["high"]), (indicator, cell, row)
    assert not rows, f"{indicator.key} has cells that nobody asked for: {list(rows)}"


def is_close(found: float, expected: float) -> bool:
    """As `pytest.approx` compares, whose objects take half of the time of so many comparisons."""
    both_missing = math.isnan(found) and math.isnan(expected)
    return found == expected or both_missing or bool(found == pytest.approx(expected))


def rows_of(table: pd.DataFrame, by: tuple[Dimension, ...]) -> dict[str, dict[Hashable, Row]]:
    """The rows of each indicator by the codes of their cell."""
    found: dict[str, dict[Hashable, Row]] = {str(key): {} for key in table["indicator"].unique()}
    for row in table.to_dict("records"):
        found[str(row["indicator"])][tuple(row[dimension] for dimension in by)] = row
    return found


def number(value: float | None) -> float:
    return math.nan if value is None else value


@settings(STEADY, max_examples=75)  # `make assure` asks of many more
@given(
    university=universities(),
    selection=selections,
    counting=countings,
    by=st.sampled_from(GRAINS),
    part=st.integers(0, PARTS - 1),
)
def test_the_tabulation_equals_the_oracle(
    university: University, selection: Selection, counting: Counting, by: tuple[Dimension, ...], part: int
) -> None:
    ledger = university.ledger()
    years = tuple(year for year in YEARS if year in ledger.years)
    oracle = university.oracle(selection, counting)
    wanted = cells(labels_of(ledger, by, years), years)
    indicators = [*concerning(university)[part::PARTS], *own_indicators(university)]
    table = tabulate(ledger, indicators, by=by, selection=replace(selection, fiscal_years=years), counting=counting)
    rows = rows_of(table, by)
    for indicator in indicators:
        assert_equal(indicator, oracle, wanted, rows.get(indicator.key, {}))


@STEADY
@given(university=universities(), selection=selections, counting=countings)
def test_the_records_behind_a_figure_are_those_that_the_oracle_counts(
    university: University, selection: Selection, counting: Counting
) -> None:
    ledger = university.ledger()
    years = tuple(year for year in YEARS if year in ledger.years)
    oracle = university.oracle(selection, counting)
    for (measure, _), unit in product(own_measures(university), ledger.units):
        cell = Cell(department=unit, years=years)
        if type(measure) not in PLAIN:
            continue  # which records of partners count is in test_partner_measures
        counted = oracle.members(measure, cell)
        if isinstance(measure, Activities):
            counted = [activity for activity in counted if oracle.weight(activity, unit) > 0]
        found = members(ledger, measure, department=unit, fiscal_years=years, selection=selection, counting=counting)
        assert [university.activities[number - 1] for number in found] == counted


@STEADY
@given(university=universities(), countries=some(CODES, most=3, least=1), counting=countings)
def test_country_filters_partition_what_is_added_up(
    university: University, countries: tuple[str, ...], counting: Counting
) -> None:
    ledger, chosen = university.ledger(), frozenset(countries)
    additive = [i for i in ADDITIVE if university.kinds & {*i.types}] or ADDITIVE[:1]
    filters = [
        Selection(countries=chosen),
        Selection(countries=chosen, country_rule="none"),
        Selection(country_rule="unknown"),
    ]
    whole = tabulate(ledger, additive, counting=counting)
    parts = [tabulate(ledger, additive, selection=selection, counting=counting) for selection in filters]
    for name in ("numerator", "denominator", "known", "unknown", "left_out"):
        together = sum(part[name].to_numpy() for part in parts)
        assert together == pytest.approx(whole[name].to_numpy(), nan_ok=True), name


@STEADY
@given(university=universities())
def test_shares_add_up_to_the_university_and_wholes_never_fall_below_it(university: University) -> None:
    kinds = tuple(sorted(university.kinds))
    at_leaves = university.at_leaves()
    ledger = at_leaves.ledger()
    leaves = [code for code, is_leaf in zip(ledger.units, ledger.tree.leaves, strict=True) if is_leaf]
    for indicator in (declared(Activities(types=kinds)), declared(Money(types=kinds))):
        fractional = _by_unit(ledger, indicator, "fractional")
        assert fractional.loc[leaves].sum().to_numpy() == pytest.approx(fractional.loc[UNIVERSITY].to_numpy())
        whole = _by_unit(ledger, indicator, "whole")
        assert (whole.loc[leaves].sum() >= whole.loc[UNIVERSITY]).all()
        assert whole.loc[UNIVERSITY].to_numpy() == pytest.approx(fractional.loc[UNIVERSITY].to_numpy())
    lead = _by_unit(ledger, declared(Activities(types=kinds)), "lead")
    assert lead.loc[leaves].sum().to_numpy() == pytest.approx(lead.loc[UNIVERSITY].to_numpy())


@STEADY
@given(university=universities(), selection=selections, counting=countings)
def test_a_share_of_activities_or_money_lies_between_0_and_1_and_in_its_interval(
    university: University, selection: Selection, counting: Counting
) -> None:
    shares = [indicator for indicator in ADDITIVE if indicator.unit == "share"]
    table = tabulate(university.ledger(), shares, selection=selection, counting=counting)
    shown = table[table["status"] == "ok"]
    assert shown["value"].between(0, 1 + 1e-12).all()
    bounded = shown[shown["low"].notna()]
    assert (bounded["low"] <= bounded["value"] + 1e-12).all()
    assert (bounded["value"] <= bounded["high"] + 1e-12).all()


def _by_unit(ledger: Ledger, indicator: Indicator, counting: Counting) -> pd.DataFrame:
    table = tabulate(ledger, [indicator], counting=counting)
    return table.pivot_table(index="department", columns="fiscal_year", values="numerator")
