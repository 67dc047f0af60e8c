"""Indicators that departments declare: their figures equal the same common ones, and exist for their department alone.

*  the university      ENG  Engineering (with MECH below it)      SCI  Science
"""

import re
from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from metrics.catalogue import INDICATORS
from metrics.conditions import CONDITIONS, met
from metrics.declared import IMPLIED, DeclarationError, declared, having, indicator_of
from metrics.indicator import Indicator
from metrics.ledger import Ledger
from metrics.tabulate import NOT_APPLICABLE, OK, tabulate
from metrics.view import Counting, Dimension, Selection
from tests.metrics.building import Activity, Department, Headcount, Partner, Rate, frames
from tests.metrics.strategies import University, countings, selections, universities
from vocabulary.activity_types import ACTIVITY_TYPES

LISTS = ("activity_types", "conditions", "populations", "groups")
BLANK = {prefix + name: "" for prefix in ("", "per_") for name in ("counts", *LISTS)}
PAPERS = {
    "key": "own_papers",
    "department": "ENG",
    "name_en": "Papers of our own",
    "name_ja": "独自の論文数",
    "definition_en": "Papers.",
    "definition_ja": "論文。",
    "target": "research",
    "process": "deepening",
    "unit": "count",
    "better": "higher",
    "source": "own",
    "since": np.nan,
    **BLANK,
    "counts": "activities",
    "activity_types": "publication",
}
SHARE = {
    **PAPERS,
    "key": "copy_of_share",
    "department": "*",
    "unit": "share",
    "conditions": "international",
    "per_counts": "activities",
    "per_activity_types": "publication",
    "per_conditions": "known_country",
}
DEPARTMENTS = (Department("ENG"), Department("MECH", "ENG"), Department("SCI"))
BONN, ACME, TOKYO = Partner(1, "DE", "education"), Partner(2, "US", "company"), Partner(3, "JP", "company")


def paper(departments: str, *partners: Partner, kind: str = "publication", **more: object) -> Activity:
    return Activity(kind=kind, start="2024-05-01", departments=departments, partners=partners, **more)  # type: ignore[arg-type]


def ledger(*activities: Activity, heads: tuple[Headcount, ...] = (), rates: tuple[Rate, ...] = ()) -> Ledger:
    return Ledger.of(frames(DEPARTMENTS, activities, heads, rates), today=date(2024, 6, 1))


def values(book: Ledger, row: Mapping[str, object], counting: Counting = "whole") -> dict[str, object]:
    """The value of each department in FY2024; where it has none, its status."""
    asked = Selection(fiscal_years=(2024,))
    table = tabulate(book, [indicator_of(row)], selection=asked, counting=counting)
    return {str(cell.department): cell.value if cell.status == OK else cell.status for cell in table.itertuples()}


ELSEWHERE = {"*": NOT_APPLICABLE, "SCI": NOT_APPLICABLE}


def copy_of(key: str, **counted: str) -> dict[str, object]:
    """A row that declares a common indicator again, for the whole university, under a key of its own."""
    common = INDICATORS[key]
    unit = "rate" if common.is_rate else common.unit
    said = {"target": common.target, "process": common.process, "unit": str(unit), "better": common.better}
    return {**PAPERS, **said, "department": "*", "key": f"own_{key}", "activity_types": "", **counted}


STUDENTS = "undergraduate;master;doctoral"
COPIES = {
    "international_copublication_share": {
        "counts": "activities",
        "activity_types": "publication",
        "conditions": "international",
        "per_counts": "activities",
        "per_activity_types": "publication",
        "per_conditions": "known_country",
    },
    "international_student_share": {
        "counts": "headcount",
        "populations": STUDENTS,
        "groups": "international",
        "per_counts": "headcount",
        "per_populations": STUDENTS,
    },
    "exchange_outbound": {"counts": "persons", "activity_types": "student_exchange_outbound"},
    "agreements_in_force": {
        "counts": "activities",
        "activity_types": "student_exchange_agreement;academic_agreement",
    },
    "overseas_industry_funding": {
        "counts": "money",
        "activity_types": "industry_contract",
        "conditions": "international",
    },
    "partner_countries": {"counts": "countries", "activity_types": ";".join(ACTIVITY_TYPES)},
    "partner_institutions": {"counts": "partners", "activity_types": ";".join(ACTIVITY_TYPES)},
}
EVERY_WAY: tuple[tuple[Dimension, ...], ...] = (
    ("department", "fiscal_year"),
    ("department",),
    ("department", "fiscal_year", "country"),
    ("department", "level"),
)


@given(universities(), countings, selections)
@settings(max_examples=25, deadline=None)
def test_a_declared_copy_of_a_common_indicator_has_all_its_figures(
    university: University, counting: Counting, selection: Selection
) -> None:
    book = university.ledger()
    every = {key: indicator_of(copy_of(key, **counted)) for key, counted in COPIES.items()}
    for key, own in every.items():
        assert own.protected == INDICATORS[key].protected, key
        assert (own.unit, own.is_stock, own.types) == (INDICATORS[key].unit, INDICATORS[key].is_stock, own.types)
    for by in EVERY_WAY:
        found, expected = (
            tabulate(book, ones, by, selection, counting)
            for ones in (every.values(), [INDICATORS[key] for key in every])
        )
        names = {own.key: key for key, own in every.items()}
        pd.testing.assert_frame_equal(found.assign(indicator=found["indicator"].map(names)), expected)


def test_a_declaration_counts_for_its_department_and_those_below_it() -> None:
    book = ledger(paper("ENG"), paper("MECH"), paper("MECH;SCI"), paper("SCI"))
    assert values(book, PAPERS) == {"*": NOT_APPLICABLE, "ENG": 3, "MECH": 2, "SCI": NOT_APPLICABLE}
    assert values(book, {**PAPERS, "department": "*"}) == {"*": 4, "ENG": 3, "MECH": 2, "SCI": 2}
    assert values(book, {**PAPERS, "department": "MECH"}) == {**ELSEWHERE, "ENG": NOT_APPLICABLE, "MECH": 2}
    assert values(book, PAPERS, "fractional") == {**ELSEWHERE, "ENG": 2.5, "MECH": 1.5}


def test_nothing_at_all_is_counted_for_another_department() -> None:
    book = ledger(paper("ENG", BONN), paper("SCI", ACME), paper("SCI"))
    for by in (("department", "fiscal_year"), ("department", "country"), ("department", "level", "target")):
        table = tabulate(book, [indicator_of({**SHARE, "department": "ENG"})], by)
        others = table[table["department"].isin(["*", "SCI"])]
        numbers = others[["numerator", "denominator", "value", "low", "high", "known", "unknown"]]
        assert numbers.isna().all(axis=None)
        assert (others["left_out"] == 0).all()
        assert (others["status"] == NOT_APPLICABLE).all()
        assert len(table[table["department"] == "ENG"]) > 0


def test_money_of_another_department_without_a_rate_is_not_even_told_to_be_left_out() -> None:
    row = {**PAPERS, "unit": "yen", "counts": "money", "activity_types": "industry_contract"}
    book = ledger(*(paper(code, kind="industry_contract", amount=9.0, currency="USD") for code in ("ENG", "SCI")))
    table = tabulate(book, [indicator_of(row)], selection=Selection(fiscal_years=(2024,))).set_index("department")
    assert table["left_out"].to_dict() == {"*": 0, "ENG": 1, "MECH": 0, "SCI": 0}


# what is declared, and the figure of ENG in FY2024, worked out by hand from `BOOK`
BOOK = (
    paper("ENG", BONN, people=(1, 2)),  # international
    paper("ENG", ACME, people=(2, 3)),  # international, with a company abroad
    paper("ENG", TOKYO, people=(4,)),  # with a company at home
    paper("ENG", people_count=5),  # of unknown country
    paper("MECH", BONN, ACME, citation_percentile=95.0),  # two countries abroad: three with home
    paper("SCI", BONN, people=(9,)),
    Activity(kind="academic_agreement", start="2020-01-01", departments="ENG", partners=(BONN,)),
    Activity(kind="academic_agreement", start="2020-01-01", end="2024-04-30", departments="ENG", partners=(ACME,)),
    paper("ENG", ACME, kind="industry_contract", amount=300.0),
    paper("ENG", TOKYO, kind="industry_contract", amount=500.0),
    paper("ENG", BONN, kind="industry_contract", amount=2.0, currency="EUR"),
)
HEADS = (
    Headcount("ENG", "2024-05-01", "faculty", "all", 40),
    Headcount("ENG", "2024-05-01", "faculty", "foreign_national", 6),
    Headcount("ENG", "2024-05-01", "faculty", "overseas_degree", 4),
    Headcount("ENG", "2024-05-01", "course", "all", 80),
)
PUBLICATIONS = {"counts": "activities", "activity_types": "publication"}
FACULTY = {"activity_types": "", "counts": "headcount", "populations": "faculty"}
BY_HAND: list[tuple[dict[str, str], float, bool]] = [  # declared, figure, protected
    ({**PUBLICATIONS, "conditions": "company_abroad"}, 2, False),
    ({**PUBLICATIONS, "conditions": "three_countries;top_10_percent"}, 1, False),
    ({"counts": "activities", "activity_types": "academic_agreement"}, 1, False),  # one ended the day before
    ({"counts": "countries", "activity_types": "publication;academic_agreement"}, 2, False),
    ({"counts": "partners", "activity_types": "publication"}, 2, False),
    ({"counts": "companies", "activity_types": "publication;industry_contract"}, 1, False),
    ({"unit": "persons", "counts": "persons", "activity_types": "publication"}, 4 + 5 + 1, True),
    ({"unit": "persons", "counts": "persons", "activity_types": "publication", "conditions": "international"}, 4, True),
    ({"unit": "yen", "counts": "money", "activity_types": "industry_contract"}, 300 + 500 + 2 * 160, False),
    ({"unit": "persons", **FACULTY, "groups": "foreign_national;overseas_degree"}, 10, True),
    ({"unit": "count", **FACULTY, "populations": "course"}, 80, False),
    (
        {
            "unit": "share",
            **FACULTY,
            "groups": "foreign_national;overseas_degree",
            "per_counts": "headcount",
            "per_populations": "faculty",
        },
        10 / 40,
        True,
    ),
    (
        {
            "unit": "share",
            **PUBLICATIONS,
            "conditions": "company",
            "per_counts": "activities",
            "per_activity_types": "publication",
        },
        3 / 5,
        False,
    ),
    (
        {
            "unit": "share",
            "counts": "money",
            "activity_types": "industry_contract",
            "conditions": "company_abroad",
            "per_counts": "money",
            "per_activity_types": "industry_contract",
            "per_conditions": "international",
        },
        300 / 620,
        False,
    ),
    ({"unit": "rate", **PUBLICATIONS, "per_counts": "headcount", "per_populations": "faculty"}, 5 / 40, True),
]


@pytest.mark.parametrize(("said", "figure", "protected"), BY_HAND)
def test_each_kind_of_count_is_what_a_hand_works_out(said: dict[str, str], figure: float, protected: bool) -> None:
    row = {**PAPERS, **said}
    book = ledger(*BOOK, heads=HEADS, rates=(Rate("EUR", 2024, 160.0),))
    assert values(book, row)["ENG"] == pytest.approx(figure)
    assert indicator_of(row).protected is protected


def test_a_share_is_some_of_the_whole_and_a_rate_is_not() -> None:
    """Wilson's interval is for the first alone."""
    share, rate = indicator_of(SHARE), indicator_of({**PAPERS, **BY_HAND[-1][0]})
    assert (share.unit, share.is_rate, share.is_proportion) == ("share", False, True)
    assert (rate.unit, rate.is_rate, rate.is_proportion) == ("share", True, False)


def test_before_the_year_from_which_it_holds_it_has_no_figure() -> None:
    assert values(ledger(paper("ENG")), {**PAPERS, "since": 2025.0})["ENG"] == NOT_APPLICABLE
    assert values(ledger(paper("ENG")), {**PAPERS, "since": 2024})["ENG"] == 1


@given(universities())
@settings(max_examples=60, deadline=None)
def test_what_a_condition_implies_holds_wherever_it_is_met(university: University) -> None:
    """Else a share could exceed the whole."""
    book = university.ledger()
    for name, implied in IMPLIED.items():
        for other in implied:
            assert not (met(book, (name,)) & ~met(book, (other,))).any(), (name, other)


def test_every_condition_says_what_it_implies_and_so_do_those() -> None:
    assert set(IMPLIED) == set(CONDITIONS)
    for name, implied in IMPLIED.items():
        assert all(IMPLIED[other] <= implied for other in implied), name


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"key": "publications"}, "publications, declared by ENG: the common catalogue has this key now"),
        ({"conditions": "on_the_moon"}, "own_papers, declared by ENG: no condition 'on_the_moon'; there are intern"),
        ({"activity_types": "moon_landing"}, "own_papers, declared by ENG: no activity type 'moon_landing'; there are"),
        ({"counts": "headcount", "populations": "robots"}, "no population 'robots'; there are undergraduate"),
        ({"counts": "headcount", "populations": "staff", "groups": "x"}, "no group 'x'; there are all"),
        ({"counts": "sheep"}, "'sheep' cannot be counted"),
        ({"target": "sport"}, "no cell sport x deepening"),
        ({"name_ja": ""}, "a text lacks a language"),
        ({"unit": "share"}, "a share needs a denominator"),
    ],
)
def test_a_row_that_can_be_no_indicator_says_which_and_why(wrong: dict[str, str], why: str) -> None:
    with pytest.raises(DeclarationError, match=re.escape(why)):
        indicator_of({**PAPERS, **wrong})


def test_one_unreadable_declaration_does_not_take_the_others_away() -> None:
    found = declared(pd.DataFrame([PAPERS, {**PAPERS, "key": "other", "conditions": "gone"}, SHARE]))
    assert list(found.indicators) == ["own_papers", "copy_of_share"]
    assert list(found.unreadable) == ["other"]
    assert found.unreadable["other"].startswith("other, declared by ENG: no condition 'gone'")


def test_a_department_has_the_common_indicators_and_what_it_and_those_above_it_declared() -> None:
    tree = ledger().tree
    both: list[Indicator] = [INDICATORS["publications"], indicator_of(PAPERS), indicator_of(SHARE)]
    every = ["publications", "own_papers", "copy_of_share"]
    assert list(having(both, "ENG", tree)) == list(having(both, "MECH", tree)) == every
    assert list(having(both, "SCI", tree)) == list(having(both, "*", tree)) == ["publications", "copy_of_share"]
