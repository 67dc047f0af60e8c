"""Each condition that indicators name keeps the record that just meets it and drops the one that just does not."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.conditions import CONDITIONS
from metrics.ledger import Ledger
from metrics.measures import Activities
from tests.metrics.asking import by_department
from tests.metrics.building import Activity, Department, Partner, frames
from tests.metrics.oracle_facts import ANSWERS

PLAIN = Activity(kind="publication", start="2022-05-01", departments="ENG;LAW")
HOME = Partner(1, "JP", "company|nonprofit")
BONN = Partner(2, "DE", "education")
BERLIN = Partner(3, "DE", "education|company")
PARIS = Partner(4, "FR", "government")

# condition: (records that just meet it, records that just do not)
EDGES: dict[str, tuple[list[Activity], list[Activity]]] = {
    "international": (
        [replace(PLAIN, countries=("JP", "DE")), replace(PLAIN, partners=(BONN,))],
        [PLAIN, replace(PLAIN, countries=("JP",)), replace(PLAIN, partners=(HOME,))],
    ),
    "known_country": ([replace(PLAIN, countries=("JP",)), replace(PLAIN, partners=(HOME,))], [PLAIN]),
    "unknown_country": ([PLAIN], [replace(PLAIN, countries=("JP",)), replace(PLAIN, partners=(HOME,))]),
    "partner_abroad": (
        [replace(PLAIN, partners=(HOME, BONN))],
        [replace(PLAIN, partners=(HOME,), countries=("DE",))],
    ),
    "company": (
        [replace(PLAIN, partners=(HOME,)), replace(PLAIN, partners=(BERLIN,))],
        [replace(PLAIN, partners=(BONN,))],
    ),
    "company_abroad": (
        [replace(PLAIN, partners=(BERLIN,))],
        [replace(PLAIN, partners=(HOME,)), replace(PLAIN, partners=(HOME, BONN))],  # a company, and a partner abroad
    ),
    "public_partner": (
        [replace(PLAIN, partners=(PARIS,)), replace(PLAIN, partners=(HOME,))],
        [replace(PLAIN, partners=(BERLIN,))],
    ),
    "led_here": (
        [replace(PLAIN, lead="ENG"), replace(PLAIN, departments="ENG")],
        [PLAIN, replace(PLAIN, lead="external"), replace(PLAIN, lead="external", departments="ENG")],
    ),
    "three_countries": (
        [replace(PLAIN, countries=("DE", "FR")), replace(PLAIN, partners=(BONN,), countries=("JP", "US"))],
        [replace(PLAIN, countries=("JP", "DE")), replace(PLAIN, partners=(BONN, BERLIN), countries=("DE",))],
    ),
    "least_developed": ([replace(PLAIN, countries=("DE", "NP"))], [replace(PLAIN, countries=("DE",))]),
    "top_10_percent": (
        [replace(PLAIN, citation_percentile=90.0)],
        [PLAIN, replace(PLAIN, citation_percentile=89.9)],
    ),
    "with_percentile": ([replace(PLAIN, citation_percentile=0.0)], [PLAIN]),
    "sdg": ([replace(PLAIN, sdgs=(17,))], [PLAIN]),
    "stay": ([replace(PLAIN, end="2022-05-01")], [PLAIN]),
    "long_stay": (
        [replace(PLAIN, end="2022-05-30")],  # 1 to 30 May: 30 days, the first and the last included
        [PLAIN, replace(PLAIN, end="2022-05-29")],
    ),
    "student": ([replace(PLAIN, level="doctoral")], [PLAIN, replace(PLAIN, level="postdoctoral")]),
    "own_people": (
        [PLAIN, replace(PLAIN, kind="researcher_visit_outbound")],
        [replace(PLAIN, kind="researcher_visit_inbound")],
    ),
    "of_persons": (
        [PLAIN, replace(PLAIN, kind="joint_laboratory", people=(1,))],
        [replace(PLAIN, kind="joint_laboratory"), replace(PLAIN, kind="academic_agreement")],
    ),
    "named": ([replace(PLAIN, people=(1,))], [PLAIN, replace(PLAIN, people_count=3)]),
    "not_students": ([PLAIN, replace(PLAIN, level="postdoctoral")], [replace(PLAIN, level="doctoral")]),
}


def test_every_condition_has_its_edges() -> None:
    assert set(EDGES) == set(CONDITIONS), "add the condition to EDGES above, with a record that just meets it"


def test_the_oracle_answers_every_condition() -> None:
    assert set(ANSWERS) == set(CONDITIONS), "add the condition to ANSWERS in tests/metrics/oracle_facts.py"


@pytest.mark.parametrize("condition", sorted(EDGES))
def test_a_condition_is_met_just_so(condition: str) -> None:
    meeting, missing = EDGES[condition]
    counted = Activities(only=(condition,))
    for records, expected in ((meeting, len(meeting)), (missing, 0)):
        university = Ledger.of(frames([Department("ENG"), Department("LAW")], records), today=date(2022, 6, 1))
        assert by_department(university, 2022, counted).get("*", 0) == expected
