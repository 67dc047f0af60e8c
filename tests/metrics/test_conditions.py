"""Each condition that indicators name keeps the record that just meets it and drops the one that just does not."""

from dataclasses import replace
from datetime import date
from math import pi

import pytest

from metrics.conditions import CONDITIONS
from metrics.distance import EARTH_RADIUS
from metrics.ledger import Ledger
from metrics.measures import Activities
from tests.metrics.asking import by_department
from tests.metrics.building import HOME_ROR, SENDAI, Activity, Department, Partner, frames
from tests.metrics.oracle_facts import ANSWERS

PLAIN = Activity(kind="publication", start="2022-05-01", departments="ENG;LAW")
HOME = Partner(1, "JP", "company|nonprofit")
BONN = Partner(2, "DE", "education")
BERLIN = Partner(3, "DE", "education|company")
PARIS = Partner(4, "FR", "government")

PER_DEGREE = pi / 180 * EARTH_RADIUS  # km along a meridian


def north_of_sendai(number: int, kilometres: float) -> Partner:
    return Partner(number, "JP", "education", (SENDAI[0] + kilometres / PER_DEGREE, SENDAI[1]))


NEAR, NOT_AS_NEAR = north_of_sendai(5, 99.999), north_of_sendai(6, 100.001)
FAR, NOT_AS_FAR = north_of_sendai(7, 5000.001), north_of_sendai(8, 4999.999)
WEST, EAST = (Partner(number, "DE", "education", (0.0, SENDAI[1] + east)) for number, east in ((9, -24.0), (10, 24.0)))
OURSELVES = Partner(11, "JP", "education", SENDAI, HOME_ROR)

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
    "long_distance": (
        [replace(PLAIN, partners=(FAR,)), replace(PLAIN, partners=(WEST, EAST))],  # far from each other, not from here
        [PLAIN, replace(PLAIN, partners=(NOT_AS_FAR,)), replace(PLAIN, partners=(BONN,))],  # BONN has no coordinates
    ),
    "short_distance": (
        [replace(PLAIN, partners=(NEAR,)), replace(PLAIN, partners=(NEAR, BONN))],
        [
            PLAIN,  # 0 km, but of nobody else
            replace(PLAIN, partners=(OURSELVES,)),
            replace(PLAIN, partners=(NOT_AS_NEAR,)),
            replace(PLAIN, partners=(NEAR, FAR)),
            replace(PLAIN, partners=(BONN,)),  # missing is not 0 km
            replace(PLAIN, countries=("DE",)),
        ],
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
