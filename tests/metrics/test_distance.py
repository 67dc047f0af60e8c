"""Distances against published places, and the greatest one of a paper against every pair of its addresses."""

import math
from itertools import combinations

import numpy as np
import pytest

from data_access.partners import registry
from metrics.distance import great_circle, greatest_distance, greatest_distances

NASHVILLE, LOS_ANGELES = (36.12, -86.67), (33.94, -118.40)
TOHOKU = "https://ror.org/01dq60k83"


def test_the_distance_from_nashville_to_los_angeles_is_as_rosetta_code_has_it() -> None:
    assert great_circle(*NASHVILLE, *LOS_ANGELES, radius=6372.8) == pytest.approx(2887.2599506, abs=1e-6)
    assert great_circle(*NASHVILLE, *LOS_ANGELES) == pytest.approx(2886.4490, abs=5e-5)


@pytest.mark.parametrize(
    ("ror_id", "kilometres"),
    [
        ("https://ror.org/057zh3y96", 304.98),  # The University of Tokyo
        ("https://ror.org/02956yf07", 239.61),  # University of Tsukuba
        ("https://ror.org/05a28rw58", 9384.56),  # ETH Zurich
        ("https://ror.org/03vek6s52", 10483.41),  # Harvard University
    ],
)
def test_distances_from_tohoku_by_the_coordinates_of_ror(ror_id: str, kilometres: float) -> None:
    here, there = registry().by_id(TOHOKU), registry().by_id(ror_id)
    assert None not in (here.latitude, there.latitude)
    found = great_circle(here.latitude, here.longitude, there.latitude, there.longitude)  # type: ignore[arg-type]  # not None
    assert found == pytest.approx(kilometres, abs=0.005)


def test_a_number_comes_for_numbers_and_an_array_for_arrays() -> None:
    assert isinstance(great_circle(0, 0, 0, 90), float)
    many = great_circle(np.zeros(2), np.zeros(2), [0, 0], [90, 180])
    assert many == pytest.approx([math.pi / 2 * 6371.01, math.pi * 6371.01])


def test_antipodes_are_half_the_way_round_and_a_place_is_0_from_itself() -> None:
    assert great_circle(35.3, 140.8, -35.3, -39.2) == pytest.approx(math.pi * 6371.01)
    assert great_circle(38.25, 140.87, 38.25, 140.87) == 0
    assert great_circle(90, 0, 90, 120) == pytest.approx(0, abs=1e-9)


def test_a_missing_coordinate_gives_no_distance_and_an_impossible_one_an_error() -> None:
    assert math.isnan(great_circle(float("nan"), 0, 0, 0))
    with pytest.raises(ValueError, match="not 90.5"):
        great_circle(90.5, 0, 0, 0)


def test_a_paper_of_one_address_or_of_none_that_is_known_has_0_kilometres() -> None:
    nan = float("nan")
    assert greatest_distance([38.25], [140.87]) == 0
    assert greatest_distance([38.25, nan], [140.87, 2.0]) == 0
    assert greatest_distance([], []) == 0
    with pytest.raises(ValueError, match="2 latitudes and 1 longitudes"):
        greatest_distance([1, 2], [1])


def test_the_greatest_distance_is_that_of_the_farthest_pair_not_of_the_farthest_from_the_first() -> None:
    places = [(0.0, 0.0), (0.0, 80.0), (0.0, -80.0)]
    assert greatest_distance([one[0] for one in places], [one[1] for one in places]) == pytest.approx(
        160 / 360 * 2 * math.pi * 6371.01
    )


def test_many_papers_at_once_have_the_greatest_distance_of_all_their_pairs() -> None:
    chance = np.random.default_rng(11)
    papers = [
        [
            (float("nan") if chance.random() < 0.2 else chance.uniform(-90, 90), chance.uniform(-180, 180))
            for _ in range(addresses)
        ]
        for addresses in chance.choice((0, 1, 2, 3, 9), 60)
    ]
    latitude, longitude = (np.array([place[axis] for paper in papers for place in paper]) for axis in (0, 1))
    starts = np.concatenate([[0], np.cumsum([len(paper) for paper in papers])])
    wanted = []
    for paper in papers:
        known = [place for place in paper if not math.isnan(place[0])]
        wanted.append(max((plainly(*one, *other) for one, other in combinations(known, 2)), default=0.0))
    assert greatest_distances(starts, latitude, longitude) == pytest.approx(wanted)
    assert [greatest_distance([p[0] for p in paper], [p[1] for p in paper]) for paper in papers] == pytest.approx(
        wanted
    )


def plainly(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The spherical law of cosines, which is another form of the same distance."""
    phi1, phi2, across = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    cosine = math.sin(phi1) * math.sin(phi2) + math.cos(phi1) * math.cos(phi2) * math.cos(across)
    return 6371.01 * math.acos(max(-1.0, min(1.0, cosine)))
