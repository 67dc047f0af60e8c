"""Distances: how far apart places are on the earth, and the greatest distance between the addresses of one paper."""

import numpy as np
from numpy.typing import ArrayLike

from metrics.links import Floats, Ints, floats

EARTH_RADIUS = 6371.01  # km, as in the Leiden Ranking's code
LONG_DISTANCE = 5000.0  # km or more
SHORT_DISTANCE = 100.0  # km or less


def great_circle(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike, radius: float = EARTH_RADIUS
) -> float | Floats:
    """The great-circle distance between places in degrees (north and east positive), in the unit of `radius`: km.

    A number for numbers; an array for arrays, broadcast against each other. NaN where a coordinate is NaN. ValueError
    for a latitude beyond 90 degrees. Haversine form, as the Leiden Ranking has it:
    2 R asin sqrt((1 - cos dlat) / 2 + cos lat1 cos lat2 (1 - cos dlon) / 2), R = 6371.01 km
    (Waltman, Tijssen and van Eck 2011, J. Informetrics 5:574, doi 10.1016/j.joi.2011.05.003).
    """
    degrees = [np.asarray(one, dtype=np.float64) for one in (lat1, lon1, lat2, lon2)]
    for latitude in degrees[::2]:
        if np.any(np.abs(latitude) > 90):
            raise ValueError(f"latitudes lie between -90 and 90 degrees, not {latitude[np.abs(latitude) > 90].flat[0]}")
    phi1, lambda1, phi2, lambda2 = (np.radians(one) for one in degrees)
    # sin(d / 2)^2 is (1 - cos d) / 2, without taking two numbers close to 1 from each other
    haversine = np.sin((phi2 - phi1) / 2) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin((lambda2 - lambda1) / 2) ** 2
    distance = 2 * radius * np.arcsin(np.sqrt(np.clip(haversine, 0, 1)))
    return float(distance) if np.ndim(distance) == 0 else floats(distance)


def greatest_distance(latitudes: ArrayLike, longitudes: ArrayLike, radius: float = EARTH_RADIUS) -> float:
    """The greatest great-circle distance between any two addresses of one paper, in km (gcd of the Leiden Ranking).

    Addresses without coordinates (NaN) contribute none. 0 for fewer than two places, as in the Leiden Ranking's code:
    a paper of one address is no short-distance collaboration, so that needs to be asked beside it.
    """
    latitude, longitude = (np.atleast_1d(np.asarray(one, dtype=np.float64)) for one in (latitudes, longitudes))
    if latitude.shape != longitude.shape:
        raise ValueError(f"{latitude.size} latitudes and {longitude.size} longitudes: each place needs both")
    return float(greatest_distances(np.array([0, latitude.size]), latitude, longitude, radius)[0])


def greatest_distances(starts: Ints, latitude: Floats, longitude: Floats, radius: float = EARTH_RADIUS) -> Floats:
    """`greatest_distance` of many papers at once: the addresses of paper i are those from starts[i] to starts[i + 1].

    Each address is held against the next of its paper, then the one after that, and so on: never all pairs at once.
    """
    located = ~(np.isnan(latitude) | np.isnan(longitude))
    running = np.concatenate([[0], np.cumsum(located)])
    starts, latitude, longitude = running[starts], latitude[located], longitude[located]
    counts = np.diff(starts)
    greatest = np.zeros(len(counts))
    paper = np.repeat(np.arange(len(counts)), counts)
    left = np.arange(len(paper))
    for ahead in range(1, int(counts.max(initial=0))):
        left = left[left + ahead < starts[paper[left] + 1]]
        right = left + ahead
        between = great_circle(latitude[left], longitude[left], latitude[right], longitude[right], radius)
        np.maximum.at(greatest, paper[left], between)
    return greatest
